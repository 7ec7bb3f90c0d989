import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account, Accounts } from '../../src/github/identities.ts';
import type { TeamMember } from '../../src/github/teams.ts';
import { parseCodeowners } from '../../src/members/codeowners.ts';
import { type Owner, parseExclusion } from '../../src/members/owner.ts';
import { parsePeopleFile } from '../../src/members/people-file.ts';
import {
  type IdentitySource,
  identitySources,
  loginsToAsk,
  type Named,
  resolveIdentities,
  teamsToRead,
} from '../../src/members/resolve.ts';

interface World {
  owners: string;
  peopleFile?: string;
  exclude?: string[];
  sources?: IdentitySource[];
  teams?: Record<string, (TeamMember | string)[]>;
  accounts?: Record<string, Partial<Account>>;
  unusable?: Accounts['unusable'];
  domains?: string[];
}

async function prepare({ owners, peopleFile = '', exclude = [], sources = ['people-file'], teams = {} }: World) {
  const people = await parsePeopleFile(peopleFile, 'f');
  const excluded = exclude.map((text) => parseExclusion(text) as Owner);
  const named: Named = {
    owners: parseCodeowners(`* ${owners}`).owners,
    exclude: [...people.exclude, ...excluded],
    people,
    sources,
  };
  const member = (one: TeamMember | string): TeamMember =>
    typeof one === 'string' ? { login: one, id: one.length, isBot: false } : one;
  return { named, teams: new Map(Object.entries(teams).map(([team, all]) => [team, all.map(member)])) };
}

async function resolve(world: World) {
  const { named, teams } = await prepare(world);
  const found = new Map(
    Object.entries(world.accounts ?? {}).map(([login, { id = 1, addresses = {} }]) => [login, { id, addresses }]),
  );
  const result = resolveIdentities(named, teams, { found, unusable: world.unusable ?? new Map() }, world.domains ?? []);
  return {
    ...result,
    people: result.desired.map(({ name, email }) => `${name} ${email}`),
    open: Object.fromEntries(result.unresolved.map(({ name, why }) => [name, why])),
  };
}

const all = [...identitySources];
const file = 'people:\n  octo: octo@x.io\n  hubot: { email: hubot@x.io, role: admin, github_id: 7 }\n';

describe('an address', () => {
  it('comes from the people file, whatever other sources say: it is how people settle it', async () => {
    const accounts = { octo: { addresses: { saml: ['other@x.io'] } } };
    expect((await resolve({ owners: '@Octo', peopleFile: file, sources: all, accounts })).people).toEqual([
      '@octo octo@x.io',
    ]);
  });

  it.each<[string, Account['addresses'], string | undefined]>([
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
    expect(result.people).toEqual(['docs@x.io docs@x.io']);
    expect(result.open).toEqual({ '1+a@users.noreply.github.com': 'is a noreply address: it leads to nobody' });
  });

  it('says why there is none, and the line to add, with the number that GitHub told', async () => {
    const accounts = { a: { id: 42, addresses: { saml: ['a@x.io'], 'verified-domain': ['b@x.io'] } } };
    const { unresolved } = await resolve({ owners: '@a @gone', sources: all, accounts });
    expect(unresolved).toEqual([
      {
        name: '@a',
        why: 'the sources disagree: saml says a@x.io, verified-domain says b@x.io',
        isBot: false,
        line: 'a: { email: …, github_id: 42 }',
      },
      { name: '@gone', why: 'is no account of a person on GitHub', isBot: false, line: 'gone: …' },
    ]);
    expect((await resolve({ owners: '@a' })).open).toEqual({ '@a': 'is not in the people file' });
  });

  it.each<[string, Account['addresses'], string]>([
    ['none', {}, 'has no address in people-file, saml, verified-domain, profile'],
    [
      'several of one source',
      { 'verified-domain': ['b@y.io', 'a@y.io'] },
      'has several addresses: verified-domain says a@y.io and b@y.io',
    ],
    [
      'one each',
      { saml: ['a@x.io'], profile: ['b@x.io'] },
      'the sources disagree: saml says a@x.io, profile says b@x.io',
    ],
  ])('that is not clear is explained: %s', async (_case, addresses, why) => {
    const { open } = await resolve({ owners: '@a', sources: all, accounts: { a: { addresses } }, domains: ['x.io'] });
    expect(open).toEqual({ '@a': why });
  });

  it('that is missing is told in the order of names', async () => {
    const { unresolved } = await resolve({ owners: '@c @a 1+b@users.noreply.github.com @acme/t' });
    expect(unresolved.map(({ name, isBot }) => [name, isBot])).toEqual([
      ['1+b@users.noreply.github.com', false],
      ['@a', false],
      ['@acme/t', false],
      ['@c', false],
    ]);
  });

  it('an app has none, and is told apart', async () => {
    const teams = { 'acme/t': [{ login: 'renovate', id: 9, isBot: true }] };
    const { unresolved } = await resolve({ owners: '@acme/t', teams, sources: all });
    expect(unresolved).toEqual([{ name: '@renovate', why: 'is an app: nobody to invite', isBot: true }]);
  });

  it('a source that cannot be used is told once', async () => {
    const unusable: Accounts['unusable'] = new Map([['saml', 'Resource not accessible; it needs Members: read']]);
    const accounts = { a: {}, b: {}, c: {} };
    const { notices, unresolved } = await resolve({ owners: '@a @b @c', sources: all, unusable, accounts });
    expect(notices).toEqual([
      'The identity source `saml` cannot be used: Resource not accessible; it needs Members: read.',
    ]);
    expect(unresolved).toHaveLength(3);
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
        /^is (?:the account 8 by now|no account of a person any more), and the people file pins 7$/,
      );
  });
});

describe('roles', () => {
  it('come from the line of the person, and from those of the teams', async () => {
    const peopleFile = `${file}teams:\n  acme/T: { role: viewer }\n  acme/u: { role: admin }\n`;
    const teams = { 'acme/t': ['octo', 'hubot'], 'acme/u': ['octo'] };
    const accounts = { hubot: { id: 7 } };
    teams['acme/t'] = ['octo'];
    const { desired } = await resolve({ owners: '@acme/t @acme/U @hubot', peopleFile, teams, accounts });
    expect(desired).toEqual([
      { name: '@octo', email: 'octo@x.io', teamRoles: ['viewer', 'admin'] },
      { name: '@hubot', email: 'hubot@x.io', role: 'admin', teamRoles: [] },
    ]);
  });

  it('of somebody whom CODEOWNERS names by address come from their line too', async () => {
    expect((await resolve({ owners: 'hubot@x.io', peopleFile: file })).desired).toMatchObject([{ role: 'admin' }]);
  });
});

describe('teams', () => {
  it('are read when they own something, or are excluded', async () => {
    const { named } = await prepare({ owners: '@acme/T @a', exclude: ['acme/u'] });
    expect([...teamsToRead(named)]).toEqual(['acme/t', 'acme/u']);
  });

  it('that cannot be seen are told, with the permission once', async () => {
    const { open, notices } = await resolve({ owners: '@acme/t @acme/u' });
    expect(open).toEqual({ '@acme/t': 'its members cannot be seen', '@acme/u': 'its members cannot be seen' });
    expect(notices.join()).toContain(
      'The members of 2 teams cannot be seen, so no role is taken from a team: that needs the organization permission Members: read',
    );
    expect(notices).toHaveLength(1);
  });

  it('may be empty', async () => {
    expect(await resolve({ owners: '@acme/t', teams: { 'acme/t': [] } })).toMatchObject({
      people: [],
      open: {},
      notices: [],
    });
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

  it('protect the addresses of whom they name, and tell whose they do not know', async () => {
    const teams = { 'acme/c': ['octo', 'carl', 'bot[bot]'] };
    const result = await resolve({
      owners: '@x',
      exclude: ['acme/c', 'acme/hidden', 'Z@x.io'],
      teams,
      peopleFile: file,
    });
    expect([...result.excluded].sort()).toEqual(['octo@x.io', 'z@x.io']);
    expect(result.excludedUnknown).toEqual(['@acme/hidden', '@carl']);
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
  const ask = async (world: World, withExcluded = false) => {
    const { named, teams } = await prepare(world);
    return loginsToAsk(named, teams, withExcluded);
  };

  it.each<[string, World, string[]]>([
    ['nothing about whom the people file settles', { owners: '@octo', peopleFile: file, sources: all }, []],
    [
      'nothing when there is no other source and no number',
      { owners: '@octo @a', peopleFile: 'people: { octo: octo@x.io }' },
      [],
    ],
    ['about numbers that are pinned', { owners: '@octo @hubot', peopleFile: file }, ['hubot']],
    ['about unknown logins, which may be renamed ones', { owners: '@octo @a', peopleFile: file }, ['a']],
    [
      'nothing about numbers that a team told',
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

  it('about whom is excluded, only where it matters', async () => {
    const world: World = { owners: '@a @b', exclude: ['b', 'c[bot]'], sources: all };
    expect(await ask(world)).toEqual(['a']);
    expect(await ask(world, true)).toEqual(['a', 'b']);
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
        { found: new Map(Object.entries(found)), unusable: new Map() },
        ['x.io'],
      );
      const names = [...result.desired, ...result.unresolved].map(({ name }) => name);
      expect(names.sort()).toEqual(['@a', '@b', '@hubot', '@octo']);
      for (const { email } of result.desired) expect(email).toMatch(/^[a-z]+@[xy]\.io$/);
    }),
  );
});
