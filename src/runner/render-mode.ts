import { prose } from './markdown.ts';
import type { Trust } from './mode.ts';

/** The decision as a line of the log. */
export function decision(trust: Trust): string {
  return `${trust.apply ? 'Applying changes' : 'Plan only'}: ${explainTrust(trust)}.`;
}

/** Markdown for the summary of a plan; '' if changes are applied. */
export function planNote(trust: Trust): string {
  return trust.apply ? '' : `This is a plan. Nothing was changed, because ${prose(explainTrust(trust))}.`;
}

/** Why changes are applied or only planned, as the end of a sentence. */
export function explainTrust({ mode, event, reason }: Trust): string {
  switch (reason) {
    case 'mode-input':
      return `\`mode\` is \`${mode}\``;
    case 'schedule':
      return 'a schedule runs on the default branch';
    case 'push':
      return 'this is a push to the default branch';
    case 'started-on-default-branch':
      return `the event is \`${event}\` on the default branch`;
    case 'pull-request-merged':
      return 'a pull request was merged into the default branch';
    case 'no-event':
      return 'this is not running in GitHub Actions, so there is no event';
    case 'other-event':
      return `\`mode: auto\` does not apply changes on the event \`${event}\``;
    case 'chosen-by-event':
      return `the step names people or roles, which the person who triggered \`${event}\` may have chosen`;
    case 'other-branch':
      return `the event is \`${event}\` on a branch other than the default branch`;
    case 'branch-deleted':
      return 'this push deleted the branch';
    case 'fork':
      return 'this is a push to a fork';
    case 'pull-request-open':
      return 'the pull request is not merged yet';
    case 'pull-request-not-merged':
      return 'the pull request was closed without being merged';
    case 'pull-request-into-other-branch':
      return 'the pull request was merged into a branch other than the default branch';
  }
}
