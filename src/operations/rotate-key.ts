import type { SecretPlace } from '../github/secrets.ts';
import { originOf } from '../keys/name.ts';
import { outputsOf, resultOfRevocations, revocationLine, waitLine } from '../keys/render.ts';
import { foreignKeyWarning, rotatedLine, rotationSummary } from '../keys/render-rotation.ts';
import type { Revocation } from '../keys/revoke.ts';
import { rotate } from '../keys/rotate.ts';
import { secretIdOf } from '../keys/rotation-rule.ts';
import { placeOf } from '../keys/secret-place.ts';
import { openSecret } from '../keys/secret-store.ts';
import { type KeyEndpoints, type Neon, personalKeys } from '../neon/endpoints.ts';
import type { Operation } from './context.ts';

/** Replaces the key in a secret, and revokes previous keys whose grace period has elapsed. */
export const rotateKey: Operation<'rotate-key'> = async (inputs, context) => {
  // The rules of the inputs require `secret_name`.
  const place = placeOf(inputs) as SecretPlace;
  const run = context.workflowRun();
  const lifetime = { kind: 'rotation', graceSeconds: inputs.grace, secretId: secretIdOf(place, run) } as const;
  const request = {
    label: place.name.toUpperCase(),
    mark: { ...originOf(run), lifetime },
    projectId: inputs.project_id,
  };
  const isPersonal = inputs.scope === 'account';
  const keysOf = (neon: Neon): KeyEndpoints => (isPersonal ? personalKeys(neon) : neon);
  const secret = await openSecret(place, context);
  const onOutcome = (revocation: Revocation) => context.info(revocationLine(revocation));
  const rotation = await rotate(request, {
    ...context,
    neon: { ...context.neon, ...keysOf(context.neon) },
    secret,
    // Personal keys are revoked with the new key, because `api_key` may be one of them.
    withRevoker: (newKey, work) =>
      isPersonal ? context.withKey(newKey, (neon) => work(keysOf(neon))) : work(context.neon),
    onOutcome,
    onWait: (keyCount, waitMs) => context.info(waitLine(keyCount, waitMs)),
  });
  const { key, revocations, foreignKey } = rotation;
  context.info(rotatedLine(rotation, place));
  if (foreignKey) context.warning(foreignKeyWarning(place, isPersonal));
  const { outputs, json, failed } = resultOfRevocations(revocations);
  return {
    changed: true,
    outputs: { ...outputsOf(key), ...outputs },
    json,
    summary: rotationSummary(rotation, place, inputs),
    ...failed,
  };
};
