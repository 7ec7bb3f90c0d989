import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lifecycle } from '../../src/github/lifecycle.ts';
import { composeName, type Lifetime } from '../../src/keys/name.ts';
import { asksGitHub, judge, type MarkedKey, markedKeys } from '../../src/keys/sweep.ts';
import type { ListedKey } from '../../src/neon/endpoints.ts';

const day = 24 * 3_600_000;
const now = Date.parse('2026-11-24T12:00:00Z');

const secretId = 'abcdefghij';
let lastId = 0;

/** A key of Neon's list, of so many milliseconds. */
function listed(name: string, ageMs: number, last_used_at: string | null = null): ListedKey {
  lastId += 1;
  const created_by = { id: 'ada', name: 'Ada', image: '' };
  const created_at = new Date(now - ageMs).toISOString();
  return { id: String(lastId), name, created_at, created_by, last_used_at, last_used_from_addr: '' };
}

function minted(lifetime: Lifetime, ageMs: number, label = 'NEON', used: string | null = null): ListedKey {
  const mark = { repositoryId: 1, runId: 2, runAttempt: 1, lifetime, nonce: `n${lastId}` };
  return listed(composeName(label, mark), ageMs, used);
}

function verdictOf(key: ListedKey, reason: Lifecycle, maxAgeMs?: number) {
  const rules = { now, reasonOf: () => reason, ...(maxAgeMs === undefined ? {} : { maxAgeMs }) };
  return judge(markedKeys([key]), rules)[0];
}

const unknown: Lifecycle = { unknown: 'GitHub is away' };

describe('the reason to live', () => {
  it.each<[string, Lifetime, number, Lifecycle, number | undefined, 'revoke' | 'keep', string]>([
    ['a job, its run is over', { kind: 'job' }, 1, 'over', undefined, 'revoke', 'its run is over'],
    ['a job, its run goes on', { kind: 'job' }, 1, 'holds', undefined, 'keep', 'its run is not over'],
    ['a job, its run goes on, past max_age', { kind: 'job' }, 9 * day, 'holds', day, 'keep', 'its run is not over'],
    ['a job, nobody knows', { kind: 'job' }, 1, unknown, undefined, 'keep', 'is not known: GitHub is away'],
    ['a job, nobody knows, below max_age', { kind: 'job' }, day, unknown, day, 'keep', 'is not known'],
    ['a job, nobody knows, past max_age', { kind: 'job' }, day + 1, unknown, day, 'revoke', 'older than `max_age`'],
    ['a job of before the longest run', { kind: 'job' }, 36 * day, unknown, undefined, 'revoke', 'its run is over'],
    ['a job of just within it', { kind: 'job' }, 36 * day - 1, 'holds', undefined, 'keep', 'its run is not over'],
    [
      'a pull request, closed',
      { kind: 'pull-request', number: 7 },
      1,
      'over',
      undefined,
      'revoke',
      'pull request is over',
    ],
    [
      'a pull request, open for a year',
      { kind: 'pull-request', number: 7 },
      365 * day,
      'holds',
      day,
      'keep',
      'is not over',
    ],
    [
      'a pull request, nobody knows',
      { kind: 'pull-request', number: 7 },
      365 * day,
      unknown,
      undefined,
      'keep',
      'not known',
    ],
    ['a time that is not over', { kind: 'duration', seconds: 60 }, 59_999, 'over', 1, 'keep', 'its time is not over'],
    [
      'a time that is over',
      { kind: 'duration', seconds: 60 },
      60_000,
      'holds',
      undefined,
      'revoke',
      'its time is over',
    ],
    ['a key to keep', { kind: 'manual' }, 900 * day, 'over', undefined, 'keep', 'until somebody revokes it'],
    ['a key to keep, past max_age', { kind: 'manual' }, 2 * day, 'holds', day, 'revoke', 'older than `max_age`'],
    [
      'the key in a secret, past max_age',
      { kind: 'rotation', graceSeconds: 0, secretId },
      900 * day,
      'over',
      day,
      'keep',
      'its secret may hold it, and `rotate-key` revokes it',
    ],
  ])('%s', (_what, lifetime, ageMs, reason, maxAgeMs, action, why) => {
    expect(verdictOf(minted(lifetime, ageMs), reason, maxAgeMs)).toMatchObject({
      action,
      why: expect.stringContaining(why),
    });
  });

  it('is in doubt only where GitHub does not tell', () => {
    expect(verdictOf(minted({ kind: 'job' }, 1), unknown)?.doubt).toBe(true);
    expect(verdictOf(minted({ kind: 'job' }, 1), 'holds')?.doubt).toBeUndefined();
  });

  it.each<[Lifetime]>([
    [{ kind: 'job' }],
    [{ kind: 'duration', seconds: 1 }],
    [{ kind: 'manual' }],
    [{ kind: 'pull-request', number: 1 }],
  ])('of %o: a date that cannot be read ends nothing', (lifetime) => {
    const key = { ...minted(lifetime, 0), created_at: 'yesterday' };
    expect(verdictOf(key, unknown, 1)?.action).toBe('keep');
  });
});

describe('GitHub', () => {
  it.each<[Lifetime, number, boolean]>([
    [{ kind: 'job' }, 0, true],
    [{ kind: 'job' }, 36 * day, false],
    [{ kind: 'pull-request', number: 1 }, 36 * day, true],
    [{ kind: 'duration', seconds: 1 }, 0, false],
    [{ kind: 'manual' }, 0, false],
    [{ kind: 'rotation', graceSeconds: 1, secretId }, 0, false],
  ])('about %o of %i ms: is asked: %s', (lifetime, ageMs, asked) => {
    const [key] = markedKeys([minted(lifetime, ageMs)]);
    expect(asksGitHub(key as MarkedKey, now)).toBe(asked);
  });
});

describe('a key that may be in a secret', () => {
  const hour = 3_600_000;

  it.each<[string, Lifetime]>([
    ['a closed pull request', { kind: 'pull-request', number: 7, inSecret: true }],
    ['a time that is over', { kind: 'duration', seconds: 1, inSecret: true }],
  ])('of %s: is left to a later sweep for two hours', (_what, lifetime) => {
    const verdicts = [2 * hour, 2 * hour + 1].map((ageMs) => verdictOf(minted(lifetime, ageMs), 'over', 1));
    expect(verdicts.map((verdict) => verdict?.action)).toEqual(['keep', 'revoke']);
    expect(verdicts[0]?.why).toBe('a step may still be storing it in a secret, because it is younger than two hours');
  });

  it.each<[string, Lifetime, Lifecycle]>([
    ['a key to keep', { kind: 'manual', inSecret: true }, 'over'],
    ['a pull request GitHub does not tell of', { kind: 'pull-request', number: 7, inSecret: true }, unknown],
  ])('of %s: `max_age` does not end it', (_what, lifetime, reason) => {
    expect(verdictOf(minted(lifetime, 900 * day), reason, 1)?.action).toBe('keep');
  });

  it('of a rotation is always kept, however many there are', () => {
    const rotation = { kind: 'rotation', graceSeconds: 0, secretId } as const;
    const used = new Date(now).toISOString();
    const keys = [minted(rotation, 900 * day, 'NEON', used), minted(rotation, 2 * day, 'NEON', used)];
    const verdicts = judge(markedKeys(keys), { now, reasonOf: () => 'over', maxAgeMs: 1 });
    expect(verdicts.map(({ action, doubt }) => [action, doubt])).toEqual([
      ['keep', undefined],
      ['keep', undefined],
    ]);
  });
});

describe('another server', () => {
  it('has keys of its own: its repositories and runs have the same numbers', () => {
    const mark = {
      server: 'abc',
      repositoryId: 1,
      runId: 2,
      runAttempt: 1,
      lifetime: { kind: 'job' },
      nonce: 'n',
    } as const;
    const keys = [listed(composeName('ci', mark), day), minted({ kind: 'job' }, day)];
    expect(markedKeys(keys).map(({ key }) => key)).toEqual([keys[1]]);
    expect(markedKeys(keys, 'abc').map(({ key }) => key)).toEqual([keys[0]]);
    expect(markedKeys(keys, 'xyz')).toEqual([]);
  });
});

describe('what is swept', () => {
  const lifetimes: fc.Arbitrary<Lifetime> = fc.oneof(
    fc.constantFrom<Lifetime>({ kind: 'job' }, { kind: 'manual' }),
    fc.nat().map((number): Lifetime => ({ kind: 'pull-request', number })),
    fc.nat().map((seconds): Lifetime => ({ kind: 'duration', seconds })),
    fc.nat().map((graceSeconds): Lifetime => ({ kind: 'rotation', graceSeconds, secretId })),
  );
  const ages = fc.integer({ min: -day, max: 400 * day });
  const used = fc.constantFrom(null, new Date(now).toISOString());
  const keys = fc.array(
    fc.oneof(
      fc.tuple(lifetimes, ages, fc.constantFrom('A', 'B'), used).map((parts) => minted(...parts)),
      fc.tuple(fc.string(), ages).map((parts) => listed(...parts)),
      fc
        .tuple(fc.constantFrom('~gha.', 'a ~gha.1.2-1.x.n', 'a ~gha.1.2-1.J.n', 'a ~GHA.1.2-1.j.n'), ages)
        .map((parts) => listed(...parts)),
    ),
  );
  const reasons = fc.func(fc.constantFrom<Lifecycle>('over', 'holds', unknown));
  const maxAge = fc.option(fc.nat(400 * day), { nil: undefined });

  function expectOver(verdict: MarkedKey, reason: Lifecycle, maxAgeMs: number | undefined): void {
    const { key, mark } = verdict;
    expect(key.name).toContain('~gha.');
    if (asksGitHub(verdict, now)) expect(reason).not.toBe('holds');
    if (mark.lifetime.kind === 'manual') expect(maxAgeMs).toBeDefined();
    if (mark.lifetime.kind !== 'duration') return;
    expect(Date.parse(key.created_at) + mark.lifetime.seconds * 1000).toBeLessThanOrEqual(now);
  }

  it('carries our mark, and has no reason to live that holds', () => {
    fc.assert(
      fc.property(keys, reasons, maxAge, (all, reasonOf, maxAgeMs) => {
        const asked = (key: MarkedKey) => reasonOf(key.key.id);
        const verdicts = judge(markedKeys(all), {
          now,
          reasonOf: asked,
          ...(maxAgeMs === undefined ? {} : { maxAgeMs }),
        });
        for (const verdict of verdicts.filter(({ action }) => action === 'revoke')) {
          expectOver(verdict, asked(verdict), maxAgeMs);
        }
      }),
    );
  });

  it('does not depend on the order of the list', () => {
    fc.assert(
      fc.property(keys, reasons, (all, reasonOf) => {
        const rules = { now, reasonOf: (key: MarkedKey) => reasonOf(key.key.id) };
        const actions = (list: ListedKey[]) =>
          new Map(judge(markedKeys(list), rules).map(({ key, action }) => [key.id, action]));
        expect(actions(all.toReversed())).toEqual(new Map([...actions(all)]));
      }),
    );
  });
});
