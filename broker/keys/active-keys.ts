import { isFrom, type Mark } from '../../src/keys/name.ts';
import { listLagMs } from '../../src/keys/revoke.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { KeyId } from '../../src/neon/endpoints.ts';
import type { KeySnapshot } from './shared-list.ts';

/** Which limit a mint would exceed. */
export type LimitName = 'keys-per-run' | 'keys-per-repository' | 'mints-per-minute' | 'keys-per-organization';

/** The highest number that each limit allows. */
export const limits: Record<LimitName, number> = {
  'keys-per-run': 20,
  'keys-per-repository': 100,
  'mints-per-minute': 30,
  'keys-per-organization': 9000,
};

/** What each limit counts, for messages. */
export const limitNouns: Record<LimitName, string> = {
  'keys-per-run': 'active keys per run',
  'keys-per-repository': 'active keys per repository',
  'mints-per-minute': 'new keys a minute per repository',
  'keys-per-organization': 'keys in the organization',
};

/** A mint that counts as an active key until it certainly created none. */
export interface Reservation {
  /** No key was created, and none can appear. */
  release(): void;
  /** From now on, a list contains the key if there is one. */
  settle(): void;
}

/** Counts active keys: those in the last list, and those that this replica has minted since. */
export interface ActiveKeys {
  /** Reserves a mint. @returns the limit that the mint would exceed, if there is one */
  reserve(name: string, mark: Mark, last: KeySnapshot): Reservation | LimitName;
  /** A key that this replica has revoked no longer counts. */
  noteRevoked(id: KeyId, name: string): void;
  /** Whether this replica has revoked the key since the last list. */
  isRevoked(id: KeyId): boolean;
  /** Forgets what a new list contains. */
  noteSnapshot(snapshot: KeySnapshot): void;
}

interface OwnMint {
  name: string;
  mark: Mark;
  /** Missing until there is a response. */
  settledAt?: number;
}

const minuteMs = 60_000;

export function createActiveKeys(clock: Pick<Clock, 'now'>): ActiveKeys {
  const own = new Map<string, OwnMint>();
  const revoked = new Map<KeyId, number>();
  const recentMints = createRecentMints(clock);

  function exceeded(mark: Mark, last: KeySnapshot): LimitName | undefined {
    const counts = { ...countKeys(mark, last, own, revoked), 'mints-per-minute': recentMints.count(mark) };
    return (Object.keys(limits) as LimitName[]).find((name) => counts[name] >= limits[name]);
  }

  return {
    reserve(name, mark, last) {
      const limit = exceeded(mark, last);
      if (limit) return limit;
      const mint: OwnMint = { name, mark };
      own.set(name, mint);
      recentMints.add(mark);
      return {
        release: () => own.delete(name),
        settle() {
          mint.settledAt = clock.now();
        },
      };
    },
    noteRevoked(id, name) {
      own.delete(name);
      revoked.set(id, clock.now());
    },
    isRevoked: (id) => revoked.has(id),
    noteSnapshot({ startedAt }) {
      const isShown = (at = Number.POSITIVE_INFINITY) => at + listLagMs < startedAt;
      for (const [name, { settledAt }] of own) if (isShown(settledAt)) own.delete(name);
      for (const [id, at] of revoked) if (isShown(at)) revoked.delete(id);
      recentMints.forgetOld();
    },
  };
}

/** Counts the last list, with this replica's mints that it lacks, and without the keys that this replica has revoked. */
function countKeys(
  mark: Mark,
  { keys }: KeySnapshot,
  own: ReadonlyMap<string, OwnMint>,
  revoked: ReadonlyMap<KeyId, number>,
): Record<Exclude<LimitName, 'mints-per-minute'>, number> {
  const active = keys.filter(({ key }) => !revoked.has(key.id));
  const names = new Set(active.map(({ key }) => key.name));
  const unlisted = [...own.values()].filter(({ name }) => !names.has(name));
  const marks = [...active, ...unlisted].flatMap((key) => key.mark ?? []);
  const ofRepository = marks.filter((other) => other.lifetime.kind === 'duration' && isFrom(other, mark));
  return {
    'keys-per-run': ofRepository.filter(({ runId }) => runId === mark.runId).length,
    'keys-per-repository': ofRepository.length,
    'keys-per-organization': active.length + unlisted.length,
  };
}

/** When each repository minted in the last minute. */
function createRecentMints(clock: Pick<Clock, 'now'>) {
  const times = new Map<string, number[]>();
  const keyOf = ({ server = '', repositoryId }: Mark) => `${server}/${repositoryId}`;
  const isRecent = (time: number) => time > clock.now() - minuteMs;
  const recentOf = (mark: Mark) => (times.get(keyOf(mark)) ?? []).filter(isRecent);
  return {
    count: (mark: Mark) => recentOf(mark).length,
    add(mark: Mark) {
      times.set(keyOf(mark), [...recentOf(mark), clock.now()]);
    },
    forgetOld() {
      for (const [key, all] of times) if (!all.some(isRecent)) times.delete(key);
    },
  };
}
