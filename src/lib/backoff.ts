/** The longest wait between two attempts, unless a Retry-After requires more. */
const longestBackoffMs = 8000;

/**
 * Doubles the wait from attempt to attempt, up to eight seconds.
 * @param attempt how many attempts there have been, from 1
 * @param firstMs the wait after the first attempt, in milliseconds
 * @returns milliseconds
 */
export function backoffMs(attempt: number, firstMs: number): number {
  return Math.min(firstMs * 2 ** (attempt - 1), longestBackoffMs);
}

/** With less time left, another attempt would be useless. */
const shortestAttemptMs = 1000;

/** @returns milliseconds to wait before another attempt, at most half of the time left; undefined if the time is up */
export function waitWithin(leftMs: number, wantedMs: number): number | undefined {
  return leftMs < shortestAttemptMs ? undefined : Math.min(wantedMs, leftMs / 2);
}
