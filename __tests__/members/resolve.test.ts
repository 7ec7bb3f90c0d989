import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GitHubAccount, GitHubAccounts } from '../../src/github/identities.ts';
import type { TeamMember, TeamRead } from '../../src/github/teams.ts';
import { parseCodeowners, uniteOwners } from '../../src/members/codeowners.ts';
import type { Doubt } from '../../src/members/doubt.ts';
import { type IdentitySource, identitySources } from '../../src/members/identity.ts';
import { type Owner, ownerName, parseEntry } from '../../src/members/owner.ts';
import { parsePeopleFile } from '../../src/members/people-file.ts';
import { resolveIdentities } from '../../src/members/resolve.ts';
import { loginsToAsk, type Named, teamsToRead } from '../../src/members/roster.ts';
import { doubtName, noAddressText } from '../../src/members/sentences.ts';
import { ownFile } from './sync-world.ts';

interface World {
  owners: string;
  peopleFile?: string;
  exclude?: string[];
  sources?: IdentitySource[];
  /** `hidden` or `empty`: as GitHub shows it. */
  teams?: Record<string, (TeamMember | string)[] | 'hidden' | 'empty'>;
  apps?: string[];
  /** Owners that GitHub calls unknown. */
  unknown?: string[];
  accounts?: Record<string, Partial<GitHubAccount>>;
  unusable?: GitHubAccounts['unusable'];
  domains?: string[];
}

async function prepare(world: World) {
  const { owners, peopleFile = '', exclude = [], sources = ['people-file'], teams = {}, unknown = [] } = world;
  const people = await parsePeopleFile(peopleFile, 'f');
  const excluded = exclude.map((text) => parseEntry(text) as Owner);
  const codeowners = uniteOwners([{ file: ownFile, codeowners: parseCodeowners(`* ${owners}`) }]);
  const named: Named = {
    codeowners: {
      ...codeowners,
      owners: codeowners.owners.filter((owner) => !unknown.includes(ownerName(owner))),
      unknown: unknown.map((name) => ({ owner: parseEntry(name) as Owner, places: [{ file: ownFile, line: 1 }] })),
    },
    exclude: [...people.exclude, ...excluded],
    people,
    sources,
    organizations: ['Acme'],
  };
  const member = (one: TeamMember | string): TeamMember =>
    typeof one === 'string' ? { login: one, id: one.length, isBot: false } : one;
  const read = (all: NonNullable<World['teams']>[string]): TeamRead =>
    typeof all === 'string' ? { state: all, members: [] } : { state: 'read', members: all.map(member) };
  return { named, teams: new Map(Object.entries(teams).map(([team, all]) => [team, read(all)])) };
}

async function resolve(world: World) {
  const { named, teams } = await prepare(world);
  const found = new Map(
    Object.entries(world.accounts ?? {}).map(([login, { id = 1, addresses = {} }]) => [login, { id, addresses }]),
  );
  const accounts = { found, unusable: world.unusable ?? new Map(), apps: new Set(world.apps) };
  const result = resolveIdentities(named, teams, accounts, world.domains ?? []);
  return {
    ...result,
    people: result.desired.map(({ login, email }) => `${login === undefined ? '' : `@${login} `}${email}`),
    open: Object.fromEntries(result.unresolved.map(({ owner, why }) => [ownerName(owner), noAddressText(why)])),
    doubtful: namesOf(result.doubts),
    maybeExcluded: namesOf(result.exclusionDoubts),
  };
}

const namesOf = (doubts: Doubt[]) => doubts.map(doubtName);
const all = [...identitySources];
const file = 'people:\n  octo: octo@x.io\n  hubot: { email: hubot@x.io, role: admin, github_id: 7 }\n';

describe('an address', () => {
  it('comes from the people file, whatever other sources say: it is how people settle it', async () => {
    const accounts = { octo: { addresses: { saml: ['other@x.io'] } } };
    expect((await resolve({ owners: '@Octo', peopleFile: file, sources: all, accounts })).people).toEqual([
      '@octo octo@x.io',
    ]);
  });

  it.each<[string, GitHubAccount['addresses'], string | undefined]>([
    ['one source', { saml: ['A@X.io'] }, 'a@x.io'],
    ['two that agree', { saml: ['a@x.io'], 'verified-domain': ['A@x.io'] }, 'a@x.io'],
    ['two that agree on one of many', { saml: ['a@x.io'], 'verified-domain': ['b@x.io', 'a@x.io'] }, 'a@x.io'],
    ['two that disagree', { saml: ['a@x.io'], 'verified-domain': ['b@x.io'] }, undefined],
    ['a profile that disagrees', { saml: ['a@x.io'], profile: ['b@x.io'] }, undefined],
    ['a profile outside the domains, which does not count', { saml: ['a@x.io'], profile: ['b@y.io'] }, 'a@x.io'],
    ['a profile alone, inside the domains', { profile: ['a@x.io'] }, 'a@x.io'],
    ['a profile alone, outside the domains', { profile: ['a@y.io'] }, undefined],
    ['several of one source, one inside the domains', { 'verified-domain': ['a@z.io', 'b@x.io'] }, 'b@x.io'],
    ['several of one source', { 'verified-domain': ['a@x.io', 'b@x.io'] }, undefined],
    ['a noreply address', { saml: ['1+a@users.noreply.github.com'] }, undefined],
    ['a noreply address beside a real one', { saml: ['1+a@users.noreply.github.com', 'a@x.io'] }, 'a@x.io'],
    ['what is no address', { saml: ['CN=a'] }, undefined],
    ['nothing', {}, undefined],
  ])('of %s', async (_case, addresses, email) => {
    const result = await resolve({ owners: '@a', sources: all, accounts: { a: { addresses } }, domains: ['x.io'] });
    expect(result.people).toEqual(email === undefined ? [] : [`@a ${email}`]);
    expect(result.unresolved).toHaveLength(email === undefined ? 1 : 0);
  });

  it('comes only from the sources that are asked for', async () => {
    const accounts = { a: { addresses: { saml: ['a@x.io'], profile: ['a@x.io'] } } };
    expect((await resolve({ owners: '@a', accounts, domains: ['x.io'] })).people).toEqual([]);
    expect((await resolve({ owners: '@octo', peopleFile: file, sources: ['saml'], accounts })).people).toEqual([]);
  });

  it('in CODEOWNERS is one, unless it is a noreply one', async () => {
    const result = await resolve({ owners: 'Docs@X.io 1+a@users.noreply.github.com' });
    expect(result.people).toEqual(['docs@x.io']);
    expect(result.open).toEqual({ '1+a@users.noreply.github.com': 'A noreply address receives no mail.' });
  });

  it('says why there is none, with the id that GitHub has', async () => {
    const accounts = { a: { id: 42, addresses: { saml: ['a@x.io'], 'verified-domain': ['b@x.io'] } } };
    const { unresolved } = await resolve({ owners: '@a @gone', sources: all, accounts });
    const found = [
      { source: 'saml', emails: ['a@x.io'] },
      { source: 'verified-domain', emails: ['b@x.io'] },
    ];
    expect(unresolved).toMatchObject([
      { owner: { login: 'a' }, why: { code: 'sources-disagree', found }, id: 42 },
      { owner: { login: 'gone' }, why: { code: 'no-account' } },
    ]);
    expect((await resolve({ owners: '@a' })).open).toEqual({ '@a': 'Not in the people file.' });
  });

  it.each<[string, GitHubAccount['addresses'], string]>([
    ['none', {}, 'None of the identity sources has an address.'],
    [
      'several of one source',
      { 'verified-domain': ['b@y.io', 'a@y.io'] },
      'The sources give several addresses: verified-domain has a@y.io and b@y.io.',
    ],
    [
      'one each',
      { saml: ['a@x.io'], profile: ['b@x.io'] },
      'The sources disagree: saml has a@x.io, profile has b@x.io.',
    ],
  ])('that is not clear is explained: %s', async (_case, addresses, why) => {
    const { open } = await resolve({ owners: '@a', sources: all, accounts: { a: { addresses } }, domains: ['x.io'] });
    expect(open).toEqual({ '@a': why });
  });

  it('that is missing is reported in the order of names', async () => {
    const { unresolved } = await resolve({ owners: '@c @a 1+b@users.noreply.github.com @acme/t' });
    const names = unresolved.map(({ owner }) => ownerName(owner));
    expect(names).toEqual(['1+b@users.noreply.github.com', '@a', '@acme/t', '@c']);
  });

  it('an app has none, and is not in doubt', async () => {
    const teams = { 'acme/t': [{ login: 'renovate', id: 9, isBot: true }] };
    const { open, doubts } = await resolve({ owners: '@acme/t', teams, sources: all });
    expect([open, doubts]).toEqual([{ '@renovate': 'An app cannot be invited.' }, []]);
  });

  it('is not taken from a source while another one, which may contradict it, cannot be used', async () => {
    const unusable: GitHubAccounts['unusable'] = new Map([['saml', { code: 'refused', message: 'Forbidden' }]]);
    const accounts = { alice: { addresses: { 'verified-domain': ['alice.old@x.io'] } } };
    const result = await resolve({ owners: '@alice @octo', sources: all, unusable, accounts, peopleFile: file });
    expect(result.people).toEqual(['@octo octo@x.io']);
    expect(result.unresolved).toMatchObject([{ why: { code: 'source-unusable', sources: ['saml'] } }]);
    expect(result.doubtful).toEqual(['`saml`', '@alice']);
  });
});

describe('the number of an account', () => {
  it.each<[string, World, string[]]>([
    ['is the pinned one', { owners: '@hubot', accounts: { hubot: { id: 7 } } }, ['@hubot hubot@x.io']],
    [
      'is another one: somebody has registered the login anew',
      { owners: '@hubot', accounts: { hubot: { id: 8 } } },
      [],
    ],
    ['is gone with the login', { owners: '@hubot', accounts: {} }, []],
    [
      'is the pinned one under a new login',
      { owners: '@hubot-2', accounts: { 'hubot-2': { id: 7 } } },
      ['@hubot-2 hubot@x.io'],
    ],
    [
      'comes from a team',
      { owners: '@acme/t', teams: { 'acme/t': [{ login: 'hubot-2', id: 7, isBot: false }] } },
      ['@hubot-2 hubot@x.io'],
    ],
    [
      'of a team is another one',
      { owners: '@acme/t', teams: { 'acme/t': [{ login: 'hubot', id: 8, isBot: false }] } },
      [],
    ],
  ])('%s', async (_case, world, people) => {
    const result = await resolve({ ...world, peopleFile: file });
    expect(result.people).toEqual(people);
    if (people.length > 0) expect(result.desired[0]?.role).toBe('admin');
    else
      expect(Object.values(result.open).join()).toMatch(
        /^The people file pins the account 7, (?:but the login now belongs to the account 8|and GitHub has no person with this login)\.$/,
      );
  });
});

describe('roles', () => {
  it('come from the line of the person, and from those of the teams', async () => {
    const peopleFile = `${file}teams:\n  acme/T: { role: viewer }\n  acme/u: { role: editor }\n`;
    const teams = { 'acme/t': ['octo', 'hubot'], 'acme/u': ['octo'] };
    const accounts = { hubot: { id: 7 } };
    teams['acme/t'] = ['octo'];
    const { desired } = await resolve({ owners: '@acme/t @acme/U @hubot', peopleFile, teams, accounts });
    expect(desired).toMatchObject([
      { login: 'octo', email: 'octo@x.io', role: undefined, teamRoles: ['viewer', 'editor'] },
      { login: 'hubot', email: 'hubot@x.io', role: 'admin', teamRoles: [] },
    ]);
    expect(desired[0]?.origins.map(({ owner }) => ownerName(owner))).toEqual(['@acme/t', '@acme/u']);
  });

  it('of a team count for its members, also when CODEOWNERS does not name that team', async () => {
    const peopleFile = `${file}teams:\n  acme/platform: { role: editor }\n  acme/interns: { role: viewer }\n`;
    const teams = { 'acme/platform': ['octo'], 'acme/interns': ['octo'] };
    const { desired } = await resolve({ owners: '@acme/platform', peopleFile, teams });
    expect(desired).toMatchObject([{ teamRoles: ['editor', 'viewer'] }]);
    const single = await resolve({ owners: '@octo', peopleFile, teams });
    expect(single.desired).toMatchObject([{ teamRoles: ['editor', 'viewer'] }]);
  });

  it('of a team that cannot be read are named', async () => {
    const peopleFile = `${file}teams:\n  acme/interns: { role: viewer }\n`;
    for (const state of ['hidden', 'empty'] as const) {
      const { hiddenRoles } = await resolve({ owners: '@octo', peopleFile, teams: { 'acme/interns': state } });
      expect(hiddenRoles).toEqual([{ team: { kind: 'team', org: 'acme', slug: 'interns' }, role: 'viewer' }]);
    }
  });

  it('belong to an address: they count also where the login in the people file is misspelled', async () => {
    const accounts = { grace: { addresses: { 'verified-domain': ['grace@x.io'] } } };
    const peopleFile = 'people:\n  grcae: { email: grace@x.io, role: admin }\n';
    const result = await resolve({ owners: '@grace', sources: all, accounts, peopleFile });
    expect(result.desired).toMatchObject([{ login: 'grace', email: 'grace@x.io', role: 'admin' }]);
    expect(result.idle).toEqual(['grcae']);
  });

  it('of somebody named by address come from their line too', async () => {
    expect((await resolve({ owners: 'hubot@x.io', peopleFile: file })).desired).toMatchObject([{ role: 'admin' }]);
  });
});

describe('teams', () => {
  it('are read when they own something, are excluded, or have a role', async () => {
    const peopleFile = 'teams: { acme/v: { role: viewer } }';
    const { named } = await prepare({ owners: '@acme/T @a', exclude: ['acme/u'], peopleFile });
    expect([...teamsToRead(named).keys()]).toEqual(['acme/t', 'acme/u', 'acme/v']);
  });

  it('that cannot be read are in doubt', async () => {
    const { open, doubtful } = await resolve({ owners: '@acme/t @acme/u', teams: { 'acme/u': 'empty' } });
    expect(open).toEqual({
      '@acme/t': 'The members of the team could not be read.',
      '@acme/u': 'GitHub lists no members of the team.',
    });
    expect(doubtful).toEqual(['@acme/t', '@acme/u']);
  });

  it('may be empty', async () => {
    expect(await resolve({ owners: '@acme/t', teams: { 'acme/t': [] } })).toMatchObject({
      people: [],
      open: {},
      doubtful: [],
    });
  });
});

describe('an owner that GitHub does not accept', () => {
  it('is settled when the people file has the address: that is how somebody who left is removed', async () => {
    const result = await resolve({ owners: '@octo @a', unknown: ['@octo'], peopleFile: `${file}  a: a@x.io\n` });
    expect(result.people).toEqual(['@a a@x.io']);
    expect(result.doubtful).toEqual([]);
    expect(result.open).toEqual({ '@octo': 'GitHub does not accept this owner: unknown owner.' });
    expect(result.knownLogins.get('octo@x.io')).toEqual({ login: 'octo', isNamed: true });
  });

  it.each(['@linsu', '@acme/platform', 'linsu@x.io'])('is in doubt without an address: %s', async (name) => {
    const result = await resolve({ owners: `${name} @octo`, unknown: [name], peopleFile: file });
    expect(result.doubtful).toEqual([name]);
  });

  it.each([
    ['@acmeplatform', true],
    ['@acme-platform', true],
    ['@octopus', false],
  ])('may be a team without its slash: %s, %s', async (name, mayBeTeam) => {
    const { doubts } = await resolve({ owners: name, unknown: [name] });
    expect(doubts).toMatchObject([{ code: 'owner', mayBeTeam }]);
  });

  it('does not matter when it is excluded', async () => {
    const world: World = { owners: '@linsu', unknown: ['@linsu'], exclude: ['linsu'], apps: ['linsu'] };
    expect(await resolve(world)).toMatchObject({ doubtful: [], maybeExcluded: [], open: {} });
  });

  it('is wanted when `include` names it', async () => {
    const result = await resolve({ owners: '@octo', unknown: ['@octo'], peopleFile: `${file}include: [octo]` });
    expect([result.people, result.doubtful]).toEqual([['@octo octo@x.io'], []]);
  });
});

describe('include', () => {
  it('brings in logins, teams and addresses that own no code', async () => {
    const peopleFile = `${file}include: [octo, acme/support, board@x.io]\nteams: { acme/support: { role: viewer } }`;
    const teams = { 'acme/support': [{ login: 'hubot', id: 7, isBot: false }] };
    const result = await resolve({ owners: '', peopleFile, teams });
    expect(result.people).toEqual(['@octo octo@x.io', '@hubot hubot@x.io', 'board@x.io']);
    expect(result.idle).toEqual([]);
  });
});

describe('whose an address is', () => {
  const peopleFile = 'people: { octo: octo@x.io, hubot: { email: hubot@x.io, github_id: 7 } }';
  it.each<[string, World['accounts'], string[]]>([
    ['is certain for an account that exists, and for one that is pinned', { octo: {} }, ['octo@x.io', 'hubot@x.io']],
    ['is not for a login that GitHub does not have: it may be misspelled or renamed', {}, ['hubot@x.io']],
  ])('%s', async (_case, accounts = {}, emails) => {
    expect([...(await resolve({ owners: '@a', peopleFile, accounts })).knownLogins.keys()]).toEqual(emails);
  });
});

describe('exclusions', () => {
  it('take out logins, teams, and the members of teams wherever else they are named', async () => {
    const teams = { 'acme/contractors': ['carl'], 'acme/t': ['carl', 'octo', 'dan'] };
    const result = await resolve({
      owners: '@carl @acme/t @acme/contractors @dan',
      exclude: ['acme/Contractors', '@Dan'],
      teams,
      peopleFile: file,
    });
    expect(result.people).toEqual(['@octo octo@x.io']);
    expect(result.open).toEqual({});
  });

  it('cover the addresses of excluded people, and name those whose address is unknown', async () => {
    const teams = { 'acme/c': ['octo', 'carl', 'bot[bot]'] };
    const result = await resolve({
      owners: '@x',
      exclude: ['acme/c', 'acme/hidden', 'Z@x.io'],
      teams,
      peopleFile: file,
    });
    expect([...result.excluded].sort()).toEqual(['octo@x.io', 'z@x.io']);
    expect(result.maybeExcluded).toEqual(['@acme/hidden', '@carl']);
    expect(result.unknownExclusions).toMatchObject([{ why: 'hidden', canSeeOthers: true }]);
  });

  it.each<[string, World, string[]]>([
    ['a well-known app', { owners: '@a', exclude: ['dependabot'] }, []],
    ['an app that GitHub has', { owners: '@a', exclude: ['our-app'], apps: ['our-app'] }, []],
    ['an app that is named as one', { owners: '@a', exclude: ['our-app[bot]'] }, []],
    ['a login with an address', { owners: '@a', exclude: ['octo'], peopleFile: file }, []],
    ['a login that may be misspelled', { owners: '@a', exclude: ['grcae'] }, ['@grcae']],
    ['a person without an address', { owners: '@a', exclude: ['carl'], accounts: { carl: {} } }, ['@carl']],
  ])('that are in doubt: %s', async (_case, world, names) => {
    expect((await resolve(world)).maybeExcluded).toEqual(names);
  });

  it('are in doubt where another source may have another address', async () => {
    const unusable: GitHubAccounts['unusable'] = new Map([['saml', { code: 'no-provider' }]]);
    const accounts = { carl: { addresses: { 'verified-domain': ['carl.old@x.io'] } } };
    const result = await resolve({ owners: '@octo', exclude: ['carl'], sources: all, unusable, accounts });
    expect([...result.excluded]).toEqual(['carl.old@x.io']);
    expect(result.maybeExcluded).toEqual(['@carl']);
  });

  it('a team that is excluded brings nobody in, even if it can be seen', async () => {
    const world = { owners: '@acme/t', exclude: ['acme/t'], teams: { 'acme/t': ['octo'] }, peopleFile: file };
    expect(await resolve(world)).toMatchObject({ people: [], open: {} });
  });

  it('a team that is excluded need not be seen to be left out', async () => {
    expect((await resolve({ owners: '@acme/t', exclude: ['acme/t'] })).open).toEqual({});
  });
});

describe('GitHub is asked', () => {
  const ask = async (world: World, mayRemove = false) => {
    const { named, teams } = await prepare(world);
    return loginsToAsk(named, teams, mayRemove);
  };

  it.each<[string, World, string[]]>([
    [
      'nothing about people with an address in the people file',
      { owners: '@octo', peopleFile: file, sources: all },
      [],
    ],
    [
      'nothing when there is no other source and no number',
      { owners: '@octo @a', peopleFile: 'people: { octo: octo@x.io }' },
      [],
    ],
    ['about numbers that are pinned', { owners: '@octo @hubot', peopleFile: file }, ['hubot']],
    ['about unknown logins, which may be renamed ones', { owners: '@octo @a', peopleFile: file }, ['a']],
    [
      'nothing about ids that a team has shown',
      { owners: '@acme/t', teams: { 'acme/t': ['hubot', 'a'] }, peopleFile: file },
      [],
    ],
    ['about everybody else', { owners: '@b @octo @a @B', peopleFile: file, sources: all }, ['a', 'b']],
    [
      'nothing about apps',
      { owners: '@acme/t', teams: { 'acme/t': [{ login: 'r', id: 1, isBot: true }] }, sources: all },
      [],
    ],
    ['nothing about addresses', { owners: 'a@x.io', sources: all }, []],
  ])('%s', async (_case, world, logins) => {
    expect(await ask(world)).toEqual(logins);
  });

  it('about excluded people too, but not about apps', async () => {
    expect(await ask({ owners: '@a @b', exclude: ['b', 'c[bot]', 'dependabot'], sources: all })).toEqual(['a', 'b']);
    expect(await ask({ owners: '@a', exclude: ['b', 'octo'], peopleFile: file, sources: ['people-file'] })).toEqual([
      'a',
      'b',
    ]);
  });

  it('about logins of the people file that nothing names, where members may be removed', async () => {
    const world: World = { owners: '@a', peopleFile: 'people: { a: a@x.io, octo: octo@x.io }' };
    expect([await ask(world), await ask(world, true)]).toEqual([[], ['octo']]);
  });
});

it('whatever is known: everybody has one address, or a reason, and no noreply address is one', async () => {
  const { named } = await prepare({ owners: '@a @b @hubot @octo', peopleFile: file });
  const address = fc.constantFrom('a@x.io', 'A@x.io', 'b@y.io', '1+a@users.noreply.github.com', 'no address');
  const account = fc.record({
    id: fc.integer({ min: 6, max: 8 }),
    addresses: fc.record(
      { saml: fc.array(address), 'verified-domain': fc.array(address), profile: fc.array(address) },
      { requiredKeys: [] },
    ),
  });
  const accounts = fc.dictionary(fc.constantFrom('a', 'b', 'hubot', 'octo'), account);
  fc.assert(
    fc.property(accounts, fc.subarray(all), (found, sources) => {
      const result = resolveIdentities(
        { ...named, sources },
        new Map(),
        { found: new Map(Object.entries(found)), unusable: new Map(), apps: new Set() },
        ['x.io'],
      );
      const wanted = result.desired.map(({ login }) => `@${login}`);
      const names = [...wanted, ...result.unresolved.map(({ owner }) => ownerName(owner))];
      expect(names.sort()).toEqual(['@a', '@b', '@hubot', '@octo']);
      for (const { email } of result.desired) expect(email).toMatch(/^[a-z]+@[xy]\.io$/);
    }),
  );
});
