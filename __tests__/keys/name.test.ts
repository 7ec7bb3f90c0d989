import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  composeName,
  isLabelled,
  isMeantBy,
  type Lifetime,
  type Mark,
  originOf,
  parseName,
} from '../../src/keys/name.ts';

const mark: Mark = {
  repositoryId: 812_345_678,
  runId: 19_876_543_210,
  runAttempt: 1,
  lifetime: { kind: 'job' },
  nonce: 'x7k2m9q4tz',
};

const natural = fc.maxSafeNat();
const lifetimes: fc.Arbitrary<Lifetime> = fc.oneof(
  fc.constant<Lifetime>({ kind: 'job' }),
  fc.constant<Lifetime>({ kind: 'manual' }),
  natural.map((number): Lifetime => ({ kind: 'pull-request', number })),
  natural.map((seconds): Lifetime => ({ kind: 'duration', seconds })),
  fc
    .record({ graceSeconds: natural, secretId: fc.stringMatching(/^[0-9a-z]{10}$/) })
    .map((rotation): Lifetime => ({ kind: 'rotation', ...rotation })),
);
const marks: fc.Arbitrary<Mark> = fc.record({
  repositoryId: natural,
  runId: natural,
  runAttempt: fc.integer({ min: 1, max: 1000 }),
  lifetime: lifetimes,
  nonce: fc.stringMatching(/^[0-9a-z]{10}$/),
});
const realMarks = marks.filter(({ repositoryId, runId }) => repositoryId < 1e12 && runId < 1e13);
const labels = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', ' ', 'a ~gha.1.2-1.j.x', '~gha.'),
);

describe('composeName', () => {
  it.each<[string, string, Partial<Mark>, string]>([
    ['a job', 'shop test', {}, 'shop test ~gha.dfndxq.94pzawa-1.j.x7k2m9q4tz'],
    ['a later attempt', 'shop', { runAttempt: 36 }, 'shop ~gha.dfndxq.94pzawa-10.j.x7k2m9q4tz'],
    [
      'a pull request',
      'shop',
      { lifetime: { kind: 'pull-request', number: 1295 } },
      'shop ~gha.dfndxq.94pzawa-1.pzz.x7k2m9q4tz',
    ],
    [
      'a duration',
      'shop',
      { lifetime: { kind: 'duration', seconds: 86_400 } },
      'shop ~gha.dfndxq.94pzawa-1.t1uo0.x7k2m9q4tz',
    ],
    [
      'a rotation',
      'NEON_API_KEY',
      { lifetime: { kind: 'rotation', graceSeconds: 86_400, secretId: 'abcdefghij' } },
      'NEON_API_KEY ~gha.dfndxq.94pzawa-1.r1uo0-abcdefghij.x7k2m9q4tz',
    ],
    ['another server', 'shop', { server: '0x9' }, 'shop ~gh-0x9.dfndxq.94pzawa-1.j.x7k2m9q4tz'],
    [
      'a mark that leaves no room for a label',
      'NEON_API_KEY',
      {
        server: 'abc',
        runId: 9e12,
        repositoryId: 9e12,
        lifetime: { kind: 'rotation', graceSeconds: 9e8, secretId: 'abcdefghij' },
      },
      '#fab ~gh-abc.36ujjmkg0.36ujjmkg0-1.revu4g0-abcdefghij.x7k2m9q4tz',
    ],
    ['a key to keep', 'shop', { lifetime: { kind: 'manual' } }, 'shop ~gha.dfndxq.94pzawa-1.m.x7k2m9q4tz'],
    ['no label', ' ', {}, '~gha.dfndxq.94pzawa-1.j.x7k2m9q4tz'],
    ['a long label, cut', 'a'.repeat(80), {}, `${'a'.repeat(22)}#0f45e8 ~gha.dfndxq.94pzawa-1.j.x7k2m9q4tz`],
    [
      'a cut that would end in a space',
      `${'a'.repeat(21)} ${'b'.repeat(9)}`,
      {},
      `${'a'.repeat(21)}#41a234 ~gha.dfndxq.94pzawa-1.j.x7k2m9q4tz`,
    ],
    ['a cut within a character', 'ä'.repeat(40), {}, `${'ä'.repeat(11)}#437be2 ~gha.dfndxq.94pzawa-1.j.x7k2m9q4tz`],
  ])('marks %s', (_case, label, change, name) => {
    expect(composeName(label, { ...mark, ...change })).toBe(name);
  });

  it('fits the 64 characters that Neon takes, also when Neon counts bytes', () => {
    fc.assert(fc.property(labels, realMarks, (label, any) => Buffer.byteLength(composeName(label, any)) <= 64));
  });

  it('gives two nonces two names', () => {
    fc.assert(
      fc.property(labels, realMarks, fc.stringMatching(/^[0-9a-z]{10}$/), (label, one, nonce) => {
        fc.pre(nonce !== one.nonce);
        expect(composeName(label, one)).not.toBe(composeName(label, { ...one, nonce }));
      }),
    );
  });
});

describe('parseName', () => {
  it('reads back what composeName wrote', () => {
    fc.assert(
      fc.property(labels, realMarks, (label, any) => {
        expect(parseName(composeName(label, any))?.mark).toEqual(any);
      }),
    );
  });

  it.each([
    'ci (do not delete!!)',
    '',
    '~gha',
    'x ~gha.dfndxq.94pzawa-1.j',
    'x~gha.dfndxq.94pzawa-1.j.x7k2m9q4tz',
    'x  ~gha.dfndxq.94pzawa-1.j.x7k2m9q4tz',
    ' x ~gha.dfndxq.94pzawa-1.j.x7k2m9q4tz',
    'x ~gha.0dfndxq.94pzawa-1.j.x7k2m9q4tz',
    'x ~gha.dfndxq.94pzawa-1.q.x7k2m9q4tz',
    'x ~gha.dfndxq.94pzawa-1.p.x7k2m9q4tz',
    `x ~gha.dfndxq.94pzawa-1.p${(2 ** 60).toString(36)}.x7k2m9q4tz`,
    'x ~gha.dfndxq.94pzawa-1.j.X7K2M9Q4TZ',
    'x ~gha.zzzzzzzzzzzzzzz.94pzawa-1.j.x7k2m9q4tz',
    'x ~gha.dfndxq.94pzawa-1.j.x7k2m9q4tz ',
    'x ~gha.dfndxq.94pzawa-1.j.x7k2m9q4tz\n',
  ])('takes %j for a key that is not ours', (name) => {
    expect(parseName(name)).toBeUndefined();
  });

  it('takes nothing for ours that composeName would not have written', () => {
    fc.assert(
      fc.property(labels, realMarks, fc.nat(63), fc.string({ maxLength: 1 }), (label, any, at, other) => {
        const name = composeName(label, any);
        const changed = name.slice(0, at) + other + name.slice(at + 1);
        const read = parseName(changed);
        if (read) expect(composeName(read.label, read.mark)).toBe(changed);
      }),
    );
  });
});

it.each([
  [{}, {}],
  [{ server: 'abc' }, { server: 'abc' }],
])('the origin of a key is that of its run: %j', (server, same) => {
  const run = { repositoryId: 5, runId: 6, runAttempt: 7, repository: 'acme/shop', runsUrl: 'x', job: 'y', ...server };
  expect(originOf(run)).toStrictEqual({ repositoryId: 5, runId: 6, runAttempt: 7, ...same });
});

describe('what `key_name` means', () => {
  const elsewhere = { repositoryId: 1 };
  const name = composeName('shop test with a label that is too long', mark);

  it('knows a label again that was cut', () => {
    expect(isLabelled(name, 'shop test with a label that is too long', mark)).toBe(true);
    expect(isLabelled(name, 'shop test with a label that', mark)).toBe(false);
  });

  it('keeps the labels of repositories apart', () => {
    expect(isLabelled(name, 'shop test with a label that is too long', elsewhere)).toBe(false);
    expect(isLabelled(name, 'shop test with a label that is too long', { ...mark, server: 'abc' })).toBe(false);
  });

  it('is no secret: its keys end by another rule', () => {
    const lifetime = { kind: 'rotation', graceSeconds: 0, secretId: 'abcdefghij' } as const;
    const rotated = composeName('NEON', { ...mark, lifetime });
    expect(isMeantBy(rotated, 'NEON', mark)).toBe(false);
    expect(isMeantBy(rotated, rotated, mark)).toBe(true);
  });

  it('is a name, or a label, and nothing in between', () => {
    expect(isMeantBy(name, name, elsewhere)).toBe(true);
    expect(isMeantBy('ci', 'ci', elsewhere)).toBe(true);
    expect(isMeantBy('ci 2', 'ci', elsewhere)).toBe(false);
    expect(isMeantBy(composeName('ci', mark), 'ci', mark)).toBe(true);
    expect(isMeantBy(composeName('ci', mark), 'c', mark)).toBe(false);
  });
});
