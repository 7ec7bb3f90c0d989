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
export type KeyTarget = Target & { id: KeyId };

/** The outcome for a target. `target` is the object that the caller passed in. */
export type Revocation =
  | { target: Target; how: 'revoked' }
  /** Neon does not list its id, and no request of this run can have revoked it. */
  | { target: Target; how: 'already-revoked' }
  /** It has no id, and Neon has no active key of this name. */
  | { target: Target; how: 'not-found' }
  /** It may still be active: every attempt to revoke it failed. */
  | { target: Target; how: 'failed'; error: NeonError }
  /** Neon may have created a key of this name that its list does not show yet. */
  | Unsettled;

/** `until`: when a list would settle it, in milliseconds since the epoch. `error`: why the list could not be read. */
export interface Unsettled {
  target: Target;
  how: 'unsettled';
  until: number;
  error?: NeonError | undefined;
}

export interface RevokeEffects {
  neon: Pick<KeyEndpoints, 'listOrgApiKeys' | 'revokeOrgApiKey'>;
  /** Called with each outcome as soon as it is known. */
  onOutcome: (revocation: Revocation) => void;
}

/** A target that may still be active, with the error of the attempt to revoke it. */
interface OpenRevocation {
  target: KeyTarget;
  error: NeonError;
}

/** Requests at the same time. If each took a tenth of a second, one at a time would not use up Neon's rate limit. */
const revokedAtOnce = 6;
/** The number of attempts after which a key that is still listed is reported as failed. */
const revokeRounds = 3;
const stillListed = `Neon still lists the key after ${revokeRounds} attempts to revoke it.`;

/**
 * Revokes each key by its id. A 404 or a lost response is settled by Neon's list of active keys: a key is reported as revoked
 * only if Neon confirmed it or no longer lists the key.
 * @throws the reason of a cancellation; never NeonError
 */
export async function revokeKeys(
  targets: readonly KeyTarget[],
  { neon, onOutcome }: RevokeEffects,
): Promise<Revocation[]> {
  const revocations: Revocation[] = [];
  const end = (revocation: Revocation) => {
    revocations.push(revocation);
    onOutcome(revocation);
  };
  let open: readonly KeyTarget[] = targets;
  let doubts: OpenRevocation[] = [];
  for (let round = 1; round <= revokeRounds && open.length > 0; round += 1) {
    doubts = await revokeById(open, neon, end);
    doubts = doubts.length === 0 ? [] : await settleByList(doubts, neon, end);
    open = doubts.map(({ target }) => target);
  }
  for (const { target, error } of doubts) end({ target, how: 'failed', error: error.with({ hint: stillListed }) });
  return revocations;
}

/** @returns the targets that may still be active */
async function revokeById(
  [first, ...rest]: readonly KeyTarget[],
  neon: RevokeEffects['neon'],
  end: (revocation: Revocation) => void,
): Promise<OpenRevocation[]> {
  const doubts: OpenRevocation[] = [];
  let unauthorized: NeonError | undefined;
  const revoke = async (target: KeyTarget) => {
    const error = unauthorized ?? (await tryRevoke(target.id, neon));
    if (error && isAboutAdminKey(error)) unauthorized = error;
    if (error && isRefusedForGood(error)) end({ target, how: 'failed', error });
    else if (error) doubts.push({ target, error });
    else end({ target, how: 'revoked' });
  };
  // The first one alone, so that a 401 is found with one request.
  if (first) await revoke(first);
  await inParallel(rest, revokedAtOnce, revoke);
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

/** @returns the targets that are still active */
async function settleByList(
  doubts: OpenRevocation[],
  neon: RevokeEffects['neon'],
  end: (revocation: Revocation) => void,
): Promise<OpenRevocation[]> {
  let keys: ListedKey[];
  try {
    keys = await neon.listOrgApiKeys();
  } catch (error) {
    if (!(error instanceof NeonError)) throw error;
    // The first error says more than that of the list.
    for (const doubt of doubts) end({ target: doubt.target, how: 'failed', error: doubt.error });
    return [];
  }
  const listed = new Set(keys.map(({ id }) => id));
  for (const { target, error } of doubts) {
    if (!listed.has(target.id)) end({ target, how: mayHaveRevoked(error) ? 'revoked' : 'already-revoked' });
  }
  return doubts.filter(({ target }) => listed.has(target.id));
}

/** Whether a failed request, or an attempt before it, may have revoked the key. A gateway may refuse a request that it passed on. */
export function mayHaveRevoked({ facts: { kind, maybeDone }, wasNeverSent }: NeonError): boolean {
  return maybeDone === true || !(kind === 'refused' || wasNeverSent);
}
