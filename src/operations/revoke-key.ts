import type { InputsOf } from '../inputs.ts';
import { isMeantBy } from '../keys/name.ts';
import { revokeKeys, type Target } from '../keys/revoke.ts';
import { jsonInteger } from '../neon/json.ts';
import { count } from '../text.ts';
import { endingsTable, sentence } from './endings.ts';
import type { Operation, Step } from './operation.ts';

/** Revokes keys by id, by exact name or by label; a key that is gone already counts as success. */
export const revokeKey: Operation<'revoke-key'> = async (inputs, step) => {
  const targets = await findTargets(inputs, step);
  if (targets.length === 0) step.info(`No live key is called "${inputs.key_name}": nothing to do.`);
  const endings = await revokeKeys(targets, { ...step, settleMs: 0, told: (ending) => step.info(sentence(ending)) });

  const revoked = endings.filter(({ how }) => how === 'revoked');
  const failed = endings.flatMap((ending) =>
    ending.how === 'failed' ? [`${sentence(ending)} ${ending.error.message}`] : [],
  );
  const failure = `${count(failed.length, 'key')} of ${endings.length} not revoked.\n${failed.join('\n')}`;
  return {
    changed: revoked.length > 0,
    outputs: { revoked_count: String(revoked.length) },
    json: { revoked_key_ids: revoked.map(({ target }) => jsonInteger(target.id as string)) },
    summary: `### 🗑️ ${count(revoked.length, 'Neon key')} revoked\n\n${endings.length > 0 ? endingsTable(endings) : nothing}\n`,
    ...(failed.length > 0 ? { failure } : {}),
  };
};

const nothing = 'No live key has this name: nothing to do.';

async function findTargets({ key_id = [], key_name }: InputsOf<'revoke-key'>, step: Step): Promise<Target[]> {
  const byId = key_id.map((id) => ({ id, name: '' }));
  if (key_name === undefined) return byId;
  const { repositoryId } = step.workflowRun();
  const byName = (await step.neon.listOrgApiKeys()).filter(({ name }) => isMeantBy(name, key_name, repositoryId));
  return [...byId, ...byName.filter(({ id }) => !key_id.includes(id)).map(({ id, name }) => ({ id, name }))];
}
