import type { Clock } from '../lib/clock.ts';
import { addressKey } from '../lib/email.ts';
import type { Invitation, MemberWithUser, Neon } from '../neon/endpoints.ts';
import { NeonError } from '../neon/errors.ts';
import { type RetryPolicy, waitBeforeRetry } from '../neon/retry.ts';
import type { Change, Invite, Removal, RoleChange } from './change.ts';
import { hasOtherAdmin } from './member.ts';
import { isSameRole } from './roles.ts';

/** Why a change was not made, or why its outcome is unknown. */
export type OutcomeReason =
  | { code: 'error'; error: NeonError }
  /** The response was lost, and so was the response to the look that was to settle it. */
  | { code: 'lookup-failed'; error: NeonError; lookup: NeonError | 'cancelled' }
  /** Neon's response lacks the invitation, and neither list has it. */
  | { code: 'not-confirmed' }
  | { code: 'other-role'; role: string }
  | { code: 'still-listed'; error: NeonError }
  | { code: 'last-admin' }
  | { code: 'admins-unknown'; error: NeonError }
  | { code: 'cancelled' };

/** What became of a change. `already`: it was made before; `not-begun`: something ended the run first. */
type ChangeResult =
  | { outcome: 'done'; invitation?: Invitation | undefined }
  | { outcome: 'already' }
  | { outcome: 'failed' | 'unknown' | 'not-begun'; reason: OutcomeReason };

export type ChangeOutcome = { change: Change } & ChangeResult;

/** The endpoints that carry a plan out. */
type PeopleEndpoints = Pick<
  Neon,
  | 'createOrganizationInvitations'
  | 'getOrganizationInvitations'
  | 'getOrganizationMember'
  | 'getOrganizationMembers'
  | 'removeOrganizationMember'
  | 'updateOrganizationMember'
>;

export interface ApplyEffects {
  neon: PeopleEndpoints;
  clock: Clock;
  /** A number in [0, 1). */
  random: () => number;
  /** Once aborted, nothing new is begun. */
  cancelled: AbortSignal;
  /** Called with each outcome as soon as it is known. */
  onOutcome: (outcome: ChangeOutcome) => void;
}

/** Neon names no limit. A hundred is one request for nearly every organization, and a refused address is found in 7 halvings. */
export const batchSize = 100;
const retry: RetryPolicy = { attempts: 5, longestWaitMs: 60_000 };
/** How often a lost request is looked for: after 0, 1, 3 and 7 seconds. */
const maxLookups = 4;

/** What all parts of one run need. */
interface Run extends ApplyEffects {
  /** Ids of invitations that were there before. */
  before: ReadonlySet<string>;
  record: (change: Change, result: ChangeResult) => void;
  /** Why nothing new is begun; undefined while the run goes on. */
  halted?: OutcomeReason | undefined;
}

/**
 * Carries changes out: invitations in batches, then roles, then removals, one by one. Nobody is sent two e-mails: an
 * invitation whose answer was lost is looked for before anything is sent again. It does not throw for what Neon answers:
 * each change has one outcome, also those that were not begun.
 * @param before the invitations that the plan was made with
 */
export async function applyChanges(
  changes: readonly Change[],
  before: readonly Invitation[],
  effects: ApplyEffects,
): Promise<ChangeOutcome[]> {
  const outcomes: ChangeOutcome[] = [];
  const run: Run = {
    ...effects,
    before: new Set(before.map(({ id }) => id)),
    record: (change, result) => {
      const outcome = { change, ...result };
      outcomes.push(outcome);
      effects.onOutcome(outcome);
    },
  };
  const invites = changes.filter((change) => change.kind === 'invite');
  for (let start = 0; start < invites.length; start += batchSize)
    await inviteAll(invites.slice(start, start + batchSize), run);
  for (const change of changes) if (change.kind === 'change-role') await changeOne(change, run);
  for (const change of changes) if (change.kind === 'remove') await changeOne(change, run);
  return outcomes;
}

/** Whether nothing new is begun; `changes` are reported as not begun then. */
function isHalted(changes: readonly Change[], run: Run): boolean {
  if (run.cancelled.aborted) run.halted ??= { code: 'cancelled' };
  if (run.halted !== undefined) recordAll(changes, { outcome: 'not-begun', reason: run.halted }, run);
  return run.halted !== undefined;
}

function recordAll(changes: readonly Change[], result: ChangeResult, run: Run): void {
  for (const change of changes) run.record(change, result);
}

async function inviteAll(invites: readonly Invite[], run: Run): Promise<void> {
  let open = [...invites];
  for (let round = 1; open.length > 0 && !isHalted(open, run); round += 1) {
    let created: Invitation[] = [];
    const error = await attempt(run, async () => {
      created = await run.neon.createOrganizationInvitations(open.map(({ email, role }) => ({ email, role })));
    });
    if (error === undefined) return confirm(open, created, run);
    if (error !== 'cancelled') open = await afterFailure(open, error, round, run);
  }
}

/** An invitation counts as sent when Neon's response or one of its lists has it. */
async function confirm(open: Invite[], created: readonly Invitation[], run: Run): Promise<void> {
  const missing = recordSent(open, created, [], run);
  if (missing.length === 0) return;
  const left = await settle(missing, undefined, maxLookups, run);
  recordAll(left, { outcome: 'unknown', reason: { code: 'not-confirmed' } }, run);
}

/** Ends those who are in one of the lists. @returns the others */
function recordSent(
  open: Invite[],
  created: readonly Invitation[],
  members: readonly MemberWithUser[],
  run: Run,
): Invite[] {
  const invitations = new Map(created.map((invitation) => [addressKey(invitation.email), invitation]));
  const joined = new Map(members.map(({ member, user }) => [addressKey(user.email), member]));
  return open.filter((invite) => {
    const invitation = invitations.get(invite.email);
    const sent = invitation ?? joined.get(invite.email);
    if (!sent) return true;
    const { role } = sent;
    if (isSameRole(role, invite.role)) run.record(invite, { outcome: 'done', invitation });
    else run.record(invite, { outcome: 'failed', reason: { code: 'other-role', role } });
    return false;
  });
}

/** @returns those who are in neither list, and are to be invited again */
async function afterFailure(open: Invite[], error: NeonError, round: number, run: Run): Promise<Invite[]> {
  const { kind } = error.facts;
  if (kind === 'refused') {
    await refusedInvitations(open, error, run);
    return [];
  }
  const wait = kind === 'unknown' ? undefined : waitBeforeRetry(error.facts, round, run.random(), retry);
  if (wait !== undefined) await attempt(run, () => run.clock.sleep(wait, run.cancelled));
  const missing = error.wasNeverSent ? open : await settle(open, error, maxLookups, run);
  if (wait !== undefined || missing.length === 0) return missing;
  run.halted ??= { code: 'error', error };
  recordAll(missing, { outcome: error.wasNeverSent ? 'failed' : 'unknown', reason: { code: 'error', error } }, run);
  return [];
}

/** One address that Neon refuses spoils the whole batch: halves are sent, down to that address. */
async function refusedInvitations(open: Invite[], error: NeonError, run: Run): Promise<void> {
  const reason: OutcomeReason = { code: 'error', error };
  if (isForbidden(error)) run.halted = reason;
  if (open.length === 1 || isForbidden(error)) return recordAll(open, { outcome: 'failed', reason }, run);
  // Nothing says that a refused batch was sent to nobody.
  const missing = await settle(open, error, 1, run);
  const half = Math.ceil(missing.length / 2);
  await inviteAll(missing.slice(0, half), run);
  await inviteAll(missing.slice(half), run);
}

/**
 * Looks which invitations are there after all, and ends those.
 * @param lost the failure that made it necessary; undefined: a response that lacks them
 * @returns the others
 */
async function settle(open: Invite[], lost: NeonError | undefined, times: number, run: Run): Promise<Invite[]> {
  let missing = open;
  for (let look = 1; look <= times && missing.length > 0; look += 1) {
    if (look > 1) await attempt(run, () => run.clock.sleep(1000 * 2 ** (look - 2), run.cancelled));
    const error = await attempt(run, async () => {
      const all = await run.neon.getOrganizationInvitations();
      const created = all.filter(({ id }) => !run.before.has(id));
      missing = recordSent(missing, created, [], run);
      if (missing.length > 0) missing = recordSent(missing, [], await run.neon.getOrganizationMembers(), run);
    });
    if (error === undefined) continue;
    const reason = lookupFailed(lost, error);
    run.halted ??= error === 'cancelled' ? { code: 'cancelled' } : reason;
    recordAll(missing, { outcome: 'unknown', reason }, run);
    return [];
  }
  return missing;
}

function lookupFailed(lost: NeonError | undefined, lookup: NeonError | 'cancelled'): OutcomeReason {
  return lost ? { code: 'lookup-failed', error: lost, lookup } : { code: 'not-confirmed' };
}

async function changeOne(change: RoleChange | Removal, run: Run): Promise<void> {
  if (isHalted([change], run) || (await isLastAdmin(change, run))) return;
  const error = await attempt(run, () =>
    change.kind === 'remove'
      ? run.neon.removeOrganizationMember(change.memberId)
      : run.neon.updateOrganizationMember(change.memberId, change.to),
  );
  if (error === undefined) return run.record(change, { outcome: 'done' });
  if (error === 'cancelled') return void isHalted([change], run);
  const reason: OutcomeReason = { code: 'error', error };
  if (isForbidden(error) && error.facts.status !== 404) run.halted = reason;
  if (error.facts.kind === 'refused') return afterRefusal(change, error, run);
  run.halted ??= reason;
  const state = error.wasNeverSent ? 'unchanged' : await stateOf(change, run);
  if (state === 'changed') run.record(change, { outcome: 'done' });
  else run.record(change, { outcome: state === 'unchanged' ? 'failed' : 'unknown', reason });
}

/** A 404 may also say that the key may not do it: Neon is asked whether the member is gone. */
async function afterRefusal(change: RoleChange | Removal, error: NeonError, run: Run): Promise<void> {
  const isMissing = change.kind === 'remove' && error.facts.status === 404;
  const state = isMissing ? await stateOf(change, run) : 'unchanged';
  if (state !== 'changed') {
    const code = isMissing && state === 'unchanged' ? 'still-listed' : 'error';
    return run.record(change, { outcome: 'failed', reason: { code, error } });
  }
  run.record(change, error.facts.maybeDone ? { outcome: 'done' } : { outcome: 'already' });
}

/** What the member is after a lost response. A member is gone only when Neon no longer lists them. */
async function stateOf(change: RoleChange | Removal, run: Run): Promise<'changed' | 'unchanged' | 'unknown'> {
  let role: string | undefined;
  const error = await attempt(run, async () => {
    role = (await run.neon.getOrganizationMember(change.memberId)).role;
  });
  if (error === undefined)
    return change.kind === 'change-role' && isSameRole(role ?? '', change.to) ? 'changed' : 'unchanged';
  const isMissing = error !== 'cancelled' && error.facts.kind === 'refused' && error.facts.status === 404;
  return isMissing && change.kind === 'remove' ? isListed(change, run) : 'unknown';
}

async function isListed({ memberId }: Removal, run: Run): Promise<'changed' | 'unchanged' | 'unknown'> {
  let rows: readonly MemberWithUser[] = [];
  const error = await attempt(run, async () => {
    rows = await run.neon.getOrganizationMembers();
  });
  if (error !== undefined || rows.length === 0) return 'unknown';
  return rows.some(({ member }) => member.id === memberId) ? 'unchanged' : 'changed';
}

/** The plan knows the admins of a moment ago: before one of them is removed or demoted, Neon is asked again. */
async function isLastAdmin(change: RoleChange | Removal, run: Run): Promise<boolean> {
  if ((change.kind === 'remove' ? change.role : change.from) !== 'admin') return false;
  let isLast = true;
  const error = await attempt(run, async () => {
    isLast = !hasOtherAdmin(await run.neon.getOrganizationMembers(), change.memberId);
  });
  if (error === 'cancelled') return isHalted([change], run);
  if (error !== undefined) run.record(change, { outcome: 'failed', reason: { code: 'admins-unknown', error } });
  else if (isLast) run.record(change, { outcome: 'failed', reason: { code: 'last-admin' } });
  return isLast;
}

/** A key that may not change one person may not change the next. */
function isForbidden({ facts }: NeonError): boolean {
  return facts.kind === 'refused' && [401, 403, 404].includes(facts.status ?? 0);
}

/** @returns what went wrong; `cancelled` when nothing was sent because of that */
async function attempt(run: Run, work: () => Promise<unknown>): Promise<NeonError | 'cancelled' | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof NeonError) return error;
    if (run.cancelled.aborted) return 'cancelled';
    throw error;
  }
}
