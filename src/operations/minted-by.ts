import type { WorkflowRun } from '../github/run.ts';
import { isFrom, type Mark } from '../keys/name.ts';

/** The run that a key was minted in, for people: a link, where the repository's name is known. */
export function mintedBy(mark: Mark, own: WorkflowRun): string {
  return isFrom(mark, own)
    ? `[run ${mark.runId}](${own.runsUrl}/${mark.runId}/attempts/${mark.runAttempt})`
    : `run ${mark.runId} of repository ${mark.repositoryId}`;
}
