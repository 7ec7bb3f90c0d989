import { addressKey } from '../lib/email.ts';
import type { MemberWithUser, NeonReader } from '../neon/endpoints.ts';
import { NeonError } from '../neon/errors.ts';

/**
 * Reads all members.
 * @throws NeonError, and Error when the list has no admin: every organization has one, so the list is not complete
 */
export async function readMembers(neon: Pick<NeonReader, 'getOrganizationMembers'>): Promise<MemberWithUser[]> {
  const rows = await neon.getOrganizationMembers();
  if (rows.some(({ member }) => member.role === 'admin')) return rows;
  throw new Error(
    `Neon listed ${rows.length} members and no admin. The list is not complete, so nothing was done: run this job again.`,
  );
}

/** Whose key is in use. `admin`: the owner is never changed; `other`: the plan is carried out with another key. */
export type KeyOwner = { code: 'admin'; userId: string } | { code: 'other'; row: MemberWithUser } | { code: 'unknown' };

/**
 * Finds the owner of the key in use among the members.
 * @param isPlan whether a key without an owner will do: with it one can plan, and nothing else
 * @throws NeonError, and Error when the owner is not in the list, because then the list is not complete
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
    `Neon listed ${members.length} members without the owner of \`api_key\`. The list is not complete, so nothing was done: run this job again.`,
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

/** Which member is meant; one of the two is there. */
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
 * Finds out which user is meant.
 * @param asked the address or the id of a member, or a user's id
 * @returns the user's id, and whether it is a member's; an id that no member has is taken for a user's
 * @throws NeonError, and Error for an address that no member has
 */
export async function userIdOf(
  asked: string,
  neon: Pick<NeonReader, 'getOrganizationMembers'>,
): Promise<{ userId: string; isMember: boolean }> {
  const rows = await readMembers(neon);
  const row = rows.find(({ member, user }) => [member.id, member.user_id, addressKey(user.email)].includes(asked));
  if (row) return { userId: row.member.user_id, isMember: true };
  if (!asked.includes('@')) return { userId: asked, isMember: false };
  throw new Error(
    `${asked} is not a member of the organization. To list the keys of someone who has left, set \`created_by\` to their user ID: \`remove-member\` reported it as \`user_id\`.`,
  );
}

/** A member as one object, with their address. */
export function memberJson({ member, user }: MemberWithUser): object {
  return { ...member, ...user };
}
