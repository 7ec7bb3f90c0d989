import { type Mark, parseKeyName } from '../../src/keys/name.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { ListedKey } from '../../src/neon/endpoints.ts';

/** A listed key with the mark in its name. A key without a mark is not ours. */
export interface SeenKey {
  key: ListedKey;
  mark: Mark | undefined;
}

/** All keys of the organization, as of one moment. */
export interface KeySnapshot {
  keys: SeenKey[];
  /** When the list was requested, in milliseconds since the epoch by the host's clock. */
  startedAt: number;
  /** Milliseconds that Neon's clock is ahead of the host's, by the Date header of the list's response. */
  neonAheadMs: number;
}

/** One list of all keys for all callers. */
export interface SharedList {
  /** A list that is requested after this call. @throws NeonError */
  fresh(): Promise<KeySnapshot>;
  /** The last list that Neon returned. */
  last(): KeySnapshot | undefined;
}

export interface SharedListOptions {
  list(): Promise<ListedKey[]>;
  neonAheadMs(): number;
  clock: Clock;
  /** Called with each new list, before the callers that wait for it. */
  onSnapshot(snapshot: KeySnapshot): void;
}

/** A list of 10,000 keys is 4 MB, so at most one is requested each second. */
const betweenListsMs = 1000;

/** Callers that arrive while a list is being read share the next one, because theirs must contain all earlier changes. */
export function createSharedList({ list, neonAheadMs, clock, onSnapshot }: SharedListOptions): SharedList {
  let last: KeySnapshot | undefined;
  let underWay: Promise<unknown> = Promise.resolve();
  let lastStart = Number.NEGATIVE_INFINITY;
  let next: Promise<KeySnapshot> | undefined;

  async function listNext(): Promise<KeySnapshot> {
    await underWay.catch(() => {});
    const waitMs = lastStart + betweenListsMs - clock.now();
    if (waitMs > 0) await clock.sleep(Math.min(waitMs, betweenListsMs));
    next = undefined;
    lastStart = clock.now();
    const running = take(lastStart);
    underWay = running;
    return running;
  }

  async function take(startedAt: number): Promise<KeySnapshot> {
    const keys = (await list()).map((key) => ({ key, mark: parseKeyName(key.name)?.mark }));
    last = { keys, startedAt, neonAheadMs: neonAheadMs() };
    onSnapshot(last);
    return last;
  }

  return {
    fresh() {
      next ??= listNext();
      return next;
    },
    last: () => last,
  };
}
