import { isAboutAdminKey, targetOf } from '../../src/keys/revoke.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { KeyId } from '../../src/neon/endpoints.ts';
import type { OperatorLog } from '../log.ts';
import { repeat } from '../loop.ts';
import type { Metrics } from '../metrics.ts';
import { describeFailure } from '../neon/describe.ts';
import { clockReadings, type FirstSeen, findExpired } from './expiry.ts';
import type { Revocations } from './revocations.ts';
import type { SharedList } from './shared-list.ts';

/** What one pass did. */
export interface SweepOutcome {
  /** Expired keys in the list. */
  expired: number;
  /** How many of them are confirmed as revoked. */
  revoked: number;
  failed: number;
  /** Expired keys that are left to the next pass. */
  remaining: number;
}

export interface SweeperOptions {
  list: Pick<SharedList, 'fresh'>;
  firstSeen: FirstSeen;
  /** The expired keys that could not be revoked when they were last tried, in that order. */
  stuck: Set<KeyId>;
  revocations: Pick<Revocations, 'revoke'>;
  clock: Clock;
  metrics: Metrics;
}

/** As many as can be revoked in a minute. Then the keys are listed again. */
const maxPerPass = 300;

/**
 * One pass: lists all keys and revokes the expired ones, oldest expiry first.
 * @throws NeonError if the list could not be read
 */
export async function sweepOnce(options: SweeperOptions): Promise<SweepOutcome> {
  const { list, firstSeen, stuck, revocations, clock, metrics } = options;
  const snapshot = await list.fresh().catch((error) => {
    metrics.count('neon_broker_sweeps_total', { outcome: 'failed' });
    throw error;
  });
  const found = findExpired(snapshot, clockReadings(clock.now(), snapshot.neonAheadMs), firstSeen);
  // Keys that could not be revoked come last, those that were tried longest ago first.
  const byId = new Map(found.map((one) => [one.key.id, one]));
  const stuckAgain = [...stuck].flatMap((id) => byId.get(id) ?? []);
  const expired = [...found.filter(({ key }) => !stuck.has(key.id)), ...stuckAgain];
  const batch = expired.slice(0, maxPerPass);
  const { failed } = await revocations.revoke(
    batch.map(({ key, overdueMs }) => ({ ...targetOf(key), overdueMs })),
    'expired',
  );
  for (const id of [...stuck]) if (!byId.has(id)) stuck.delete(id);
  for (const { key } of batch) stuck.delete(key.id);
  // After a 401, most keys were not tried.
  for (const { id, error } of failed) if (id !== undefined && !isAboutAdminKey(error)) stuck.add(id);
  metrics.count('neon_broker_sweeps_total', { outcome: failed.length > 0 ? 'partial' : 'complete' });
  return {
    expired: expired.length,
    revoked: batch.length - failed.length,
    failed: failed.length,
    remaining: expired.length - batch.length,
  };
}

/** @returns milliseconds until the next pass starts, given when the last one started and how it ended */
export function waitBeforeSweep(
  outcome: SweepOutcome | 'failed',
  startedAt: number,
  now: number,
  intervalMs: number,
): number {
  if (outcome === 'failed') return Math.min(intervalMs, afterFailureMs);
  return outcome.remaining > 0 ? 0 : Math.max(0, startedAt + intervalMs - now);
}

/** Neon may be available again at any time, and keys expire in the meantime. */
const afterFailureMs = 5000;

export interface SweepingOptions {
  /** One pass. @throws NeonError if the keys could not be listed */
  sweep(): Promise<SweepOutcome>;
  clock: Clock;
  log: OperatorLog;
  intervalMs: number;
}

/** Sweeps immediately and then once per interval, until `stopped` aborts. */
export function keepSweeping({ sweep, clock, log, intervalMs }: SweepingOptions, stopped: AbortSignal): Promise<void> {
  return repeat(clock, stopped, async () => {
    const startedAt = clock.now();
    const outcome = await sweep().catch((error): 'failed' => {
      log('error', 'sweep-failed', { error: describeFailure(error) });
      return 'failed';
    });
    return waitBeforeSweep(outcome, startedAt, clock.now(), intervalMs);
  });
}
