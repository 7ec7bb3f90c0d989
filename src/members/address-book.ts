import type { AddressSource, GitHubAccount } from '../github/identities.ts';
import { domainOf, isNoreply, parseEmail } from '../lib/email.ts';
import type { Role } from '../neon/endpoints.ts';
import type { NoAddress } from './doubt.ts';
import type { ListedPerson, PeopleFile } from './people-file.ts';

export const identitySources = ['people-file', 'saml', 'verified-domain', 'profile'] as const;
export type IdentitySource = (typeof identitySources)[number];

/** Where addresses of accounts can be found. */
export interface AddressBook {
  people: PeopleFile;
  listed: ListedPeople;
  /** By login. Requested logins that are missing do not exist, or are not people. */
  accounts: ReadonlyMap<string, GitHubAccount>;
  sources: readonly IdentitySource[];
  /** Requested sources that cannot be used. */
  unusable: readonly AddressSource[];
  allowedDomains: readonly string[];
}

/** The people in the people file, who have different addresses and IDs. */
export interface ListedPeople {
  byEmail: ReadonlyMap<string, ListedPerson & { login: string }>;
  /** People whose `github_id` is listed. */
  byId: ReadonlyMap<number, ListedPerson>;
}

export function indexPeople({ people }: PeopleFile): ListedPeople {
  const all = [...people].map(([login, person]) => ({ ...person, login }));
  return {
    byEmail: new Map(all.map((person) => [person.email, person])),
    byId: new Map(all.flatMap((person) => (person.githubId === undefined ? [] : [[person.githubId, person]]))),
  };
}

/** `addressFrom`: the sources that have the address. */
export type Found =
  | { email: string; addressFrom: IdentitySource[]; role?: Role | undefined }
  | { why: NoAddress; id?: number | undefined };

export function addressSources(sources: readonly IdentitySource[]): AddressSource[] {
  return sources.filter((source) => source !== 'people-file');
}

/**
 * Finds the address of an account. The people file takes precedence. All other sources must agree, and must be usable,
 * because an unusable source might disagree.
 * @param teamId the numeric ID of the account, if a team's list contains it
 */
export function findAddress(login: string, teamId: number | undefined, book: AddressBook): Found {
  const account = book.accounts.get(login);
  const id = teamId ?? account?.id;
  const listed = book.people.people.get(login);
  if (listed?.githubId !== undefined && listed.githubId !== id)
    return { why: { code: 'other-account', pinnedId: listed.githubId, id }, id };
  // The ID finds the same account under a new login.
  const person = listed ?? (id === undefined ? undefined : book.listed.byId.get(id));
  const isSettled = person !== undefined && book.sources.includes('people-file');
  const found: Found = isSettled ? { email: person.email, addressFrom: ['people-file'] } : agreedAddress(account, book);
  if ('why' in found) return { ...found, id };
  // The role applies even if the login in the people file is misspelled.
  return { ...found, role: person?.role ?? book.listed.byEmail.get(found.email)?.role };
}

/** The single address on which all sources with an address agree. */
function agreedAddress(account: GitHubAccount | undefined, book: AddressBook): Found {
  const consulted = addressSources(book.sources);
  if (consulted.length === 0) return { why: { code: 'not-listed' } };
  if (book.unusable.length > 0) return { why: { code: 'source-unusable', sources: [...book.unusable] } };
  if (!account) return { why: { code: 'no-account' } };
  const isInDomains = (email: string) => book.allowedDomains.includes(domainOf(email));
  const found = consulted.flatMap((source) => {
    const emails = usable(account.addresses[source]).filter((email) => source !== 'profile' || isInDomains(email));
    return emails.length > 0 ? [{ source, emails }] : [];
  });
  const [first, ...others] = found;
  if (!first) return { why: { code: 'no-address' } };
  const common = others.reduce((left, { emails }) => left.filter((email) => emails.includes(email)), first.emails);
  const inside = common.length > 1 ? common.filter(isInDomains) : common;
  const [email] = inside;
  if (email !== undefined && inside.length === 1) return { email, addressFrom: found.map(({ source }) => source) };
  return { why: { code: common.length === 0 ? 'sources-disagree' : 'several-addresses', found } };
}

/** All addresses that an account may have. Excluding too many is harmless. */
export function allAddresses(login: string, { people, accounts }: AddressBook): string[] {
  const addresses = Object.values(accounts.get(login)?.addresses ?? {}).flatMap(usable);
  const listed = people.people.get(login);
  return listed ? [listed.email, ...addresses] : addresses;
}

function usable(addresses: readonly string[] = []): string[] {
  const emails = addresses.flatMap((address) => parseEmail(address) ?? []).filter((email) => !isNoreply(email));
  return [...new Set(emails)].sort();
}
