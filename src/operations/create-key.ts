import type { SecretPlace } from '../github/secrets.ts';
import { lifetimeFor } from '../keys/chosen-lifetime.ts';
import { type Minted, type MintRequest, mint } from '../keys/mint.ts';
import { originOf } from '../keys/name.ts';
import { createdLine, createdResult } from '../keys/render-create.ts';
import { placeOf } from '../keys/secret-place.ts';
import type { Operation, OperationContext } from './context.ts';

/** Mints a key. With `lifetime: job` the post step revokes it; otherwise it outlives the job and can be stored in a secret. */
export const createKey: Operation<'create-key'> = async (inputs, context) => {
  const run = context.workflowRun();
  const place = placeOf(inputs);
  const lifetime = lifetimeFor(inputs.lifetime, place !== undefined, context.event);
  const label = inputs.key_name ?? `${run.repository.split('/').at(-1)} ${run.job}`;
  const projectId = inputs.project_id;
  const { key, name } = await mintFor({ label, mark: { ...originOf(run), lifetime }, projectId }, place, context);
  const created = { key, lifetime, projectId, place };
  context.info(createdLine(created));
  // A key that outlives the job is no longer a lease once the outputs have it.
  const delivered = () => lifetime.kind !== 'job' && context.ledger.forget(name);
  return { ...createdResult(created, inputs.export_env), delivered };
};

async function mintFor(
  request: MintRequest,
  place: SecretPlace | undefined,
  context: OperationContext,
): Promise<Minted> {
  if (!place) return mint(request, context);
  const { mintIntoSecret, openSecret } = await import('../keys/secret-store.ts');
  return mintIntoSecret(request, await openSecret(place, context), context);
}
