import type { Invitation, MemberWithUser, NeonReader } from '../neon/endpoints.ts';
import type { Removal, RoleChange, Subject } from './change.ts';
import { findMember, type MemberQuery, readKeyOwner, readMembers } from './member-list.ts';
import { emailOf, hasOtherAdmin, latestInvitations } from './plan.ts';
import { isSameRole } from './roles.ts';

/** Why a member is not touched, whatever is asked for. */
export type Guard = 'key-owner' | 'last-admin';

/** What was found of the member that a step is about. */
export type FoundMember =
  | { row: MemberWithUser; guard: Guard | undefined /** All members. */; rows: readonly MemberWithUser[] }
  | { invitation: Invitation | undefined };

/**
 * Looks a member up.
 * @param isPlan whether the change is only planned, which a key without an owner can do
 * @throws NeonError, and Error for a list that is not complete
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
  return { kind: 'remove', ...memberSubject(row), memberId: row.member.id, role: row.member.role };
}

/** @returns undefined when the member has the role already */
export function roleChangeOf(row: MemberWithUser, to: RoleChange['to']): RoleChange | undefined {
  const { id: memberId, role: from } = row.member;
  return isSameRole(from, to) ? undefined : { kind: 'change-role', ...memberSubject(row), memberId, from, to };
}
