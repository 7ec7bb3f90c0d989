// Measures sweeps of many keys: time on a simulated clock, requests to GitHub, and memory. Run it with `--expose-gc`, so that
// only reachable memory is counted.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sweepMany } from '../__tests__/operations/sweep-many.ts';
import { connectGitHub } from '../src/github/client.ts';
import { composeKeyName } from '../src/keys/name.ts';
import { sweep } from '../src/keys/sweep.ts';

const gc = globalThis.gc ?? (() => undefined);

function memoryMeter() {
  let most = 0;
  return {
    measure() {
      gc();
      most = Math.max(most, process.memoryUsage().heapUsed);
    },
    most: () => `${(most / 1e6).toFixed(0)} MB`,
  };
}

/** Plans a sweep of job keys in a repository that has only their runs. The rows are as long as GitHub's. */
async function planRuns(keys: number): Promise<string> {
  const memory = memoryMeter();
  const started = Date.now();
  const server = createServer((request, response) => {
    const { searchParams, pathname } = new URL(request.url ?? '', 'http://localhost');
    const [, id] = /runs\/(\d+)$/.exec(pathname) ?? [];
    const page = Number(searchParams.get('page') ?? 1);
    const first = keys - (page - 1) * 100;
    const rows = Array.from({ length: Math.max(0, Math.min(100, first)) }, (_, index) => runRow(first - index));
    const body = id ? runRow(Number(id)) : { total_count: keys, workflow_runs: rows };
    requests += 1;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    memory.measure();
  }).listen(0, '127.0.0.1');
  let requests = 0;
  await once(server, 'listening');
  const github = await connectGitHub({
    apiUrl: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    token: 'github-token-of-a-bench',
    userAgent: 'a-bench/1',
    timeoutMs: 10_000,
    env: {},
    cancelled: new AbortController().signal,
    notice: () => {},
    debug: () => {},
  });
  const { verdicts } = await sweep(
    { run: { ...own, runId: keys + 1, runAttempt: 1 }, apply: false },
    {
      neon: {
        listOrgApiKeys: async () => Array.from({ length: keys }, (_, index) => jobKey(index + 1)),
        revokeOrgApiKey: () => Promise.reject(new Error('a plan revokes nothing')),
        now: Date.now,
        hasTime: () => true,
      },
      clock: { now: Date.now, sleep: async () => undefined },
      github: async () => github,
      onResult: () => {},
      onPlan: () => {},
      onRevocation: () => {},
    },
  );
  server.close().closeAllConnections();
  if (verdicts.some(({ action }) => action !== 'revoke')) throw new Error('Every run has ended.');
  return `| ${keys} | ${requests} | ${memory.most()} | ${((Date.now() - started) / 1000).toFixed(1)} |`;
}

const own = { repositoryId: 1, repository: 'acme/shop', runsUrl: '', job: 'sweep' } as const;

function jobKey(runId: number) {
  const name = composeKeyName('ci', {
    repositoryId: 1,
    runId,
    runAttempt: 1,
    lifetime: { kind: 'job' },
    nonce: `n${runId}`,
  });
  const created_by = { id: 'ada', name: 'Ada', image: '' };
  return {
    id: String(runId),
    name,
    created_at: '2026-11-01T00:00:00Z',
    created_by,
    last_used_at: null,
    last_used_from_addr: '',
  };
}

/** About 15 kB, like GitHub's rows with their repository, actors and head commit. */
function runRow(id: number): object {
  return { id, run_attempt: 1, status: 'completed', repository: { id: 1 }, more: 'x'.repeat(15_000) };
}

console.log('| keys revoked | × the time of Neon’s rate limit alone | peak memory |\n|---|---|---|');
for (const keys of [1000, 5000, 10_000]) {
  const memory = memoryMeter();
  const { took, least } = await sweepMany(keys, memory.measure);
  console.log(`| ${keys} | ${(took / least).toFixed(3)} | ${memory.most()} |`);
}

console.log('\n| job keys, each of its own run | requests to GitHub | peak memory | seconds |\n|---|---|---|---|');
for (const keys of [100, 1000, 10_000]) console.log(await planRuns(keys));
