import type { EventPayload, WorkflowEvent } from '../github/event.ts';
import { addressKey, localPartOf } from '../lib/email.ts';

/** The values of the input `mode`. */
export const modes = ['auto', 'plan', 'apply'] as const;
export type Mode = (typeof modes)[number];

/** Why `mode` applies. `mode-input`: it is set to `apply` or `plan`. */
type ApplyReason = 'mode-input' | 'schedule' | 'push' | 'started-on-default-branch' | 'pull-request-merged';

/** Why `mode` only plans. `chosen-by-event`: people or roles come with the event, so the person who started it chose them. */
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

/** Events whose workflow file is that of their ref. Their inputs are not trusted. */
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

/**
 * Whether one of the values comes from someone who did not need to merge anything: from the inputs of a dispatched workflow, or,
 * for an address, from the run before a `workflow_run`, which may be of a fork. In inputs, the part of an address before the
 * `@` is enough, because a workflow can add the domain.
 */
export function comesWithEvent(
  values: readonly (string | undefined)[],
  { inputs, client_payload, workflow_run }: EventPayload,
): boolean {
  const chosen = wordsIn([inputs, client_payload]);
  const before = wordsIn(workflow_run);
  const keys = values.flatMap((value) => (value === undefined ? [] : addressKey(value)));
  return keys.some(
    (key) => chosen.has(key) || (key.includes('@') && (before.has(key) || chosen.has(localPartOf(key)))),
  );
}

/** Each word in the texts of a value, comparable with an address. */
function wordsIn(value: unknown): Set<string> {
  return new Set(textsIn(value).flatMap((text) => text.split(/[\s,;<>()"']+/).map(addressKey)));
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
