import type { InputsOf } from '../inputs.ts';
import { mint } from '../keys/lease.ts';
import type { NewKey } from '../neon/endpoints.ts';
import { code, facts, time } from '../report/markdown.ts';
import type { Result } from '../report/result.ts';
import { oneLine } from '../text.ts';
import type { Operation } from './operation.ts';

type Inputs = InputsOf<'create-key'>;

/** Mints a key; with `lifetime: job` the post step revokes it, with `manual` it lives until somebody does. */
export const createKey: Operation<'create-key'> = async (inputs, step) => {
  const { repositoryId, runId, runAttempt, repository, job } = step.workflowRun();
  const label = inputs.key_name ?? `${repository.split('/').at(-1)} ${job}`;
  const mark = { repositoryId, runId, runAttempt, lifetime: { kind: inputs.lifetime } };
  const { key, name } = await mint(
    { label, mark, ...(inputs.project_id ? { projectId: inputs.project_id } : {}) },
    step,
  );
  step.info(`Minted key ${key.id} "${oneLine(key.name)}" for ${reach(inputs)}. It lives ${ending(inputs)}.`);
  // A key to keep is no lease any more once it is handed over.
  const delivered = () => inputs.lifetime === 'manual' && step.ledger.forget(name);
  return { ...resultOf(key, inputs), delivered };
};

function resultOf(key: NewKey, inputs: Inputs): Result {
  return {
    changed: true,
    ...(inputs.export_env ? { variables: { NEON_API_KEY: key.key } } : {}),
    outputs: {
      api_key: key.key,
      key_id: key.id,
      key_name: key.name,
      project_id: key.project_id ?? '',
      created_at: key.created_at,
    },
    summary: `### 🔑 A Neon key for ${inputs.lifetime === 'job' ? 'this job' : 'you to keep'}\n\n${facts([
      ['Key', code(key.name)],
      ['Id', code(key.id)],
      [
        'Reaches',
        inputs.project_id ? `project ${code(inputs.project_id)}, nothing else` : '⚠️ every project of the organization',
      ],
      ['Lives', ending(inputs)],
      ['Minted', time(key.created_at)],
    ])}\n`,
  };
}

function reach({ project_id }: Inputs): string {
  return project_id ? `project ${project_id}` : 'every project of the organization';
}

function ending({ lifetime }: Inputs): string {
  return lifetime === 'job' ? 'until this job ends, then its post step revokes it' : 'until somebody revokes it';
}
