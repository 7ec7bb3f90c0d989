/** The longest wait between two attempts that nothing else asks for. */
const longestBackoffMs = 8000;

/**
 * Doubles the wait from attempt to attempt, up to eight seconds.
 * @param attempt how often it was tried so far, from 1
 * @param firstMs the wait after the first attempt, in milliseconds
 * @returns milliseconds
 */
export function backoffMs(attempt: number, firstMs: number): number {
  return Math.min(firstMs * 2 ** (attempt - 1), longestBackoffMs);
}
