import type { Hono } from 'hono';
import type { Clock } from '../src/lib/clock.ts';
import { createApp } from './app.ts';
import { createAudit } from './audit.ts';
import type { BrokerConfig } from './config.ts';
import { areSkewed } from './keys/expiry.ts';
import { createKeyKeeper, type KeyKeeper } from './keys/keeper.ts';
import { keepSweeping } from './keys/sweeper.ts';
import { createOperatorLog, type OperatorLog } from './log.ts';
import { repeat } from './loop.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createMonitoring } from './monitoring.ts';
import { describeFailure } from './neon/describe.ts';
import { createNeonGate, type KeyApi, type NeonGate } from './neon/gate.ts';
import { createRateShare } from './neon/rate-share.ts';
import { openPolicy, type PolicyStore } from './policy/store.ts';
import { createSecrets } from './secrets.ts';
import { createService } from './service.ts';
import { createReplayGuard } from './token/replay.ts';
import { createSigningKeys, keysValidMs, type SigningKeys } from './token/signing-keys.ts';

/** The effects of the broker, which tests replace. */
export interface BrokerEffects {
  clock: Clock;
  fetch: typeof fetch;
  newRequestId(): string;
  readAdminKey(): Promise<string>;
  connect(apiKey: string, orgId: string): Promise<KeyApi>;
  /** Writes one line to the audit log. */
  writeAudit(line: string): void;
  /** Writes one line for operators. */
  writeLog(line: string): void;
}

export interface Broker {
  /** The API for jobs. */
  app: Hono<{ Variables: { requestId: string } }>;
  /** Metrics and readiness, for the second port. */
  monitoring: Hono;
  keeper: KeyKeeper;
  /** Reads the policy and the admin key again. */
  reread(): Promise<void>;
  /** Sweeps, and rereads policy, admin key and signing keys, until `stopped` aborts. */
  run(stopped: AbortSignal): Promise<void>;
}

/** The parts that the timers and the monitoring use. */
interface Parts {
  policy: PolicyStore;
  gate: NeonGate;
  keeper: KeyKeeper;
  signingKeys: SigningKeys;
  clock: Clock;
  log: OperatorLog;
}

const rereadEveryMs = 60_000;
/** After a longer time without a complete list, the broker is not ready. */
const maxSweepAgeMs = 5 * 60_000;

/** Creates a broker. @throws Error if the policy or the admin key cannot be used */
export async function createBroker(config: BrokerConfig, effects: BrokerEffects): Promise<Broker> {
  const { clock, fetch, newRequestId, connect } = effects;
  const { issuer, serverUrl } = config;
  const secrets = createSecrets();
  const log = createOperatorLog((line) => effects.writeLog(secrets.redact(line)), clock);
  const audit = createAudit((line) => effects.writeAudit(secrets.redact(line)), clock);
  const metrics = createMetrics();
  const policy = await openPolicy(config.policyFile, log);
  const { organization } = policy.current().policy;
  const share = createRateShare(clock, config.requestsPerMinute);
  const gate = createNeonGate({
    ...{ connect: (key) => connect(key, organization), share, clock, onToken: secrets.noteToken },
    async readAdminKey() {
      const key = await effects.readAdminKey();
      secrets.noteAdminKey(key);
      return key;
    },
  });
  await gate.reread();
  const keeper = createKeyKeeper({ gate, share, clock, audit, metrics, log });
  const signingKeys = createSigningKeys({ issuer, fetch, clock, log });
  const replays = createReplayGuard(clock);
  const service = createService({ issuer, serverUrl, signingKeys, replays, policy, keeper, clock, audit, metrics });
  const parts = { policy, gate, keeper, signingKeys, clock, log };
  addGauges(metrics, parts);
  return {
    app: createApp({ service, newRequestId, metrics, log, redact: secrets.redact }),
    monitoring: createMonitoring(metrics, () => readiness(parts)),
    keeper,
    reread: () => reread(parts),
    run: (stopped) => runTimers(parts, config.sweepIntervalMs, stopped),
  };
}

const signingKeysEveryMs = 5 * 60_000;
const signingKeysRetryMs = 30_000;

async function runTimers(parts: Parts, sweepIntervalMs: number, stopped: AbortSignal): Promise<void> {
  const { keeper, signingKeys, clock, log } = parts;
  const refresh = async () => {
    try {
      await signingKeys.refresh();
      return signingKeysEveryMs;
    } catch (error) {
      log('error', 'signing-keys-unavailable', { error: describeFailure(error) });
      return signingKeysRetryMs;
    }
  };
  const rereadAndWait = async () => {
    await reread(parts);
    return rereadEveryMs;
  };
  await Promise.all([
    keepSweeping({ sweep: keeper.sweep, clock, log, intervalMs: sweepIntervalMs }, stopped),
    repeat(clock, stopped, refresh),
    repeat(clock, stopped, rereadAndWait, rereadEveryMs),
  ]);
}

async function reread({ policy, gate, log }: Parts): Promise<void> {
  await policy.reread();
  await gate.reread().catch((error) => log('error', 'admin-key-unreadable', { error: describeFailure(error) }));
}

/** The conditions under which the broker can mint keys, and revoke them in time. */
function readiness({ policy, gate, keeper, signingKeys, clock }: Parts): Record<string, boolean> {
  const last = keeper.lastList();
  return {
    admin_key: gate.adminKeyProblem() === undefined,
    policy: !policy.isStale(),
    signing_keys: (signingKeys.ageMs() ?? Number.POSITIVE_INFINITY) <= keysValidMs,
    sweep: last !== undefined && clock.now() - last.startedAt <= maxSweepAgeMs,
    clocks: last === undefined || !areSkewed(last.neonAheadMs),
  };
}

function addGauges(metrics: Metrics, { policy, gate, keeper, signingKeys }: Parts): void {
  const { lastList, overdues } = keeper;
  metrics.gauge('neon_broker_overdue_seconds', () => Math.max(0, ...overdues()) / 1000);
  metrics.gauge('neon_broker_expired_keys', () => overdues().length);
  metrics.gauge('neon_broker_keys', () => lastList()?.keys.length ?? Number.NaN);
  metrics.gauge('neon_broker_clock_skew_seconds', () => (lastList()?.neonAheadMs ?? Number.NaN) / 1000);
  metrics.gauge('neon_broker_last_sweep_timestamp_seconds', () => (lastList()?.startedAt ?? 0) / 1000);
  metrics.gauge('neon_broker_admin_key_invalid', () => (gate.adminKeyProblem() ? 1 : 0));
  metrics.gauge('neon_broker_policy_invalid', () => (policy.isStale() ? 1 : 0));
  metrics.gauge('neon_broker_signing_keys_age_seconds', () => (signingKeys.ageMs() ?? Number.NaN) / 1000);
}
