import type { RunMark } from '../../src/keys/name.ts';
import { type KeyTarget, listLagMs, targetOf } from '../../src/keys/revoke.ts';
import type { KeyId } from '../../src/neon/endpoints.ts';
import { NeonError } from '../../src/neon/errors.ts';
import type { OperatorLog } from '../log.ts';
import { describeFailure, describeForCaller } from '../neon/describe.ts';
import { Problem } from '../problem.ts';
import { belongsToNonce, type Nonces } from './nonces.ts';
import type { Revocations } from './revocations.ts';
import type { SharedList } from './shared-list.ts';

/** What became of a nonce. */
export interface Deletion {
  /** The nonce of the request, so that the caller notices a response to another request. */
  nonce: string;
  /** The keys that are confirmed as revoked. */
  revoked: KeyId[];
  /** Whether a key may still appear, because its mint is in progress or has an unknown outcome. It will be revoked. */
  pending: boolean;
}

export interface DeletionOptions {
  list: Pick<SharedList, 'fresh'>;
  nonces: Nonces;
  revocations: Pick<Revocations, 'revoke'>;
  log: OperatorLog;
}

/**
 * Revokes every key for a nonce of this run and attempt, including a key that appears later.
 * @throws Problem while a key may be active
 */
export async function deleteNonce(
  run: RunMark,
  nonce: string,
  requestId: string,
  { list, nonces, revocations, log }: DeletionOptions,
): Promise<Deletion> {
  if (!nonces.abandon(run, nonce)) {
    throw new Problem('limit-reached', 'This run has used too many nonces. Its keys are revoked when they expire.', {
      keyMayExist: true,
    });
  }
  const snapshot = await list.fresh().catch((error) => {
    throw neonProblem(error, requestId, log);
  });
  const state = nonces.get(run, nonce);
  const keys = new Map<KeyId, KeyTarget>(state?.key ? [[state.key.id, state.key]] : []);
  for (const { key, mark } of snapshot.keys) if (belongsToNonce(mark, run, nonce)) keys.set(key.id, targetOf(key));
  const { revoked, failed } = await revocations.revoke([...keys.values()], 'deleted', requestId);
  if (failed[0]) throw neonProblem(failed[0].error, requestId, log);
  if (revoked.length > 0) nonces.noteRevoked(run, nonce);
  return { nonce, revoked, pending: mayStillAppear(nonces.get(run, nonce), snapshot.startedAt) };
}

/** A list may lag, so it settles a nonce only if it was requested long enough after the mint ended. */
function mayStillAppear(state: ReturnType<Nonces['get']>, listedAt: number): boolean {
  if (!state || state.isRevoked) return false;
  return state.mayAppearUntil + listLagMs > listedAt;
}

function neonProblem(error: unknown, requestId: string, log: OperatorLog): unknown {
  if (!(error instanceof NeonError)) return error;
  log('warning', 'neon-request-failed', { request_id: requestId, error: describeFailure(error) });
  const code = error.facts.kind === 'refused' ? 'neon-refused' : 'neon-unavailable';
  return new Problem(code, describeForCaller(error), { keyMayExist: true });
}
