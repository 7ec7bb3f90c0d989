import { describe, expect, it } from 'vitest';
import { type Mark, parseKeyName } from '../../src/keys/name.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { type Failure, FakeNeon } from '../fake-neon.ts';
import { type Random, seededRandom } from '../seeded-random.ts';
import { virtualClock } from '../virtual-clock.ts';
import { type JobRecord, type Period, type Replica, runJob, startReplica } from './schedule-actors.ts';

// Checks the guarantee in docs/keyless.md in random schedules on a virtual clock: any number of replicas that crash and
// start at any moment, jobs that use the action, faults on both hops, and keys that appear at any time.

const start = Date.UTC(2026, 10, 20, 12);
const minute = 60_000;
const horizonMs = 40 * minute;
/** Nothing new happens in the last part, so that every schedule ends in a good phase. */
const quietMs = 12 * minute;
const guaranteeMs = 2 * minute;
const perSecond = 5;

const failures: Failure[] = [
  { kind: 'unknown' },
  { kind: 'unknown', status: 500 },
  { kind: 'unavailable', status: 503 },
  { kind: 'not-done', status: 429, code: 'RATE' },
  { kind: 'not-done' },
];

/** Makes every request fail during random outages, and none at other times. @returns the outages */
function scheduleNeon(neon: FakeNeon, clock: Clock, random: Random): Period[] {
  const outages: Period[] = [];
  for (let at = start; random() < 0.8; ) {
    const from = at + random() * 15 * minute;
    const to = Math.min(from + random() * 10 * minute, start + horizonMs - quietMs);
    if (from >= to) break;
    outages.push({ from, to });
    at = to;
  }
  neon.fate = (operation) => {
    const delayMs = random() * 800;
    const arrivesAt = clock.now() + delayMs;
    const isOut = outages.some(({ from, to }) => clock.now() <= to && arrivesAt >= from);
    // A slow response to a mint is not an outage, because the job may have given up long before.
    if (!isOut) return { delayMs: operation === 'createOrgApiKey' && random() < 0.1 ? random() * 14_000 : delayMs };
    const failure = failures[Math.floor(random() * failures.length)] ?? { kind: 'unknown' };
    const mayBeDone = failure.kind === 'unknown' || failure.kind === 'unavailable';
    return {
      delayMs: delayMs + (operation === 'createOrgApiKey' ? random() * 10_000 : 0),
      failure,
      doneAfterMs: mayBeDone && random() < 0.5 ? [0] : [],
    };
  };
  return outages;
}

/** Runs one schedule. @returns what was violated */
async function runSchedule(seed: number): Promise<string[]> {
  const random = seededRandom(seed);
  const clock = virtualClock(start);
  const neon = new FakeNeon(clock);
  neon.hasUniqueNames = true;
  const outages = scheduleNeon(neon, clock, random);
  const replicas: Replica[] = [];
  const jobs: JobRecord[] = [];
  let runs = 0;

  const runReplicas = async () => {
    for (;;) {
      await clock.sleep(random() * 5 * minute);
      if (clock.now() > start + horizonMs - quietMs) return;
      const replica = startReplica(clock, neon);
      replicas.push(replica);
      if (random() < 0.3) return;
      await clock.sleep(random() * 15 * minute);
      if (clock.now() > start + horizonMs - quietMs) return;
      replica.crash();
    }
  };
  const addKeyOrJob = async () => {
    await clock.sleep(random() * (horizonMs - quietMs));
    runs += 1;
    const run = { repositoryId: 1 + Math.floor(random() * 20), runId: runs, runAttempt: 1 };
    const lifetimeSeconds = 60 + Math.floor(random() * 600);
    if (replicas.length === 0 || random() < 0.4) {
      const mark = `${run.repositoryId.toString(36)}.${run.runId.toString(36)}-1.t${lifetimeSeconds.toString(36)}`;
      neon.add(`~gha.${mark}.nonce00001`);
      return;
    }
    await runJob({ run, lifetimeSeconds, replicas, clock, random, jobs });
  };

  const replicaCount = Math.floor(random() * 3);
  for (let index = 0; index < replicaCount; index += 1) void runReplicas();
  const keyCount = Math.floor(random() * 150);
  for (let index = 0; index < keyCount; index += 1) void addKeyOrJob();
  await clock.run(clock.sleep(horizonMs));

  const problems = findViolations({ neon, outages, replicas, jobs });
  // Without a replica, nothing expires; the first pass of a new one revokes what is left.
  for (const replica of replicas) if (replica.period.to > clock.now()) replica.crash();
  neon.fate = () => ({});
  const expiredBefore = expiredNow(neon, clock.now());
  await clock.run(clock.sleep(10 * minute));
  if (expiredNow(neon, clock.now()).length < expiredBefore.length) problems.push('a key expired without a replica');
  startReplica(clock, neon);
  await clock.run(clock.sleep(guaranteeMs));
  const left = expiredNow(neon, clock.now() - guaranteeMs);
  if (left.length > 0) problems.push(`${left.length} expired keys are left after a last sweep`);
  return problems;
}

function lifetimeMs(name: string): number {
  const lifetime = parseKeyName(name)?.mark.lifetime;
  return lifetime?.kind === 'duration' ? lifetime.seconds * 1000 : Number.POSITIVE_INFINITY;
}

function expiredNow(neon: FakeNeon, now: number): string[] {
  const expired = neon.active.filter((key) => Date.parse(key.created_at) + lifetimeMs(key.name) <= now);
  return expired.map(({ id }) => id);
}

interface Observed {
  neon: FakeNeon;
  outages: Period[];
  replicas: Replica[];
  jobs: JobRecord[];
}

function findViolations({ neon, outages, replicas, jobs }: Observed): string[] {
  const problems: string[] = [];
  const end = start + horizonMs;
  const keys: ObservedKey[] = neon.keys.map(({ listed: { id, name }, createdAt, revokedAt }) => ({
    id,
    mark: parseKeyName(name)?.mark,
    expiresAt: createdAt + lifetimeMs(name),
    revokedAt,
  }));
  problems.push(...brokenPromises(keys, jobs));
  for (const good of goodPeriods(replicas, outages, end)) {
    const backlog = keys.filter(({ expiresAt, revokedAt }) => expiresAt <= good.from && revokedAt > good.from).length;
    for (const { id, expiresAt, revokedAt } of keys) {
      const deadline = Math.max(expiresAt, good.from) + guaranteeMs + (backlog / perSecond) * 1000;
      const isCovered = expiresAt <= good.to && deadline <= good.to && revokedAt >= good.from;
      if (isCovered && revokedAt > deadline) problems.push(`key ${id} was not revoked within two minutes`);
    }
  }
  return problems;
}

interface ObservedKey {
  id: string;
  mark: Mark | undefined;
  expiresAt: number;
  revokedAt: number;
}

/** Responses to jobs that later events contradict. */
function brokenPromises(keys: ObservedKey[], jobs: JobRecord[]): string[] {
  const problems: string[] = [];
  for (const { keyId, postAt, gone } of jobs) {
    const key = keys.find(({ id }) => id === keyId);
    if (key && key.revokedAt < Math.min(key.expiresAt, postAt))
      problems.push(`key ${keyId} was revoked while its job used it`);
    for (const { nonce, run, at } of gone) {
      const isOf = ({ mark }: { mark: Mark | undefined }) => mark?.nonce === nonce && mark.runId === run.runId;
      const active = keys.filter((one) => isOf(one) && one.revokedAt > at);
      if (active.length > 0) problems.push(`key ${active[0]?.id} was active after its nonce was confirmed as gone`);
    }
  }
  return problems;
}

/** The periods in which one replica runs without interruption and Neon is available. */
function goodPeriods(replicas: Replica[], outages: Period[], end: number): Period[] {
  const breaks = [...outages].sort((one, other) => one.from - other.from);
  return replicas.flatMap(({ period }) => {
    const edges = [period.from, ...breaks.flatMap(({ from, to }) => [from, to]), Math.min(period.to, end)];
    const periods: Period[] = [];
    for (let index = 0; index + 1 < edges.length; index += 2) {
      const from = Math.max(edges[index] as number, period.from);
      const to = Math.min(edges[index + 1] as number, period.to, end);
      if (from < to) periods.push({ from, to });
    }
    return periods;
  });
}

/** More schedules: BROKER_SCHEDULES=20000 npx vitest run __tests__/broker/guarantee.test.ts */
const schedules = Number(process.env['BROKER_SCHEDULES'] ?? 150);
const firstSeed = Number(process.env['BROKER_SEED'] ?? 1);

describe('the guarantee that keys expire', () => {
  it(`holds in ${schedules} random schedules from seed ${firstSeed} on`, async () => {
    const violations: string[] = [];
    for (let seed = firstSeed; seed < firstSeed + schedules; seed += 1) {
      for (const problem of await runSchedule(seed)) violations.push(`seed ${seed}: ${problem}`);
    }
    expect(violations).toEqual([]);
  });
});
