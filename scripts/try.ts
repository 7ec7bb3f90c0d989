// `npm run try -- <operation>`: runs one operation of the built action, and its post step, on the emulators.
import { styleText } from 'node:util';
import { pullRequest, push, schedule, type WorkflowEvent, workflowDispatch } from '../emulator/events.ts';
import { type GitHubServer, startGitHub } from '../emulator/github.ts';
import { type Job, type Run, startJob } from '../emulator/runner.ts';
import { SAMPLE_FILES } from '../emulator/sample-files.ts';
import { type NeonServer, startNeon } from '../emulator/server.ts';
import { FINISHED_RUN, sampleKeys } from './sample-keys.ts';
import { type EventName, readArguments, type Trial, USAGE, UsageError } from './try-arguments.ts';

/** The ID of the first run. Each further run increments it. */
const FIRST_RUN_ID = 19876543210;
/** The maximum length of a printed output. */
const MAX_CHARACTERS = 400;

async function run(trial: Trial): Promise<number> {
  const neon = await startNeon({ faults: trial.neonFaults, seed: { keys: sampleKeys() } });
  const github = await startGitHub({
    faults: trial.githubFaults,
    files: SAMPLE_FILES,
    pulls: ['merged', 'open'],
    seed: { runs: [{ id: FINISHED_RUN }] },
  });
  try {
    const event = await prepare(github, trial);
    let exitCode = 0;
    for (let time = 0; time < trial.times; time += 1) {
      exitCode = Math.max(exitCode, await runJob(trial, { neon, github, event, runId: FIRST_RUN_ID + time }));
    }
    return exitCode;
  } finally {
    await Promise.all([neon.close(), github.close()]);
  }
}

/** Commits the files to the event's pull request or to the default branch. */
async function prepare(github: GitHubServer, { event, files }: Trial): Promise<WorkflowEvent> {
  if (!event.startsWith('pull_request')) {
    if (Object.keys(files).length > 0) await github.commit(files);
    return EVENT_FACTORIES[event](0, await shaOf(github, 'main'));
  }
  const number = await github.openPull(Object.keys(files).length > 0 ? files : { 'change.txt': 'a change\n' });
  const sha = await shaOf(github, `refs/pull/${number}/merge`);
  if (event === 'pull_request_merged') await github.setPull(number, 'merged');
  if (event === 'pull_request_closed') await github.setPull(number, 'closed');
  return EVENT_FACTORIES[event](number, sha);
}

const EVENT_FACTORIES: Record<EventName, (number: number, sha: string) => WorkflowEvent> = {
  push: (_, sha) => push({ sha }),
  schedule: () => schedule(),
  workflow_dispatch: (_, sha) => workflowDispatch({ sha }),
  pull_request: (number, sha) => pullRequest('opened', { number, sha }),
  pull_request_target: (number, sha) => pullRequest('opened', { number, sha, event: 'pull_request_target' }),
  pull_request_merged: (number, sha) => pullRequest('closed', { number, sha, merged: true }),
  pull_request_closed: (number, sha) => pullRequest('closed', { number, sha }),
};

async function shaOf(github: GitHubServer, ref: string): Promise<string> {
  const headers = { authorization: `Bearer ${github.tokens.app}`, accept: 'application/vnd.github.sha' };
  const response = await fetch(`${github.apiUrl}/repos/acme/shop/commits/${ref}`, { headers });
  github.requests.length = 0;
  return response.text();
}

interface Services {
  neon: NeonServer;
  github: GitHubServer;
  event: WorkflowEvent;
  runId: number;
}

async function runJob(trial: Trial, { neon, github, event, runId }: Services): Promise<number> {
  const context = { token: github.tokens.app, apiUrl: github.apiUrl, event };
  const job = startJob({ GITHUB_RUN_ID: String(runId) }, context);
  const step = job.step({
    operation: trial.operation,
    api_key: neon.tokens.admin,
    org_id: neon.organizationId,
    api_host: neon.apiHost,
    ...(MINTING.includes(trial.operation) && { project_id: neon.projectId }),
    ...trial.inputs,
  });
  const before = { neon: neon.requests.length, github: github.requests.length };
  try {
    const main = await step.main();
    show(`${trial.operation} on ${trial.event}`, main, job);
    const post = await step.post();
    show('Post', post, job);
    heading('Requests');
    showRequests('Neon', neon.requests.slice(before.neon));
    showRequests('GitHub', github.requests.slice(before.github));
    return Math.max(main.exitCode ?? 1, post.exitCode ?? 1);
  } finally {
    job.end();
  }
}

const MINTING: Trial['operation'][] = ['create-key', 'rotate-key'];

function heading(text: string): void {
  console.log(`\n${styleText('bold', text)}`);
}

/** Prints the result of a step, with secrets masked as in GitHub's log. */
function show(title: string, { log, outputs, summary, exitCode, signal }: Run, job: Job): void {
  heading(title);
  for (const line of log.filter((text) => text !== '')) console.log(`  │ ${line}`);
  console.log(`  exit code ${exitCode ?? signal}`);
  const masked = (text: string) => [...job.masks].reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
  if (Object.keys(outputs).length > 0) heading('Outputs');
  for (const [name, value] of Object.entries(outputs)) console.log(`  ${name}: ${shortened(masked(value))}`);
  if (summary.trim() === '') return;
  heading('Job summary');
  console.log(masked(summary.trim()).replace(/^/gm, '  '));
}

function shortened(value: string): string {
  return value.length <= MAX_CHARACTERS ? value : `${value.slice(0, MAX_CHARACTERS)}… (${value.length} characters)`;
}

function showRequests(service: string, requests: { operation: string; status: number | null }[]): void {
  const texts = requests.map(({ operation, status }) => `${operation} ${status ?? 'no response'}`);
  console.log(`  ${service}: ${texts.join(', ') || 'none'}`);
}

try {
  process.exitCode = await run(readArguments(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}
