import type { FailureFacts } from './errors.ts';

/** How often a request whose repetition is harmless is sent. */
export interface RetryPolicy {
  /** Requests sent at most, the first one included. */
  attempts: number;
  /** Milliseconds to wait at most before the next attempt; a longer Retry-After ends the retries. */
  longestWaitMs: number;
}

/** Neon's rate limits are per minute, so a Retry-After of up to a minute is worth waiting for. */
export const defaultRetry: RetryPolicy = { attempts: 5, longestWaitMs: 60_000 };

const firstWaitMs = 500;
const longestBackoffMs = 8000;

/**
 * How long to wait before a failed request is sent again.
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
  const { kind, status = 0, retryAfterMs = 0 } = facts;
  // The next answer to a redirect is usually the same.
  const isRedirect = status >= 300 && status < 400;
  if (kind === 'refused' || isRedirect || attempt >= policy.attempts) return undefined;
  if (retryAfterMs > policy.longestWaitMs) return undefined;
  return Math.min(waitMs(retryAfterMs, attempt, random), policy.longestWaitMs);
}

/**
 * Never less than a Retry-After asks for (RFC 9110 calls it a minimum), and never less than the backoff, because a
 * Retry-After may be 0. Part of it is random, so that jobs that were turned away together do not come back together.
 */
function waitMs(retryAfterMs: number, attempt: number, random: number): number {
  const backoffMs = Math.min(firstWaitMs * 2 ** (attempt - 1), longestBackoffMs);
  return Math.max(retryAfterMs + random * firstWaitMs, backoffMs / 2 + (random * backoffMs) / 2);
}

/** The next attempt for the log, such as "Attempt 2 of 5 in 2 s." */
export function announceAttempt(attempt: number, waitMs: number, { attempts }: RetryPolicy): string {
  return `Attempt ${attempt} of ${attempts} in ${Number((waitMs / 1000).toPrecision(2))} s.`;
}

/**
 * Reads a Retry-After header: seconds, or an HTTP date (RFC 9110, 10.2.3).
 * @param answeredAt milliseconds since the epoch by the clock of the server: the `Date` of the same answer
 * @returns milliseconds to wait, never negative; undefined when it is neither
 */
export function parseRetryAfter(header: string | undefined, answeredAt: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = parseHttpDate(header);
  return date === undefined ? undefined : Math.max(0, date - answeredAt);
}

/** @returns milliseconds since the epoch; undefined when the header is not an HTTP date */
export function parseHttpDate(header: string | undefined): number | undefined {
  // Date.parse reads much more as a date than HTTP does: -5 is one.
  const date = header !== undefined && /\bGMT$/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : date;
}
