import type { Clock } from '../src/lib/clock.ts';

/** A clock on which much happens at once: time jumps to the next end of a wait whenever nothing else is to be done. */
export interface VirtualClock extends Clock {
  /** Lets time pass until `work` is over. */
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
        // All that can go on without time goes on first.
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
