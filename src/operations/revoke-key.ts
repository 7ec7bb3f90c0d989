import type { SecretPlace } from '../github/secrets.ts';
import type { InputsOf } from '../inputs/declarations.ts';
import { resultOfRevocations, revocationLine, waitLine } from '../keys/render.ts';
import { keptFromRevocation, nothingToRevoke, revocationSummary, secretRemoval } from '../keys/render-revoke.ts';
import { type Revocation, targetOf } from '../keys/revoke.ts';
import { secretIdOf } from '../keys/rotation-rule.ts';
import { placeOf } from '../keys/secret-place.ts';
import { openSecret, removeSecret } from '../keys/secret-store.ts';
import { revokeAndName, type Selection, selectKeys } from '../keys/select-keys.ts';
import type { Operation, OperationContext } from './context.ts';

type RevokeKeyInputs = InputsOf<'revoke-key'>;

/**
 * Revokes keys by ID, by exact name, by label or by their secret. The secret is deleted after the keys are listed and
 * before they are revoked, so that it never holds a revoked key. An already revoked key is not an error.
 */
export const revokeKey: Operation<'revoke-key'> = async (inputs, context) => {
  const { key_id: ids = [] } = inputs;
  const place = placeOf(inputs);
  const { selected, storing } = await findKeys(inputs, place, context);
  const named = selected.filter(({ id }) => !ids.includes(id)).map(targetOf);
  const targets = [...ids.map((id) => ({ id, name: '' })), ...named];
  const removed = place && (await removeSecret(await openSecret(place, context), place));
  if (place) {
    const found = targets.length + storing.length > 0;
    const { text, isWarning } = secretRemoval(place, removed === true, found);
    context[isWarning ? 'warning' : 'info'](text);
  }
  if (targets.length === 0) context.info(nothingToRevoke);
  const onOutcome = (revocation: Revocation) => context.info(revocationLine(revocation));
  const onWait = (keyCount: number, waitMs: number) => context.info(waitLine(keyCount, waitMs));
  const revocations = await revokeAndName(targets, context.neon, { ...context, onOutcome, onWait });
  for (const key of storing) context.notice(keptFromRevocation(key));
  const { revoked, outputs, json, failed } = resultOfRevocations(revocations);
  const summary = revocationSummary(revoked, revocations, storing, place && { place, removed: removed === true });
  return { changed: revoked > 0 || removed === true, outputs, json, summary, ...failed };
};

/** Reads the list of keys only if a name or a secret has to be looked up. */
async function findKeys(
  { key_id = [], key_name: keyName }: RevokeKeyInputs,
  place: SecretPlace | undefined,
  { neon, workflowRun }: OperationContext,
): Promise<Selection> {
  if (keyName === undefined && (!place || key_id.length > 0)) return { selected: [], storing: [] };
  const origin = workflowRun();
  const keys = await neon.listOrgApiKeys();
  return selectKeys(keys, { keyName, secretId: place && secretIdOf(place, origin), origin }, neon.now());
}
