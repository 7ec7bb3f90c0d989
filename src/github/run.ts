/** The workflow run that a step belongs to, from the variables that GitHub's runner sets for every step. */
export interface WorkflowRun {
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
  const run = {
    repositoryId: number('GITHUB_REPOSITORY_ID'),
    runId: number('GITHUB_RUN_ID'),
    runAttempt: number('GITHUB_RUN_ATTEMPT'),
    repository: env['GITHUB_REPOSITORY'] ?? '',
    runsUrl: `${env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${env['GITHUB_REPOSITORY'] ?? ''}/actions/runs`,
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
