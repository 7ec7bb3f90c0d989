import type { Operation } from './context.ts';
import { asked, memberResult } from './member-change.ts';
import { findMember } from './people.ts';

/** Reads one member. Only the list has addresses, so that is what is read either way. */
export const getMember: Operation<'get-member'> = async (inputs, context) => {
  const row = findMember(await context.neon.getOrganizationMembers(), inputs);
  if (row) return memberResult(row, inputs.show_emails);
  throw new Error(`${asked(inputs)} is not a member of the organization; \`list-invitations\` tells who is invited.`);
};
