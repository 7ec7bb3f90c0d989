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

describe('a key that may never have been stored', () => {
  it.each<[string, string, number, number | undefined, number]>([
    ['never-stored', 'it was minted over two hours after the last write', twoHours + 1, 0, 100 * day],
    ['keep', 'it was minted exactly two hours after the last write', twoHours, 0, 100 * day],
    ['keep', 'it is exactly two hours old', day, 0, day + twoHours],
    ['never-stored', 'it is over two hours old', day, 0, day + twoHours + 1],
    ['keep', 'it was minted before the last write', day, 2 * day, 100 * day],
    ['keep', 'GitHub does not show its secret', day, undefined, 100 * day],
    ['keep', 'the date of its secret cannot be read', day, Number.NaN, 100 * day],
    ['keep', 'its age is unknown', Number.NaN, 0, 100 * day],
    ['keep', 'the time of the list is unknown', day, 0, Number.NaN],
  ])('has the verdict %s if %s', (verdict, _what, createdAt, updatedAt, listedAt) => {
    expect(verdictOf(history([createdAt], { updatedAt, listedAt }))?.verdict).toBe(verdict);
  });

  it('is not a successor of the key in the secret', () => {
    const all = history([0, 50 * day], { updatedAt: minute });
    const verdicts = judgeRotation(all, { createdAt: 100 * day, graceMs: day });
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['keep', 'never-stored']);
  });
});

describe('a key that may have been replaced', () => {
  const grace = day;

  it.each<[string, string, number[], number, number]>([
    ['replaced', 'the grace of its successor and two hours have passed', [0, day], 2 * day + twoHours, grace],
    ['keep', 'the grace of its successor and two hours have not passed', [0, day], 2 * day + twoHours - 1, grace],
    ['keep', 'only the new key is newer', [0], 50 * day, grace],
    ['replaced', 'only the new key is newer, without a grace', [0], 50 * day, 0],
    ['keep', 'its successor was minted exactly two hours later', [0, twoHours], 50 * day, grace],
    ['replaced', 'its successor was minted over two hours later', [0, twoHours + 1], 50 * day, grace],
    ['keep', 'it was minted exactly two hours before the new key', [0], twoHours, 0],
    ['replaced', 'it was minted over two hours before the new key', [0], twoHours + 1, 0],
    ['keep', 'the age of its successor is unknown', [0, Number.NaN], 50 * day, grace],
    ['keep', 'its own age is unknown', [Number.NaN, day], 50 * day, grace],
    ['keep', 'the age of the new key is unknown', [0, day], Number.NaN, grace],
  ])('has the verdict %s if %s', (verdict, _what, createdAt, newKeyAt, graceMs) => {
    const all = history(createdAt, { updatedAt: 50 * day });
    expect(verdictOf(all, { createdAt: newKeyAt, graceMs })?.verdict).toBe(verdict);
  });

  it('is kept without a known end before the new key is stored', () => {
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

  it('revokes no additional key if the list is older or no new key is stored', () => {
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
  it.each<[boolean, string, number[], number | undefined]>([
    [true, 'a secret that was written without any of our keys', [], day],
    [true, 'a secret that was written long after our last key', [0], day],
    [true, 'a secret that was written long before our first key', [10 * day], day],
    [false, 'a secret that was written right after one of ours', [day - minute], day],
    [false, 'a secret that was written just before one of ours, by the clocks', [day + 10 * minute], day],
    [false, 'a new secret', [], undefined],
  ])('is %s for %s', (expected, _what, createdAt, updatedAt) => {
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
