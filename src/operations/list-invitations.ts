import { addressKey } from '../lib/email.ts';
import { readMembers } from '../members/member.ts';
import { foundInvitationsText, invitationsResult } from '../members/render-member.ts';
import type { Operation } from './context.ts';

/** Lists invitations, newest first. Neon does not mark accepted invitations: they are those to people who are members. */
export const listInvitations: Operation<'list-invitations'> = async ({ show_emails }, context) => {
  const all = await context.neon.getOrganizationInvitations();
  const members = new Set((await readMembers(context.neon)).map(({ user }) => addressKey(user.email)));
  const invitations = all
    .map((invitation) => ({ ...invitation, accepted: members.has(addressKey(invitation.email)) }))
    .sort((a, b) => b.invited_at.localeCompare(a.invited_at));
  context.info(foundInvitationsText(invitations));
  return invitationsResult(invitations, show_emails);
};
