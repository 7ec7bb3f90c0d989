import type { RunMark } from '../../src/keys/name.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { KeyId } from '../../src/neon/endpoints.ts';
import { NeonError } from '../../src/neon/errors.ts';
import { describeFailure } from '../neon/describe.ts';
import { Problem } from '../problem.ts';
import { isOfNonce, type Nonces } from './nonces.ts';
import type { Revocations } from './revocations.ts';
import type { SharedList } from './shared-list.ts';

/** What became of a nonce. */
export interface Deletion {
  /** The keys that are confirmed as revoked. */
  revoked: KeyId[];
  /** Whether a key may still appear, because its mint is in progress or has an unknown outcome. It will be revoked. */
  pending: boolean;
}

export interface DeletionOptions {
  list: Pick<SharedList, 'fresh'>;
  nonces: Nonces;
  revocations: Pick<Revocations, 'revoke'>;
  clock: Pick<Clock, 'now'>;
}

/**
 * Revokes every key for a nonce of this run and attempt, including a key that appears later.
 * @throws Problem while a key may be active
 */
export async function deleteNonce(
  run: RunMark,
  nonce: string,
  requestId: string,
  { list, nonces, revocations, clock }: DeletionOptions,
): Promise<Deletion> {
  if (!nonces.abandon(run, nonce)) {
    throw new Problem('limit-reached', 'This run has used too many nonces. Its keys are revoked when they expire.', {
      keyMayExist: true,
    });
  }
  const snapshot = await list.fresh().catch((error) => {
    throw listProblem(error);
  });
  const keys = snapshot.keys.filter(({ mark }) => isOfNonce(mark, run, nonce));
  const { revoked, failed } = await revocations.revoke(
    keys.map(({ key: { id, name } }) => ({ id, name })),
    'deleted',
    requestId,
  );
  if (failed[0]) throw listProblem(failed[0].error);
  return { revoked, pending: (nonces.get(run, nonce)?.mayAppearUntil ?? 0) > clock.now() };
}

function listProblem(error: unknown): unknown {
  if (!(error instanceof NeonError)) return error;
  const code = error.facts.kind === 'refused' ? 'neon-refused' : 'neon-unavailable';
  return new Problem(code, describeFailure(error), { keyMayExist: true });
}
