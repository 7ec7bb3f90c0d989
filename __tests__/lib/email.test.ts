import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressKey,
  domainOf,
  isNoreply,
  lookOf,
  lowerCase,
  mailboxOf,
  maskEmails,
  maskInvalid,
  mayLookAlike,
  parseEmail,
} from '../../src/lib/email.ts';

describe('maskEmails', () => {
  it.each([
    ['octo@example.com', 'o***o@example.com'],
    ['Invited @octo (octo@example.com) as member.', 'Invited @octo (o***o@example.com) as member.'],
    ['a@x.io', '***@x.io'],
    ['ab@x.io, abc@x.io; abcd@x.io', 'a***@x.io, a***@x.io; a***d@x.io'],
    ['first.last+tag@sub.example.co.uk', 'f***g@sub.example.co.uk'],
    ['`bob@x.io` <bob@x.io> "bob@x.io" |bob@x.io|', '`b***@x.io` <b***@x.io> "b***@x.io" |b***@x.io|'],
    ['{"email":"bob@x.io"}', '{"email":"b***@x.io"}'],
    ['BOBBY@EXAMPLE.COM', 'B***Y@EXAMPLE.COM'],
    ['@octo and @acme/platform', '@octo and @acme/platform'],
    ['uses: actions/checkout@v6', 'uses: actions/checkout@v6'],
    ["sean.o'n@x.io", 's***n@x.io'],
    ['a=b|c{d}e@x.io', 'a***e@x.io'],
    ['to=sean@x.io', 't***n@x.io'],
    ['john`s@x.io', 'j***s@x.io'],
    ['"john smith"@x.io', '"j***"@x.io'],
    ['octo@[10.0.0.1]', 'o***o@[10.0.0.1]'],
    ['`@john.smith@x.io`', '`@***h@x.io`'],
    ['`@john.o_smith@x.io`', '`@***h@x.io`'],
    ['see *@john.smith@x.io', 'see ****h@x.io'],
    ['ada@john.smith@x.io', 'a***h@x.io'],
    ['`bob@x.io`|`ada@x.io`', '`b***@x.io`|`a***@x.io`'],
    ['nothing', 'nothing'],
  ])('masks %s as %s', (text, masked) => {
    expect(maskEmails(text)).toBe(masked);
  });

  it('masks addresses in any script', () => {
    expect(maskEmails('bob@bücher.de jürgen@example.com')).toBe('b***@bücher.de j***n@example.com');
  });

  it('never shows the local part of an address next to any text', () => {
    const around = fc.string({ unit: fc.constantFrom(...'@`"*/=|.,\'(\\:a '), maxLength: 8 });
    const local = fc.stringMatching(/^[a-z][a-z0-9.*/_+-]{4,20}[a-z]$/);
    const domain = fc.constantFrom('example.com', 'x.io', 'mail.acme.dev', 'bücher.de', 'xn--bcher-kva.de');
    fc.assert(
      fc.property(around, local, domain, around, (before, name, host, after) => {
        expect(maskEmails(`${before}${name}@${host}${after}`)).not.toContain(name);
      }),
      { numRuns: 3000 },
    );
  });

  it('does not change a masked text', () => {
    const text = fc
      .array(fc.constantFrom('octo@example.com', ' ', 'a@b.c', '@', 'x', '***', '.', '\n'))
      .map((all) => all.join(''));
    fc.assert(
      fc.property(text, (any) => {
        expect(maskEmails(maskEmails(any))).toBe(maskEmails(any));
      }),
    );
  });

  it.each([
    ['a', 1_000_000],
    ['a@', 2_000_000],
    // One text without a space is one address at most.
    ['@a.', 9],
    ['a@b.', 8],
    ['***@x.io ', 9_000_000],
  ])('masks a million repetitions of %j in linear time', (unit, length) => {
    expect(maskEmails(unit.repeat(1_000_000))).toHaveLength(length);
  });
});

it('lowerCase changes only ASCII letters, so the Kelvin sign does not become a k', () => {
  expect(lowerCase('\u212aim@Example.com')).toBe('\u212aim@example.com');
  expect(lowerCase('KIM@x.io')).toBe('kim@x.io');
});

it.each([
  ['a@Example.com', 'example.com'],
  ['a@b@x.io', 'x.io'],
])('domainOf reads the domain of %s as %s', (email, domain) => {
  expect(domainOf(email)).toBe(domain);
});

it.each([
  ['bob@localhost', 'b***@localhost'],
  ['bobby@@x', 'b***y@@x'],
  ['john smith@x', 'j***h@x'],
  ['bobby@x..io', 'b***y@x..io'],
  ['@octo', '@octo'],
  ['octo', 'octo'],
])('maskInvalid masks the malformed address %s as %s', (text, masked) => {
  expect(maskInvalid(text)).toBe(masked);
});

it.each([
  ['a', 1_000_004],
  ['a@', 4_000_004],
])('maskInvalid takes linear time for a million repetitions of %j', (unit, length) => {
  expect(maskInvalid(`x@${unit.repeat(1_000_000)}`)).toHaveLength(length);
});

it('maskEmails shows at most the first and the last letter of a valid address', () => {
  const local = fc
    .string({ unit: fc.constantFrom(..."abcdefgh0123.!#$%&'*+/=?^_`{|}~-ü"), minLength: 1, maxLength: 64 })
    .filter((text) => /[a-z]/.test(text));
  const around = fc.constantFrom(['', ''], [' ', ' '], ["'", "'"], ['(', ')'], ['<', '>'], ['`', '`'], ['|', '|']);
  fc.assert(
    fc.property(local, around, (name, [before, after]) => {
      const address = `${name}@example.com`;
      fc.pre(parseEmail(address) !== undefined);
      const shown = maskEmails(`${before}${address}${after}`).split('@')[0] ?? '';
      expect(shown.replace(/[^\p{L}\p{N}]/gu, '').length).toBeLessThanOrEqual(2);
    }),
  );
});

describe('an internationalized address', () => {
  it.each([
    ['Bob@bücher.de', 'bob@xn--bcher-kva.de'],
    ['bob@XN--BCHER-KVA.de', 'bob@xn--bcher-kva.de'],
    ['jürgen@example.com', 'jürgen@example.com'],
    ['\u043e\u043b\u044f@\u043f\u0440\u0438\u043c\u0435\u0440.com', '\u043e\u043b\u044f@xn--e1afmkfd.com'],
    ['kimさん@例え.jp', 'kimさん@xn--r8jz45g.jp'],
    ['用户@例子.广告', '用户@xn--fsqu00a.xn--4rr70v'],
  ])('is read from %s as %s', (text, email) => {
    expect(parseEmail(text)).toBe(email);
    expect(addressKey(text)).toBe(email);
  });

  it.each([
    '\u212aim@x.io',
    'kim@\u212a.io',
    'kim@ｘ.io',
    'a\u200bb@x.io',
    // Invisible: a joiner, variation selectors, and fillers, which count as letters.
    ...['\u034f', '\ufe0f', '\u{e0100}', '\u115f', '\u1160', '\u17b4', '\u180b', '\u00ad'].map(
      (mark) => `al${mark}ice@x.io`,
    ),
    'alice\u0320@x.io',
    'alice@exam\u034fple.com',
    // A Cyrillic letter among Latin ones: in the local part, in a domain, and in its ASCII form.
    '\u0430lice@example.com',
    'alice@\u0435xample.com',
    'alice@xn--xample-2of.com',
    // A Greek letter among Cyrillic ones.
    '\u03bf\u043b\u044f@example.com',
  ])('is rejected if it only looks like another address: %j', (text) => {
    expect(parseEmail(text)).toBeUndefined();
  });
});

it.each([
  ['linus+neon@x.io', 'linus@x.io'],
  ['Linus@x.io', 'linus@x.io'],
  ['l.i.nus@x.io', 'l.i.nus@x.io'],
  ['l.i.nus+a+b@googlemail.com', 'linus@gmail.com'],
  ['+neon@x.io', '+neon@x.io'],
])('mailboxOf reads the mailbox of %s as %s', (email, mailbox) => {
  expect(mailboxOf(email)).toBe(mailbox);
});

describe('parseEmail', () => {
  it.each([
    '',
    'a',
    '@',
    'a@',
    '@b.c',
    'a@b',
    'a b@c.de',
    'a@b@c.de',
    'a@b..c',
    'a@.b',
    `${'a'.repeat(65)}@b.cd`,
    '\u212aim@b.cd',
    'kim@\u212a.cd',
    '\uff41@b.cd',
    'a@\uff42.cd',
    `a@${'b'.repeat(260)}.cd`,
  ])('rejects %j', (text) => {
    expect(parseEmail(text)).toBeUndefined();
  });
});

describe('lookOf', () => {
  it.each([
    ['Jose@x.io', 'jose@x.lo'],
    ['josé+tag@x.io', 'jose@x.lo'],
    ['a.b@gmail.com', 'ab@gmall.com'],
    ['torn@x.io', 'tom@x.lo'],
    ['0livvia@x.io', 'ollwla@x.lo'],
    ['clara@x.io', 'dara@x.lo'],
  ])('returns, for %s, the look %s', (email, look) => {
    expect(lookOf(email)).toBe(look);
  });

  it('returns the same for every spelling of a mailbox', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z0-9.]{0,9}$/), (name) => {
        expect(lookOf(`${name.toUpperCase()}+x@EXAMPLE.com`)).toBe(lookOf(`${name}@example.com`));
      }),
    );
  });
});

describe('mayLookAlike', () => {
  it.each([
    ['jose@x.io', 'josé@x.io', true],
    ['josé@x.io', 'JOSÉ@x.io', true],
    ['alice@example.com', 'alice@xn--xample-2of.com', true],
    ['apple@x.io', '\u0430\u0440\u0440\u04cf\u0435@x.io', true],
    ['alice@x.io', 'al\u034fice@x.io', true],
    ['alice@x.io', 'alice\ufe0f@x.io', true],
    ['alice@x.io', 'alice\u0320@x.io', true],
    ['alice@x.io', 'alice\u{e0100}@x.io', true],
    ['alice@x.io', '\u0251lice@x.io', true],
    ['jose@x.io', 'josef@x.io', false],
    ['jose@x.io', 'rosé@x.io', false],
    ['josé@x.io', 'jose@y.io', false],
  ])('compares %s with %s: %s', (one, other, isAlike) => {
    const [look, otherLook] = [lookOf(one), lookOf(other)];
    expect([mayLookAlike(look, otherLook), mayLookAlike(otherLook, look)]).toEqual([isAlike, isAlike]);
  });
});

describe('isNoreply', () => {
  it.each([
    ['1234+octo@users.noreply.github.com', true],
    ['octo@users.noreply.github.example.com', true],
    ['noreply@github.com', true],
    ['no-reply@example.com', true],
    ['octo@example.com', false],
    ['mynoreply@example.com', false],
  ])('decides whether %s is a noreply address: %s', (email, noreply) => {
    expect(isNoreply(email)).toBe(noreply);
  });
});
