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
  /** The response was lost, and the lookup that should have determined the outcome failed. */
  | { code: 'lookup-failed'; error: NeonError; lookup: NeonError | 'cancelled' }
  /** Neither Neon's response nor its lists contain the invitation. */
  | { code: 'not-confirmed' }
  | { code: 'other-role'; role: string }
  | { code: 'still-listed'; error: NeonError }
  | { code: 'last-admin' }
  | { code: 'admins-unknown'; error: NeonError }
  | { code: 'cancelled' };

/** The outcome of a change. `already`: it had been made before. `not-started`: the step stopped first. */
type ChangeResult =
  | { outcome: 'done'; invitation?: Invitation | undefined }
  | { outcome: 'already' }
  | { outcome: 'failed' | 'unknown' | 'not-started'; reason: OutcomeReason };

export type ChangeOutcome = { change: Change } & ChangeResult;

/** The endpoints that applying a plan requires. */
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
  /** Once aborted, no further change is started. */
  cancelled: AbortSignal;
  /** Called with each outcome as soon as it is known. */
  onOutcome: (outcome: ChangeOutcome) => void;
}

/** Neon documents no limit. With 100, most organizations need one request, and 7 halvings find a refused address. */
export const batchSize = 100;
const retry: RetryPolicy = { attempts: 5, longestWaitMs: 60_000 };
/** A lost invitation is looked up after 0, 1, 3 and 7 seconds. */
const maxLookups = 4;

/** What the functions below share. */
interface ApplyContext extends ApplyEffects {
  /** IDs of the invitations that the plan is based on. */
  before: ReadonlySet<string>;
  record: (change: Change, result: ChangeResult) => void;
  /** Why no further change is started; undefined until then. */
  halted?: OutcomeReason | undefined;
}

/**
 * Applies changes: invitations in batches, then role changes, then removals, one by one. A lost invitation is looked up
 * before it is sent again, so that no one gets two e-mails. Errors from Neon are outcomes: every change has exactly one,
 * even if it was not started.
 * @param before the invitations that the plan is based on
 */
export async function applyChanges(
  changes: readonly Change[],
  before: readonly Invitation[],
  effects: ApplyEffects,
): Promise<ChangeOutcome[]> {
  const outcomes: ChangeOutcome[] = [];
  const context: ApplyContext = {
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
    await inviteAll(invites.slice(start, start + batchSize), context);
  for (const change of changes) if (change.kind === 'change-role') await changeOne(change, context);
  for (const change of changes) if (change.kind === 'remove') await changeOne(change, context);
  return outcomes;
}

/** If no further change may be started, records `changes` as not started. @returns whether it did */
function recordIfHalted(changes: readonly Change[], context: ApplyContext): boolean {
  if (context.cancelled.aborted) context.halted ??= { code: 'cancelled' };
  if (context.halted !== undefined) recordAll(changes, { outcome: 'not-started', reason: context.halted }, context);
  return context.halted !== undefined;
}

function recordAll(changes: readonly Change[], result: ChangeResult, context: ApplyContext): void {
  for (const change of changes) context.record(change, result);
}

async function inviteAll(invites: readonly Invite[], context: ApplyContext): Promise<void> {
  let open = [...invites];
  for (let round = 1; open.length > 0 && !recordIfHalted(open, context); round += 1) {
    let created: Invitation[] = [];
    const error = await attempt(context, async () => {
      created = await context.neon.createOrganizationInvitations(open.map(({ email, role }) => ({ email, role })));
    });
    if (error === undefined) return confirm(open, created, context);
    if (error !== 'cancelled') open = await afterFailure(open, error, round, context);
  }
}

/** An invitation counts as sent if Neon's response or one of its lists contains it. */
async function confirm(open: Invite[], created: readonly Invitation[], context: ApplyContext): Promise<void> {
  const missing = recordSent(open, created, [], context);
  if (missing.length === 0) return;
  const left = await findSent(missing, undefined, maxLookups, context);
  recordAll(left, { outcome: 'unknown', reason: { code: 'not-confirmed' } }, context);
}

/** Records the invitations that are in one of the lists. @returns the others */
function recordSent(
  open: Invite[],
  created: readonly Invitation[],
  members: readonly MemberWithUser[],
  context: ApplyContext,
): Invite[] {
  const invitations = new Map(created.map((invitation) => [addressKey(invitation.email), invitation]));
  const joined = new Map(members.map(({ member, user }) => [addressKey(user.email), member]));
  return open.filter((invite) => {
    const invitation = invitations.get(invite.email);
    const sent = invitation ?? joined.get(invite.email);
    if (!sent) return true;
    const { role } = sent;
    if (isSameRole(role, invite.role)) context.record(invite, { outcome: 'done', invitation });
    else context.record(invite, { outcome: 'failed', reason: { code: 'other-role', role } });
    return false;
  });
}

/** @returns the invitations to send again */
async function afterFailure(open: Invite[], error: NeonError, round: number, context: ApplyContext): Promise<Invite[]> {
  const { kind } = error.facts;
  if (kind === 'refused') {
    await splitRefusedBatch(open, error, context);
    return [];
  }
  const wait = kind === 'unknown' ? undefined : waitBeforeRetry(error.facts, round, context.random(), retry);
  if (wait !== undefined) await attempt(context, () => context.clock.sleep(wait, context.cancelled));
  const missing = error.wasNeverSent ? open : await findSent(open, error, maxLookups, context);
  if (wait !== undefined || missing.length === 0) return missing;
  context.halted ??= { code: 'error', error };
  recordAll(missing, { outcome: error.wasNeverSent ? 'failed' : 'unknown', reason: { code: 'error', error } }, context);
  return [];
}

/** Neon refuses a batch if it refuses one address, so halves of the batch are sent until only that address is left. */
async function splitRefusedBatch(open: Invite[], error: NeonError, context: ApplyContext): Promise<void> {
  const reason: OutcomeReason = { code: 'error', error };
  if (isForbidden(error)) context.halted = reason;
  if (open.length === 1 || isForbidden(error)) return recordAll(open, { outcome: 'failed', reason }, context);
  // Neon does not document that a refused batch sends no e-mail.
  const missing = await findSent(open, error, 1, context);
  const half = Math.ceil(missing.length / 2);
  await inviteAll(missing.slice(0, half), context);
  await inviteAll(missing.slice(half), context);
}

/**
 * Looks up which invitations were sent after all, and records them.
 * @param lost the error that made the lookup necessary; undefined if Neon's response lacked invitations
 * @returns the invitations that were not found; none if a lookup failed, because their outcome is then recorded
 */
async function findSent(
  open: Invite[],
  lost: NeonError | undefined,
  lookups: number,
  context: ApplyContext,
): Promise<Invite[]> {
  let missing = open;
  for (let lookup = 1; lookup <= lookups && missing.length > 0; lookup += 1) {
    if (lookup > 1) await attempt(context, () => context.clock.sleep(1000 * 2 ** (lookup - 2), context.cancelled));
    const error = await attempt(context, async () => {
      const all = await context.neon.getOrganizationInvitations();
      const created = all.filter(({ id }) => !context.before.has(id));
      missing = recordSent(missing, created, [], context);
      if (missing.length > 0) missing = recordSent(missing, [], await context.neon.getOrganizationMembers(), context);
    });
    if (error === undefined) continue;
    const reason = lookupFailed(lost, error);
    context.halted ??= error === 'cancelled' ? { code: 'cancelled' } : reason;
    recordAll(missing, { outcome: 'unknown', reason }, context);
    return [];
  }
  return missing;
}

function lookupFailed(lost: NeonError | undefined, lookup: NeonError | 'cancelled'): OutcomeReason {
  return lost ? { code: 'lookup-failed', error: lost, lookup } : { code: 'not-confirmed' };
}

async function changeOne(change: RoleChange | Removal, context: ApplyContext): Promise<void> {
  if (recordIfHalted([change], context) || (await recordIfLastAdmin(change, context))) return;
  const error = await attempt(context, () =>
    change.kind === 'remove'
      ? context.neon.removeOrganizationMember(change.memberId)
      : context.neon.updateOrganizationMember(change.memberId, change.to),
  );
  if (error === undefined) return context.record(change, { outcome: 'done' });
  if (error === 'cancelled') return void recordIfHalted([change], context);
  const reason: OutcomeReason = { code: 'error', error };
  if (isForbidden(error) && error.facts.status !== 404) context.halted = reason;
  if (error.facts.kind === 'refused') return afterRefusal(change, error, context);
  context.halted ??= reason;
  const state = error.wasNeverSent ? 'unchanged' : await stateOf(change, context);
  if (state === 'changed') context.record(change, { outcome: 'done' });
  else context.record(change, { outcome: state === 'unchanged' ? 'failed' : 'unknown', reason });
}

/** A 404 can also mean that the key lacks the permission, so the member is looked up. */
async function afterRefusal(change: RoleChange | Removal, error: NeonError, context: ApplyContext): Promise<void> {
  const isMissing = change.kind === 'remove' && error.facts.status === 404;
  const state = isMissing ? await stateOf(change, context) : 'unchanged';
  if (state !== 'changed') {
    const code = isMissing && state === 'unchanged' ? 'still-listed' : 'error';
    return context.record(change, { outcome: 'failed', reason: { code, error } });
  }
  context.record(change, error.facts.maybeDone ? { outcome: 'done' } : { outcome: 'already' });
}

/** Looks up whether a change was made. A member counts as removed only if Neon no longer lists them. */
async function stateOf(
  change: RoleChange | Removal,
  context: ApplyContext,
): Promise<'changed' | 'unchanged' | 'unknown'> {
  let role: string | undefined;
  const error = await attempt(context, async () => {
    role = (await context.neon.getOrganizationMember(change.memberId)).role;
  });
  if (error === undefined)
    return change.kind === 'change-role' && isSameRole(role ?? '', change.to) ? 'changed' : 'unchanged';
  const isMissing = error !== 'cancelled' && error.facts.kind === 'refused' && error.facts.status === 404;
  return isMissing && change.kind === 'remove' ? stateInList(change, context) : 'unknown';
}

async function stateInList({ memberId }: Removal, context: ApplyContext): Promise<'changed' | 'unchanged' | 'unknown'> {
  let rows: readonly MemberWithUser[] = [];
  const error = await attempt(context, async () => {
    rows = await context.neon.getOrganizationMembers();
  });
  if (error !== undefined || rows.length === 0) return 'unknown';
  return rows.some(({ member }) => member.id === memberId) ? 'unchanged' : 'changed';
}

/** The plan's list of admins may be outdated, so it is read again before an admin is removed or demoted. */
async function recordIfLastAdmin(change: RoleChange | Removal, context: ApplyContext): Promise<boolean> {
  if ((change.kind === 'remove' ? change.role : change.from) !== 'admin') return false;
  let isLast = true;
  const error = await attempt(context, async () => {
    isLast = !hasOtherAdmin(await context.neon.getOrganizationMembers(), change.memberId);
  });
  if (error === 'cancelled') return recordIfHalted([change], context);
  if (error !== undefined) context.record(change, { outcome: 'failed', reason: { code: 'admins-unknown', error } });
  else if (isLast) context.record(change, { outcome: 'failed', reason: { code: 'last-admin' } });
  return isLast;
}

/** A key that lacks the permission for one change also lacks it for the next. */
function isForbidden({ facts }: NeonError): boolean {
  return facts.kind === 'refused' && [401, 403, 404].includes(facts.status ?? 0);
}

/** @returns the error; `cancelled` if a cancellation prevented the request */
async function attempt(
  context: ApplyContext,
  work: () => Promise<unknown>,
): Promise<NeonError | 'cancelled' | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof NeonError) return error;
    if (context.cancelled.aborted) return 'cancelled';
    throw error;
  }
}
