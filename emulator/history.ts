/** A service's states over time, for reads that are behind. */
export interface History<State> {
  /** Keeps a copy of the state; call it before each change. */
  keep(before: State, now: Date): void;
  /** The state for a read that is `behindMs` milliseconds behind. */
  asOf(current: State, now: Date, behindMs: number): State;
  clear(): void;
}

/** Enough for the changes of a few seconds. A read that is further behind gets the oldest state. */
const MAX_STATES = 200;

/** @param copy makes the copy that is kept, which must not share what later changes edit in place */
export function createHistory<State>(copy: (state: State) => State): History<State> {
  const past: { untilMs: number; state: State }[] = [];
  return {
    keep(before, now) {
      past.push({ untilMs: now.getTime(), state: copy(before) });
      if (past.length > MAX_STATES) past.shift();
    },
    asOf(current, now, behindMs) {
      const atMs = now.getTime() - behindMs;
      return past.find(({ untilMs }) => untilMs > atMs)?.state ?? current;
    },
    clear() {
      past.length = 0;
    },
  };
}
