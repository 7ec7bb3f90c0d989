import type { Clock } from '../../src/lib/clock.ts';

/** Remembers what was used, for a time. */
export interface ReplayGuard {
  /** @returns false when it was used before and `untilMs` of then has not passed */
  use(id: string, untilMs: number): boolean;
  /** How many are remembered. */
  size(): number;
}

/** Only ids of verified tokens come here, so what is remembered is bounded by what the issuer issues in 6 minutes. */
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
