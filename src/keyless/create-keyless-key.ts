import { randomUUID } from 'node:crypto';
import { readWorkflowRun } from '../github/run.ts';
import type { KeylessInputs } from '../inputs/declarations.ts';
import { originOf } from '../keys/name.ts';
import type { Cancellation } from '../lib/cancel.ts';
import type { Clock } from '../lib/clock.ts';
import { oneLine } from '../lib/text.ts';
import type { Runner } from '../runner/commands.ts';
import { code, facts, time } from '../runner/markdown.ts';
import { hasPostStarted } from '../runner/post-marker.ts';
import type { Result } from '../runner/result.ts';
import { type BrokerKey, openBroker } from './broker-client.ts';
import { BrokerError } from './errors.ts';
import { mintKeyless, toBrokerLabel } from './mint.ts';
import { mintFailure } from './render.ts';
import { keylessStateName, writeKeylessState } from './state.ts';

interface KeylessContext {
  env: NodeJS.ProcessEnv;
  runner: Runner;
  cancellation: Cancellation;
  clock: Clock;
  random: () => number;
  newNonce: () => string;
}

/** `create-key` with a key broker: the job has no admin key and proves its identity with an ID token. */
export async function createKeylessKey(inputs: KeylessInputs, context: KeylessContext): Promise<Result> {
  const { broker_url: brokerUrl, project_id: projectId, timeout: timeoutMs } = inputs;
  const { env, runner, cancellation, clock, random, newNonce } = context;
  const { mask, info, saveState } = runner;
  const { cancelled, abandoned: signal } = cancellation;
  const run = readWorkflowRun(env);
  const label = toBrokerLabel(inputs.key_name ?? `${run.repository.split('/').at(-1)} ${run.job}`);
  const broker = openBroker(brokerUrl, { env, mask, newRequestId: randomUUID, timeoutMs, signal });
  const key = await mintKeyless(
    { run: originOf(run), projectId, label },
    {
      ...{ broker, clock, random, newNonce, mask, info, cancelled },
      save: (nonces) => saveState(keylessStateName, writeKeylessState({ brokerUrl, timeoutMs, nonces })),
      hasPostStarted: () => hasPostStarted(env),
    },
  ).catch((error) => {
    throw error instanceof BrokerError ? new Error(mintFailure(error), { cause: error }) : error;
  });
  info(
    `The broker created key ${key.id} "${oneLine(key.name)}" for project ${projectId}. It is valid until the post step has it revoked at the end of this job, and no later than ${oneLine(key.expires_at)}.`,
  );
  return keylessResult(key, inputs);
}

function keylessResult(
  { id, name, key, project_id, created_at, expires_at }: BrokerKey,
  inputs: KeylessInputs,
): Result {
  return {
    changed: true,
    ...(inputs.export_env ? { variables: { NEON_API_KEY: key } } : {}),
    outputs: { api_key: key, key_id: id, key_name: name, project_id, created_at },
    summary: `### 🔑 New Neon key for this job\n\n${facts([
      ['Key', code(name)],
      ['ID', code(id)],
      ['Access', `only project ${code(project_id)}`],
      ['Valid', `until the post step has it revoked at the end of this job, and no later than ${time(expires_at)}`],
      ['Created', `${time(created_at)} by the key broker`],
    ])}\n`,
  };
}
