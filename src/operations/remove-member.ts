import { asked, changeMember, lookUp, personOf } from './member-change.ts';
import type { Operation } from './operation.ts';

/** Removes one member; who is none counts as success. Never the last admin, never the owner of the key. */
export const removeMember: Operation<'remove-member'> = async (inputs, step) => {
  const found = await lookUp(inputs, step);
  const { row, guard } = found;
  if (!row) {
    step.info(`${asked(inputs)} is not a member of the organization: nothing to do.`);
    const summary = '### 👤 Neon member\n\nThere is no such member: nothing to do.\n';
    return { changed: false, outputs: {}, json: { member: null }, summary };
  }
  guard('stays');
  return changeMember(row, { remove: [{ ...personOf(row), role: row.member.role }] }, found, inputs, step);
};
