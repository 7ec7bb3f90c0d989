// Job summaries that the built action writes when it runs against the emulators of Neon and GitHub.
import { pullRequest, schedule } from '../emulator/events.ts';
import { startGitHub } from '../emulator/github.ts';
import { type Run, startJob } from '../emulator/runner.ts';
import { startNeon } from '../emulator/server.ts';
import { FINISHED_RUN, sampleKeys } from './sample-keys.ts';

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
  const neon = await startNeon({ seed: { keys: sampleKeys() } });
  const github = await startGitHub({ pulls: ['merged', 'open'], seed: { runs: [{ id: FINISHED_RUN }] } });
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
  const github = await startGitHub({
    files,
    seed: { members: [{ login: 'hubot', verified_emails: ['docs@example.com'] }, { login: 'monalisa' }] },
  });
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
