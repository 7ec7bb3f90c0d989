import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, execute, GraphQLError, type GraphQLFormattedError, parse, validate } from 'graphql';
import { Refusal } from '../refusal.ts';
import type { Call, Reply } from './call.ts';
import { limitErrors } from './graphql-limits.ts';
import type { Organization, SamlIdentity, Team, Token, User } from './model.ts';
import { allMembers, nodeId, userFinder, withChildren } from './people.ts';
import { actorOf, hasPermission } from './rights.ts';

export const SCHEMA = readFileSync(join(import.meta.dirname, 'schema.graphql'), 'utf8');
const schema = buildSchema(SCHEMA);

interface Query {
  query: string;
  variables: Record<string, unknown>;
  operationName?: string;
}

/** Answers GraphQL; undefined for any other operation. Errors come with status 200, as GitHub sends them. */
export async function askGraphql(call: Call): Promise<Reply | undefined> {
  if (call.operation !== 'graphql') return undefined;
  const { token } = call;
  if (token === null) throw new Refusal(401, 'This endpoint requires you to be authenticated.');
  try {
    return { json: await run(call, token, read(call.body)) };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { json: { errors: [formatted(error)] } };
  }
}

async function run(call: Call, token: Token, { query, variables, operationName }: Query): Promise<unknown> {
  const document = parse(query);
  const invalid = validate(schema, document);
  const errors = invalid.length > 0 ? invalid : limitErrors({ schema, document, variables, token });
  if (errors.length > 0) return { errors: errors.map(formatted) };
  const result = await execute({
    schema,
    document,
    variableValues: variables,
    rootValue: resolvers(call, token),
    ...(operationName && { operationName }),
  });
  return { data: result.data, ...(result.errors && { errors: result.errors.map(formatted) }) };
}

function read(text: string): Query {
  let body: Partial<Query> | null;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Refusal(400, 'Problems parsing JSON');
  }
  if (typeof body?.query !== 'string') {
    throw new GraphQLError('A query attribute must be specified and must be a string.');
  }
  return { ...body, query: body.query, variables: body.variables ?? {} };
}

/** GitHub puts the kind of an error beside its message. */
function formatted(error: GraphQLError): GraphQLFormattedError & { type?: unknown } {
  const { type, ...extensions } = error.extensions;
  const { message, locations, path } = error.toJSON();
  return {
    ...(type !== undefined && { type }),
    ...(path && { path }),
    ...(Object.keys(extensions).length > 0 && { extensions }),
    ...(locations && { locations }),
    message,
  };
}

const notFound = (kind: string, by: string, value: string) =>
  new GraphQLError(`Could not resolve to ${kind} with the ${by} of '${value}'.`, { extensions: { type: 'NOT_FOUND' } });

const forbidden = () =>
  new GraphQLError('Resource not accessible by integration', {
    extensions: { type: 'FORBIDDEN', saml_failure: false },
  });

/** The fields of `Query`, as functions of their arguments; every object below is made when it is asked for. */
function resolvers({ state }: Call, token: Token) {
  const findUser = userFinder(state);
  const findOrganization = (login: string) =>
    state.organizations.find((one) => one.login.toLowerCase() === login.toLowerCase());

  /** Whether the token may look into an organization: its teams, its identities, its members' verified addresses. */
  const seesMembers = ({ login }: Organization) => token.organization === login && hasPermission(token, 'members:read');

  const userOf = (user: User) => ({
    __typename: 'User',
    id: nodeId('U', user.id),
    databaseId: user.id,
    login: user.login,
    name: user.name,
    email: user.email ?? '',
    organizationVerifiedDomainEmails: ({ login }: { login: string }) => verifiedEmails(user, login),
  });

  /** Documented: "Verified email addresses that match verified domains for a specified organization the user is a member of." */
  function verifiedEmails(user: User, login: string): string[] {
    const organization = findOrganization(login);
    if (organization === undefined) throw notFound('an Organization', 'login', login);
    if (!seesMembers(organization)) {
      if (state.verified_emails_refusal === 'empty') return [];
      throw forbidden();
    }
    if (!organization.members.some((member) => member.login === user.login)) return [];
    const domain = (email: string) => email.slice(email.lastIndexOf('@') + 1).toLowerCase();
    return user.verified_emails.filter((email) => organization.verified_domains.includes(domain(email)));
  }

  const organizationOf = (organization: Organization): object => ({
    __typename: 'Organization',
    id: nodeId('O', organization.id),
    databaseId: organization.id,
    login: organization.login,
    name: organization.name,
    // "Visible to (1) organization owners … (3) GitHub App with an installation token with read access to members."
    samlIdentityProvider: () =>
      organization.saml_identities && seesMembers(organization)
        ? providerOf(organization, organization.saml_identities)
        : null,
    team: ({ slug }: { slug: string }) => {
      const team = teamsOf(organization).find((one) => one.slug === slug.toLowerCase());
      return team ? teamOf(organization, team) : null;
    },
    teams: ({ rootTeamsOnly, ...page }: Page & { rootTeamsOnly: boolean }) => {
      const teams = teamsOf(organization).filter(({ parent }) => !rootTeamsOnly || parent === null);
      return connection(teams, page, (team) => teamOf(organization, team));
    },
  });

  function teamsOf(organization: Organization): Team[] {
    if (!seesMembers(organization)) throw forbidden();
    return state.teams.filter((team) => team.organization === organization.login);
  }

  const teamOf = (organization: Organization, team: Team): object => ({
    id: nodeId('T', team.id),
    databaseId: team.id,
    slug: team.slug,
    name: team.name,
    combinedSlug: `${organization.login}/${team.slug}`,
    organization: () => organizationOf(organization),
    parentTeam: () => {
      const parent = teamsOf(organization).find(({ slug }) => slug === team.parent);
      return parent ? teamOf(organization, parent) : null;
    },
    childTeams: ({ immediateOnly, ...page }: Page & { immediateOnly: boolean }) => {
      const below = withChildren(state, team).slice(1);
      const children = below.filter(({ parent }) => !immediateOnly || parent === team.slug);
      return connection(children, page, (child) => teamOf(organization, child));
    },
    members: ({ membership, ...page }: Page & { membership: 'ALL' | 'CHILD_TEAM' | 'IMMEDIATE' }) => {
      const direct = team.members.map(findUser).filter((user) => user !== undefined);
      const members = membership === 'IMMEDIATE' ? direct : allMembers(state, team, findUser);
      const wanted = membership === 'CHILD_TEAM' ? members.filter((user) => !direct.includes(user)) : members;
      return connection(wanted, page, userOf);
    },
  });

  const providerOf = (organization: Organization, identities: SamlIdentity[]) => ({
    id: nodeId('OIP', organization.id),
    organization: () => organizationOf(organization),
    externalIdentities: ({ login, ...page }: Page & { login?: string }) =>
      connection(
        identities.filter((one) => isOf(one, login)),
        page,
        (identity) => ({
          guid: identity.name_id,
          id: nodeId('EI', identities.indexOf(identity)),
          samlIdentity: {
            nameId: identity.name_id,
            username: identity.username,
            emails: identity.emails.map((value, index) => ({ value, primary: index === 0, type: 'work' })),
          },
          scimIdentity: null,
          user: () => {
            const user = identity.login === null ? undefined : findUser(identity.login);
            return user ? userOf(user) : null;
          },
        }),
      ),
  });

  return {
    viewer() {
      const { type: _type, ...actor } = actorOf(token);
      return userOf({ name: null, email: null, verified_emails: [], type: 'User', ...actor });
    },
    user({ login }: { login: string }) {
      const user = findUser(login);
      if (user?.type !== 'User') throw notFound('a User', 'login', login);
      return userOf(user);
    },
    organization({ login }: { login: string }) {
      const organization = findOrganization(login);
      if (organization === undefined) throw notFound('an Organization', 'login', login);
      return organizationOf(organization);
    },
    repositoryOwner({ login }: { login: string }) {
      const [user, organization] = [findUser(login), findOrganization(login)];
      if (user?.type === 'User') return userOf(user);
      return organization ? organizationOf(organization) : null;
    },
  };
}

function isOf(identity: SamlIdentity, login?: string): boolean {
  return login === undefined || identity.login?.toLowerCase() === login.toLowerCase();
}

interface Page {
  first?: number;
  after?: string | null;
}

/** A page of a list; a cursor holds how many items lie before the next one. */
function connection<Item>(items: readonly Item[], { first = 0, after }: Page, shown: (item: Item) => object) {
  const from = after ? positionOf(after) : 0;
  const until = Math.min(items.length, from + first);
  const cursor = (position: number) => Buffer.from(`cursor:${position}`).toString('base64');
  return {
    nodes: items.slice(from, until).map(shown),
    totalCount: items.length,
    pageInfo: {
      startCursor: until > from ? cursor(from + 1) : null,
      endCursor: until > from ? cursor(until) : null,
      hasNextPage: until < items.length,
      hasPreviousPage: from > 0,
    },
  };
}

function positionOf(cursor: string): number {
  const position = /^cursor:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1];
  if (position !== undefined) return Number(position);
  const message = `\`${cursor}\` does not appear to be a valid cursor.`;
  throw new GraphQLError(message, { extensions: { type: 'INVALID_CURSOR_ARGUMENTS' } });
}
