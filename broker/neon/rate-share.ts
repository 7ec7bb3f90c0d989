import type { Clock } from '../../src/lib/clock.ts';

/** Revocations and look-ups come before mints. */
export type Lane = 'urgent' | 'mint';

/** This replica's share of Neon's rate limit. */
export interface RateShare {
  /** Waits until one request may be sent. */
  enter(lane: Lane): Promise<void>;
  /** Milliseconds that a mint would wait if no other urgent request arrives. */
  mintWaitMs(): number;
}

/**
 * A token bucket with two queues.
 * @param perMinute the average number of requests a minute
 * @param burst requests that may be sent at the same time after a pause
 */
export function createRateShare(clock: Clock, perMinute: number, burst = 5): RateShare {
  const spacingMs = 60_000 / perMinute;
  const waiting: Record<Lane, (() => void)[]> = { urgent: [], mint: [] };
  let nextAt = Number.NEGATIVE_INFINITY;
  let serving = false;

  async function serve(): Promise<void> {
    if (serving) return;
    serving = true;
    while (waiting.urgent.length + waiting.mint.length > 0) {
      const waitMs = nextAt - clock.now();
      // A clock that was set back must not cause a long wait.
      if (waitMs > 0) await clock.sleep(Math.min(waitMs, spacingMs));
      nextAt = Math.max(nextAt, clock.now() - (burst - 1) * spacingMs) + spacingMs;
      // Chosen after the wait, so that urgent requests that arrived in the meantime come first.
      (waiting.urgent.shift() ?? waiting.mint.shift())?.();
    }
    serving = false;
  }

  return {
    enter: (lane) =>
      new Promise((resolve) => {
        waiting[lane].push(resolve);
        void serve();
      }),
    mintWaitMs: () => (waiting.urgent.length + waiting.mint.length) * spacingMs,
  };
}
