import { serverId } from '../lib/server-id.ts';

/** The workflow run that a step belongs to, from the variables that GitHub's runner sets for every step. */
export interface WorkflowRun {
  /** Three letters and digits for a server other than github.com; undefined for github.com. */
  server?: string | undefined;
  repositoryId: number;
  runId: number;
  /** From 1. A re-run increments it. */
  runAttempt: number;
  /** `owner/name`. */
  repository: string;
  /** The URL of the page that lists the runs of the repository. */
  runsUrl: string;
  /** The ID of the job in the workflow file. */
  job: string;
}

/** @throws Error that names the variables that are missing or not numbers */
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
    server,
    repositoryId: number('GITHUB_REPOSITORY_ID'),
    runId: number('GITHUB_RUN_ID'),
    runAttempt: number('GITHUB_RUN_ATTEMPT'),
    repository: env['GITHUB_REPOSITORY'] ?? '',
    runsUrl: `${serverUrl}/${env['GITHUB_REPOSITORY'] ?? ''}/actions/runs`,
    job: env['GITHUB_JOB'] ?? '',
  };
  if (missing.length > 0) {
    throw new Error(
      `${missing.join(', ')} must be set to a number, because the name of a key contains its run. GitHub's runner sets these variables. ` +
        'In act or in a test, set them in the environment.',
    );
  }
  return run;
}

/** The server's base URL, such as `https://github.com`. */
export function serverUrlOf({ runsUrl, repository }: Pick<WorkflowRun, 'runsUrl' | 'repository'>): string {
  return runsUrl.slice(0, -`/${repository}/actions/runs`.length);
}

/** The owner's login and the name of a repository. Both can change, and another repository can then take them. */
export type Repository = { owner: string; repo: string };

/** @throws Error if GITHUB_REPOSITORY is missing or malformed */
export function repositoryOf({ repository }: WorkflowRun): Repository {
  const [owner = '', repo = '', ...rest] = repository.split('/');
  if (owner && repo && rest.length === 0) return { owner, repo };
  throw new Error(
    "GITHUB_REPOSITORY must be the repository in the form `owner/name`. GitHub's runner sets this variable.",
  );
}
