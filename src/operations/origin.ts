import type { WorkflowRun } from '../github/run.ts';
import type { Mark } from '../keys/name.ts';

/** The run that a key was minted in, for people: a link, where the repository's name is known. */
export function originOf({ repositoryId, runId, runAttempt }: Mark, own: WorkflowRun): string {
  return repositoryId === own.repositoryId
    ? `[run ${runId}](${own.runsUrl}/${runId}/attempts/${runAttempt})`
    : `run ${runId} of repository ${repositoryId}`;
}
