import type { Clock } from '../src/lib/clock.ts';

/**
 * Repeats work until the signal aborts.
 * @param work returns the milliseconds until it is repeated; it handles its own failures
 */
export async function repeat(
  { sleep }: Pick<Clock, 'sleep'>,
  stopped: AbortSignal,
  work: () => Promise<number>,
  firstWaitMs = 0,
): Promise<void> {
  for (let waitMs = firstWaitMs; !stopped.aborted; waitMs = await work()) {
    await sleep(waitMs, stopped).catch(() => {});
    if (stopped.aborted) return;
  }
}
