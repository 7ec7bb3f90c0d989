import type { Secret, SecretPlace } from '../github/secrets.ts';
import type { InputsOf } from '../inputs/declarations.ts';
import { isMeantBy, type Mark, parseName } from '../keys/name.ts';
import { resultOfRevocations, revocationsTable, sentence } from '../keys/render.ts';
import { type Revocation, revokeKeys, type Target } from '../keys/revoke.ts';
import { secretIdOf } from '../keys/rotation.ts';
import { count } from '../lib/text.ts';
import { plain } from '../runner/markdown.ts';
import type { Operation, OperationContext } from './context.ts';
import { openSecret, placeOf, whereIs } from './secret.ts';

type Inputs = InputsOf<'revoke-key'>;

/** Revokes keys by id, by exact name or by label, and deletes the secret they were in; what is gone already is success. */
export const revokeKey: Operation<'revoke-key'> = async (inputs, context) => {
  const place = placeOf(inputs);
  const secret = place && (await openSecret(place, context));
  // What the token may not do is told before a key is revoked that the secret would go on to hold.
  await secret?.prepare();
  const targets = await findTargets(inputs, place, context);
  if (targets.length === 0) context.info('No such key is live: nothing to revoke.');
  const revocations = await revokeKeys(targets, {
    ...context,
    settleMs: 0,
    onOutcome: (revocation) => context.info(sentence(revocation)),
  });
  const isFailed = revocations.some(({ how }) => how === 'failed');
  const removal = secret && !isFailed ? await removeSecret(secret, whereIs(place), context) : nothingRemoved;
  if (removal.removed && revocations.length === 0) {
    context.warning(
      `${removal.sentence} No key was found beside it: one that it held may live on, \`list-keys\` tells.`,
    );
  }
  const { revoked, outputs, json, failed } = resultOfRevocations(revocations, removal.failures);
  const summary = summaryOf(revoked, revocations, removal.sentence);
  return { changed: revoked > 0 || removal.removed, outputs, json, summary, ...failed };
};

function summaryOf(revoked: number, revocations: Revocation[], removal: string): string {
  const table = revocations.length > 0 ? revocationsTable(revocations) : 'No such key is live: nothing to revoke.';
  return `### 🗑️ ${count(revoked, 'Neon key')} revoked\n\n${[table, plain(removal)].filter(Boolean).join('\n\n')}\n`;
}

async function findTargets(
  inputs: Inputs,
  place: SecretPlace | undefined,
  context: OperationContext,
): Promise<Target[]> {
  const { key_id = [], key_name } = inputs;
  const byId = key_id.map((id) => ({ id, name: '' }));
  if (key_name === undefined && (!place || byId.length > 0)) return byId;
  const run = context.workflowRun();
  const secretId = place && secretIdOf(place, run);
  const isOfSecret = ({ mark }: { mark: Mark }) =>
    mark.lifetime.kind === 'rotation' && mark.lifetime.secretId === secretId;
  const isMeant = (name: string) => {
    const parsed = parseName(name);
    return (parsed && isOfSecret(parsed)) || (key_name !== undefined && isMeantBy(name, key_name, run));
  };
  const byName = (await context.neon.listOrgApiKeys()).filter(({ name }) => isMeant(name));
  return [...byId, ...byName.filter(({ id }) => !key_id.includes(id)).map(({ id, name }) => ({ id, name }))];
}

interface Removal {
  removed: boolean;
  sentence: string;
  failures: string[];
}

const nothingRemoved: Removal = { removed: false, sentence: '', failures: [] };

/** The keys are dealt with before it, so a secret that cannot be deleted holds a dead key. */
async function removeSecret(secret: Secret, where: string, context: OperationContext): Promise<Removal> {
  try {
    const removed = await secret.remove();
    const sentence = removed ? `Deleted ${where}.` : `There is no ${where.slice(4)}: nothing to delete.`;
    context.info(sentence);
    return { removed, sentence, failures: [] };
  } catch (error) {
    context.cancelled.throwIfAborted();
    const sentence = `Could not delete ${where}.`;
    return { removed: false, sentence, failures: [`${sentence} ${(error as Error).message}`] };
  }
}
