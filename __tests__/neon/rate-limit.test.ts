import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/lib/clock.ts';
import { creatingKeys, overall, rateLimit } from '../../src/neon/rate-limit.ts';
import { fakeClock } from '../fake-clock.ts';

const rules = fc.record({ perSecond: fc.integer({ min: 1, max: 50 }), burst: fc.integer({ min: 1, max: 50 }) });
/** Pauses between requests, in milliseconds: bursts, steady streams and rests. */
const pauses = fc.array(fc.oneof(fc.constant(0), fc.nat(50), fc.nat(3000)), { minLength: 1, maxLength: 200 });

/** When requests that arrive after these pauses are sent, even if earlier ones still wait. */
async function departures(perSecond: number, burst: number, between: number[]): Promise<number[]> {
  let now = 1_000_000;
  let wait = 0;
  const clock: Clock = {
    now: () => now,
    sleep: async (ms) => {
      wait = ms;
    },
  };
  const limit = rateLimit(clock, perSecond, burst);
  const left: number[] = [];
  for (const pause of between) {
    now += pause;
    wait = 0;
    await limit();
    left.push(now + wait);
  }
  return left;
}

describe('a rate limit', () => {
  it('lets a burst pass at once, and then one request at a time', async () => {
    expect(await departures(10, 3, [0, 0, 0, 0, 0])).toEqual([0, 0, 0, 100, 200].map((ms) => 1_000_000 + ms));
  });

  it('allows exactly one full burst again after a pause', async () => {
    const left = await departures(10, 2, [0, 0, 0, 60_000, 0, 0]);
    expect(left.slice(3)).toEqual([0, 0, 100].map((ms) => 1_060_000 + ms));
  });

  it('lets at most burst + perSecond requests pass in any second', async () => {
    await fc.assert(
      fc.asyncProperty(rules, pauses, async ({ perSecond, burst }, between) => {
        const left = await departures(perSecond, burst, between);
        for (const [index, start] of left.entries()) {
          // A thousandth of a millisecond of tolerance, because 1000 / perSecond is rounded.
          const after = left[index + burst + perSecond];
          if (after !== undefined) expect(after - start).toBeGreaterThan(1000 - 0.001);
        }
      }),
    );
  });

  it('keeps the order of the requests', async () => {
    await fc.assert(
      fc.asyncProperty(rules, pauses, async ({ perSecond, burst }, between) => {
        const left = await departures(perSecond, burst, between);
        expect(left).toEqual(left.toSorted((a, b) => a - b));
      }),
    );
  });

  it('makes no caller wait longer than a steady stream of requests would', async () => {
    await fc.assert(
      fc.asyncProperty(rules, fc.integer({ min: 51, max: 300 }), async ({ perSecond, burst }, number) => {
        const left = await departures(perSecond, burst, Array<number>(number).fill(0));
        const seconds = ((left.at(-1) as number) - 1_000_000) / 1000;
        expect(seconds).toBeCloseTo((number - burst) / perSecond, 6);
      }),
    );
  });

  it('also limits requests that wait for the previous request', async () => {
    await fc.assert(
      fc.asyncProperty(rules, pauses, async ({ perSecond, burst }, between) => {
        const clock = fakeClock(1_000_000);
        const limit = rateLimit(clock, perSecond, burst);
        const left: number[] = [];
        for (const pause of between) {
          clock.advance(pause);
          await limit();
          left.push(clock.now());
        }
        for (const [index, start] of left.entries()) {
          const after = left[index + burst + perSecond];
          if (after !== undefined) expect(after - start).toBeGreaterThan(1000 - 0.001);
        }
      }),
    );
  });

  it('stops waiting with the reason of the signal', async () => {
    const limit = rateLimit(fakeClock(), 1, 1);
    const reason = new Error('enough');
    await limit(AbortSignal.abort(reason));
    await expect(limit(AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('ignores a clock that was set back', async () => {
    const clock = fakeClock(10_000_000);
    const limit = rateLimit(clock, 10, 1);
    await limit();
    clock.advance(-3_600_000);
    await limit();
    expect(clock.waits).toEqual([100]);
  });
});

describe('the rate limits for Neon', () => {
  it('allow 700 requests per minute, and a burst of 40 per second', () => {
    expect(overall.burst + 60 * overall.perSecond).toBeLessThanOrEqual(700);
    expect(overall.burst + overall.perSecond).toBeLessThanOrEqual(40);
  });

  it('allow 10 new keys per second', async () => {
    const { perSecond, burst } = creatingKeys;
    const left = await departures(perSecond, burst, Array<number>(30).fill(0));
    const inSecond = left.map((start) => left.filter((time) => time >= start && time < start + 1000).length);
    expect(Math.max(...inSecond)).toBeLessThanOrEqual(10);
  });
});
