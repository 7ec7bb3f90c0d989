import { type Mark, mayBeInSecret, originOf, type RunMark } from '../../src/keys/name.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { KeyId } from '../../src/neon/endpoints.ts';

/** What this replica knows about a nonce. */
interface NonceState {
  /** A key with this nonce is revoked as soon as it appears. */
  abandoned: boolean;
  /** Until when a key may still appear, in milliseconds since the epoch; infinite while the mint is in progress. */
  mayAppearUntil: number;
  /** The key that this replica minted with it, until it is confirmed as revoked. */
  key?: { id: KeyId; name: string } | undefined;
  isRevoked?: boolean | undefined;
}

/** The nonces that callers have used or deleted at this replica in the last hour. */
export interface Nonces {
  /** @returns undefined if this replica has not seen the nonce */
  get(run: RunMark, nonce: string): Readonly<NonceState> | undefined;
  /** Records that a mint is in progress. */
  begin(run: RunMark, nonce: string): void;
  /** Records that no key can appear after `mayAppearUntil`, and which key this replica minted. */
  settle(run: RunMark, nonce: string, mayAppearUntil: number, key?: NonceState['key']): void;
  /** Records that its key is confirmed as revoked. */
  noteRevoked(run: RunMark, nonce: string): void;
  /** From now on, a key with this nonce is revoked. @returns false if the run has too many nonces */
  abandon(run: RunMark, nonce: string): boolean;
  /** Removes a nonce whose mint was certainly refused. */
  forget(run: RunMark, nonce: string): void;
}

const rememberedMs = 60 * 60_000;
const maxPerRun = 200;

export function createNonces(clock: Pick<Clock, 'now'>): Nonces {
  const runs = new Map<string, { touchedAt: number; nonces: Map<string, NonceState> }>();
  let nextCleanUpAt = 0;

  const forgetOld = (now: number) => {
    if (now < nextCleanUpAt) return;
    nextCleanUpAt = now + 60_000;
    for (const [key, { touchedAt }] of runs) if (touchedAt + rememberedMs < now) runs.delete(key);
  };
  const noncesOf = (run: RunMark) => {
    const now = clock.now();
    forgetOld(now);
    const entry = runs.get(runKey(run)) ?? { touchedAt: now, nonces: new Map<string, NonceState>() };
    entry.touchedAt = now;
    runs.set(runKey(run), entry);
    return entry.nonces;
  };
  const get = (run: RunMark, nonce: string) => runs.get(runKey(run))?.nonces.get(nonce);

  return {
    get,
    begin(run, nonce) {
      noncesOf(run).set(nonce, { abandoned: false, mayAppearUntil: Number.POSITIVE_INFINITY });
    },
    settle(run, nonce, mayAppearUntil, key) {
      const state = get(run, nonce);
      if (state) Object.assign(state, { mayAppearUntil, key });
    },
    noteRevoked(run, nonce) {
      const state = get(run, nonce);
      if (state) Object.assign(state, { key: undefined, isRevoked: true });
    },
    abandon(run, nonce) {
      const nonces = noncesOf(run);
      const state = nonces.get(nonce);
      if (!state && nonces.size >= maxPerRun) return false;
      nonces.set(nonce, { mayAppearUntil: 0, ...state, abandoned: true });
      return true;
    },
    forget(run, nonce) {
      runs.get(runKey(run))?.nonces.delete(nonce);
    },
  };
}

/** The same text for the same server, repository, run and attempt. */
function runKey(run: RunMark): string {
  const { server = '', repositoryId, runId, runAttempt } = originOf(run);
  return [server, repositoryId, runId, runAttempt].join('/');
}

/** Whether a mark is one that brokers write: its key expires and is not for a secret. */
export function isBrokerKey(mark: Mark | undefined): mark is Mark {
  return mark?.lifetime.kind === 'duration' && !mayBeInSecret(mark.lifetime);
}

/** Whether a key was minted by a broker for this nonce of this run. */
export function belongsToNonce(mark: Mark | undefined, run: RunMark, nonce: string): boolean {
  return isBrokerKey(mark) && mark.nonce === nonce && runKey(mark) === runKey(run);
}
