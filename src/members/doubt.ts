import { distance } from 'fastest-levenshtein';
import type { AddressSource, Unusable } from '../github/identities.ts';
import { isUncertain, localPartOf, lookOf, mayLookAlike } from '../lib/email.ts';
import type { Owner, Team, User } from './owner.ts';
import type { InvalidPlace } from './read-codeowners.ts';

/** Why the address of an owner is not known. */
export type NoAddress =
  | { code: 'not-listed' | 'no-account' | 'no-address' | 'noreply' | 'bot' | 'team-hidden' | 'team-empty' }
  | { code: 'several-addresses' | 'sources-disagree'; found: { source: AddressSource; emails: string[] }[] }
  | { code: 'other-account'; pinnedId: number; id: number | undefined }
  | { code: 'source-unusable'; sources: AddressSource[] }
  | { code: 'unknown-owner'; suggestion: string | undefined };

/**
 * Why a change to a person may be wrong. Each names what has to be resolved.
 *
 * `owner`, `team`: CODEOWNERS, `include` or `exclude` names it, and it is not known who that is. `same-mailbox`: another
 * spelling of the address is wanted. `unmatched`: an entry of a list that nobody matches, so it may be misspelled.
 */
export type Doubt =
  | { code: 'invalid-line'; line: InvalidPlace }
  | { code: 'owner'; owner: Owner; why: NoAddress; isExcluded: boolean; mayBeTeam?: boolean | undefined }
  | { code: 'team'; team: Team; why: NoAddress }
  | { code: 'source'; source: AddressSource; why: Unusable }
  | { code: 'nobody-named' }
  | { code: 'same-mailbox'; email: string; wanted: string }
  | { code: 'unmatched'; entry: Owner; list: 'exclude' | 'protected_emails' };

/** A person as far as they are known. */
export interface Known {
  email: string;
  /** The account that surely has this address; undefined when any account may have it. */
  login?: string | undefined;
  /** Whether CODEOWNERS names exactly this login, so that a similar name in it is another person's. */
  isNamed?: boolean | undefined;
}

/** Whether the person that a doubt is about may be this one. */
export function mayConcern(doubt: Doubt, known: Known): boolean {
  switch (doubt.code) {
    case 'owner':
      return mayBe(doubt, known);
    case 'unmatched':
      return isSimilarTo(doubt.entry, known);
    case 'same-mailbox':
      return doubt.email === known.email;
    default:
      return true;
  }
}

/** A name without an address may be anybody whose account is not known, or a misspelling of one that is. */
function mayBe({ owner, isExcluded, mayBeTeam }: Extract<Doubt, { code: 'owner' }>, known: Known): boolean {
  if (mayBeTeam) return true;
  if (owner.kind === 'email') return isSimilarTo(owner, known);
  if (known.login === undefined) return true;
  return (isExcluded || !known.isNamed) && isSimilarTo(owner, known);
}

function isSimilarTo(owner: Owner, { email, login }: Known): boolean {
  if (owner.kind === 'email') return isSimilar(owner.email, email);
  if (owner.kind === 'team') return false;
  return [localPartOf(email), login].some((name) => name !== undefined && isSimilar(loginOf(owner), name));
}

function loginOf({ login }: User): string {
  return login.replace(/\[bot\]$/, '');
}

/** Two letters that are wrong, missing or swapped. */
const maxTypos = 2;

/** Whether one text may be a misspelling of the other. */
function isSimilar(a: string, b: string): boolean {
  return Math.abs(a.length - b.length) <= maxTypos && distance(a, b) <= maxTypos;
}

/** Addresses by their look, so that another spelling of one of them is found. */
export interface Mailboxes {
  byLook: ReadonlyMap<string, string>;
  /** Those whose look is uncertain. */
  uncertain: ReadonlyMap<string, string>;
}

export function mailboxesOf(emails: readonly string[]): Mailboxes {
  const byLook = new Map(emails.map((email) => [lookOf(email), email]));
  return { byLook, uncertain: new Map([...byLook].filter(([look]) => isUncertain(look))) };
}

/** The member with this address may be a person who is named by another spelling of it, or by one that looks the same. */
export function sameMailbox(email: string, { byLook, uncertain }: Mailboxes): Doubt[] {
  const look = lookOf(email);
  const candidates = isUncertain(look) ? byLook : uncertain;
  const wanted = byLook.get(look) ?? [...candidates].find(([other]) => mayLookAlike(look, other))?.[1];
  return wanted === undefined ? [] : [{ code: 'same-mailbox', email, wanted }];
}
