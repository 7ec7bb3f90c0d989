import { serverId } from '../lib/server-id.ts';

/** The workflow run that a step belongs to, from the variables that GitHub's runner sets for every step. */
export interface WorkflowRun {
  /** Three letters and digits for another server than github.com. */
  server?: string;
  repositoryId: number;
  runId: number;
  /** From 1; a re-run of the same run counts up. */
  runAttempt: number;
  /** `owner/name`. */
  repository: string;
  /** Where people see the runs of the repository. */
  runsUrl: string;
  /** The job's id in the workflow file. */
  job: string;
}

/** @throws Error that names the variables that are missing or no number */
export function readWorkflowRun(env: NodeJS.ProcessEnv): WorkflowRun {
  const missing: string[] = [];
  const number = (name: string) => {
    const value = /^\d+$/.test(env[name] ?? '') ? Number(env[name]) : Number.NaN;
    if (!Number.isSafeInteger(value)) missing.push(name);
    return value;
  };
  const serverUrl = env['GITHUB_SERVER_URL'] || 'https://github.com';
  const server = serverId(serverUrl);
  const run = {
    ...(server === undefined ? {} : { server }),
    repositoryId: number('GITHUB_REPOSITORY_ID'),
    runId: number('GITHUB_RUN_ID'),
    runAttempt: number('GITHUB_RUN_ATTEMPT'),
    repository: env['GITHUB_REPOSITORY'] ?? '',
    runsUrl: `${serverUrl}/${env['GITHUB_REPOSITORY'] ?? ''}/actions/runs`,
    job: env['GITHUB_JOB'] ?? '',
  };
  if (missing.length > 0) {
    throw new Error(
      `${missing.join(', ')} must be set to a number: a key's name says which run it belongs to. GitHub's runner sets them; ` +
        'outside of it (act, a test) set them in the environment.',
    );
  }
  return run;
}

/** Where a repository is: its owner's login and its name. */
export type Repository = { owner: string; repo: string };

/** @throws Error when the runner did not say which repository this is */
export function repositoryOf({ repository }: WorkflowRun): Repository {
  const [owner = '', repo = '', ...rest] = repository.split('/');
  if (owner && repo && rest.length === 0) return { owner, repo };
  throw new Error("GITHUB_REPOSITORY must be the repository as `owner/name`: GitHub's runner sets it.");
}
