// The GitHub App of the examples: each step that requests a token gets one with exactly the requested permissions.
import { parse } from 'yaml';
import { SEED } from '../../emulator/github/state.ts';
import type { GitHubServer } from '../../emulator/github.ts';
import { write } from './act.ts';

export const APP_TOKEN = 'actions/create-github-app-token@';

interface Step {
  uses?: string;
  with?: Record<string, string>;
}

interface Job {
  permissions?: Record<string, 'read' | 'write'>;
  steps: Step[];
}

type Permissions = Record<string, 'read' | 'write'>;

const jobsOf = (workflow: string) => (parse(workflow) as { jobs: Record<string, Job> }).jobs;

/**
 * Gives GITHUB_TOKEN the `permissions` of the jobs. act has one token for all jobs, so it gets those of any job.
 * @param job the only job that runs; undefined: all jobs run
 */
export function grantToJobs(github: GitHubServer, workflow: string, job?: string): void {
  const jobs = Object.entries(jobsOf(workflow)).filter(([id]) => job === undefined || id === job);
  const requested = jobs.flatMap(([, { permissions = {} }]) => Object.entries(permissions));
  github.change(({ tokens }) => {
    const own = tokens.find(({ token }) => token === github.tokens.default);
    if (own) own.permissions = underscored([['metadata', 'read'], ...requested]);
  });
}

/**
 * Installs the app in the emulated GitHub, and writes the stand-in for the action that asks for its tokens. The stand-in
 * fails without the app's id and key, masks the token and sets the output.
 */
export function installApp(github: GitHubServer, workflow: string, folder: string): void {
  const steps = Object.values(jobsOf(workflow)).flatMap((job) => job.steps);
  const table = steps
    .filter(({ uses }) => uses?.startsWith(APP_TOKEN))
    .map((step) => addToken(github, step.with ?? {}));
  const action = { name: 'Stand-in', description: 'Stand-in', runs: { using: 'node24', main: 'main.mjs' } };
  write(folder, { 'action.yml': JSON.stringify(action), 'main.mjs': standIn(Object.fromEntries(table)) });
}

/** @returns the request as text, and the token for it */
function addToken(github: GitHubServer, inputs: Record<string, string>): [requested: string, token: string] {
  const requested = Object.entries(inputs).filter(([name]) => name.startsWith('permission-'));
  const token = `ghs_emulated_app_${crypto.randomUUID().replaceAll('-', '')}`;
  const permissions = underscored(requested.map(([name, level]) => [name.slice('permission-'.length), level]));
  github.change(({ tokens }) => {
    tokens.push({
      token,
      kind: 'installation',
      organization: SEED.organization,
      // Without `owner`, it reaches the repository of the workflow only.
      repositories: 'owner' in inputs ? 'all' : [SEED.repository],
      permissions: { metadata: 'read', ...permissions },
      scopes: [],
      rate_limit: 5000,
    });
  });
  return [JSON.stringify([requested.sort(), 'owner' in inputs]), token];
}

/** `pull-requests` in a workflow is `pull_requests` in the API. */
function underscored(permissions: string[][]): Permissions {
  return Object.fromEntries(permissions.map(([name = '', level]) => [name.replaceAll('-', '_'), level])) as Permissions;
}

function standIn(tokens: Record<string, string>): string {
  return `import { appendFileSync } from 'node:fs';
const set = Object.entries(process.env).filter(([name, value]) => name.startsWith('INPUT_') && value !== '');
const inputs = Object.fromEntries(set.map(([name, value]) => [name.slice(6).toLowerCase(), value]));
if (!inputs['client-id'] || !inputs['private-key']) throw new Error('The app has no id, or no key.');
const requested = Object.entries(inputs).filter(([name]) => name.startsWith('permission-')).sort();
const token = ${JSON.stringify(tokens)}[JSON.stringify([requested, 'owner' in inputs])];
console.log('::add-mask::' + token);
appendFileSync(process.env.GITHUB_OUTPUT, 'token=' + token + '\\n');
`;
}
