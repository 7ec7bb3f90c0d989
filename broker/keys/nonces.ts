import { type Mark, mayBeInSecret, originOf, type RunMark } from '../../src/keys/name.ts';
import type { Clock } from '../../src/lib/clock.ts';

/** What this replica knows of a nonce. */
interface NonceState {
  /** A key that appears under it is revoked at once. */
  abandoned: boolean;
  /** Until when a key may still appear, in milliseconds since the epoch; infinite while the mint is under way. */
  mayAppearUntil: number;
}

/** The nonces that callers have used or deleted at this replica in the last hour. */
export interface Nonces {
  /** @returns undefined when the nonce was not seen here */
  get(run: RunMark, nonce: string): Readonly<NonceState> | undefined;
  /** Notes that a mint is under way. */
  begin(run: RunMark, nonce: string): void;
  /** Notes that no key can appear any more after `mayAppearUntil`. */
  settle(run: RunMark, nonce: string, mayAppearUntil: number): void;
  /** From now on a key that appears under it is revoked. @returns false when the run has abandoned too many */
  abandon(run: RunMark, nonce: string): boolean;
  /** Removes a nonce whose mint was refused for certain. */
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
    settle(run, nonce, mayAppearUntil) {
      const state = get(run, nonce);
      if (state) state.mayAppearUntil = mayAppearUntil;
    },
    abandon(run, nonce) {
      const nonces = noncesOf(run);
      const state = nonces.get(nonce);
      if (!state && nonces.size >= maxPerRun) return false;
      nonces.set(nonce, { abandoned: true, mayAppearUntil: state?.mayAppearUntil ?? 0 });
      return true;
    },
    forget(run, nonce) {
      runs.get(runKey(run))?.nonces.delete(nonce);
    },
  };
}

/** The same text for the same run and attempt of the same repository on the same server. */
function runKey(run: RunMark): string {
  const { server = '', repositoryId, runId, runAttempt } = originOf(run);
  return [server, repositoryId, runId, runAttempt].join('/');
}

/** Whether a key has a mark as brokers write it: it expires, and is not meant for a secret. */
export function isBrokerKey(mark: Mark | undefined): mark is Mark {
  return mark?.lifetime.kind === 'duration' && !mayBeInSecret(mark.lifetime);
}

/** Whether a key was minted here for this nonce of this run. */
export function isOfNonce(mark: Mark | undefined, run: RunMark, nonce: string): boolean {
  return isBrokerKey(mark) && mark.nonce === nonce && runKey(mark) === runKey(run);
}
