import { listLagMs } from '../keys/revoke.ts';
import { backoffMs, waitWithin } from '../lib/backoff.ts';
import type { Clock } from '../lib/clock.ts';
import type { BrokerClient } from './broker-client.ts';
import { BrokerError } from './errors.ts';
import type { KeylessState, OpenNonce } from './state.ts';

/** What became of a nonce after the job. */
export type NonceOutcome =
  /** The broker has confirmed that no key of the nonce is active, and none can appear. */
  | { nonce: OpenNonce; how: 'gone'; revoked: string[] }
  /** A key may be active until it expires. */
  | { nonce: OpenNonce; how: 'failed'; error: BrokerError };

export interface EndEffects {
  broker: BrokerClient;
  clock: Clock;
  /** Milliseconds since the epoch after which no request is sent. */
  until: number;
  onOutcome: (outcome: NonceOutcome) => void;
}

/** The broker lists a key within this time, or never: 5 s in its queue, 30 s until Neon creates it, 10 s until it is listed. */
const mintLimitMs = 45_000;
/** GitHub's endpoint for ID tokens fails occasionally. After this many refusals in a row, the post step gives up. */
const maxRefusals = 4;
const firstDeletionWaitMs = 1000;

/**
 * Has the broker revoke the key of each nonce. A nonce whose mint had no response is deleted repeatedly until the broker
 * can no longer create its key.
 */
export async function endNonces({ nonces, timeoutMs }: KeylessState, effects: EndEffects): Promise<NonceOutcome[]> {
  return Promise.all(nonces.map((nonce) => endNonce(nonce, Math.max(timeoutMs, mintLimitMs), effects)));
}

async function endNonce(
  nonce: OpenNonce,
  settleMs: number,
  { broker, clock, until, onOutcome }: EndEffects,
): Promise<NonceOutcome> {
  const settledAt = settledBy(nonce, settleMs, clock.now());
  const revoked = new Set<string>();
  let refusals = 0;
  for (let attempt = 1; ; attempt += 1) {
    const startedAt = clock.now();
    const outcome = await deleteOnce(nonce, broker);
    for (const id of outcome.revoked) revoked.add(id);
    const isSettled = isConfirmed(nonce, revoked) || (startedAt >= settledAt && outcome.revoked.length === 0);
    if (isSettled && !outcome.pending) return ended({ nonce, how: 'gone', revoked: [...revoked] }, onOutcome);
    refusals = outcome.error?.facts.isWithoutIdentity ? refusals + 1 : 0;
    const nextMs = Math.max(backoffMs(attempt, firstDeletionWaitMs), outcome.error?.facts.retryAfterMs ?? 0);
    // A response that asks for a long wait, perhaps from a proxy, must not end the attempts.
    const waitMs = waitWithin(until - clock.now(), nextMs);
    if (refusals >= maxRefusals || waitMs === undefined) {
      return ended({ nonce, how: 'failed', error: outcome.error ?? stillPending(nonce) }, onOutcome);
    }
    await clock.sleep(waitMs);
  }
}

/** Whether the broker has revoked the key. A response that names only other keys may be about another request. */
function isConfirmed({ id }: OpenNonce, revoked: ReadonlySet<string>): boolean {
  return id === undefined ? revoked.size > 0 : revoked.has(id);
}

/**
 * When a broker that finds no key proves that none is active. Until then, its list of keys may lag, or it may still be
 * creating the key. A clock that was set back between main and post must not prolong the wait.
 */
function settledBy({ id, requestedAt, respondedAt = requestedAt }: OpenNonce, settleMs: number, now: number): number {
  return id === undefined ? Math.min(requestedAt, now) + settleMs : Math.min(respondedAt, now) + listLagMs;
}

async function deleteOnce({ nonce }: OpenNonce, broker: BrokerClient) {
  try {
    return { ...(await broker.deleteKey(nonce)), error: undefined };
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    return { revoked: [], pending: true, error };
  }
}

function ended(outcome: NonceOutcome, onOutcome: EndEffects['onOutcome']): NonceOutcome {
  onOutcome(outcome);
  return outcome;
}

function stillPending({ nonce }: OpenNonce): BrokerError {
  const detail = 'The broker was still creating the key when the post step ran out of time.';
  return new BrokerError({ request: `DELETE /v1/keys/${nonce}`, detail, requestId: 'unknown', keyMayExist: true });
}
