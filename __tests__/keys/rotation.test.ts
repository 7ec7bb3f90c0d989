import { describe, expect, it } from 'vitest';
import type { WorkflowRun } from '../../src/github/run.ts';
import type { SecretPlace } from '../../src/github/secrets.ts';
import { composeName, type Lifetime } from '../../src/keys/name.ts';
import { type RotationKey, replacedUntil, rotationKeys, secretIdOf, storeWithinMs } from '../../src/keys/rotation.ts';
import type { ListedKey } from '../../src/neon/endpoints.ts';

const minute = 60_000;
const hour = 60 * minute;

function key(createdAt: number, more: Partial<RotationKey> = {}): RotationKey {
  const same = {
    id: String(createdAt),
    name: 'NEON',
    secretId: 'abcdefghij',
    createdBy: 'ada',
    graceMs: hour,
    stored: true,
  };
  return { ...same, createdAt, ...more };
}

describe('how long a key lives on after a newer one', () => {
  const old = key(0);

  it.each<[string, RotationKey[], number | undefined]>([
    ['alone: for ever', [], undefined],
    ['beside itself: for ever', [old], undefined],
    ['after a newer one: for the grace of the newer one', [key(storeWithinMs)], storeWithinMs + hour],
    ['after one that has no grace: no longer', [key(storeWithinMs, { graceMs: 0 })], storeWithinMs],
    ['after one that was never used: that may never have been stored', [key(hour, { stored: false })], undefined],
    ['after one that is hardly newer: it may have been stored before this one', [key(storeWithinMs - 1)], undefined],
    ['after one of another maker: anybody may call a key so', [key(hour, { createdBy: 'eve' })], undefined],
    ['after two: whichever is sooner', [key(2 * hour, { graceMs: 0 }), key(hour, { graceMs: 5 * hour })], 2 * hour],
    ['beside older ones: for ever', [key(-hour), key(-2 * hour)], undefined],
    ['beside one whose age cannot be read: for ever', [key(Number.NaN)], undefined],
  ])('%s', (_what, siblings, until) => {
    expect(replacedUntil(old, siblings)).toBe(until);
  });

  it('a key whose maker is not told is replaced by nothing', () => {
    expect(replacedUntil(key(0, { createdBy: '' }), [key(hour, { createdBy: '' })])).toBeUndefined();
  });

  it('a key whose age cannot be read is replaced by nothing', () => {
    expect(replacedUntil(key(Number.NaN), [key(hour)])).toBeUndefined();
  });
});

describe('rotation keys in the list of Neon', () => {
  const listed = (name: string, more: Partial<ListedKey> = {}): ListedKey => ({
    id: '7',
    name,
    created_at: '2026-11-24T00:00:00Z',
    created_by: { id: 'ada', name: 'Ada', image: '' },
    last_used_at: null,
    last_used_from_addr: '',
    ...more,
  });
  const named = (label: string, lifetime: Lifetime) =>
    composeName(label, { repositoryId: 5, runId: 1, runAttempt: 1, lifetime, nonce: 'abcdefghij' });
  const rotated = named('NEON', { kind: 'rotation', graceSeconds: 90, secretId: 'abcdefghij' });

  it('are told by their mark', () => {
    const others = [listed('NEON'), listed(named('NEON', { kind: 'manual' })), listed(`x${rotated.slice(4)}`)];
    const [first, second] = rotationKeys([listed(rotated), ...others]);
    expect(first).toEqual({
      id: '7',
      name: rotated,
      secretId: 'abcdefghij',
      createdBy: 'ada',
      createdAt: Date.parse('2026-11-24T00:00:00Z'),
      graceMs: 90_000,
      stored: false,
    });
    expect(second?.name).toBe(`x${rotated.slice(4)}`);
  });

  it('are nobody’s when Neon does not tell who made them', () => {
    const keys = [listed(rotated, { created_by: undefined } as never), listed(rotated, { created_by: {} } as never)];
    expect(rotationKeys(keys).map(({ createdBy }) => createdBy)).toEqual(['', '']);
  });

  it.each([
    [null, false],
    [undefined, false],
    ['', false],
    ['2026-11-24T01:00:00Z', true],
  ])('last used %j: stored is %s', (last_used_at, stored) => {
    expect(rotationKeys([listed(rotated, { last_used_at } as Partial<ListedKey>)])[0]?.stored).toBe(stored);
  });
});

describe('the id of a secret', () => {
  const run = { repositoryId: 5, runId: 1, runAttempt: 1, repository: 'acme/shop', runsUrl: '', job: '' };
  const neon = { name: 'NEON', scope: 'repository' } as const;
  const staging = { name: 'NEON', scope: 'environment', environment: 'staging' } as const;
  const all = { name: 'NEON', scope: 'organization' } as const;

  it('stays what it was: another one would take the keys that are live for those of another secret', () => {
    const elsewhere = { ...run, server: 'abc' };
    expect([secretIdOf(neon, run), secretIdOf(all, run), secretIdOf(staging, elsewhere)]).toEqual([
      'va588jc337',
      '0lu2rj0gmx',
      'sgp77509me',
    ]);
  });

  it('is ten letters and digits', () => {
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
  ])('%s: the same id or another', (_what, one, other, change, isSame) => {
    expect(secretIdOf(other, { ...run, ...change }) === secretIdOf(one, run)).toBe(isSame);
  });
});
