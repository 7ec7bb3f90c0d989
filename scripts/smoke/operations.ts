// Steps with every operation of the built action, ordered so that each finds what it needs and the last ones clean up.
import type { Job, Run } from '../../emulator/runner.ts';
import type { OperationName } from '../../src/inputs/declarations.ts';
import type { Smoke } from './api.ts';

export interface SmokeSettings extends Smoke {
  /** A token that can read this repository. */
  githubToken: string;
  /** A token that can write secrets of this repository. */
  secretsToken: string;
  githubApiUrl: string;
}

export interface SmokeStep {
  operation: OperationName;
  inputs: Record<string, string>;
  /** Inputs from the outputs of earlier steps. */
  later?: (outputs: Record<string, string>) => Record<string, string>;
}

export interface StepOutcome {
  operation: OperationName;
  /** The inputs that distinguish this step from others with its operation, such as `mode: plan`. */
  inputs: string;
  passed: boolean;
  /** The masked log of the step and its post step. */
  log: string[];
}

const SECRET_NAME = 'NEON_SMOKE_KEY';
const PEOPLE_FILE = '.github/smoke-people.yml';

/** The steps before the questions. At the end, the invited person is a member. */
export function firstSteps({ projectId, memberEmail, secretsToken }: SmokeSettings): SmokeStep[] {
  const secret = { github_token: secretsToken, secret_name: SECRET_NAME };
  return [
    { operation: 'get-organization', inputs: {} },
    { operation: 'list-members', inputs: {} },
    { operation: 'list-invitations', inputs: {} },
    { operation: 'create-key', inputs: { project_id: projectId, key_name: 'smoke: job' } },
    { operation: 'list-keys', inputs: { key_name: 'smoke: job' } },
    { operation: 'create-key', inputs: { project_id: projectId, key_name: 'smoke: hour', lifetime: '1h' } },
    { operation: 'revoke-key', inputs: {}, later: ({ key_id = '' }) => ({ key_id }) },
    { operation: 'rotate-key', inputs: { ...secret, project_id: projectId } },
    { operation: 'revoke-key', inputs: secret },
    { operation: 'sweep-keys', inputs: { mode: 'plan' } },
    { operation: 'sweep-keys', inputs: { mode: 'apply' } },
    { operation: 'sync-invitations', inputs: { mode: 'plan', people_file: PEOPLE_FILE } },
    { operation: 'sync-members', inputs: { mode: 'plan', people_file: PEOPLE_FILE } },
    { operation: 'invite', inputs: { mode: 'apply', emails: memberEmail } },
    { operation: 'get-member', inputs: { email: memberEmail } },
    { operation: 'update-member', inputs: { mode: 'apply', email: memberEmail, role: 'viewer' } },
  ];
}

/** The steps after the questions. They remove the invited member. */
export function lastSteps({ memberEmail }: SmokeSettings): SmokeStep[] {
  return [{ operation: 'remove-member', inputs: { mode: 'apply', email: memberEmail } }];
}

/** Runs each step and its post step. A step that fails does not stop the others. */
export async function runSteps(job: Job, steps: SmokeStep[], settings: SmokeSettings): Promise<StepOutcome[]> {
  const outcomes: StepOutcome[] = [];
  let outputs: Record<string, string> = {};
  for (const { operation, inputs, later } of steps) {
    const step = job.step({
      operation,
      api_key: settings.apiKey,
      org_id: settings.organizationId,
      api_host: settings.apiHost,
      github_token: settings.githubToken,
      github_api_url: settings.githubApiUrl,
      ...inputs,
      ...later?.(outputs),
    });
    const main = await step.main();
    const post = await step.post({ later: 0 });
    outputs = main.outputs;
    outcomes.push({
      operation,
      inputs: shown(inputs),
      passed: isGood(main) && isGood(post),
      log: [...main.log, ...post.log],
    });
  }
  return outcomes;
}

const isGood = ({ exitCode }: Run) => exitCode === 0;

function shown({ mode, lifetime, secret_name }: Record<string, string>): string {
  const written = Object.entries({ mode, lifetime, secret_name }).filter(([, value]) => value !== undefined);
  return written.map(([name, value]) => `${name}: ${value}`).join(', ');
}
