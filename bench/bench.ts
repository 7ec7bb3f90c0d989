// `npm run bench`: wall time of whole steps against `node -e 0` on the same Node, all in one run, in turns.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startJob } from '../emulator/runner.ts';
import { startNeon } from '../emulator/server.ts';

const rounds = Number(process.argv[2] ?? 31);
const root = join(import.meta.dirname, '..');
/** Neon's own CLI, for comparison. */
const cliVersion = '6.2.3';

const neon = await startNeon({ rateLimits: false });
const job = startJob();
const base = { api_key: neon.tokens.admin, org_id: neon.organizationId, api_host: neon.apiHost };
const mint = { operation: 'create-key', ...base, project_id: neon.projectId };

/** Milliseconds from the start of a process to its end. */
type Timed = () => Promise<number>;

async function timed(work: () => Promise<{ exitCode: number | null }>): Promise<number> {
  const start = process.hrtime.bigint();
  const { exitCode } = await work();
  if (exitCode !== 0) throw new Error(`a timed process ended with exit code ${exitCode}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

const idleStep = job.step({ operation: 'get-organization', ...base });
let minted = job.step(mint);
const cases: Record<string, Timed> = {
  'node -e 0': () => timed(() => job.run(process.execPath, ['-e', '0'])),
  'create-key': () => {
    minted = job.step(mint);
    return timed(() => minted.main());
  },
  'post that revokes': () => timed(() => minted.post({ later: 0 })),
  'post with nothing to do': () => timed(() => idleStep.post({ later: 0 })),
  'a wrong input, told': () =>
    timed(async () => ({ exitCode: (await job.step({ operation: 'create-key' }).main()).exitCode === 1 ? 0 : 1 })),
};

const cli = installCli();
if (cli) {
  const args = [cli, 'api-keys', 'create', '--project-id', neon.projectId];
  args.push('--api-host', neon.apiHost, '--api-key', neon.tokens.admin, '--output', 'json', '--no-analytics');
  let keys = 0;
  cases[`neon ${cliVersion} api-keys create`] = () => {
    keys += 1;
    return timed(() => job.run(process.execPath, [...args, '--name', `bench ${keys}`]));
  };
}

/** Installs Neon's CLI beside the benchmarks, once. Without a registry, the rest is measured without it. */
function installCli(): string | undefined {
  const folder = join(import.meta.dirname, '.peers');
  const entry = join(folder, 'node_modules/neon/dist/cli.js');
  if (existsSync(entry)) return entry;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
    execFileSync('npm', ['install', '--no-save', '--ignore-scripts', `neon@${cliVersion}`], {
      cwd: folder,
      stdio: 'ignore',
    });
    return entry;
  } catch {
    console.log(`neon ${cliVersion} could not be installed and is not measured.`);
    return undefined;
  }
}

const times = new Map<string, number[]>();
// The first rounds warm the emulator up and are not counted.
for (let round = -5; round < rounds; round += 1) {
  for (const [name, measure] of Object.entries(cases)) {
    const ms = await measure();
    if (round >= 0) times.set(name, [...(times.get(name) ?? []), ms]);
  }
}

const quantile = (values: number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * q)] as number;
const baseline = quantile(times.get('node -e 0') as number[], 0.5);
console.log(`Node ${process.version}, ${rounds} rounds in turns\n`);
console.log('| process | median | fastest quarter | × `node -e 0` |\n|---|---|---|---|');
for (const [name, values] of times) {
  const [median, quarter] = [quantile(values, 0.5), quantile(values, 0.25)];
  console.log(`| ${name} | ${median.toFixed(1)} ms | ${quarter.toFixed(1)} ms | ${(median / baseline).toFixed(2)} |`);
}

const dist = readdirSync(join(root, 'dist')).map((name) => statSync(join(root, 'dist', name)).size);
console.log(`\ndist/: ${(dist.reduce((sum, size) => sum + size, 0) / 1e6).toFixed(2)} MB in ${dist.length} files`);

neon.requests.length = 0;
const counted = job.step(mint);
await counted.main();
const mintRequests = neon.requests.length;
await counted.post({ later: 0 });
console.log(`requests: ${mintRequests} for a mint, ${neon.requests.length - mintRequests} for a revoke`);
job.end();
await neon.close();
