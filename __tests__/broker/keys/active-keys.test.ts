import { describe, expect, it } from 'vitest';
import { createActiveKeys } from '../../../broker/keys/active-keys.ts';
import type { KeySnapshot } from '../../../broker/keys/shared-list.ts';
import { composeKeyName, type Mark } from '../../../src/keys/name.ts';
import { fakeClock } from '../../fake-clock.ts';

const markOf = (index: number): Mark => ({
  ...{ repositoryId: 7, runId: 9, runAttempt: 1, nonce: `nonce${String(index).padStart(5, '0')}` },
  lifetime: { kind: 'duration', seconds: 3600 },
});
const empty = (startedAt: number): KeySnapshot => ({ keys: [], startedAt, neonAheadMs: 0 });

/** Reserves the mints of one run. */
function world() {
  const clock = fakeClock(1_000_000);
  const activeKeys = createActiveKeys(clock);
  const reserve = (index: number) =>
    activeKeys.reserve(composeKeyName('', markOf(index)), markOf(index), empty(clock.now()));
  return { clock, activeKeys, reserve };
}

describe('createActiveKeys', () => {
  it('counts mints that are in progress or whose outcome is unknown', () => {
    const { reserve } = world();
    for (let index = 0; index < 20; index += 1) {
      const reservation = reserve(index);
      if (typeof reservation === 'object' && index % 2 === 0) reservation.settle();
    }
    expect(reserve(20)).toBe('keys-per-run');
  });

  it('does not count a mint that created no key, nor a key that was revoked here', () => {
    const { activeKeys, reserve } = world();
    const reservations = Array.from({ length: 20 }, (_, index) => reserve(index));
    if (typeof reservations[0] === 'object') reservations[0].release();
    expect(reserve(20)).toBeTypeOf('object');
    expect(reserve(21)).toBe('keys-per-run');
    activeKeys.noteRevoked('5', composeKeyName('', markOf(1)));
    expect(reserve(22)).toBeTypeOf('object');
  });

  it('trusts only a list that was requested at least 10 s after a mint ended', () => {
    const { clock, activeKeys, reserve } = world();
    for (let index = 0; index < 20; index += 1) {
      const reservation = reserve(index);
      if (typeof reservation === 'object') reservation.settle();
    }
    clock.advance(10_000);
    activeKeys.noteSnapshot(empty(clock.now()));
    expect(reserve(20)).toBe('keys-per-run');
    activeKeys.noteSnapshot(empty(clock.now() + 1));
    expect(reserve(20)).toBeTypeOf('object');
  });
});
