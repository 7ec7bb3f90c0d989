import type { AddressSource, GitHubAccount, Unusable } from '../github/identities.ts';
import { isNoreply, lowerCase } from '../lib/email.ts';
import { byCodeUnits } from '../lib/text.ts';
import type { Role } from '../neon/endpoints.ts';
import {
  type AddressBook,
  allAddresses,
  type Found,
  findAddress,
  type IdentitySource,
  indexPeople,
} from './address-book.ts';
import type { Doubt, NoAddress } from './doubt.ts';
import { isBotLogin, isTeam, type Owner, ownerName, type Team, teamPath, type User } from './owner.ts';
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

/** What one owner resolves to: either `desired`, or `unresolved` and usually a doubt. */
interface Resolution {
  desired?: Desired;
  unresolved?: Unresolved;
  doubt?: Doubt | undefined;
  otherAddresses?: Doubt[];
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
  const { found, unusable } = accounts;
  const book: AddressBook = {
    people,
    listed: indexPeople(people),
    accounts: found,
    sources,
    unusable: [...unusable.keys()],
    allowedDomains,
  };
  const resolutions = [
    ...[...roster.wanted.values()].map((account) => resolveAccount(account, named, book)),
    ...roster.addresses.map((address) => resolveAddress(address, roster, book)),
    ...resolveTeams(named, teams),
    ...resolveUnknown(named, roster),
  ];
  const exclusions = unknownExclusions(named, teams);
  const excludedAccounts = [...roster.excluded.values()].map((account) =>
    resolveExcluded(account, named, accounts, book),
  );
  const excludedAddresses = named.exclude.flatMap((owner) => (owner.kind === 'email' ? owner.email : []));
  return {
    desired: resolutions.flatMap(({ desired }) => desired ?? []),
    unresolved: resolutions
      .flatMap(({ unresolved }) => unresolved ?? [])
      .sort((a, b) => byCodeUnits(ownerName(a.owner), ownerName(b.owner))),
    excluded: new Set([...excludedAddresses, ...excludedAccounts.flatMap(({ addresses }) => addresses)]),
    doubts: [
      ...[...unusable].map(([source, why]): Doubt => ({ code: 'source', source, why })),
      ...resolutions.flatMap(({ doubt }) => doubt ?? []),
      ...resolutions.flatMap((resolution) => resolution.otherAddresses ?? []),
      // One doubt for each line, even if it has several problems.
      ...invalidLinesOf(named).map((line): Doubt => ({ code: 'invalid-line', line })),
    ],
    exclusionDoubts: [...exclusions.map(exclusionDoubt), ...excludedAccounts.flatMap(({ doubt }) => doubt ?? [])],
    hiddenRoles: rolesOfTeams(people).filter(({ team }) => teams.get(teamPath(team))?.state !== 'read'),
    unknownExclusions: exclusions,
    unusable,
    knownLogins: knownLogins(named, roster, found),
    idle: unnamedLogins(named, roster),
  };
}

function exclusionDoubt({ team, why }: UnknownExclusion): Doubt {
  return { code: 'team', team, why: { code: why === 'hidden' ? 'team-hidden' : 'team-empty' } };
}

/** @returns all addresses of an excluded account; `doubt` if there may be others */
function resolveExcluded(
  account: Account,
  named: Named,
  accounts: AccountsRead,
  book: AddressBook,
): { addresses: string[]; doubt?: Doubt | undefined } {
  const addresses = allAddresses(account.login, book);
  // The account may have another login in the people file.
  const current = findAddress(account.login, account.id, book);
  if ('email' in current) addresses.push(current.email);
  const why = missingReason(account, addresses.length > 0, accounts, book);
  const owner: User = { kind: 'user', login: account.login };
  return { addresses, doubt: why && { ...doubtAbout(owner, why, named), isExcluded: true } };
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
): Resolution {
  const owner: User = { kind: 'user', login };
  const found = findAddress(login, id, book);
  const others = otherAddresses(owner, found, book);
  if ('email' in found) return { desired: { ...found, login, teamRoles, origins }, otherAddresses: others };
  if (isBot) return { unresolved: { owner, why: { code: 'bot' }, origins }, otherAddresses: others };
  return {
    unresolved: { owner, why: found.why, id: found.id, origins },
    doubt: doubtAbout(owner, found.why, named),
    otherAddresses: others,
  };
}

/** Addresses that sources have for a wanted account, but that are not the one to invite, unless the people file decides. */
function otherAddresses(owner: User, found: Found, book: AddressBook): Doubt[] {
  if ('email' in found && found.addressFrom.includes('people-file')) return [];
  const others = allAddresses(owner.login, book).filter((email) => !('email' in found) || email !== found.email);
  return [...new Set(others)].map((email) => ({ code: 'other-address', email, owner }));
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
  { listed: { byEmail } }: AddressBook,
): Resolution {
  if (isNoreply(email)) {
    const owner: Owner = { kind: 'email', email };
    const why: NoAddress = { code: 'noreply' };
    return { unresolved: { owner, why, origins }, doubt: { code: 'owner', owner, why, isExcluded: false } };
  }
  const listed = byEmail.get(email);
  const teamRoles = listed ? (wanted.get(listed.login)?.teamRoles ?? []) : [];
  return { desired: { email, role: listed?.role, login: listed?.login, teamRoles, origins } };
}

/** Teams whose members are unknown. */
function resolveTeams(named: Named, teams: Teams): Resolution[] {
  const excluded = new Set(named.exclude.filter(isTeam).map(teamPath));
  return named.owners.flatMap((origin) => {
    const { owner } = origin;
    if (!isTeam(owner) || excluded.has(teamPath(owner))) return [];
    const state = teams.get(teamPath(owner))?.state ?? 'hidden';
    if (state === 'read') return [];
    const why: NoAddress = { code: state === 'hidden' ? 'team-hidden' : 'team-empty' };
    return [{ unresolved: { owner, why, origins: [origin] }, doubt: { code: 'team', team: owner, why } }];
  });
}

/** Owners that GitHub does not accept are not invited. Until they are resolved, any of them may be a member. */
function resolveUnknown(named: Named, roster: Roster): Resolution[] {
  const excluded = new Set(named.exclude.map(ownerName));
  return named.unknown
    .filter(({ owner }) => !excluded.has(ownerName(owner)))
    .map(({ owner, places, suggestion }) => {
      const why: NoAddress = { code: 'unknown-owner', suggestion };
      return {
        unresolved: { owner, why, origins: [{ owner, places }] },
        doubt: unknownDoubt(owner, why, named, roster),
      };
    });
}

function unknownDoubt(owner: Owner, why: NoAddress, named: Named, { wanted, excluded }: Roster): Doubt | undefined {
  if (owner.kind === 'team') return { code: 'team', team: owner, why };
  if (owner.kind === 'email') return { code: 'owner', owner, why, isExcluded: false };
  const { login } = owner;
  const isKnown = wanted.has(login) || excluded.has(login) || named.people.people.has(login) || isBotLogin(login);
  return isKnown ? undefined : doubtAbout(owner, why, named);
}

function unknownExclusions({ exclude }: Named, teams: Teams): UnknownExclusion[] {
  return exclude.filter(isTeam).flatMap((team) => {
    const state = teams.get(teamPath(team))?.state ?? 'hidden';
    if (state === 'read') return [];
    const others = [...teams].filter(([path, read]) => path.startsWith(`${team.org}/`) && read.state === 'read');
    return [{ team, why: state, canSeeOthers: others.length > 0 }];
  });
}

function unnamedLogins({ people: { people }, unknown }: Named, { wanted, excluded, addresses }: Roster): string[] {
  const unknownNames = new Set(unknown.map(({ owner }) => ownerName(owner)));
  const named = new Set(addresses.map(({ email }) => email));
  return [...people].flatMap(([login, { email }]) => {
    const isNamed = wanted.has(login) || excluded.has(login) || unknownNames.has(`@${login}`) || named.has(email);
    return isNamed ? [] : [login];
  });
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
