import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GitHub } from '../../src/github/client.ts';
import { GitHubError } from '../../src/github/errors.ts';
import type { GitHubAccount } from '../../src/github/identities.ts';
import { lowerCase } from '../../src/lib/email.ts';
import { draftPeople, readKnownAccounts } from '../../src/members/people-draft.ts';
import { parsePeopleFile } from '../../src/members/people-file.ts';
import { draftNotices, draftSection, peopleFileText } from '../../src/members/render-member.ts';
import { isSameRole, parseRole } from '../../src/members/roles.ts';
import { row } from './sync-world.ts';

const account = (id: number, saml: string[], verified?: string[]): GitHubAccount => ({
  id,
  addresses: verified === undefined ? { saml } : { saml, 'verified-domain': verified },
});
const draft = (members: ReturnType<typeof row>[], accounts: Record<string, GitHubAccount> = {}) =>
  draftPeople(members, new Map(Object.entries(accounts)));
const text = (...args: Parameters<typeof draft>) => peopleFileText(draft(...args), 'org-a');

describe('a people file to start from', () => {
  it('contains the login if one account has the address, and a comment otherwise', async () => {
    const members = [row('Grace@x.io', 'admin'), row('ada@x.io'), row('linus@x.io', 'viewer')];
    const accounts = { linus: account(3, ['Linus@X.io'], ['linus@x.io']), grace: account(2, ['grace@x.io']) };
    const made = text(members, accounts);
    expect(made).toBe(`# .github/neon-people.yml: the members of org-a.
# Complete the lines that are comments: replace LOGIN with the GitHub login, and remove the leading #.
# List people who own no code under \`include:\`, by login or address.
people:
  grace: { email: grace@x.io, role: admin, github_id: 2 }
  linus: { email: linus@x.io, role: viewer, github_id: 3 }
  # LOGIN: { email: ada@x.io, role: member }
`);
    const completed = await parsePeopleFile(made.replace('# LOGIN', 'ada'), 'f');
    expect(Object.fromEntries(completed.people)).toEqual({
      grace: { email: 'grace@x.io', role: 'admin', githubId: 2 },
      linus: { email: 'linus@x.io', role: 'viewer', githubId: 3 },
      ada: { email: 'ada@x.io', role: 'member' },
    });
  });

  it.each<[string, Record<string, GitHubAccount>]>([
    ['two accounts have the address', { a: account(1, ['ada@x.io']), b: account(2, ['ada@x.io']) }],
    ['the sources of the account disagree', { a: account(1, ['ada@x.io'], ['other@x.io']) }],
    ['the account has the addresses of two members', { a: account(1, ['ada@x.io', 'grace@x.io']) }],
    ['the login is not one', { 'a b': account(1, ['ada@x.io']) }],
  ])('does not contain the login if %s', (_case, accounts) => {
    expect(text([row('ada@x.io'), row('grace@x.io')], accounts)).toContain('  # LOGIN: { email: ada@x.io');
  });

  it('explains why a member cannot be in it', () => {
    const members = [row('no address'), row('1+a@users.noreply.github.com'), row('a@x.io'), row('A@x.io')];
    const lines = text(members)
      .split('\n')
      .filter((line) => line.includes('LOGIN:'));
    expect(lines).toEqual([
      '  # LOGIN: { email: 1+a@users.noreply.github.com, role: member } # a noreply address',
      '  # LOGIN: { email: a@x.io, role: member }',
      '  # LOGIN: { email: a@x.io, role: member } # the address of two members',
      '  # LOGIN: { email: "no address", role: member } # an address that a people file cannot contain',
    ]);
  });

  it('can be read back as the same people, for any members and accounts', async () => {
    const local = fc.oneof(fc.constantFrom('a', 'B', "o'neil", 'x#y', '{}', 'null', '-', 'ü', 'a: b'), fc.string());
    const email = fc.tuple(local, fc.constantFrom('x.io', 'bücher.example', 'x')).map((parts) => parts.join('@'));
    const role = fc.constantFrom('admin', 'member', 'viewer', 'owner\n# x', 'null') as fc.Arbitrary<'admin'>;
    const members = fc.array(fc.record({ email, role }), { maxLength: 12 });
    const logins = fc.oneof(fc.constantFrom('null', 'true', '0x1f', '1e3', 'a-', 'y'), fc.string()).map(lowerCase);
    const accounts = fc.dictionary(logins, fc.array(email));
    await fc.assert(
      fc.asyncProperty(members, accounts, async (rows, found) => {
        const known = Object.entries(found).map(([login, saml], i) => [login, account(i + 1, saml)] as const);
        const all = rows.map((one) => row(one.email, one.role));
        // Some of the accounts have the address of a member.
        const own = known.map(([login, { id }], i) => [login, account(id, [rows[i]?.email ?? ''])] as const);
        const lines = draft(all, Object.fromEntries([...known, ...own]));
        const { people, teams, include, exclude } = await parsePeopleFile(peopleFileText(lines, 'org-a'), 'f');
        expect([teams.size, include.length, exclude.length]).toEqual([0, 0, 0]);
        expect(lines).toHaveLength(all.length);
        const filled = lines.filter((line) => line.account && !line.problem);
        expect(people.size).toBe(filled.length);
        for (const { email: address, role: given, account: one } of filled) {
          const listed = people.get(one?.login ?? '');
          expect(listed).toMatchObject({ email: address, githubId: one?.id });
          expect(isSameRole(listed?.role ?? '', given ?? '') || parseRole(given ?? '') === undefined).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is folded in the summary, with masked addresses', () => {
    const lines = draft([row('octo@x.io')]);
    const section = draftSection(peopleFileText(lines, 'org-a'), lines, (all) => all.replace('octo@', 'o***o@'));
    expect(section).toContain('<details><summary>A people file to start from with 1 login to fill in</summary>');
    expect(section).toContain('```yaml\n# .github/neon-people.yml');
    expect(section).toContain('  # LOGIN: { email: o***o@x.io, role: member }');
  });
});

describe('readKnownAccounts', () => {
  it.each([404, 403])('reports the accounts as unknown after a %i', async (status) => {
    const refusal = new GitHubError({ method: 'GET', route: '/', status, reason: '"Not Found"' });
    const github = { request: () => Promise.reject(refusal) } as unknown as GitHub;
    const known = await readKnownAccounts(github, 'acme', ['saml']);
    expect(known.accounts.size).toBe(0);
    expect(draftNotices(known, '"Members: read"')).toEqual([
      'The members of the GitHub organization could not be read, so no login is filled in. Reading them requires the permission "Members: read".',
    ]);
  });

  it('fails if GitHub fails', async () => {
    const failure = new GitHubError({ method: 'GET', route: '/', status: 500, reason: '"x"' });
    const github = { request: () => Promise.reject(failure) } as unknown as GitHub;
    await expect(readKnownAccounts(github, 'acme', ['saml'])).rejects.toThrow('500');
  });
});
