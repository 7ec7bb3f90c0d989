import { findMember, readMembers } from '../members/member.ts';
import { memberResult, notMemberText } from '../members/render-member.ts';
import type { Operation } from './context.ts';

/** Reads one member, from the list of members, because only the list contains addresses. */
export const getMember: Operation<'get-member'> = async (inputs, context) => {
  const row = findMember(await readMembers(context.neon), inputs);
  if (row) return memberResult(row, inputs.show_emails);
  throw new Error(notMemberText(inputs, 'list-invitations'));
};
