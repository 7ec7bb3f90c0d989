import { lowerCase, shownWith } from '../lib/email.ts';
import { count } from '../lib/text.ts';
import { code, plain, table, time } from '../runner/markdown.ts';
import type { Operation } from './context.ts';

/** Lists invitations, the newest first. Neon lists pending and accepted ones alike: whoever is a member has accepted. */
export const listInvitations: Operation<'list-invitations'> = async ({ show_emails }, context) => {
  const all = await context.neon.getOrganizationInvitations();
  const members = new Set((await context.neon.getOrganizationMembers()).map(({ user }) => lowerCase(user.email)));
  const invitations = all
    .map((invitation) => ({ ...invitation, accepted: members.has(lowerCase(invitation.email)) }))
    .sort((a, b) => b.invited_at.localeCompare(a.invited_at));
  const open = invitations.filter(({ accepted }) => !accepted).length;
  context.info(`${count(invitations.length, 'invitation')}, ${open} of them to people who are not members.`);
  const rows = invitations.map(({ email, role, invited_at, accepted }) => [
    code(email, shownWith(show_emails)),
    plain(role),
    time(invited_at),
    accepted ? '✅ a member' : '✉️ not accepted yet, or has left',
  ]);
  return {
    changed: false,
    outputs: { invitation_count: String(invitations.length) },
    json: { invitations },
    summary: `### ✉️ ${count(invitations.length, 'invitation')}\n\n${rows.length > 0 ? table(['E-mail', 'Role', 'Invited', ''], rows) : 'None.'}\n`,
  };
};
