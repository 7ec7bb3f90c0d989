import type { WorkflowRun } from '../github/run.ts';
import { isFrom, type Mark } from '../keys/name.ts';

/** The run that a key was minted in, for people: a link, where the repository's name is known. */
export function runLink(mark: Mark, own: WorkflowRun): string {
  const { repositoryId, runId, runAttempt } = mark;
  return isFrom(mark, own)
    ? `[run ${runId}](${own.runsUrl}/${runId}/attempts/${runAttempt})`
    : `run ${runId} of repository ${repositoryId}`;
}
