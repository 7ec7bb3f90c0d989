import { addressKey } from '../lib/email.ts';
import { count } from '../lib/text.ts';
import { readMembers } from '../members/member.ts';
import { invitationsResult } from '../members/render-member.ts';
import type { Operation } from './context.ts';

/** Lists invitations, newest first. Neon does not mark accepted invitations: they are those to people who are members. */
export const listInvitations: Operation<'list-invitations'> = async ({ show_emails }, context) => {
  const all = await context.neon.getOrganizationInvitations();
  const members = new Set((await readMembers(context.neon)).map(({ user }) => addressKey(user.email)));
  const invitations = all
    .map((invitation) => ({ ...invitation, accepted: members.has(addressKey(invitation.email)) }))
    .sort((a, b) => b.invited_at.localeCompare(a.invited_at));
  const open = invitations.filter(({ accepted }) => !accepted).length;
  context.info(`Found ${count(invitations.length, 'invitation')}, ${open} of them to people who are not members.`);
  return invitationsResult(invitations, show_emails);
};
