import type { Account, Accounts, AddressSource } from '../github/identities.ts';
import { membersPermission, type TeamMember } from '../github/teams.ts';
import { domainOf, isNoreply, parseEmail } from '../lib/email.ts';
import { count } from '../lib/text.ts';
import type { Role } from '../neon/endpoints.ts';
import type { ListedOwner } from './codeowners.ts';
import { type Exclusions, exclusionsOf } from './exclusion.ts';
import { type Owner, ownerName } from './owner.ts';
import type { ListedPerson, PeopleFile } from './people-file.ts';
import type { Desired } from './plan.ts';

export const identitySources = ['people-file', 'saml', 'verified-domain', 'profile'] as const;
export type IdentitySource = (typeof identitySources)[number];

/** An owner without an address. */
export interface Unresolved {
  /** `@octocat`, `@acme/platform`. */
  name: string;
  /** A sentence about them. It may hold addresses. */
  why: string;
  /** An app is nobody to invite: it is told, and no reason to be unsure. */
  isBot: boolean;
  /** What may be added to the people file, without the address. */
  line?: string;
}

export interface Identities {
  desired: Desired[];
  unresolved: Unresolved[];
  /** Addresses of those who are excluded. */
  excluded: Set<string>;
  /** Excluded people and teams whose addresses are not known. */
  excludedUnknown: string[];
  notices: string[];
}

export interface Named {
  owners: readonly ListedOwner[];
  /** `exclude` of the inputs and of the people file. */
  exclude: readonly Owner[];
  people: PeopleFile;
  sources: readonly IdentitySource[];
}

/** The teams whose members must be known, as `org/slug`. */
export function teamsToRead({ owners, exclude }: Named): Set<string> {
  const teams = [...owners, ...exclude].filter(({ kind }) => kind === 'team');
  return new Set(teams.map((team) => ownerName(team).slice(1)));
}

export type Teams = ReadonlyMap<string, readonly TeamMember[] | undefined>;

/** One login, and all that is known of it before its account is asked for. */
interface Person {
  login: string;
  id?: number;
  isBot: boolean;
  teamRoles: Role[];
}

interface People {
  wanted: Map<string, Person>;
  excluded: Map<string, Person>;
}

/** Everybody by login; who is excluded, by name or by a team, is not among the wanted ones. */
function peopleOf(named: Named, teams: Teams): People {
  const exclusions = exclusionsOf(named.exclude);
  const people: People = { wanted: new Map(), excluded: new Map() };
  for (const login of exclusions.logins) add(people.excluded, { login });
  for (const team of exclusions.teams) for (const member of teams.get(team) ?? []) add(people.excluded, member);
  for (const owner of named.owners) {
    if (owner.kind === 'user') addUnlessExcluded(people, { login: owner.login });
    if (owner.kind === 'team') addTeam(ownerName(owner).slice(1), exclusions, named, teams, people);
  }
  return people;
}

function addTeam(team: string, exclusions: Exclusions, { people: file }: Named, teams: Teams, people: People): void {
  if (exclusions.teams.has(team)) return;
  const role = file.teams.get(team);
  for (const member of teams.get(team) ?? []) addUnlessExcluded(people, member, role);
}

function addUnlessExcluded(people: People, one: { login: string } & Partial<TeamMember>, role?: Role): void {
  if (!people.excluded.has(one.login)) add(people.wanted, one, role);
}

function add(
  people: Map<string, Person>,
  { login, id, isBot }: { login: string } & Partial<TeamMember>,
  role?: Role,
): void {
  const known = people.get(login) ?? { login, isBot: login.endsWith('[bot]'), teamRoles: [] };
  if (id !== undefined) known.id = id;
  if (isBot) known.isBot = true;
  if (role !== undefined) known.teamRoles.push(role);
  people.set(login, known);
}

/**
 * The logins that GitHub must be asked about: those for whom the people file does not settle it.
 * @param withExcluded whether the addresses of excluded people matter: they do where members may be removed
 */
export function loginsToAsk(named: Named, teams: Teams, withExcluded: boolean): string[] {
  const { wanted, excluded } = peopleOf(named, teams);
  const all = [...wanted.values(), ...(withExcluded ? excluded.values() : [])];
  return all
    .filter((person) => !person.isBot && mustAsk(person, named))
    .map(({ login }) => login)
    .sort();
}

function mustAsk({ login, id }: Person, { people: file, sources }: Named): boolean {
  const listed = file.people.get(login);
  const pinned = listed ? listed.githubId !== undefined : [...file.people.values()].some(({ githubId }) => githubId);
  if (pinned && id === undefined) return true;
  return !(listed && sources.includes('people-file')) && addressSources(sources).length > 0;
}

export function addressSources(sources: readonly IdentitySource[]): AddressSource[] {
  return sources.filter((source) => source !== 'people-file');
}

/**
 * Finds the address of each owner. The people file settles it; other sources must agree. A login whose number is not
 * the one that the people file pins is somebody else by now. Noreply addresses never count.
 */
export function resolveIdentities(
  named: Named,
  teams: Teams,
  accounts: Accounts,
  allowedDomains: readonly string[],
): Identities {
  const { wanted, excluded } = peopleOf(named, teams);
  const exclusions = exclusionsOf(named.exclude);
  const result: Identities = {
    desired: [],
    unresolved: [],
    excluded: new Set(exclusions.emails),
    excludedUnknown: [...exclusions.teams].filter((team) => teams.get(team) === undefined).map((team) => `@${team}`),
    notices: [...accounts.unusable].map(([source, why]) => `The identity source \`${source}\` cannot be used: ${why}.`),
  };
  const { people, sources } = named;
  const byId = new Map([...people.people.values()].map((person) => [person.githubId, person]));
  const find = (person: Person) =>
    findPerson(person, { people, byId, accounts: accounts.found, sources, allowedDomains });
  for (const person of excluded.values()) {
    const found = find(person);
    // Whoever has the login now: the one whom the people file means is excluded.
    const listed = people.people.get(person.login);
    if (listed) result.excluded.add(listed.email);
    if ('email' in found) result.excluded.add(found.email);
    else if (!person.isBot) result.excludedUnknown.push(`@${person.login}`);
  }
  for (const person of wanted.values()) resolvePerson(person, find(person), result);
  for (const owner of named.owners) {
    if (owner.kind === 'email') resolveAddress(owner.email, named.people, result);
    if (owner.kind === 'team') resolveTeam(ownerName(owner), teams, exclusions, result);
  }
  const hidden = result.unresolved.filter(({ name }) => name.includes('/')).length;
  if (hidden > 0) withoutTeamRoles(result, hidden);
  result.unresolved.sort((a, b) => (a.name < b.name ? -1 : 1));
  return result;
}

/** A team that cannot be seen may be the one that gives somebody the lesser role. */
function withoutTeamRoles(result: Identities, hidden: number): void {
  result.desired = result.desired.map(({ teamRoles: _, ...one }) => one);
  const who = `The members of ${count(hidden, 'team')} cannot be seen`;
  result.notices.push(`${who}, so no role is taken from a team: that needs ${membersPermission}.`);
}

type Found = { email: string; role?: Role } | { why: string; id?: number };

function resolvePerson({ login, isBot, teamRoles }: Person, found: Found, result: Identities): void {
  const name = `@${login}`;
  if ('email' in found) result.desired.push({ ...found, name, teamRoles });
  else if (isBot) result.unresolved.push({ name, why: 'is an app: nobody to invite', isBot });
  else {
    const line = found.id === undefined ? `${login}: …` : `${login}: { email: …, github_id: ${found.id} }`;
    result.unresolved.push({ name, why: found.why, isBot, line });
  }
}

function resolveAddress(email: string, { people }: PeopleFile, result: Identities): void {
  if (isNoreply(email)) {
    result.unresolved.push({ name: email, why: 'is a noreply address: it leads to nobody', isBot: false });
    return;
  }
  const role = [...people.values()].find((person) => person.email === email)?.role;
  result.desired.push({ email, name: email, ...(role ? { role } : {}) });
}

function resolveTeam(name: string, teams: Teams, exclusions: Exclusions, result: Identities): void {
  const team = name.slice(1);
  if (exclusions.teams.has(team) || teams.get(team) !== undefined) return;
  result.unresolved.push({ name, why: 'its members cannot be seen', isBot: false });
}

/** What addresses are found by. */
interface Book {
  people: PeopleFile;
  byId: ReadonlyMap<number | undefined, ListedPerson>;
  accounts: Accounts['found'];
  sources: readonly IdentitySource[];
  allowedDomains: readonly string[];
}

function findPerson({ login, id: teamId }: Person, book: Book): Found {
  const account = book.accounts.get(login);
  const id = teamId ?? account?.id;
  const named = book.people.people.get(login);
  if (named?.githubId !== undefined && named.githubId !== id) return { why: whyAnother(named.githubId, id) };
  // By its number: the same account under a new login.
  const { email, role }: Partial<ListedPerson> = named ?? book.byId.get(id ?? Number.NaN) ?? {};
  const isSettled = email !== undefined && book.sources.includes('people-file');
  const found = isSettled ? { email } : addressOf(account, book);
  if ('why' in found) return id === undefined ? found : { ...found, id };
  return role === undefined ? found : { ...found, role };
}

function whyAnother(pinned: number, id: number | undefined): string {
  const now = id === undefined ? 'is no account of a person any more' : `is the account ${id} by now`;
  return `${now}, and the people file pins ${pinned}`;
}

function addressOf(
  account: Account | undefined,
  { sources, allowedDomains }: Book,
): { email: string } | { why: string } {
  return account ? agreedAddress(account, sources, allowedDomains) : { why: whyNoAccount(sources) };
}

function whyNoAccount(sources: readonly IdentitySource[]): string {
  return addressSources(sources).length === 0 ? 'is not in the people file' : 'is no account of a person on GitHub';
}

/** What all sources that name an address have in common, if that is one address. */
function agreedAddress(
  { addresses }: Account,
  sources: readonly IdentitySource[],
  allowedDomains: readonly string[],
): { email: string } | { why: string } {
  const inDomains = (email: string) => allowedDomains.includes(domainOf(email));
  const named = addressSources(sources).flatMap((source) => {
    const emails = usable(addresses[source] ?? []).filter((email) => source !== 'profile' || inDomains(email));
    return emails.length > 0 ? [{ source, emails }] : [];
  });
  const [first, ...others] = named;
  if (!first) return { why: `has no address in ${sources.join(', ')}` };
  const common = others.reduce((left, { emails }) => left.filter((email) => emails.includes(email)), first.emails);
  const inside = common.length > 1 ? common.filter(inDomains) : common;
  const [email] = inside;
  if (email !== undefined && inside.length === 1) return { email };
  const said = named.map(({ source, emails }) => `${source} says ${emails.join(' and ')}`).join(', ');
  return { why: common.length === 0 ? `the sources disagree: ${said}` : `has several addresses: ${said}` };
}

function usable(addresses: readonly string[]): string[] {
  const emails = addresses.flatMap((address) => parseEmail(address) ?? []).filter((email) => !isNoreply(email));
  return [...new Set(emails)].sort();
}
