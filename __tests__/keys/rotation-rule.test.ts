import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WorkflowRun } from '../../src/github/run.ts';
import type { SecretPlace } from '../../src/github/secrets.ts';
import { composeKeyName, type Lifetime } from '../../src/keys/name.ts';
import {
  judgeRotation,
  keysOfSecret,
  mayHoldForeignKey,
  type SecretHistory,
  type SecretKey,
  type StoredMint,
  secretIdOf,
} from '../../src/keys/rotation-rule.ts';
import type { ListedKey } from '../../src/neon/endpoints.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const twoHours = 2 * hour;

function key(createdAt: number): SecretKey {
  return { id: String(createdAt), name: 'NEON', createdAt };
}

function history(createdAt: number[], more: Partial<SecretHistory> = {}): SecretHistory {
  return { keys: createdAt.map(key), listedAt: 100 * day, updatedAt: undefined, ...more };
}

/** The verdict on the first key. */
function verdictOf(all: SecretHistory, stored?: StoredMint) {
  return judgeRotation(all, stored)[0];
}

describe('a key that was never stored', () => {
  it.each<[string, number, number | undefined, number, string]>([
    ['minted over two hours after the last write', twoHours + 1, 0, 100 * day, 'never-stored'],
    ['minted two hours after the last write', twoHours, 0, 100 * day, 'keep'],
    ['two hours old', day, 0, day + twoHours, 'keep'],
    ['over two hours old', day, 0, day + twoHours + 1, 'never-stored'],
    ['minted before the last write', day, 2 * day, 100 * day, 'keep'],
    ['of a secret that GitHub does not show', day, undefined, 100 * day, 'keep'],
    ['of a secret whose date cannot be read', day, Number.NaN, 100 * day, 'keep'],
    ['of an unknown age', Number.NaN, 0, 100 * day, 'keep'],
    ['listed at an unknown time', day, 0, Number.NaN, 'keep'],
  ])('%s', (_what, createdAt, updatedAt, listedAt, verdict) => {
    expect(verdictOf(history([createdAt], { updatedAt, listedAt }))?.verdict).toBe(verdict);
  });

  it('is not a successor of the key in the secret', () => {
    const all = history([0, 50 * day], { updatedAt: minute });
    const verdicts = judgeRotation(all, { createdAt: 100 * day, graceMs: day });
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['keep', 'never-stored']);
  });
});

describe('a key that was replaced', () => {
  const grace = day;

  it.each<[string, number[], number, number, string]>([
    ['by a key whose grace and two hours have passed', [0, day], 2 * day + twoHours, grace, 'replaced'],
    ['by a key whose grace and two hours have not passed', [0, day], 2 * day + twoHours - 1, grace, 'keep'],
    ['by the new key alone', [0], 50 * day, grace, 'keep'],
    ['by the new key alone, without a grace', [0], 50 * day, 0, 'replaced'],
    ['by a key minted two hours later', [0, twoHours], 50 * day, grace, 'keep'],
    ['by a key minted over two hours later', [0, twoHours + 1], 50 * day, grace, 'replaced'],
    ['less than two hours before the new key', [0], twoHours, 0, 'keep'],
    ['more than two hours before the new key', [0], twoHours + 1, 0, 'replaced'],
    ['by a key of unknown age', [0, Number.NaN], 50 * day, grace, 'keep'],
    ['at an unknown age', [Number.NaN, day], 50 * day, grace, 'keep'],
    ['by a new key of unknown age', [0, day], Number.NaN, grace, 'keep'],
  ])('%s', (_what, createdAt, newKeyAt, graceMs, verdict) => {
    const all = history(createdAt, { updatedAt: 50 * day });
    expect(verdictOf(all, { createdAt: newKeyAt, graceMs })?.verdict).toBe(verdict);
  });

  it('is unknown before the secret is written', () => {
    expect(verdictOf(history([0, day], { updatedAt: day }))).toMatchObject({ verdict: 'keep', until: undefined });
  });

  it('is kept until its first successor is older than `grace` and two hours', () => {
    const all = history([0, 3 * day, 2 * day], { listedAt: 3 * day, updatedAt: 3 * day });
    expect(verdictOf(all, { createdAt: 3 * day + minute, graceMs: 2 * day })).toMatchObject({
      verdict: 'keep',
      until: 4 * day + twoHours,
    });
  });

  it('is not revoked early by a `Date` header that is 40 days ahead', () => {
    const all = history([0, day], { listedAt: 41 * day, updatedAt: day });
    expect(verdictOf(all, { createdAt: day + 3 * hour, graceMs: day })?.verdict).toBe('keep');
  });
});

describe('judgeRotation', () => {
  const times = fc.integer({ min: 0, max: 40 * day });
  const histories = fc.record({
    keys: fc.uniqueArray(times.map(key), { selector: ({ id }) => id, maxLength: 12 }),
    listedAt: times,
    updatedAt: fc.option(times, { nil: undefined }),
  });
  const mints = fc.record({ createdAt: times, graceMs: fc.constantFrom(0, hour, day) });

  it('never revokes a key that may still be written to the secret after the new key', () => {
    fc.assert(
      fc.property(histories, mints, (all, stored) => {
        for (const { key: judged, verdict } of judgeRotation(all, stored)) {
          if (verdict === 'replaced') expect(stored.createdAt - judged.createdAt).toBeGreaterThan(twoHours);
          if (verdict === 'never-stored') expect(judged.createdAt - (all.updatedAt ?? 0)).toBeGreaterThan(twoHours);
        }
      }),
    );
  });

  it('revokes no key because less is known about it', () => {
    fc.assert(
      fc.property(histories, mints, times, (all, stored, earlier) => {
        const revoked = (some: SecretHistory, mint?: StoredMint) =>
          judgeRotation(some, mint).flatMap(({ key: { id }, verdict }) => (verdict === 'keep' ? [] : [id]));
        const known = revoked(all, stored);
        expect(known).toEqual(
          expect.arrayContaining(revoked({ ...all, listedAt: Math.min(all.listedAt, stored.createdAt) })),
        );
        const listedEarlier = { ...all, listedAt: Math.min(all.listedAt, earlier) };
        expect(revoked(all)).toEqual(expect.arrayContaining(revoked(listedEarlier)));
      }),
    );
  });

  it('does not depend on the order of the keys', () => {
    fc.assert(
      fc.property(histories, mints, (all, stored) => {
        const reversed = { ...all, keys: all.keys.toReversed() };
        expect(judgeRotation(reversed, stored).toReversed()).toEqual(judgeRotation(all, stored));
      }),
    );
  });
});

describe('mayHoldForeignKey', () => {
  it.each<[string, number[], number | undefined, boolean]>([
    ['in a secret that was written without any of our keys', [], day, true],
    ['in a secret that was written long after our last key', [0], day, true],
    ['in a secret that was written long before our first key', [10 * day], day, true],
    ['in a secret that was written right after one of ours', [day - minute], day, false],
    ['in a secret that was written just before one of ours, by the clocks', [day + 10 * minute], day, false],
    ['in a new secret', [], undefined, false],
  ])('%s', (_what, createdAt, updatedAt, expected) => {
    expect(mayHoldForeignKey(history(createdAt, { updatedAt }))).toBe(expected);
  });
});

describe('the keys of a secret', () => {
  const listed = (name: string, created_at = '2026-11-24T00:00:00Z'): ListedKey => ({
    id: '7',
    name,
    created_at,
    created_by: { id: 'ada', name: 'Ada', image: '' },
    last_used_at: null,
    last_used_from_addr: '',
  });
  const named = (lifetime: Lifetime) =>
    composeKeyName('NEON', { repositoryId: 5, runId: 1, runAttempt: 1, lifetime, nonce: 'abcdefghij' });
  const rotated = named({ kind: 'rotation', graceSeconds: 90, secretId: 'abcdefghij' });

  it('are the keys whose mark contains the ID of the secret', () => {
    const others = [
      listed('NEON'),
      listed(named({ kind: 'manual', inSecret: true })),
      listed(named({ kind: 'rotation', graceSeconds: 90, secretId: 'jihgfedcba' })),
    ];
    expect(keysOfSecret([listed(rotated), ...others], 'abcdefghij')).toEqual([
      { id: '7', name: rotated, createdAt: Date.parse('2026-11-24T00:00:00Z') },
    ]);
  });

  it('have an unknown age if Neon does not report it', () => {
    expect(keysOfSecret([listed(rotated, '')], 'abcdefghij')[0]?.createdAt).toBeNaN();
  });
});

describe('secretIdOf', () => {
  const run = { repositoryId: 5, runId: 1, runAttempt: 1, repository: 'acme/shop', runsUrl: '', job: '' };
  const neon = { name: 'NEON', scope: 'repository' } as const;
  const staging = { name: 'NEON', scope: 'environment', environment: 'staging' } as const;
  const all = { name: 'NEON', scope: 'organization' } as const;

  it('returns the same ID as earlier versions, because active keys contain it', () => {
    const elsewhere = { ...run, server: 'abc' };
    expect([secretIdOf(neon, run), secretIdOf(all, run), secretIdOf(staging, elsewhere)]).toEqual([
      'va588jc337',
      '0lu2rj0gmx',
      'sgp77509me',
    ]);
  });

  it('returns ten letters and digits', () => {
    expect(secretIdOf(neon, run)).toMatch(/^[0-9a-z]{10}$/);
  });

  it.each<[string, SecretPlace, SecretPlace, Partial<WorkflowRun>, boolean]>([
    ['letter case', neon, { ...neon, name: 'neon' }, {}, true],
    ['letter case of the environment', staging, { ...staging, environment: 'STAGING' }, {}, true],
    ['another run', neon, neon, { runId: 2, runAttempt: 3 }, true],
    ['a repository that was renamed', neon, neon, { repository: 'acme/store' }, true],
    ['another repository', neon, neon, { repositoryId: 6 }, false],
    [
      'another repository, for the secret of their organization',
      all,
      all,
      { repositoryId: 6, repository: 'Acme/b' },
      true,
    ],
    ['another organization', all, all, { repository: 'other/shop' }, false],
    ['another scope', neon, all, {}, false],
    ['another environment', staging, { ...staging, environment: 'production' }, {}, false],
    ['another name', neon, { ...neon, name: 'NEON2' }, {}, false],
    ['another server', neon, neon, { server: 'abc' }, false],
  ])('decides whether the ID is the same for %s', (_what, one, other, change, isSame) => {
    expect(secretIdOf(other, { ...run, ...change }) === secretIdOf(one, run)).toBe(isSame);
  });
});
