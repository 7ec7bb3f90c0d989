import type { FailureFacts } from './errors.ts';

/** How often and how long a request is tried. */
export interface RetryPolicy {
  /** Requests sent at the most, the first one included. */
  attempts: number;
  /** Milliseconds to wait at the most before one more attempt; a longer Retry-After ends the trying. */
  longestWaitMs: number;
}

export const defaultRetry: RetryPolicy = { attempts: 5, longestWaitMs: 30_000 };

const firstWaitMs = 500;
const longestBackoffMs = 8000;

/**
 * How long to wait before a failed request is sent again; only for requests whose repetition does no harm.
 * @param attempt how often it was sent so far
 * @param random a number in [0, 1)
 * @returns milliseconds; undefined: give up
 */
export function waitBeforeRetry(
  facts: FailureFacts,
  attempt: number,
  random: number,
  policy: RetryPolicy,
): number | undefined {
  const { kind, status = 0 } = facts;
  if (kind === 'refused' || attempt >= policy.attempts) return undefined;
  // A redirect is the same the next time.
  if (status >= 300 && status < 400) return undefined;
  if (facts.retryAfterMs !== undefined) {
    return facts.retryAfterMs <= policy.longestWaitMs ? facts.retryAfterMs : undefined;
  }
  const ceiling = Math.min(firstWaitMs * 2 ** (attempt - 1), longestBackoffMs, policy.longestWaitMs);
  // Half fixed, half random: jobs that were refused together do not come back together, nor at once.
  return ceiling / 2 + (random * ceiling) / 2;
}

/**
 * Reads a Retry-After header: seconds, or an HTTP date (RFC 9110, 10.2.3).
 * @param now milliseconds since the epoch
 * @returns milliseconds from now, never negative; undefined when it says neither
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  // Date.parse reads much more as a date than HTTP does: -5 is one.
  const date = /\bGMT$/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
