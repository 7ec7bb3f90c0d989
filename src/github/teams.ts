import { inParallel } from '../parallel.ts';
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

/** GitHub asks for few requests at once. */
const atOnce = 4;

/**
 * Reads the members of teams, those of child teams included (REST documentation, "List team members"), every page.
 * @param teams as `org/slug`
 * @returns by team; undefined: there is no such team, or the token may not see it
 * @throws GitHubError
 */
export async function readTeams(
  github: GitHub,
  teams: Iterable<string>,
): Promise<Map<string, TeamMember[] | undefined>> {
  const read = new Map<string, TeamMember[] | undefined>();
  await inParallel(teams, atOnce, async (team) => void read.set(team, await readTeam(github, team)));
  return read;
}

async function readTeam(github: GitHub, team: string): Promise<TeamMember[] | undefined> {
  const [org = '', team_slug = ''] = team.split('/');
  try {
    const members = await github.paginate(github.rest.teams.listMembersInOrg, {
      org,
      team_slug,
      per_page: 100,
      request: { needs: membersPermission },
    });
    if (!members.every(({ login, id }) => typeof login === 'string' && Number.isSafeInteger(id)))
      throw new Error(`GitHub did not answer with the members of the team ${team}.`);
    return members.map(({ login, id, type }) => ({ login: login.toLowerCase(), id, isBot: type === 'Bot' }));
  } catch (error) {
    if (cannotSee(error)) return undefined;
    throw error;
  }
}
