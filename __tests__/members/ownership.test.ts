import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOwned } from '../../src/members/ownership.ts';

const path = '.github/CODEOWNERS';

describe('a file is owned', () => {
  // GitHub's documentation, "About code owners", has most of these.
  it.each([
    ['* @a', path],
    ['/.github/ @a', path],
    ['.github/ @a', path],
    ['.github @a', path],
    ['/.github/CODEOWNERS @a', path],
    ['.github/* @a', path],
    ['CODEOWNERS @a', path],
    ['*.yml @a', '.github/neon-people.yml'],
    ['**/CODEOWNERS @a', path],
    ['/**/CODEOWNERS @a', path],
    ['.github/** @a', '.github/a/b.yml'],
    ['apps/ @a', 'x/apps/y/z'],
    ['/apps/github @a', 'apps/github/y/z'],
    ['CODEOWNER? @a', path],
    ['/a\\ b/ @a', 'a b/c'],
    ['/nobody\n* @a # last', path],
    ['\ufeff* @a\r\n# @b\r\n', path],
    ['* @a\n/other @b', path],
    ['* @a\n[section] @b', path],
    ['* @a\n\n  # text\n', path],
    ['/a/b/c/CODEOWNERS @a', 'a/b/c/CODEOWNERS'],
    ['.git*/C*W*S @a', path],
    ['.g*/*D*W*S* @a', path],
    ['/.github/*/x @a', '.github/a/x'],
    ['x?y @a', 'xay'],
    ['a*b @a', 'a\nb'],
  ])('%j: %s', (text, file) => {
    expect(isOwned(text, file)).toBe(true);
  });
});

describe('a file is not owned', () => {
  it.each([
    ['', path],
    ['# * @a', path],
    ['*', path],
    ['* @a\n/.github/', path],
    ['/* @a', path],
    ['docs/ @a', path],
    ['/CODEOWNERS @a', path],
    ['docs/* @a', 'docs/a/b'],
    ['.github/CODEOWNER @a', path],
    ['XgithubXCODEOWNERS @a', path],
    ['.GITHUB/ @a', path],
    ['* not-an-owner', path],
    ['* @a\rx', path],
    ['*a*a*a*a*a*a* @a', 'aaaaaaa'],
    ['/.github/*/x @a', '.github/a/b/x'],
    ['a @a', 'ba'],
    [`/${'a'.repeat(32_768)} @a`, path],
  ])('%j: %s', (text, file) => {
    expect(isOwned(text, file)).toBe(false);
  });
});

it('no pattern makes it throw, or take long', () => {
  const pattern = fc.string({
    unit: fc.constantFrom('*', '?', '/', 'a', '\\', '(', '[', '.', '+', '$', 'é'),
    maxLength: 200,
  });
  fc.assert(
    fc.property(pattern, fc.string({ unit: fc.constantFrom('a', '/', '.'), maxLength: 200 }), (text, file) => {
      expect(typeof isOwned(`${text} @a`, file)).toBe('boolean');
    }),
  );
});
