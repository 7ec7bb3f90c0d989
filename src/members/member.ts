import { addressKey } from '../lib/email.ts';
import { byCodeUnits } from '../lib/text.ts';
import type { Invitation, MemberWithUser, NeonReader } from '../neon/endpoints.ts';
import { NeonError } from '../neon/errors.ts';
import type { Arrival, Removal, RoleChange, Subject } from './change.ts';
import { isSameRole } from './roles.ts';

/**
 * Reads all members.
 * @throws NeonError, and Error if the list has no admin: every organization has one, so the list is incomplete
 */
export async function readMembers(neon: Pick<NeonReader, 'getOrganizationMembers'>): Promise<MemberWithUser[]> {
  const rows = await neon.getOrganizationMembers();
  if (rows.some(({ member }) => member.role === 'admin')) return rows;
  throw new Error(
    `Neon listed ${rows.length} members and no admin. The list is incomplete, so nothing was done. Run this job again.`,
  );
}

/** Who owns the key in use. `admin`: this member is never changed. `other`: only an admin's key can apply the plan. */
export type KeyOwner = { code: 'admin'; userId: string } | { code: 'other'; row: MemberWithUser } | { code: 'unknown' };

/**
 * Finds the owner of the key in use among the members.
 * @param isPlan whether changes are only planned, which does not require a key with an owner
 * @throws NeonError, and Error if the list lacks the owner, so it is incomplete
 */
export async function readKeyOwner(
  neon: Pick<NeonReader, 'getCurrentUserInfo'>,
  members: readonly MemberWithUser[],
  isPlan: boolean,
): Promise<KeyOwner> {
  const userId = await currentUserId(neon, isPlan);
  if (userId === undefined) return { code: 'unknown' };
  const row = members.find(({ member }) => member.user_id === userId);
  if (row) return row.member.role === 'admin' ? { code: 'admin', userId } : { code: 'other', row };
  throw new Error(
    `Neon listed ${members.length} members without the owner of \`api_key\`. The list is incomplete, so nothing was done. Run this job again.`,
  );
}

async function currentUserId(neon: Pick<NeonReader, 'getCurrentUserInfo'>, isPlan: boolean) {
  try {
    return (await neon.getCurrentUserInfo()).id;
  } catch (error) {
    const isNotPersonal = error instanceof NeonError && error.facts.kind === 'refused' && error.facts.status !== 401;
    if (isNotPersonal && isPlan) return undefined;
    throw error;
  }
}

/** Identifies a member by exactly one of the two. */
export interface MemberQuery {
  member_id?: string | undefined;
  email?: string | undefined;
}

export function findMember(rows: readonly MemberWithUser[], { member_id, email }: MemberQuery) {
  return rows.find(({ member, user }) =>
    member_id === undefined ? addressKey(user.email) === email : member.id === member_id,
  );
}

/**
 * Finds a user.
 * @param idOrAddress the address or ID of a member, or a user ID
 * @returns the user ID, and whether a member has it; an ID that no member has is treated as a user ID
 * @throws NeonError, and Error for an address that no member has
 */
export async function userIdOf(
  idOrAddress: string,
  neon: Pick<NeonReader, 'getOrganizationMembers'>,
): Promise<{ userId: string; isMember: boolean }> {
  const rows = await readMembers(neon);
  const row = rows.find(({ member, user }) =>
    [member.id, member.user_id, addressKey(user.email)].includes(idOrAddress),
  );
  if (row) return { userId: row.member.user_id, isMember: true };
  if (!idOrAddress.includes('@')) return { userId: idOrAddress, isMember: false };
  throw new Error(
    `${idOrAddress} is not a member of the organization. To list the keys of someone who has left, set \`created_by\` to their user ID, which \`remove-member\` and \`sync-members\` report as \`user_id\`.`,
  );
}

/** A member as one object, with their address. */
export function memberJson({ member, user }: MemberWithUser): object {
  return { ...member, ...user };
}

export function emailOf({ user }: MemberWithUser): string {
  return addressKey(user.email);
}

/** By address, and by ID for equal addresses. */
export function byAddress(a: MemberWithUser, b: MemberWithUser): number {
  return byCodeUnits(emailOf(a), emailOf(b)) || byCodeUnits(a.member.id, b.member.id);
}

/** @param emails addresses by user ID @param invitations the latest one by address */
export function arrivalOf(
  row: MemberWithUser,
  { emails, invitations }: { emails: ReadonlyMap<string, string>; invitations: ReadonlyMap<string, Invitation> },
): Arrival {
  const inviter = invitations.get(emailOf(row))?.invited_by;
  return { joinedAt: row.member.joined_at, invitedBy: inviter && emails.get(inviter) };
}

/** Whether another member is an admin with an active account. */
export function hasOtherAdmin(members: readonly MemberWithUser[], memberId: string): boolean {
  return members.some(
    ({ member, user }) => member.role === 'admin' && member.id !== memberId && user.deactivated_at === undefined,
  );
}

/** The latest invitation to each address. */
export function latestInvitations(invitations: readonly Invitation[]): Map<string, Invitation> {
  const latest = new Map<string, Invitation>();
  for (const invitation of [...invitations].sort((a, b) => byCodeUnits(a.invited_at, b.invited_at)))
    latest.set(addressKey(invitation.email), invitation);
  return new Map([...latest].sort(([a], [b]) => byCodeUnits(a, b)));
}

/** Why a member is never changed. */
export type Guard = 'key-owner' | 'last-admin';

/** The member that a step is about, and all members; or the latest invitation to someone who is not a member. */
export type FoundMember =
  | { row: MemberWithUser; guard: Guard | undefined; rows: readonly MemberWithUser[] }
  | { invitation: Invitation | undefined };

/**
 * Looks a member up.
 * @param isPlan whether the change is only planned, which does not require a key with an owner
 * @throws NeonError, and Error if the list is incomplete
 */
export async function lookUpMember(query: MemberQuery, neon: NeonReader, isPlan: boolean): Promise<FoundMember> {
  const rows = await readMembers(neon);
  const row = findMember(rows, query);
  if (!row) {
    if (query.email === undefined) return { invitation: undefined };
    return { invitation: latestInvitations(await neon.getOrganizationInvitations()).get(query.email) };
  }
  const owner = await readKeyOwner(neon, rows, isPlan);
  const isOwner = owner.code === 'admin' && owner.userId === row.member.user_id;
  const isLast = row.member.role === 'admin' && !hasOtherAdmin(rows, row.member.id);
  return { row, rows, guard: isOwner ? 'key-owner' : isLast ? 'last-admin' : undefined };
}

function memberSubject(row: MemberWithUser): Subject {
  const email = emailOf(row);
  return { email, name: email, origins: [] };
}

export function removalOf(row: MemberWithUser): Removal {
  const { id: memberId, user_id: userId, role } = row.member;
  return { kind: 'remove', ...memberSubject(row), memberId, userId, role };
}

/** @returns undefined if the member already has the role */
export function roleChangeOf(row: MemberWithUser, to: RoleChange['to']): RoleChange | undefined {
  const { id: memberId, role: from } = row.member;
  return isSameRole(from, to) ? undefined : { kind: 'change-role', ...memberSubject(row), memberId, from, to };
}

/** Invitations that may still be accepted. Neon's API cannot withdraw them. */
export interface OpenInvitations {
  /** To the person: sent after they joined, or at an unknown time. */
  received: Invitation[];
  /** By the person, to people who are not members. */
  sent: Invitation[];
}

/** An error is not an empty list. */
export type InvitationsRead = OpenInvitations | { error: NeonError };

/**
 * Reads the invitations that remain after a member is removed. Neon does not distinguish pending invitations from accepted
 * ones.
 * @param rows all members
 * @throws errors other than NeonError, such as a cancellation
 */
export async function readInvitationsOf(
  row: MemberWithUser,
  rows: readonly MemberWithUser[],
  neon: Pick<NeonReader, 'getOrganizationInvitations'>,
): Promise<InvitationsRead> {
  try {
    return invitationsOf(row, rows, await neon.getOrganizationInvitations());
  } catch (error) {
    if (error instanceof NeonError) return { error };
    throw error;
  }
}

export function invitationsOf(
  row: MemberWithUser,
  rows: readonly MemberWithUser[],
  invitations: readonly Invitation[],
): OpenInvitations {
  const members = new Set(rows.map(emailOf));
  const { user_id: userId, joined_at: joinedAt } = row.member;
  return {
    received: invitations.filter(
      ({ email, invited_at }) => addressKey(email) === emailOf(row) && !isBefore(invited_at, joinedAt),
    ),
    sent: invitations.filter(({ email, invited_by }) => invited_by === userId && !members.has(addressKey(email))),
  };
}

/** Whether the invitation was sent before the member joined; false if one of the times is unknown. */
function isBefore(invitedAt: string, joinedAt: string | undefined): boolean {
  return joinedAt !== undefined && Date.parse(invitedAt) <= Date.parse(joinedAt);
}
