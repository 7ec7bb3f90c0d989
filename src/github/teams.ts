import { inParallel } from '../lib/parallel.ts';
import type { GitHub } from './client.ts';
import { cannotSee, GitHubError } from './errors.ts';

/** An account in a team. */
export interface TeamMember {
  /** In lower case. */
  login: string;
  /** The numeric ID of the account. */
  id: number;
  isBot: boolean;
}

/**
 * The result of reading a team. `hidden`: it does not exist, or the token cannot see it; GitHub does not distinguish the two.
 * `empty`: the list has no members, and GitHub's count does not confirm that.
 */
export interface TeamRead {
  state: 'read' | 'hidden' | 'empty';
  members: readonly TeamMember[];
}

/** The permission to list teams and identities, to follow the words "the permission". */
export const membersPermission =
  '"Members: read" on the organization (which a GitHub App or a fine-grained token can have; the GITHUB_TOKEN of a job never has it)';

const pageSize = 100;
/** GitHub advises against many concurrent requests. */
const teamsAtOnce = 4;

/**
 * Reads all members of teams, including those of child teams (REST documentation, "List team members").
 * @param teams as `org/slug`
 * @param isDecisive whether a missing member of this team would change more than who is invited. Decisive teams are read
 * twice, and the members of both lists count: when an account leaves between two pages, another one moves to a page that was
 * already read. The number of members is also compared with GitHub's count.
 * @throws GitHubError, and Error for a response that is not a complete list of members
 */
export async function readTeams(
  github: GitHub,
  teams: Iterable<string>,
  isDecisive: (team: string) => boolean = () => false,
): Promise<Map<string, TeamRead>> {
  const read = new Map<string, TeamRead>();
  await inParallel(
    teams,
    teamsAtOnce,
    async (team) => void read.set(team, await readTeam(github, team, isDecisive(team))),
  );
  return read;
}

async function readTeam(github: GitHub, team: string, isDecisive: boolean): Promise<TeamRead> {
  const members = new Map<number, TeamMember>();
  try {
    for (const member of await listTeamMembers(github, team)) members.set(member.id, member);
    if (isDecisive || members.size === 0)
      for (const member of await listTeamMembers(github, team)) members.set(member.id, member);
  } catch (error) {
    if (cannotSee(error)) return { state: 'hidden', members: [] };
    throw error;
  }
  const counted = isDecisive || members.size === 0 ? await memberCount(github, team) : undefined;
  if (counted !== undefined && members.size < counted)
    throw new Error(`GitHub listed ${members.size} of the ${counted} members of the team ${team}. Run this job again.`);
  const isUnconfirmed = members.size === 0 && counted === undefined;
  return { state: isUnconfirmed ? 'empty' : 'read', members: [...members.values()] };
}

async function listTeamMembers(github: GitHub, team: string): Promise<TeamMember[]> {
  const [org = '', team_slug = ''] = team.split('/');
  const fetchPage = (page: Page) =>
    github.request('GET /orgs/{org}/teams/{team_slug}/members', { org, team_slug, ...page });
  return listAccounts(fetchPage, `the team ${team}`);
}

/**
 * Lists the members of an organization (REST documentation, "List organization members"). A token without the permission
 * gets only the public members.
 * @throws GitHubError, and Error for a response that is not a list of members
 */
export function listOrganizationMembers(github: GitHub, org: string): Promise<TeamMember[]> {
  const fetchPage = (page: Page) => github.request('GET /orgs/{org}/members', { org, ...page });
  return listAccounts(fetchPage, `the organization ${org}`);
}

interface Page {
  per_page: number;
  page: number;
  request: { needs: string };
}

/** Does not rely on the Link header alone: a full page without a link is not necessarily the last one. */
async function listAccounts(
  fetchPage: (page: Page) => Promise<{ data: unknown; headers: { link?: string | undefined } }>,
  where: string,
): Promise<TeamMember[]> {
  const members: TeamMember[] = [];
  for (let page = 1; ; page += 1) {
    const { data: rows, headers } = await fetchPage({
      per_page: pageSize,
      page,
      request: { needs: membersPermission },
    });
    if (!Array.isArray(rows) || !rows.every(isMember))
      throw new Error(`GitHub did not return the members of ${where}. Run this job again.`);
    members.push(...rows.map(({ login, id, type }) => ({ login: login.toLowerCase(), id, isBot: type === 'Bot' })));
    const hasNext = /\brel="next"/.test(headers.link ?? '');
    if (rows.length === 0 || (!hasNext && rows.length < pageSize)) return members;
  }
}

interface MemberRow {
  login: string;
  id: number;
  type?: unknown;
}

function isMember(row: unknown): row is MemberRow {
  const { login, id } = (row ?? {}) as { login?: unknown; id?: unknown };
  return typeof login === 'string' && login !== '' && Number.isSafeInteger(id);
}

/** @returns undefined if GitHub returns no count */
async function memberCount(github: GitHub, team: string): Promise<number | undefined> {
  const [org = '', team_slug = ''] = team.split('/');
  try {
    const { data } = await github.request('GET /orgs/{org}/teams/{team_slug}', { org, team_slug });
    const counted: unknown = data?.members_count;
    return Number.isSafeInteger(counted) ? (counted as number) : undefined;
  } catch (error) {
    if (error instanceof GitHubError) return undefined;
    throw error;
  }
}
