import type { GitHub } from '../../src/github/client.ts';
import { GitHubError } from '../../src/github/errors.ts';

/** An account of the fake GitHub. */
interface FakeUser {
  login: string;
  id: number;
  /** The address by which GitHub's check of CODEOWNERS finds the account. */
  email?: string;
  /** The addresses in a verified domain, separated by spaces. */
  verified?: string;
  saml?: string;
}

/** The data of the fake GitHub. A fault changes one part of it. */
export interface FakeGitHubState {
  /** By path; `null`: the response is lost (an empty 200). */
  files: Record<string, string | null>;
  users: FakeUser[];
  /** Logins by slug, of the organization `acme`. */
  teams: Record<string, string[]>;
  /** Responses that replace the list of a team, by slug. */
  teamResponses: Record<string, { status?: number; data?: unknown }>;
  /** Whether the Link header of the lists is lost. */
  losesLinks: boolean;
  /** Sources that are refused. */
  refused: ('saml' | 'verified-domain')[];
  /** Whether the organization has no identity provider. */
  hasNoProvider: boolean;
  /** Paths that earlier commits have. */
  deleted: string[];
  /** Whether `refs/pull/<number>/merge` exists. */
  hasMergeResult: boolean;
  /** Files of other repositories than `acme/shop`, by `owner/name`, or the status that GitHub returns. */
  others: Record<string, FakeGitHubState['files'] | number>;
  /** The name that GitHub returns instead of the requested one. */
  renamed: Record<string, string>;
}

export const emptyGitHub: FakeGitHubState = {
  files: {},
  users: [],
  teams: {},
  teamResponses: {},
  losesLinks: false,
  refused: [],
  hasNoProvider: false,
  deleted: [],
  hasMergeResult: true,
  others: {},
  renamed: {},
};

const pageSize = 100;
type Params = Record<string, string & number>;

/** The part of GitHub's API that a sync reads, based on plain data. Records the requests. */
export function fakeGitHub(state: FakeGitHubState): { github: GitHub; requests: string[] } {
  const requests: string[] = [];
  const request = async (route: string, params: Params) => {
    requests.push(route.replace(/\{(\w+)\}/g, (_whole, name: string) => String(params[name])));
    return { headers: {}, ...response(state, route, params) };
  };
  const graphql = async (query: string, variables: Record<string, unknown>) => answerQuery(state, query, variables);
  return { github: { request, graphql } as unknown as GitHub, requests };
}

function response(all: FakeGitHubState, route: string, params: Params): { data: unknown; headers?: object } {
  const name = `${params['owner']}/${params['repo']}`;
  const state = route.includes('/repos/') ? stateOf(all, name) : all;
  if (route.endsWith('/codeowners/errors')) return { data: { errors: errorsOf(state) } };
  if (route.includes('/contents/')) return content(state, params['path'] ?? '');
  if (route.endsWith('/commits')) return { data: state.deleted.includes(params['path'] ?? '') ? [{ sha: 'd' }] : [] };
  if (route.includes('/commits/')) return commit(state, params['ref'] ?? '');
  if (route.endsWith('/members')) return members(state, params);
  if (route.startsWith('GET /orgs/'))
    return { data: { members_count: state.teams[params['team_slug'] ?? '']?.length } };
  if (route.startsWith('GET /users/')) throw refusal(404);
  return { data: { default_branch: 'main', full_name: all.renamed[name] ?? name } };
}

function stateOf(state: FakeGitHubState, name: string): FakeGitHubState {
  if (name === 'acme/shop') return state;
  const other = state.others[name] ?? 404;
  if (typeof other === 'number') throw refusal(other);
  return { ...state, files: other };
}

function refusal(status: number): GitHubError {
  return new GitHubError({ method: 'GET', route: '/', status, reason: '"Not Found"' });
}

function content(state: FakeGitHubState, path: string) {
  const text = state.files[path];
  if (text === undefined) throw refusal(404);
  return { data: text ?? '', headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' } };
}

function commit({ hasMergeResult }: FakeGitHubState, ref: string) {
  if (ref.startsWith('refs/pull/') && !hasMergeResult) throw refusal(422);
  return { data: (ref.startsWith('refs/pull/') ? 'b' : 'a').repeat(40) };
}

function members(state: FakeGitHubState, { team_slug, page = 1 as never }: Params) {
  const { status, data } = state.teamResponses[team_slug ?? ''] ?? {};
  if (status !== undefined) throw refusal(status);
  if (data !== undefined) return { data };
  const logins = state.teams[team_slug ?? ''];
  if (!logins) throw refusal(404);
  const rows = logins.map((login) => {
    const user = state.users.find((one) => one.login === login);
    return { login, id: user?.id ?? 10_000 + logins.indexOf(login), type: user ? 'User' : 'Bot' };
  });
  const isLast = rows.length <= page * pageSize;
  const headers = isLast || state.losesLinks ? {} : { link: '<https://api.github.com/x>; rel="next"' };
  return { data: rows.slice((page - 1) * pageSize, page * pageSize), headers };
}

/** Owners that do not exist at GitHub, as its check reports them. */
function errorsOf({ files, users, teams }: FakeGitHubState) {
  const path = '.github/CODEOWNERS';
  const known = new Set([
    ...users.map(({ login }) => `@${login}`),
    ...Object.keys(teams).map((slug) => `@acme/${slug}`),
    ...users.flatMap(({ email, verified, saml }) => [email, verified, saml]),
  ]);
  return (files[path] ?? '')
    .split('\n')
    .flatMap((source, index) =>
      [...source.matchAll(/(?<=[ \t])\S+/g)]
        .filter(([owner]) => !known.has(owner.toLowerCase()))
        .map((match) => ({ line: index + 1, column: match.index + 1, kind: 'Unknown owner', source, path })),
    );
}

function answerQuery(state: FakeGitHubState, query: string, variables: Record<string, unknown>) {
  const isQueried = (source: string) => query.includes(source === 'saml' ? 'samlIdentityProvider' : 'VerifiedDomain');
  const refused = state.refused.find(isQueried);
  const path =
    refused === 'saml' ? ['organization', 'samlIdentityProvider'] : ['u0', 'organizationVerifiedDomainEmails'];
  const errors: object[] = refused ? [{ type: 'FORBIDDEN', path, message: 'Forbidden' }] : [];
  const data: Record<string, unknown> = {};
  const identities: Record<string, unknown> = {};
  for (const [name, login] of Object.entries(variables)) {
    if (!/^l\d+$/.test(name)) continue;
    const i = name.slice(1);
    const user = state.users.find((one) => one.login === login);
    if (!user) errors.push({ type: 'NOT_FOUND', path: [`u${i}`], message: 'Could not resolve' });
    const emails = user?.verified === undefined ? [] : user.verified.split(' ');
    data[`u${i}`] = user ? { databaseId: user.id, organizationVerifiedDomainEmails: emails, email: '' } : null;
    const samlIdentity = { nameId: user?.saml, emails: [] };
    identities[`i${i}`] = { nodes: user?.saml === undefined ? [] : [{ user: { login }, samlIdentity }] };
  }
  data['organization'] = { samlIdentityProvider: state.hasNoProvider ? null : identities };
  if (errors.length > 0) throw Object.assign(new Error('partial'), { name: 'GraphqlResponseError', data, errors });
  return data;
}
