import type { GitHub } from '../github/client.ts';
import { writeComment } from '../github/comments.ts';
import { pullRequestOf, type WorkflowEvent } from '../github/event.ts';
import { repositoryOf, type WorkflowRun } from '../github/run.ts';
import { fitComment } from '../runner/markdown.ts';
import { hasNothingToSay, type PeopleReport, peopleResult } from './render.ts';
import type { Announcer } from './render-log.ts';

interface CommentContext extends Announcer {
  event: () => WorkflowEvent;
  workflowRun: () => WorkflowRun;
  github: () => Promise<GitHub>;
  /** Redacts a text, and masks its addresses whatever `show_emails` says. */
  forEveryone: (text: string) => string;
  cancelled: AbortSignal;
}

/** Which comment it is: each operation and Neon organization has one on a pull request. */
interface CommentAbout {
  operation: string;
  org_id: string;
}

/**
 * Writes a plan as a comment on the pull request of the event. A comment that cannot be written is a warning: the plan is
 * in the summary.
 */
export async function commentPlan(
  report: PeopleReport,
  { operation, org_id }: CommentAbout,
  context: CommentContext,
): Promise<void> {
  const event = context.event();
  const number = event.name === 'pull_request' ? pullRequestOf(event) : undefined;
  if (number === undefined) {
    context.info('`comment` has no effect, because this run was not started by `pull_request`.');
    return;
  }
  const run = context.workflowRun();
  const place = { ...repositoryOf(run), number, marker: `<!-- neon-org-action:${operation}:${org_id} -->` };
  const from = `[${operation}](${run.runsUrl}/${run.runId}), organization \`${org_id}\``;
  const { summary } = peopleResult({ ...report, showEmails: false });
  const body = hasNothingToSay(report) ? undefined : fitComment(context.forEveryone(summary), `\n${from}\n`);
  const otherwise = `### 👥 Neon organization: nothing to change\n\n${from}\n`;
  try {
    const done = await writeComment(await context.github(), place, body, otherwise);
    context.info(commentText(done, number));
  } catch (error) {
    if (context.cancelled.aborted) throw error;
    context.warning(`The comment on pull request #${number} could not be written. ${(error as Error).message}`);
  }
}

function commentText(done: Awaited<ReturnType<typeof writeComment>>, number: number): string {
  switch (done) {
    case 'created':
      return `Wrote a comment on pull request #${number}.`;
    case 'updated':
      return `Updated the comment on pull request #${number}.`;
    case 'unchanged':
      return `The comment on pull request #${number} is up to date.`;
    case 'none':
      return `There is nothing to say on pull request #${number}, so there is no comment.`;
  }
}
