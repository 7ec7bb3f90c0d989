import type { SecretPlace } from '../github/secrets.ts';
import type { InputsOf } from '../inputs/declarations.ts';
import { originOf } from '../keys/name.ts';
import { factsOf, outputsOf, resultOfRevocations, revocationsTable, sentence } from '../keys/render.ts';
import { type Rotation, rotate } from '../keys/rotate.ts';
import { secretIdOf } from '../keys/rotation.ts';
import { count, oneLine } from '../lib/text.ts';
import { code, facts, plain, time } from '../runner/markdown.ts';
import type { Operation } from './context.ts';
import { openSecret, placeOf, whereIs } from './secret.ts';

/** Replaces the key in a secret, and revokes those before it whose grace is over. */
export const rotateKey: Operation<'rotate-key'> = async (inputs, context) => {
  // The rules of the inputs ask for `secret_name`.
  const place = placeOf(inputs) as SecretPlace;
  const run = context.workflowRun();
  const lifetime = { kind: 'rotation', graceSeconds: inputs.grace, secretId: secretIdOf(place, run) } as const;
  const request = {
    label: place.name.toUpperCase(),
    mark: { ...originOf(run), lifetime },
    ...(inputs.project_id ? { projectId: inputs.project_id } : {}),
  };
  const secret = await openSecret(place, context);
  const rotation = await rotate(request, {
    ...context,
    secret,
    onOutcome: (revocation) => context.info(sentence(revocation)),
  });
  context.info(`${whereIs(place)} holds the new key ${rotation.key.id} "${oneLine(rotation.key.name)}".`);
  if (rotation.heldUnknown) {
    context.warning(
      `${whereIs(place)} was there before, and no rotation is known that filled it: a Neon key that it held lives on. ` +
        '`list-keys` shows the keys, `revoke-key` ends one.',
    );
  }
  return resultOf(rotation, inputs, place);
};

function resultOf({ key, revocations, kept }: Rotation, inputs: InputsOf<'rotate-key'>, place: SecretPlace) {
  const { outputs, json, failed } = resultOfRevocations(revocations);
  return {
    changed: true,
    outputs: { ...outputsOf(key), ...outputs },
    json,
    summary: `### 🔄 ${plain(whereIs(place))} holds a new Neon key\n\n${facts([
      ...factsOf(key, inputs.project_id),
      ['Minted', time(key.created_at)],
    ])}\n${revocations.length > 0 ? `\n${revocationsTable(revocations)}\n` : ''}${keptText(kept)}`,
    ...failed,
  };
}

/** Keys before this one that live on: their grace is not over, or another run may be storing them right now. */
function keptText(kept: Rotation['kept']): string {
  if (kept.length === 0) return '';
  const lines = kept.map(({ key, until }) => {
    const end =
      until === undefined
        ? 'a rotation that begins five minutes after it, or later'
        : time(new Date(until).toISOString());
    return `- ${code(key.id)} ${code(key.name)} lives until ${end}`;
  });
  const who = 'the next `rotate-key` or `sweep-keys` after that revokes it';
  return `\n${count(kept.length, 'key')} of before ${kept.length === 1 ? 'lives' : 'live'} on; ${who}.\n\n${lines.join('\n')}\n`;
}
