import type { Clock } from '../lib/clock.ts';
import { lowerCase } from '../lib/email.ts';
import type { Invitation, Neon } from '../neon/endpoints.ts';
import { NeonError } from '../neon/errors.ts';
import { type RetryByCount, waitBeforeRetry } from '../neon/retry.ts';
import { hasOtherAdmin, type Invite, type Removal, type RoleChange, type Steps } from './plan.ts';

/** One change to one person. */
export type Change =
  | ({ kind: 'invite' } & Invite)
  | ({ kind: 'change-role' } & RoleChange)
  | ({ kind: 'remove' } & Removal);

/**
 * What became of a change: `already`: somebody else did it before; `failed`: it was not made; `unknown`: nobody can
 * tell; `not-begun`: something before it ended the run.
 */
type How = 'done' | 'already' | 'failed' | 'unknown' | 'not-begun';

export interface Deed {
  change: Change;
  how: How;
  /** Why it is not done. */
  why?: string;
  /** The invitation that Neon made, if its answer tells. */
  invitation?: Invitation;
}

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
  /** Called with each deed as soon as it is known. */
  onOutcome: (deed: Deed) => void;
}

/** Neon names no limit. A hundred is one request for nearly everybody, and a refused one is found in 7 halvings. */
export const batchSize = 100;
const retry: RetryByCount = { attempts: 5, longestWaitMs: 60_000 };
/** How long a lost request is looked for: looks after 0, 1, 3 and 7 seconds. */
const looks = 4;

/** The run: what all its parts need to know. */
interface Run extends ApplyEffects {
  /** Ids of invitations that were there before. */
  before: ReadonlySet<string>;
  end: (change: Change, how: How, why?: string, invitation?: Invitation) => void;
  /** Why nothing new is begun; undefined while all is well. */
  halted?: string;
}

/**
 * Carries a plan out: invitations in batches, then roles, then removals, one by one. Nobody is sent two e-mails: an
 * invitation whose answer was lost is looked for, never sent again. It does not throw for what Neon answers: each
 * change has one deed, also those that were not begun.
 * @param before the invitations that the plan was made with
 */
export async function carryOut(steps: Steps, before: readonly Invitation[], effects: ApplyEffects): Promise<Deed[]> {
  const deeds: Deed[] = [];
  const run: Run = {
    ...effects,
    before: new Set(before.map(({ id }) => id)),
    end: (change, how, why, invitation) => {
      const deed: Deed = { change, how, ...(why === undefined ? {} : { why }), ...(invitation ? { invitation } : {}) };
      deeds.push(deed);
      effects.onOutcome(deed);
    },
  };
  for (let start = 0; start < steps.invite.length; start += batchSize) {
    await inviteAll(steps.invite.slice(start, start + batchSize), run);
  }
  for (const change of steps.changeRole) await one({ kind: 'change-role', ...change }, run);
  for (const removal of steps.remove) await one({ kind: 'remove', ...removal }, run);
  return deeds;
}

/** Whether the run is over; then `changes` are told as not begun. */
function isOver(changes: readonly Change[], run: Run): boolean {
  if (run.cancelled.aborted) run.halted ??= 'the step was cancelled';
  if (run.halted !== undefined) endAll(changes, 'not-begun', run, run.halted);
  return run.halted !== undefined;
}

function endAll(changes: readonly Change[], how: How, run: Run, why?: string): void {
  for (const change of changes) run.end(change, how, why);
}

type Invitee = Change & Invite;

async function inviteAll(invites: readonly Invite[], run: Run): Promise<void> {
  let open = invites.map((invite): Invitee => ({ kind: 'invite', ...invite }));
  for (let round = 1; open.length > 0 && !isOver(open, run); round += 1) {
    let made: Invitation[] = [];
    const error = await tryTo(run, async () => {
      made = await run.neon.createOrganizationInvitations(open.map(({ email, role }) => ({ email, role })));
    });
    if (error === undefined) return endInvited(open, made, run);
    if (error !== 'cancelled') open = await afterFailure(open, error, round, run);
  }
}

function endInvited(invited: readonly Invitee[], made: readonly Invitation[], run: Run): void {
  const invitations = new Map(made.map((invitation) => [lowerCase(invitation.email), invitation]));
  for (const invite of invited) run.end(invite, 'done', undefined, invitations.get(invite.email));
}

/** @returns whom to ask for again: those who were surely not invited */
async function afterFailure(open: Invitee[], error: NeonError, round: number, run: Run): Promise<Invitee[]> {
  const { kind } = error.facts;
  if (kind === 'refused') {
    await refusedInvitations(open, error, run);
    return [];
  }
  const wait = kind === 'unknown' ? undefined : waitBeforeRetry(error.facts, round, run.random(), retry);
  if (wait !== undefined) await tryTo(run, () => run.clock.sleep(wait, run.cancelled));
  const missing = kind === 'not-done' ? open : await settle(open, error, kind === 'unknown' ? looks : 1, run);
  if (wait !== undefined || missing.length === 0) return missing;
  run.halted ??= error.message;
  endAll(missing, kind === 'unknown' ? 'unknown' : 'failed', run, error.message);
  return [];
}

/** One address that Neon does not take spoils the whole batch: halves are sent, down to that address. */
async function refusedInvitations(open: Invitee[], error: NeonError, run: Run): Promise<void> {
  if (isForbidden(error)) run.halted = error.message;
  if (open.length === 1 || isForbidden(error)) return endAll(open, 'failed', run, error.message);
  // Nothing says that a refused batch went to nobody.
  const missing = await settle(open, error, 1, run);
  const half = Math.ceil(missing.length / 2);
  await inviteAll(missing.slice(0, half), run);
  await inviteAll(missing.slice(half), run);
}

/**
 * Looks which of the lost invitations are there after all, and ends those.
 * @returns the others
 */
async function settle(open: Invitee[], lost: NeonError, times: number, run: Run): Promise<Invitee[]> {
  let missing = open;
  for (let look = 1; look <= times && missing.length > 0; look += 1) {
    if (look > 1) await tryTo(run, () => run.clock.sleep(1000 * 2 ** (look - 2), run.cancelled));
    const there = new Set<string>();
    let made: Invitation[] = [];
    const error = await tryTo(run, async () => {
      made = (await run.neon.getOrganizationInvitations()).filter(({ id }) => !run.before.has(id));
      for (const { email } of made) there.add(lowerCase(email));
      if (missing.every(({ email }) => there.has(email))) return;
      for (const { user } of await run.neon.getOrganizationMembers()) there.add(lowerCase(user.email));
    });
    endInvited(
      missing.filter(({ email }) => there.has(email)),
      made,
      run,
    );
    missing = missing.filter(({ email }) => !there.has(email));
    if (error !== undefined) {
      const why = `${lost.message}\nLooking for them failed too${error === 'cancelled' ? '' : `: ${error.message}`}`;
      run.halted ??= error === 'cancelled' ? 'the step was cancelled' : why;
      endAll(missing, 'unknown', run, why);
      return [];
    }
  }
  return missing;
}

async function one(change: Change & { kind: 'change-role' | 'remove' }, run: Run): Promise<void> {
  if (isOver([change], run) || (await isLastAdmin(change, run))) return;
  const error = await tryTo(run, () =>
    change.kind === 'remove'
      ? run.neon.removeOrganizationMember(change.memberId)
      : run.neon.updateOrganizationMember(change.memberId, change.to),
  );
  if (error === undefined) return run.end(change, 'done');
  if (error === 'cancelled') return void isOver([change], run);
  if (isForbidden(error) && error.facts.status !== 404) run.halted = error.message;
  if (error.facts.kind === 'refused') return refused(change, error, run);
  run.halted ??= error.message;
  const state = error.facts.kind === 'not-done' ? 'as-before' : await stateOf(change, run);
  if (state === 'changed') run.end(change, 'done');
  else run.end(change, state === 'as-before' ? 'failed' : 'unknown', error.message);
}

/** A 404 may also say that the key may not do it: whether the member is gone, is asked. */
async function refused(change: Change & { kind: 'change-role' | 'remove' }, error: NeonError, run: Run): Promise<void> {
  const isGone = change.kind === 'remove' && error.facts.status === 404 && (await stateOf(change, run)) === 'changed';
  if (!isGone) run.end(change, 'failed', error.message);
  else if (error.facts.maybeDone) run.end(change, 'done');
  else run.end(change, 'already', 'was not a member any more');
}

/** After a lost answer: what the member is now. */
async function stateOf(change: Change & { kind: 'change-role' | 'remove' }, run: Run) {
  let role: string | undefined;
  const error = await tryTo(run, async () => {
    role = (await run.neon.getOrganizationMember(change.memberId)).role;
  });
  if (error === undefined) return change.kind === 'change-role' && role === change.to ? 'changed' : 'as-before';
  const isGone = error !== 'cancelled' && error.facts.kind === 'refused' && error.facts.status === 404;
  return isGone && change.kind === 'remove' ? 'changed' : 'unknown';
}

/** The plan knows the admins of a moment ago: before one of them goes, Neon is asked again. */
async function isLastAdmin(change: Change & { kind: 'change-role' | 'remove' }, run: Run): Promise<boolean> {
  const isAdmin = (change.kind === 'remove' ? change.role : change.from) === 'admin';
  if (!isAdmin) return false;
  let isLast = true;
  const error = await tryTo(run, async () => {
    isLast = !hasOtherAdmin(await run.neon.getOrganizationMembers(), change.memberId);
  });
  if (error === 'cancelled') return isOver([change], run);
  if (error !== undefined)
    run.end(change, 'failed', `whether another admin is left could not be read: ${error.message}`);
  else if (isLast) run.end(change, 'failed', 'is the last admin by now, and stays');
  return isLast;
}

/** Who may not do it for one person may not for the next. */
function isForbidden({ facts }: NeonError): boolean {
  return facts.kind === 'refused' && [401, 403, 404].includes(facts.status ?? 0);
}

/** @returns what went wrong; `cancelled` when nothing was sent because of that */
async function tryTo(run: Run, work: () => Promise<unknown>): Promise<NeonError | 'cancelled' | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof NeonError) return error;
    if (run.cancelled.aborted) return 'cancelled';
    throw error;
  }
}
