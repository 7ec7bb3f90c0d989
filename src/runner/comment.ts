import type { GitHub } from '../github/client.ts';
import { type CommentOutcome, writeComment } from '../github/comments.ts';
import { pullRequestOf, type WorkflowEvent } from '../github/event.ts';
import { repositoryOf, type WorkflowRun } from '../github/run.ts';
import { fitComment } from './markdown.ts';

interface CommentContext {
  event: () => WorkflowEvent;
  workflowRun: () => WorkflowRun;
  github: () => Promise<GitHub>;
  /** Redacts a text, and masks its addresses regardless of `show_emails`. */
  forPublic: (text: string) => string;
  info: (line: string) => void;
  warning: (line: string) => void;
  cancelled: AbortSignal;
}

/** The owner of a comment: each operation has one comment per pull request and Neon organization. */
interface CommentOwner {
  operation: string;
  org_id: string;
}

/** The comment of an operation, in Markdown that begins with a heading. Everyone who sees the pull request can read it. */
export interface CommentText {
  /** Undefined if there is nothing to report, so that no comment is created. */
  body: string | undefined;
  /** Replaces the comment of an earlier run if there is nothing to report. */
  nothingToSay: string;
}

/**
 * Writes a result as a comment on the pull request of the event. A comment that cannot be written is a warning, because
 * the job summary contains the same result.
 */
export async function commentOnPullRequest(
  { operation, org_id }: CommentOwner,
  { body, nothingToSay }: CommentText,
  context: CommentContext,
): Promise<void> {
  const event = context.event();
  const number = event.name === 'pull_request' ? pullRequestOf(event) : undefined;
  if (number === undefined)
    return context.info('`comment` has no effect, because this run was not triggered by `pull_request`.');
  const run = context.workflowRun();
  const place = { ...repositoryOf(run), number, marker: `<!-- neon-org-action:${operation}:${org_id} -->` };
  const from = `[${operation}](${run.runsUrl}/${run.runId}), organization \`${org_id}\`\n`;
  const text = body === undefined ? undefined : fitComment(context.forPublic(body), `\n${from}`);
  try {
    const outcome = await writeComment(await context.github(), place, text, `${nothingToSay}\n\n${from}`);
    context.info(commentOutcomeText(outcome, number));
  } catch (error) {
    // A cancelled step reports the cancellation instead.
    if (!context.cancelled.aborted)
      context.warning(`The comment on pull request #${number} could not be written. ${(error as Error).message}`);
  }
}

function commentOutcomeText(outcome: CommentOutcome, number: number): string {
  switch (outcome) {
    case 'created':
      return `Wrote a comment on pull request #${number}.`;
    case 'updated':
      return `Updated the comment on pull request #${number}.`;
    case 'unchanged':
      return `The comment on pull request #${number} is up to date.`;
    case 'none':
      return `There is nothing to report on pull request #${number}, so no comment was written.`;
  }
}
