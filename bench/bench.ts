// `npm run bench`: compares the time of whole steps with `node -e 0` and a bare HTTP exchange, in turns.
// Usage: node bench/bench.ts [rounds] [folder of the peers]
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startJob } from '../emulator/runner.ts';
import { startNeon } from '../emulator/server.ts';
import { findPeers } from './peers.ts';
import { median } from './quantile.ts';

const rounds = Number(process.argv[2] ?? 31);
const root = join(import.meta.dirname, '..');

const neon = await startNeon({ rateLimits: false });
const job = startJob();
const base = { api_key: neon.tokens.admin, org_id: neon.organizationId, api_host: neon.apiHost };
const mint = { operation: 'create-key', ...base, project_id: neon.projectId };

interface Case {
  run: () => Promise<{ exitCode: number | null; stdout: string; stderr: string }>;
  /** @default 0 */
  exitCode?: number;
  /** The largest ratios to `node -e 0` and to the bare exchange that this project accepts. */
  target?: { node: number; exchange?: number };
}

let names = 0;
let minted = job.step(mint);
const idle = job.step({ operation: 'get-organization', ...base });

/** Neon requires unique names. */
function newName(): string {
  names += 1;
  return `bench ${names}`;
}

function exchange(loaded: 'imported' | 'built in'): string[] {
  const url = `${neon.apiHost}/organizations/${neon.organizationId}/api_keys`;
  const body = JSON.stringify({ key_name: newName(), project_id: neon.projectId });
  return [join(import.meta.dirname, 'exchange.mjs'), loaded, url, `Bearer ${neon.tokens.admin}`, body];
}

const cases: Record<string, Case> = {
  '`node -e 0`': { run: () => job.run(process.execPath, ['-e', '0']) },
  'the same request on a bare `node:http`': { run: () => job.run(process.execPath, exchange('imported')) },
  'the same, by `process.getBuiltinModule`': { run: () => job.run(process.execPath, exchange('built in')) },
  '`create-key`': {
    run: () => {
      minted = job.step(mint);
      return minted.main();
    },
    target: { node: 2.4, exchange: 1.1 },
  },
  'post step that revokes the key': { run: () => minted.post({ later: 0 }), target: { node: 2.4, exchange: 1.1 } },
  'post step with nothing to do': { run: () => idle.post({ later: 0 }), target: { node: 1.1 } },
  'invalid input': { run: () => job.step({ operation: 'create-key' }).main(), exitCode: 1, target: { node: 1.6 } },
};
const peers = findPeers(process.argv[3] ?? join(import.meta.dirname, '.peers'), {
  apiHost: neon.apiHost,
  apiKey: neon.tokens.admin,
  projectId: neon.projectId,
});
for (const { name, args, env, exitCode } of peers) {
  cases[name] = { run: () => job.run(process.execPath, args(newName()), env), exitCode };
}

/** Milliseconds from the start of a process to its end. */
async function timed(name: string, { run, exitCode = 0 }: Case): Promise<number> {
  const start = process.hrtime.bigint();
  const ended = await run();
  if (ended.exitCode !== exitCode) {
    throw new Error(`${name} ended with exit code ${ended.exitCode}:\n${ended.stdout}${ended.stderr}`);
  }
  return Number(process.hrtime.bigint() - start) / 1e6;
}

const times = new Map<string, number[]>();
// The first rounds only warm up the emulator.
for (let round = -5; round < rounds; round += 1) {
  for (const [name, one] of Object.entries(cases)) {
    const ms = await timed(name, one);
    if (round >= 0) times.set(name, [...(times.get(name) ?? []), ms]);
  }
}

const [node, bare] = [...times.values()].map(median) as [number, number];
console.log(`\nNode ${process.version}, median of ${rounds} rounds, in turns\n`);
console.log('| process | median | × `node -e 0` | × bare exchange | target |\n|---|---|---|---|---|');
for (const [name, values] of times) {
  const ms = median(values);
  const { node: toNode, exchange: toExchange } = cases[name]?.target ?? {};
  const targets = [toNode && `≤ ${toNode} × node`, toExchange && `≤ ${toExchange} × exchange`].filter(Boolean);
  const ratios = `${(ms / node).toFixed(2)} | ${(ms / bare).toFixed(2)}`;
  console.log(`| ${name} | ${ms.toFixed(1)} ms | ${ratios} | ${targets.join(', ') || '–'} |`);
}

/** The bytes of dist/ that a process loads. */
async function loadedBytes(run: (options: { env: Record<string, string> }) => Promise<{ stderr: string }>) {
  const hook =
    'import{registerHooks}from"node:module";registerHooks({load(url,context,next){' +
    'if(url.startsWith("file:"))process.stderr.write(`loaded ${new URL(url).pathname}\\n`);return next(url,context)}})';
  const options = `--import=data:text/javascript,${encodeURIComponent(hook)}`;
  const { stderr } = await run({ env: { NODE_OPTIONS: options } });
  const files = [...stderr.matchAll(/^loaded (.*)$/gm)].map(([, path = '']) => path);
  return files.reduce((sum, path) => sum + readFileSync(path).length, 0);
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} KB`;
const counted = job.step(mint);
neon.requests.length = 0;
const mintBytes = await loadedBytes(counted.main);
const mintRequests = neon.requests.length;
const revokeBytes = await loadedBytes((options) => counted.post({ later: 0, ...options }));
const revokeRequests = neon.requests.length - mintRequests;
const idleBytes = await loadedBytes(idle.post);
console.log('\n| step | requests to Neon | JavaScript loaded |\n|---|---|---|');
console.log(`| \`create-key\` | ${mintRequests} | ${kilobytes(mintBytes)} (target: 160 KB) |`);
console.log(`| post step that revokes the key | ${revokeRequests} | ${kilobytes(revokeBytes)} |`);
console.log(`| post step with nothing to do | 0 | ${kilobytes(idleBytes)} |`);

const archive = execFileSync('git', ['archive', '--format=tar.gz', 'HEAD'], { cwd: root, maxBuffer: 2 ** 26 });
console.log(`\nA job downloads ${kilobytes(archive.length)}, as of the last commit (target: 350 KB).`);
job.end();
await neon.close();
