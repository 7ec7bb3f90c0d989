import type { Clock } from '../src/lib/clock.ts';

/** A clock that a test owns: a wait is over at once, and time has moved on by as much. */
export interface FakeClock extends Clock {
  /** Milliseconds of every wait so far, the given up ones included. */
  readonly waits: number[];
  /** Lets time pass, as if something else had taken it. */
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
