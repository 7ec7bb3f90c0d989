import { domainOf, parseEmail } from '../lib/email.ts';
import { byCodeUnits } from '../lib/text.ts';
import type { Invitation, MemberWithUser, Role } from '../neon/endpoints.ts';
import {
  type Caps,
  type Change,
  exceededCaps,
  isNever,
  type Plan,
  type PlanNotice,
  type Skip,
  type SkipReason,
  type Subject,
  type Wanted,
} from './change.ts';
import { type Doubt, type Doubts, indexDoubts, type Known, type Mailboxes, mailboxesOf, sameMailbox } from './doubt.ts';
import { arrivalOf, byAddress, emailOf, latestInvitations } from './member.ts';
import { ownerName } from './owner.ts';
import { mergeDesired, type Person } from './person.ts';
import type { Identities } from './resolve.ts';
import { isSameRole, parseRole } from './roles.ts';

export interface Rules extends Caps {
  /** For people without an explicit role. Missing: people are invited as `member`, and members keep their role. */
  defaultRole?: Role | undefined;
  /** Whether members' roles and removals are managed too. */
  managesMembers: boolean;
  /** Domains whose addresses may be invited; empty for all. */
  allowedDomains: readonly string[];
  /** Addresses of members who are never removed or changed. */
  protectedEmails: ReadonlySet<string>;
  /** Addresses in `exclude` of the inputs and of the people file, as written there. */
  excludedEmails: ReadonlySet<string>;
  /** Whether to repeat an invitation that is older than a day and whose recipient is not a member. */
  reinvite: boolean;
}

export interface Situation
  extends Pick<Identities, 'desired' | 'excluded' | 'doubts' | 'exclusionDoubts' | 'hiddenRoles' | 'knownLogins'> {
  members: readonly MemberWithUser[];
  invitations: readonly Invitation[];
  /** The user ID of the admin whose key applies the plan; undefined if unknown. */
  self?: string | undefined;
  /** Milliseconds since the epoch. */
  now: number;
}

/** A newer invitation is not repeated, so that re-running a job does not send a second e-mail. */
const reinviteAfterMs = 24 * 60 * 60 * 1000;

/** An entry of a list that matches no one and may be misspelled. */
type UnmatchedEntry = Extract<Doubt, { code: 'unmatched' }>;

/** What the functions below share. */
interface Planning {
  situation: Situation;
  rules: Rules;
  people: ReadonlyMap<string, Person>;
  members: ReadonlyMap<string, MemberWithUser>;
  /** The address of each member, by user ID. */
  emails: ReadonlyMap<string, string>;
  /** The latest invitation to each address. */
  invitations: ReadonlyMap<string, Invitation>;
  /** Wanted, excluded and protected addresses that are not a member's. */
  mailboxes: Mailboxes;
  /** The doubts about each kind of change to a person. */
  doubtsAbout: Record<Change['kind'], (known: Known) => Doubts>;
}

/**
 * Plans who is invited, whose role changes, who is removed, and who is skipped and why. The order of the arguments does not
 * affect the plan. The last admin, the owner of the key and members with protected addresses are never changed.
 */
export function planPeople(situation: Situation, rules: Rules): Plan {
  const { byEmail: people, notices } = mergeDesired(
    situation.desired,
    rules.defaultRole ?? 'member',
    situation.hiddenRoles,
  );
  const members = new Map(situation.members.map((row) => [emailOf(row), row]));
  const unmatched = unmatchedEntries(people, members, rules);
  const invitations = latestInvitations(situation.invitations);
  const named = [...people.keys(), ...situation.excluded, ...rules.protectedEmails];
  const mailboxes = mailboxesOf(named.filter((email) => !members.has(email)));
  const emails = new Map(situation.members.map((row) => [row.member.user_id, emailOf(row)]));
  const doubtsAbout = doubtsAboutChanges(situation, unmatched, people.size);
  const planning = { situation, rules, people, members, emails, invitations, mailboxes, doubtsAbout };
  const planned = [...people.values()].flatMap((person) => planPerson(person, planning) ?? []);
  if (rules.managesMembers)
    planned.push(...[...situation.members].sort(byAddress).map((row) => planMember(row, planning)));
  const kept = keepAnAdmin(planned, situation.members);
  const kinds: Change['kind'][] = ['invite', 'change-role', 'remove'];
  const changes = kept.filter((one) => 'kind' in one).sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
  return {
    changes,
    skips: kept.filter((one) => 'reason' in one).sort((a, b) => byCodeUnits(a.email, b.email)),
    notices: [...notices, ...unmatchedNotices(unmatched), ...pendingAdmins(planning)],
    exceeded: exceededCaps(changes, situation.members.length, rules),
  };
}

const unlimited = { count: Number.POSITIVE_INFINITY };

/** Plans the invitations of people who are listed in an input. */
export function planInvitations(
  invitees: readonly { email: string; role?: Role | undefined }[],
  { members, invitations, now }: Pick<Situation, 'members' | 'invitations' | 'now'>,
  { role, reinvite }: { role: Role | undefined; reinvite: boolean },
): Plan {
  const desired = invitees.map((invitee) => ({ ...invitee, teamRoles: [], origins: [] }));
  const nothing = { doubts: [], exclusionDoubts: [], hiddenRoles: [], knownLogins: new Map() };
  return planPeople(
    { desired, excluded: new Set(), ...nothing, members, invitations, now },
    {
      defaultRole: role,
      managesMembers: false,
      allowedDomains: [],
      protectedEmails: new Set(),
      excludedEmails: new Set(),
      reinvite,
      maxInvitations: unlimited,
      maxRoleChanges: unlimited,
      maxRemovals: unlimited,
    },
  );
}

function subjectOf({ email, name, origins, addressFrom }: Person): Subject {
  return { email, name, origins, addressFrom };
}

/** @returns undefined for a member whose role is managed: `planMember` decides about them */
function planPerson(person: Person, planning: Planning): Change | Skip | undefined {
  const reason = inviteSkipReason(person, planning);
  if (reason) return { ...subjectOf(person), reason };
  if (planning.members.has(person.email)) return undefined;
  return { kind: 'invite', ...subjectOf(person), role: person.role };
}

function inviteSkipReason(person: Person, planning: Planning): SkipReason | undefined {
  const { members, invitations, situation, rules } = planning;
  const { email } = person;
  const member = members.get(email);
  if (member) return rules.managesMembers ? undefined : memberSkipReason(member);
  if (situation.excluded.has(email)) return { code: 'excluded' };
  if (!isAllowed(email, rules)) return { code: 'domain', domain: domainOf(email) };
  const invitation = invitations.get(email);
  if (invitation && !(rules.reinvite && isOld(invitation, situation.now)))
    return { code: 'invited', invitedAt: invitation.invited_at, reinvite: rules.reinvite };
  return withheld('invite', person, planning) ?? roleInDoubt(person);
}

function roleInDoubt({ hiddenRoles }: Person): SkipReason | undefined {
  return hiddenRoles.length > 0 ? { code: 'role-in-doubt', teams: hiddenRoles } : undefined;
}

function withheld(
  kind: Change['kind'],
  known: Known,
  { doubtsAbout }: Planning,
  more: readonly Doubt[] = [],
): SkipReason | undefined {
  const { shared, own } = doubtsAbout[kind](known);
  const doubts = { shared, own: [...own, ...more] };
  return shared.length + doubts.own.length > 0 ? { code: 'withheld', kind, doubts } : undefined;
}

function isOld({ invited_at }: Invitation, now: number): boolean {
  return now - Date.parse(invited_at) >= reinviteAfterMs;
}

function isAllowed(email: string, { allowedDomains }: Rules): boolean {
  return allowedDomains.length === 0 || allowedDomains.includes(domainOf(email));
}

function memberSkipReason({ member, user }: MemberWithUser, isRoleUnstated?: boolean): SkipReason {
  if (user.deactivated_at === undefined) return { code: 'member', role: member.role, isRoleUnstated };
  return { code: 'deactivated', since: user.deactivated_at };
}

function planMember(row: MemberWithUser, planning: Planning): Change | Skip {
  const email = emailOf(row);
  const person = planning.people.get(email);
  const subject = person ? subjectOf(person) : { email, name: email, origins: [] };
  const reason = person ? roleSkipReason(row, person, planning) : removalSkipReason(row, planning);
  if (reason) return { ...subject, reason };
  const { id: memberId, user_id: userId, role } = row.member;
  if (person) return { kind: 'change-role', ...subject, memberId, from: role, to: person.role };
  return { kind: 'remove', ...subject, memberId, userId, role, arrival: arrivalOf(row, planning) };
}

/** @returns why a member who is named keeps their role */
function roleSkipReason(row: MemberWithUser, person: Person, planning: Planning): SkipReason | undefined {
  const { rules } = planning;
  const { member, user } = row;
  const isUnstated = !person.isStated && rules.defaultRole === undefined;
  if (isUnstated && person.hiddenRoles.length === 0) return memberSkipReason(row, true);
  if (isSameRole(person.role, member.role)) return memberSkipReason(row);
  const reason = protectionReason(row, { kind: 'change-role', to: person.role }, planning);
  if (reason) return reason;
  if (user.deactivated_at !== undefined) return memberSkipReason(row);
  if (!isAllowed(person.email, rules)) return { code: 'domain', domain: domainOf(person.email) };
  const reasonToWait = withheld('change-role', person, planning) ?? roleInDoubt(person);
  return reasonToWait ?? (isUnstated ? memberSkipReason(row) : undefined);
}

/** @returns why a member who is not named stays */
function removalSkipReason(row: MemberWithUser, planning: Planning): SkipReason | undefined {
  const { situation, rules, mailboxes } = planning;
  const email = emailOf(row);
  const wanted: Wanted = { kind: 'remove' };
  const reason = protectionReason(row, wanted, planning);
  if (reason) return reason;
  if (isNever(rules.maxRemovals))
    return { code: 'not-listed', role: row.member.role, arrival: arrivalOf(row, planning) };
  if (parseEmail(row.user.email) === undefined) return { code: 'unreadable-address', wanted };
  const known = { email, ...situation.knownLogins.get(email) };
  return withheld('remove', known, planning, sameMailbox(email, mailboxes));
}

/** @param wantedCount how many people the files name */
function doubtsAboutChanges(
  { doubts, exclusionDoubts }: Situation,
  unmatched: readonly UnmatchedEntry[],
  wantedCount: number,
): Planning['doubtsAbout'] {
  const excluding = unmatched.filter(({ list }) => list === 'exclude');
  // An empty list is more likely a mistake than a decision to remove everyone.
  const noOne: Doubt[] = wantedCount === 0 ? [{ code: 'no-one-named' }] : [];
  return {
    invite: indexDoubts([...exclusionDoubts, ...excluding]),
    'change-role': indexDoubts([...exclusionDoubts, ...unmatched]),
    remove: indexDoubts([...doubts, ...exclusionDoubts, ...unmatched, ...noOne]),
  };
}

/** @returns why a member is never changed, regardless of the files */
function protectionReason(row: MemberWithUser, wanted: Wanted, { situation, rules }: Planning): SkipReason | undefined {
  const { member } = row;
  const email = emailOf(row);
  if (situation.excluded.has(email)) return { code: 'excluded' };
  if (!parseRole(member.role)) return { code: 'unknown-role', role: member.role, wanted };
  if (member.user_id === situation.self) return { code: 'self', wanted };
  return rules.protectedEmails.has(email) ? { code: 'protected', wanted } : undefined;
}

/**
 * Turns one change into a skip if otherwise no active admin would be left. Promotions do not count, because they may fail.
 * An admin who is named is kept rather than one who is not.
 */
function keepAnAdmin(planned: readonly (Change | Skip)[], members: readonly MemberWithUser[]): (Change | Skip)[] {
  const isActive = new Map(members.map(({ member, user }) => [member.id, user.deactivated_at === undefined]));
  const changes = planned.filter((one) => 'kind' in one);
  const demotions = changes.filter((change) => change.kind === 'change-role' && change.from === 'admin');
  const removals = changes.filter((change) => change.kind === 'remove' && change.role === 'admin');
  const leaving = [...demotions, ...removals].filter((change) => change.kind !== 'invite');
  const left = new Set(leaving.map(({ memberId }) => memberId));
  const stays = members.some(
    ({ member }) => member.role === 'admin' && isActive.get(member.id) && !left.has(member.id),
  );
  const kept = leaving.find(({ memberId }) => isActive.get(memberId)) ?? leaving[0];
  if (stays || !kept) return [...planned];
  const { email, name, origins } = kept;
  return planned.map((one) => (one === kept ? { email, name, origins, reason: { code: 'last-admin' } } : one));
}

/** Addresses that belong to no member and no named person. A misspelled address protects or excludes no one. */
function unmatchedEntries(people: Planning['people'], members: Planning['members'], rules: Rules): UnmatchedEntry[] {
  const lists = { exclude: rules.excludedEmails, protected_emails: rules.protectedEmails } as const;
  return (['exclude', 'protected_emails'] as const).flatMap((list) =>
    [...lists[list]]
      .filter((email) => !members.has(email) && !people.has(email))
      .sort(byCodeUnits)
      .map((email) => ({ code: 'unmatched', entry: { kind: 'email', email }, list }) as const),
  );
}

function unmatchedNotices(unmatched: readonly UnmatchedEntry[]): PlanNotice[] {
  const groups = Map.groupBy(unmatched, ({ list }) => list);
  return [...groups].map(([list, all]) => ({
    code: 'unmatched',
    list,
    names: all.map(({ entry }) => ownerName(entry)),
  }));
}

/** Invitations as admin that the files do not call for. They are reported, because Neon's API cannot withdraw them. */
function pendingAdmins({ people, members, invitations, situation }: Planning): PlanNotice[] {
  return [...invitations].flatMap(([email, { role, invited_at: invitedAt }]): PlanNotice[] => {
    const wanted = people.get(email)?.role;
    const isPending = role === 'admin' && !members.has(email) && !situation.excluded.has(email);
    return isPending && wanted !== 'admin' ? [{ code: 'pending-admin', email, invitedAt, wanted }] : [];
  });
}
