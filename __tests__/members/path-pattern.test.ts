import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchesPath } from '../../src/members/path-pattern.ts';

/** The same rules as a regular expression, which can take exponential time. */
function toRegExp(pattern: string): RegExp {
  const isAnchored = pattern.slice(0, -1).includes('/');
  const body = pattern.replace(/^\//, '').replace(/\/$/, '');
  const ending = pattern.endsWith('/') ? '/.*' : /\/\*$/.test(pattern) ? '' : '(?:/.*)?';
  const source = body.replace(/\\.|\*\*\/|\*\*|\*|\?|[^\\*?]+|\\/gs, regExpPart);
  return new RegExp(`${isAnchored ? '^' : '(?:^|/)'}${source}${ending}$`, 's');
}

const wildcards: Record<string, string> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };

function regExpPart(text: string): string {
  return wildcards[text] ?? RegExp.escape(text.startsWith('\\') ? text.slice(1) : text);
}

it('matchesPath agrees with a regular expression for any short pattern', () => {
  const letters = ['a', 'b', '/', '.', '\n', 'é', '\ud83d'];
  const pattern = fc.string({
    unit: fc.constantFrom(...letters, '*', '**', '**/', '/**', '?', '\\', '('),
    maxLength: 8,
  });
  const path = fc.string({ unit: fc.constantFrom(...letters, '\\', '*'), maxLength: 10 });
  fc.assert(
    fc.property(pattern, path, (some, any) => {
      expect(matchesPath(some, any)).toBe(toRegExp(some).test(any));
    }),
    { numRuns: 10_000 },
  );
});

it.each([
  ['*'.repeat(1_000_000), 'a', true],
  ['**/'.repeat(1_000_000), 'a/b', true],
  ['*a'.repeat(1_000_000), 'a'.repeat(50), false],
  [`${'*'.repeat(1_000_000)}b`, 'a'.repeat(50), false],
  ['*a'.repeat(50), 'a'.repeat(10_000), true],
])('matchesPath takes linear time in the pattern (%#)', (pattern, path, expected) => {
  expect(matchesPath(pattern, path)).toBe(expected);
});
