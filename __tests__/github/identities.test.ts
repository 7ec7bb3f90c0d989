import { describe, expect, it } from 'vitest';
import type { GitHub } from '../../src/github/client.ts';
import { GitHubError } from '../../src/github/errors.ts';
import { type AddressSource, findAccounts, findApps } from '../../src/github/identities.ts';

type Respond = (query: string, logins: string[]) => { data: unknown; errors?: object[] };

/** GitHub's GraphQL API, whose responses a function returns. Records the queries. */
function graphql(respond: Respond) {
  const queries: { query: string; logins: string[] }[] = [];
  const ask = async (query: string, variables: Record<string, unknown>) => {
    const logins = Object.keys(variables).flatMap((name) => (/^l\d+$/.test(name) ? [String(variables[name])] : []));
    queries.push({ query, logins });
    const { data, errors } = respond(query, logins);
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
  ])('requests %i logins with %i requests', async (count, requests) => {
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
  ])('requests no more fields than needed for %j', async (sources, has, lacks) => {
    const data = { organization: { samlIdentityProvider: { i0: { nodes: [] } } } };
    const addresses = { email: '', organizationVerifiedDomainEmails: [] };
    const { queries, find } = graphql((_query, logins) => ({ data: { ...users(logins, addresses), ...data } }));
    await find(['a'], sources);
    for (const word of has) expect(queries[0]?.query).toContain(word);
    for (const word of lacks) expect(queries[0]?.query).not.toContain(word);
  });

  it('omits an account that does not exist, and returns the others', async () => {
    const error = { type: 'NOT_FOUND', path: ['u0'], message: 'Could not resolve' };
    const { find } = graphql(() => ({ data: { u0: null, u1: { databaseId: 7 } }, errors: [error] }));
    const { found, unusable } = await find(['gone', 'a']);
    expect([[...found.keys()], unusable.size]).toEqual([['a'], 0]);
  });

  it('reports a refused source once, and does not request it again', async () => {
    const { queries, find } = graphql((query, logins) => {
      const error = { type: 'FORBIDDEN', path: ['u0', 'organizationVerifiedDomainEmails'], message: 'Not accessible.' };
      return query.includes('Verified')
        ? { data: {}, errors: [error, { ...error }] }
        : { data: users(logins, { email: 'a@x.io' }) };
    });
    const logins = Array.from({ length: 201 }, (_, i) => `a${i}`);
    const { found, unusable } = await find(logins, ['verified-domain', 'profile']);
    expect(found.get('a200')?.addresses).toEqual({ profile: ['a@x.io'] });
    expect(unusable.get('verified-domain')).toEqual({ code: 'refused', message: 'Not accessible.' });
    expect(queries).toHaveLength(4);
  });

  it('reports SAML as unusable without an identity provider', async () => {
    const { find } = graphql((_query, logins) => ({
      data: { ...users(logins), organization: { samlIdentityProvider: null } },
    }));
    expect((await find(['a'], ['saml'])).unusable.get('saml')).toEqual({ code: 'no-provider' });
  });

  it('ignores a SAML identity of another login', async () => {
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

  it.each<[string, ReturnType<Respond>]>([
    ['an error of another kind', { data: { u0: null }, errors: [{ type: 'INTERNAL', path: ['u0'], message: 'oops' }] }],
    ['an error without a place', { data: { u0: null }, errors: [{ message: 'Something went wrong' }] }],
    [
      'a limit of its own',
      { data: { u0: null }, errors: [{ type: 'RESOURCE_LIMITS_EXCEEDED', path: ['u0'], message: 'too much' }] },
    ],
    ['no data', { data: undefined }],
    ['nothing about the account', { data: {} }],
    ['an account without its number', { data: { u0: {} } }],
  ])('does not report a missing account after %s', async (_case, response) => {
    await expect(graphql(() => response).find(['a'])).rejects.toThrow(/GitHub/);
  });
});

describe('an incomplete response of GraphQL', () => {
  const provider = (i0: unknown) => ({ organization: { samlIdentityProvider: { i0 } } });
  it.each<[AddressSource, object]>([
    ['profile', users(['a'])],
    ['profile', users(['a'], { email: null })],
    ['verified-domain', users(['a'])],
    ['verified-domain', users(['a'], { organizationVerifiedDomainEmails: null })],
    ['saml', { ...users(['a']), ...provider(undefined) }],
    ['saml', { ...users(['a']), ...provider(null) }],
    ['saml', { ...users(['a']), ...provider({ nodes: null }) }],
  ])('is an error: %s %j', async (source, data) => {
    await expect(graphql(() => ({ data })).find(['a'], [source])).rejects.toThrow(/did not return .* of the account a/);
  });
});

describe('findApps', () => {
  it('returns exactly the accounts of apps', async () => {
    const types: Record<string, string> = { 'dependabot[bot]': 'Bot', 'octocat[bot]': 'User' };
    const request = async (_route: string, { username }: { username: string }) => {
      if (types[username]) return { data: { type: types[username] } };
      throw new GitHubError({ method: 'GET', route: '/', status: 404, reason: '"Not Found"' });
    };
    const github = { request } as unknown as GitHub;
    expect(await findApps(github, ['dependabot', 'octocat', 'gone'])).toEqual(new Set(['dependabot']));
  });
});
