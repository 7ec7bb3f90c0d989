import { backoffMs } from '../lib/backoff.ts';
import type { FailureFacts } from './errors.ts';

/** When a request that is safe to repeat is sent again. */
export interface RetryPolicy {
  /** The maximum number of requests, including the first. */
  attempts: number;
  /** The longest wait before an attempt, in milliseconds. After a longer Retry-After, the request is not retried. */
  longestWaitMs: number;
}

/** For callers with their own retries. */
export const sendOnce: RetryPolicy = { attempts: 1, longestWaitMs: 0 };

/** Neon's rate limits are per minute, so a Retry-After of up to a minute is worth waiting for. */
export const defaultRetry: RetryPolicy = { attempts: 5, longestWaitMs: 60_000 };

const firstWaitMs = 500;

/**
 * How long to wait before a failed request is sent again.
 * @param attempt how many times it has been sent
 * @param random a number in [0, 1)
 * @returns milliseconds; undefined if it is not sent again
 */
export function waitBeforeRetry(
  facts: FailureFacts,
  attempt: number,
  random: number,
  policy: RetryPolicy,
): number | undefined {
  const { kind, status = 0, retryAfterMs = 0 } = facts;
  // Another request would usually get the same redirect.
  const isRedirect = status >= 300 && status < 400;
  if (kind === 'refused' || isRedirect || attempt >= policy.attempts) return undefined;
  if (retryAfterMs > policy.longestWaitMs) return undefined;
  return Math.min(waitMs(retryAfterMs, attempt, random), policy.longestWaitMs);
}

/**
 * At least the Retry-After, which is a minimum (RFC 9110), and at least half of the backoff, because a Retry-After may be 0.
 * Part of the wait is random, so that jobs that were rejected together do not retry together.
 */
function waitMs(retryAfterMs: number, attempt: number, random: number): number {
  const ceilingMs = backoffMs(attempt, firstWaitMs);
  return Math.max(retryAfterMs + random * firstWaitMs, ceilingMs / 2 + (random * ceilingMs) / 2);
}

/** The next attempt for the log, such as "Attempt 2 of 5 in 2 s." */
export function announceAttempt(attempt: number, waitMs: number, { attempts }: RetryPolicy): string {
  return `Attempt ${attempt} of ${attempts} in ${Number((waitMs / 1000).toPrecision(2))} s.`;
}

/**
 * Reads a Retry-After header: seconds, or an HTTP date (RFC 9110, 10.2.3).
 * @param respondedAt milliseconds since the epoch by the server's clock: the `Date` of the same response
 * @returns milliseconds to wait, never negative; undefined for any other text
 */
export function parseRetryAfter(header: string | undefined, respondedAt: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = parseHttpDate(header);
  return date === undefined ? undefined : Math.max(0, date - respondedAt);
}

/** @returns milliseconds since the epoch; undefined if the header is not an HTTP date */
export function parseHttpDate(header: string | undefined): number | undefined {
  // Date.parse accepts more than HTTP dates, such as -5.
  const date = header !== undefined && /\bGMT$/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : date;
}
