import { describe, expect, it } from 'vitest';
import { composeName, type Lifetime } from '../../src/keys/name.ts';
import {
  type RotationKey,
  replacedUntil,
  rotationKeys,
  rotationLabel,
  secretOf,
  storeWithinMs,
} from '../../src/keys/rotation.ts';
import type { ListedKey } from '../../src/neon/endpoints.ts';

const minute = 60_000;
const hour = 60 * minute;

function key(createdAt: number, more: Partial<RotationKey> = {}): RotationKey {
  const same = { id: String(createdAt), name: 'NEON', label: 'NEON', repositoryId: 1, graceMs: hour, stored: true };
  return { ...same, createdAt, ...more };
}

describe('how long a key lives on after a newer one', () => {
  const old = key(0);

  it.each<[string, RotationKey[], number | undefined]>([
    ['alone: for ever', [], undefined],
    ['beside itself: for ever', [old], undefined],
    ['after a newer one: for the grace of the newer one', [key(storeWithinMs)], storeWithinMs + hour],
    ['after one that has no grace: no longer', [key(storeWithinMs, { graceMs: 0 })], storeWithinMs],
    ['after one that was never used: that may never have been stored', [key(hour, { stored: false })], undefined],
    ['after one that is hardly newer: it may have been stored before this one', [key(storeWithinMs - 1)], undefined],
    ['after two: whichever is sooner', [key(2 * hour, { graceMs: 0 }), key(hour, { graceMs: 5 * hour })], 2 * hour],
    ['beside older ones: for ever', [key(-hour), key(-2 * hour)], undefined],
    ['beside one whose age cannot be read: for ever', [key(Number.NaN)], undefined],
  ])('%s', (_what, siblings, until) => {
    expect(replacedUntil(old, siblings)).toBe(until);
  });

  it('a key whose age cannot be read is replaced by nothing', () => {
    expect(replacedUntil(key(Number.NaN), [key(hour)])).toBeUndefined();
  });
});

describe('rotation keys in the list of Neon', () => {
  const listed = (name: string, more: Partial<ListedKey> = {}): ListedKey => ({
    id: '7',
    name,
    created_at: '2026-11-24T00:00:00Z',
    created_by: { id: '', name: '', image: '' },
    last_used_at: null,
    last_used_from_addr: '',
    ...more,
  });
  const named = (label: string, lifetime: Lifetime) =>
    composeName(label, { repositoryId: 5, runId: 1, runAttempt: 1, lifetime, nonce: 'abcdefghij' });
  const rotated = named('NEON', { kind: 'rotation', graceSeconds: 90 });

  it('are told by their mark', () => {
    const others = [listed('NEON'), listed(named('NEON', { kind: 'manual' })), listed(`x${rotated.slice(4)}`)];
    const [first, second] = rotationKeys([listed(rotated), ...others]);
    expect(first).toEqual({
      id: '7',
      name: rotated,
      label: 'NEON',
      repositoryId: 5,
      createdAt: Date.parse('2026-11-24T00:00:00Z'),
      graceMs: 90_000,
      stored: false,
    });
    expect(second?.label).toBe('x');
  });

  it.each([
    [null, false],
    [undefined, false],
    ['', false],
    ['2026-11-24T01:00:00Z', true],
  ])('last used %j: stored is %s', (last_used_at, stored) => {
    expect(rotationKeys([listed(rotated, { last_used_at } as Partial<ListedKey>)])[0]?.stored).toBe(stored);
  });
});

describe('the label of a secret', () => {
  it.each([
    [{ name: 'neon_api_key', scope: 'repository' }, 'NEON_API_KEY'],
    [{ name: 'NEON', scope: 'environment', environment: 'Production EU' }, 'NEON @production eu'],
    [{ name: 'NEON', scope: 'organization' }, 'NEON for all'],
  ] as const)('%o', (place, label) => {
    expect(rotationLabel(place)).toBe(label);
  });

  it('is another one in another repository', () => {
    expect(secretOf(key(0))).not.toBe(secretOf(key(0, { repositoryId: 2 })));
    expect(secretOf(key(0))).not.toBe(secretOf(key(0, { label: 'OTHER' })));
    expect(secretOf(key(0))).toBe(secretOf(key(5)));
  });
});
