import { mayBeInSecret, storedWithinMs } from '../../src/keys/name.ts';
import type { KeyId } from '../../src/neon/endpoints.ts';
import type { KeySnapshot, SeenKey } from './shared-list.ts';

/** The same moment by two clocks, in milliseconds since the epoch. */
export interface ClockReadings {
  hostMs: number;
  neonMs: number;
}

/** When a key was first listed. */
export type FirstSeen = Map<KeyId, ClockReadings>;

/** A key whose lifetime has elapsed. */
export interface ExpiredKey extends SeenKey {
  /** Milliseconds since its expiry. */
  overdueMs: number;
}

const maxSkewMs = 60_000;

/** Whether the two clocks differ by more than a minute. If so, no key is minted, and a key is expired only by both clocks. */
export function areSkewed(neonAheadMs: number): boolean {
  return Math.abs(neonAheadMs) > maxSkewMs;
}

/** The moment of `hostMs`, given how far Neon's clock is ahead. */
export function clockReadings(hostMs: number, neonAheadMs: number): ClockReadings {
  return { hostMs, neonMs: hostMs + neonAheadMs };
}

/** Records keys that are listed for the first time, and forgets those that are no longer listed. */
export function noteFirstSeen(firstSeen: FirstSeen, { keys, startedAt, neonAheadMs }: KeySnapshot): void {
  const listed = new Set(keys.map(({ key }) => key.id));
  for (const id of firstSeen.keys()) if (!listed.has(id)) firstSeen.delete(id);
  for (const id of listed) if (!firstSeen.has(id)) firstSeen.set(id, clockReadings(startedAt, neonAheadMs));
}

/**
 * How long ago a key expired. A key for a GitHub secret is not revoked while a step could still be storing it.
 * Ages are measured by Neon's clock, which set `created_at`. If the clocks differ by more than a minute or `created_at`
 * cannot be read, the clock with the lower age counts; without `created_at`, the age is counted from the first list.
 * @returns milliseconds, negative before the expiry; undefined for a key without an expiry
 */
export function overdueMs(
  { key, mark }: SeenKey,
  now: ClockReadings,
  firstSeen: ClockReadings | undefined,
): number | undefined {
  if (mark?.lifetime.kind !== 'duration') return undefined;
  const lifetimeMs = Math.max(mark.lifetime.seconds * 1000, mayBeInSecret(mark.lifetime) ? storedWithinMs : 0);
  const createdMs = readCreatedAt(key.created_at, now);
  const seen = firstSeen ?? now;
  const byNeon = now.neonMs - (createdMs ?? seen.neonMs) - lifetimeMs;
  const byHost = now.hostMs - (createdMs ?? seen.hostMs) - lifetimeMs;
  const bothNeeded = createdMs === undefined || areSkewed(now.neonMs - now.hostMs);
  return bothNeeded ? Math.min(byNeon, byHost) : byNeon;
}

/** @returns the expired keys of a list, oldest expiry first */
export function findExpired({ keys }: KeySnapshot, now: ClockReadings, firstSeen: FirstSeen): ExpiredKey[] {
  const expired: ExpiredKey[] = [];
  for (const marked of keys) {
    const overdue = overdueMs(marked, now, firstSeen.get(marked.key.id));
    if (overdue !== undefined && overdue >= 0) expired.push({ ...marked, overdueMs: overdue });
  }
  return expired.sort((one, other) => other.overdueMs - one.overdueMs);
}

/** @returns undefined for an invalid time, or one in the future by both clocks: a listed key was created in the past */
function readCreatedAt(text: string, { hostMs, neonMs }: ClockReadings): number | undefined {
  const createdMs = Date.parse(text);
  return Number.isNaN(createdMs) || createdMs > Math.max(hostMs, neonMs) + maxSkewMs ? undefined : createdMs;
}
