import type { SecretPlace } from '../github/secrets.ts';
import type { InputsOf } from '../inputs.ts';
import { isMeantBy } from '../keys/name.ts';
import { type Ending, revokeKeys, type Target } from '../keys/revoke.ts';
import { rotationLabel } from '../keys/rotation.ts';
import { jsonInteger } from '../neon/json.ts';
import { plain } from '../report/markdown.ts';
import { count } from '../text.ts';
import { endingsTable, failuresOf, sentence } from './endings.ts';
import type { Operation, Step } from './operation.ts';
import { openSecret, placeOf, whereIs } from './secret.ts';

type Inputs = InputsOf<'revoke-key'>;

/** Revokes keys by id, by exact name or by label, and deletes the secret they were in; what is gone already is success. */
export const revokeKey: Operation<'revoke-key'> = async (inputs, step) => {
  const place = placeOf(inputs);
  const targets = await findTargets(inputs, place, step);
  if (targets.length === 0) step.info('No such key is live: nothing to revoke.');
  const endings = await revokeKeys(targets, { ...step, settleMs: 0, told: (ending) => step.info(sentence(ending)) });
  const removal = place ? await removeSecret(place, step) : nothingRemoved;
  const failures = [...failuresOf(endings), ...removal.failures];

  const revoked = endings.filter(({ how }) => how === 'revoked');
  return {
    changed: revoked.length > 0 || removal.removed,
    outputs: { revoked_count: String(revoked.length) },
    json: { revoked_key_ids: revoked.map(({ target }) => jsonInteger(target.id as string)) },
    summary: summaryOf(revoked.length, endings, removal.sentence),
    ...(failures.length > 0 ? { failure: failures.join('\n') } : {}),
  };
};

function summaryOf(revoked: number, endings: Ending[], removal: string): string {
  const table = endings.length > 0 ? endingsTable(endings) : 'No such key is live: nothing to revoke.';
  return `### 🗑️ ${count(revoked, 'Neon key')} revoked\n\n${[table, plain(removal)].filter(Boolean).join('\n\n')}\n`;
}

async function findTargets(inputs: Inputs, place: SecretPlace | undefined, step: Step): Promise<Target[]> {
  const { key_id = [], key_name } = inputs;
  const byId = key_id.map((id) => ({ id, name: '' }));
  const labels = [key_name, place && rotationLabel(place)].filter((label) => label !== undefined);
  if (key_name === undefined && (!place || byId.length > 0)) return byId;
  const { repositoryId } = step.workflowRun();
  const isMeant = (name: string) => labels.some((label) => isMeantBy(name, label, repositoryId));
  const byName = (await step.neon.listOrgApiKeys()).filter(({ name }) => isMeant(name));
  return [...byId, ...byName.filter(({ id }) => !key_id.includes(id)).map(({ id, name }) => ({ id, name }))];
}

interface Removal {
  removed: boolean;
  sentence: string;
  failures: string[];
}

const nothingRemoved: Removal = { removed: false, sentence: '', failures: [] };

/** The keys are dealt with before it, so a secret that cannot be deleted holds a dead key. */
async function removeSecret(place: SecretPlace, step: Step): Promise<Removal> {
  try {
    const removed = await (await openSecret(place, step)).remove();
    const sentence = removed
      ? `Deleted ${whereIs(place)}.`
      : `There is no ${whereIs(place).slice(4)}: nothing to delete.`;
    step.info(sentence);
    return { removed, sentence, failures: [] };
  } catch (error) {
    step.cancelled.throwIfAborted();
    const sentence = `Could not delete ${whereIs(place)}.`;
    return { removed: false, sentence, failures: [`${sentence} ${(error as Error).message}`] };
  }
}
