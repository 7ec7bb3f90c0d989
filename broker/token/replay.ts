import type { Clock } from '../../src/lib/clock.ts';

/** Remembers the IDs of used tokens for a limited time. */
export interface ReplayGuard {
  /** @returns false if the ID was used before and is still remembered */
  use(id: string, untilMs: number): boolean;
  /** How many are remembered. */
  size(): number;
}

/** Only IDs of verified tokens are remembered, so there are at most as many as the issuer issues in 6 minutes. */
export function createReplayGuard(clock: Pick<Clock, 'now'>): ReplayGuard {
  const used = new Map<string, number>();
  let nextCleanUpAt = 0;

  const forgetOld = (now: number) => {
    if (now < nextCleanUpAt) return;
    nextCleanUpAt = now + 60_000;
    for (const [id, untilMs] of used) if (untilMs < now) used.delete(id);
  };

  return {
    use(id, untilMs) {
      const now = clock.now();
      forgetOld(now);
      if ((used.get(id) ?? Number.NEGATIVE_INFINITY) >= now) return false;
      used.set(id, untilMs);
      return true;
    },
    size: () => used.size,
  };
}
