import { decideForPeople } from '../members/decide.ts';
import { lookUpMember, removalOf } from '../members/one-member.ts';
import { changeResult, guardText, noMemberResult, pendingInvitationText, queryText } from '../members/render-member.ts';
import { carryOutAloud } from '../members/run-sync.ts';
import { readOnly } from '../neon/endpoints.ts';
import type { Operation } from './context.ts';

/** Removes one member; somebody who is not a member is not an error. Never the last admin or the owner of the key. */
export const removeMember: Operation<'remove-member'> = async (inputs, context) => {
  const trust = decideForPeople(inputs.mode, [inputs.member_id, inputs.email], context);
  const found = await lookUpMember(inputs, readOnly(context.neon), !trust.apply);
  if (!('row' in found)) {
    if (found.invitation) context.warning(pendingInvitationText(found.invitation));
    else context.info(`${queryText(inputs)} is not a member of the organization, so there is nothing to do.`);
    return noMemberResult();
  }
  const { row, guard } = found;
  if (guard) throw new Error(guardText(row.user.email, guard));
  const change = removalOf(row);
  const [outcome] = trust.apply ? await carryOutAloud([change], [], context) : [];
  return changeResult(row, change, outcome, trust, inputs.show_emails);
};
