// What people see in the summary of a job: written by the built action, before the embedded Neon and GitHub.
import { pullRequest, schedule } from '../emulator/events.ts';
import { SEED } from '../emulator/github/state.ts';
import { startGitHub } from '../emulator/github.ts';
import { type Run, startJob } from '../emulator/runner.ts';
import { startNeon } from '../emulator/server.ts';
import { SEED as NEON } from '../emulator/state.ts';
import { composeName, type Lifetime } from '../src/keys/name.ts';

const day = 24 * 3_600_000;

interface Key {
  label: string;
  lifetime: Lifetime;
  /** In days. */
  age: number;
  /** In days, since it was used. */
  used?: number;
  runId: number;
}

const keys: Key[] = [
  { label: 'shop integration-tests', lifetime: { kind: 'job' }, age: 9, used: 9, runId: 19870000001 },
  { label: 'preview', lifetime: { kind: 'pull-request', number: 1 }, age: 12, used: 1, runId: 19861204473 },
  { label: 'preview', lifetime: { kind: 'pull-request', number: 2 }, age: 3, used: 0.1, runId: 19868840112 },
  { label: 'load test', lifetime: { kind: 'duration', seconds: 86_400 }, age: 4, runId: 19866091530 },
  {
    label: 'NEON_API_KEY',
    lifetime: { kind: 'rotation', graceSeconds: 86_400, secretId: 'abcdefghij' },
    age: 33,
    used: 2,
    runId: 19823307746,
  },
  {
    label: 'NEON_API_KEY',
    lifetime: { kind: 'rotation', graceSeconds: 86_400, secretId: 'abcdefghij' },
    age: 2,
    used: 0.02,
    runId: 19869417208,
  },
  { label: 'grafana', lifetime: { kind: 'manual' }, age: 120, used: 0.1, runId: 19590028831 },
];

/** A key as `create-key` would have minted it. */
function seeded({ label, lifetime, age, used, runId }: Key, index: number) {
  const mark = { repositoryId: SEED.repositoryId, runId, runAttempt: 1, lifetime };
  const ago = (days: number) => new Date(Date.now() - days * day).toISOString();
  return {
    name: composeName(label, { ...mark, nonce: (index * 7919 + 36 ** 9).toString(36) }),
    project_id: NEON.projectId,
    created_at: ago(age),
    ...(used === undefined ? {} : { last_used_at: ago(used) }),
  };
}

function summaryOf(run: Run): string {
  if (run.exitCode !== 0) throw new Error(run.log.join('\n'));
  return run.summary;
}

/** A job that mints a key, and its post step. */
export async function jobKey(): Promise<string[]> {
  const neon = await startNeon();
  const job = startJob();
  try {
    const step = job.step({
      operation: 'create-key',
      api_key: neon.tokens.admin,
      org_id: neon.organizationId,
      project_id: neon.projectId,
      api_host: neon.apiHost,
    });
    return [summaryOf(await step.main()), summaryOf(await step.post())];
  } finally {
    job.end();
    await neon.close();
  }
}

/** `sweep-keys` with `mode: plan`. */
export async function sweepPlan(): Promise<string[]> {
  const neon = await startNeon({ seed: { keys: keys.map(seeded) } });
  const github = await startGitHub({ pulls: ['merged', 'open'], seed: { runs: [{ id: 19870000001 }] } });
  const job = startJob({}, { token: github.tokens.default, apiUrl: github.apiUrl, event: schedule() });
  try {
    const step = job.step({
      operation: 'sweep-keys',
      mode: 'plan',
      api_key: neon.tokens.admin,
      org_id: neon.organizationId,
      api_host: neon.apiHost,
    });
    return [summaryOf(await step.main())];
  } finally {
    job.end();
    await Promise.all([neon.close(), github.close()]);
  }
}

const files = {
  '.github/CODEOWNERS': '* @acme/platform\n/docs/ @octocat @hubot docs@example.com\n/billing/ @mallory @monalisa\n',
  '.github/neon-people.yml': `people:
  ada: { email: ada@example.com, role: admin }
  grace: { email: grace@example.com, role: admin }
  linus: linus@example.com
  octocat: octo@example.com
  hubot: { email: hubot@example.com, role: editor }
`,
};

/** `sync-members` on a pull request, which only plans. */
export async function peoplePlan(): Promise<string[]> {
  const neon = await startNeon({ seed: { members: [{ email: 'margaret@example.com', role: 'editor' }] } });
  const github = await startGitHub({ files, seed: { members: [{ login: 'hubot' }, { login: 'monalisa' }] } });
  const sha = await github.commit({}, 'change-1');
  const context = { token: github.tokens.app, apiUrl: github.apiUrl, event: pullRequest('opened', { sha }) };
  const job = startJob({}, context);
  try {
    const step = job.step({
      operation: 'sync-members',
      api_key: neon.tokens.admin,
      org_id: neon.organizationId,
      api_host: neon.apiHost,
      max_removals: '10%',
    });
    return [summaryOf(await step.main())];
  } finally {
    job.end();
    await Promise.all([neon.close(), github.close()]);
  }
}
