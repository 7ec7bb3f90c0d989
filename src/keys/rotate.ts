import type { Secret } from '../github/secrets.ts';
import { backoffMs } from '../lib/backoff.ts';
import type { KeyEndpoints, NeonReader, NewKey } from '../neon/endpoints.ts';
import { NeonError } from '../neon/errors.ts';
import { type MintEffects, type Minted, type MintRequest, mint } from './mint.ts';
import type { Lifetime } from './name.ts';
import { type Revocation, type RevokeEffects, revokeKeys } from './revoke.ts';
import {
  judgeRotation,
  type KeyVerdict,
  keysOfSecret,
  maxActiveKeys,
  mayHoldForeignKey,
  type SecretHistory,
} from './rotation-rule.ts';
import { TooManyKeysError } from './secret-errors.ts';
import { revokeUnstored, storeKey } from './secret-store.ts';

export interface RotationRequest extends MintRequest {
  mark: MintRequest['mark'] & { lifetime: Lifetime & { kind: 'rotation' } };
}

export interface RotationEffects extends MintEffects, Pick<RevokeEffects, 'onOutcome' | 'onWait'> {
  neon: KeyEndpoints & Pick<NeonReader, 'now' | 'hasTime'>;
  secret: Secret;
  /** Connects to Neon with the new key. */
  withKey: <T>(apiKey: string, work: (neon: Pick<NeonReader, 'getAuthDetails' | 'now'>) => Promise<T>) => Promise<T>;
  /** Connects to Neon to revoke the replaced keys, with the new key if the key in use may be one of them. */
  withRevoker: <T>(newKey: string, work: (neon: KeyEndpoints) => Promise<T>) => Promise<T>;
}

/** The outcome of a rotation. */
export interface Rotation {
  key: NewKey;
  revocations: Revocation[];
  /** Previous keys of the secret that stay active. */
  kept: (KeyVerdict & { verdict: 'keep' })[];
  /** Whether the secret may have held a key of another origin, which stays active. */
  foreignKey: boolean;
}

/**
 * Replaces the key in a secret by the rule of `judgeRotation`. Keys that were never stored are revoked before the mint;
 * replaced keys are revoked after GitHub has confirmed that the secret was written. If a rotation ends early, the next one
 * completes it.
 * @throws StorageError, TooManyKeysError, NeonError, GitHubError
 */
export async function rotate(request: RotationRequest, effects: RotationEffects): Promise<Rotation> {
  const { secretId, graceSeconds } = request.mark.lifetime;
  const seal = await effects.secret.prepare();
  const history = await readHistory(secretId, effects);
  const earlier = isPlausible(history, effects) ? await revokeNeverStored(judgeRotation(history), effects) : [];
  checkLimit(history.keys.length - earlier.filter(({ how }) => how !== 'failed').length);

  const minted = await mint(request, effects);
  const createdAt = await confirmAccepted(minted, effects);
  await storeKey(seal, minted, effects);

  const processed = new Set(earlier.map(({ target }) => target.id));
  const remaining = { ...history, keys: history.keys.filter(({ id }) => !processed.has(id)) };
  const verdicts = judgeRotation(remaining, { createdAt, graceMs: graceSeconds * 1000 });
  const toRevoke = verdicts.filter(({ verdict }) => verdict !== 'keep');
  const revoke = (neon: KeyEndpoints) => revokeJudged(toRevoke, { ...effects, neon });
  const later = toRevoke.length > 0 ? await effects.withRevoker(minted.key.key, revoke) : [];
  const revocations = [...earlier, ...later];
  const kept = verdicts.filter((one) => one.verdict === 'keep');
  return { key: minted.key, revocations, kept, foreignKey: mayHoldForeignKey(history) };
}

async function readHistory(secretId: string, { neon, secret }: RotationEffects): Promise<SecretHistory> {
  const keys = keysOfSecret(await neon.listOrgApiKeys(), secretId);
  // Without a `Date`, the current time is unknown until the new key is created.
  const listedAt = neon.hasTime() ? neon.now() : Number.POSITIVE_INFINITY;
  const updatedAt = await secret.updatedAt();
  return { keys, listedAt, updatedAt: updatedAt === undefined ? undefined : Date.parse(updatedAt) };
}

/** A clock that is further ahead than this, in milliseconds, is wrong. */
const maxAheadMs = 3_600_000;

/** Whether Neon's clock is trusted before the new key's creation confirms it. */
function isPlausible({ listedAt }: SecretHistory, { clock }: RotationEffects): boolean {
  return listedAt - clock.now() <= maxAheadMs;
}

function revokeNeverStored(verdicts: KeyVerdict[], effects: RotationEffects): Promise<Revocation[]> {
  return revokeJudged(
    verdicts.filter(({ verdict }) => verdict === 'never-stored'),
    effects,
  );
}

function revokeJudged(
  verdicts: KeyVerdict[],
  effects: Pick<RotationEffects, 'clock' | 'cancelled' | 'onOutcome' | 'onWait'> & { neon: KeyEndpoints },
): Promise<Revocation[]> {
  const targets = verdicts.map(({ key: { id, name, createdAt } }) => ({ id, name, createdAt }));
  return revokeKeys(targets, effects);
}

function checkLimit(activeKeys: number): void {
  if (activeKeys >= maxActiveKeys) throw new TooManyKeysError(activeKeys);
}

/** How long Neon may take to accept a new key, in milliseconds. */
const acceptedWithinMs = 60_000;
const firstAcceptanceWaitMs = 500;
/** An older key is not stored, because another rotation may already count it as never stored. */
const storeBeforeMs = 4 * 60_000;

/**
 * Waits until Neon accepts the new key.
 * @returns when Neon created the key, in milliseconds since the epoch, but never later than Neon's current time
 * @throws StorageError if the key must not be stored; the key is revoked
 */
async function confirmAccepted(minted: Minted, effects: RotationEffects): Promise<number> {
  const { key } = minted;
  const result = await effects.withKey(key.key, async (neon) => {
    const error = await untilAccepted(neon, effects);
    return { error, now: neon.now() };
  });
  if (result.error) throw await revokeUnstored(minted, { reason: 'not-accepted', error: result.error }, effects);
  const createdAt = Date.parse(key.created_at);
  const ageMs = result.now - createdAt;
  if (!(ageMs <= storeBeforeMs)) throw await revokeUnstored(minted, { reason: 'too-late', ageMs }, effects);
  return Math.min(createdAt, result.now);
}

/** @returns the last error if Neon does not accept the key in time */
async function untilAccepted(
  neon: Pick<NeonReader, 'getAuthDetails'>,
  { clock, cancelled }: RotationEffects,
): Promise<NeonError | undefined> {
  const until = clock.now() + acceptedWithinMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await neon.getAuthDetails();
      return undefined;
    } catch (error) {
      if (!(error instanceof NeonError)) throw error;
      const leftMs = until - clock.now();
      if (leftMs <= 0) return error;
      await clock.sleep(Math.min(backoffMs(attempt, firstAcceptanceWaitMs), leftMs), cancelled);
    }
  }
}
