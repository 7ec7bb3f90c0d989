import type { Clock } from '../lib/clock.ts';
import type { KeyEndpoints, NewKey } from '../neon/endpoints.ts';
import { type FailureFacts, NeonError } from '../neon/errors.ts';
import { announceAttempt, defaultRetry, waitBeforeRetry } from '../neon/retry.ts';
import { judgeFailedCreation } from './creation.ts';
import type { Lease, Ledger } from './ledger.ts';
import { composeKeyName, hasMarkOf, type Mark } from './name.ts';
import { lostKeyLine, nextRoundLine, wrongAccess } from './render.ts';

export interface MintRequest {
  label: string;
  mark: Omit<Mark, 'nonce'>;
  /** The project that the key can reach; missing: every project of the organization. */
  projectId?: string | undefined;
}

export interface MintEffects {
  neon: KeyEndpoints;
  clock: Clock;
  ledger: Ledger;
  /** Lower-case letters and digits, new at every call. */
  newNonce: () => string;
  /** A number in [0, 1). */
  random: () => number;
  /** Hides a token in everything that is printed afterwards. */
  mask: (token: string) => void;
  info: (line: string) => void;
  notice: (line: string) => void;
  /** Once aborted, no request is sent: open leases are left to the post step. */
  cancelled: AbortSignal;
}

/** The last round begins within this time, regardless of a longer Retry-After. */
const roundsBeginWithinMs = 2 * 60_000;

/** A new key, and the name of its lease, under which it was requested. */
export interface Minted {
  key: NewKey;
  name: string;
}

/**
 * Mints a key. So that post can revoke every key that Neon may create, the ledger contains all names before the first
 * request is sent, and the id immediately after the response. Each round sends one POST with its own name. After a lost
 * response, it also lists the keys, and revokes any key of that name, because its token is lost.
 * @throws NeonError of the last round
 * @throws PostStarted when the post step has started
 */
export async function mint(request: MintRequest, effects: MintEffects): Promise<Minted> {
  const { clock, ledger, newNonce } = effects;
  const mustBeginBy = clock.now() + roundsBeginWithinMs;
  const names = Array.from({ length: defaultRetry.attempts }, () =>
    composeKeyName(request.label, { ...request.mark, nonce: newNonce() }),
  );
  ledger.plan(names);
  try {
    for (let round = 1; ; round += 1) {
      const lease = { name: names[round - 1] as string, requestedAt: clock.now() };
      const outcome = await requestKey(lease, request, effects);
      if (!(outcome instanceof NeonError)) return { key: outcome, name: lease.name };
      await prepareNextRound(lease, outcome, round, mustBeginBy, effects);
    }
  } finally {
    ledger.plan([]);
  }
}

/** @returns the key, or the error that explains why there is no key to hand out */
async function requestKey(lease: Lease, request: MintRequest, effects: MintEffects): Promise<NewKey | NeonError> {
  const { neon, ledger, clock, mask } = effects;
  const { projectId } = request;
  ledger.save(lease);
  let key: NewKey;
  try {
    key = await neon.createOrgApiKey({ key_name: lease.name, project_id: projectId });
  } catch (error) {
    if (error instanceof NeonError) return error;
    throw error;
  }
  mask(key.key);
  if (!hasMarkOf(key.name, lease.name)) return mismatchedResponse();
  ledger.save({ ...lease, respondedAt: clock.now(), id: key.id });
  if ((key.project_id || undefined) !== projectId) throw new Error(wrongAccess(key, projectId));
  return key;
}

/** A cache or proxy returned the response to another request: the outcome of this one is unknown, and the key is not ours. */
function mismatchedResponse(): NeonError {
  return new NeonError({
    operationId: 'createOrgApiKey',
    method: 'POST',
    path: '/…/api_keys',
    kind: 'unknown',
    reason: 'the response is for a key with another name',
    requestId: 'in the debug log',
  });
}

/** @throws the error if no other round follows */
async function prepareNextRound(
  lease: Lease,
  error: NeonError,
  round: number,
  mustBeginBy: number,
  effects: MintEffects,
): Promise<void> {
  const { clock, ledger, random, info, cancelled } = effects;
  const effect = judgeFailedCreation(error.facts);
  if (effect === 'not-created') ledger.forget(lease.name);
  // The lease stays: an earlier copy of the request may have been carried out.
  if (effect === 'turned-away') ledger.save({ ...lease, respondedAt: clock.now() });
  const facts: FailureFacts = effect === 'name-exists' ? { ...error.facts, kind: 'unknown' } : error.facts;
  const waitMs = waitBeforeRetry(facts, round, random(), defaultRetry);
  if (waitMs === undefined || cancelled.aborted || clock.now() + waitMs > mustBeginBy)
    throw error.with({ attempts: round });
  info(nextRoundLine(error, announceAttempt(round + 1, waitMs, defaultRetry)));
  if (facts.kind === 'unknown') await revokeLost(lease.name, effects);
  await clock.sleep(waitMs, cancelled);
}

/** Revokes keys whose token was lost. The name stays in the ledger, because the request may still be in progress. */
async function revokeLost(leaseName: string, { neon, info }: MintEffects): Promise<void> {
  try {
    for (const { id, name } of await neon.listOrgApiKeys()) {
      if (!hasMarkOf(name, leaseName)) continue;
      await neon.revokeOrgApiKey(id);
      info(lostKeyLine(id));
    }
  } catch (error) {
    // Post lists the keys again.
    if (!(error instanceof NeonError)) throw error;
  }
}
