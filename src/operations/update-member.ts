import type { Operation } from './context.ts';
import { asked, changeMember, lookUp, memberResult, personOf } from './member-change.ts';

/** Sets the role of one member. The owner of the key keeps theirs, and so does the last admin. */
export const updateMember: Operation<'update-member'> = async (inputs, context) => {
  const found = await lookUp(inputs, context);
  const { row, guard } = found;
  if (!row) throw new Error(`${asked(inputs)} is not a member of the organization; \`list-members\` tells who is.`);
  const { role: to = row.member.role } = inputs;
  if (row.member.role === to) {
    context.info(`${row.user.email} has the role ${to} already: nothing to do.`);
    return memberResult(row, inputs.show_emails);
  }
  guard('keeps the role');
  const change = { ...personOf(row), from: row.member.role, to };
  return changeMember(row, { changeRole: [change] }, found, inputs, context, to);
};
