import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskEmails } from '../../src/lib/email.ts';
import { type CodeownersError, crossCheck, isOwned, parseCodeowners } from '../../src/members/codeowners.ts';
import { ownerName } from '../../src/members/owner.ts';
import { invalidLineText } from '../../src/members/sentences.ts';

const namesIn = (text: string) => parseCodeowners(text).owners.map(({ owner }) => ownerName(owner));
const problemsIn = (text: string) =>
  parseCodeowners(text).invalid.map((line) => `${line.line}: ${invalidLineText(line)}`);

describe('a line of CODEOWNERS', () => {
  it.each<[string, string, string[]]>([
    ['a user', '* @octocat', ['@octocat']],
    ['a team', '/docs/ @acme/platform', ['@acme/platform']],
    ['an e-mail address', '*.go docs@example.com', ['docs@example.com']],
    ['several owners', '*.js @a @acme/b c@example.com', ['@a', '@acme/b', 'c@example.com']],
    ['the same owner in two spellings', '* @Octo @octo\n/b @OCTO', ['@octo']],
    ['an address in two spellings', '* Octo@Example.com\n/b octo@example.com', ['octo@example.com']],
    ['no owner: the paths lose theirs', '/apps/github', []],
    ['a path of root', '/ @a', ['@a']],
    ['a managed user', '* @octocat_acme', ['@octocat_acme']],
    ['tabs and many spaces', '\t/a\t \t@a \t @b\t', ['@a', '@b']],
    ['several spaces before the path', '  \t /a @a', ['@a']],
    ['an escaped space', '/my\\ dir/a\\ b.txt @a', ['@a']],
    ['an escaped backslash before the space', '/a\\\\ @a', ['@a']],
    ['a path that is not ASCII', '/données/ф/日本 @a', ['@a']],
    ['a path with an @', '/packages/@acme/ui @a', ['@a']],
    ['escaped brackets', '/app/\\[slug\\]/ @a', ['@a']],
    ['an old login', '* @tobias-', ['@tobias-']],
    ['a name with an @', '/img/icon@2x.png @a', ['@a']],
    ['a name with an @, without an owner', 'icon@2x.png', []],
    ['a version with an @', '/vendor/lib@v2/src @a', ['@a']],
    ['a version at the end', '/vendor/lib@2 @a', ['@a']],
    ['a long top-level domain', '* x@acme.engineering', ['x@acme.engineering']],
    ['an address with a plus and dots', "* o'first.last+tag@sub.example.co.uk", ["o'first.last+tag@sub.example.co.uk"]],
    ['a comment', '# @a b@example.com', []],
    ['an indented comment', '  \t# @a', []],
    ['a comment behind a rule', '/db @alice # ask bob@example.com', ['@alice']],
    ['a comment in the wild', '`@brandtbucher  # @stevendaprano', []],
    ['a comment that begins at once', '* @brandtbucher  #@stevendaprano', ['@brandtbucher']],
    ['a comment behind a path without owners', '/a # @a', []],
    ['nothing but white space', ' \t ', []],
  ])('is read correctly with %s: %j', (_case, line, owners) => {
    expect(namesIn(line)).toEqual(owners);
  });

  it.each([
    ['a GitLab section', '[Section] @x', '1: `[ ]` does not work'],
    ['an optional GitLab section', '^[Section][2] @x', '1: `[ ]` does not work'],
    ['a range', '/[a-z]/ @x', '1: `[ ]` does not work'],
    ['a negation', '!/a @x', '1: `!` does not work'],
    ['an escaped hash', '\\#a @x', '1: `\\#` does not work'],
    ['a hash inside a path', '/a#b @x', '1: The pattern contains `#`'],
    ['two handles glued', '* @A@B @c', '1: `@A@B` is not an owner'],
    ['a handle and an address glued', '* @a:b@example.com', '1: `@a:b@example.com` is not an owner'],
    ['a comment glued to an owner', '* @a#b', '1: `@a#b` is not an owner'],
    ['a team of a team', '* @org/team/extra', '1: `@org/team/extra` is not an owner'],
    ['a team without a name', '* @org/', '1: `@org/` is not an owner'],
    ['a team without an organization', '* @/team', '1: `@/team` is not an owner'],
    ['an @ alone', '* @', '1: `@` is not an owner'],
    ['a bare word', '* octocat', '1: `octocat` is not an owner'],
    ['an incomplete address', '*.txt docs@', '1: `d***s@` is not an owner'],
    ['an address without a dot', '* docs@localhost', '1: `d***s@localhost` is not an owner'],
    ['an address in brackets', '* <docs@example.com>', '1: `<***s@example.com>` is not an owner'],
    ['an app', '* @dependabot[bot]', '1: `@dependabot[bot]` is not an owner'],
    ['owners by commas', '* @a,@b', '1: `@a,@b` is not an owner'],
    ['a letter that only looks like an ASCII letter', '* @\u212aate', '1: `@\u212aate` is not an owner'],
    ['an address that only looks like ASCII', '* \u212aate@example.com', '1: `\u212a***e@example.com` is not an owner'],
    ['a space that GitHub does not treat as one', '* @a\u00a0@b', '1: `@a\u00a0@b` is not an owner'],
    ['a line separator that GitHub does not treat as one', '* @a\u2028* @b', '1: `@a\u2028*` is not an owner'],
    ['a lone carriage return', '/a # c\r* @b', '1: The line contains a control character'],
    ['a NUL', '* @a\0', '1: The line contains a control character'],
  ])('is reported and names no owner with %s: %j', (_case, line, problem) => {
    expect(namesIn(line)).toEqual([]);
    expect(problemsIn(line)[0]).toContain(problem);
    expect(problemsIn(line)).toHaveLength(1);
  });

  it.each([
    ['an owner alone', '@linus', '@linus'],
    ['a team alone', '@acme/platform', '@acme/platform'],
    ['an address alone', 'docs@example.com', 'docs@example.com'],
    ['an owner glued to a pattern', '*.js@linus', '@linus'],
    ['a team glued to a pattern', '*.js@acme/platform', '@acme/platform'],
    ['an owner behind a no-break space', '/x\u00a0@linus', '@linus'],
    ['an owner behind an escaped space', 'docs\\ @linus', '@linus'],
    ['an owner behind an escaped tab', 'docs\\\t@linus', '@linus'],
    ['an owner behind a comma', '*,@linus', '@linus'],
    ['several owners behind commas', '*,@ada,@linus', '@linus'],
  ])('is reported with %s that is part of the pattern: %j', (_case, line, token) => {
    expect(parseCodeowners(line).invalid).toEqual([{ line: 1, code: 'owner-in-pattern', token }]);
    // The other owners are valid to GitHub.
    if (!line.includes('example')) expect(namesIn(`${line} @grace`)).toEqual(['@grace']);
    if (!line.includes('example')) expect(parseCodeowners(`${line} @grace`).invalid).toHaveLength(1);
  });

  it.each(['a.b', '.b', 'a.'])('does not name the team @acme/%s, because slugs have no dots', (slug) => {
    expect(parseCodeowners(`* @acme/${slug}`).invalid).toMatchObject([{ code: 'not-an-owner' }]);
  });

  it('is reported with its number, and does not affect other lines', () => {
    const text = '* @a\n\n# c\n/b @b @\n/c @c\n[x]\n';
    expect(namesIn(text)).toEqual(['@a', '@c']);
    expect(parseCodeowners(text).invalid.map(({ line }) => line)).toEqual([4, 6]);
  });

  it.each(['*.js@octocat', '*@octocat', 'docs/**/*.test.ts@octocat_acme', '/src/@octocat', '*.js@acme/platform'])(
    'shows a pattern that runs into a login or team as it is written: %s',
    (token) => {
      expect(problemsIn(`/docs ${token}`)[0]).toContain(`\`${token}\` is not an owner`);
    },
  );

  it.each([
    ['*.js@octo..cat', '****s@octo..cat'],
    ['*.js@x.io@octocat', '****s@x***o@octocat'],
    ['bob@x.io/*@octocat', 'b***@x****@octocat'],
    ['/bob@octocat', '/***b@octocat'],
    ['*bob@octocat', '****b@octocat'],
    ['/G=Ada/@octocat', '/***/@octocat'],
  ])('masks what may be an address: %s as %s', (token, masked) => {
    expect(problemsIn(`/docs ${token}`)[0]).toContain(`\`${masked}\` is not an owner`);
  });

  it('never shows the local part of an address next to any text', () => {
    const around = fc.string({
      unit: fc.constantFrom('*', '/', '.', '*.js', '@', '@octocat', ',', '"', '(', '\\', ':'),
    });
    const local = fc.stringMatching(/^[a-z][a-z0-9.*/_+-]{4,20}[a-z]$/);
    const domain = fc.constantFrom('example.com', 'x.io', 'mail.acme.dev', 'b\u00fccher.de', 'xn--bcher-kva.de');
    const codes = fc.constantFrom('not-an-owner' as const, 'owner-in-pattern' as const);
    fc.assert(
      fc.property(around, local, domain, around, codes, (before, name, host, after, code) => {
        const token = `${before}${name}@${host}${after}`;
        expect(maskEmails(invalidLineText({ line: 1, code, token }))).not.toContain(name);
      }),
      { numRuns: 5000 },
    );
  });

  it('is shortened in the report', () => {
    expect(problemsIn(`* ${'a'.repeat(5000)}`)[0]?.length).toBeLessThan(200);
  });
});

describe('a CODEOWNERS file', () => {
  const lines = ['* @a', '/b @b b@example.com', '# @c', '/d'];

  it.each([
    ['LF', lines.join('\n')],
    ['LF at the end too', `${lines.join('\n')}\n`],
    ['CRLF', `${lines.join('\r\n')}\r\n`],
    ['a byte order mark', `\ufeff${lines.join('\n')}`],
  ])('is read the same with %s', (_case, text) => {
    expect(namesIn(text)).toEqual(['@a', '@b', 'b@example.com']);
    expect(problemsIn(text)).toEqual([]);
  });

  it('has every line of an owner once', () => {
    expect(parseCodeowners('* @a @a\n/b @b\n/c @A').owners).toEqual([
      { owner: { kind: 'user', login: 'a' }, lines: [1, 3] },
      { owner: { kind: 'user', login: 'b' }, lines: [2] },
    ]);
  });

  it('may begin with a byte order mark and a comment', () => {
    expect(parseCodeowners('\ufeff# @a\n* @b')).toEqual({
      owners: [{ owner: { kind: 'user', login: 'b' }, lines: [2] }],
      unknown: [],
      invalid: [],
    });
  });

  it('may be empty', () => {
    expect(parseCodeowners('')).toEqual({ owners: [], unknown: [], invalid: [] });
  });

  it.each(['\\ ', '\\', 'a', '-', ' ', '@', '@a ', 'a@', '[', '\u00a0', '\0'])('can have 3 MB of %j', (unit) => {
    const text = `/a ${unit.repeat((3 * 1024 * 1024) / unit.length)}`;
    expect(parseCodeowners(text).owners.length).toBeLessThanOrEqual(1);
  });

  it('never names an owner that it does not contain, for any text', () => {
    const piece = fc.constantFrom('@a', '@b/c', 'd@e.fr', ' ', '\t', '\n', '\r\n', '#', '\\', '/p', '[', '!', '*', '@');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        const uncommented = text.replace(/(^|[ \t])#.*$/gm, '');
        for (const owner of namesIn(text)) expect(uncommented).toContain(owner);
      }),
      { numRuns: 2000 },
    );
  });

  it('is read line by line, independent of the order', () => {
    const line = fc.constantFrom('* @a', '/b @b # @c', '[x] @d', '', '/e @e @@', '/f f@example.com');
    fc.assert(
      fc.property(fc.array(line), (all) => {
        const alone = new Set(all.flatMap(namesIn));
        expect(new Set(namesIn(all.join('\n')))).toEqual(alone);
      }),
    );
  });
});

describe("GitHub's check of CODEOWNERS", () => {
  const text = '* @alice @typo\n/b @typo @acme/gone\n/c @carol\n/d @carol @dave';
  const without = (...errors: CodeownersError[]) => crossCheck(parseCodeowners(text), errors);
  const unknown = (line: number, column: number, source: string): CodeownersError => ({
    line,
    column,
    kind: 'Unknown owner',
    source,
  });

  it('changes nothing without an error', () => {
    expect(without()).toEqual(parseCodeowners(text));
  });

  it('removes an unknown owner from every line, and no other owner', () => {
    const suggestion = 'make sure @typo exists and has write access to the repository';
    const { owners, unknown: out } = without(
      { ...unknown(1, 10, '* @alice @typo'), suggestion },
      { ...unknown(2, 4, '/b @typo @acme/gone'), suggestion },
    );
    expect(owners.map(({ owner }) => ownerName(owner))).toEqual(['@alice', '@acme/gone', '@carol', '@dave']);
    expect(out).toEqual([{ owner: { kind: 'user', login: 'typo' }, lines: [1, 2], suggestion }]);
  });

  it('removes an unknown team and an unknown address', () => {
    expect(without(unknown(2, 10, '/b @typo @acme/gone\r')).owners.map(({ owner }) => ownerName(owner))).not.toContain(
      '@acme/gone',
    );
    const address = crossCheck(parseCodeowners('* x@example.com'), [unknown(1, 3, '* X@example.com')]);
    expect(address.owners).toEqual([]);
  });

  it.each([
    ['another kind of error', { line: 4, column: 1, kind: 'Invalid pattern', source: '/d @carol @dave' }],
    ['an unknown owner that cannot be found', unknown(4, 99, '/d @carol @dave')],
    ['an unknown owner whose place is between two', unknown(4, 3, '/d @carol @dave')],
    ['an owner that is wrong otherwise', { line: 4, column: 4, kind: 'Invalid owner', source: '/d @carol @dave' }],
    ['an unknown owner without the line', { line: 4, column: 4, kind: 'Unknown owner' }],
    ['an unknown kind of error', { line: 4, column: 11, kind: 'Unheard of', source: null }],
  ])('removes the whole line for %s', (_case, error) => {
    const { owners } = without(error);
    expect(owners.map(({ owner }) => ownerName(owner))).toEqual(['@alice', '@typo', '@acme/gone', '@carol']);
    expect(owners.at(-1)?.lines).toEqual([3]);
  });

  it('does not report a line again that our parser reports', () => {
    const result = crossCheck(parseCodeowners('* @A@B'), [
      { line: 1, column: 3, kind: 'Invalid owner', source: '* @A@B' },
    ]);
    expect(result.invalid).toEqual([{ line: 1, code: 'not-an-owner', token: '@A@B' }]);
  });

  it.each(['Unknown owner', 'Invalid owner'])('takes linear time for 100,000 lines with %s', (kind) => {
    const source = '* @typo';
    const lines = Array.from({ length: 100_000 }, (_, index) => index + 1);
    const errors = lines.map((line) => ({ line, column: 3, kind, source }));
    const { owners, unknown: out, invalid } = crossCheck(parseCodeowners(`${source}\n[\n`.repeat(50_000)), errors);
    expect(owners).toEqual([]);
    expect(kind === 'Unknown owner' ? out[0]?.lines : invalid.map(({ line }) => line)).toEqual(lines);
  });

  it('reports lines in their order', () => {
    const result = crossCheck(parseCodeowners('* @a\n[S]\n/b @b\n'), [
      { line: 3, column: 1, kind: 'Invalid pattern' },
      { line: 1, column: 1, kind: 'Invalid pattern' },
    ]);
    expect(result.invalid.map(({ line }) => line)).toEqual([1, 2, 3]);
  });

  it('never adds an owner', () => {
    const error = fc.record({
      line: fc.integer({ min: 1, max: 5 }),
      column: fc.integer({ min: 1, max: 20 }),
      kind: fc.constantFrom('Unknown owner', 'Invalid owner'),
      source: fc.constantFrom(...text.split('\n'), null),
    });
    fc.assert(
      fc.property(fc.array(error), (errors) => {
        const before = parseCodeowners(text).owners.map(({ owner }) => ownerName(owner));
        expect(before).toEqual(expect.arrayContaining(without(...errors).owners.map(({ owner }) => ownerName(owner))));
      }),
    );
  });
});

const codeownersPath = '.github/CODEOWNERS';

describe('isOwned is true for', () => {
  // GitHub's documentation, "About code owners", has most of these.
  it.each([
    ['* @a', codeownersPath],
    ['/.github/ @a', codeownersPath],
    ['.github/ @a', codeownersPath],
    ['.github @a', codeownersPath],
    ['/.github/CODEOWNERS @a', codeownersPath],
    ['.github/* @a', codeownersPath],
    ['CODEOWNERS @a', codeownersPath],
    ['*.yml @a', '.github/neon-people.yml'],
    ['**/CODEOWNERS @a', codeownersPath],
    ['/**/CODEOWNERS @a', codeownersPath],
    ['.github/** @a', '.github/a/b.yml'],
    ['apps/ @a', 'x/apps/y/z'],
    ['/apps/github @a', 'apps/github/y/z'],
    ['CODEOWNER? @a', codeownersPath],
    ['/a\\ b/ @a', 'a b/c'],
    ['/nobody\n* @a # last', codeownersPath],
    ['\ufeff* @a\r\n# @b\r\n', codeownersPath],
    ['* @a\n/other @b', codeownersPath],
    ['* @a\n[section] @b', codeownersPath],
    ['* @a\n\n  # text\n', codeownersPath],
    ['/a/b/c/CODEOWNERS @a', 'a/b/c/CODEOWNERS'],
    ['.git*/C*W*S @a', codeownersPath],
    ['.g*/*D*W*S* @a', codeownersPath],
    ['/.github/*/x @a', '.github/a/x'],
    ['x?y @a', 'xay'],
    ['a*b @a', 'a\nb'],
    ['*a*a*a*a*a*a* @a', 'aaaaaaa'],
  ])('%j: %s', (text, file) => {
    expect(isOwned(text, file)).toBe(true);
  });
});

describe('isOwned is false for', () => {
  it.each([
    ['', codeownersPath],
    ['# * @a', codeownersPath],
    ['*', codeownersPath],
    ['* @a\n/.github/', codeownersPath],
    ['/* @a', codeownersPath],
    ['docs/ @a', codeownersPath],
    ['/CODEOWNERS @a', codeownersPath],
    ['docs/* @a', 'docs/a/b'],
    ['.github/CODEOWNER @a', codeownersPath],
    ['XgithubXCODEOWNERS @a', codeownersPath],
    ['.GITHUB/ @a', codeownersPath],
    ['* not-an-owner', codeownersPath],
    ['* @a\rx', codeownersPath],
    ['/.github/*/x @a', '.github/a/b/x'],
    ['a @a', 'ba'],
    [`/${'a'.repeat(32_768)} @a`, codeownersPath],
  ])('%j: %s', (text, file) => {
    expect(isOwned(text, file)).toBe(false);
  });
});

it.each([
  ['**/**/**/**/x* @b\n', true],
  ['a*b*c*d*e* @b\n', true],
  ['*a*a*a*a*a*a*b @b\n', true],
  ['/a\n', true],
  ['[ @b\n', true],
  ['\\', true],
  ['*?', true],
  // One long pattern that matches and has no owners.
  ['**/', false],
])('isOwned takes linear time for 3 MB of %j', (unit, isOwnedByFirst) => {
  const text = `* @a\n${unit.repeat(Math.floor((3 * 1024 * 1024) / unit.length))}`;
  expect(isOwned(text, codeownersPath)).toBe(isOwnedByFirst);
});
