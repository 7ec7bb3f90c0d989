import type { WorkflowEvent } from '../github/event.ts';
import { prose } from './markdown.ts';

/** Whether `mode: auto` applies what it planned, and why, as the end of a sentence. */
export interface Trust {
  apply: boolean;
  why: string;
}

/** `mode` of the inputs. */
export type Mode = 'auto' | 'plan' | 'apply';

/** @returns what `mode` comes to for this event */
export function decide(mode: Mode, event: WorkflowEvent): Trust {
  if (mode === 'auto') return trustOf(event);
  return { apply: mode === 'apply', why: `\`mode: ${mode}\` is set` };
}

/** Events whose workflow file and ref are the default branch's, if the ref is; their inputs are not trusted. */
const startedFromBranch = ['workflow_dispatch', 'repository_dispatch', 'workflow_run'];

/**
 * The trust rule: only what the default branch says is applied, and only when the event is that it says so now.
 * Who acted, labels and the checked-out tree prove nothing.
 */
export function trustOf(event: WorkflowEvent): Trust {
  const { name, ref, payload } = event;
  const branch = payload.repository?.default_branch;
  const onDefaultBranch = branch !== undefined && branch !== '' && ref === `refs/heads/${branch}`;
  if (name === 'schedule') return yes('a schedule runs on the default branch');
  if (name === 'push') return trustOfPush(event, onDefaultBranch);
  if (name === 'pull_request') return trustOfPullRequest(event, branch);
  if (startedFromBranch.includes(name)) {
    return onDefaultBranch ? yes(`${name} on the default branch`) : no(`${name}, but not on the default branch`);
  }
  return no(name === '' ? 'no event is known' : `${name} is not an event that the default branch decides`);
}

function trustOfPush({ payload }: WorkflowEvent, onDefaultBranch: boolean): Trust {
  if (!onDefaultBranch) return no('a push, but not to the default branch');
  if (payload.deleted === true) return no('a push that deletes the branch');
  if (payload.repository?.fork !== false) return no('a push to a fork');
  return yes('a push to the default branch');
}

function trustOfPullRequest({ payload: { action, pull_request: pull } }: WorkflowEvent, branch?: string): Trust {
  if (action !== 'closed') return no('a pull request that is not merged yet');
  if (pull?.merged !== true) return no('a pull request that was closed without being merged');
  if (!branch || pull.base?.ref !== branch) return no('a pull request merged into another branch than the default one');
  return yes('a pull request merged into the default branch');
}

function yes(why: string): Trust {
  return { apply: true, why };
}

function no(why: string): Trust {
  return { apply: false, why };
}

/** What `mode` came to, as a line of the log. */
export function decision({ apply, why }: Trust): string {
  return `${apply ? 'Applying' : 'Only planning'}: ${why}.`;
}

/** Markdown for the summary of a plan; '' when it was applied. */
export function planNote({ apply, why }: Trust): string {
  return apply ? '' : `Nothing was done, this is a plan: ${prose(why)}.`;
}
