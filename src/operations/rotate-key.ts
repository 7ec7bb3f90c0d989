import type { SecretPlace } from '../github/secrets.ts';
import type { InputsOf } from '../inputs.ts';
import { originOf } from '../keys/name.ts';
import { secretIdOf } from '../keys/rotation.ts';
import { type Rotation, rotate } from '../keys/store.ts';
import { code, facts, plain, time } from '../report/markdown.ts';
import { count, oneLine } from '../text.ts';
import { endingsTable, resultOfEndings, sentence } from './endings.ts';
import { factsOf, outputsOf } from './new-key.ts';
import type { Operation } from './operation.ts';
import { openSecret, placeOf, whereIs } from './secret.ts';

/** Replaces the key in a secret, and revokes those before it whose grace is over. */
export const rotateKey: Operation<'rotate-key'> = async (inputs, step) => {
  // The rules of the inputs ask for `secret_name`.
  const place = placeOf(inputs) as SecretPlace;
  const run = step.workflowRun();
  const lifetime = { kind: 'rotation', graceSeconds: inputs.grace, secretId: secretIdOf(place, run) } as const;
  const request = {
    label: place.name.toUpperCase(),
    mark: { ...originOf(run), lifetime },
    ...(inputs.project_id ? { projectId: inputs.project_id } : {}),
  };
  const secret = await openSecret(place, step);
  const rotation = await rotate(request, { ...step, secret, told: (ending) => step.info(sentence(ending)) });
  step.info(`${whereIs(place)} holds the new key ${rotation.key.id} "${oneLine(rotation.key.name)}".`);
  if (rotation.heldUnknown) {
    step.warning(
      `${whereIs(place)} was there before, and no rotation is known that filled it: a Neon key that it held lives on. ` +
        '`list-keys` shows the keys, `revoke-key` ends one.',
    );
  }
  return resultOf(rotation, inputs, place);
};

function resultOf({ key, endings, kept }: Rotation, inputs: InputsOf<'rotate-key'>, place: SecretPlace) {
  const { outputs, json, failed } = resultOfEndings(endings);
  return {
    changed: true,
    outputs: { ...outputsOf(key), ...outputs },
    json,
    summary: `### 🔄 ${plain(whereIs(place))} holds a new Neon key\n\n${facts([
      ...factsOf(key, inputs.project_id),
      ['Minted', time(key.created_at)],
    ])}\n${endings.length > 0 ? `\n${endingsTable(endings)}\n` : ''}${keptText(kept)}`,
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
