// Measures how lists, sweeps and syncs scale: requests, time and memory of the built action against the emulators, without
// rate limits. Usage: node bench/scale.ts [sizes, separated by commas]
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { push } from '../emulator/events.ts';
import { startGitHub } from '../emulator/github.ts';
import { startJob, workflowRun } from '../emulator/runner.ts';
import { startNeon } from '../emulator/server.ts';
import { composeKeyName } from '../src/keys/name.ts';

const sizes = (process.argv[2] ?? '100,1000,10000').split(',').map(Number);
const folder = mkdtempSync(join(tmpdir(), 'scale-'));
const memoryFile = join(folder, 'memory');

/** Writes the largest resident set of a process, in kilobytes, when it ends. */
const meter = `
  import { writeFileSync } from 'node:fs';
  process.on('exit', () => writeFileSync(${JSON.stringify(memoryFile)}, String(process.resourceUsage().maxRSS)));`;
const env = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(meter)}` };

const numbers = (size: number) => Array.from({ length: size }, (_, index) => index);
const emailOf = (index: number) => `person-${index}@example.com`;

/** Keys whose duration has elapsed. */
function elapsedKeys(size: number) {
  const mark = {
    repositoryId: Number(workflowRun.GITHUB_REPOSITORY_ID),
    runId: 1,
    runAttempt: 1,
    lifetime: { kind: 'duration', seconds: 60 },
  } as const;
  const created_at = new Date(Date.now() - 86_400_000).toISOString();
  return numbers(size).map((index) => ({ created_at, name: composeKeyName('scale', { ...mark, nonce: `n${index}` }) }));
}

/** Lines of 100 owners. */
function codeownersOf(size: number): string {
  const lines = Math.ceil(size / 100);
  const owners = (line: number) => numbers(size).slice(line * 100, line * 100 + 100);
  return numbers(lines)
    .map((line) => `/${line}/ ${owners(line).map(emailOf).join(' ')}`)
    .join('\n');
}

const plans: Record<string, Record<string, string>> = {
  'list-keys': {},
  'sweep-keys': { mode: 'plan' },
  'list-members': {},
  'sync-members': { mode: 'plan', people_file: 'none', max_removals: '100%' },
};

async function measure(operation: string, size: number): Promise<string> {
  const isAboutKeys = operation.endsWith('-keys');
  const people = isAboutKeys ? 3 : size;
  const neon = await startNeon({
    rateLimits: false,
    seed: isAboutKeys
      ? { keys: elapsedKeys(size) }
      : { members: numbers(size).map((index) => ({ email: emailOf(index) })) },
  });
  const github = await startGitHub({
    files: { '.github/CODEOWNERS': codeownersOf(people) },
    seed: { check_email_owners: false },
  });
  const job = startJob({}, { token: github.tokens.default, apiUrl: github.apiUrl, event: push() });
  const base = { api_key: neon.tokens.admin, org_id: neon.organizationId, api_host: neon.apiHost, timeout: '5m' };
  const started = Date.now();
  const run = await job.step({ operation, ...plans[operation], ...base }).main({ env });
  const seconds = (Date.now() - started) / 1000;
  if (run.exitCode !== 0) throw new Error(`${operation} at ${size} failed:\n${run.log.slice(-20).join('\n')}`);
  const requests = `${neon.requests.length} | ${github.requests.length}`;
  const megabytes = (Number(readFileSync(memoryFile, 'utf8')) / 1000).toFixed(0);
  await neon.close();
  await github.close();
  job.end();
  return `| \`${operation}\` | ${size} | ${requests} | ${seconds.toFixed(1)} s | ${megabytes} MB |`;
}

try {
  console.log(
    '| Operation | Keys or members | Requests to Neon | Requests to GitHub | Time | Largest resident set |\n|---|---|---|---|---|---|',
  );
  for (const operation of Object.keys(plans)) for (const size of sizes) console.log(await measure(operation, size));
} finally {
  rmSync(folder, { recursive: true });
}
