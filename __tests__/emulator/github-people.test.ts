import { schema as published } from '@octokit/graphql-schema';
import { buildSchema, type GraphQLSchema, isEnumType, isInterfaceType, isObjectType } from 'graphql';
import { afterEach, describe, expect, it } from 'vitest';
import { SCHEMA } from '../../emulator/github/graphql.ts';
import { SEED } from '../../emulator/github/state.ts';
import { type GitHubOptions, type GitHubServer, startGitHub } from '../../emulator/github.ts';
import { client, refused, shop } from './octokit.ts';

const open: GitHubServer[] = [];
afterEach(() => Promise.all(open.splice(0).map((github) => github.close())));

async function start(options: GitHubOptions = {}): Promise<GitHubServer> {
  const github = await startGitHub(options);
  open.push(github);
  return github;
}

/** The body of the response to a query, errors and all. */
async function ask(github: GitHubServer, query: string, variables = {}, token: keyof GitHubServer['tokens'] = 'app') {
  const response = await client(github, github.tokens[token]).request('POST /graphql', { query, variables });
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  return response.data as { data?: any; errors?: any[] };
}

describe('users of the emulated GitHub', () => {
  it('are found by login without case, with their public address only', async () => {
    const github = await start({ seed: { users: [{ login: 'Hubot', id: 480938, email: 'hubot@example.org' }] } });
    const { users } = client(github, github.tokens.default).rest;
    expect((await users.getByUsername({ username: 'hubot' })).data).toMatchObject({
      login: 'Hubot',
      id: 480938,
      email: 'hubot@example.org',
    });
    expect((await users.getByUsername({ username: 'ada' })).data.email).toBeNull();
    await expect(users.getByUsername({ username: 'absent' })).rejects.toEqual(refused(404, 'Not Found'));
  });
});

describe('team members of the emulated GitHub', () => {
  const platform = { org: 'acme', team_slug: 'platform' };

  it('include those of child teams, each once, on several pages', async () => {
    const members = ['linus', 'grace', 'octocat'];
    const github = await start({ seed: { teams: [{ slug: 'deep', parent: 'platform-db', members }] } });
    const octokit = client(github);
    const wanted = { ...platform, per_page: 3 };
    const all = await octokit.paginate(octokit.rest.teams.listMembersInOrg, wanted);
    expect(all.map(({ login }) => login)).toEqual(['ada', 'grace', 'linus', 'octocat']);
    expect(github.requests.map(({ operation }) => operation)).toEqual(['listTeamMembers', 'listTeamMembers']);
    expect((await octokit.rest.teams.getByName(platform)).data.organization_id).toBe(9001);
  });

  it('are not found with a token without `members`, or for an unknown team or organization', async () => {
    const github = await start();
    const list = (token: string, org: string, team_slug: string) =>
      client(github, token).rest.teams.listMembersInOrg({ org, team_slug });
    const { app, default: job } = github.tokens;
    await expect(list(job, 'acme', 'platform')).rejects.toEqual(refused(404, 'Not Found'));
    await expect(list(app, 'acme', 'absent')).rejects.toEqual(refused(404, 'Not Found'));
    await expect(list(app, 'nowhere', 'platform')).rejects.toEqual(refused(404, 'Not Found'));
  });
});

describe('the GraphQL API of the emulated GitHub', () => {
  it('answers null with an error for missing users in a batch of aliases', async () => {
    const github = await start({ seed: { users: [{ login: 'robot', type: 'Bot' }] } });
    const query = `{
      a: user(login: "ADA") { login databaseId email }
      b: user(login: "absent") { login }
      c: user(login: "robot") { login }
      d: user(login: "acme") { login }
    }`;
    const { data, errors } = await ask(github, query, {}, 'default');
    const ada = { login: 'ada', databaseId: SEED.owner.id, email: '' };
    expect(data).toEqual({ a: ada, b: null, c: null, d: null });
    expect(errors?.map(({ path }) => path)).toEqual([['b'], ['c'], ['d']]);
    expect(errors?.[0]).toEqual({
      type: 'NOT_FOUND',
      path: ['b'],
      locations: [{ line: 3, column: 7 }],
      message: "Could not resolve to a User with the login of 'absent'.",
    });
  });

  it("returns verified addresses of members in the organization's domains", async () => {
    const github = await start({
      seed: {
        members: [{ login: 'two', verified_emails: ['two@Example.com', 'two@private.org', 'zwei@example.com'] }],
        users: [{ login: 'out', verified_emails: ['out@example.com'] }],
      },
    });
    const query = `query($org: String!) {
      ada: user(login: "ada") { organizationVerifiedDomainEmails(login: $org) }
      two: user(login: "two") { organizationVerifiedDomainEmails(login: $org) }
      out: user(login: "out") { organizationVerifiedDomainEmails(login: $org) }
    }`;
    const emails = 'organizationVerifiedDomainEmails';
    expect(await ask(github, query, { org: 'ACME' })).toEqual({
      data: {
        ada: { [emails]: ['ada@example.com'] },
        two: { [emails]: ['two@Example.com', 'zwei@example.com'] },
        out: { [emails]: [] },
      },
    });
    const { data, errors } = await ask(github, query, { org: 'acme' }, 'default');
    expect(data).toEqual({ ada: null, two: null, out: null });
    expect(errors?.[0]).toMatchObject({
      type: 'FORBIDDEN',
      path: ['ada', emails],
      extensions: { saml_failure: false },
      message: 'Resource not accessible by integration',
    });
  });

  const saml = `{ organization(login: "acme") { samlIdentityProvider {
    ada: externalIdentities(first: 1, login: "ADA") { nodes { ...F } }
    grace: externalIdentities(first: 1, login: "grace") { nodes { ...F } }
    all: externalIdentities(first: 2) { nodes { ...F } }
  } } }
  fragment F on ExternalIdentity { samlIdentity { nameId emails { value } } user { login } }`;

  it('returns SAML identities of a login, and those without a user', async () => {
    const identity = (login: string | null, name_id: string) => ({ login, name_id, emails: [name_id] });
    const saml_identities = [
      identity('ada', 'ada@idp.example'),
      identity(null, 'x@idp.example'),
      identity('linus', 'l@idp.example'),
    ];
    const github = await start({ seed: { saml_identities } });
    const ada = {
      samlIdentity: { nameId: 'ada@idp.example', emails: [{ value: 'ada@idp.example' }] },
      user: { login: 'ada' },
    };
    expect((await ask(github, saml)).data.organization.samlIdentityProvider).toEqual({
      ada: { nodes: [ada] },
      grace: { nodes: [] },
      all: { nodes: [ada, expect.objectContaining({ user: null })] },
    });
    expect((await ask(github, saml, {}, 'default')).data).toEqual({ organization: { samlIdentityProvider: null } });
  });

  it('returns null for an organization without SAML', async () => {
    expect(await ask(await start(), saml)).toEqual({ data: { organization: { samlIdentityProvider: null } } });
  });

  it('shows the comments of a pull request, and which of them this token wrote', async () => {
    const github = await start({
      pulls: ['open'],
      seed: { permissions: { metadata: 'read', pull_requests: 'write' } },
    });
    const { rest } = client(github, github.tokens.default);
    for (const body of ['one', 'two']) await rest.issues.createComment({ ...shop, issue_number: 1, body });
    const query = `query($number: Int!, $after: String) { repository(owner: "acme", name: "shop") { pullRequest(number: $number) {
      comments(first: 1, after: $after) { nodes { fullDatabaseId body viewerDidAuthor } pageInfo { hasNextPage endCursor } } } } }`;
    const read = async (variables: object, token: 'default' | 'app' = 'default') => {
      const { data, errors } = await ask(github, query, variables, token);
      return { ...data?.repository?.pullRequest?.comments, error: errors?.[0].type };
    };
    const first = await read({ number: 1 });
    expect(first).toMatchObject({ nodes: [{ body: 'one', viewerDidAuthor: true }], pageInfo: { hasNextPage: true } });
    expect(first.nodes[0].fullDatabaseId).toMatch(/^\d+$/);
    const second = await read({ number: 1, after: first.pageInfo.endCursor });
    expect(second).toMatchObject({ nodes: [{ body: 'two' }], pageInfo: { hasNextPage: false } });
    expect(await read({ number: 9 })).toEqual({ error: 'NOT_FOUND' });
    github.change(({ tokens }) => {
      for (const token of tokens) if (token.token !== github.tokens.default) token.permissions = { metadata: 'read' };
    });
    github.change(({ repositories }) => {
      for (const one of repositories) one.private = true;
    });
    expect(await read({ number: 1 }, 'app')).toEqual({ error: 'FORBIDDEN' });
  });

  it.each([
    [
      'with more than 100 entries',
      'externalIdentities(first: 101) { nodes { user { login } } }',
      'EXCESSIVE_PAGINATION',
    ],
    ['without a size', 'externalIdentities { nodes { user { login } } }', 'MISSING_PAGINATION_BOUNDARIES'],
    ['without a size, in a fragment', '...F', 'MISSING_PAGINATION_BOUNDARIES'],
  ])('refuses a page %s before it runs the query', async (_, field, type) => {
    const fragment =
      field === '...F'
        ? 'fragment F on OrganizationIdentityProvider { externalIdentities { nodes { user { login } } } }'
        : '';
    const query = `{ organization(login: "acme") { samlIdentityProvider { ${field} } } } ${fragment}`;
    const { data, errors } = await ask(await start(), query);
    expect([data, errors?.map((error) => error.type)]).toEqual([undefined, [type]]);
  });

  it('answers 200 with errors to an invalid query, 400 to an invalid body, 401 without a token', async () => {
    const github = await start();
    for (const query of ['{', '{ nothing }', '{ user(login: 1) { login } }']) {
      const { data, errors } = await ask(github, query);
      expect([data, errors?.length]).toEqual([undefined, 1]);
    }
    const post = (body: string, headers = {}) => fetch(`${github.url}/graphql`, { method: 'POST', body, headers });
    expect((await post('{}')).status).toBe(401);
    expect((await post('{', { authorization: `Bearer ${github.tokens.app}` })).status).toBe(400);
  });

  it('requires a scope of a classic token for public addresses', async () => {
    const github = await start();
    const query = '{ user(login: "ada") { ...F } } fragment F on User { email }';
    const { data, errors } = await ask(github, query, {}, 'classic');
    expect([data, errors?.[0].type]).toEqual([undefined, 'INSUFFICIENT_SCOPES']);
    expect(errors?.[0].message).toContain("one of the following scopes: ['user:email', 'read:user']");
    github.change(({ tokens }) => tokens[2]?.scopes.push('user:email'));
    expect(await ask(github, query, {}, 'classic')).toEqual({ data: { user: { email: '' } } });
  });

  it('has a rate limit of its own', async () => {
    const github = await start();
    const octokit = client(github, github.tokens.default);
    await octokit.rest.repos.get(shop);
    const { headers } = await octokit.request('POST /graphql', { query: '{ user(login: "ada") { login } }' });
    expect(headers).toMatchObject({ 'x-ratelimit-resource': 'graphql', 'x-ratelimit-remaining': '999' });
  });

  it.each([true, false])('is at the path that octokit uses (enterprise: %s)', async (enterprise) => {
    const github = await start({ enterprise });
    const response = await client(github).graphql('{ user(login: "ada") { login } }');
    expect(response).toEqual({ user: { login: 'ada' } });
    expect(github.requests.map(({ operation, path }) => [operation, path])).toEqual([
      ['graphql', enterprise ? '/api/graphql' : '/graphql'],
    ]);
  });
});

it('the emulated GitHub supports 5,000 people in 200 teams and a CODEOWNERS file of 3 MB', async () => {
  const members = Array.from({ length: 5000 }, (_, number) => ({ login: `user-${number}` }));
  const logins = members.map(({ login }) => login);
  const teams = Array.from({ length: 200 }, (_, number) => ({
    slug: `team-${number}`,
    members: logins.slice(number * 25, number * 25 + 25),
    // The last hundred teams are below the first hundred.
    ...(number >= 100 && { parent: `team-${number - 100}` }),
  }));
  const line = (number: number) =>
    `/packages/${String(number).padStart(20, '0')} @user-${number % 5000} @acme/team-${number % 200}\n`;
  const text = Array.from({ length: 55_000 }, (_, number) => line(number)).join('');
  expect(text.length).toBeGreaterThan(2.9 * 1024 * 1024);
  const github = await start({ seed: { members, teams }, files: { CODEOWNERS: text } });
  const octokit = client(github);

  const { data } = await octokit.rest.repos.getContent({
    ...shop,
    path: 'CODEOWNERS',
    mediaType: { format: 'raw+json' },
  });
  expect(data).toBe(text);
  expect((await octokit.rest.repos.codeownersErrors(shop)).data.errors).toEqual([]);
  const found = new Set<string>();
  for (const { slug } of teams.slice(0, 100)) {
    const page = await octokit.rest.teams.listMembersInOrg({ org: 'acme', team_slug: slug, per_page: 100 });
    for (const { login } of page.data) found.add(login);
  }
  expect(found.size).toBe(5000);
  const batch = logins.slice(0, 100).map((login, index) => `u${index}: user(login: "${login}") { login }`);
  const response = await octokit.graphql<Record<string, { login: string }>>(`{ ${batch.join(' ')} }`);
  expect(Object.values(response).map(({ login }) => login)).toEqual(logins.slice(0, 100));
});

describe("the GraphQL schema, compared with GitHub's", () => {
  // The published schema contains two fields twice.
  const whole = buildSchema(published.idl, { assumeValidSDL: true });

  /** Every type, field, argument and enum value, with its type, default and interfaces, as lines. */
  function linesOf(schema: GraphQLSchema): string[] {
    return Object.values(schema.getTypeMap())
      .filter(({ name }) => !name.startsWith('__'))
      .flatMap((type) => {
        if (isEnumType(type)) return type.getValues().map(({ name }) => `${type} ${name}`);
        if (!isObjectType(type) && !isInterfaceType(type)) return [`${type}`];
        const interfaces = type.getInterfaces().map((one) => `${type} implements ${one}`);
        const fields = Object.values(type.getFields()).flatMap((field) => [
          `${type}.${field.name}: ${field.type}`,
          ...field.args.map(
            (arg) => `${type}.${field.name}(${arg.name}: ${arg.type} = ${JSON.stringify(arg.defaultValue)})`,
          ),
        ]);
        return [...interfaces, ...fields];
      });
  }

  it('is a subset in every type, field, argument, default and value', () => {
    const theirs = new Set(linesOf(whole));
    const ours = linesOf(buildSchema(SCHEMA));
    expect(ours.length).toBeGreaterThan(20);
    expect(ours.filter((line) => !theirs.has(line))).toEqual([]);
  });

  it('has every argument that GitHub requires', () => {
    const required = (schema: GraphQLSchema) =>
      linesOf(schema).filter((line) => /\(\w+: [^ ]*! = undefined\)$/.test(line));
    const fields = new Set(linesOf(buildSchema(SCHEMA)).map((line) => line.split(/[(:]/)[0]));
    const missing = required(whole).filter((line) => fields.has(line.split('(')[0]));
    expect(required(buildSchema(SCHEMA)).sort()).toEqual(missing.sort());
  });
});
