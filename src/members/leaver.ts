import { addressKey } from '../lib/email.ts';
import type { Invitation, MemberWithUser, NeonReader } from '../neon/endpoints.ts';
import { NeonError } from '../neon/errors.ts';
import { emailOf } from './plan.ts';

/** Invitations that let someone in again, or in at all. Neon's API cannot withdraw them. */
export interface OpenInvitations {
  /** To the person: sent after they joined, or at an unknown time. */
  toThem: Invitation[];
  /** By the person, to people who are not members. */
  byThem: Invitation[];
}

/** A failure is not an empty list. */
export type InvitationsRead = OpenInvitations | { error: NeonError };

/**
 * Reads the invitations that outlast a member. Neon does not distinguish pending invitations from accepted ones.
 * @param rows all members
 * @throws what is not a NeonError, such as a cancellation
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
    toThem: invitations.filter(
      ({ email, invited_at }) => addressKey(email) === emailOf(row) && !isBefore(invited_at, joinedAt),
    ),
    byThem: invitations.filter(({ email, invited_by }) => invited_by === userId && !members.has(addressKey(email))),
  };
}

/** Whether the member joined by this invitation, or after it. A time that cannot be read is not before. */
function isBefore(invitedAt: string, joinedAt: string | undefined): boolean {
  return joinedAt !== undefined && Date.parse(invitedAt) <= Date.parse(joinedAt);
}
