import { describe, expect, it } from 'vitest';
import { count, entities, oneLine, pageTitle, printable, withoutTokens } from '../../src/lib/text.ts';

describe('oneLine', () => {
  it('replaces control characters, direction characters and unusual line breaks', () => {
    expect(oneLine(' a\r\n\u001b[31mb\u202ec\u2028d\u0085e ')).toBe('a [31mb c d e');
  });

  it('shortens a long text between two words', () => {
    const cut = oneLine(`${'x'.repeat(490)} ${'y'.repeat(50)}`);
    expect(cut).toBe(`${'x'.repeat(490)} …`);
  });
});

describe('withoutTokens', () => {
  it.each([
    [`the key napi_${'x'.repeat(12)} was created`, 'the key *** was created'],
    [`?token=${'a1'.repeat(32)}&x=1`, '?token=***&x=1'],
    ['request 33333333-3333-4333-8333-333333333333 failed', 'request 33333333-3333-4333-8333-333333333333 failed'],
    [`trace ${'0f'.repeat(16)}`, `trace ${'0f'.repeat(16)}`],
    [
      'project cool-river-87654321 of org-sunny-meadow-12345678',
      'project cool-river-87654321 of org-sunny-meadow-12345678',
    ],
  ])('makes %j %j', (text, shown) => {
    expect(withoutTokens(text)).toBe(shown);
  });
});

describe('printable', () => {
  it('keeps line breaks and no other control character', () => {
    expect(printable('a\u0007b\nc\u200ed')).toBe('a b\nc d');
  });
});

describe('pageTitle', () => {
  it.each([
    ['<html><head><title lang="en">403 Forbidden\n</title>', '403 Forbidden'],
    ['{"message":"no"}', ''],
    [`${' '.repeat(5000)}<title>late</title>`, ''],
  ])('reads the title of %j as %j', (html, title) => {
    expect(pageTitle(html)).toBe(title);
  });
});

describe('count', () => {
  it('uses the plural for every number except one', () => {
    expect([0, 1, 2].map((number) => count(number, 'key'))).toEqual(['0 keys', '1 key', '2 keys']);
  });
});

describe('entities', () => {
  it('keeps letters, digits, spaces and hyphens', () => {
    expect(entities('Größe 5-a')).toBe('Größe 5-a');
  });

  it('puts zero-width spaces around characters that start a mention or a link', () => {
    expect(entities('<@a')).toBe('&#60;&#8203;&#64;&#8203;a');
  });
});
