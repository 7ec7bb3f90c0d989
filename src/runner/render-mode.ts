import { prose } from './markdown.ts';
import type { Trust } from './mode.ts';

/** The decision as a line of the log. */
export function decision(trust: Trust): string {
  return `${trust.apply ? 'Applying changes.' : 'Plan only.'} ${reasonText(trust)}`;
}

/** Markdown for the summary of a plan; '' if changes are applied. */
export function planNote(trust: Trust): string {
  return trust.apply ? '' : `This is a plan, so nothing was changed. ${prose(reasonText(trust))}`;
}

/** Why changes are applied or only planned. */
function reasonText({ mode, event, reason }: Trust): string {
  switch (reason) {
    case 'mode-input':
      return `\`mode\` is \`${mode}\`.`;
    case 'schedule':
      return 'A schedule runs on the default branch.';
    case 'push':
      return 'This is a push to the default branch.';
    case 'started-on-default-branch':
      return `The event is \`${event}\` on the default branch.`;
    case 'pull-request-merged':
      return 'A pull request was merged into the default branch.';
    case 'no-event':
      return 'This is not running in GitHub Actions, so there is no event.';
    case 'other-event':
      return `\`mode: auto\` does not apply changes on the event \`${event}\`.`;
    case 'chosen-by-event':
      return `The step names people or roles, which the person who triggered \`${event}\` may have chosen.`;
    case 'other-branch':
      return `The event is \`${event}\` on a branch other than the default branch.`;
    case 'branch-deleted':
      return 'This push deleted the branch.';
    case 'fork':
      return 'This is a push to a fork.';
    case 'pull-request-open':
      return 'The pull request is not merged yet.';
    case 'pull-request-not-merged':
      return 'The pull request was closed without being merged.';
    case 'pull-request-into-other-branch':
      return 'The pull request was merged into a branch other than the default branch.';
  }
}
