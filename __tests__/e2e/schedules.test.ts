// Random schedules of faults, signals and cancellations on the built action. More of them, and those of another seed:
// SCHEDULES=3000 SEED=1 npx vitest run __tests__/e2e/schedules.test.ts
import type { ChildProcess } from 'node:child_process';
import { setTimeout as passes } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Fault, FaultRule } from '../../emulator/faults.ts';
import type { Run } from '../../emulator/runner.ts';
import { inParallel } from '../../src/lib/parallel.ts';
import { inWorld, speed, type World } from './world.ts';

const schedules = Number(process.env['SCHEDULES'] ?? 25);
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const atOnce = 6;

/** Converts milliseconds of the action, whose time passes faster, to milliseconds of the emulator. */
const actionMs = (ms: number) => Math.round(ms / speed);
/** The longest delays that the action tolerates, with a margin for a busy machine. */
const longestLateMs = actionMs(24_000);
const longestLagMs = actionMs(9000);
const day = 86_400_000;

interface Schedule {
  faults: FaultRule[];
  lifetime: 'job' | 'manual';
  /**
   * What happens to main `afterMs` after its start: a signal or, in a job container, the runner reads its state and, after
   * `gapMs`, starts post while main is still running.
   */
  interruption: { how: NodeJS.Signals | 'in a container'; afterMs: number; gapMs: number } | undefined;
  /** Milliseconds that the clock advances between main and post; 0 if Neon, whose clock does not advance, is late or behind. */
  laterMs: number;
  /** Signals for post, by milliseconds after its first output. */
  postSignals: { signal: NodeJS.Signals; afterMs: number }[];
  uniqueNames: boolean;
}

const body = '<html>blocked</html>';
const failure: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom<Fault[]>(
    { type: 'drop-before' },
    { type: 'drop-after' },
    { type: 'hang-before' },
    { type: 'hang-after' },
    { type: 'stall' },
    { type: 'cut' },
    { type: 'garble' },
    { type: 'duplicate' },
    { type: 'duplicate', response: 'second' },
  ),
  fc.integer({ min: 1, max: longestLateMs }).map((ms): Fault => ({ type: 'late', ms })),
  fc
    .record({
      status: fc.constantFrom(400, 401, 403, 404, 408, 409, 423, 429, 500, 502, 503, 504),
      wait: fc.constantFrom('', '0', '2', '120'),
    })
    .map(({ status, wait }): Fault => ({ type: 'status', status, headers: wait ? { 'retry-after': wait } : {} })),
  fc.constantFrom(409, 423, 429, 500, 502, 503, 504).map((status): Fault => ({ type: 'status-after', status })),
  // A gateway that blocks the response, not the request.
  fc
    .constantFrom(302, 307, 400, 401, 403, 404, 407, 429)
    .map((status): Fault => ({ type: 'status-after', status, body })),
);
const condition: fc.Arbitrary<Fault> = fc.oneof(
  fc.integer({ min: 1, max: longestLagMs }).map((ms): Fault => ({ type: 'behind', ms })),
  fc.integer({ min: 1, max: actionMs(15_000) }).map((ms): Fault => ({ type: 'delay', ms })),
  fc.constantFrom(-40 * day, 40 * day).map((ms): Fault => ({ type: 'date', ms })),
);
const operation = fc.constantFrom<NonNullable<FaultRule['operation']>[]>(
  'createOrgApiKey',
  'createOrgApiKey',
  'listOrgApiKeys',
  'revokeOrgApiKey',
  'any',
);
const when = fc.oneof(
  { weight: 4, arbitrary: fc.record({ nth: fc.integer({ min: 1, max: 5 }), times: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ from: fc.integer({ min: 1, max: 4 }) }) },
);
const rule: fc.Arbitrary<FaultRule> = fc
  .oneof(
    fc.record({
      operation,
      when,
      fault: fc.oneof({ weight: 3, arbitrary: failure }, { weight: 1, arbitrary: condition }),
    }),
    // A body about another key, for example from a cache.
    fc.record({
      operation: fc.constantFrom<NonNullable<FaultRule['operation']>[]>('createOrgApiKey', 'revokeOrgApiKey'),
      when: fc.record({ nth: fc.integer({ min: 1, max: 3 }) }),
      fault: fc.constant<Fault>({ type: 'previous-response' }),
    }),
  )
  .map(({ operation, when, fault }) => ({ operation, ...when, fault }));

const schedule: fc.Arbitrary<Schedule> = fc.record({
  faults: fc.array(rule, { maxLength: 4 }),
  lifetime: fc.constantFrom('job', 'job', 'job', 'manual'),
  interruption: fc.option(
    fc.record({
      how: fc.constantFrom<NonNullable<Schedule['interruption']>['how'][]>(
        'SIGINT',
        'SIGTERM',
        'SIGKILL',
        'in a container',
        'in a container',
      ),
      afterMs: fc.integer({ min: 0, max: 600 }),
      gapMs: fc.integer({ min: 0, max: 100 }),
    }),
    { nil: undefined, freq: 2 },
  ),
  laterMs: fc.constantFrom(0, 0, 5000, 60_000),
  postSignals: fc.array(
    fc.record({
      signal: fc.constantFrom<NodeJS.Signals[]>('SIGINT', 'SIGTERM'),
      afterMs: fc.integer({ min: 0, max: 400 }),
    }),
    { maxLength: 2 },
  ),
  uniqueNames: fc.boolean(),
});

/** Runs main and post according to the schedule. */
async function play({ faults, lifetime, interruption, laterMs, postSignals }: Schedule, { job, mint }: World) {
  const step = job.step({ ...mint, lifetime, timeout: '10s' });
  const startPost = (later: number, env: Record<string, string> = {}) =>
    step.post({
      later,
      env,
      started: (child) => {
        for (const { signal, afterMs } of postSignals) sendLater(child, signal, afterMs);
      },
    });
  let beside: Promise<Run> | undefined;
  const interrupt = async (child: ChildProcess) => {
    if (!interruption) return;
    await passes(interruption.afterMs);
    if (child.exitCode !== null || child.signalCode !== null) return;
    if (interruption.how !== 'in a container') return void child.kill(interruption.how);
    const state = stateVariables(step.savedState());
    await passes(interruption.gapMs);
    beside = startPost(0, state);
  };
  let interrupted = Promise.resolve();
  const main = await step.main({
    started: (child) => {
      interrupted = interrupt(child);
    },
  });
  await interrupted;
  const isBehind = faults.some(({ fault }) => fault.type === 'late' || fault.type === 'behind');
  const post = await (beside ?? startPost(isBehind ? 0 : laterMs));
  return { main, post, isBeside: beside !== undefined };
}

/** Sends a signal this many milliseconds after the first output of the process, which does not listen earlier. */
function sendLater(child: ChildProcess, signal: NodeJS.Signals, afterMs: number): void {
  child.stdout?.once('data', () => {
    const timer = setTimeout(() => child.kill(signal), afterMs);
    child.on('exit', () => clearTimeout(timer));
  });
}

function stateVariables(state: Record<string, string>): Record<string, string> {
  return {
    STATE_leases: '',
    ...Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value])),
  };
}

/** Another job mints a key at Neon, so that a fault can return its response to the next request. */
async function mintForOthers({ neon, mint }: World): Promise<void> {
  await fetch(`${neon.apiHost}/organizations/${neon.organizationId}/api_keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${neon.tokens.admin}` },
    body: JSON.stringify({ key_name: 'another ~gha.1.2-1.j.job', project_id: mint['project_id'] }),
  });
}

async function check(schedule: Schedule): Promise<void> {
  await inWorld(
    async (world) => {
      const { neon, mintedKeys, expectNoLeak } = world;
      await mintForOthers(world);
      const others = neon.liveKeys().map(({ id }) => id);
      // Neon takes longer than a post step takes to start.
      const slow: FaultRule = { operation: 'createOrgApiKey', fault: { type: 'delay', ms: 600 } };
      neon.faults = schedule.interruption?.how === 'in a container' ? [slow, ...schedule.faults] : schedule.faults;
      const { main, post, isBeside } = await play(schedule, world);
      if (schedule.faults.some(({ fault }) => fault.type === 'late')) await passes(longestLateMs);
      expectNoLeak(main, post);
      const active = mintedKeys().filter(({ id }) => !others.includes(id));
      // The runner does not read the outputs of main after it considers main ended.
      const isHandedOver = schedule.lifetime === 'manual' && !isBeside;
      const unreported = active.filter(({ id, name }) => {
        if (isHandedOver && id === main.outputs['key_id']) return false;
        const named = [`Key ${id} `, `named "${name}"`, `"${name}" may still be active`];
        return ![...errorsIn(post), ...errorsIn(main)].some((text) => named.some((part) => text.includes(part)));
      });
      const ends = [main, post].map(({ exitCode, signal, log }) => ({ exitCode, signal, log: log.slice(-12) }));
      expect(unreported, JSON.stringify(ends)).toEqual([]);
      expect(neon.liveKeys().filter(({ id }) => others.includes(id))).toHaveLength(others.length);
      if (main.exitCode === 0) expect(main.outputs['key_name']).toMatch(/^shop integration-tests ~gha\./);
      else if (main.signal === null) expect(main.outputs).toEqual({});
    },
    { seed: { unique_key_names: schedule.uniqueNames } },
  );
}

function errorsIn({ stdout }: Run): string[] {
  return stdout.split(/\r?\n/).filter((line) => /^::(error|warning)::/.test(line));
}

it(`create-key and its post step leave no unreported active key, revoke no other key and show no token, in random schedules (seed ${seed})`, async () => {
  const all = fc.sample(schedule, { numRuns: schedules, seed });
  const failures: string[] = [];
  await inParallel(all.entries(), atOnce, async ([index, one]) => {
    await check(one).catch((error: Error) => {
      const text = `schedule ${index} of seed ${seed}: ${error.message}\n${JSON.stringify(one)}`;
      // Fail at once, because the other schedules may take an hour.
      console.error(text);
      failures.push(text);
    });
  });
  expect(failures).toEqual([]);
}, 3_600_000);
