import type { Operation } from './context.ts';
import { asked, changeMember, lookUp, personOf } from './member-change.ts';

/** Removes one member; who is none counts as success. Never the last admin, never the owner of the key. */
export const removeMember: Operation<'remove-member'> = async (inputs, context) => {
  const found = await lookUp(inputs, context);
  const { row, guard } = found;
  if (!row) {
    context.info(`${asked(inputs)} is not a member of the organization: nothing to do.`);
    const summary = '### 👤 Neon member\n\nThere is no such member: nothing to do.\n';
    return { changed: false, outputs: {}, json: { member: null }, summary };
  }
  guard('stays');
  return changeMember(row, { remove: [{ ...personOf(row), role: row.member.role }] }, found, inputs, context);
};
