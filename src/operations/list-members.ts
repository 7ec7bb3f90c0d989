import { count } from '../lib/text.ts';
import { readMembers } from '../members/member-list.ts';
import { membersResult } from '../members/render-member.ts';
import type { Operation } from './context.ts';

/** Lists all members, by address. */
export const listMembers: Operation<'list-members'> = async ({ show_emails }, context) => {
  const members = await readMembers(context.neon);
  context.info(`${count(members.length, 'member')}.`);
  return membersResult(members, show_emails);
};
