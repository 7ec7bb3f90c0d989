import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { domainOf, lowerCase, maskEmails } from '../../src/lib/email.ts';

describe('a masked text', () => {
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
    ['nothing', 'nothing'],
  ])('%s → %s', (text, masked) => {
    expect(maskEmails(text)).toBe(masked);
  });

  it('is masked, whatever script it is written in', () => {
    expect(maskEmails('bob@bücher.de jürgen@example.com')).toBe('b***@bücher.de j***n@example.com');
  });

  it('is masked once: again changes nothing', () => {
    const text = fc
      .array(fc.constantFrom('octo@example.com', ' ', 'a@b.c', '@', 'x', '***', '.', '\n'))
      .map((all) => all.join(''));
    fc.assert(
      fc.property(text, (any) => {
        expect(maskEmails(maskEmails(any))).toBe(maskEmails(any));
      }),
    );
  });

  it.each(['a', 'a@', '@a.', 'a@b.', '***@x.io '])('of a million times %j is made in no time', (unit) => {
    expect(maskEmails(unit.repeat(1_000_000)).length).toBeGreaterThan(0);
  });
});

it('letter case is that of ASCII: the Kelvin sign is not a k', () => {
  expect(lowerCase('\u212aim@Example.com')).toBe('\u212aim@example.com');
  expect(lowerCase('KIM@x.io')).toBe('kim@x.io');
});

it.each([
  ['a@Example.com', 'example.com'],
  ['a@b@x.io', 'x.io'],
])('the domain of %s is %s', (email, domain) => {
  expect(domainOf(email)).toBe(domain);
});
