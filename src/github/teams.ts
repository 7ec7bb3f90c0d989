import { inParallel } from '../lib/parallel.ts';
import type { GitHub } from './client.ts';
import { cannotSee } from './errors.ts';

/** An account in a team. */
export interface TeamMember {
  /** In lower case. */
  login: string;
  /** GitHub's number of the account. */
  id: number;
  isBot: boolean;
}

/** What listing teams and identities takes, in GitHub's words. The default token of a job has no such permission. */
export const membersPermission =
  'the organization permission Members: read (a GitHub App or a fine-grained token; the default GITHUB_TOKEN cannot have it)';

const onePage = 100;
/** GitHub asks for few requests at once. */
const atOnce = 4;

/**
 * Reads the members of teams, those of child teams included (REST documentation, "List team members"), every page.
 * @param teams as `org/slug`
 * @param options `twice`: a team of several pages is read twice, and whoever is in either counts: who leaves between two
 * pages moves another one out of sight, who must not be taken for gone
 * @returns by team; undefined: there is no such team, or the token may not see it
 * @throws GitHubError
 */
export async function readTeams(
  github: GitHub,
  teams: Iterable<string>,
  { twice = false } = {},
): Promise<Map<string, TeamMember[] | undefined>> {
  const read = new Map<string, TeamMember[] | undefined>();
  await inParallel(teams, atOnce, async (team) => void read.set(team, await readTeam(github, team, twice)));
  return read;
}

async function readTeam(github: GitHub, team: string, twice: boolean): Promise<TeamMember[] | undefined> {
  const [org = '', team_slug = ''] = team.split('/');
  try {
    const request = { needs: membersPermission };
    const list = () =>
      github.paginate(github.rest.teams.listMembersInOrg, { org, team_slug, per_page: onePage, request });
    const members = await list();
    if (twice && members.length >= onePage) members.push(...(await list()));
    if (!members.every(({ login, id }) => typeof login === 'string' && Number.isSafeInteger(id)))
      throw new Error(`GitHub did not answer with the members of the team ${team}.`);
    return members.map(({ login, id, type }) => ({ login: login.toLowerCase(), id, isBot: type === 'Bot' }));
  } catch (error) {
    if (cannotSee(error)) return undefined;
    throw error;
  }
}
