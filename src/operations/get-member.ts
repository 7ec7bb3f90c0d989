import { findMember, readMembers } from '../members/member.ts';
import { memberResult, notMemberText } from '../members/render-member.ts';
import type { Operation } from './context.ts';

/** Reads one member. Only the list has addresses, so the list is read either way. */
export const getMember: Operation<'get-member'> = async (inputs, context) => {
  const row = findMember(await readMembers(context.neon), inputs);
  if (row) return memberResult(row, inputs.show_emails);
  throw new Error(notMemberText(inputs, 'list-invitations'));
};
