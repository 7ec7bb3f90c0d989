import type { Clock } from '../src/lib/clock.ts';

/** A clock that a test controls: a wait ends at once and advances the time. */
export interface FakeClock extends Clock {
  /** Milliseconds of every wait so far, including aborted ones. */
  readonly waits: number[];
  /** Advances the time without a wait. */
  advance(ms: number): void;
}

export function fakeClock(start = 0): FakeClock {
  let time = start;
  const waits: number[] = [];
  return {
    waits,
    now: () => time,
    advance(ms) {
      time += ms;
    },
    async sleep(ms, signal) {
      waits.push(ms);
      signal?.throwIfAborted();
      time += ms;
    },
  };
}
