import type { WorkflowEvent } from '../github/event.ts';

/** The values of the input `mode`. */
export const modes = ['auto', 'plan', 'apply'] as const;
export type Mode = (typeof modes)[number];

/** Why changes are applied. `mode-input`: `mode` is `apply` or `plan`. */
type ApplyReason = 'mode-input' | 'schedule' | 'push' | 'started-on-default-branch' | 'pull-request-merged';

/** Why changes are only planned. `chosen-by-event`: the person who triggered the event may have chosen the people or roles. */
type PlanReason =
  | 'mode-input'
  | 'no-event'
  | 'other-event'
  | 'chosen-by-event'
  | 'other-branch'
  | 'branch-deleted'
  | 'fork'
  | 'pull-request-open'
  | 'pull-request-not-merged'
  | 'pull-request-into-other-branch';

/** The decision for an event: whether changes are applied. */
export type Trust = { mode: Mode; event: string } & (
  | { apply: true; reason: ApplyReason }
  | { apply: false; reason: PlanReason }
);

/** Decides whether changes are applied or only planned. */
export function decideMode(mode: Mode, event: WorkflowEvent): Trust {
  const about = { mode, event: event.name };
  if (mode === 'apply') return { ...about, apply: true, reason: 'mode-input' };
  if (mode === 'plan') return { ...about, apply: false, reason: 'mode-input' };
  return { ...about, ...trustOf(event) };
}

/** Events whose workflow file comes from their ref. Their inputs are not trusted. */
const startedFromBranch = ['workflow_dispatch', 'repository_dispatch', 'workflow_run'];

type ModeDecision = { apply: true; reason: ApplyReason } | { apply: false; reason: PlanReason };

/**
 * The rule of `mode: auto`: changes are applied only on events that reflect the current state of the default branch. The
 * actor, labels and the checked-out files do not matter.
 */
export function trustOf(event: WorkflowEvent): ModeDecision {
  const { name, ref, payload } = event;
  const branch = payload.repository?.default_branch;
  const onDefaultBranch = branch !== undefined && branch !== '' && ref === `refs/heads/${branch}`;
  if (name === 'schedule') return applies('schedule');
  if (name === 'push') return trustOfPush(event, onDefaultBranch);
  if (name === 'pull_request') return trustOfPullRequest(event, branch);
  if (startedFromBranch.includes(name))
    return onDefaultBranch ? applies('started-on-default-branch') : plans('other-branch');
  return plans(name === '' ? 'no-event' : 'other-event');
}

function trustOfPush({ payload }: WorkflowEvent, onDefaultBranch: boolean): ModeDecision {
  if (!onDefaultBranch) return plans('other-branch');
  if (payload.deleted === true) return plans('branch-deleted');
  return payload.repository?.fork === false ? applies('push') : plans('fork');
}

function trustOfPullRequest({ payload: { action, pull_request: pull } }: WorkflowEvent, branch?: string): ModeDecision {
  if (action !== 'closed') return plans('pull-request-open');
  if (pull?.merged !== true) return plans('pull-request-not-merged');
  if (!branch || pull.base?.ref !== branch) return plans('pull-request-into-other-branch');
  return applies('pull-request-merged');
}

function applies(reason: ApplyReason): ModeDecision {
  return { apply: true, reason };
}

function plans(reason: PlanReason): ModeDecision {
  return { apply: false, reason };
}

/** Events with the title of a pull request or the branch of a triggering run, which an author chooses without a review. */
const eventsWithTexts = ['pull_request', 'workflow_run'];

/**
 * Whether someone may have chosen texts of the event without a review, such as the inputs of a dispatched workflow.
 * Expressions can split, join and decode them, so they are not compared with the inputs of the step.
 */
export function hasChosenTexts({ name, payload: { inputs, client_payload } }: WorkflowEvent): boolean {
  return eventsWithTexts.includes(name) || [inputs, client_payload].some(hasContent);
}

function hasContent(value: unknown): boolean {
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);
}
