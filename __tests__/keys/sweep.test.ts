import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeKeyName, type Lifetime } from '../../src/keys/name.ts';
import { type Sweep, type SweepEffects, type SweepRequest, sweep } from '../../src/keys/sweep.ts';
import { fakeClock } from '../fake-clock.ts';
import { doneBut, FakeNeon, type Fate } from '../fake-neon.ts';
import { type FakeFault, type FakeRequest, type FakeWorld, fakeGitHub } from './fake-github.ts';

const hour = 3_600_000;
const start = Date.parse('2026-11-24T03:00:00Z');
const ownRun = 100;
const run = {
  repositoryId: 1,
  runId: ownRun,
  runAttempt: 1,
  repository: 'acme/shop',
  runsUrl: 'https://github.com/acme/shop/actions/runs',
  job: 'sweep',
};

interface Key {
  lifetime: Lifetime;
  repositoryId?: number;
  runId?: number;
  runAttempt?: number;
  /** Default: a day before the sweep. */
  createdAt?: number;
}

interface Options {
  fate?: (request: FakeRequest) => FakeFault | undefined;
  request?: Partial<SweepRequest>;
  neonAheadMs?: number;
  /** Whether Neon's responses have a date. */
  neonHasTime?: boolean;
  onPlan?: (planned: Sweep) => void;
  /** What happens to the first requests to Neon. */
  neonFates?: Fate[];
}

async function sweepKeys(keys: Key[], world: FakeWorld, options: Options = {}) {
  const clock = fakeClock(start);
  const neon = new FakeNeon(clock, options.neonFates);
  const ids = keys.map(
    ({ lifetime, repositoryId = 1, runId = 1, runAttempt = 1, createdAt = start - 24 * hour }, index) =>
      neon.add(composeKeyName('ci', { repositoryId, runId, runAttempt, lifetime, nonce: `n${index}` }), {}, createdAt),
  );
  neon.aheadMs = options.neonAheadMs ?? 0;
  neon.hasTime = () => options.neonHasTime ?? true;
  const { github, requests } = fakeGitHub(world, options.fate);
  const effects: SweepEffects = {
    neon,
    clock,
    github: async () => github,
    onResult: () => undefined,
    onPlan: options.onPlan ?? (() => undefined),
    onRevocation: () => undefined,
  };
  const swept = await sweep({ run, apply: true, ...options.request }, effects);
  return { swept, requests, neon, clock, revoked: ids.map((id) => !neon.isActive(id)) };
}

const job = { kind: 'job' } as const;
const pull = (number: number) => ({ kind: 'pull-request', number }) as const;
const own = { repositoryId: 1, id: ownRun, attempt: 1, status: 'in_progress' };

function world(change: Partial<FakeWorld> = {}): FakeWorld {
  return {
    repositories: [
      { id: 1, name: 'acme/shop' },
      { id: 2, name: 'acme/other' },
    ],
    runs: [own, { ...own, id: 2 }, { ...own, id: 1, status: 'completed' }],
    pulls: [
      { repositoryId: 1, number: 2, state: 'closed' },
      { repositoryId: 1, number: 1, state: 'open' },
    ],
    ...change,
  };
}

describe('sweep', () => {
  it('revokes exactly the keys that have ended', async () => {
    const keys = [
      { lifetime: job, runId: 1 },
      { lifetime: job, runId: 2 },
      { lifetime: job, runId: 3 },
      { lifetime: pull(1) },
      { lifetime: pull(2) },
      { lifetime: { kind: 'duration', seconds: 60 } as const },
      { lifetime: { kind: 'manual' } as const },
      { lifetime: job, repositoryId: 2, runId: 1 },
    ];
    const { swept, revoked } = await sweepKeys(keys, world());
    expect(revoked).toEqual([true, false, true, false, true, true, false, false]);
    expect(swept.verdicts.length).toBe(7);
    expect(swept.blindness).toBeUndefined();
  });

  it('never revokes a key of its own run, and does not read the run from GitHub', async () => {
    const { revoked, requests } = await sweepKeys([{ lifetime: job, runId: ownRun }], world({ runs: [] }));
    expect([revoked, requests]).toEqual([[false], []]);
  });

  it('sends GitHub no request if no key depends on it', async () => {
    const { revoked, requests } = await sweepKeys([{ lifetime: { kind: 'duration', seconds: 1 } }], world());
    expect([revoked, requests]).toEqual([[true], []]);
  });

  it('believes a list without a key that contains a newer key', async () => {
    const keys = [
      { lifetime: { kind: 'duration', seconds: 1 } as const },
      { lifetime: job, runId: ownRun, createdAt: start - hour },
    ];
    const { swept, clock } = await sweepKeys(keys, world(), { neonFates: [{}, doneBut('unknown')] });
    expect(swept.revocations).toMatchObject([{ how: 'revoked' }]);
    expect(clock.waits).toEqual([]);
  });

  it('revokes nothing in a plan, with the same verdicts as an applied sweep', async () => {
    const keys = [{ lifetime: job, runId: 1 }, { lifetime: pull(2) }];
    const plan = await sweepKeys(keys, world(), { request: { apply: false } });
    const applied = await sweepKeys(keys, world());
    expect(plan.revoked).toEqual([false, false]);
    const reasons = ({ verdicts }: Sweep) => verdicts.map(({ action, reason }) => [action, reason]);
    expect(reasons(plan.swept)).toEqual(reasons(applied.swept));
  });

  it('keeps the key of a pull request that was reopened after the plan', async () => {
    const all = world();
    const onPlan = () => {
      for (const one of all.pulls) one.state = 'open';
    };
    const { swept, revoked } = await sweepKeys([{ lifetime: pull(2) }], all, { onPlan });
    expect(revoked).toEqual([false]);
    expect(swept.verdicts[0]).toMatchObject({ action: 'keep', reason: 'pull-request-active' });
  });

  it('checks a key in doubt on GitHub again before `max_age` revokes it', async () => {
    const { revoked } = await sweepKeys([{ lifetime: job, runId: 2 }], world(), {
      fate: (request) => (request.nth === 1 ? 500 : undefined),
      request: { maxAgeMs: hour },
    });
    expect(revoked).toEqual([false]);
  });

  it('reads a run that has ended only once', async () => {
    const { requests } = await sweepKeys([{ lifetime: job, runId: 1 }], world());
    expect(requests.length).toBe(1);
  });

  it('sweeps the given repositories, or all of them', async () => {
    const keys = [
      { lifetime: job, runId: 1 },
      { lifetime: job, repositoryId: 2, runId: 21 },
    ];
    const all = () => world({ runs: [...world().runs, { repositoryId: 2, id: 21, attempt: 1, status: 'completed' }] });
    const of = async (repositories: SweepRequest['repositories']) =>
      (await sweepKeys(keys, all(), { request: { repositories } })).revoked;
    expect(await of(['acme/other'])).toEqual([false, true]);
    expect(await of('*')).toEqual([true, true]);
    await expect(of(['acme/othr'])).rejects.toThrow('404');
  });
});

describe('a sweep', () => {
  const keys = [{ lifetime: job, runId: 1 }, { lifetime: { kind: 'duration', seconds: 60 } as const }];

  it('is blind if GitHub refuses its token, and still revokes keys that do not depend on GitHub', async () => {
    const { swept, revoked } = await sweepKeys(keys, world(), { fate: () => 401 });
    expect(swept.blindness?.code).toBe('token-refused');
    expect(revoked).toEqual([false, true]);
  });

  it('is blind if it cannot see its own repository', async () => {
    const { swept } = await sweepKeys(keys, world(), { fate: () => 404 });
    expect(swept.blindness).toEqual({ code: 'repository-not-visible', repositoryId: 1 });
  });

  it('is blind even if `max_age` has decided about all keys in doubt', async () => {
    const { swept, revoked } = await sweepKeys(keys, world(), { fate: () => 401, request: { maxAgeMs: hour } });
    expect([swept.blindness?.code, revoked]).toEqual(['token-refused', [true, true]]);
  });

  it('is not blind if it cannot see another repository', async () => {
    const elsewhere = [{ lifetime: job, repositoryId: 9, runId: 1 }];
    const { swept } = await sweepKeys(elsewhere, world(), { request: { repositories: '*' } });
    expect(swept.blindness).toBeUndefined();
    expect(swept.verdicts[0]).toMatchObject({ reason: 'in-doubt', doubt: { code: 'repository-not-visible' } });
  });
});

describe('sweep, with clocks that differ', () => {
  const keys = [{ lifetime: { kind: 'duration', seconds: 7 * 86_400 } as const }];

  it("does not revoke an expired key by Neon's clock alone", async () => {
    const { swept, revoked } = await sweepKeys(keys, world(), { neonAheadMs: 40 * 24 * hour });
    expect(revoked).toEqual([false]);
    expect(swept.verdicts[0]).toMatchObject({ doubt: { code: 'clocks-disagree' } });
  });

  it("does not revoke an expired key by this machine's clock alone", async () => {
    const short = [{ lifetime: { kind: 'duration', seconds: 60 } as const }];
    const { swept } = await sweepKeys(short, world(), { neonHasTime: false });
    expect(swept.verdicts[0]).toMatchObject({ doubt: { code: 'one-clock' } });
  });
});

describe('a sweep while GitHub does not show a run that has just begun', () => {
  it.each([
    ['keeps its key, which is a second old', 1000, [false]],
    ['revokes its key after an hour', hour, [true]],
  ])('%s', async (_what, ageMs, revoked) => {
    const keys = [{ lifetime: job, runId: 3, createdAt: start - ageMs }];
    const result = await sweepKeys(keys, world());
    expect(result.revoked).toEqual(revoked);
    expect(result.swept.verdicts).toMatchObject([{ reason: revoked[0] ? 'run-missing' : 'too-new' }]);
  });

  it('revokes the key of a run that has ended, however new it is', async () => {
    const { revoked } = await sweepKeys([{ lifetime: job, createdAt: start - 1000 }], world());
    expect(revoked).toEqual([true]);
  });
});

/** A random GitHub: its contents, and which requests fail. */
interface Case {
  runs: { repositoryId: 1 | 2; attempt: number; status: string }[];
  pulls: { repositoryId: 1 | 2; state: 'open' | 'closed' | 'deleted' }[];
  /** More runs and pull requests that have ended, newer than all others, so that lists have several pages. */
  crowd: number;
  faults: { from: number; to: number; fault: FakeFault; route?: FakeRequest['route'] | undefined }[];
  /** At this request the name of the own repository passes to another one, with the same numbers of pull requests. */
  takenAt: number | undefined;
  /** At this request every active run moves on: queued to in progress, in progress to completed. */
  movesAt: number | undefined;
}

const statuses = ['in_progress', 'queued', 'waiting', 'pending', 'requested', 'completed', 'deleted'];
const honest: fc.Arbitrary<Case> = fc.record({
  runs: fc.array(
    fc.record({
      repositoryId: fc.constantFrom(1 as const, 1 as const, 2 as const),
      attempt: fc.integer({ min: 1, max: 2 }),
      status: fc.constantFrom(...statuses),
    }),
    { maxLength: 40 },
  ),
  pulls: fc.array(
    fc.record({
      repositoryId: fc.constantFrom(1 as const, 1 as const, 2 as const),
      state: fc.constantFrom('open' as const, 'closed' as const, 'deleted' as const),
    }),
    { maxLength: 40 },
  ),
  crowd: fc.constantFrom(0, 0, 250),
  faults: fc.constant([]),
  takenAt: fc.constant(undefined),
  movesAt: fc.constant(undefined),
});

const nth = fc.integer({ min: 1, max: 60 });
const faulty: fc.Arbitrary<Case> = fc
  .tuple(
    honest,
    fc.array(
      fc
        .record({
          from: nth,
          length: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant(1000)),
          fault: fc.constantFrom<FakeFault>(404, 404, 404, 403, 401, 500, 'unreadable', 'stale', 'no-rows'),
          route: fc.option(fc.constantFrom<FakeRequest['route']>('run', 'pull', 'runs', 'pulls', 'repository'), {
            nil: undefined,
          }),
        })
        .map(({ from, length, ...rest }) => ({ from, to: from + length, ...rest })),
      { maxLength: 4 },
    ),
    fc.option(nth, { nil: undefined }),
    fc.option(nth, { nil: undefined }),
  )
  .map(([plain, faults, takenAt, movesAt]) => ({ ...plain, faults, takenAt, movesAt }));

/** Numbers of runs and pull requests, by their position in a case; both repositories have the same. */
const runIdOf = (index: number) => 10_000 + index;
const pullNumberOf = (index: number) => 1000 + index;

function worldOf({ runs, pulls, crowd }: Case): FakeWorld {
  const extra = [1, 2].flatMap((repositoryId) =>
    Array.from({ length: crowd + 1 }, (_, index) => ({ repositoryId, newer: 20_000 + index })),
  );
  const endedRuns = extra.map(({ repositoryId, newer: id }) => ({ repositoryId, id, attempt: 1, status: 'completed' }));
  const closed = extra.map(({ repositoryId, newer: number }) => ({ repositoryId, number, state: 'closed' as const }));
  return {
    repositories: world().repositories,
    runs: [...runs.map((one, index) => ({ ...one, id: runIdOf(index) })), own, ...endedRuns]
      .filter(({ status }) => status !== 'deleted')
      .sort((a, b) => b.id - a.id),
    pulls: [
      ...pulls.flatMap(({ state, repositoryId }, index) =>
        state === 'deleted' ? [] : [{ repositoryId, state, number: pullNumberOf(index) }],
      ),
      ...closed,
    ].sort((a, b) => b.number - a.number),
  };
}

const next: Record<string, string> = {
  requested: 'waiting',
  waiting: 'pending',
  pending: 'queued',
  queued: 'in_progress',
  in_progress: 'completed',
};

/** Gives the repository with ID 9 the name of the own repository, and closes its pull requests. */
function takeName(all: FakeWorld): void {
  const [shop] = all.repositories;
  if (shop?.id !== 1) return;
  shop.name = 'acme/former';
  all.repositories.unshift({ id: 9, name: 'acme/shop' });
  all.pulls.push(...all.pulls.map((one) => ({ ...one, repositoryId: 9, state: 'closed' as const })));
}

function fateOf({ faults, takenAt, movesAt }: Case, all: FakeWorld) {
  let moved = false;
  return (request: FakeRequest): FakeFault | undefined => {
    if (takenAt === request.nth) takeName(all);
    if (movesAt === request.nth && !moved) {
      moved = true;
      for (const one of all.runs) if (one.id !== ownRun) one.status = next[one.status] ?? one.status;
    }
    const hit = faults.find(
      ({ from, to, route }) => request.nth >= from && request.nth < to && (route ?? request.route) === request.route,
    );
    return hit?.fault;
  };
}

async function sweepCase(given: Case) {
  const all = worldOf(given);
  const keys = [
    ...given.runs.flatMap(({ repositoryId, attempt }, index) =>
      Array.from({ length: attempt }, (_, earlier) => ({
        lifetime: job,
        repositoryId,
        runId: runIdOf(index),
        runAttempt: earlier + 1,
      })),
    ),
    ...given.pulls.map(({ repositoryId }, index) => ({ lifetime: pull(pullNumberOf(index)), repositoryId })),
  ];
  const isActive = ({ lifetime, repositoryId, runId, runAttempt }: Required<Omit<Key, 'createdAt'>>) =>
    lifetime.kind === 'pull-request'
      ? all.pulls.some(
          (one) => one.repositoryId === repositoryId && one.number === lifetime.number && one.state === 'open',
        )
      : all.runs.some(
          (one) =>
            one.repositoryId === repositoryId &&
            one.id === runId &&
            one.attempt === runAttempt &&
            one.status !== 'completed',
        );
  const { swept, revoked } = await sweepKeys(keys, all, {
    fate: fateOf(given, all),
    request: { repositories: '*' },
  });
  const active = keys.map((key) => isActive({ runId: 1, runAttempt: 1, ...key }));
  return { swept, revoked, active };
}

describe('sweep, for random repositories', () => {
  it('never revokes a key whose run or pull request is active, even if GitHub hides or confuses repositories or fails', async () => {
    let revocations = 0;
    await fc.assert(
      fc.asyncProperty(faulty, async (given) => {
        const { revoked, active } = await sweepCase(given);
        revocations += revoked.filter(Boolean).length;
        expect(revoked.filter((isRevoked, index) => isRevoked && active[index])).toEqual([]);
      }),
      { numRuns: 2000 },
    );
    // Otherwise, a sweep that does nothing would pass as well.
    expect(revocations).toBeGreaterThan(1000);
  });

  it('revokes every key that has ended if all responses are correct and complete', async () => {
    await fc.assert(
      fc.asyncProperty(honest, async (given) => {
        const { swept, revoked, active } = await sweepCase(given);
        expect(revoked).toEqual(active.map((isActive) => !isActive));
        expect(swept.verdicts.filter(({ reason }) => reason === 'in-doubt')).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
