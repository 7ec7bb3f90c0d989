import { describe, expect, it } from 'vitest';
import { clockReadings, type FirstSeen, findExpired, noteFirstSeen, overdueMs } from '../../../broker/keys/expiry.ts';
import type { KeySnapshot, SeenKey } from '../../../broker/keys/shared-list.ts';
import type { Lifetime } from '../../../src/keys/name.ts';

const now = Date.UTC(2026, 10, 20, 12);
const hour = 3_600_000;
const minute = 60_000;

function key(createdAt: string | number, lifetime: Lifetime = { kind: 'duration', seconds: 3600 }, id = '1'): SeenKey {
  const created_at = typeof createdAt === 'number' ? new Date(createdAt).toISOString() : createdAt;
  const created_by = { id: '', name: '', image: '' };
  return {
    key: { id, name: 'x', created_at, created_by, last_used_at: null, last_used_from_addr: '' },
    mark: { repositoryId: 1, runId: 1, runAttempt: 1, nonce: 'x', lifetime },
  };
}

describe('overdueMs', () => {
  it("is the time since the expiry by Neon's clock", () => {
    expect(overdueMs(key(now - hour), clockReadings(now, 0), undefined)).toBe(0);
    expect(overdueMs(key(now - hour), clockReadings(now - 1, 0), undefined)).toBe(-1);
    expect(overdueMs(key(now - hour), clockReadings(now - minute, minute), undefined)).toBe(0);
    expect(overdueMs(key(now - hour), clockReadings(now + minute, -minute), undefined)).toBe(0);
  });

  it.each([minute + 1, -minute - 1, 40 * 24 * hour, -40 * 24 * hour])(
    'requires both clocks when Neon is %i ms ahead',
    (aheadMs) => {
      const byHost = overdueMs(key(now - hour), clockReadings(now, aheadMs), undefined);
      expect(byHost).toBe(Math.min(0, aheadMs));
      const byNeon = overdueMs(key(now - hour), clockReadings(now - aheadMs, aheadMs), undefined);
      expect(byNeon).toBe(Math.min(0, -aheadMs));
    },
  );

  it.each(['', 'yesterday', '2026-13-45', new Date(now + 365 * 24 * hour).toISOString()])(
    'counts from the first list with the key if created_at is %j',
    (createdAt) => {
      const sight = clockReadings(now - hour, 0);
      expect(overdueMs(key(createdAt), clockReadings(now, 0), sight)).toBe(0);
      expect(overdueMs(key(createdAt), clockReadings(now - 1, 0), sight)).toBe(-1);
      expect(overdueMs(key(createdAt), clockReadings(now, 0), undefined)).toBe(-hour);
    },
  );

  it('allows two more hours for a key that is to be stored in a secret', () => {
    const lifetime: Lifetime = { kind: 'duration', seconds: 60, inSecret: true };
    expect(overdueMs(key(now - 2 * hour, lifetime), clockReadings(now, 0), undefined)).toBe(0);
    expect(overdueMs(key(now - 2 * hour + 1, lifetime), clockReadings(now, 0), undefined)).toBe(-1);
  });

  it.each([
    { kind: 'job' },
    { kind: 'manual' },
    { kind: 'pull-request', number: 3 },
    { kind: 'rotation', graceSeconds: 0, secretId: 'abcdefghij' },
  ] as Lifetime[])('is undefined for a key whose lifetime is $kind', (lifetime) => {
    expect(overdueMs(key(0, lifetime), clockReadings(now, 0), undefined)).toBeUndefined();
  });
});

describe('findExpired', () => {
  it('lists expired keys, the oldest expiry first', () => {
    const seconds = (value: number): Lifetime => ({ kind: 'duration', seconds: value });
    const keys = [
      key(now - hour, seconds(3600), 'just'),
      key(now - hour, seconds(60), 'oldest'),
      key(now - 2 * hour, seconds(7000), 'older'),
      key(now, seconds(1), 'active'),
      { ...key(0), mark: undefined },
    ];
    const snapshot: KeySnapshot = { keys, startedAt: now, neonAheadMs: 0 };
    expect(findExpired(snapshot, clockReadings(now, 0), new Map()).map((one) => [one.key.id, one.overdueMs])).toEqual([
      ['oldest', hour - minute],
      ['older', 200_000],
      ['just', 0],
    ]);
  });
});

describe('noteFirstSeen', () => {
  it('keeps the time of the first list with a key, and forgets revoked keys', () => {
    const firstSeen: FirstSeen = new Map();
    const list = (...ids: string[]) => ids.map((id) => key('', undefined, id));
    noteFirstSeen(firstSeen, { keys: list('1', '2'), startedAt: 1000, neonAheadMs: 5 });
    noteFirstSeen(firstSeen, { keys: list('2', '3'), startedAt: 2000, neonAheadMs: 7 });
    expect([...firstSeen]).toEqual([
      ['2', { hostMs: 1000, neonMs: 1005 }],
      ['3', { hostMs: 2000, neonMs: 2007 }],
    ]);
  });
});
