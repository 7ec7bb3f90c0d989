import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lifecycle } from '../../src/keys/lifecycle.ts';
import { composeKeyName, type Lifetime } from '../../src/keys/name.ts';
import {
  type EndReason,
  isChangeable,
  judge,
  lifecycleSubjectOf,
  type MarkedKey,
  markedKeys,
  newestOfSecrets,
} from '../../src/keys/sweep-rule.ts';
import type { ListedKey } from '../../src/neon/endpoints.ts';

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.parse('2026-11-24T12:00:00Z');

let lastId = 0;

function listed(name: string, ageMs: number): ListedKey {
  lastId += 1;
  const created_by = { id: 'ada', name: 'Ada', image: '' };
  const created_at = new Date(now - ageMs).toISOString();
  return { id: String(lastId), name, created_at, created_by, last_used_at: null, last_used_from_addr: '' };
}

function minted(lifetime: Lifetime, ageMs: number): ListedKey {
  const mark = { repositoryId: 1, runId: 2, runAttempt: 1, lifetime, nonce: `n${lastId}` };
  return listed(composeKeyName('NEON', mark), ageMs);
}

const active: Lifecycle = { state: 'active' };
const ended: Lifecycle = { state: 'ended' };
const missing: Lifecycle = { state: 'missing' };
const unknown: Lifecycle = { state: 'unknown', doubt: { code: 'unreadable-response' } };

interface Given {
  lifecycle?: Lifecycle;
  maxAgeMs?: number | undefined;
  times?: number[];
  /** A key that was created after it. */
  newer?: ListedKey;
}

function judged(key: ListedKey, { lifecycle = unknown, maxAgeMs, times = [now, now], newer }: Given = {}): string {
  const [marked] = markedKeys([key], undefined);
  const newest = newestOfSecrets(
    newer ? [marked as MarkedKey, ...markedKeys([newer], undefined)] : [marked as MarkedKey],
  );
  const judgement = judge(marked as MarkedKey, { times, maxAgeMs, lifecycleOf: () => lifecycle, newest });
  return judgement.reason === 'in-doubt'
    ? `in doubt: ${judgement.doubt.code}`
    : `${judgement.action}: ${judgement.reason}`;
}

const job: Lifetime = { kind: 'job' };
const pull: Lifetime = { kind: 'pull-request', number: 7 };
const manual: Lifetime = { kind: 'manual' };
const minute: Lifetime = { kind: 'duration', seconds: 60 };
const rotation: Lifetime = { kind: 'rotation', graceSeconds: 0, secretId: 'abcdefghij' };

describe('judge', () => {
  it.each<[string, string, Lifetime, number, Given]>([
    ['keep: run-active', 'a job whose run is active', job, 1, { lifecycle: active }],
    [
      'keep: run-active',
      'a job whose run is active, older than max_age',
      job,
      9 * day,
      { lifecycle: active, maxAgeMs: day },
    ],
    ['keep: run-active', 'a job whose run is active after 40 days', job, 40 * day, { lifecycle: active }],
    ['revoke: run-ended', 'a job whose run has ended', job, 1, { lifecycle: ended }],
    ['revoke: run-missing', 'a job whose run is missing', job, hour, { lifecycle: missing }],
    ['keep: too-new', 'a job whose run is missing, in the first hour', job, hour - 1, { lifecycle: missing }],
    ['keep: too-new', 'a new job whose run is missing, with max_age', job, 2, { lifecycle: missing, maxAgeMs: 1 }],
    ['in doubt: unreadable-response', 'a job in doubt', job, 400 * day, {}],
    ['in doubt: unreadable-response', 'a job in doubt, younger than max_age', job, day - 1, { maxAgeMs: day }],
    ['revoke: max-age', 'a job in doubt, older than max_age', job, day, { maxAgeMs: day }],
    ['keep: pull-request-active', 'an open pull request', pull, 365 * day, { lifecycle: active, maxAgeMs: day }],
    ['revoke: pull-request-closed', 'a closed pull request', pull, 1, { lifecycle: ended }],
    ['revoke: pull-request-missing', 'a missing pull request', pull, hour, { lifecycle: missing }],
    ['keep: too-new', 'a missing pull request, in the first hour', pull, hour - 1, { lifecycle: missing }],
    ['in doubt: unreadable-response', 'a pull request in doubt', pull, 365 * day, {}],
    ['keep: duration-not-elapsed', 'a duration', minute, 59_999, { maxAgeMs: 1 }],
    ['revoke: duration-elapsed', 'a duration that has elapsed', minute, 60_000, {}],
    ['keep: manual', 'a manual key', manual, 900 * day, { lifecycle: ended }],
    ['revoke: max-age', 'a manual key older than max_age', manual, day, { maxAgeMs: day }],
    ['keep: rotation', 'a rotation key', rotation, 900 * day, { lifecycle: ended }],
    ['keep: rotation', 'a rotation key younger than max_age', rotation, day - 1, { maxAgeMs: day }],
    ['in doubt: not-rotated', 'a rotation key older than max_age', rotation, day, { maxAgeMs: day }],
    [
      'keep: rotation',
      'a rotation key that was replaced',
      rotation,
      9 * day,
      { maxAgeMs: day, newer: minted(rotation, 0) },
    ],
    [
      'in doubt: not-rotated',
      'a rotation key beside a newer key of another secret',
      rotation,
      9 * day,
      { maxAgeMs: day, newer: minted({ ...rotation, secretId: 'zzzzzzzzzz' }, 0) },
    ],
  ])('returns "%s" for %s', (judgement, _case, lifetime, ageMs, given) => {
    expect(judged(minted(lifetime, ageMs), given)).toBe(judgement);
  });

  it.each([job, pull, minute, manual])('keeps %o if its date cannot be read', (lifetime) => {
    expect(judged({ ...minted(lifetime, 0), created_at: 'yesterday' }, { maxAgeMs: 1 })).toMatch(/^(?:keep|in doubt)/);
  });
});

describe('a key that may be in a secret', () => {
  it.each<[string, Lifetime, Given]>([
    ['of a closed pull request', { ...pull, inSecret: true }, { lifecycle: ended }],
    ['of a missing pull request', { ...pull, inSecret: true }, { lifecycle: missing }],
    ['of a duration that has elapsed', { ...minute, inSecret: true }, {}],
  ])('is kept for two hours with the lifetime %s', (_case, lifetime, given) => {
    expect(judged(minted(lifetime, 2 * hour - 1), given)).toBe('keep: storing');
    expect(judged(minted(lifetime, 2 * hour), given)).toMatch(/^revoke/);
  });

  it.each<[string, Lifetime, string]>([
    ['a manual key', { ...manual, inSecret: true }, 'keep: manual'],
    ['a pull request in doubt', { ...pull, inSecret: true }, 'in doubt: unreadable-response'],
  ])('is not revoked by `max_age`: %s', (_case, lifetime, judgement) => {
    expect(judged(minted(lifetime, 900 * day), { maxAgeMs: 1 })).toBe(judgement);
  });
});

describe('judge, with clocks that differ', () => {
  const ahead = now + 40 * day;

  it.each<[string, string, Lifetime, number[]]>([
    ['in doubt: clocks-disagree', "Neon's clock is 40 days ahead", minute, [now, ahead]],
    ['in doubt: clocks-disagree', "this machine's clock is 40 days ahead", minute, [ahead, now]],
    ['in doubt: clocks-disagree', "all but GitHub's clock are 40 days ahead", minute, [ahead, ahead, now]],
    ['in doubt: one-clock', 'there is only one clock', minute, [ahead]],
    ['keep: duration-not-elapsed', 'clocks differ by a minute', minute, [now, now + 60_000]],
    ['in doubt: clocks-disagree', 'one clock is 40 days ahead, for a manual key', manual, [now, ahead]],
    ['keep: run-active', 'all clocks are 40 days ahead, for a job key', job, [ahead, ahead]],
  ])('returns "%s" if %s', (judgement, _case, lifetime, times) => {
    expect(judged(minted(lifetime, 0), { times, lifecycle: active, maxAgeMs: 30 * day })).toBe(judgement);
  });

  it.each<[string, number[]]>([
    ['keep: too-new', [now, now + 60_000]],
    ['in doubt: clocks-disagree', [now, ahead]],
    ['in doubt: one-clock', [ahead]],
    ['revoke: run-missing', [ahead, ahead]],
  ])('returns "%s" for a new key whose run is missing, at the times %o', (judgement, times) => {
    expect(judged(minted(job, 0), { times, lifecycle: missing })).toBe(judgement);
  });

  it('revokes a key that has expired by all clocks', () => {
    expect(judged(minted(minute, day), { times: [now, ahead] })).toBe('revoke: duration-elapsed');
  });
});

describe('lifecycleSubjectOf', () => {
  it.each<[Lifetime, object | undefined]>([
    [job, { kind: 'run', repositoryId: 1, number: 2, attempt: 1 }],
    [pull, { kind: 'pull-request', repositoryId: 1, number: 7, attempt: 1 }],
    [minute, undefined],
    [manual, undefined],
    [rotation, undefined],
  ])('returns, for a key with %o, %o at any age', (lifetime, subject) => {
    const [key] = markedKeys([minted(lifetime, 400 * day)], undefined);
    expect(lifecycleSubjectOf(key as MarkedKey)).toEqual(subject);
  });
});

it.each<[EndReason, boolean]>([
  ['run-missing', true],
  ['pull-request-closed', true],
  ['pull-request-missing', true],
  ['max-age', true],
  ['run-ended', false],
  ['duration-elapsed', false],
])('a second look can change a verdict for %s: %s', (reason, expected) => {
  expect(isChangeable({ action: 'revoke', reason })).toBe(expected);
});

describe('markedKeys', () => {
  it('skips keys of another server, whose repositories and runs have the same IDs', () => {
    const mark = { server: 'abc', repositoryId: 1, runId: 2, runAttempt: 1, lifetime: job, nonce: 'n' };
    const keys = [listed(composeKeyName('ci', mark), day), minted(job, day)];
    expect(markedKeys(keys, undefined).map(({ key }) => key)).toEqual([keys[1]]);
    expect(markedKeys(keys, 'abc').map(({ key }) => key)).toEqual([keys[0]]);
    expect(markedKeys(keys, 'xyz')).toEqual([]);
  });
});

describe('judge, for random keys', () => {
  const inSecret = fc.constantFrom({}, { inSecret: true });
  const lifetimes: fc.Arbitrary<Lifetime> = fc.oneof(
    fc.constantFrom(job, manual, rotation),
    fc.tuple(fc.nat(), inSecret).map(([number, more]): Lifetime => ({ kind: 'pull-request', number, ...more })),
    fc.tuple(fc.nat(1e7), inSecret).map(([seconds, more]): Lifetime => ({ kind: 'duration', seconds, ...more })),
  );
  const ages = fc.integer({ min: -day, max: 400 * day });
  const notOurs = fc.oneof(
    fc.string(),
    fc.constantFrom('~gha.', 'a ~gha.1.2-1.x.n', 'a ~gha.1.2-1.J.n', 'a ~GHA.1.2-1.j.n'),
  );
  const given = fc.record({
    lifecycle: fc.constantFrom(active, ended, missing, unknown),
    maxAgeMs: fc.option(fc.nat(400 * day), { nil: undefined }),
    times: fc.array(fc.integer({ min: now - 50 * day, max: now + 50 * day }), { minLength: 1, maxLength: 3 }),
  });

  it('never revokes a key without our mark', () => {
    fc.assert(
      fc.property(notOurs, ages, (name, age) => {
        expect(markedKeys([listed(name, age)], undefined)).toEqual([]);
      }),
    );
  });

  it('never revokes a key whose run or pull request is active', () => {
    fc.assert(
      fc.property(lifetimes, ages, given, (lifetime, ageMs, rules) => {
        const judgement = judged(minted(lifetime, ageMs), { ...rules, lifecycle: active });
        if (lifetime.kind === 'job' || lifetime.kind === 'pull-request') expect(judgement).toMatch(/^keep/);
        if (lifetime.kind === 'rotation') expect(judgement).toMatch(/^(?:keep|in doubt)/);
      }),
    );
  });

  it('revokes a key for its age only if it is old enough by every clock', () => {
    fc.assert(
      fc.property(lifetimes, ages, given, (lifetime, ageMs, rules) => {
        const judgement = judged(minted(lifetime, ageMs), rules);
        fc.pre(judgement.startsWith('revoke'));
        const least = [
          ...(lifetime.kind === 'duration' ? [lifetime.seconds * 1000] : []),
          ...(judgement === 'revoke: max-age' ? [rules.maxAgeMs ?? Infinity] : []),
          ...('inSecret' in lifetime ? [2 * hour] : []),
        ];
        const youngest = ageMs + Math.min(...rules.times) - now;
        for (const ms of least) expect(youngest).toBeGreaterThanOrEqual(ms);
      }),
      { numRuns: 2000 },
    );
  });
});
