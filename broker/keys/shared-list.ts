import { type Mark, parseKeyName } from '../../src/keys/name.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { ListedKey } from '../../src/neon/endpoints.ts';

/** A key that Neon lists, with what its name says; keys without a mark are not ours. */
export interface SeenKey {
  key: ListedKey;
  mark: Mark | undefined;
}

/** All keys of the organization, as of one moment. */
export interface KeySnapshot {
  keys: SeenKey[];
  /** When the list was asked for, in milliseconds since the epoch by the host's clock. */
  startedAt: number;
  /** Milliseconds that Neon's clock is ahead of the host's, by the Date header of the list's answer. */
  neonAheadMs: number;
}

/** One list of all keys, shared by everyone who looks something up. */
export interface SharedList {
  /** A list that was asked for after this call. @throws NeonError */
  fresh(): Promise<KeySnapshot>;
  /** The last list that was answered. */
  last(): KeySnapshot | undefined;
}

export interface SharedListOptions {
  list(): Promise<ListedKey[]>;
  neonAheadMs(): number;
  clock: Clock;
  /** Called with each new list, before those who wait for it. */
  onSnapshot(snapshot: KeySnapshot): void;
}

/** A list of 10,000 keys is 4 MB: at most one a second is asked for. */
const betweenListsMs = 1000;

/** Callers who come while a list is under way share the next one: theirs must show what happened before they asked. */
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
