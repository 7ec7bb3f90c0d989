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
