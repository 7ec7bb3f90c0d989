import { pullRequestOf, type WorkflowEvent } from '../github/event.ts';
import type { SecretPlace } from '../github/secrets.ts';
import type { InputsOf } from '../inputs/declarations.ts';
import { type Minted, type MintRequest, mint } from '../keys/mint.ts';
import { type Lifetime, originOf } from '../keys/name.ts';
import { factsOf, outputsOf, reachText } from '../keys/render.ts';
import { placeOf, secretLabel } from '../keys/secret-place.ts';
import { oneLine } from '../lib/text.ts';
import type { NewKey } from '../neon/endpoints.ts';
import { facts, plain, time } from '../runner/markdown.ts';
import type { Result } from '../runner/result.ts';
import type { Operation, OperationContext } from './context.ts';

type CreateKeyInputs = InputsOf<'create-key'>;

/** Mints a key. With `lifetime: job` the post step revokes it; otherwise it outlives the job and may go into a secret. */
export const createKey: Operation<'create-key'> = async (inputs, context) => {
  const run = context.workflowRun();
  const { repository, job } = run;
  const lifetime = lifetimeOf(inputs, context.event);
  const label = inputs.key_name ?? `${repository.split('/').at(-1)} ${job}`;
  const mark = { ...originOf(run), lifetime };
  const place = placeOf(inputs);
  const request = { label, mark, ...(inputs.project_id ? { projectId: inputs.project_id } : {}) };
  const { key, name } = await mintFor(request, place, context);
  const stored = place ? ` It is in the ${secretLabel(place)}.` : '';
  context.info(
    `Minted key ${key.id} "${oneLine(key.name)}" for ${reachText(inputs.project_id)}.${stored} It is valid ${ending(lifetime, key)}.`,
  );
  // A key that outlives the job is no longer a lease once it is handed over.
  const delivered = () => lifetime.kind !== 'job' && context.ledger.forget(name);
  return { ...resultOf(key, inputs, lifetime, place), delivered };
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

/** @throws Error when the event is not about an open pull request */
function lifetimeOf({ lifetime: written, secret_name }: CreateKeyInputs, event: () => WorkflowEvent): Lifetime {
  const inSecret = secret_name === undefined ? {} : { inSecret: true };
  if (written === 'job') return { kind: 'job' };
  if (written === 'manual') return { kind: 'manual', ...inSecret };
  if (typeof written === 'object') return { kind: 'duration', ...written, ...inSecret };
  const started = event();
  const number = pullRequestOf(started);
  if (number === undefined) {
    throw new Error(
      `\`lifetime: pull-request\` needs the event \`pull_request\` or \`pull_request_target\`; this is \`${oneLine(started.name)}\`.`,
    );
  }
  if (started.payload.action === 'closed') {
    throw new Error(`Pull request ${number} is closed: a key with \`lifetime: pull-request\` would expire at once.`);
  }
  return { kind: 'pull-request', number, ...inSecret };
}

function resultOf(key: NewKey, inputs: CreateKeyInputs, lifetime: Lifetime, place: SecretPlace | undefined): Result {
  return {
    changed: true,
    ...(inputs.export_env ? { variables: { NEON_API_KEY: key.key } } : {}),
    outputs: { api_key: key.key, ...outputsOf(key) },
    summary: `### 🔑 A Neon key for ${beneficiary(lifetime)}\n\n${facts([
      ...factsOf(key, inputs.project_id),
      ...(place ? [['In', plain(secretLabel(place))] as [string, string]] : []),
      ['Valid', ending(lifetime, key)],
      ['Minted', time(key.created_at)],
    ])}\n`,
  };
}

function beneficiary(lifetime: Lifetime): string {
  if (lifetime.kind === 'job') return 'this job';
  return lifetime.kind === 'pull-request' ? `pull request ${lifetime.number}` : 'you to keep';
}

/** Only the post step revokes by itself, so this also says what else is needed. */
function ending(lifetime: Lifetime, { created_at }: NewKey): string {
  if (lifetime.kind === 'job') return 'until this job ends, then its post step revokes it';
  if (lifetime.kind === 'manual') return 'until someone revokes it';
  const sweeper = 'and the next `sweep-keys` or `revoke-key` revokes it';
  if (lifetime.kind === 'pull-request') return `until pull request ${lifetime.number} is closed ${sweeper}`;
  const end = lifetime.kind === 'duration' ? Date.parse(created_at) + lifetime.seconds * 1000 : Number.NaN;
  return `until ${Number.isNaN(end) ? 'it expires' : time(new Date(end).toISOString())} ${sweeper}`;
}
