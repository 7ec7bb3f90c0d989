import type { components } from '@octokit/openapi-types';
import { Refusal } from '../refusal.ts';
import { type Call, paginate, type Reply } from './call.ts';
import type { GitHubState, Team, User } from './model.ts';
import { openOrganization } from './rights.ts';

type Schemas = components['schemas'];

/** Returns a function that finds users by login, ignoring the case. It is outdated once a test changes the state. */
export function userFinder({ users }: GitHubState): (login: string) => User | undefined {
  const byLogin = new Map(users.map((user) => [user.login.toLowerCase(), user]));
  return (login) => byLogin.get(login.toLowerCase());
}

/** A team and its child teams, at any depth. */
function withChildren(state: GitHubState, team: Team): Team[] {
  const inside = state.teams.filter(({ organization }) => organization === team.organization);
  const found = [team];
  for (const ancestor of found) found.push(...inside.filter(({ parent }) => parent === ancestor.slug));
  return found;
}

/** The members of a team and of its child teams, each once, in the order of their IDs. */
function allMembers(state: GitHubState, team: Team, find = userFinder(state)): User[] {
  const logins = withChildren(state, team).flatMap(({ members }) => members);
  const users = new Set(logins.map((login) => find(login)).filter((user) => user !== undefined));
  return [...users].sort((a, b) => a.id - b.id);
}

/** Handles the operations on users and teams. @returns undefined for any other operation */
export function handlePeople(call: Call): Reply | undefined {
  const { operation, state, token, params } = call;
  if (operation === 'listOrgMembers') {
    const { members } = openOrganization(state, token, operation, params['org'] ?? '');
    const find = userFinder(state);
    const { items, headers } = paginate(
      call,
      members.flatMap(({ login }) => find(login) ?? []),
    );
    return { json: items.map((user) => simple(call, user)), headers };
  }
  if (operation === 'getUser') return { json: publicUser(call, params['username'] ?? '') };
  if (operation !== 'getTeam' && operation !== 'listTeamMembers') return undefined;
  const { login } = openOrganization(state, token, operation, params['org'] ?? '');
  const slug = (params['team_slug'] ?? '').toLowerCase();
  const team = state.teams.find((candidate) => candidate.organization === login && candidate.slug === slug);
  if (team === undefined) throw new Refusal(404, 'Not Found');
  if (operation === 'getTeam')
    return { json: { ...teamOf(call, team), members_count: allMembers(state, team).length } };
  const { items, headers } = paginate(call, allMembers(state, team));
  return { json: items.map((user) => simple(call, user)), headers };
}

/** A user as part of other responses. `ghost` stands for a deleted account. */
export function simpleUser(call: Call, login: string): Schemas['simple-user'] {
  const ghost: User = { id: 10137, login: 'ghost', name: null, email: null, verified_emails: [], type: 'User' };
  return simple(call, userFinder(call.state)(login) ?? ghost);
}

function simple({ apiUrl }: Call, { id, login, type }: User): Schemas['simple-user'] {
  const url = `${apiUrl}/users/${login}`;
  return {
    login,
    id,
    node_id: nodeId('U', id),
    avatar_url: `${apiUrl}/avatars/u/${id}`,
    gravatar_id: '',
    url,
    html_url: `${apiUrl}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    site_admin: false,
  };
}

function publicUser(call: Call, login: string): Schemas['public-user'] {
  const user = userFinder(call.state)(login);
  if (user === undefined) throw new Refusal(404, 'Not Found');
  return {
    ...simple(call, user),
    name: user.name,
    company: null,
    blog: '',
    location: null,
    email: user.email,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: SINCE,
    updated_at: SINCE,
  };
}

function teamOf(call: Call, team: Team): Schemas['team'] {
  const parent = call.state.teams.find(
    ({ organization, slug }) => organization === team.organization && slug === team.parent,
  );
  return { ...simpleTeam(call, team), parent: parent ? simpleTeam(call, parent) : null };
}

function simpleTeam({ apiUrl, state }: Call, { id, organization, slug, name, privacy }: Team): Schemas['team-simple'] {
  const orgId = state.organizations.find(({ login }) => login === organization)?.id ?? 0;
  const url = `${apiUrl}/organizations/${orgId}/team/${id}`;
  return {
    id,
    node_id: nodeId('T', id),
    url,
    html_url: `${apiUrl}/orgs/${organization}/teams/${slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    name,
    slug,
    description: null,
    privacy,
    permission: 'pull',
    notification_setting: 'notifications_enabled',
    type: 'organization',
    organization_id: orgId,
  };
}

function nodeId(kind: string, id: number): string {
  return `${kind}_${Buffer.from(String(id)).toString('base64url')}`;
}

const SINCE = '2020-01-01T00:00:00Z';
