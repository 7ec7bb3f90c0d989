import { endLeases } from '../../src/keys/end-leases.ts';
import { type KeyTarget, type Revocation, revokeKeys } from '../../src/keys/revoke.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { KeyId } from '../../src/neon/endpoints.ts';
import type { NeonError } from '../../src/neon/errors.ts';
import type { Audit } from '../audit.ts';
import type { OperatorLog } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { describeFailure } from '../neon/describe.ts';
import type { NeonGate } from '../neon/gate.ts';
import type { ActiveKeys } from './active-keys.ts';
import type { SharedList } from './shared-list.ts';

/** Why a key is revoked. */
type RevokeReason = 'expired' | 'deleted' | 'lost' | 'abandoned' | 'break-glass';

/** A key to revoke. */
interface KeyToRevoke extends KeyTarget {
  /** Milliseconds since its expiry. */
  overdueMs?: number | undefined;
}

/** The keys that are confirmed as revoked, and those that are not. */
export interface RevokeSummary {
  revoked: KeyId[];
  failed: { id: KeyId | undefined; error: NeonError }[];
}

/** Revokes keys, and writes each revocation to the audit log. */
export interface Revocations {
  /** Waits for keys whose revocation is already in progress. Keys that this replica has revoked are not revoked again. */
  revoke(keys: KeyToRevoke[], reason: RevokeReason, requestId?: string): Promise<RevokeSummary>;
  /** Looks for a key whose creation has an unknown outcome until it can no longer appear, and revokes it. */
  revokeLost(name: string, settleMs: number, requestId: string): Promise<RevokeSummary>;
}

export interface RevocationsOptions {
  gate: Pick<NeonGate, 'revokeOrgApiKey'>;
  list: Pick<SharedList, 'fresh'>;
  activeKeys: Pick<ActiveKeys, 'noteRevoked' | 'isRevoked'>;
  clock: Clock;
  audit: Audit;
  metrics: Metrics;
  log: OperatorLog;
}

/** Milliseconds after `settleMs` within which Neon's list contains the key, and the key is revoked. */
const settledAfterMs = 30_000;
/** The most keys that one line of the log names. */
const loggedIds = 10;

export function createRevocations(options: RevocationsOptions): Revocations {
  const { list, gate, clock, activeKeys } = options;
  const underWay = new Map<KeyId, Promise<Revocation | undefined>>();
  const neon = {
    revokeOrgApiKey: gate.revokeOrgApiKey,
    listOrgApiKeys: async () => (await list.fresh()).keys.map(({ key }) => key),
  };

  /** The outcome of a revocation that is done or in progress. Neon returns 404 to a second one, which only a recent list settles. */
  function known(target: KeyToRevoke): Revocation | Promise<Revocation | undefined> | undefined {
    return activeKeys.isRevoked(target.id) ? { target, how: 'already-revoked' } : underWay.get(target.id);
  }

  async function revokeOwn(keys: KeyToRevoke[], onOutcome: (outcome: Revocation) => void): Promise<Revocation[]> {
    const work = revokeKeys(keys, { neon, clock, onOutcome });
    for (const { id } of keys) {
      const outcome = work.then((outcomes) => outcomes.find(({ target }) => target.id === id));
      // Without this, an error that no one waits for would end the process.
      outcome.catch(() => {});
      underWay.set(id, outcome);
    }
    return work.finally(() => {
      for (const { id } of keys) underWay.delete(id);
    });
  }

  return {
    async revoke(keys, reason, requestId) {
      const others = keys.flatMap((key) => known(key) ?? []);
      const own = keys.filter((key) => !known(key));
      const noteDelay = delayMeter(own, options);
      const outcomes = await revokeOwn(own, (outcome) => {
        note(outcome, reason, requestId, options);
        noteDelay(outcome);
      });
      const joined = (await Promise.all(others)).filter((outcome) => outcome !== undefined);
      return summarize([...outcomes, ...joined], options);
    },
    async revokeLost(name, settleMs, requestId) {
      const requestedAt = clock.now();
      const onOutcome = (outcome: Revocation) => note(outcome, 'lost', requestId, options);
      const effects = { neon, clock, timeoutMs: settleMs, until: requestedAt + settleMs + settledAfterMs, onOutcome };
      return summarize(await endLeases([{ name, requestedAt }], effects), options);
    },
  };
}

/** Audits and counts one outcome. */
function note(
  { how, target }: Revocation,
  reason: RevokeReason,
  requestId: string | undefined,
  { metrics, activeKeys, audit }: RevocationsOptions,
): void {
  if (how === 'not-found' || how === 'unsettled') return;
  metrics.count('neon_broker_revocations_total', { reason, outcome: how });
  if (how === 'failed') return;
  if (target.id) activeKeys.noteRevoked(target.id, target.name);
  audit({ event: 'revoke', outcome: how, reason, request_id: requestId, key_id: target.id, key_name: target.name });
}

/** @returns a function that measures from the expiry of a key to its confirmed revocation */
function delayMeter(keys: KeyToRevoke[], { clock, metrics }: RevocationsOptions): (outcome: Revocation) => void {
  const startedAt = clock.now();
  const overdue = new Map(keys.map(({ id, overdueMs }) => [id, overdueMs]));
  return ({ how, target }) => {
    const overdueMs = overdue.get(target.id ?? '');
    if (how === 'failed' || overdueMs === undefined) return;
    metrics.observe('neon_broker_revocation_delay_seconds', (overdueMs + clock.now() - startedAt) / 1000);
  };
}

function summarize(outcomes: Revocation[], { log }: RevocationsOptions): RevokeSummary {
  const failed = outcomes.filter((outcome) => outcome.how === 'failed');
  if (failed[0]) {
    const ids = failed.slice(0, loggedIds).map(({ target }) => target.id ?? target.name);
    log('error', 'revocations-failed', { count: failed.length, keys: ids, error: describeFailure(failed[0].error) });
  }
  const revokedOutcomes = outcomes.filter(({ how }) => how === 'revoked' || how === 'already-revoked');
  return {
    revoked: revokedOutcomes.flatMap(({ target }) => target.id ?? []),
    failed: failed.map(({ target, error }) => ({ id: target.id, error })),
  };
}
