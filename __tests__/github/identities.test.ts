import { describe, expect, it } from 'vitest';
import type { GitHub } from '../../src/github/client.ts';
import { GitHubError } from '../../src/github/errors.ts';
import { type AddressSource, findAccounts } from '../../src/github/identities.ts';
import { readTeams } from '../../src/github/teams.ts';

type Answer = (query: string, logins: string[]) => { data: unknown; errors?: object[] };

/** GitHub's GraphQL, answered by a function; keeps the queries. */
function graphql(answer: Answer) {
  const queries: { query: string; logins: string[] }[] = [];
  const ask = async (query: string, variables: Record<string, unknown>) => {
    const logins = Object.keys(variables).flatMap((name) => (/^l\d+$/.test(name) ? [String(variables[name])] : []));
    queries.push({ query, logins });
    const { data, errors } = answer(query, logins);
    if (errors) throw Object.assign(new Error('partial'), { name: 'GraphqlResponseError', data, errors });
    return data;
  };
  const find = (logins: string[], sources: AddressSource[] = []) =>
    findAccounts({ graphql: ask } as unknown as GitHub, 'acme', logins, sources);
  return { queries, find };
}

const users = (logins: string[], more: object = {}) =>
  Object.fromEntries(logins.map((_login, i) => [`u${i}`, { databaseId: i + 1, ...more }]));

describe('findAccounts', () => {
  it.each([
    [0, 0],
    [1, 1],
    [100, 1],
    [101, 2],
    [250, 3],
  ])('asks for %i logins with %i requests', async (count, requests) => {
    const { queries, find } = graphql((_query, logins) => ({ data: users(logins) }));
    const logins = Array.from({ length: count }, (_, i) => `a${i}`);
    expect((await find(logins)).found.size).toBe(count);
    expect(queries).toHaveLength(requests);
    expect(queries.flatMap((one) => one.logins)).toEqual(logins);
  });

  it.each<[AddressSource[], string[], string[]]>([
    [[], [], ['email', 'organizationVerifiedDomainEmails', 'externalIdentities', '$organization']],
    [['profile'], ['email'], ['organizationVerifiedDomainEmails', 'externalIdentities', '$organization']],
    [
      ['verified-domain'],
      ['organizationVerifiedDomainEmails', '$organization: String!'],
      ['externalIdentities', ' email'],
    ],
    [['saml'], ['externalIdentities', '$organization: String!'], ['organizationVerifiedDomainEmails']],
  ])('for %j asks for nothing else', async (sources, has, lacks) => {
    const data = { organization: { samlIdentityProvider: { i0: { nodes: [] } } } };
    const { queries, find } = graphql((_query, logins) => ({ data: { ...users(logins), ...data } }));
    await find(['a'], sources);
    for (const word of has) expect(queries[0]?.query).toContain(word);
    for (const word of lacks) expect(queries[0]?.query).not.toContain(word);
  });

  it('an account that does not exist is missing, and spoils no other', async () => {
    const error = { type: 'NOT_FOUND', path: ['u0'], message: 'Could not resolve' };
    const { find } = graphql(() => ({ data: { u0: null, u1: { databaseId: 7 } }, errors: [error] }));
    const { found, unusable } = await find(['gone', 'a']);
    expect([[...found.keys()], unusable.size]).toEqual([['a'], 0]);
  });

  it('a source that is refused is told once, and left out of what is asked from then on', async () => {
    const { queries, find } = graphql((query, logins) => {
      const error = { type: 'FORBIDDEN', path: ['u0', 'organizationVerifiedDomainEmails'], message: 'Not accessible.' };
      return query.includes('Verified')
        ? { data: {}, errors: [error, { ...error }] }
        : { data: users(logins, { email: 'a@x.io' }) };
    });
    const logins = Array.from({ length: 201 }, (_, i) => `a${i}`);
    const { found, unusable } = await find(logins, ['verified-domain', 'profile']);
    expect(found.get('a200')?.addresses).toEqual({ profile: ['a@x.io'] });
    expect(unusable.get('verified-domain')).toMatch(
      /^Not accessible; it needs the organization permission Members: read/,
    );
    expect(queries).toHaveLength(4);
  });

  it('no identity provider is a source that cannot be used', async () => {
    const { find } = graphql((_query, logins) => ({
      data: { ...users(logins), organization: { samlIdentityProvider: null } },
    }));
    expect((await find(['a'], ['saml'])).unusable.get('saml')).toContain('has it on the enterprise');
  });

  it('takes only a SAML identity that says whose it is', async () => {
    const identity = (login: string | null) => ({
      nodes: [{ user: login && { login }, samlIdentity: { nameId: 'n@x.io', emails: [] } }],
    });
    const samlIdentityProvider = { i0: identity('A'), i1: identity('b'), i2: identity(null) };
    const { find } = graphql((_query, logins) => ({
      data: { ...users(logins), organization: { samlIdentityProvider } },
    }));
    const { found } = await find(['a', 'c', 'd'], ['saml']);
    expect([...found.values()].map(({ addresses }) => addresses)).toEqual([{ saml: ['n@x.io'] }, {}, {}]);
  });

  it.each<[string, ReturnType<Answer>]>([
    ['an error of another kind', { data: { u0: null }, errors: [{ type: 'INTERNAL', path: ['u0'], message: 'oops' }] }],
    ['an error without a place', { data: { u0: null }, errors: [{ message: 'Something went wrong' }] }],
    [
      'a limit of its own',
      { data: { u0: null }, errors: [{ type: 'RESOURCE_LIMITS_EXCEEDED', path: ['u0'], message: 'too much' }] },
    ],
    ['no data', { data: undefined }],
    ['nothing about the account', { data: {} }],
    ['an account without its number', { data: { u0: {} } }],
  ])('%s is no account that does not exist', async (_case, answer) => {
    await expect(graphql(() => answer).find(['a'])).rejects.toThrow(/GitHub/);
  });
});

describe('readTeams', () => {
  const failing = (status: number, reason = '"Not Found"') =>
    ({
      rest: { teams: {} },
      paginate: () => Promise.reject(new GitHubError({ method: 'GET', route: '/', status, reason })),
    }) as unknown as GitHub;
  const answering = (members: unknown) => ({ rest: { teams: {} }, paginate: async () => members }) as unknown as GitHub;

  it('tells logins in lower case, numbers, and which are apps', async () => {
    const members = [
      { login: 'Octo', id: 1, type: 'User' },
      { login: 'ren[bot]', id: 2, type: 'Bot' },
    ];
    expect(await readTeams(answering(members), ['acme/a'])).toEqual(
      new Map([
        [
          'acme/a',
          [
            { login: 'octo', id: 1, isBot: false },
            { login: 'ren[bot]', id: 2, isBot: true },
          ],
        ],
      ]),
    );
  });

  it.each([404, 403])('a %i is a team that cannot be seen', async (status) => {
    expect((await readTeams(failing(status), ['acme/a'])).get('acme/a')).toBeUndefined();
  });

  it.each<[string, GitHub]>([
    ['500', failing(500)],
    ['a rate limit', failing(403, '"API rate limit exceeded"')],
    ['a member without a number', answering([{ login: 'a' }])],
    ['what is no member', answering(['text'])],
  ])('%s is not', async (_case, github) => {
    await expect(readTeams(github, ['acme/a'])).rejects.toThrow(/GitHub/);
  });
});
