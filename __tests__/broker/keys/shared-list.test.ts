import { describe, expect, it } from 'vitest';
import { createSharedList } from '../../../broker/keys/shared-list.ts';
import { virtualClock } from '../../virtual-clock.ts';

const start = 1_000_000;

/** A shared list whose reads take a while. `times` are the times at which each read began. */
function world(takesMs: number, failing = new Set<number>()) {
  const clock = virtualClock(start);
  const times: number[] = [];
  const list = async () => {
    times.push(clock.now() - start);
    const number = times.length;
    await clock.sleep(takesMs);
    if (failing.has(number)) throw new Error(`list ${number} failed`);
    return [];
  };
  return { clock, times, shared: createSharedList({ list, neonAheadMs: () => 0, clock, onSnapshot: () => {} }) };
}

describe('createSharedList', () => {
  it('reads the list once for all callers that wait, and at most once per second', async () => {
    const { clock, times, shared } = world(10);
    const callers = Array.from({ length: 50 }, async (_, index) => {
      await clock.sleep(index * 100);
      await shared.fresh();
    });
    await clock.run(Promise.all(callers));
    expect(times.slice(0, 3)).toEqual([0, 1000, 2000]);
    for (const [index, time] of times.entries())
      if (index > 0) expect(time - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(1000);
  });

  it('never returns a list that was requested before the call', async () => {
    const { clock, shared } = world(5000);
    const first = shared.fresh();
    const second = clock.sleep(100).then(async () => ({ calledAt: clock.now(), snapshot: await shared.fresh() }));
    const [, { calledAt, snapshot }] = await clock.run(Promise.all([first, second]));
    expect(snapshot.startedAt).toBeGreaterThanOrEqual(calledAt);
    expect(shared.last()).toBe(snapshot);
  });

  it('fails for all callers that share a failed list, and reads the list again for the next caller', async () => {
    const { clock, shared } = world(10, new Set([1]));
    const outcomes = await clock.run(Promise.allSettled([shared.fresh(), shared.fresh()]));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(shared.last()).toBeUndefined();
    expect((await clock.run(shared.fresh())).startedAt).toBe(start + 1000);
  });
});
