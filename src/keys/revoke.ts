import type { Clock } from '../clock.ts';
import type { KeyId, ListedKey, Neon } from '../neon/endpoints.ts';
import { NeonError } from '../neon/errors.ts';

/** A key to be revoked: by its id, or by a name that no other key has while nobody knows the id. */
export interface Target {
  name: string;
  id?: KeyId;
  /** When Neon was asked for the key, in milliseconds since the epoch. */
  askedAt?: number;
}

/** What became of a target. */
export type Ending =
  | { target: Target; how: 'revoked' }
  /** It has an id, and Neon's list of live keys does not have it. */
  | { target: Target; how: 'already-revoked' }
  /** It has only a name, and Neon's list does not have it. */
  | { target: Target; how: 'never-made' }
  /** Still live, or nobody can tell. */
  | { target: Target; how: 'failed'; error: NeonError };

export interface RevokeEffects {
  neon: Neon;
  clock: Clock;
  /** Milliseconds after which a lost request is not going to be carried out any more. */
  settleMs: number;
}

/** A target whose state is not known, with what went wrong so far. */
type Doubt = { target: Target; error?: NeonError };

/** A key that comes back from a revocation this often is not ours to fight with. */
const rounds = 3;

/**
 * Revokes each key by its id. What is in doubt (a 404, a lost answer, a target without an id) is settled by Neon's list
 * of live keys: no key is called gone that was not seen gone.
 * @throws the reason of the cancellation, if the requester was given one; never NeonError
 */
export async function revokeKeys(targets: Target[], effects: RevokeEffects): Promise<Ending[]> {
  const endings: Ending[] = [];
  let open: Doubt[] = targets.map((target) => ({ target }));
  for (let round = 1; open.length > 0 && round <= rounds; round += 1) {
    const doubts = await revokeKnown(open, effects.neon, endings);
    open = doubts.length === 0 ? [] : await settle(doubts, effects, endings);
  }
  for (const { target, error } of open) endings.push({ target, how: 'failed', error: error ?? comesBack(target) });
  return endings;
}

/** @returns what is in doubt afterwards; what is not goes to `endings` */
async function revokeKnown(open: Doubt[], neon: Neon, endings: Ending[]): Promise<Doubt[]> {
  const doubts: Doubt[] = [];
  let refusal: NeonError | undefined;
  for (const { target } of open) {
    const error = refusal ?? (await tryRevoke(target, neon));
    if (error && isFinal(error)) {
      // The next key would be refused for the same reason.
      refusal = error;
      endings.push({ target, how: 'failed', error });
    } else if (error || target.id === undefined) doubts.push(error ? { target, error } : { target });
    else endings.push({ target, how: 'revoked' });
  }
  return doubts;
}

async function tryRevoke({ id }: Target, neon: Neon): Promise<NeonError | undefined> {
  if (id === undefined) return undefined;
  try {
    await neon.revokeOrgApiKey(id);
    return undefined;
  } catch (error) {
    if (error instanceof NeonError) return error;
    throw error;
  }
}

function isFinal({ facts }: NeonError): boolean {
  return facts.kind === 'refused' && facts.status !== 404;
}

/** @returns what is live still, with its id */
async function settle(doubts: Doubt[], effects: RevokeEffects, endings: Ending[]): Promise<Doubt[]> {
  let keys: ListedKey[];
  try {
    keys = await listSettled(doubts, effects);
  } catch (listError) {
    if (!(listError instanceof NeonError)) throw listError;
    // The first failure says more than that of the look-up after it.
    for (const { target, error } of doubts) endings.push({ target, how: 'failed', error: error ?? listError });
    return [];
  }
  const open: Doubt[] = [];
  for (const doubt of doubts) {
    const { target } = doubt;
    const live = keys.filter((key) => isTarget(key, target));
    open.push(...live.map(({ id, name }) => ({ ...doubt, target: { ...target, id, name } })));
    if (live.length === 0) endings.push({ target, how: target.id === undefined ? 'never-made' : 'already-revoked' });
  }
  return open;
}

function isTarget(key: ListedKey, { id, name }: Target): boolean {
  return id === undefined ? key.name === name : key.id === id;
}

/** Lists; and once more, later, when a key that was just asked for is missing: its request may still be under way. */
async function listSettled(doubts: Doubt[], { neon, clock, settleMs }: RevokeEffects): Promise<ListedKey[]> {
  const keys = await neon.listOrgApiKeys();
  const missing = doubts.filter(({ target }) => target.id === undefined && !keys.some((key) => isTarget(key, target)));
  const waits = missing.map(({ target }) => (target.askedAt ?? 0) + settleMs - clock.now());
  // A clock that was set back between main and post must not make this wait longer.
  const wait = Math.min(settleMs, Math.max(0, ...waits));
  if (wait === 0) return keys;
  await clock.sleep(wait);
  return neon.listOrgApiKeys();
}

function comesBack({ id }: Target): NeonError {
  return new NeonError({
    operationId: 'revokeOrgApiKey',
    method: 'DELETE',
    path: `/…/api_keys/${id}`,
    kind: 'unknown',
    reason: 'Neon says that the key is gone and still lists it',
    requestId: 'in the debug log',
  });
}
