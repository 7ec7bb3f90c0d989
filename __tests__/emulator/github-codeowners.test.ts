import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { codeownersErrors } from '../../emulator/github/codeowners.ts';
import { type GitHubOptions, type GitHubServer, startGitHub } from '../../emulator/github.ts';
import { client, refused, shop } from './octokit.ts';

const open: GitHubServer[] = [];
afterEach(() => Promise.all(open.splice(0).map((github) => github.close())));

async function start(options: GitHubOptions = {}): Promise<GitHubServer> {
  const github = await startGitHub(options);
  open.push(github);
  return github;
}

/** Kind and column of each error of one line; only `@ada` is known. */
function check(line: string): [kind: string, column: number][] {
  const errors = codeownersErrors(line, 'CODEOWNERS', (owner) => (/^@?a/.test(owner) ? undefined : 'unknown'));
  return errors.map(({ kind, column }) => [kind, column]);
}

describe('the errors of a line', () => {
  it.each<[line: string, errors: [kind: string, column: number][]]>([
    ['* @ada', []],
    ['*.txt docs@', [['Invalid owner', 7]]],
    ['* user', [['Invalid owner', 3]]],
    ['***/*.rb @ada', [['Invalid pattern', 1]]],
    ['!docs @ada', [['Invalid pattern', 1]]],
    ['/[ab].txt @ada', [['Invalid pattern', 1]]],
    ['/app/\\[slug]/ @ada', [['Invalid pattern', 1]]],
    ['/app/\\[slug\\]/ @ada', []],
    ['/dir @ada-', []],
    ['/dir @acme/te.am', [['Invalid owner', 6]]],
    ['/dir ada@example.com,', [['Invalid owner', 6]]],
    ['\\#file @ada', [['Invalid pattern', 1]]],
    ['/ @ada', [['Invalid pattern', 1]]],
    [
      '* @bob @ada @eve',
      [
        ['Unknown owner', 3],
        ['Unknown owner', 13],
      ],
    ],
    ['* @ada # @bob ask@', []],
    ['# @bob', []],
    ['   ', []],
    ['/no-owner', []],
    ['/a\\ b/ @ada', []],
    ['/dir @-ada', [['Invalid owner', 6]]],
    ['/dir @coh.org', [['Invalid owner', 6]]],
    ['/dir @acme/team/extra', [['Invalid owner', 6]]],
    // As at GitHub: in September 2026, iccDEV's CODEOWNERS had two logins in one word, without an error.
    ['/dir @ada@bob', []],
  ])('are those that GitHub reports for %j', (line, errors) => {
    // E-mail addresses are not checked here.
    expect(check(line)).toEqual(errors);
  });

  it("have the format of the example in GitHub's documentation", () => {
    const text = '\n\n***/*.rb @ada\n\n\n\n*.txt docs@';
    expect(codeownersErrors(text, '.github/CODEOWNERS', () => undefined)).toEqual([
      {
        line: 3,
        column: 1,
        kind: 'Invalid pattern',
        source: '***/*.rb @ada',
        suggestion: 'Did you mean `**/*.rb`?',
        message: 'Invalid pattern on line 3: Did you mean `**/*.rb`?\n\n  ***/*.rb @ada\n  ^',
        path: '.github/CODEOWNERS',
      },
      {
        line: 7,
        column: 7,
        kind: 'Invalid owner',
        source: '*.txt docs@',
        suggestion: null,
        message: 'Invalid owner on line 7:\n\n  *.txt docs@\n        ^',
        path: '.github/CODEOWNERS',
      },
    ]);
  });

  it('point to a word of the line in any file', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom(...'*/!@a#\\ \t[]-.') })), (lines) => {
        for (const { source = '', column, line } of codeownersErrors(lines.join('\n'), '', () => 'unknown')) {
          expect(source).toBe(lines[line - 1]);
          expect(source[column - 1]).toMatch(/\S/);
        }
      }),
    );
  });
});

describe('the CODEOWNERS errors endpoint', () => {
  const kinds = async (github: GitHubServer, query: { ref?: string } = {}) => {
    const { repos } = client(github, github.tokens.default).rest;
    const { data } = await repos.codeownersErrors({ ...shop, ...query });
    return data.errors.map(({ line, kind, source }) => [line, kind, source]);
  };

  it('accepts owners with write access: members, collaborators, and teams with their own or an inherited role', async () => {
    const github = await start({
      seed: {
        default_repository_permission: 'read',
        members: [{ login: 'junior' }],
        users: [{ login: 'guest' }, { login: 'reader' }],
        teams: [
          { slug: 'docs', role: 'read' },
          { slug: 'hidden', privacy: 'secret' },
          { slug: 'below', parent: 'platform', role: null, members: ['junior'] },
        ],
      },
      files: {
        CODEOWNERS: [
          '/1 @Ada', // an owner of the organization
          '/2 @linus', // by a child team
          '/3 @octocat', // a member who may only read
          '/4 @guest',
          '/5 @reader',
          '/6 @acme/platform',
          '/7 @ACME/Platform-DB',
          '/8 @acme/docs',
          '/9 @acme/hidden',
          '/10 @acme/absent',
          '/11 @absent',
          '/12 someone@example.com GRACE@example.com', // the second is an owner of the organization
          '/13 @acme/below @junior', // as the team above it can
        ].join('\r\n'),
      },
    });
    github.change(({ repositories: [repository] }) =>
      Object.assign(repository?.collaborators ?? {}, { guest: 'write', reader: 'read' }),
    );
    const unknown = (line: number, source: string) => [line, 'Unknown owner', source];
    expect(await kinds(github)).toEqual([
      unknown(3, '/3 @octocat'),
      unknown(5, '/5 @reader'),
      unknown(8, '/8 @acme/docs'),
      unknown(9, '/9 @acme/hidden'),
      unknown(10, '/10 @acme/absent'),
      unknown(11, '/11 @absent'),
      unknown(12, '/12 someone@example.com GRACE@example.com'),
    ]);
    github.change((state) => Object.assign(state, { check_email_owners: false }));
    expect((await kinds(github)).map(([line]) => line)).not.toContain(12);
  });

  it('suggests a fix for a user, a team and an address', async () => {
    const github = await start({ files: { CODEOWNERS: '* @absent @acme/none\n* a@b.io' } });
    const { data } = await client(github).rest.repos.codeownersErrors(shop);
    expect(data.errors.map(({ message }) => message)).toEqual([
      'Unknown owner on line 1: make sure @absent exists and has write access to the repository\n\n  * @absent @acme/none\n    ^',
      'Unknown owner on line 1: make sure the team @acme/none exists, is publicly visible, and has write access to the ' +
        'repository\n\n  * @absent @acme/none\n            ^',
      'Unknown owner on line 2: make sure a user with the email address a@b.io exists and has write access to the ' +
        'repository\n\n  * a@b.io\n    ^',
    ]);
  });

  it('reads the first of the three locations at a ref', async () => {
    const github = await start({ files: { 'docs/CODEOWNERS': '* @docs' } });
    expect(await kinds(github)).toEqual([[1, 'Unknown owner', '* @docs']]);
    const before = await github.commit({ CODEOWNERS: '* @root' });
    await github.commit({ '.github/CODEOWNERS': '* @dot' });
    await github.commit({ '.github/CODEOWNERS': '* @branch' }, 'feature');
    expect(await kinds(github)).toEqual([[1, 'Unknown owner', '* @dot']]);
    expect(await kinds(github, { ref: before })).toEqual([[1, 'Unknown owner', '* @root']]);
    expect(await kinds(github, { ref: 'feature' })).toEqual([[1, 'Unknown owner', '* @branch']]);
    const pull = await github.openPull({ '.github/CODEOWNERS': '* @pull' });
    expect(await kinds(github, { ref: `refs/pull/${pull}/merge` })).toEqual([[1, 'Unknown owner', '* @pull']]);
  });

  it('answers 404 without a file, for a file over 3 MB, and for an unknown ref', async () => {
    const github = await start();
    await expect(kinds(github)).rejects.toEqual(refused(404, 'Not Found'));
    await github.commit({ CODEOWNERS: `* @ada\n${'#'.repeat(3 * 1024 * 1024)}` });
    await expect(kinds(github)).rejects.toEqual(refused(404, 'Not Found'));
    await expect(kinds(github, { ref: 'nowhere' })).rejects.toEqual(refused(404, 'Not Found'));
  });
});
