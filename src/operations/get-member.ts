import { asked, memberResult } from './member-change.ts';
import type { Operation } from './operation.ts';
import { findMember } from './people.ts';

/** Reads one member. Only the list has addresses, so that is what is read either way. */
export const getMember: Operation<'get-member'> = async (inputs, step) => {
  const row = findMember(await step.neon.getOrganizationMembers(), inputs);
  if (row) return memberResult(row, inputs.show_emails);
  throw new Error(`${asked(inputs)} is not a member of the organization; \`list-invitations\` tells who is invited.`);
};
