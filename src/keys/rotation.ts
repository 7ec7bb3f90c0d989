import { createHash } from 'node:crypto';
import { repositoryOf, type WorkflowRun } from '../github/run.ts';
import type { SecretPlace } from '../github/secrets.ts';
import type { KeyId, ListedKey } from '../neon/endpoints.ts';
import { parseName } from './name.ts';

/**
 * Milliseconds within which a rotation stores the key it has minted, or gives it up. A key younger than that may be the
 * one that another run is storing right now: only a key that was minted later than that surely came after it.
 */
export const storeWithinMs = 5 * 60_000;

/**
 * Milliseconds after its mint within which a key can still be written to a GitHub secret: the installation token of a
 * GitHub App dies after one hour at GitHub; the rest covers requests under way and clocks that differ.
 */
export const storedWithinMs = 2 * 3_600_000;

/** A key that `rotate-key` minted. */
export interface RotationKey {
  id: KeyId;
  name: string;
  /** Two keys with the same one are for the same secret. */
  secretId: string;
  /** The user id of its maker; '' when Neon does not tell. */
  createdBy: string;
  /** When Neon made it, in milliseconds since the epoch. */
  createdAt: number;
  /** Milliseconds that the keys before it live on. */
  graceMs: number;
  /**
   * Whether it was stored: a rotation uses its key only once it is in the secret, and so does everybody else. A key that
   * was never used may be one whose rotation died before it was stored, so it replaces nothing.
   */
  stored: boolean;
}

/** @returns the keys that `rotate-key` minted, read from Neon's list */
export function rotationKeys(keys: ListedKey[]): RotationKey[] {
  return keys.flatMap(({ id, name, created_at, created_by, last_used_at }) => {
    const lifetime = parseName(name)?.mark.lifetime;
    if (lifetime?.kind !== 'rotation') return [];
    return {
      id,
      name,
      secretId: lifetime.secretId,
      createdBy: created_by?.id ?? '',
      createdAt: Date.parse(created_at),
      graceMs: lifetime.graceSeconds * 1000,
      stored: Boolean(last_used_at),
    };
  });
}

/**
 * When a key that is in no secret any more has to go: once a stored key of the same secret, minted surely later than this
 * one was stored, has been there for its grace. It must be of the same maker: others may call a key of theirs what they
 * like, and use it.
 * @param siblings the rotation keys of the same secret
 * @returns milliseconds since the epoch; undefined while the secret may hold this key
 */
export function replacedUntil(key: RotationKey, siblings: RotationKey[]): number | undefined {
  const ends = siblings
    .filter((other) => other.stored && other.createdBy !== '' && other.createdBy === key.createdBy)
    .filter((other) => other.createdAt - key.createdAt >= storeWithinMs)
    .map((other) => other.createdAt + other.graceMs);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/**
 * Names a secret in ten letters and digits, for the names of its keys: a repository's by the repository's number, which
 * survives a new name, an organization's by the organization's login, whichever repository writes it.
 */
export function secretIdOf({ name, scope, environment = '' }: SecretPlace, run: WorkflowRun): string {
  const whose = scope === 'organization' ? repositoryOf(run).owner.toLowerCase() : run.repositoryId;
  const secret = [run.server ?? '', scope, whose, environment.toLowerCase(), name.toUpperCase()];
  const digest = createHash('sha256').update(JSON.stringify(secret)).digest();
  return digest.readBigUInt64BE().toString(36).padStart(13, '0').slice(-10);
}
