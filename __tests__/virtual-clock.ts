import type { Clock } from '../src/lib/clock.ts';

/** A clock for concurrent work: when all work waits, time jumps to the end of the shortest wait. */
export interface VirtualClock extends Clock {
  /** Advances the time until `work` has ended. */
  run<T>(work: Promise<T>): Promise<T>;
}

export function virtualClock(start: number): VirtualClock {
  let time = start;
  const waits: { at: number; end: () => void }[] = [];

  return {
    now: () => time,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        waits.push({ at: time + ms, end: resolve });
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      }),
    async run(work) {
      let over = false;
      const end = () => {
        over = true;
      };
      work.then(end, end);
      while (!over) {
        // Work that does not wait for time continues first.
        await new Promise(setImmediate);
        waits.sort((a, b) => a.at - b.at);
        const next = waits.shift();
        if (next) time = Math.max(time, next.at);
        next?.end();
      }
      return work;
    },
  };
}
