import type { SecretPlace } from '../github/secrets.ts';
import type { KeyId, ListedKey } from '../neon/endpoints.ts';
import { type Mark, parseName } from './name.ts';

/**
 * Milliseconds within which a rotation stores the key it has minted, or gives it up. A key younger than that may be the
 * one that another run is storing right now: only a key that was minted later than that surely came after it.
 */
export const storeWithinMs = 5 * 60_000;

/** A key that `rotate-key` minted. */
export interface RotationKey {
  id: KeyId;
  name: string;
  label: string;
  repositoryId: number;
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
  return keys.flatMap((key) => {
    const parsed = parseName(key.name);
    if (parsed?.mark.lifetime.kind !== 'rotation') return [];
    return [toRotationKey(key, parsed.label, parsed.mark, parsed.mark.lifetime.graceSeconds)];
  });
}

function toRotationKey(key: ListedKey, label: string, mark: Mark, graceSeconds: number): RotationKey {
  return {
    id: key.id,
    name: key.name,
    label,
    repositoryId: mark.repositoryId,
    createdAt: Date.parse(key.created_at),
    graceMs: graceSeconds * 1000,
    stored: Boolean(key.last_used_at),
  };
}

/**
 * When a key that is in no secret any more has to go: once a stored key of the same secret, minted surely later than this
 * one was stored, has been there for its grace.
 * @param siblings the rotation keys of the same secret
 * @returns milliseconds since the epoch; undefined while the secret may hold this key
 */
export function replacedUntil(key: RotationKey, siblings: RotationKey[]): number | undefined {
  const ends = siblings
    .filter((other) => other.stored && other.createdAt - key.createdAt >= storeWithinMs)
    .map((other) => other.createdAt + other.graceMs);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** The secret that a rotation key is for: two keys are for the same one if the texts are the same. */
export function secretOf({ repositoryId, label }: RotationKey): string {
  return `${repositoryId} ${label}`;
}

/** The label of the keys that are rotated through a secret: one secret, one label. */
export function rotationLabel({ name, scope, environment = '' }: SecretPlace): string {
  const secret = name.toUpperCase();
  if (scope === 'environment') return `${secret} @${environment.toLowerCase()}`;
  return scope === 'organization' ? `${secret} for all` : secret;
}
