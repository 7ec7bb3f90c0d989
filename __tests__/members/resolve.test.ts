import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GitHubAccount, GitHubAccounts } from '../../src/github/identities.ts';
import { identitySources } from '../../src/members/address-book.ts';
import type { Doubt } from '../../src/members/doubt.ts';
import { ownerName } from '../../src/members/owner.ts';
import { resolveIdentities } from '../../src/members/resolve.ts';
import { doubtName, noAddressText } from '../../src/members/sentences.ts';
import { prepare, type World } from './named-world.ts';

async function resolve(world: World) {
  const { named, roster } = await prepare(world);
  const found = new Map(
    Object.entries(world.accounts ?? {}).map(([login, { id = 1, addresses = {} }]) => [login, { id, addresses }]),
  );
  const accounts = { found, unusable: world.unusable ?? new Map(), apps: new Set(world.apps) };
  const result = resolveIdentities(named, roster, accounts, world.domains ?? []);
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

describe('the address of a login', () => {
  it('comes from the people file if it is listed there, despite other sources', async () => {
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
    ['an invalid address', { saml: ['CN=a'] }, undefined],
    ['no address', {}, undefined],
  ])('is determined by %s', async (_case, addresses, email) => {
    const result = await resolve({ owners: '@a', sources: all, accounts: { a: { addresses } }, domains: ['x.io'] });
    expect(result.people).toEqual(email === undefined ? [] : [`@a ${email}`]);
    expect(result.unresolved).toHaveLength(email === undefined ? 1 : 0);
  });

  it('comes only from the chosen sources', async () => {
    const accounts = { a: { addresses: { saml: ['a@x.io'], profile: ['a@x.io'] } } };
    expect((await resolve({ owners: '@a', accounts, domains: ['x.io'] })).people).toEqual([]);
    expect((await resolve({ owners: '@octo', peopleFile: file, sources: ['saml'], accounts })).people).toEqual([]);
  });

  it('can be written in CODEOWNERS, unless it is a noreply address', async () => {
    const result = await resolve({ owners: 'Docs@X.io 1+a@users.noreply.github.com' });
    expect(result.people).toEqual(['docs@x.io']);
    expect(result.open).toEqual({ '1+a@users.noreply.github.com': 'A noreply address receives no mail.' });
  });

  it("is reported as missing with the reason and GitHub's ID", async () => {
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
    ['no source has an address', {}, 'None of the identity sources has an address.'],
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
  ])('is reported as unclear with an explanation: %s', async (_case, addresses, why) => {
    const { open } = await resolve({ owners: '@a', sources: all, accounts: { a: { addresses } }, domains: ['x.io'] });
    expect(open).toEqual({ '@a': why });
  });

  it('is reported as missing in the order of names', async () => {
    const { unresolved } = await resolve({ owners: '@c @a 1+b@users.noreply.github.com @acme/t' });
    const names = unresolved.map(({ owner }) => ownerName(owner));
    expect(names).toEqual(['1+b@users.noreply.github.com', '@a', '@acme/t', '@c']);
  });

  it('is not in doubt for an app', async () => {
    const teams = { 'acme/t': [{ login: 'renovate', id: 9, isBot: true }] };
    const { open, doubts } = await resolve({ owners: '@acme/t', teams, sources: all });
    expect([open, doubts]).toEqual([{ '@renovate': 'An app cannot be invited.' }, []]);
  });

  it('is in doubt while another source, which may contradict it, cannot be used', async () => {
    const unusable: GitHubAccounts['unusable'] = new Map([['saml', { code: 'refused', message: 'Forbidden' }]]);
    const accounts = { alice: { addresses: { 'verified-domain': ['alice.old@x.io'] } } };
    const result = await resolve({ owners: '@alice @octo', sources: all, unusable, accounts, peopleFile: file });
    expect(result.people).toEqual(['@octo octo@x.io']);
    expect(result.unresolved).toMatchObject([{ why: { code: 'source-unusable', sources: ['saml'] } }]);
    expect(result.doubtful).toEqual(['`saml`', '@alice', '@alice (alice.old@x.io)']);
  });
});

describe('the pinned ID of an account', () => {
  it.each<[string, World, string[]]>([
    ['is the pinned one', { owners: '@hubot', accounts: { hubot: { id: 7 } } }, ['@hubot hubot@x.io']],
    [
      'is another one, because the login was registered again',
      { owners: '@hubot', accounts: { hubot: { id: 8 } } },
      [],
    ],
    ['no longer exists, like the login', { owners: '@hubot', accounts: {} }, []],
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
  ])('decides the address if it %s', async (_case, world, people) => {
    const result = await resolve({ ...world, peopleFile: file });
    expect(result.people).toEqual(people);
    if (people.length > 0) expect(result.desired[0]?.role).toBe('admin');
    else
      expect(Object.values(result.open).join()).toMatch(
        /^The people file pins the account 7, (?:but the login now belongs to the account 8|but GitHub has no person with this login)\.$/,
      );
  });
});

describe('the roles of people', () => {
  it('come from the people file, for people and for teams', async () => {
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

  it('apply to the members of a team, even if CODEOWNERS does not name it', async () => {
    const peopleFile = `${file}teams:\n  acme/platform: { role: editor }\n  acme/interns: { role: viewer }\n`;
    const teams = { 'acme/platform': ['octo'], 'acme/interns': ['octo'] };
    const { desired } = await resolve({ owners: '@acme/platform', peopleFile, teams });
    expect(desired).toMatchObject([{ teamRoles: ['editor', 'viewer'] }]);
    const single = await resolve({ owners: '@octo', peopleFile, teams });
    expect(single.desired).toMatchObject([{ teamRoles: ['editor', 'viewer'] }]);
  });

  it('are reported for a team that cannot be read', async () => {
    const peopleFile = `${file}teams:\n  acme/interns: { role: viewer }\n`;
    for (const state of ['hidden', 'empty'] as const) {
      const { hiddenRoles } = await resolve({ owners: '@octo', peopleFile, teams: { 'acme/interns': state } });
      expect(hiddenRoles).toEqual([{ team: { kind: 'team', org: 'acme', slug: 'interns' }, role: 'viewer' }]);
    }
  });

  it('apply to an address even if its login in the people file is misspelled', async () => {
    const accounts = { grace: { addresses: { 'verified-domain': ['grace@x.io'] } } };
    const peopleFile = 'people:\n  grcae: { email: grace@x.io, role: admin }\n';
    const result = await resolve({ owners: '@grace', sources: all, accounts, peopleFile });
    expect(result.desired).toMatchObject([{ login: 'grace', email: 'grace@x.io', role: 'admin' }]);
    expect(result.idle).toEqual(['grcae']);
  });

  it('also apply to a person who is named by address', async () => {
    expect((await resolve({ owners: 'hubot@x.io', peopleFile: file })).desired).toMatchObject([{ role: 'admin' }]);
  });
});

describe('the teams of CODEOWNERS and the people file', () => {
  it('are in doubt if they cannot be read', async () => {
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
  it('is resolved by the people file, so that a former member is removed', async () => {
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
  ])('may be a team without its slash: %s: %s', async (name, mayBeTeam) => {
    const { doubts } = await resolve({ owners: name, unknown: [name] });
    expect(doubts).toMatchObject([{ code: 'owner', mayBeTeam }]);
  });

  it('is ignored if it is excluded', async () => {
    const world: World = { owners: '@linsu', unknown: ['@linsu'], exclude: ['linsu'], apps: ['linsu'] };
    expect(await resolve(world)).toMatchObject({ doubtful: [], maybeExcluded: [], open: {} });
  });

  it('is wanted if `include` names it', async () => {
    const result = await resolve({ owners: '@octo', unknown: ['@octo'], peopleFile: `${file}include: [octo]` });
    expect([result.people, result.doubtful]).toEqual([['@octo octo@x.io'], []]);
  });
});

describe('include', () => {
  it('adds logins, teams and addresses that own no code', async () => {
    const peopleFile = `${file}include: [octo, acme/support, board@x.io]\nteams: { acme/support: { role: viewer } }`;
    const teams = { 'acme/support': [{ login: 'hubot', id: 7, isBot: false }] };
    const result = await resolve({ owners: '', peopleFile, teams });
    expect(result.people).toEqual(['@octo octo@x.io', '@hubot hubot@x.io', 'board@x.io']);
    expect(result.idle).toEqual([]);
  });
});

describe('the owner of an address in the people file', () => {
  const peopleFile = 'people: { octo: octo@x.io, hubot: { email: hubot@x.io, github_id: 7 } }';
  it.each<[string, World['accounts'], string[]]>([
    ['is known for an account that exists or is pinned', { octo: {} }, ['octo@x.io', 'hubot@x.io']],
    ['is unknown for a missing login, which may be misspelled or renamed', {}, ['hubot@x.io']],
  ])('%s', async (_case, accounts = {}, emails) => {
    expect([...(await resolve({ owners: '@a', peopleFile, accounts })).knownLogins.keys()]).toEqual(emails);
  });
});

describe('exclusions', () => {
  it('remove logins, teams, and the members of teams, even if they are named elsewhere', async () => {
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

  it('include the addresses of excluded people, and report unknown addresses', async () => {
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
  ])('report doubts for: %s', async (_case, world, names) => {
    expect((await resolve(world)).maybeExcluded).toEqual(names);
  });

  it('are in doubt if another source may have another address', async () => {
    const unusable: GitHubAccounts['unusable'] = new Map([['saml', { code: 'no-provider' }]]);
    const accounts = { carl: { addresses: { 'verified-domain': ['carl.old@x.io'] } } };
    const result = await resolve({ owners: '@octo', exclude: ['carl'], sources: all, unusable, accounts });
    expect([...result.excluded]).toEqual(['carl.old@x.io']);
    expect(result.maybeExcluded).toEqual(['@carl']);
  });

  it('remove a team even if it can be read', async () => {
    const world = { owners: '@acme/t', exclude: ['acme/t'], teams: { 'acme/t': ['octo'] }, peopleFile: file };
    expect(await resolve(world)).toMatchObject({ people: [], open: {} });
  });

  it('remove a team even if it cannot be read', async () => {
    expect((await resolve({ owners: '@acme/t', exclude: ['acme/t'] })).open).toEqual({});
  });
});

it('resolveIdentities returns one address or a reason per person, and never a noreply address', async () => {
  const { named, roster } = await prepare({ owners: '@a @b @hubot @octo', peopleFile: file });
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
        roster,
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
