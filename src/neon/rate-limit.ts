import type { Clock } from '../lib/clock.ts';

/** Waits until the next request may be sent. */
export type RateLimit = (signal?: AbortSignal) => Promise<void>;

/**
 * A token bucket: `burst` requests at the same time, then `perSecond` requests a second. Callers are served in order.
 * @param perSecond the average number of requests a second
 * @param burst requests that may be sent at the same time after a pause
 */
export function rateLimit(clock: Clock, perSecond: number, burst: number): RateLimit {
  const spacing = 1000 / perSecond;
  // When the bucket is full again. Each request delays that by one spacing.
  let fullAt = Number.NEGATIVE_INFINITY;
  let last = fullAt;
  return async (signal) => {
    const now = clock.now();
    // A clock that was set back must not prolong the wait.
    if (now < last) fullAt -= last - now;
    last = now;
    fullAt = Math.max(fullAt, now) + spacing;
    const wait = fullAt - now - burst * spacing;
    if (wait > 0) await clock.sleep(wait, signal);
  };
}

/** Neon's documented limits, with a margin: 700 requests a minute in total (docs, "Rate limits"). */
export const overall = { perSecond: 11, burst: 10 };
/** createOrgApiKey has its own limit of 10 a second (docs, "Manage API keys"); never two at the same time. */
export const creatingKeys = { perSecond: 10, burst: 1 };
