import type { TeamRead } from '../github/teams.ts';
import type { Role } from '../neon/endpoints.ts';
import type { IdentitySource } from './address-book.ts';
import { isBotLogin, isTeam, isUser, type Owner, type Team, teamPath, type User } from './owner.ts';
import type { PeopleFile } from './people-file.ts';
import type { Origin, OwnersUnion } from './read-codeowners.ts';

/** Everything that the files and the inputs name. */
export interface Named {
  /** From CODEOWNERS and `include`. */
  owners: readonly Origin[];
  /** Owners that GitHub does not accept. */
  unknown: OwnersUnion['unknown'];
  invalid: OwnersUnion['invalid'];
  /** From the input `exclude` and the people file. */
  exclude: readonly Owner[];
  people: PeopleFile;
  sources: readonly IdentitySource[];
  /** The owners of the repositories: a login that begins with one may be a team without its slash. */
  organizations: readonly string[];
}

/** By `org/slug`. */
export type Teams = ReadonlyMap<string, TeamRead>;

/** The role that `teams` of the people file assigns to the members of a team. */
export interface TeamRole {
  team: Team;
  role: Role;
}

/** An account, and what is known about it before it is looked up. */
export interface Account {
  login: string;
  id?: number | undefined;
  isBot: boolean;
  teamRoles: Role[];
  origins: Origin[];
}

/** All accounts that are named, by login. No account is both wanted and excluded. */
export interface Roster {
  teams: Teams;
  wanted: Map<string, Account>;
  excluded: Map<string, Account>;
  /** People who are named by address. */
  addresses: { email: string; origins: Origin[] }[];
}

/** The teams whose members must be read, by `org/slug`. */
export function teamsToRead(named: Named): Map<string, Team> {
  const owners = [...named.owners.map(({ owner }) => owner), ...named.exclude];
  const teams = [...owners.filter(isTeam), ...rolesOfTeams(named.people).map(({ team }) => team)];
  return new Map(teams.map((team) => [teamPath(team), team]));
}

export function rolesOfTeams({ teams }: PeopleFile): TeamRole[] {
  return [...teams].map(([path, role]) => {
    const [org = '', slug = ''] = path.split('/');
    return { team: { kind: 'team', org, slug }, role };
  });
}

export function rosterOf(named: Named, teams: Teams): Roster {
  const roster: Roster = { teams, wanted: new Map(), excluded: new Map(), addresses: [] };
  const membersOf = (path: string) => teams.get(path)?.members ?? [];
  const excludedTeams = new Set(named.exclude.filter(isTeam).map(teamPath));
  for (const { login } of named.exclude.filter(isUser)) add(roster.excluded, { login });
  for (const member of [...excludedTeams].flatMap(membersOf)) add(roster.excluded, member);
  for (const origin of named.owners) {
    const { owner } = origin;
    if (owner.kind === 'email') roster.addresses.push({ email: owner.email, origins: [origin] });
    else for (const seen of accountsOf(owner, excludedTeams, membersOf)) addWanted(roster, seen, origin);
  }
  // The role of a team applies to all of its members, regardless of which owner names them.
  for (const { team, role } of rolesOfTeams(named.people))
    for (const { login } of membersOf(teamPath(team))) roster.wanted.get(login)?.teamRoles.push(role);
  return roster;
}

function accountsOf(
  owner: User | Team,
  excludedTeams: ReadonlySet<string>,
  membersOf: (path: string) => readonly Seen[],
): readonly Seen[] {
  if (owner.kind === 'user') return [{ login: owner.login }];
  return excludedTeams.has(teamPath(owner)) ? [] : membersOf(teamPath(owner));
}

type Seen = Pick<Account, 'login'> & Partial<Pick<Account, 'id' | 'isBot'>>;

function addWanted({ wanted, excluded }: Roster, seen: Seen, origin: Origin): void {
  if (!excluded.has(seen.login)) add(wanted, seen).origins.push(origin);
}

function add(accounts: Map<string, Account>, { login, id, isBot = isBotLogin(login) }: Seen): Account {
  const known = accounts.get(login) ?? { login, isBot: false, teamRoles: [], origins: [] };
  const account = { ...known, id: id ?? known.id, isBot: known.isBot || isBot || login.endsWith('[bot]') };
  accounts.set(login, account);
  return account;
}
