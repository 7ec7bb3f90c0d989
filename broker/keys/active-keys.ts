import { isFrom, type Mark } from '../../src/keys/name.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { KeyId } from '../../src/neon/endpoints.ts';
import type { Snapshot } from './shared-list.ts';

/** Which limit a mint would exceed. */
export type LimitName = 'keys-per-run' | 'keys-per-repository' | 'mints-per-minute' | 'keys-per-organization';

/** How many of each there may be. */
export const limits: Record<LimitName, number> = {
  'keys-per-run': 20,
  'keys-per-repository': 100,
  'mints-per-minute': 30,
  'keys-per-organization': 9000,
};

/** A mint that counts as an active key until it is known that it made none. */
export interface Reservation {
  /** No key was made, and none can appear. */
  release(): void;
  /** From now on a list shows the key, if there is one. */
  settle(): void;
}

/** Counts active keys: those of the last list and those that this replica minted since. */
export interface ActiveKeys {
  /** Reserves a mint, or says which limit it would exceed. */
  reserve(name: string, mark: Mark, last: Snapshot): Reservation | LimitName;
  /** A key that this replica has revoked does not count any more. */
  noteRevoked(id: KeyId, name: string): void;
  /** Whether this replica has revoked the key since the last list. */
  isRevoked(id: KeyId): boolean;
  /** Forgets what a new list shows by itself. */
  noteSnapshot(snapshot: Snapshot): void;
}

interface OwnMint {
  name: string;
  mark: Mark;
  /** Missing while its answer has not come. */
  settledAt?: number;
}

/** Lists may lag behind by this much. */
const listLagMs = 10_000;
const minuteMs = 60_000;

export function createActiveKeys(clock: Pick<Clock, 'now'>): ActiveKeys {
  const own = new Map<string, OwnMint>();
  const revoked = new Map<KeyId, number>();
  const recentMints = new Map<string, number[]>();

  function activeMarks({ keys }: Snapshot): { marks: Mark[]; total: number } {
    const active = keys.filter(({ key }) => !revoked.has(key.id));
    const names = new Set(active.map(({ key }) => key.name));
    const unlisted = [...own.values()].filter(({ name }) => !names.has(name));
    const marks = [...active.flatMap(({ mark }) => mark ?? []), ...unlisted.map(({ mark }) => mark)];
    return {
      marks: marks.filter(({ lifetime }) => lifetime.kind === 'duration'),
      total: active.length + unlisted.length,
    };
  }

  function exceeded(mark: Mark, last: Snapshot): LimitName | undefined {
    const { marks, total } = activeMarks(last);
    const ofRepository = marks.filter((other) => isFrom(other, mark));
    const counts: Record<LimitName, number> = {
      'keys-per-run': ofRepository.filter(({ runId }) => runId === mark.runId).length,
      'keys-per-repository': ofRepository.length,
      'mints-per-minute': recentOf(mark).length,
      'keys-per-organization': total,
    };
    return (Object.keys(limits) as LimitName[]).find((name) => counts[name] >= limits[name]);
  }

  const repositoryKey = ({ server = '', repositoryId }: Mark) => `${server}/${repositoryId}`;
  const recentOf = (mark: Mark) => {
    const since = clock.now() - minuteMs;
    return (recentMints.get(repositoryKey(mark)) ?? []).filter((time) => time > since);
  };

  return {
    reserve(name, mark, last) {
      const limit = exceeded(mark, last);
      if (limit) return limit;
      const mint: OwnMint = { name, mark };
      own.set(name, mint);
      recentMints.set(repositoryKey(mark), [...recentOf(mark), clock.now()]);
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
      for (const [key, times] of recentMints) {
        if (times.every((time) => time <= startedAt - minuteMs)) recentMints.delete(key);
      }
    },
  };
}
