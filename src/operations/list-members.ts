import { shownWith } from '../lib/email.ts';
import { count } from '../lib/text.ts';
import type { MemberWithUser } from '../neon/endpoints.ts';
import { code, plain, table, time } from '../runner/markdown.ts';
import type { Operation } from './context.ts';
import { flat } from './people.ts';

/** Lists all members, by address. */
export const listMembers: Operation<'list-members'> = async ({ show_emails }, context) => {
  const members = await context.neon.getOrganizationMembers();
  members.sort((a, b) => a.user.email.localeCompare(b.user.email));
  context.info(`${count(members.length, 'member')}.`);
  const rows = members.map((row) => rowOf(row, show_emails));
  return {
    changed: false,
    outputs: { member_count: String(members.length) },
    json: { members: members.map(flat) },
    summary: `### 👥 ${count(members.length, 'Neon member')}\n\n${table(['E-mail', 'Role', 'Joined', 'MFA', 'Id'], rows)}\n`,
  };
};

function rowOf({ member, user }: MemberWithUser, showEmails: boolean): string[] {
  const gone = user.deactivated_at === undefined ? '' : ` (deactivated on ${plain(user.deactivated_at.slice(0, 10))})`;
  const mfa = user.has_mfa === undefined ? 'not told' : user.has_mfa ? 'on' : 'off';
  return [
    code(user.email, shownWith(showEmails)) + gone,
    plain(member.role),
    time(member.joined_at ?? ''),
    mfa,
    code(member.id),
  ];
}
