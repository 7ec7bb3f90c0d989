import { describe, expect, it } from 'vitest';
import { createRateShare, type Lane } from '../../../broker/neon/rate-share.ts';
import { virtualClock } from '../../virtual-clock.ts';

const start = 5_000_000;

describe('createRateShare', () => {
  it('lets a burst pass, then one request per interval', async () => {
    const clock = virtualClock(start);
    const share = createRateShare(clock, 600, 3);
    const passed: number[] = [];
    const enter = async () => {
      await share.enter('mint');
      passed.push(clock.now() - start);
    };
    await clock.run(Promise.all(Array.from({ length: 6 }, enter)));
    expect(passed).toEqual([0, 0, 0, 100, 200, 300]);
  });

  it('lets urgent requests pass before earlier mints', async () => {
    const clock = virtualClock(start);
    const share = createRateShare(clock, 60, 1);
    const passed: string[] = [];
    const enter = async (lane: Lane, name: string) => {
      await share.enter(lane);
      passed.push(name);
    };
    const mints = ['mint 1', 'mint 2', 'mint 3'].map((name) => enter('mint', name));
    expect(share.mintWaitMs()).toBe(2000);
    const urgent = clock.sleep(500).then(() => enter('urgent', 'revocation'));
    await clock.run(Promise.all([...mints, urgent]));
    expect(passed).toEqual(['mint 1', 'revocation', 'mint 2', 'mint 3']);
    expect(share.mintWaitMs()).toBe(0);
  });
});
