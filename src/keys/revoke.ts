import type { Clock } from '../lib/clock.ts';
import { inParallel } from '../lib/parallel.ts';
import type { KeyEndpoints, KeyId, ListedKey } from '../neon/endpoints.ts';
import { NeonError } from '../neon/errors.ts';

/** A key to revoke. */
export interface Target {
  /** Shown in reports; '' when it is unknown. */
  name: string;
  id?: KeyId | undefined;
}

/** A key to revoke by its id. */
export interface KeyTarget extends Target {
  id: KeyId;
  /** When Neon created it, in milliseconds since the epoch; missing or NaN if that is unknown. */
  createdAt?: number | undefined;
}

/** A listed key as a target. */
export function targetOf({ id, name, created_at }: ListedKey): KeyTarget {
  return { id, name, createdAt: Date.parse(created_at) };
}

/** The outcome for a target. `target` is the object that the caller passed in. */
export type Revocation =
  | { target: Target; how: 'revoked' }
  /** Neon does not list its id, and no request of this run can have revoked it. */
  | { target: Target; how: 'already-revoked' }
  /** It has no id, and Neon has no active key of this name. */
  | { target: Target; how: 'not-found' }
  /** It may still be active: every attempt to revoke it failed. */
  | { target: Target; how: 'failed'; error: NeonError }
  /** Neon may have created a key with this name that its list does not contain yet. */
  | Unsettled;

/** `until`: when a list will settle it, in milliseconds since the epoch. `error`: why the list could not be read. */
export interface Unsettled {
  target: Target;
  how: 'unsettled';
  until: number;
  error?: NeonError | undefined;
}

export interface RevokeEffects {
  neon: Pick<KeyEndpoints, 'listOrgApiKeys' | 'revokeOrgApiKey'>;
  clock: Clock;
  cancelled?: AbortSignal | undefined;
  /** Called with each outcome as soon as it is known. */
  onOutcome: (revocation: Revocation) => void;
  /** Called before a wait, with the number of keys that are missing from a list that may be too old. */
  onWait?: ((keyCount: number, waitMs: number) => void) | undefined;
}

/** How far Neon's list of keys may be behind, in milliseconds. */
export const listLagMs = 10_000;

/** A target that may still be active, with the error of the attempt to revoke it. */
interface OpenRevocation {
  target: KeyTarget;
  error: NeonError;
}

/** Enough to use up Neon's rate limit of 11 requests a second, even if each takes half a second. */
const maxConcurrentRevocations = 6;
/** The number of attempts after which a key that is still listed is reported as failed. */
const revokeRounds = 3;
const stillListed = `Neon still lists the key after ${revokeRounds} attempts to revoke it.`;

/**
 * Revokes each key by its id. A 404 or a lost response is settled by Neon's list of active keys: a key is reported as revoked
 * only if Neon confirmed it, or a recent enough list lacks it.
 *
 * A list is recent enough if it contains a key that was created `listLagMs` later, or was requested `listLagMs` after the
 * start. Without such a list, the key is tried again: a new key may be unknown to a replica and missing from a list.
 * @throws the reason of a cancellation; never NeonError
 */
export async function revokeKeys(targets: readonly KeyTarget[], effects: RevokeEffects): Promise<Revocation[]> {
  const { neon, clock, cancelled, onOutcome, onWait } = effects;
  const revocations: Revocation[] = [];
  const end = (revocation: Revocation) => {
    revocations.push(revocation);
    onOutcome(revocation);
  };
  const recentFrom = clock.now() + listLagMs;
  const work: RevokeWork = { neon, end, maybeRevoked: new Set(), isRecent: () => clock.now() >= recentFrom };
  const undecided = await revokeInRounds(targets, work);
  if (undecided.length > 0) {
    const waitMs = Math.min(Math.max(recentFrom - clock.now(), 0), listLagMs);
    if (waitMs > 0) onWait?.(undecided.length, waitMs);
    await clock.sleep(waitMs, cancelled);
    await revokeInRounds(undecided, { ...work, isRecent: () => true });
  }
  return revocations;
}

/** What the rounds share. */
interface RevokeWork {
  neon: RevokeEffects['neon'];
  end: (revocation: Revocation) => void;
  /** The targets that one of the attempts may have revoked. */
  maybeRevoked: Set<KeyTarget>;
  /** Whether a list that is requested now contains every active target. */
  isRecent: () => boolean;
}

/** @returns the targets that are missing from a list and may be too new for it */
async function revokeInRounds(targets: readonly KeyTarget[], work: RevokeWork): Promise<KeyTarget[]> {
  const undecided: KeyTarget[] = [];
  let open: readonly KeyTarget[] = targets;
  let listed: OpenRevocation[] = [];
  for (let round = 1; round <= revokeRounds && open.length > 0; round += 1) {
    const doubts = await revokeById(open, work);
    listed = doubts.length === 0 ? [] : await settleByList(doubts, undecided, work);
    open = listed.map(({ target }) => target);
  }
  for (const { target, error } of listed) work.end({ target, how: 'failed', error: error.with({ hint: stillListed }) });
  return undecided;
}

/** @returns the targets that may still be active */
async function revokeById(
  [first, ...rest]: readonly KeyTarget[],
  { neon, end, maybeRevoked }: RevokeWork,
): Promise<OpenRevocation[]> {
  const doubts: OpenRevocation[] = [];
  let unauthorized: NeonError | undefined;
  const revoke = async (target: KeyTarget) => {
    const error = unauthorized ?? (await tryRevoke(target.id, neon));
    if (error && isAboutAdminKey(error)) unauthorized = error;
    if (error && mayHaveRevoked(error)) maybeRevoked.add(target);
    if (error && isRefusedForGood(error)) end({ target, how: 'failed', error });
    else if (error) doubts.push({ target, error });
    else end({ target, how: 'revoked' });
  };
  // The first one is revoked alone, so that a 401 costs only one request.
  if (first) await revoke(first);
  await inParallel(rest, maxConcurrentRevocations, revoke);
  return doubts;
}

/** @returns why it failed; undefined if Neon confirmed that the key is revoked */
export async function tryRevoke(id: KeyId, neon: RevokeEffects['neon']): Promise<NeonError | undefined> {
  try {
    await neon.revokeOrgApiKey(id);
    return undefined;
  } catch (error) {
    if (error instanceof NeonError) return error;
    throw error;
  }
}

/** Whether Neon rejects the key in use, so that the remaining keys need not be tried. A 403 is about one key. */
export function isAboutAdminKey({ facts: { kind, status } }: NeonError): boolean {
  return kind === 'refused' && status === 401;
}

function isRefusedForGood({ facts }: NeonError): boolean {
  return facts.kind === 'refused' && facts.status !== 404;
}

/** Adds missing targets that may be too new for the list to `undecided`. @returns the targets that are listed */
async function settleByList(
  doubts: OpenRevocation[],
  undecided: KeyTarget[],
  { neon, end, maybeRevoked, isRecent }: RevokeWork,
): Promise<OpenRevocation[]> {
  const isRecentForAll = isRecent();
  let keys: ListedKey[];
  try {
    keys = await neon.listOrgApiKeys();
  } catch (error) {
    if (!(error instanceof NeonError)) throw error;
    // The error of the revocation is more specific than that of the list.
    for (const doubt of doubts) end({ target: doubt.target, how: 'failed', error: doubt.error });
    return [];
  }
  const listed = new Set(keys.map(({ id }) => id));
  const missing = doubts.map(({ target }) => target).filter(({ id }) => !listed.has(id));
  const newest = newestOf(keys);
  for (const target of missing) {
    const { createdAt = Number.NaN } = target;
    if (isRecentForAll || newest >= createdAt + listLagMs)
      end({ target, how: maybeRevoked.has(target) ? 'revoked' : 'already-revoked' });
    else undecided.push(target);
  }
  return doubts.filter(({ target }) => listed.has(target.id));
}

/** When the newest key was created, in milliseconds since the epoch. */
function newestOf(keys: readonly ListedKey[]): number {
  return keys.reduce((newest, { created_at }) => Math.max(newest, Date.parse(created_at) || 0), 0);
}

/** Whether a failed request, or an earlier attempt, may have revoked the key. A gateway may refuse a request that it passed on. */
export function mayHaveRevoked({ facts: { kind, maybeDone }, wasNeverSent }: NeonError): boolean {
  return maybeDone === true || !(kind === 'refused' || wasNeverSent);
}
