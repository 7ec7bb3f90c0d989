import { type CreatedKeys, keysCreatedBy } from '../keys/creator.ts';
import { matchesKeyName } from '../keys/name.ts';
import { foundKeysText, incompleteText, keysResult, noKeysText } from '../keys/render-keys.ts';
import { shownWith } from '../lib/email.ts';
import { userIdOf } from '../members/member.ts';
import type { Operation, OperationContext } from './context.ts';

/** Lists active keys, newest first. Neon does not return their tokens again. */
export const listKeys: Operation<'list-keys'> = async ({ key_name, created_by, show_emails }, context) => {
  const run = context.workflowRun();
  const all = await context.neon.listOrgApiKeys();
  const named = key_name === undefined ? all : all.filter(({ name }) => matchesKeyName(name, key_name, run));
  const keys = created_by === undefined ? named : (await createdBy(created_by, named, context)).keys;
  keys.sort((a, b) => b.created_at.localeCompare(a.created_at));
  const isFiltered = key_name !== undefined || created_by !== undefined;
  context.info(foundKeysText(all, isFiltered ? keys : undefined));
  return keysResult(keys, run, shownWith(show_emails));
};

/** Filters keys by their creator, and warns if some may be missing. */
async function createdBy(
  creator: string,
  keys: Awaited<ReturnType<OperationContext['neon']['listOrgApiKeys']>>,
  { neon, warning }: OperationContext,
): Promise<CreatedKeys> {
  const { userId, isMember } = await userIdOf(creator, neon);
  const created = keysCreatedBy(keys, userId, new Set());
  const incomplete = incompleteText(created);
  if (incomplete) warning(incomplete);
  if (!isMember && created.keys.length === 0) warning(noKeysText(creator));
  return created;
}
