import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesPattern } from '../../src/people/pattern.ts';

describe('a pattern', () => {
  it.each<[string, string, boolean]>([
    ['*', 'a', true],
    ['*', 'a/b/c', true],
    ['*.js', 'a/b/c.js', true],
    ['*.js', 'a/b/c.jsx', false],
    ['/a/b', 'a/b', true],
    ['/a/b', 'x/a/b', false],
    ['a/b', 'a/b', true],
    ['a/b', 'x/a/b', false],
    ['/build/logs/', 'build/logs/a/b.txt', true],
    ['/build/logs/', 'build/logs', false],
    ['docs/*', 'docs/getting-started.md', true],
    ['docs/*', 'docs/build-app/troubleshooting.md', false],
    ['docs/**', 'docs/build-app/troubleshooting.md', true],
    ['apps/', 'x/apps/y', true],
    ['apps/', 'apps', false],
    ['/docs', 'docs/a/b', true],
    ['**/logs', 'build/logs/a', true],
    ['**/logs', 'logs', true],
    ['**/logs', 'deeply/nested/logs', true],
    ['/a/**/z', 'a/z', true],
    ['/a/**/z', 'a/b/c/z', true],
    ['/a/**/z', 'a/b/c/y', false],
    ['/.github/*', '.github/CODEOWNERS', true],
    ['.github', '.github/CODEOWNERS', true],
    ['CODEOWNERS', '.github/CODEOWNERS', true],
    ['codeowners', '.github/CODEOWNERS', false],
    ['/C?DEOWNERS', 'CODEOWNERS', true],
    ['/my\\ dir/', 'my dir/a', true],
    ['/a\\*', 'a*', true],
    ['/a\\*', 'ab', false],
    ['a*b*c', 'aXbYbZc', true],
    ['a*b*c', 'aXbYbZ', false],
    ['', 'a', false],
    ['/', 'a', false],
  ])('%j and %j: %s', (pattern, path, matches) => {
    expect(matchesPattern(pattern, path)).toBe(matches);
  });

  it('of its own path matches it, anchored or not', () => {
    const path = fc
      .array(fc.stringMatching(/^[a-zA-Z._-]{1,8}$/), { minLength: 1, maxLength: 5 })
      .map((parts) => parts.join('/'));
    fc.assert(
      fc.property(path, (any) => {
        expect([matchesPattern(any, any), matchesPattern(`/${any}`, any), matchesPattern(`**/${any}`, any)]).toEqual([
          true,
          true,
          true,
        ]);
      }),
    );
  });

  it.each(['*a'.repeat(500), '**/'.repeat(333), '?*'.repeat(500), '*'.repeat(1_000_000)])(
    'that is hostile (%#) is answered',
    (pattern) => {
      expect(typeof matchesPattern(pattern, '.github/neon-people.yml')).toBe('boolean');
    },
  );
});
