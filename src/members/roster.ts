import type { TeamRead } from '../github/teams.ts';
import type { Role } from '../neon/endpoints.ts';
import type { OwnersUnion, Place } from './codeowners.ts';
import { addressSources, type IdentitySource } from './identity.ts';
import { isBotLogin, isTeam, isUser, type Owner, ownerName, type Team, teamPath, type User } from './owner.ts';
import type { PeopleFile } from './people-file.ts';

/** What the files and the inputs name. */
export interface Named {
  codeowners: Pick<OwnersUnion, 'owners' | 'unknown' | 'invalid'>;
  /** `exclude` of the inputs and of the people file. */
  exclude: readonly Owner[];
  people: PeopleFile;
  sources: readonly IdentitySource[];
  /** The owners of the repositories: a login that begins with one may be a team without its slash. */
  organizations: readonly string[];
}

/** What brings a person in: an owner, and where CODEOWNERS files name it; nowhere for an entry of `include`. */
export interface Origin {
  owner: Owner;
  places: readonly Place[];
}

/** By `org/slug`. */
export type Teams = ReadonlyMap<string, TeamRead>;

/** The role that `teams` of the people file gives to the members of a team. */
export interface TeamRole {
  team: Team;
  role: Role;
}

/** An account, and all that is known of it before GitHub is asked about it. */
export interface Account {
  login: string;
  id?: number | undefined;
  isBot: boolean;
  teamRoles: Role[];
  origins: Origin[];
}

/** All accounts that are named, by login. Excluded ones are not among the wanted ones. */
export interface Roster {
  wanted: Map<string, Account>;
  excluded: Map<string, Account>;
  /** Who is wanted by address alone. */
  addresses: { email: string; origins: Origin[] }[];
}

/** CODEOWNERS and `include`. */
export function ownersOf({ codeowners, people }: Named): Origin[] {
  const listed = codeowners.owners.map((owner) => ({ owner: bare(owner), places: owner.places }));
  return [...listed, ...people.include.map((owner) => ({ owner, places: [] }))];
}

function bare(owner: Owner): Owner {
  if (owner.kind === 'user') return { kind: 'user', login: owner.login };
  return owner.kind === 'team'
    ? { kind: 'team', org: owner.org, slug: owner.slug }
    : { kind: 'email', email: owner.email };
}

/** The teams whose members must be known, by `org/slug`. */
export function teamsToRead(named: Named): Map<string, Team> {
  const owners = [...ownersOf(named).map(({ owner }) => owner), ...named.exclude];
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
  const roster: Roster = { wanted: new Map(), excluded: new Map(), addresses: [] };
  const membersOf = (path: string) => teams.get(path)?.members ?? [];
  const excludedTeams = new Set(named.exclude.filter(isTeam).map(teamPath));
  for (const { login } of named.exclude.filter(isUser)) add(roster.excluded, { login });
  for (const member of [...excludedTeams].flatMap(membersOf)) add(roster.excluded, member);
  for (const origin of ownersOf(named)) {
    const { owner } = origin;
    if (owner.kind === 'email') roster.addresses.push({ email: owner.email, origins: [origin] });
    else for (const seen of accountsOf(owner, excludedTeams, membersOf)) addWanted(roster, seen, origin);
  }
  // A team gives its role to all of its members, whichever owner brings them in.
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

/**
 * The logins that GitHub must be asked about: those whose address is not in the people file, and excluded ones.
 * @param mayRemove whether members may be removed: then it matters who has an address that nobody claims
 */
export function loginsToLookUp(named: Named, teams: Teams, mayRemove: boolean): string[] {
  const { wanted, excluded } = rosterOf(named, teams);
  const { people, sources } = named;
  const settles = (login: string) => people.people.has(login) && sources.includes('people-file');
  const hasPins = [...people.people.values()].some(({ githubId }) => githubId !== undefined);
  const hasSources = addressSources(sources).length > 0;
  const toLookUp = [...wanted.values()].filter(({ login, id, isBot }) => {
    const listed = people.people.get(login);
    const isPinned = listed ? listed.githubId !== undefined : hasPins;
    return !isBot && ((isPinned && id === undefined) || (!settles(login) && hasSources));
  });
  const excludedToLookUp = [...excluded.values()].filter(
    ({ login, isBot, id }) => !isBot && (hasSources || (id === undefined && !people.people.has(login))),
  );
  const idle = mayRemove ? idleLogins(named, wanted, excluded) : [];
  return [...new Set([...toLookUp, ...excludedToLookUp].map(({ login }) => login).concat(idle))].sort();
}

/** Logins of the people file that nothing names: those who left, above all. */
function idleLogins({ people }: Named, wanted: Roster['wanted'], excluded: Roster['excluded']): string[] {
  return [...people.people]
    .filter(([login, { githubId }]) => githubId === undefined && !wanted.has(login) && !excluded.has(login))
    .map(([login]) => login);
}

/** Whether two owners are the same. */
export function isSameOwner(a: Owner, b: Owner): boolean {
  return ownerName(a) === ownerName(b);
}
