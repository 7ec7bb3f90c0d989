import type { InputsOf } from '../inputs.ts';
import { isMeantBy } from '../keys/name.ts';
import { type Ending, revokeKeys, type Target } from '../keys/revoke.ts';
import { jsonInteger } from '../neon/json.ts';
import { code, table } from '../report/markdown.ts';
import { count } from '../text.ts';
import type { Operation, Step } from './operation.ts';

/** Revokes keys by id, by exact name or by label; a key that is gone already counts as success. */
export const revokeKey: Operation<'revoke-key'> = async (inputs, step) => {
  const targets = await findTargets(inputs, step);
  if (targets.length === 0) step.info(`No live key is called "${inputs.key_name}": nothing to do.`);
  const endings = await revokeKeys(targets, { ...step, settleMs: 0 });
  for (const ending of endings) step.info(sentence(ending));

  const revoked = endings.filter(({ how }) => how === 'revoked');
  const failed = endings.filter((ending) => ending.how === 'failed');
  return {
    changed: revoked.length > 0,
    outputs: { revoked_count: String(revoked.length) },
    json: { revoked_key_ids: revoked.map(({ target }) => jsonInteger(target.id as string)) },
    summary: `### 🗑️ ${count(revoked.length, 'Neon key')} revoked\n\n${summaryTable(endings)}\n`,
    ...(failed.length > 0
      ? {
          failure: `${count(failed.length, 'key')} of ${endings.length} not revoked.\n${failed.map(sentence).join('\n')}`,
        }
      : {}),
  };
};

async function findTargets({ key_id = [], key_name }: InputsOf<'revoke-key'>, step: Step): Promise<Target[]> {
  const byId = key_id.map((id) => ({ id, name: '' }));
  if (key_name === undefined) return byId;
  const { repositoryId } = step.workflowRun();
  const byName = (await step.neon.listOrgApiKeys()).filter(({ name }) => isMeantBy(name, key_name, repositoryId));
  return [...byId, ...byName.filter(({ id }) => !key_id.includes(id)).map(({ id, name }) => ({ id, name }))];
}

function sentence(ending: Ending): string {
  const { target } = ending;
  const key = `Key ${target.id}${target.name ? ` "${target.name}"` : ''}`;
  if (ending.how === 'failed') return `${key} is still live: ${ending.error.message}`;
  return ending.how === 'revoked' ? `${key} is revoked.` : `${key} was not live any more.`;
}

const outcome: Record<Ending['how'], string> = {
  revoked: '✅ revoked',
  'already-revoked': '☑️ was gone already',
  'never-made': '☑️ was never made',
  failed: '❌ **still live**',
};

function summaryTable(endings: Ending[]): string {
  if (endings.length === 0) return 'No live key has this name: nothing to do.';
  const rows = endings.map(({ target, how }) => [code(target.id ?? ''), code(target.name), outcome[how]]);
  return table(['Id', 'Key', ''], rows);
}
