import { createHash } from 'node:crypto';
import { repositoryOf, type WorkflowRun } from '../github/run.ts';
import type { SecretPlace } from '../github/secrets.ts';
import type { KeyId, ListedKey } from '../neon/endpoints.ts';
import { parseKeyName, storedWithinMs } from './name.ts';

/** With this many active keys of one secret, a rotation does not mint another. */
export const maxActiveKeys = 50;

/** An active key that `rotate-key` minted for the secret. */
export interface SecretKey {
  id: KeyId;
  name: string;
  /** When Neon created it, in milliseconds since the epoch. NaN if that is unknown: such a key is kept. */
  createdAt: number;
}

/** What a rotation knows about its secret before it mints. */
export interface SecretHistory {
  keys: SecretKey[];
  /** The `Date` of the response that listed the keys, in milliseconds since the epoch. */
  listedAt: number;
  /**
   * When the secret was last written. This must be read after the keys are listed: the other order would revoke keys that
   * are in use. Undefined if GitHub shows no such secret, which proves nothing.
   */
  updatedAt: number | undefined;
}

/** The rotation's own key, once GitHub has confirmed that the secret was written. */
export interface StoredMint {
  /** Milliseconds since the epoch by Neon's clock. */
  createdAt: number;
  /** Milliseconds for which a replaced key stays valid. */
  graceMs: number;
}

/** What a rotation does with a key of its secret. */
export type KeyVerdict =
  | { key: SecretKey; verdict: 'never-stored' }
  | { key: SecretKey; verdict: 'replaced' }
  /** `until`: when a later rotation may revoke it, in milliseconds since the epoch; undefined if that is unknown. */
  | { key: SecretKey; verdict: 'keep'; until: number | undefined };

/**
 * The rule of rotation, whose reasons are in docs/design.md:
 * 1. A key was never stored if it is older than two hours and was minted more than two hours after the secret was last
 *    written.
 * 2. A key that was minted more than two hours before the stored mint can no longer be written to the secret. It is replaced
 *    once its successor is at least `grace` plus two hours old; with a grace of 0, immediately. Its successor is the first
 *    key that was minted more than two hours after it, which can be the stored mint, but not a key that was never stored.
 * 3. Every other key is kept.
 * @param stored undefined before the secret is written: until then, no key counts as replaced
 */
export function judgeRotation(history: SecretHistory, stored?: StoredMint): KeyVerdict[] {
  // A `Date` header that is ahead of the new key's creation is wrong, and must not make keys look old.
  const now = Math.min(history.listedAt, stored?.createdAt ?? Number.POSITIVE_INFINITY);
  const unstored = new Set(history.keys.filter((key) => wasNeverStored(key, { ...history, listedAt: now })));
  const successors = history.keys.filter((key) => !unstored.has(key)).map(({ createdAt }) => createdAt);
  const replacedUntil = stored && endsOf([...successors, stored.createdAt], stored, now);
  return history.keys.map((key): KeyVerdict => {
    if (unstored.has(key)) return { key, verdict: 'never-stored' };
    const until = replacedUntil?.(key.createdAt);
    return until !== undefined && until <= now ? { key, verdict: 'replaced' } : { key, verdict: 'keep', until };
  });
}

function wasNeverStored({ createdAt }: SecretKey, { listedAt, updatedAt = Number.NaN }: SecretHistory): boolean {
  return listedAt - createdAt > storedWithinMs && createdAt - updatedAt > storedWithinMs;
}

/** @returns a function from a key's `createdAt` to the time from which it is replaced; undefined if it has no successor */
function endsOf(successors: number[], stored: StoredMint, now: number): (createdAt: number) => number | undefined {
  const sorted = successors.filter((createdAt) => !Number.isNaN(createdAt)).sort((a, b) => a - b);
  return (createdAt) => {
    const isLater = (other: number) => other - createdAt > storedWithinMs;
    if (!isLater(stored.createdAt)) return undefined;
    if (stored.graceMs === 0) return now;
    const successor = firstOf(sorted, isLater);
    return successor === undefined ? undefined : successor + stored.graceMs + storedWithinMs;
  };
}

/** Finds the first value for which `holds`, by binary search. @param holds once true, true for all later values */
function firstOf(sorted: number[], holds: (value: number) => boolean): number | undefined {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (holds(sorted[middle] as number)) to = middle;
    else from = middle + 1;
  }
  return sorted[from];
}

/**
 * Whether the secret may hold a key of another origin, which no rotation revokes: a key is stored within two hours of its
 * mint, and none of these keys was minted within two hours of the last write.
 */
export function mayHoldForeignKey({ keys, updatedAt }: SecretHistory): boolean {
  if (updatedAt === undefined) return false;
  return !keys.some(({ createdAt }) => Math.abs(updatedAt - createdAt) <= storedWithinMs);
}

/** @returns the keys of Neon's list that `rotate-key` minted for the secret of this id */
export function keysOfSecret(keys: ListedKey[], secretId: string): SecretKey[] {
  return keys.flatMap(({ id, name, created_at }) => {
    const lifetime = parseKeyName(name)?.mark.lifetime;
    const belongsToSecret = lifetime?.kind === 'rotation' && lifetime.secretId === secretId;
    return belongsToSecret ? { id, name, createdAt: Date.parse(created_at) } : [];
  });
}

/**
 * The id of a secret in the names of its keys: ten letters and digits. It is derived from the id of the repository, which
 * survives a rename, or, for an organization's secret, from the login of the organization.
 */
export function secretIdOf({ name, scope, environment = '' }: SecretPlace, run: WorkflowRun): string {
  const scopeId = scope === 'organization' ? repositoryOf(run).owner.toLowerCase() : run.repositoryId;
  const secret = [run.server ?? '', scope, scopeId, environment.toLowerCase(), name.toUpperCase()];
  const digest = createHash('sha256').update(JSON.stringify(secret)).digest();
  return digest.readBigUInt64BE().toString(36).padStart(13, '0').slice(-10);
}
