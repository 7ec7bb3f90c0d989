import type { FailureFacts } from './errors.ts';

/** Up to a number of requests. */
export interface RetryByCount {
  /** Requests sent at most, the first one included. */
  attempts: number;
  /** Milliseconds to wait at most before the next attempt; a longer Retry-After ends the retries. */
  longestWaitMs: number;
}

/** Until a point in time, however many requests that takes: for what must not be left undone. */
interface RetryUntil {
  /** Milliseconds since the epoch. Nothing is sent, and no answer is awaited, after it. */
  until: number;
}

/** When a request whose repetition does no harm is sent again. */
export type RetryPolicy = RetryByCount | RetryUntil;

/** Neon's rate limits are per minute, so a Retry-After of up to a minute is worth waiting for. */
export const defaultRetry: RetryByCount = { attempts: 5, longestWaitMs: 60_000 };

const firstWaitMs = 500;
const longestBackoffMs = 8000;
/** Without a minimum, the last attempts before `until` would follow each other ever faster. */
const shortestWaitMs = 250;
/** How many refusals in a row make a 401 or 403 final where retries end at a point in time: a gateway may send a few. */
const refusalsToBelieve = 4;

/**
 * How long to wait before a failed request is sent again, where the number of attempts is limited.
 * @param attempt how often it was sent so far
 * @param random a number in [0, 1)
 * @returns milliseconds; undefined: give up
 */
export function waitBeforeRetry(
  facts: FailureFacts,
  attempt: number,
  random: number,
  policy: RetryByCount,
): number | undefined {
  const { kind, retryAfterMs = 0 } = facts;
  if (kind === 'refused' || isRedirect(facts) || attempt >= policy.attempts) return undefined;
  if (retryAfterMs > policy.longestWaitMs) return undefined;
  return Math.min(waitMs(retryAfterMs, attempt, random), policy.longestWaitMs);
}

/**
 * How long to wait before a failed request is sent again, where retries end at a point in time.
 *
 * No wait takes more than half of what is left, so there is always time for another attempt, also after a Retry-After
 * that is longer. A single odd answer decides nothing: a redirect is retried, a 401 or 403 must repeat itself.
 * @param attempt how often it was sent so far
 * @param refusals how many of the last attempts in a row were refused
 * @param random a number in [0, 1)
 * @param leftMs milliseconds until the end
 * @returns milliseconds; undefined: give up
 */
export function waitWhileTimeIsLeft(
  facts: FailureFacts,
  attempt: number,
  refusals: number,
  random: number,
  leftMs: number,
): number | undefined {
  const { kind, status, retryAfterMs = 0 } = facts;
  const isDoubtful = (status === 401 || status === 403) && refusals < refusalsToBelieve;
  if (kind === 'refused' && !isRedirect(facts) && !isDoubtful) return undefined;
  const wait = Math.max(shortestWaitMs, Math.min(waitMs(retryAfterMs, attempt, random), leftMs / 2));
  return wait < leftMs ? wait : undefined;
}

/** The next answer to a redirect is usually the same. */
function isRedirect({ status = 0 }: FailureFacts): boolean {
  return status >= 300 && status < 400;
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
export function announceAttempt(attempt: number, waitMs: number, policy: RetryPolicy): string {
  const of = 'attempts' in policy ? ` of ${policy.attempts}` : '';
  return `Attempt ${attempt}${of} in ${Number((waitMs / 1000).toPrecision(2))} s.`;
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
