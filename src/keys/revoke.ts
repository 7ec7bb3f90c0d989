import type { Clock } from '../lib/clock.ts';
import { inParallel } from '../lib/parallel.ts';
import type { KeyEndpoints, KeyId, ListedKey } from '../neon/endpoints.ts';
import { NeonError } from '../neon/errors.ts';

/** A key to be revoked: by its id, or by a name that no other key has while nobody knows the id. */
export interface Target {
  name: string;
  id?: KeyId;
  /** When Neon was asked for the key, in milliseconds since the epoch. */
  askedAt?: number;
}

/** What became of a target. */
export type Revocation =
  | { target: Target; how: 'revoked' }
  /** It has an id that Neon does not know any more, although we did not revoke it. */
  | { target: Target; how: 'already-revoked' }
  /** It has only a name, and Neon's list does not have it. */
  | { target: Target; how: 'never-made' }
  /** Still live, or nobody can tell. */
  | { target: Target; how: 'failed'; error: NeonError };

export interface RevokeEffects {
  neon: Pick<KeyEndpoints, 'listOrgApiKeys' | 'revokeOrgApiKey'>;
  clock: Clock;
  /** Milliseconds after which a lost request is not going to be carried out any more. */
  settleMs: number;
  /** Called with each ending as soon as it is known. */
  onOutcome: (revocation: Revocation) => void;
}

/** A target whose state is not known, with what went wrong when it was revoked; without an id, nothing was tried. */
type Doubt = { target: Target; error?: NeonError };

/** A key that comes back from a revocation this often is not ours to fight with. */
const rounds = 3;
const comesBack = `Neon still lists the key, after ${rounds} attempts to revoke it.`;

/**
 * Revokes each key by its id. What is in doubt (a 404, a lost answer, a target without an id) is settled by Neon's list
 * of live keys: no key is called gone that was not seen gone.
 * @throws the reason of the cancellation, if the requester was given one; never NeonError
 */
export async function revokeKeys(targets: Target[], effects: RevokeEffects): Promise<Revocation[]> {
  const revocations: Revocation[] = [];
  const end = (revocation: Revocation) => {
    revocations.push(revocation);
    effects.onOutcome(revocation);
  };
  let open: Doubt[] = targets.map((target) => ({ target }));
  for (let round = 1; round <= rounds; round += 1) {
    const doubts = await revokeKnown(open, effects.neon, end);
    open = doubts.length === 0 ? [] : await settle(doubts, effects, end);
  }
  // What is live still has an id by now, and so an error of the last round.
  for (const { target, error } of open)
    end({ target, how: 'failed', error: (error as NeonError).with({ hint: comesBack }) });
  return revocations;
}

type OnRevocation = (revocation: Revocation) => void;

/** With an answer in a tenth of a second, one after the other would stay below Neon's rate limit. */
const atOnce = 6;

/** After this many 403s with nothing revoked, the remaining keys are not tried. */
const refusalsToBelieve = 3;

/** @returns what is in doubt afterwards */
async function revokeKnown(
  [first, ...rest]: Doubt[],
  neon: RevokeEffects['neon'],
  end: OnRevocation,
): Promise<Doubt[]> {
  const doubts: Doubt[] = [];
  const isHopeless = refusalWatch();
  let forbidden: NeonError | undefined;
  const revoke = async ({ target }: Doubt) => {
    const error = forbidden ?? (await tryRevoke(target, neon));
    if (isHopeless(error)) forbidden = error;
    if (error && isFinal(error)) end({ target, how: 'failed', error });
    else if (error) doubts.push({ target, error });
    else if (target.id === undefined) doubts.push({ target });
    else end({ target, how: 'revoked' });
  };
  // The first one alone: a 401 shows that the others need not be tried.
  if (first) await revoke(first);
  await inParallel(rest, atOnce, revoke);
  return doubts;
}

async function tryRevoke({ id }: Target, neon: RevokeEffects['neon']): Promise<NeonError | undefined> {
  if (id === undefined) return undefined;
  try {
    await neon.revokeOrgApiKey(id);
    return undefined;
  } catch (error) {
    if (error instanceof NeonError) return error;
    throw error;
  }
}

/**
 * A 401 is about the key in use, so the remaining keys need not be tried. A 403 may be about one key only, unless it
 * comes back for every key.
 */
function refusalWatch(): (error: NeonError | undefined) => boolean {
  let revoked = 0;
  let refusals = 0;
  return (error) => {
    if (!error) revoked += 1;
    else if (isFinal(error) && error.facts.status === 401) return true;
    else if (isFinal(error) && error.facts.status === 403) refusals += 1;
    return revoked === 0 && refusals >= refusalsToBelieve;
  };
}

function isFinal({ facts }: NeonError): boolean {
  return facts.kind === 'refused' && facts.status !== 404;
}

/** @returns what is live still, with its id */
async function settle(doubts: Doubt[], effects: RevokeEffects, end: OnRevocation): Promise<Doubt[]> {
  let keys: ListedKey[];
  try {
    keys = await listSettled(doubts, effects);
  } catch (listError) {
    if (!(listError instanceof NeonError)) throw listError;
    // The first failure says more than that of the look-up after it.
    for (const { target, error } of doubts) end({ target, how: 'failed', error: error ?? listError });
    return [];
  }
  const open: Doubt[] = [];
  for (const doubt of doubts) {
    const { target } = doubt;
    const live = keys.filter((key) => isTarget(key, target));
    open.push(...live.map(({ id, name }) => ({ ...doubt, target: { ...target, id, name } })));
    if (live.length === 0) end({ target, how: howItEnded(doubt) });
  }
  return open;
}

/** A key that is not live any more was ended by us if a request of ours may have been carried out. */
function howItEnded({ error }: Doubt): 'revoked' | 'already-revoked' | 'never-made' {
  if (!error) return 'never-made';
  return error.facts.maybeDone || error.facts.kind !== 'refused' ? 'revoked' : 'already-revoked';
}

/** The name of a lease is unique; the name of another target is for people. */
function isTarget(key: ListedKey, { id, name, askedAt }: Target): boolean {
  return key.id === id || (key.name === name && (id === undefined || askedAt !== undefined));
}

const firstLookMs = 1000;

/** Lists; and again, later, while a key that was just asked for is missing: its request may still be under way. */
async function listSettled(doubts: Doubt[], { neon, clock, settleMs }: RevokeEffects): Promise<ListedKey[]> {
  // A clock that was set back between main and post must not make this wait longer.
  const latest = clock.now() + settleMs;
  for (let wait = firstLookMs; ; wait *= 2) {
    const keys = await neon.listOrgApiKeys();
    const missing = doubts.filter(
      ({ target }) => target.id === undefined && !keys.some((key) => isTarget(key, target)),
    );
    const settledAt = Math.max(0, ...missing.map(({ target }) => (target.askedAt ?? 0) + settleMs));
    const left = Math.min(settledAt, latest) - clock.now();
    if (left <= 0) return keys;
    await clock.sleep(Math.min(wait, left));
  }
}
