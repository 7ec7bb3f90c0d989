import { lookUpMember, roleChangeOf } from '../members/member.ts';
import { changeResult, guardText, memberResult, notMemberText, sameRoleText } from '../members/render-member.ts';
import { applyWithLog, decideForPeople } from '../members/steps.ts';
import { readOnly } from '../neon/endpoints.ts';
import type { Operation } from './context.ts';

/** Sets the role of one member, but never of the owner of the key or of the last admin. */
export const updateMember: Operation<'update-member'> = async (inputs, context) => {
  const trust = decideForPeople(inputs.mode, 'inputs', context);
  const found = await lookUpMember(inputs, readOnly(context.neon), !trust.apply);
  if (!('row' in found)) throw new Error(notMemberText(inputs, 'list-members'));
  const { row, guard } = found;
  const { role = row.member.role, show_emails } = inputs;
  const change = roleChangeOf(row, role);
  if (!change) {
    context.info(sameRoleText(row));
    return memberResult(row, show_emails);
  }
  if (guard) throw new Error(guardText(row.user.email, guard));
  const [outcome] = trust.apply ? await applyWithLog([change], [], context) : [];
  return changeResult(row, change, outcome, trust, show_emails);
};
