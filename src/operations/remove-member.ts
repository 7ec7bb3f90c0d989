import { readKeysOf } from '../keys/creator.ts';
import { incompleteText, leaverKeysSection, leaverKeysText } from '../keys/render-keys.ts';
import { shownWith } from '../lib/email.ts';
import { lookUpMember, readInvitationsOf, removalOf } from '../members/member.ts';
import {
  changeResult,
  guardText,
  leaverInvitationsJson,
  leaverInvitationsSection,
  leaverInvitationsText,
  noMemberResult,
  noMemberText,
} from '../members/render-member.ts';
import { applyWithLog, decideForPeople } from '../members/steps.ts';
import { readOnly, toNeonJson } from '../neon/endpoints.ts';
import type { Operation } from './context.ts';

/**
 * Removes one member, and reports the keys and invitations that remain. If the person is not a member, it warns and does
 * not fail. It never removes the last admin or the owner of the key.
 */
export const removeMember: Operation<'remove-member'> = async (inputs, context) => {
  const trust = decideForPeople(inputs.mode, 'inputs', context);
  // If the runner's variables are missing, this fails before anything is removed.
  const run = context.workflowRun();
  const neon = readOnly(context.neon);
  const found = await lookUpMember(inputs, neon, !trust.apply);
  if (!('row' in found)) {
    context.warning(noMemberText(inputs, found.invitation));
    return noMemberResult(found.invitation);
  }
  const { row, rows, guard } = found;
  if (guard) throw new Error(guardText(row.user.email, guard));
  const change = removalOf(row);
  const before = await readKeysOf(row.member.user_id, neon);
  const invitations = await readInvitationsOf(row, rows, neon);
  const [outcome] = trust.apply ? await applyWithLog([change], [], context) : [];
  // Read again, because the person could create keys until the removal.
  const after = outcome ? await readKeysOf(row.member.user_id, neon, before) : before;
  for (const text of [incompleteText(after), leaverInvitationsText(invitations)]) if (text) context.warning(text);
  if ('keys' in after) context.info(leaverKeysText(after.keys));
  const shown = shownWith(inputs.show_emails);
  const result = changeResult(row, change, outcome, trust, inputs.show_emails);
  const sections = [leaverKeysSection(after, run, shown), leaverInvitationsSection(invitations, shown)].filter(Boolean);
  return {
    ...result,
    json: {
      ...result.json,
      keys: 'keys' in after ? after.keys.map(toNeonJson) : null,
      invitations: leaverInvitationsJson(invitations),
    },
    summary: `${result.summary}\n${sections.join('\n\n')}\n`,
  };
};
