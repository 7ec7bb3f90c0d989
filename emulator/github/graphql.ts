import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  execute,
  GraphQLError,
  type GraphQLFormattedError,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { Refusal } from '../refusal.ts';
import type { Call, Reply } from './call.ts';
import { limitRule } from './graphql-limits.ts';
import type { GitHubState, Organization, Repository, SamlIdentity, Token, User } from './model.ts';
import { userFinder } from './people.ts';
import { actorOf, hasPermission, openRepository } from './rights.ts';

export const SCHEMA = readFileSync(join(import.meta.dirname, 'schema.graphql'), 'utf8');
const schema = buildSchema(SCHEMA);

interface Query {
  query: string;
  variables: Record<string, unknown>;
  operationName?: string;
}

/** Handles GraphQL. Errors have status 200, as on GitHub. @returns undefined for any other operation */
export async function handleGraphql(call: Call): Promise<Reply | undefined> {
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
  const errors = validate(schema, document, [...specifiedRules, limitRule(token)]);
  if (errors.length > 0) return { errors: errors.map(formatted) };
  const result = await execute({
    schema,
    document,
    variableValues: variables,
    rootValue: queryFields({ state: call.state, git: call.git, token, findUser: userFinder(call.state) }),
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

/** GitHub puts the type of an error next to its message. */
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

/** What the fields of a response are computed from. */
interface Source {
  state: GitHubState;
  git: Call['git'];
  token: Token;
  findUser: ReturnType<typeof userFinder>;
}

/** The fields of `Query`, as functions of their arguments. Nested objects are created when a query selects them. */
function queryFields(source: Source) {
  return {
    user({ login }: { login: string }) {
      const user = source.findUser(login);
      if (user?.type !== 'User') throw notFound('a User', 'login', login);
      return userFields(user, source);
    },
    organization: ({ login }: { login: string }) => organizationFields(findOrganization(login, source), source),
    repository: ({ owner, name }: { owner: string; name: string }) => repositoryFields(`${owner}/${name}`, source),
  };
}

function repositoryFields(fullName: string, source: Source) {
  const repository = repositoryFor('getRepository', fullName, source);
  return {
    pullRequest: async ({ number }: { number: number }) => {
      repositoryFor('getPull', fullName, source);
      const path = `/repos/${source.git.names.get(repository.id)}/pulls/${number}`;
      if ((await source.git.send({ path })).status === 404) throw notFound('a PullRequest', 'number', String(number));
      return { comments: (page: Page) => commentsPage(repository, number, page, source) };
    },
  };
}

/** GraphQL hides a repository in the same cases as REST, but with its own errors. */
function repositoryFor(operation: 'getRepository' | 'getPull', fullName: string, source: Source): Repository {
  try {
    return openRepository(source.state, source.token, operation, fullName);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw error.status === 404 ? notFound('a Repository', 'name', fullName) : forbidden();
  }
}

interface Page {
  first: number;
  after?: string | null;
}

interface Comment {
  id: number;
  body: string;
}

/** A cursor is the number of comments before the next one. */
async function commentsPage(repository: Repository, number: number, { first, after }: Page, source: Source) {
  const all = await commentsOf(repository, number, source);
  const from = Number(after ?? 0);
  const until = Math.min(all.length, from + first);
  return {
    nodes: all.slice(from, until).map((one) => commentFields(one, source)),
    pageInfo: { endCursor: until > from ? String(until) : null, hasNextPage: until < all.length },
  };
}

async function commentsOf({ id }: Repository, number: number, { git }: Source): Promise<Comment[]> {
  const all: Comment[] = [];
  for (let page = 1; ; page += 1) {
    const path = `/repos/${git.names.get(id)}/issues/${number}/comments?per_page=100&page=${page}`;
    const some: Comment[] = JSON.parse(String((await git.send({ path })).body));
    all.push(...some);
    if (some.length < 100) return all;
  }
}

function commentFields({ id, body }: Comment, { state, token }: Source) {
  const viewerDidAuthor = state.comment_authors[id]?.id === actorOf(token).id;
  return { fullDatabaseId: String(id), body, viewerDidAuthor };
}

function userFields(user: User, source: Source) {
  return {
    databaseId: user.id,
    login: user.login,
    email: user.email ?? '',
    organizationVerifiedDomainEmails: ({ login }: { login: string }) => verifiedEmails(user, login, source),
  };
}

/** Documented: "Verified email addresses that match verified domains for a specified organization the user is a member of." */
function verifiedEmails(user: User, login: string, source: Source): string[] {
  const organization = findOrganization(login, source);
  if (!seesMembers(organization, source)) throw forbidden();
  if (!organization.members.some((member) => member.login === user.login)) return [];
  const domain = (email: string) => email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return user.verified_emails.filter((email) => organization.verified_domains.includes(domain(email)));
}

function organizationFields(organization: Organization, source: Source) {
  const { saml_identities: identities } = organization;
  // "Visible to (1) organization owners … (3) GitHub App with an installation token with read access to members."
  const samlIdentityProvider = identities &&
    seesMembers(organization, source) && {
      externalIdentities: ({ login, first }: { login?: string; first: number }) => ({
        nodes: identities
          .filter((one) => login === undefined || one.login?.toLowerCase() === login.toLowerCase())
          .slice(0, first)
          .map((identity) => identityFields(identity, source)),
      }),
    };
  return { samlIdentityProvider: samlIdentityProvider || null };
}

function identityFields({ login, name_id, emails }: SamlIdentity, source: Source) {
  const user = login === null ? undefined : source.findUser(login);
  return {
    samlIdentity: { nameId: name_id, emails: emails.map((value) => ({ value })) },
    user: user ? userFields(user, source) : null,
  };
}

function findOrganization(login: string, { state }: Source): Organization {
  const organization = state.organizations.find((one) => one.login.toLowerCase() === login.toLowerCase());
  if (organization === undefined) throw notFound('an Organization', 'login', login);
  return organization;
}

/** Whether the token may read an organization's identities and its members' verified addresses. */
function seesMembers({ login }: Organization, { token }: Source): boolean {
  return token.organization === login && hasPermission(token, 'members:read');
}
