import { repositoryOf } from '../github/run.ts';
import { membersPermission } from '../github/teams.ts';
import { shownWith } from '../lib/email.ts';
import { addressSources } from '../members/address-book.ts';
import { readMembers } from '../members/member.ts';
import { draftPeople, type KnownAccounts, readKnownAccounts } from '../members/people-draft.ts';
import { maxPeopleFileLength } from '../members/people-file.ts';
import {
  draftNotices,
  draftSection,
  draftTooLargeText,
  foundMembersText,
  membersResult,
  peopleFileText,
} from '../members/render-member.ts';
import type { Operation, OperationContext } from './context.ts';

/** Lists all members, sorted by address, and drafts a people file from them. */
export const listMembers: Operation<'list-members'> = async (inputs, context) => {
  const members = await readMembers(context.neon);
  context.info(foundMembersText(members));
  const result = membersResult(members, inputs.show_emails);
  const known = await knownAccounts(addressSources(inputs.identity_sources), context);
  for (const text of draftNotices(known, membersPermission)) context.warning(text);
  const lines = draftPeople(members, known.accounts);
  const text = peopleFileText(lines, inputs.org_id);
  if (text.length > maxPeopleFileLength) {
    context.warning(draftTooLargeText);
    return result;
  }
  const section = draftSection(text, lines, shownWith(inputs.show_emails));
  const outputs = { ...result.outputs, people_file: text };
  return { ...result, outputs, summary: `${result.summary}\n${section}\n` };
};

async function knownAccounts(
  sources: ReturnType<typeof addressSources>,
  { github, workflowRun }: OperationContext,
): Promise<KnownAccounts> {
  if (sources.length === 0) return { accounts: new Map(), unusable: new Map(), isHidden: false };
  return readKnownAccounts(await github(), repositoryOf(workflowRun()).owner, sources);
}
