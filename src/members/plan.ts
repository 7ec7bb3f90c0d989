import { domainOf, lowerCase } from '../lib/email.ts';
import type { Invitation, MemberWithUser, Role } from '../neon/endpoints.ts';
import { lesserRole, parseRole } from './roles.ts';

/** Somebody who should be in. Several entries with one address are one person. */
export interface Desired {
  /** In lower case. */
  email: string;
  /** How people know them: `@octocat`, or the address itself. */
  name: string;
  /** What a line about this person says. */
  role?: Role;
  /** What lines about their teams say. */
  teamRoles?: readonly Role[];
}

/** A number of people, or a share of the members in per cent. */
type Cap = { count: number } | { percent: number };

export interface Rules {
  /** For whom no line says a role. Missing: `member` for who is invited, and members keep theirs. */
  defaultRole?: Role;
  /** Whether members who are there already are managed too: their roles, and whether they stay. */
  members: boolean;
  /** Domains that may be invited; empty: all. */
  allowedDomains: readonly string[];
  /** Addresses that are not managed: neither invited nor removed nor changed. */
  excluded: ReadonlySet<string>;
  /** Addresses of members who are never removed or changed. */
  protectedEmails: ReadonlySet<string>;
  /** Whether to invite again whom an invitation older than a day has not brought in. */
  reinvite: boolean;
  maxInvitations: Cap;
  maxRoleChanges: Cap;
  /** A count of 0: never. */
  maxRemovals: Cap;
  /** Why `desired` may lack somebody: nobody is removed then. */
  unsure: readonly string[];
}

export interface Situation {
  desired: readonly Desired[];
  members: readonly MemberWithUser[];
  invitations: readonly Invitation[];
  /** The user id of the owner of the key in use; undefined when it is nobody's personal key. */
  self?: string;
  /** Milliseconds since the epoch. */
  now: number;
}

export interface Invite {
  email: string;
  name: string;
  role: Role;
}

export interface RoleChange {
  memberId: string;
  email: string;
  name: string;
  from: Role;
  to: Role;
}

export interface Removal {
  memberId: string;
  email: string;
  name: string;
  role: Role;
}

type SkipReason =
  | 'member'
  | 'invited'
  | 'excluded'
  | 'domain'
  | 'deactivated'
  | 'self'
  | 'protected'
  | 'last-admin'
  | 'withheld'
  | 'not-listed';

/** Somebody for whom nothing is done, and why. */
export interface Skip {
  email: string;
  name: string;
  reason: SkipReason;
  /** A sentence for people. */
  why: string;
}

export interface Plan {
  invite: Invite[];
  changeRole: RoleChange[];
  remove: Removal[];
  skip: Skip[];
  /** What people should know of how it was made. */
  notices: string[];
  /** Not empty: more than a cap allows. Then nothing of the plan may be carried out. */
  exceeded: string[];
}

/** What may be carried out of a plan. */
export type Steps = Pick<Plan, 'invite' | 'changeRole' | 'remove'>;

export function stepsOf({ invite, changeRole, remove, exceeded }: Plan): Steps {
  return exceeded.length > 0 ? { invite: [], changeRole: [], remove: [] } : { invite, changeRole, remove };
}

/** An invitation younger than this is not repeated: a run that is started again must not send a second e-mail. */
const reinviteAfterMs = 24 * 60 * 60 * 1000;

/**
 * Plans who is invited, whose role is changed, who is removed, and who is skipped and why. Its order does not depend on
 * the order of what it is given. The last admin, the owner of the key and protected addresses are never touched.
 */
export function planPeople(situation: Situation, rules: Rules): Plan {
  const { people, notices } = mergeDesired(situation.desired, rules.defaultRole ?? 'member');
  const plan: Plan = { invite: [], changeRole: [], remove: [], skip: [], notices, exceeded: [] };
  planInvitations(people, situation, rules, plan);
  if (rules.members) {
    for (const row of [...situation.members].sort(byAddress))
      planMember(row, people.get(emailOf(row)), situation, rules, plan);
    // An empty list is a mistake more often than a wish.
    const unsure = people.size === 0 ? ['nobody at all is named', ...rules.unsure] : rules.unsure;
    if (unsure.length > 0) withholdRemovals(plan, unsure);
    keepAnAdmin(plan, situation.members);
    plan.notices.push(...unknownProtected(situation.members, rules));
  }
  plan.skip.sort((a, b) => compare(a.email, b.email));
  plan.exceeded = exceededCaps(plan, situation.members.length, rules);
  return plan;
}

interface Person {
  email: string;
  name: string;
  role: Role;
  /** A line says the role. */
  isStated: boolean;
}

/** One entry an address, by address. */
function mergeDesired(desired: readonly Desired[], defaultRole: Role) {
  const groups = Map.groupBy(desired, ({ email }) => lowerCase(email));
  const notices: string[] = [];
  const people = [...groups]
    .sort(([a], [b]) => compare(a, b))
    .map(([email, group]): Person => {
      const name = [...new Set(group.map((one) => one.name))].sort(compare).join(' ');
      const own = group.flatMap(({ role }) => role ?? []);
      const stated = own.length > 0 ? own : group.flatMap(({ teamRoles = [] }) => teamRoles);
      const different = [...new Set(stated)].sort(compare);
      const role = stated.length > 0 ? stated.reduce(lesserRole) : defaultRole;
      if (different.length > 1)
        notices.push(`${name} is given the roles ${different.join(' and ')}: the lesser one counts, ${role}.`);
      return { email, name, role, isStated: stated.length > 0 };
    });
  return { people: new Map(people.map((person) => [person.email, person])), notices };
}

function planInvitations(people: Map<string, Person>, situation: Situation, rules: Rules, plan: Plan): void {
  const members = new Map(situation.members.map((row) => [emailOf(row), row]));
  const invited = latestInvitations(situation.invitations);
  for (const person of people.values()) {
    const skip = whyNotInvite(person.email, members, invited, situation.now, rules);
    if (skip) plan.skip.push({ email: person.email, name: person.name, ...skip });
    // A member whose role is managed is told with the members.
    else if (!members.has(person.email))
      plan.invite.push({ email: person.email, name: person.name, role: person.role });
  }
}

function latestInvitations(invitations: readonly Invitation[]): Map<string, Invitation> {
  const latest = new Map<string, Invitation>();
  for (const invitation of invitations) {
    const email = lowerCase(invitation.email);
    const known = latest.get(email);
    if (!known || compare(known.invited_at, invitation.invited_at) < 0) latest.set(email, invitation);
  }
  return latest;
}

type Why = Pick<Skip, 'reason' | 'why'>;

function whyNotInvite(
  email: string,
  members: Map<string, MemberWithUser>,
  invited: Map<string, Invitation>,
  now: number,
  rules: Rules,
): Why | undefined {
  const member = members.get(email);
  if (member) return rules.members ? undefined : whyMember(member);
  if (rules.excluded.has(email)) return { reason: 'excluded', why: 'is excluded' };
  if (!isAllowed(email, rules)) return { reason: 'domain', why: `${domainOf(email)} is not in \`allowed_domains\`` };
  const invitation = invited.get(email);
  if (!invitation || (rules.reinvite && isOld(invitation, now))) return undefined;
  const day = invitation.invited_at.slice(0, 10);
  // Neon lists pending and accepted invitations alike.
  const state = `was invited on ${day} and is not a member: has not accepted yet, or has left`;
  const more = rules.reinvite ? 'not a day ago' : '`reinvite: true` invites again';
  return { reason: 'invited', why: `${state} (${more})` };
}

function isOld({ invited_at }: Invitation, now: number): boolean {
  return now - Date.parse(invited_at) >= reinviteAfterMs;
}

function isAllowed(email: string, { allowedDomains }: Rules): boolean {
  return allowedDomains.length === 0 || allowedDomains.includes(domainOf(email));
}

function whyMember({ member, user }: MemberWithUser): Why {
  if (user.deactivated_at === undefined) return { reason: 'member', why: `is a member already (${member.role})` };
  return { reason: 'deactivated', why: deactivated(user.deactivated_at) };
}

function deactivated(since: string): string {
  return `is a member whose account was deactivated on ${since.slice(0, 10)}`;
}

/** @param person undefined: nobody asks for this member */
function planMember(
  row: MemberWithUser,
  person: Person | undefined,
  situation: Situation,
  rules: Rules,
  plan: Plan,
): void {
  const { member } = row;
  const email = emailOf(row);
  const name = person?.name ?? email;
  const why = whyKeep(row, person, situation, rules);
  if (why) plan.skip.push({ email, name, ...why });
  else if (!person) plan.remove.push({ memberId: member.id, email, name, role: member.role });
  else plan.changeRole.push({ memberId: member.id, email, name, from: member.role, to: person.role });
}

/** @returns why a member stays as they are; undefined: they change or go */
function whyKeep(row: MemberWithUser, person: Person | undefined, { self }: Situation, rules: Rules): Why | undefined {
  const email = emailOf(row);
  const { member, user } = row;
  const isUnsaid = person !== undefined && !person.isStated && rules.defaultRole === undefined;
  if (isUnsaid || person?.role === member.role) return whyMember(row);
  const change = person ? `the role ${person.role} is asked for` : 'is not named';
  if (rules.excluded.has(email)) return { reason: 'excluded', why: 'is excluded' };
  if (!parseRole(member.role)) {
    return { reason: 'protected', why: `has the role ${member.role}, which this action does not know (${change})` };
  }
  if (member.user_id === self) return { reason: 'self', why: `owns the key in use (${change})` };
  if (rules.protectedEmails.has(email)) return { reason: 'protected', why: `is in \`protected_emails\` (${change})` };
  if (person && user.deactivated_at !== undefined)
    return { reason: 'deactivated', why: deactivated(user.deactivated_at) };
  if (person && !isAllowed(email, rules))
    return { reason: 'domain', why: `${domainOf(email)} is not in \`allowed_domains\`` };
  if (!person && isNever(rules.maxRemovals))
    return { reason: 'not-listed', why: 'is not named, and stays: `max_removals` is 0' };
  return undefined;
}

export function isNever(cap: Cap): boolean {
  return ('count' in cap ? cap.count : cap.percent) === 0;
}

function withholdRemovals(plan: Plan, unsure: readonly string[]): void {
  const why = `is not named, and stays: ${unsure.join('; ')}`;
  plan.skip.push(...plan.remove.map(({ email, name }): Skip => ({ email, name, reason: 'withheld', why })));
  plan.remove = [];
}

/** Whether an admin is left whose account is active when this member is none any more. */
export function hasOtherAdmin(members: readonly MemberWithUser[], memberId: string): boolean {
  return members.some(
    ({ member, user }) => member.role === 'admin' && member.id !== memberId && user.deactivated_at === undefined,
  );
}

/** Promotions do not count: they may fail. One who is still asked for stays admin rather than one who is not. */
function keepAnAdmin(plan: Plan, members: readonly MemberWithUser[]): void {
  const isActive = new Map(members.map(({ member, user }) => [member.id, user.deactivated_at === undefined]));
  const leaving = [
    ...plan.changeRole.filter(({ from }) => from === 'admin'),
    ...plan.remove.filter(({ role }) => role === 'admin'),
  ];
  const left = new Set(leaving.map(({ memberId }) => memberId));
  const stays = members.some(
    ({ member }) => member.role === 'admin' && isActive.get(member.id) && !left.has(member.id),
  );
  const kept = leaving.find(({ memberId }) => isActive.get(memberId)) ?? leaving[0];
  if (stays || !kept) return;
  plan.changeRole = plan.changeRole.filter((change) => change !== kept);
  plan.remove = plan.remove.filter((removal) => removal !== kept);
  plan.skip.push({
    email: kept.email,
    name: kept.name,
    reason: 'last-admin',
    why: 'stays: would be the last admin to go',
  });
}

/** A mistyped address protects nobody. */
function unknownProtected(members: readonly MemberWithUser[], { protectedEmails }: Rules): string[] {
  const known = new Set(members.map(emailOf));
  const unknown = [...protectedEmails].filter((email) => !known.has(email)).sort(compare);
  return unknown.map((email) => `${email} in \`protected_emails\` is no member's address.`);
}

function exceededCaps({ invite, changeRole, remove }: Steps, memberCount: number, rules: Rules): string[] {
  const caps: [string, Cap, number, string][] = [
    ['max_invitations', rules.maxInvitations, invite.length, 'be invited'],
    ['max_role_changes', rules.maxRoleChanges, changeRole.length, 'get another role'],
    ['max_removals', rules.maxRemovals, remove.length, 'be removed'],
  ];
  return caps.flatMap(([name, cap, planned, verb]) => {
    const most = 'count' in cap ? cap.count : Math.floor((memberCount * cap.percent) / 100);
    const share = 'count' in cap ? '' : ` (${cap.percent}% of ${memberCount} members)`;
    return planned > most ? [`\`${name}\` allows ${most}${share}, and ${planned} would ${verb}`] : [];
  });
}

function emailOf({ user }: MemberWithUser): string {
  return lowerCase(user.email);
}

function byAddress(a: MemberWithUser, b: MemberWithUser): number {
  return compare(emailOf(a), emailOf(b)) || compare(a.member.id, b.member.id);
}

/** By code units: the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
