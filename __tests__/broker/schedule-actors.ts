import { createKeyKeeper, type KeyKeeper } from '../../broker/keys/keeper.ts';
import { keepSweeping } from '../../broker/keys/sweeper.ts';
import { createMetrics } from '../../broker/metrics.ts';
import { createNeonGate, type KeyApi } from '../../broker/neon/gate.ts';
import { createRateShare } from '../../broker/neon/rate-share.ts';
import { Problem } from '../../broker/problem.ts';
import type { BrokerClient } from '../../src/keyless/broker-client.ts';
import { endNonces, type NonceOutcome } from '../../src/keyless/end.ts';
import { BrokerError } from '../../src/keyless/errors.ts';
import { mintKeyless } from '../../src/keyless/mint.ts';
import type { OpenNonce } from '../../src/keyless/state.ts';
import type { RunMark } from '../../src/keys/name.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { FakeNeon } from '../fake-neon.ts';
import type { Random } from '../seeded-random.ts';
import type { VirtualClock } from '../virtual-clock.ts';

// The actors of a random schedule: replicas that crash, and jobs that mint, work and end.

const minute = 60_000;

export interface Period {
  from: number;
  to: number;
}

export interface Replica {
  keeper: KeyKeeper;
  period: Period;
  crash(): void;
}

/** A job's view of its keys. */
export interface JobRecord {
  /** The key that the step received. */
  keyId?: string;
  /** When its post step started. */
  postAt: number;
  /** The nonces that the broker has confirmed as gone, and when. */
  gone: { nonce: string; run: RunMark; at: number }[];
}

interface JobWorld {
  run: RunMark;
  lifetimeSeconds: number;
  replicas: Replica[];
  clock: VirtualClock;
  random: Random;
  jobs: JobRecord[];
}

/** A job that uses the action: it mints a key, works, and usually has a post step. */
export async function runJob({ run, lifetimeSeconds, replicas, clock, random, jobs }: JobWorld): Promise<void> {
  const broker = connectTo({ run, lifetimeSeconds, replicas, clock, random, jobs });
  const job: JobRecord = { postAt: Number.POSITIVE_INFINITY, gone: [] };
  jobs.push(job);
  let open: OpenNonce[] = [];
  let nonces = 0;
  let isKilled = false;
  const minting = mintKeyless(
    { run, projectId: 'p', label: '' },
    {
      ...{ broker, clock, random, mask: () => {}, info: () => {}, cancelled: new AbortController().signal },
      newNonce() {
        nonces += 1;
        return `nonce${String(nonces).padStart(5, '0')}`;
      },
      save: (entries) => {
        if (!isKilled) open = structuredClone(entries);
      },
      hasPostStarted: () => false,
    },
  ).catch(() => undefined);
  // The step may be killed at any moment; the post step has only what was saved by then.
  const isEarly = random() < 0.3;
  const key = await (isEarly ? Promise.race([minting, clock.sleep(random() * 20_000)]) : minting);
  isKilled = true;
  if (key) job.keyId = key.id;
  if (!isEarly) await clock.sleep(random() * 10 * minute);
  if (random() < 0.4 || open.length === 0) return;
  job.postAt = clock.now();
  const onOutcome = ({ how, nonce: { nonce } }: NonceOutcome) => {
    if (how === 'gone') job.gone.push({ nonce, run, at: clock.now() });
  };
  const until = clock.now() + minute;
  await endNonces(
    { brokerUrl: 'http://127.0.0.1/', timeoutMs: 30_000, nonces: open },
    { broker, clock, until, onOutcome },
  );
}

/** A connection between a job and the replicas that loses requests and responses. */
function connectTo({ run, lifetimeSeconds, replicas, clock, random }: JobWorld): BrokerClient {
  const lost = (request: string, detail: string, keyMayExist: boolean, code?: string) =>
    new BrokerError({ request, detail, keyMayExist, code, requestId: 'r' });
  const send = async <T>(request: string, work: (keeper: KeyKeeper) => Promise<T>): Promise<T> => {
    const live = replicas.filter(({ period }) => period.to > clock.now());
    const replica = live[Math.floor(random() * live.length)];
    const fate = random();
    if (!replica || fate < 0.1) throw lost(request, 'The request was lost.', true);
    const timeout = clock.sleep(30_000).then(() => {
      throw lost(request, 'No response came.', true);
    });
    const response = await Promise.race([work(replica.keeper), timeout]).catch((error) => {
      throw error instanceof Problem ? lost(request, error.message, error.keyMayExist, error.code) : error;
    });
    if (fate < 0.25) throw lost(request, 'The response was lost.', true);
    return response;
  };
  return {
    createKey: ({ nonce, project_id, label }) =>
      send('POST /v1/keys', async (keeper) => {
        const callerGone = new AbortController().signal;
        const request = { run, projectId: project_id, nonce, label, lifetimeSeconds, requestId: 'r', callerGone };
        return { ...(await keeper.mint(request)), project_id, expires_at: 'later' };
      }),
    deleteKey: (nonce) => send(`DELETE /v1/keys/${nonce}`, (keeper) => keeper.delete(run, nonce, 'r')),
  };
}

/** A replica that can stop at any point; requests that it has already sent to Neon are still carried out. */
export function startReplica(clock: VirtualClock, neon: FakeNeon): Replica {
  let isAlive = true;
  const never = new Promise<never>(() => {});
  const whileAlive = async <T>(work: () => Promise<T>): Promise<T> => {
    if (!isAlive) return never;
    const result = await work().catch((error) => (isAlive ? Promise.reject(error) : never));
    return isAlive ? result : never;
  };
  const own: Clock = { now: clock.now, sleep: (ms, signal) => whileAlive(() => clock.sleep(ms, signal)) };
  const wrapped: KeyApi = {
    now: neon.now,
    listOrgApiKeys: () => whileAlive(() => neon.listOrgApiKeys()),
    createOrgApiKey: (key) => whileAlive(() => neon.createOrgApiKey(key)),
    revokeOrgApiKey: (id) => whileAlive(() => neon.revokeOrgApiKey(id)),
  };
  const share = createRateShare(own, 600);
  const gate = createNeonGate({
    ...{ readAdminKey: async () => 'key', connect: async () => wrapped, share, clock: own },
    onToken() {},
  });
  const log = () => {};
  const keeper = createKeyKeeper({ gate, share, clock: own, audit: () => {}, metrics: createMetrics(), log });
  const period = { from: clock.now(), to: Number.POSITIVE_INFINITY };
  const sweep = async () => {
    await gate.reread();
    return keeper.sweep();
  };
  void keepSweeping({ sweep, clock: own, log, intervalMs: minute }, new AbortController().signal);
  return {
    keeper,
    period,
    crash() {
      isAlive = false;
      period.to = clock.now();
    },
  };
}
