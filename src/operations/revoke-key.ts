import type { Secret, SecretPlace } from '../github/secrets.ts';
import type { InputsOf } from '../inputs.ts';
import { isMeantBy, type Mark, parseName } from '../keys/name.ts';
import { type Ending, revokeKeys, type Target } from '../keys/revoke.ts';
import { secretIdOf } from '../keys/rotation.ts';
import { plain } from '../report/markdown.ts';
import { count } from '../text.ts';
import { endingsTable, resultOfEndings, sentence } from './endings.ts';
import type { Operation, Step } from './operation.ts';
import { openSecret, placeOf, whereIs } from './secret.ts';

type Inputs = InputsOf<'revoke-key'>;

/** Revokes keys by id, by exact name or by label, and deletes the secret they were in; what is gone already is success. */
export const revokeKey: Operation<'revoke-key'> = async (inputs, step) => {
  const place = placeOf(inputs);
  const secret = place && (await openSecret(place, step));
  // What the token may not do is told before a key is revoked that the secret would go on to hold.
  await secret?.prepare();
  const targets = await findTargets(inputs, place, step);
  if (targets.length === 0) step.info('No such key is live: nothing to revoke.');
  const endings = await revokeKeys(targets, { ...step, settleMs: 0, told: (ending) => step.info(sentence(ending)) });
  const isFailed = endings.some(({ how }) => how === 'failed');
  const removal = secret && !isFailed ? await removeSecret(secret, whereIs(place), step) : nothingRemoved;
  if (removal.removed && endings.length === 0) {
    step.warning(`${removal.sentence} No key was found beside it: one that it held may live on, \`list-keys\` tells.`);
  }
  const { revoked, outputs, json, failed } = resultOfEndings(endings, removal.failures);
  const summary = summaryOf(revoked, endings, removal.sentence);
  return { changed: revoked > 0 || removal.removed, outputs, json, summary, ...failed };
};

function summaryOf(revoked: number, endings: Ending[], removal: string): string {
  const table = endings.length > 0 ? endingsTable(endings) : 'No such key is live: nothing to revoke.';
  return `### 🗑️ ${count(revoked, 'Neon key')} revoked\n\n${[table, plain(removal)].filter(Boolean).join('\n\n')}\n`;
}

async function findTargets(inputs: Inputs, place: SecretPlace | undefined, step: Step): Promise<Target[]> {
  const { key_id = [], key_name } = inputs;
  const byId = key_id.map((id) => ({ id, name: '' }));
  if (key_name === undefined && (!place || byId.length > 0)) return byId;
  const run = step.workflowRun();
  const secretId = place && secretIdOf(place, run);
  const isOfSecret = ({ mark }: { mark: Mark }) =>
    mark.lifetime.kind === 'rotation' && mark.lifetime.secretId === secretId;
  const isMeant = (name: string) => {
    const parsed = parseName(name);
    return (parsed && isOfSecret(parsed)) || (key_name !== undefined && isMeantBy(name, key_name, run));
  };
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
async function removeSecret(secret: Secret, where: string, step: Step): Promise<Removal> {
  try {
    const removed = await secret.remove();
    const sentence = removed ? `Deleted ${where}.` : `There is no ${where.slice(4)}: nothing to delete.`;
    step.info(sentence);
    return { removed, sentence, failures: [] };
  } catch (error) {
    step.cancelled.throwIfAborted();
    const sentence = `Could not delete ${where}.`;
    return { removed: false, sentence, failures: [`${sentence} ${(error as Error).message}`] };
  }
}
