import { distance } from 'fastest-levenshtein';
import type { AddressSource, Unusable } from '../github/identities.ts';
import { isUncertain, localPartOf, lookOf, mayLookAlike } from '../lib/email.ts';
import type { Owner, Team, User } from './owner.ts';
import type { InvalidPlace } from './read-codeowners.ts';

/** Why the address of an owner is unknown. */
export type NoAddress =
  | { code: 'not-listed' | 'no-account' | 'no-address' | 'noreply' | 'bot' | 'team-hidden' | 'team-empty' }
  | { code: 'several-addresses' | 'sources-disagree'; found: { source: AddressSource; emails: string[] }[] }
  | { code: 'other-account'; pinnedId: number; id: number | undefined }
  | { code: 'source-unusable'; sources: AddressSource[] }
  | { code: 'unknown-owner'; suggestion: string | undefined };

/**
 * Why a change to a person may be wrong. Someone must resolve it before the change is made.
 *
 * `owner`, `team`: named in CODEOWNERS, `include` or `exclude`, but the people behind it are unknown. `same-mailbox`: the
 * files name another spelling of the address. `other-address`: a source has the address for a person who is wanted.
 * `unmatched`: an entry of a list that matches no one and may be misspelled.
 */
export type Doubt =
  | { code: 'invalid-line'; line: InvalidPlace }
  | { code: 'owner'; owner: Owner; why: NoAddress; isExcluded: boolean; mayBeTeam?: boolean | undefined }
  | { code: 'team'; team: Team; why: NoAddress }
  | { code: 'source'; source: AddressSource; why: Unusable }
  | { code: 'no-one-named' }
  | { code: 'same-mailbox'; email: string; wanted: string }
  | { code: 'other-address'; email: string; owner: User }
  | { code: 'unmatched'; entry: Owner; list: 'exclude' | 'protected_emails' };

/** What is known about a person. */
export interface Known {
  email: string;
  /** The account that has this address; undefined if any account may have it. */
  login?: string | undefined;
  /** Whether CODEOWNERS names exactly this login, so that a similar name there belongs to someone else. */
  isNamed?: boolean | undefined;
}

/** Whether a doubt may be about this person. */
export function mayConcern(doubt: Doubt, known: Known): boolean {
  switch (doubt.code) {
    case 'owner':
      return mayBeOwner(doubt, known);
    case 'unmatched':
      return isSimilarTo(doubt.entry, known);
    case 'same-mailbox':
    case 'other-address':
      return doubt.email === known.email;
    default:
      return true;
  }
}

/** A name without an address may belong to anyone whose account is unknown, or be a misspelling of a known account. */
function mayBeOwner({ owner, isExcluded, mayBeTeam }: Extract<Doubt, { code: 'owner' }>, known: Known): boolean {
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

/** The doubts about one person. */
export interface Doubts {
  /** Doubts about many people, in a list that they share: a file may cause as many doubts as it has lines. */
  shared: readonly Doubt[];
  own: readonly Doubt[];
}

/** @returns a function that finds the doubts that may be about a person, as `mayConcern` defines it */
export function indexDoubts(doubts: readonly Doubt[]): (known: Known) => Doubts {
  const aboutAnyone = doubts.filter((doubt) => scopeOf(doubt) === 'anyone');
  const aboutStrangers = doubts.filter((doubt) => scopeOf(doubt) !== 'similar');
  const toCompare = doubts.filter((doubt) => scopeOf(doubt) !== 'anyone');
  const toCompareForStrangers = doubts.filter((doubt) => scopeOf(doubt) === 'similar');
  return (known) => {
    const isStranger = known.login === undefined;
    const compared = isStranger ? toCompareForStrangers : toCompare;
    return {
      shared: isStranger ? aboutStrangers : aboutAnyone,
      own: compared.filter((doubt) => mayConcern(doubt, known)),
    };
  };
}

/** Who may be the subject of a doubt: anyone, anyone whose account is unknown, or only people with a similar name. */
function scopeOf(doubt: Doubt): 'anyone' | 'stranger' | 'similar' {
  if (['unmatched', 'same-mailbox', 'other-address'].includes(doubt.code)) return 'similar';
  if (doubt.code !== 'owner' || doubt.mayBeTeam) return 'anyone';
  return doubt.owner.kind === 'email' ? 'similar' : 'stranger';
}

/** Addresses, indexed by their look to find other spellings of them. */
export interface Mailboxes {
  byLook: ReadonlyMap<string, string>;
  /** The addresses whose look is uncertain. */
  uncertain: ReadonlyMap<string, string>;
}

export function mailboxesOf(emails: readonly string[]): Mailboxes {
  const byLook = new Map(emails.map((email) => [lookOf(email), email]));
  return { byLook, uncertain: new Map([...byLook].filter(([look]) => isUncertain(look))) };
}

/** Finds an address that is another spelling of `email` or looks the same, so that it may be the same person's. */
export function sameMailbox(email: string, { byLook, uncertain }: Mailboxes): Doubt[] {
  const look = lookOf(email);
  const candidates = isUncertain(look) ? byLook : uncertain;
  const wanted = byLook.get(look) ?? [...candidates].find(([other]) => mayLookAlike(look, other))?.[1];
  return wanted === undefined ? [] : [{ code: 'same-mailbox', email, wanted }];
}
