import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  composeKeyName,
  hasLabel,
  type Lifetime,
  type Mark,
  matchesKeyName,
  mayBeInSecret,
  originOf,
  parseKeyName,
} from '../../src/keys/name.ts';

const mark: Mark = {
  repositoryId: 812_345_678,
  runId: 19_876_543_210,
  runAttempt: 1,
  lifetime: { kind: 'job' },
  nonce: 'x7k2m9q4tz',
};

const natural = fc.maxSafeNat();
const inSecret = fc.constantFrom({}, { inSecret: true });
const lifetimes: fc.Arbitrary<Lifetime> = fc.oneof(
  fc.constant<Lifetime>({ kind: 'job' }),
  inSecret.map((more): Lifetime => ({ kind: 'manual', ...more })),
  fc.tuple(natural, inSecret).map(([number, more]): Lifetime => ({ kind: 'pull-request', number, ...more })),
  fc.tuple(natural, inSecret).map(([seconds, more]): Lifetime => ({ kind: 'duration', seconds, ...more })),
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

describe('composeKeyName', () => {
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
    [
      'a pull request, for a secret',
      'shop',
      { lifetime: { kind: 'pull-request', number: 1295, inSecret: true } },
      'shop ~gha.dfndxq.94pzawa-1.spzz.x7k2m9q4tz',
    ],
    [
      'a duration, for a secret',
      'shop',
      { lifetime: { kind: 'duration', seconds: 86_400, inSecret: true } },
      'shop ~gha.dfndxq.94pzawa-1.st1uo0.x7k2m9q4tz',
    ],
    [
      'a key to keep, for a secret',
      'shop',
      { lifetime: { kind: 'manual', inSecret: true } },
      'shop ~gha.dfndxq.94pzawa-1.sm.x7k2m9q4tz',
    ],
    [
      'a long label that ends in a number',
      'preview environment of pull request 464',
      {},
      'preview envir..464#vndn3t8nr8 ~gha.dfndxq.94pzawa-1.j.x7k2m9q4tz',
    ],
    [
      'a number that is longer than its room',
      '9'.repeat(40),
      {},
      '9999999999..999999#6wlbxwhpgv ~gha.dfndxq.94pzawa-1.j.x7k2m9q4tz',
    ],
    [
      'a long label of a rotation, whose secret has an id',
      'NEON_API_KEY_FOR_TESTS',
      { lifetime: { kind: 'rotation', graceSeconds: 86_400, secretId: 'abcdefghij' } },
      'NEON_API_KEY_F ~gha.dfndxq.94pzawa-1.r1uo0-abcdefghij.x7k2m9q4tz',
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
      'NEON ~gh-abc.36ujjmkg0.36ujjmkg0-1.revu4g0-abcdefghij.x7k2m9q4tz',
    ],
    ['a key to keep', 'shop', { lifetime: { kind: 'manual' } }, 'shop ~gha.dfndxq.94pzawa-1.m.x7k2m9q4tz'],
    ['no label', ' ', {}, '~gha.dfndxq.94pzawa-1.j.x7k2m9q4tz'],
    ['a long label, cut', 'a'.repeat(80), {}, `${'a'.repeat(18)}#0da1zat8q4 ~gha.dfndxq.94pzawa-1.j.x7k2m9q4tz`],
    [
      'a cut that would end in a space',
      `${'a'.repeat(17)} ${'b'.repeat(19)}`,
      {},
      `${'a'.repeat(17)}#vk6mlgjz5e ~gha.dfndxq.94pzawa-1.j.x7k2m9q4tz`,
    ],
    ['a cut within a character', 'ä'.repeat(40), {}, `${'ä'.repeat(9)}#0dpesdyp4j ~gha.dfndxq.94pzawa-1.j.x7k2m9q4tz`],
  ])('writes the mark of %s', (_case, label, change, name) => {
    expect(composeKeyName(label, { ...mark, ...change })).toBe(name);
  });

  it('fits into the 64 characters that Neon accepts, even if Neon counts bytes', () => {
    fc.assert(fc.property(labels, realMarks, (label, any) => Buffer.byteLength(composeKeyName(label, any)) <= 64));
  });

  it('gives different nonces different names', () => {
    fc.assert(
      fc.property(labels, realMarks, fc.stringMatching(/^[0-9a-z]{10}$/), (label, one, nonce) => {
        fc.pre(nonce !== one.nonce);
        expect(composeKeyName(label, one)).not.toBe(composeKeyName(label, { ...one, nonce }));
      }),
    );
  });
});

describe('parseKeyName', () => {
  it('reads back what composeKeyName wrote', () => {
    fc.assert(
      fc.property(labels, realMarks, (label, any) => {
        expect(parseKeyName(composeKeyName(label, any))?.mark).toEqual(any);
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
    'x ~gha.dfndxq.94pzawa-1.sj.x7k2m9q4tz',
    'x ~gha.dfndxq.94pzawa-1.s.x7k2m9q4tz',
    'x ~gha.dfndxq.94pzawa-1.ssm.x7k2m9q4tz',
    'x ~gha.dfndxq.94pzawa-1.sr0-abcdefghij.x7k2m9q4tz',
    `x ~gha.dfndxq.94pzawa-1.p${(2 ** 60).toString(36)}.x7k2m9q4tz`,
    'x ~gha.dfndxq.94pzawa-1.j.X7K2M9Q4TZ',
    'x ~gha.zzzzzzzzzzzzzzz.94pzawa-1.j.x7k2m9q4tz',
    'x ~gha.dfndxq.94pzawa-1.j.x7k2m9q4tz ',
    'x ~gha.dfndxq.94pzawa-1.j.x7k2m9q4tz\n',
  ])('rejects %j', (name) => {
    expect(parseKeyName(name)).toBeUndefined();
  });

  it.each<[string, Lifetime]>([
    ['shop#0f45e8 ~gha.dfndxq.94pzawa-1.p7.x7k2m9q4tz', { kind: 'pull-request', number: 7 }],
    ['shop ~gha.dfndxq.94pzawa-1.t1uo0.x7k2m9q4tz', { kind: 'duration', seconds: 86_400 }],
    ['shop ~gha.dfndxq.94pzawa-1.m.x7k2m9q4tz', { kind: 'manual' }],
  ])('reads %j, which has no letter for keys in secrets', (name, lifetime) => {
    expect(parseKeyName(name)?.mark.lifetime).toStrictEqual(lifetime);
  });

  it('rejects every name that composeKeyName would not write', () => {
    fc.assert(
      fc.property(labels, realMarks, fc.nat(63), fc.string({ maxLength: 1 }), (label, any, at, other) => {
        const name = composeKeyName(label, any);
        const changed = name.slice(0, at) + other + name.slice(at + 1);
        const read = parseKeyName(changed);
        if (read) expect(composeKeyName(read.label, read.mark)).toBe(changed);
      }),
    );
  });
});

it.each([
  [{}, { server: undefined }],
  [{ server: 'abc' }, { server: 'abc' }],
])('the origin of a key has the IDs of its run: %j', (server, same) => {
  const run = { repositoryId: 5, runId: 6, runAttempt: 7, repository: 'acme/shop', runsUrl: 'x', job: 'y', ...server };
  expect(originOf(run)).toStrictEqual({ repositoryId: 5, runId: 6, runAttempt: 7, ...same });
});

describe('hasLabel and matchesKeyName', () => {
  const elsewhere = { repositoryId: 1 };
  const name = composeKeyName('shop test with a label that is too long', mark);

  it('matches a label that was shortened', () => {
    expect(hasLabel(name, 'shop test with a label that is too long', mark)).toBe(true);
    expect(hasLabel(name, 'shop test with a label that', mark)).toBe(false);
  });

  it('distinguishes long labels that have the same 24-bit hash', () => {
    const [one, other] = [
      'preview environment of pull request 464',
      'preview environment of pull request 793',
    ] as const;
    expect(composeKeyName(one, mark)).not.toBe(composeKeyName(other, mark));
    expect(hasLabel(composeKeyName(one, mark), one, mark)).toBe(true);
    expect(hasLabel(composeKeyName(one, mark), other, mark)).toBe(false);
  });

  it('does not match a shortened label by a hash of 24 bits', () => {
    const name = `${'a'.repeat(22)}#0f45e8 ~gha.dfndxq.94pzawa-1.j.x7k2m9q4tz`;
    expect(hasLabel(name, 'a'.repeat(80), mark)).toBe(false);
    expect(matchesKeyName(name, name, mark)).toBe(true);
  });

  it('matches no label if the name has no room for its hash', () => {
    const crowded: Mark = {
      ...mark,
      server: 'abc',
      repositoryId: 9e15,
      runId: 9e15,
      lifetime: { kind: 'pull-request', number: 9e9 },
    };
    const name = composeKeyName('a label that does not fit', crowded);
    expect(parseKeyName(name)?.label).toBe('');
    expect(hasLabel(name, 'a label that does not fit', crowded)).toBe(false);
    expect(hasLabel(name, 'another label that does not fit', crowded)).toBe(false);
  });

  it('matches one label only', () => {
    fc.assert(
      fc.property(labels, labels, realMarks, (one, other, any) => {
        fc.pre(one.toWellFormed().trim() !== other.toWellFormed().trim());
        expect(hasLabel(composeKeyName(one, any), other, any)).toBe(false);
      }),
    );
  });

  it('does not match the same label of another repository', () => {
    expect(hasLabel(name, 'shop test with a label that is too long', elsewhere)).toBe(false);
    expect(hasLabel(name, 'shop test with a label that is too long', { ...mark, server: 'abc' })).toBe(false);
  });

  it('does not match the name of a secret, whose keys are revoked by another rule', () => {
    const lifetime = { kind: 'rotation', graceSeconds: 0, secretId: 'abcdefghij' } as const;
    const rotated = composeKeyName('NEON', { ...mark, lifetime });
    expect(matchesKeyName(rotated, 'NEON', mark)).toBe(false);
    expect(matchesKeyName(rotated, rotated, mark)).toBe(true);
  });

  it('matches a whole name or a whole label, and nothing else', () => {
    expect(matchesKeyName(name, name, elsewhere)).toBe(true);
    expect(matchesKeyName('ci', 'ci', elsewhere)).toBe(true);
    expect(matchesKeyName('ci 2', 'ci', elsewhere)).toBe(false);
    expect(matchesKeyName(composeKeyName('ci', mark), 'ci', mark)).toBe(true);
    expect(matchesKeyName(composeKeyName('ci', mark), 'c', mark)).toBe(false);
  });
});

describe('mayBeInSecret', () => {
  it.each<[Lifetime, boolean]>([
    [{ kind: 'rotation', graceSeconds: 0, secretId: 'abcdefghij' }, true],
    [{ kind: 'manual', inSecret: true }, true],
    [{ kind: 'duration', seconds: 1, inSecret: true }, true],
    [{ kind: 'pull-request', number: 1, inSecret: true }, true],
    [{ kind: 'pull-request', number: 1 }, false],
    [{ kind: 'job' }, false],
  ])('decides whether a key with %o may be in a secret: %s', (lifetime, expected) => {
    expect(mayBeInSecret(lifetime)).toBe(expected);
  });
});
