import { describe, expect, it } from 'vitest';
import { count, entities, oneLine, pageTitle, printable } from '../../src/lib/text.ts';

describe('oneLine', () => {
  it('replaces control characters, direction characters and unusual line breaks', () => {
    expect(oneLine(' a\r\n\u001b[31mb\u202ec\u2028d\u0085e ')).toBe('a [31mb c d e');
  });

  it('shortens a long text between two words', () => {
    const cut = oneLine(`${'x'.repeat(490)} ${'y'.repeat(50)}`);
    expect(cut).toBe(`${'x'.repeat(490)} …`);
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

  it('puts what starts a mention or a link between zero-width spaces', () => {
    expect(entities('<@a')).toBe('&#60;&#8203;&#64;&#8203;a');
  });
});
