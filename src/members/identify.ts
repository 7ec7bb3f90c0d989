// Reads teams, accounts and apps from GitHub to identify the people who are named.
import type { GitHub } from '../github/client.ts';
import { findAccounts, findApps } from '../github/identities.ts';
import { readTeams } from '../github/teams.ts';
import { lowerCase } from '../lib/email.ts';
import { addressSources, type IdentitySource } from './address-book.ts';
import { isTeam, type Owner, teamPath } from './owner.ts';
import { type AccountsRead, type Identities, resolveIdentities } from './resolve.ts';
import { type Named, type Roster, rosterOf, teamsToRead } from './roster.ts';
import type { Sources } from './sources.ts';

export interface IdentifyOptions {
  identitySources: readonly IdentitySource[];
  /** For the source `profile`. */
  allowedDomains: readonly string[];
  /** The input `exclude`. */
  exclude: readonly Owner[];
  /** Whether members may be changed. */
  managesMembers: boolean;
  /** Whether members may be removed. */
  mayRemove: boolean;
}

/** Finds the people that the files and the inputs name, and their addresses. @throws GitHubError */
export async function identify(options: IdentifyOptions, sources: Sources, github: GitHub): Promise<Identities> {
  const named = namedIn(sources, options);
  const special = new Set([...named.exclude.filter(isTeam).map(teamPath), ...named.people.teams.keys()]);
  const isDecisive = (team: string) => options.managesMembers || special.has(team);
  const roster = rosterOf(named, await readTeams(github, teamsToRead(named).keys(), isDecisive));
  const logins = loginsToLookUp(named, roster, options.mayRemove);
  const accounts = await findAccounts(github, sources.at.owner, logins, addressSources(named.sources));
  const apps = await findApps(github, possibleApps(named, roster, accounts.found));
  return resolveIdentities(named, roster, { ...accounts, apps }, options.allowedDomains);
}

/** Everything that the files and the inputs name. */
export function namedIn(
  { codeowners, people }: Pick<Sources, 'codeowners' | 'people'>,
  { exclude, identitySources }: Pick<IdentifyOptions, 'exclude' | 'identitySources'>,
): Named {
  const included = people.include.map((owner) => ({ owner, places: [] }));
  return {
    owners: [...codeowners.owners, ...included],
    unknown: codeowners.unknown,
    invalid: codeowners.invalid,
    exclude: [...exclude, ...people.exclude],
    people,
    sources: identitySources,
    organizations: [...new Set(codeowners.files.map(({ owner }) => lowerCase(owner)))],
  };
}

/**
 * The logins to look up: wanted logins without an address in the people file, and excluded logins.
 * @param mayRemove whether members may be removed. If so, logins of the people file that nothing names are looked up too,
 * because a removal depends on whether their accounts exist.
 */
export function loginsToLookUp(named: Named, { wanted, excluded }: Roster, mayRemove: boolean): string[] {
  const { people, sources } = named;
  const isListed = (login: string) => people.people.has(login) && sources.includes('people-file');
  const hasPins = [...people.people.values()].some(({ githubId }) => githubId !== undefined);
  const hasSources = addressSources(sources).length > 0;
  const toLookUp = [...wanted.values()].filter(({ login, id, isBot }) => {
    const listed = people.people.get(login);
    const isPinned = listed ? listed.githubId !== undefined : hasPins;
    return !isBot && ((isPinned && id === undefined) || (!isListed(login) && hasSources));
  });
  const excludedToLookUp = [...excluded.values()].filter(
    ({ login, isBot, id }) => !isBot && (hasSources || (id === undefined && !people.people.has(login))),
  );
  const idle = mayRemove ? idleLogins(named, wanted, excluded) : [];
  return [...new Set([...toLookUp, ...excludedToLookUp].map(({ login }) => login).concat(idle))].sort();
}

/** Logins of the people file that nothing names, mostly those of people who have left. */
function idleLogins({ people }: Named, wanted: Roster['wanted'], excluded: Roster['excluded']): string[] {
  return [...people.people]
    .filter(([login, { githubId }]) => githubId === undefined && !wanted.has(login) && !excluded.has(login))
    .map(([login]) => login);
}

/** Excluded logins that may be apps. An app has no address to find. */
function possibleApps({ people }: Named, { excluded }: Roster, found: AccountsRead['found']): string[] {
  return [...excluded.values()]
    .filter(({ login, id, isBot }) => !isBot && id === undefined && !found.has(login) && !people.people.has(login))
    .map(({ login }) => login);
}
