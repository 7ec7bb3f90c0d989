import { describe, expect, it } from 'vitest';
import type { WorkflowEvent } from '../../src/github/event.ts';
import { withheldRemovals } from '../../src/members/change.ts';
import { parseEntry } from '../../src/members/owner.ts';
import { peopleComment, peopleResult } from '../../src/members/render.ts';
import { announce } from '../../src/members/render-log.ts';
import { stopText } from '../../src/members/sentences.ts';
import type { SyncOptions, SyncPlan } from '../../src/members/sync.ts';
import { decideMode } from '../../src/runner/mode.ts';
import { changesOf, codeowners, peopleFile, row, sync } from './sync-world.ts';

function annotationsOf(made: SyncPlan & { options: SyncOptions }, apply = true) {
  const lines: Record<'info' | 'notice' | 'warning', string[]> = { info: [], notice: [], warning: [] };
  const to = (level: keyof typeof lines) => (line: string) => void lines[level].push(line);
  const trust = decideMode(apply ? 'apply' : 'plan', { name: '', ref: '', payload: {} });
  announce(made, made.options, trust, { info: to('info'), notice: to('notice'), warning: to('warning') });
  return lines;
}

const user = (login: string, id: number, more = {}) => ({ login, id, ...more });
const root = user('root', 1);
const rootLine = 'root: { email: root@x.io, role: admin }';
const base = {
  members: [row('root@x.io', 'admin'), row('leaver@x.io'), row('grace@x.io')],
  keyOwner: 'root@x.io',
};
const files = (owners: string, people: string) => ({ [codeowners]: owners, [peopleFile]: people });
const staff = [root, user('grace', 2)];

describe('off-boarding', () => {
  it('removes a person who was deleted from CODEOWNERS and the people file', async () => {
    const github = { files: files('* @root @grace', `people: { ${rootLine}, grace: grace@x.io }`), users: staff };
    expect(changesOf(await sync({ ...base, github }))).toEqual(['remove leaver@x.io']);
  });

  it.each([
    ['the account no longer exists', staff],
    ['the account no longer has access', [...staff, user('leaver', 3)]],
  ])('removes a person who is still in CODEOWNERS and the people file if %s', async (_case, users) => {
    const people = `people: { ${rootLine}, grace: grace@x.io, leaver: leaver@x.io }`;
    // GitHub reports the account as unknown in either case.
    const github = { files: files('* @root @grace @gone-leaver', people.replace('leaver:', 'gone-leaver:')), users };
    expect(changesOf(await sync({ ...base, github }))).toEqual(['remove leaver@x.io']);
  });

  it('works while other names are unresolved if the people file has the address', async () => {
    const people = `people: { ${rootLine}, grace: grace@x.io, leaver: leaver@x.io }`;
    const users = [...staff, user('leaver', 3), user('octocat', 4)];
    const github = { files: files('* @root @grace @octocat @stale-name', people), users };
    const made = await sync({ ...base, github });
    expect(changesOf(made)).toEqual(['remove leaver@x.io']);
    expect(annotationsOf(made).warning.join('\n')).toContain('2 owners without an address.');
  });

  it('works while an app and a former member are excluded', async () => {
    const people = `people: { ${rootLine}, grace: grace@x.io, ex: ex@x.io }\nexclude: [dependabot, ex]`;
    const github = { files: files('* @root @grace', people), users: staff };
    expect(changesOf(await sync({ ...base, github }))).toEqual(['remove leaver@x.io']);
  });

  it('waits for names that may belong to the member, and reports how to resolve them', async () => {
    const github = {
      files: files('* @root @grace @octocat\n!x', `people: { ${rootLine}, grace: grace@x.io }`),
      users: [...staff, user('octocat', 4)],
    };
    const made = await sync({ ...base, github });
    expect(changesOf(made)).toEqual([]);
    expect(withheldRemovals(made.plan)).toHaveLength(1);
    const [warning] = annotationsOf(made).warning.filter((text) => text.includes('withheld'));
    expect(warning?.split('\n')).toEqual([
      '1 removal withheld: the member may be one of the unresolved names.',
      '@octocat: Not in the people file. Add it to the people file, or remove it.',
      'Correct line 2 of CODEOWNERS: `!` does not work in CODEOWNERS.',
    ]);
    const report = {
      ...made,
      sync: made,
      outcomes: [],
      trust: decideMode('apply', { name: '', ref: '', payload: {} }),
      showEmails: false,
      managesMembers: true,
    };
    const result = peopleResult(report);
    expect(result.outputs['withheld_count']).toBe('1');
    expect(result.summary).toContain('1 not removed, because names are unresolved');
    expect(result.failure).toBeUndefined();
  });

  it('asks for a correction if the people file pins another account', async () => {
    const people = `people: { ${rootLine}, hubot: { email: hubot@x.io, github_id: 7 } }`;
    const github = { files: files('* @root @hubot', people), users: [root, user('hubot', 8)] };
    const { warning } = annotationsOf(await sync({ ...base, github }));
    expect(warning.join('\n')).toContain(
      '@hubot: The people file pins the account 7, but the login now belongs to the account 8. Correct the login or its `github_id`, or remove it.',
    );
  });

  it('reports how to keep a person that GitHub does not accept as an owner', async () => {
    const people = `people: { ${rootLine}, grace: grace@x.io }`;
    const users = staff;
    const owners = '* @root @grace @leaver';
    const made = await sync({ ...base, github: { files: files(owners, people), users } });
    expect(changesOf(made)).toEqual([]);
    expect(annotationsOf(made).warning.join('\n')).toContain(
      '@leaver: GitHub does not accept this owner: unknown owner. To keep this person, list @leaver in `include` of the people file. To allow the removal, add the address to `people`, or remove the name.',
    );
    const listed = people.replace('grace:', 'leaver: leaver@x.io, grace:');
    const removing = await sync({ ...base, github: { files: files(owners, listed), users } });
    expect(changesOf(removing)).toEqual(['remove leaver@x.io']);
    const keeping = await sync({ ...base, github: { files: files(owners, `${listed}\ninclude: [leaver]`), users } });
    expect(changesOf(keeping)).toEqual([]);
    expect(withheldRemovals(keeping.plan)).toEqual([]);
  });

  it('fails with `on_unresolved: fail`', async () => {
    const github = {
      files: files('* @root @grace\n!x', `people: { ${rootLine}, grace: grace@x.io }`),
      users: staff,
    };
    const { stops } = await sync({ ...base, github, options: { on_unresolved: 'fail' } });
    expect(stops.map(stopText)).toEqual(['`on_unresolved: fail`: 1 removal withheld.']);
  });
});

describe('a member with another address of a person who is wanted', () => {
  const users = [root, user('alice', 2, { saml: 'alice@x.io', verified: 'alice@x.io smith@y.io' })];
  const members = [row('root@x.io', 'admin'), row('smith@y.io')];
  const github = { files: files('* @root @alice', `people: { ${rootLine} }`), users };

  it.each<[string, Partial<SyncOptions>]>([
    ['the sources agree on one address', { identity_sources: ['people-file', 'saml', 'verified-domain'] }],
    [
      'only one address is in `allowed_domains`',
      { identity_sources: ['people-file', 'verified-domain'], allowed_domains: ['x.io'] },
    ],
  ])('is not removed if %s', async (_case, options) => {
    const made = await sync({ ...base, members, github, options });
    expect(changesOf(made)).toEqual(['invite alice@x.io as member']);
    expect(annotationsOf(made).warning.join('\n')).toContain(
      "@alice is named in the files, and smith@y.io may be this person's address. Add the address that the person uses in Neon to the people file.",
    );
  });

  it('is removed if the people file has the address to invite', async () => {
    const listed = { ...github, files: files('* @root @alice', `people: { ${rootLine}, alice: alice@x.io }`) };
    const options: Partial<SyncOptions> = { identity_sources: ['people-file', 'saml', 'verified-domain'] };
    expect(changesOf(await sync({ ...base, members, github: listed, options }))).toEqual([
      'invite alice@x.io as member',
      'remove smith@y.io',
    ]);
  });
});

describe('the owner of the key', () => {
  const people = `people: { ${rootLine}, grace: grace@x.io, leaver: leaver@x.io }`;
  const github = { files: files('* @grace', people), users: [...staff, user('leaver', 3)] };

  it('is never changed when they are an admin', async () => {
    expect(changesOf(await sync({ ...base, github }))).toEqual(['remove leaver@x.io']);
  });

  it("is not protected by a reader's key, whose plan says that the admin is unknown", async () => {
    const members = [...base.members, row('second@x.io', 'admin')];
    const planned = await sync({ ...base, members, github, keyOwner: 'leaver@x.io', isApplied: false });
    expect(changesOf(planned)).toContain('remove leaver@x.io');
    expect(annotationsOf(planned, false).notice.join('\n')).toContain(
      '`api_key` belongs to leaver@x.io, who is not an admin. The admin whose key applies this plan is never changed',
    );
  });

  it('must be in the list of members, because the list is otherwise incomplete', async () => {
    await expect(sync({ ...base, github, members: [row('other@x.io', 'admin')] })).rejects.toThrow(
      'Neon listed 1 members without the owner of `api_key`',
    );
    await expect(sync({ ...base, github, members: [] })).rejects.toThrow('Neon listed 0 members and no admin');
  });
});

describe('the files of a sync', () => {
  const github = { files: files('* @root', `people: { ${rootLine} }`), users: staff };

  it.each<[string, Record<string, string | null>, string]>([
    ['the people file is missing', { [codeowners]: '* @root' }, 'There is no .github/neon-people.yml'],
    ['the people file is an empty response', { ...github.files, [peopleFile]: null }, 'without the content of'],
    ['the people file has no entries', files('* @root', '# moved'), 'has no entries'],
    ['CODEOWNERS is an empty response', { ...github.files, [codeowners]: null }, 'without the content of'],
  ])('stop sync-members if %s', async (_case, changed, message) => {
    await expect(sync({ ...base, github: { ...github, files: changed } })).rejects.toThrow(message);
  });

  it('do not have to include a people file with `people_file: none`', async () => {
    const without = {
      ...github,
      files: { [codeowners]: 'x root@x.io' },
      users: [user('root', 1, { saml: 'root@x.io' })],
    };
    const made = await sync({ ...base, github: without, options: { people_file: 'none' } });
    expect(changesOf(made)).toEqual(['remove grace@x.io', 'remove leaver@x.io']);
    expect(made.sources.notices.map(({ code }) => code)).toEqual(['unowned']);
  });

  it('cause a warning in sync-invitations if the people file is missing', async () => {
    const without = { ...github, files: { [codeowners]: '* @root' } };
    const made = await sync({ ...base, github: without, managesMembers: false });
    expect(annotationsOf(made).warning.join('\n')).toContain(
      'There is no .github/neon-people.yml, so everyone gets the default role, and only the input `exclude` excludes people.',
    );
  });

  it('stop sync-invitations if the people file was deleted or renamed', async () => {
    const gone = { ...github, files: { [codeowners]: '* @root' }, deleted: [peopleFile] };
    await expect(sync({ ...base, github: gone, managesMembers: false })).rejects.toThrow(
      'There is no .github/neon-people.yml',
    );
  });

  const pull: WorkflowEvent = {
    name: 'pull_request',
    ref: 'refs/pull/7/merge',
    payload: { action: 'opened', pull_request: { number: 7, head: { sha: 'c'.repeat(40) } } },
  };

  it.each([
    [true, 'b'.repeat(40), []],
    [false, 'a'.repeat(40), ['no-merge-result']],
  ])('are read from the merge result of an open pull request: %s', async (hasMergeResult, sha, notices) => {
    const made = await sync({ ...base, github: { ...github, hasMergeResult }, event: pull, isApplied: false });
    expect(made.requests).toContain('GET /repos/acme/shop/commits/refs/pull/7/merge');
    expect(made.sources.at.sha).toBe(sha);
    expect(made.sources.notices.map(({ code }) => code)).toEqual([...notices]);
  });

  it('are read from the default branch when they are applied', async () => {
    const made = await sync({ ...base, github, event: pull, isApplied: true });
    expect(made.requests).not.toContain('GET /repos/acme/shop/commits/refs/pull/7/merge');
  });
});

describe('several repositories', () => {
  const people = `people: { ${rootLine}, grace: grace@x.io, leaver: leaver@x.io }`;
  const users = [...staff, user('leaver', 3)];
  const own = { files: files('* @root', people), users };
  const options = { repositories: ['acme/billing', 'ACME/Shop', 'acme/docs'] };
  const others = {
    'acme/billing': { [codeowners]: '/a @root\n/b @grace\n/c @leaver' },
    'acme/docs': { CODEOWNERS: '* @grace' },
  };

  it('are combined, so that no person in one of them is removed', async () => {
    const made = await sync({ ...base, github: { ...own, others }, options });
    expect(changesOf(made)).toEqual([]);
    const without = { ...others, 'acme/billing': { [codeowners]: '* @root' } };
    const less = await sync({ ...base, github: { ...own, others: without }, options });
    expect(changesOf(less)).toEqual(['remove leaver@x.io']);
  });

  it('are reported with repository, file and line for each person', async () => {
    const made = await sync({ ...base, members: base.members.slice(0, 1), github: { ...own, others }, options });
    const trust = decideMode('apply', { name: '', ref: '', payload: {} });
    const result = peopleResult({ ...made, sync: made, outcomes: [], trust, showEmails: false });
    expect(result.json?.['plan']).toMatchObject([
      { name: '@grace', named_by: ['acme/billing/.github/CODEOWNERS:2', 'acme/docs/CODEOWNERS:1'] },
      { name: '@leaver', named_by: ['acme/billing/.github/CODEOWNERS:3'] },
      { name: '@root' },
    ]);
    expect(result.summary).toMatch(
      /\| \[`acme\/billing\/\.github\/CODEOWNERS` line 2\]\(https:\/\/github\.com\/acme\/billing\/blob\/a{40}\/\.github\/CODEOWNERS#L2\) and 1 more \|/,
    );
    expect(annotationsOf(made).info[0]?.split('\n').slice(1)).toEqual([
      `Read acme/billing/.github/CODEOWNERS from its default branch, commit ${'a'.repeat(40)}.`,
      `Read acme/docs/CODEOWNERS from its default branch, commit ${'a'.repeat(40)}.`,
    ]);
  });

  it.each<[string, Record<string, string | null> | number, string]>([
    ['is missing or hidden', 404, 'with 404'],
    ['is refused', 403, 'with 403'],
    ['has no CODEOWNERS', { 'README.md': 'x' }, 'of acme/billing, so nothing was done'],
    ['responds without the content of the file', { [codeowners]: null }, 'without the content of'],
  ])('stop sync-members and sync-invitations if one %s', async (_case, billing, message) => {
    const github = { ...own, others: { ...others, 'acme/billing': billing } };
    for (const managesMembers of [true, false])
      await expect(sync({ ...base, github, options, managesMembers })).rejects.toThrow(message);
  });

  it('are all reported if they cannot be read', async () => {
    const github = { ...own, others: { 'acme/docs': { 'README.md': 'x' } } };
    const read = sync({ ...base, github, options });
    await expect(read).rejects.toThrow('with 404');
    await expect(read).rejects.toThrow('of acme/docs, so nothing was done');
  });

  it('are not read by a former name, which another repository may get', async () => {
    const github = { ...own, others, renamed: { 'acme/billing': 'acme/payments' } };
    await expect(sync({ ...base, github, options })).rejects.toThrow(
      'acme/billing is now named acme/payments. Use the new name in `repositories`.',
    );
  });

  it('are read at their default branches, even for an open pull request of the own repository', async () => {
    const pull = { action: 'opened', pull_request: { number: 7, head: { sha: 'c'.repeat(40) } } };
    const event = { name: 'pull_request', ref: 'refs/pull/7/merge', payload: pull };
    const made = await sync({ ...base, github: { ...own, others }, options, event, isApplied: false });
    expect(made.requests).toContain('GET /repos/acme/shop/commits/refs/pull/7/merge');
    expect(made.requests).toContain('GET /repos/acme/billing/commits/heads/main');
    expect(made.sources.codeowners.files.map(({ sha }) => sha[0])).toEqual(['b', 'a', 'a']);
  });

  it('withhold removals because of an invalid line in one of them, with its file', async () => {
    const github = { ...own, others: { ...others, 'acme/billing': { [codeowners]: '!x @leaver\n/b @grace' } } };
    const made = await sync({ ...base, github, options });
    expect(changesOf(made)).toEqual([]);
    expect(annotationsOf(made).warning.join('\n')).toContain('acme/billing/.github/CODEOWNERS has 1 invalid line.');
    expect(annotationsOf(made).warning.join('\n')).toContain('Correct line 1 of acme/billing/.github/CODEOWNERS:');
  });

  it('cause one warning for all files that anyone may change', async () => {
    const made = await sync({ ...base, github: { ...own, others }, options });
    const [warning, ...more] = annotationsOf(made).warning.filter((text) => text.startsWith('No line'));
    expect(more).toEqual([]);
    expect(warning).toContain(
      'No line of acme/billing/.github/CODEOWNERS requires an approval for changes to .github/CODEOWNERS, so anyone who can merge',
    );
    expect(warning).not.toContain('acme/docs');
  });
});

describe('names without a match', () => {
  it('are reported for every list', async () => {
    const github = {
      files: files('* @root @grace', `people: { ${rootLine}, grace: grace@x.io, grcae: gracie@x.io }\nexclude: [dora]`),
      users: staff,
    };
    const options = { exclude: [{ kind: 'email', email: 'nobody@y.org' } as const], protected_emails: ['boss@y.org'] };
    const { notice } = annotationsOf(await sync({ ...base, github, options }));
    expect(notice.join('\n').split('\n')).toEqual([
      'grcae in `people` of the people file is not named in CODEOWNERS, in a team or in `include`. Check the spelling, or remove the entry once the member is removed.',
      'Add the address of @dora to `people` in the people file, or remove @dora from `exclude`.',
      'nobody@y.org in `exclude` matches no member or owner. Check the spelling.',
      'boss@y.org in `protected_emails` matches no member or owner. Check the spelling.',
    ]);
  });

  it('are reported for a team with a role', async () => {
    const people = `people: { ${rootLine}, grace: grace@x.io }\nteams: { acme/platfrom: { role: viewer } }`;
    const { notice } = annotationsOf(
      await sync({ ...base, github: { files: files('* @root @grace', people), users: staff } }),
    );
    expect(notice.join()).toContain(
      'The members of @acme/platfrom in `teams` could not be read, so people whose role may depend on them are neither invited nor changed.',
    );
  });
});

describe('sync-invitations', () => {
  it('does not invite an excluded person by address', async () => {
    const github = {
      files: files('* carl@x.io dora@x.io', 'people: { root: root@x.io }'),
      users: [user('carl', 5, { verified: 'carl@x.io' }), user('dora', 6, { verified: 'dora@x.io' })],
      teams: { contractors: ['dora'] },
    };
    const options: Partial<SyncOptions> = {
      identity_sources: ['people-file', 'verified-domain'],
      exclude: ['carl', 'acme/contractors'].flatMap((text) => parseEntry(text) ?? []),
    };
    const made = await sync({ ...base, github, managesMembers: false, options });
    expect(changesOf(made)).toEqual([]);
    expect(made.plan.skips.map(({ reason }) => reason.code)).toEqual(['excluded', 'excluded']);
  });

  it('reports that an excluded team probably does not exist if the token can read other teams', async () => {
    const github = {
      files: files('* @acme/platform', 'exclude: [acme/contractros]'),
      users: staff,
      teams: { platform: ['grace'] },
    };
    const { stops } = await sync({ ...base, github, managesMembers: false });
    expect(stops.map(stopText)).toEqual([
      '@acme/contractros is excluded, but does not exist or is hidden. The token can read other teams of acme, so check the name.',
    ]);
  });
});

describe('the summary of a sync plan', () => {
  const plan = decideMode('plan', { name: '', ref: '', payload: {} });
  const summaryOf = (made: SyncPlan) =>
    peopleResult({ ...made, sync: made, outcomes: [], trust: plan, showEmails: false }).summary;

  it('shows members without an explicit role in a group of their own', async () => {
    const people = `people: { ${rootLine}, grace: grace@x.io, leaver: { email: leaver@x.io, role: member } }`;
    const users = [...staff, user('leaver', 3)];
    const made = await sync({ ...base, github: { files: files('* @root @grace @leaver', people), users } });
    const [, folded = ''] = /<details>(.*?)<\/details>/s.exec(summaryOf(made)) ?? [];
    expect(folded).toContain('1 member without an explicit role');
    expect(folded).toContain('| `@grace` | `g***e@x.io` | member |');
    expect(folded).not.toContain('leaver');
    expect(summaryOf(made)).toContain('3 are already members.');
  });

  it('shows doubts before changes, and collapses long lists by reason', async () => {
    const strangers = Array.from({ length: 25 }, (_, i) => row(`m${i}@x.io`));
    const github = { files: files('* @root @octocat new@x.io\n!x', `people: { ${rootLine} }`), users: staff };
    const made = await sync({ ...base, members: [...base.members, ...strangers], github });
    const summary = summaryOf(made);
    const headings = summary.match(/^#### .*|^<details><summary>.*?(?=<\/summary>)/gm);
    expect(headings).toEqual([
      '#### ✋ 27 removals withheld',
      expect.stringContaining('without an address'),
      '#### ⚠️ 1 invalid line in CODEOWNERS',
      '#### ⏭️ 27 skipped',
      '<details><summary>27 withheld until names are resolved',
    ]);
    expect(summary).toContain(`[line 2](https://github.com/acme/shop/blob/${'a'.repeat(40)}/.github/CODEOWNERS#L2) |`);
    expect(summary).toContain(`(https://github.com/acme/shop/commit/${'a'.repeat(40)})`);
  });

  it('suggests lines of the people file only for logins that it lacks and that GitHub accepts', async () => {
    const people = `people: { ${rootLine}, gone: gone@x.io, hubot: { email: hubot@x.io, github_id: 7 } }`;
    const users = [root, user('hubot', 8), user('octocat', 4)];
    const github = { files: files('* @root @gone @hubot @octocat @typo', people), users };
    const summary = summaryOf(await sync({ ...base, github }));
    expect(summary).toContain('4 owners without an address');
    expect(summary).toContain('```yaml\npeople:\n  octocat: { email: …, github_id: 4 }\n```');
  });

  it('says which source has the address of a person', async () => {
    const users = [
      root,
      user('grace', 2),
      user('lovelace', 5, { verified: 'lovelace@x.io' }),
      user('dora', 6, { verified: 'dora@x.io' }),
    ];
    const github = {
      files: files('* @root @grace @lovelace dora@x.io', `people: { ${rootLine}, grace: hopper@x.io }`),
      users,
    };
    const options: Partial<SyncOptions> = { identity_sources: ['people-file', 'verified-domain'] };
    const summary = summaryOf(await sync({ ...base, github, options }));
    expect(summary).toContain('| Name | E-mail | Address from | Role | Named by | Status |');
    expect(summary).toContain('| `@grace` | `h***r@x.io` | people file | member |');
    expect(summary).toContain('| `@lovelace` | `l***e@x.io` | verified domain | member |');
    expect(summary).toContain('| – | `d***a@x.io` | – | member |');
  });

  const joined = (email: string, joined_at: string) => {
    const { member, user: account } = row(email);
    return { member: { ...member, joined_at }, user: account };
  };
  const drift = {
    ...base,
    members: [
      row('root@x.io', 'admin'),
      row('grace@x.io'),
      joined('early@x.io', '2026-01-02T03:04:05Z'),
      joined('late@x.io', '2026-11-20T03:04:05Z'),
      row('undated@x.io'),
    ],
    invitations: [
      {
        id: 'i1',
        email: 'Late@x.io',
        org_id: 'org-a',
        invited_by: 'u-grace@x.io',
        invited_at: '2026-11-19T00:00:00Z',
        role: 'member' as const,
      },
      {
        id: 'i2',
        email: 'early@x.io',
        org_id: 'org-a',
        invited_by: 'u-who-left',
        invited_at: '2026-01-01T00:00:00Z',
        role: 'member' as const,
      },
    ],
    github: { files: files('* @root @grace', `people: { ${rootLine}, grace: grace@x.io }`), users: staff },
  };

  it('lists members who are in no file, the latest first, with the day they joined and who invited them', async () => {
    const summary = summaryOf(await sync({ ...drift, options: { max_removals: { count: 0 } } }));
    expect(summary).toContain('### 👥 Neon organization: 3 not named in the files\n');
    expect(summary).toContain(
      [
        '#### 🧭 3 members not named in the files\n',
        'These members are in Neon, but not in the files. No member is removed, because `max_removals` is 0. [Changes made in Neon](https://github.com/neon-org-action/neon-org-action/blob/main/docs/members.md#changes-made-in-neon)\n',
        '| E-mail | Role | Joined | Invited by |',
        '| --- | --- | --- | --- |',
        '| `l***e@x.io` | member | 2026-11-20 | `g***e@x.io` |',
        '| `e***y@x.io` | member | 2026-01-02 | unknown |',
        '| `u***d@x.io` | member | unknown | unknown |',
      ].join('\n'),
    );
    expect(summary).not.toContain('skipped');
  });

  it('shows the same columns for members to be removed, with the ID by which their keys are found', async () => {
    const summary = summaryOf(await sync(drift));
    expect(summary).toContain('| E-mail | Role | Joined | Invited by | User ID | Status |');
    expect(summary).toMatch(/\| `l\*{3}e@x\.io` \| member \| 2026-11-20 \| `g\*{3}e@x\.io` \| `[^`]+` \| planned \|/);
    expect(summary).not.toContain('🧭');
  });

  it('is not commented on the pull request if it reports only members who stay', async () => {
    const about = { outcomes: [], trust: plan, showEmails: false };
    const unnamed = await sync({ ...drift, options: { max_removals: { count: 0 } } });
    expect(peopleComment({ ...unnamed, sync: unnamed, ...about }).body).toBeUndefined();
    const removing = await sync(drift);
    expect(peopleComment({ ...removing, sync: removing, ...about }).body).toContain('3 to remove');
  });

  it('links to the pull request that it is about', async () => {
    const pull = { action: 'opened', pull_request: { number: 7, head: { sha: 'c'.repeat(40) } } };
    const event = { name: 'pull_request', ref: 'refs/pull/7/merge', payload: pull };
    const github = { files: files('* @root', `people: { ${rootLine} }`), users: staff };
    const made = await sync({ ...base, github, event, isApplied: false });
    expect(summaryOf(made)).toContain('](https://github.com/acme/shop/pull/7), commit [`bbbbbbbbbbbb`]');
  });
});
