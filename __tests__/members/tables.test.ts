import { describe, expect, it } from 'vitest';
import { shownWith } from '../../src/lib/email.ts';
import type { Change, Plan, Skip, SkipReason } from '../../src/members/change.ts';
import type { Owner } from '../../src/members/owner.ts';
import type { Origin } from '../../src/members/read-codeowners.ts';
import type { Unresolved } from '../../src/members/resolve.ts';
import type { Sources } from '../../src/members/sources.ts';
import {
  changeTables,
  invalidLinesTable,
  releasesOf,
  skipTable,
  sourceText,
  unnamedSection,
  unresolvedTable,
  withheldSection,
} from '../../src/members/tables.ts';
import { ownFile, peopleFile } from './sync-world.ts';

const shown = shownWith(true);
const own = { ...ownFile, url: 'https://github.com/acme/shop/blob/main/CODEOWNERS' };
const other = { ...own, repo: 'billing', isOwn: false, url: 'https://github.com/acme/billing/blob/main/CODEOWNERS' };
const ada: Owner = { kind: 'user', login: 'ada' };
const team: Owner = { kind: 'team', org: 'acme', slug: 'platform' };
const namedAt = (file: typeof own, line: number, owner: Owner = ada): Origin => ({ owner, places: [{ file, line }] });
const lineLink = (line: number) => `[line ${line}](${own.url}#L${line})`;

const invite: Change = { kind: 'invite', email: 'a@x.io', name: '@ada', origins: [namedAt(own, 3)], role: 'member' };

function skip(reason: SkipReason, name = '@ada'): Skip {
  return { email: 'a@x.io', name, origins: [], reason };
}

function planOf(skips: Skip[]): Plan {
  return { changes: [], skips, notices: [], exceeded: [] };
}

/** The cells of the rows of a table, without its head. */
function cells(markdown: string): string[][] {
  const rows = markdown.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(2).map((row) => row.slice(2, -2).split(' | '));
}

describe('sourceText', () => {
  const sources = (more: Partial<Sources> = {}): Sources => ({
    ...{ at: ownFile, serverUrl: 'https://github.com', from: { branch: 'main' }, peoplePath: peopleFile },
    ...{ codeowners: { files: [ownFile], owners: [], unknown: [], invalid: [] }, notices: [] },
    ...({ people: {} } as Pick<Sources, 'people'>),
    ...more,
  });
  const twoFiles = { codeowners: { ...sources().codeowners, files: [ownFile, other] } };
  const { sha } = ownFile;

  it.each<[string, Partial<Sources>]>([
    [`Read .github/CODEOWNERS and ${peopleFile} from the default branch main`, {}],
    ['Read .github/CODEOWNERS from the default branch main', { peoplePath: undefined }],
    [
      `Read .github/CODEOWNERS and ${peopleFile} from the merge result of pull request #12`,
      { from: { pullNumber: 12, isMerged: true } },
    ],
    [
      `Read .github/CODEOWNERS and ${peopleFile} from the head of pull request #12`,
      { from: { pullNumber: 12, isMerged: false } },
    ],
  ])('states what was read: %s', (text, more) => {
    expect(sourceText(sources(more), 'text')).toBe(`${text}, commit ${sha}.`);
  });

  it('states which files of other repositories were read', () => {
    expect(sourceText(sources(twoFiles), 'text').split('\n')[1]).toBe(
      `Read acme/billing/.github/CODEOWNERS from its default branch, commit ${sha}.`,
    );
    expect(sourceText(sources(twoFiles), 'markdown')).toContain(
      `Also read from the default branches of other repositories: [\`acme/billing/.github/CODEOWNERS\`](${other.url})`,
    );
  });

  it('links a pull request, but not a branch', () => {
    const pull = sourceText(sources({ from: { pullNumber: 12, isMerged: true } }), 'markdown');
    expect(pull).toContain('](https://github.com/acme/shop/pull/12)');
    expect(sourceText(sources(), 'markdown')).toContain('from the default branch main, commit [');
  });
});

describe('changeTables', () => {
  it('has one table for each kind of change, without unused columns', () => {
    const remove: Change = {
      ...{ kind: 'remove', email: 'b@x.io', name: 'b@x.io', origins: [], role: 'viewer' },
      ...{ memberId: 'm-b', userId: 'u-b' },
    };
    const markdown = changeTables([invite, remove], [{ change: remove, outcome: 'done' }], shown);
    expect(cells(markdown.split('\n\n#### ')[0] ?? '')).toEqual([
      ['`@ada`', '`a@x.io`', 'member', lineLink(3), 'planned'],
    ]);
    expect(cells(markdown.split('\n\n#### ')[1] ?? '')).toEqual([
      ['`b@x.io`', 'viewer', 'unknown', 'unknown', '`u-b`', '✅ done'],
    ]);
    expect(markdown).not.toContain('Address from');
  });

  it('shows both roles of a role change, and where the address comes from', () => {
    const change: Change = {
      ...{ kind: 'change-role', email: 'a@x.io', name: '@ada', origins: [], memberId: 'm-a' },
      ...{ from: 'viewer', to: 'admin', addressFrom: ['people-file', 'saml'] },
    };
    expect(cells(changeTables([change], [], shown))).toEqual([
      ['`@ada`', '`a@x.io`', 'people file, SAML', 'viewer → admin', 'planned'],
    ]);
  });

  it.each<[string, Origin[], string]>([
    [
      'a line of another repository',
      [namedAt(other, 5)],
      `[\`acme/billing/.github/CODEOWNERS\` line 5](${other.url}#L5)`,
    ],
    ['an entry of `include`', [{ owner: ada, places: [] }], '`include`'],
    ['a team', [namedAt(own, 3, team)], `\`@acme/platform\` (${lineLink(3)})`],
    [
      'several lines',
      [{ owner: ada, places: [1, 2, 3].map((line) => ({ file: own, line })) }],
      `${lineLink(1)} and 2 more`,
    ],
    ['three owners', [1, 2, 3].map((line) => namedAt(own, line)), [1, 2, 3].map(lineLink).join(', ')],
    [
      'more than three owners',
      [1, 2, 3, 4, 5].map((line) => namedAt(own, line)),
      `${[1, 2, 3].map(lineLink).join(', ')}, 2 more`,
    ],
  ])('names %s', (_what, origins, text) => {
    expect(cells(changeTables([{ ...invite, origins }], [], shown))[0]?.[3]).toBe(text);
  });
});

describe('unnamedSection', () => {
  const member = (email: string, joinedAt?: string): Skip => ({
    ...skip({ code: 'not-listed', role: 'viewer', arrival: { joinedAt } }, email),
    email,
  });

  it('lists the members who joined last first', () => {
    const plan = planOf([
      member('a@x.io', '2026-01-01T00:00:00Z'),
      member('b@x.io'),
      member('c@x.io', '2026-02-01T00:00:00Z'),
    ]);
    const markdown = unnamedSection(plan, shown);
    expect(markdown).toContain('🧭 3 members not named in the files\n\nThese members are in Neon');
    expect(cells(markdown).map(([email]) => email)).toEqual(['`c@x.io`', '`a@x.io`', '`b@x.io`']);
  });

  it('is about one member', () => {
    expect(unnamedSection(planOf([member('a@x.io')]), shown)).toContain('This member is in Neon');
  });
});

describe('the withheld removals', () => {
  const withheld = (login: string): Skip =>
    skip({
      ...{ code: 'withheld', kind: 'remove' },
      doubts: { shared: [], own: [{ code: 'unmatched', entry: { kind: 'user', login }, list: 'exclude' }] },
    });

  it('have each doubt once', () => {
    expect(releasesOf(planOf([withheld('ada'), withheld('ada'), withheld('grace')]))).toHaveLength(2);
  });

  it('have no section if there are none', () => {
    expect(withheldSection(planOf([skip({ code: 'excluded' })]), shown)).toBe('');
  });

  it('list at most 50 doubts', () => {
    const markdown = withheldSection(
      planOf(Array.from({ length: 53 }, (_, index) => withheld(`user-${index}`))),
      shown,
    );
    expect(markdown).toContain('✋ 53 removals withheld');
    expect(markdown.split('\n- ')).toHaveLength(52);
    expect(markdown).toMatch(/\n- … and 3 more$/);
    const fifty = planOf(Array.from({ length: 50 }, (_, index) => withheld(`user-${index}`)));
    expect(withheldSection(fifty, shown)).not.toContain('more');
  });
});

describe('unresolvedTable', () => {
  const unresolved = (owner: Owner, more: Partial<Unresolved> = {}): Unresolved => ({
    ...{ owner, why: { code: 'not-listed' }, origins: [namedAt(own, 3)] },
    ...more,
  });

  it('has a line for the people file for each person, with the ID of the account if it is known', () => {
    const grace: Owner = { kind: 'user', login: 'grace' };
    const bot = unresolved({ kind: 'user', login: 'hubot' }, { why: { code: 'bot' } });
    const all = [unresolved(ada), unresolved(grace, { id: 7 }), unresolved(team), bot];
    const markdown = unresolvedTable(all, new Map(), shown);
    expect(cells(markdown).map((row) => row.slice(0, 2))).toEqual(
      ['`@ada`', '`@grace`', '`@acme/platform`', '`@hubot`'].map((name) => [name, lineLink(3)]),
    );
    expect(markdown).toContain('people:\n  ada: …\n  grace: { email: …, github_id: 7 }\n```');
  });

  it('has no lines for the people file if only teams are unresolved', () => {
    expect(unresolvedTable([unresolved(team)], new Map(), shown)).not.toContain('people:');
  });
});

describe('invalidLinesTable', () => {
  it('counts lines, and shows each of their problems', () => {
    const problem = { file: own, line: 3, token: 'x' };
    const invalid = [
      { ...problem, code: 'owner-in-pattern' },
      { ...problem, code: 'not-an-owner' },
    ] as const;
    const markdown = invalidLinesTable(invalid, shown);
    expect(markdown).toContain('⚠️ 1 invalid line in CODEOWNERS');
    expect(cells(markdown)).toHaveLength(2);
  });
});

describe('skipTable', () => {
  const member = (isRoleUnstated = false) => skip({ code: 'member', role: 'viewer', isRoleUnstated });

  it.each([
    [1, '1 is already a member.'],
    [2, '2 are already members.'],
  ])('only counts %i unchanged members', (count, text) => {
    expect(
      skipTable(
        Array.from({ length: count }, () => member()),
        shown,
      ),
    ).toBe(text);
  });

  it('lists members without an explicit role', () => {
    const markdown = skipTable([member(true)], shown);
    expect(markdown).toContain('who keeps their current role</summary>');
    expect(cells(markdown)).toEqual([['`@ada`', '`a@x.io`', 'viewer', '–']]);
  });

  it('lists no member with an explicit role', () => {
    expect(cells(skipTable([member(true), member()], shown))).toHaveLength(1);
  });

  it('shows a name only if it is not the address', () => {
    const markdown = skipTable([skip({ code: 'excluded' }, 'a@x.io')], shown);
    expect(cells(markdown)).toEqual([['–', '`a@x.io`', 'Excluded&#8203;&#46;&#8203;']]);
  });

  it('leaves members who are not named to their own table', () => {
    expect(skipTable([skip({ code: 'not-listed', role: 'viewer', arrival: {} })], shown)).toBe('');
  });

  it('groups many skips by reason', () => {
    const invited = skip({ code: 'invited', invitedAt: '2026-11-24T10:00:00Z', reinvite: false });
    const markdown = skipTable([...Array.from({ length: 20 }, () => skip({ code: 'excluded' })), invited], shown);
    expect(markdown).toMatch(/^#### ⏭️ 21 skipped\n/);
    expect([...markdown.matchAll(/<summary>(.*?)<\/summary>/g)].map(([, title]) => title)).toEqual([
      '20 excluded',
      '1 already invited',
    ]);
  });
});
