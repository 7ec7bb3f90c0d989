import type { AddressSource, GitHubAccount, Unusable } from '../github/identities.ts';
import { isNoreply, lowerCase } from '../lib/email.ts';
import type { Role } from '../neon/endpoints.ts';
import { type AddressBook, allAddresses, findAddress, type IdentitySource, listedByAddress } from './address-book.ts';
import type { Doubt, NoAddress } from './doubt.ts';
import { isBotLogin, isTeam, type Owner, ownerName, type Team, teamPath, type User } from './owner.ts';
import type { PeopleFile } from './people-file.ts';
import { invalidLinesOf, type Origin } from './read-codeowners.ts';
import { type Account, type Named, type Roster, rolesOfTeams, type TeamRole, type Teams } from './roster.ts';

/** A person who should be a member. Several entries with one address are one person. */
export interface Desired {
  /** As returned by `parseEmail`. */
  email: string;
  /** Missing if the person is named by address. */
  login?: string | undefined;
  /** The person's own role in the people file. */
  role?: Role | undefined;
  /** Roles of their teams. */
  teamRoles: readonly Role[];
  origins: readonly Origin[];
  /** The sources that have the address; missing if the person is named by address. */
  addressFrom?: readonly IdentitySource[] | undefined;
}

/** An owner without an address. */
export interface Unresolved {
  owner: Owner;
  why: NoAddress;
  /** The numeric ID of the GitHub account, if known. */
  id?: number | undefined;
  origins: readonly Origin[];
}

/** An excluded team with unknown members. Nothing may be changed, because anyone may be excluded. */
export interface UnknownExclusion {
  team: Team;
  why: 'hidden' | 'empty';
  /** Whether the token can see another team of the organization, and therefore has the permission. */
  canSeeOthers: boolean;
}

export interface Identities {
  desired: Desired[];
  unresolved: Unresolved[];
  /** Addresses of excluded people. */
  excluded: Set<string>;
  /** Why a person may be missing from `desired`. */
  doubts: Doubt[];
  /** Why a person may be missing from `excluded`. */
  exclusionDoubts: Doubt[];
  /** Teams that have a role and unknown members. */
  hiddenRoles: TeamRole[];
  unknownExclusions: UnknownExclusion[];
  unusable: ReadonlyMap<AddressSource, Unusable>;
  /** The accounts of people in the people file who are neither wanted nor excluded, by address. */
  knownLogins: ReadonlyMap<string, { login: string; isNamed: boolean }>;
  /** Logins of the people file that nothing names. */
  idle: string[];
}

/** What was read about accounts. */
export interface AccountsRead {
  found: ReadonlyMap<string, GitHubAccount>;
  unusable: ReadonlyMap<AddressSource, Unusable>;
  /** Excluded logins that are apps. */
  apps: ReadonlySet<string>;
}

/** Finds the address of each owner, and the doubts that arise from missing addresses. */
export function resolveIdentities(
  named: Named,
  roster: Roster,
  accounts: AccountsRead,
  allowedDomains: readonly string[],
): Identities {
  const { people, sources } = named;
  const { teams } = roster;
  const book: AddressBook = {
    people,
    accounts: accounts.found,
    sources,
    unusable: [...accounts.unusable.keys()],
    allowedDomains,
  };
  const result: Identities = {
    desired: [],
    unresolved: [],
    excluded: new Set(),
    doubts: [...accounts.unusable].map(([source, why]) => ({ code: 'source', source, why })),
    exclusionDoubts: [],
    hiddenRoles: rolesOfTeams(people).filter(({ team }) => teams.get(teamPath(team))?.state !== 'read'),
    unknownExclusions: unknownExclusions(named, teams),
    unusable: accounts.unusable,
    knownLogins: knownLogins(named, roster, accounts.found),
    idle: [...people.people.keys()].filter((login) => isIdle(login, named, roster)),
  };
  for (const { team, why } of result.unknownExclusions)
    result.exclusionDoubts.push({ code: 'team', team, why: { code: why === 'hidden' ? 'team-hidden' : 'team-empty' } });
  resolveExcluded(named, roster, accounts, book, result);
  for (const account of roster.wanted.values()) resolveAccount(account, named, book, result);
  for (const one of roster.addresses) resolveAddress(one, roster, people, result);
  resolveTeams(named, teams, result);
  resolveUnknown(named, roster, result);
  // One doubt for each line, even if it has several problems.
  result.doubts.push(...invalidLinesOf(named).map((line): Doubt => ({ code: 'invalid-line', line })));
  result.unresolved.sort((a, b) => (ownerName(a.owner) < ownerName(b.owner) ? -1 : 1));
  return result;
}

function resolveExcluded(
  named: Named,
  { excluded }: Roster,
  accounts: AccountsRead,
  book: AddressBook,
  result: Identities,
): void {
  for (const owner of named.exclude) if (owner.kind === 'email') result.excluded.add(owner.email);
  for (const account of excluded.values()) {
    const addresses = allAddresses(account.login, book);
    // The account may have another login in the people file.
    const current = findAddress(account.login, account.id, book);
    if ('email' in current) addresses.push(current.email);
    for (const address of addresses) result.excluded.add(address);
    const why = missingReason(account, addresses.length > 0, accounts, book);
    const owner: User = { kind: 'user', login: account.login };
    if (why) result.exclusionDoubts.push({ ...doubtAbout(owner, why, named), isExcluded: true });
  }
}

/** @returns why an excluded account may have an unknown address; undefined if all of its addresses are known */
function missingReason(
  { login, id, isBot }: Account,
  hasAddress: boolean,
  { found, apps }: AccountsRead,
  { people, unusable }: AddressBook,
): NoAddress | undefined {
  if (isBot || apps.has(login)) return undefined;
  if (hasAddress && (people.people.has(login) || unusable.length === 0)) return undefined;
  if (hasAddress) return { code: 'source-unusable', sources: [...unusable] };
  return { code: id !== undefined || found.has(login) ? 'no-address' : 'no-account' };
}

function resolveAccount(
  { login, id, isBot, teamRoles, origins }: Account,
  named: Named,
  book: AddressBook,
  result: Identities,
): void {
  const owner: User = { kind: 'user', login };
  const found = findAddress(login, id, book);
  if ('email' in found) {
    result.desired.push({ ...found, login, teamRoles, origins });
    return;
  }
  if (isBot) {
    result.unresolved.push({ owner, why: { code: 'bot' }, origins });
    return;
  }
  result.unresolved.push({ owner, why: found.why, id: found.id, origins });
  result.doubts.push(doubtAbout(owner, found.why, named));
}

/** A login that begins with the name of an organization may be a team without its slash. */
function doubtAbout(owner: User, why: NoAddress, { organizations }: Named): Extract<Doubt, { code: 'owner' }> {
  const isAccount = why.code === 'no-address' || why.code === 'source-unusable';
  const mayBeTeam = !isAccount && organizations.some((name) => owner.login.startsWith(lowerCase(name)));
  return { code: 'owner', owner, why, isExcluded: false, mayBeTeam };
}

function resolveAddress(
  { email, origins }: Roster['addresses'][number],
  { wanted }: Roster,
  people: PeopleFile,
  result: Identities,
): void {
  if (isNoreply(email)) {
    const owner: Owner = { kind: 'email', email };
    result.unresolved.push({ owner, why: { code: 'noreply' }, origins });
    result.doubts.push({ code: 'owner', owner, why: { code: 'noreply' }, isExcluded: false });
    return;
  }
  const listed = listedByAddress(email, people);
  const teamRoles = listed ? (wanted.get(listed.login)?.teamRoles ?? []) : [];
  result.desired.push({ email, role: listed?.role, login: listed?.login, teamRoles, origins });
}

function resolveTeams(named: Named, teams: Teams, result: Identities): void {
  const excluded = new Set(named.exclude.filter(isTeam).map(teamPath));
  for (const origin of named.owners) {
    const { owner } = origin;
    if (!isTeam(owner) || excluded.has(teamPath(owner))) continue;
    const state = teams.get(teamPath(owner))?.state ?? 'hidden';
    if (state === 'read') continue;
    const why: NoAddress = { code: state === 'hidden' ? 'team-hidden' : 'team-empty' };
    result.unresolved.push({ owner, why, origins: [origin] });
    result.doubts.push({ code: 'team', team: owner, why });
  }
}

/** Owners that GitHub does not accept are not invited. Until they are resolved, any of them may be a member. */
function resolveUnknown(named: Named, { wanted, excluded }: Roster, result: Identities): void {
  const excludedNames = new Set(named.exclude.map(ownerName));
  for (const { owner, places, suggestion } of named.unknown) {
    if (excludedNames.has(ownerName(owner))) continue;
    const why: NoAddress = { code: 'unknown-owner', suggestion };
    result.unresolved.push({ owner, why, origins: [{ owner, places }] });
    if (owner.kind === 'team') result.doubts.push({ code: 'team', team: owner, why });
    if (owner.kind === 'email') result.doubts.push({ code: 'owner', owner, why, isExcluded: false });
    if (owner.kind !== 'user' || wanted.has(owner.login) || excluded.has(owner.login)) continue;
    const isKnown = named.people.people.has(owner.login) || isBotLogin(owner.login);
    if (!isKnown) result.doubts.push(doubtAbout(owner, why, named));
  }
}

function unknownExclusions({ exclude }: Named, teams: Teams): UnknownExclusion[] {
  return exclude.filter(isTeam).flatMap((team) => {
    const state = teams.get(teamPath(team))?.state ?? 'hidden';
    if (state === 'read') return [];
    const others = [...teams].filter(([path, read]) => path.startsWith(`${team.org}/`) && read.state === 'read');
    return [{ team, why: state, canSeeOthers: others.length > 0 }];
  });
}

function isIdle(login: string, named: Named, { wanted, excluded, addresses }: Roster): boolean {
  const email = named.people.people.get(login)?.email;
  const isUnknown = named.unknown.some(({ owner }) => ownerName(owner) === `@${login}`);
  return !wanted.has(login) && !excluded.has(login) && !isUnknown && !addresses.some((one) => one.email === email);
}

/**
 * Connects addresses in the people file to accounts that exist, are pinned by their ID, or are still named in CODEOWNERS.
 * Any other login may be misspelled or renamed.
 */
function knownLogins(named: Named, { wanted, excluded }: Roster, found: AccountsRead['found']) {
  const unknown = new Set(named.unknown.map(({ owner }) => ownerName(owner)));
  const known = new Map<string, { login: string; isNamed: boolean }>();
  for (const [login, { email, githubId }] of named.people.people) {
    if (wanted.has(login) || excluded.has(login)) continue;
    const account = found.get(login);
    const isNamed = unknown.has(`@${login}`);
    if (isNamed || githubId !== undefined || account) known.set(email, { login, isNamed });
  }
  return known;
}
