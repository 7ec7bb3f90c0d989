// `npm run bench:keyless`: steps with a key broker and with an admin key, many jobs at once, and a pass over 10,000 keys.
import { allowedClaims, startBrokerServer } from '../emulator/broker.ts';
import { startOidc } from '../emulator/oidc.ts';
import { startJob } from '../emulator/runner.ts';
import { startNeon } from '../emulator/server.ts';
import { median, quantile } from './quantile.ts';

const rounds = Number(process.argv[2] ?? 15);
const milliseconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e6;
};

await compareSteps();
for (const jobs of [1, 10, 100]) await mintAtOnce(jobs);
await sweepMany(10_000);

/** Whole processes in turns, as in bench.ts. */
async function compareSteps(): Promise<void> {
  const neon = await startNeon({ rateLimits: false });
  const oidc = await startOidc();
  const server = await startBrokerServer({ neon, oidc });
  // Each round is a separate run, because a run may have at most 20 active keys.
  const times = new Map<string, number[]>();
  const note = (name: string, ms: number) => times.set(name, [...(times.get(name) ?? []), ms]);
  for (let round = -3; round < rounds; round += 1) {
    const run = String(1_000_000 + round);
    const job = startJob({ GITHUB_RUN_ID: run, ...oidc.grant({ claims: { ...allowedClaims, run_id: run } }) });
    const direct = { api_key: neon.tokens.admin, org_id: neon.organizationId, api_host: neon.apiHost };
    const shared = { operation: 'create-key', project_id: neon.projectId };
    const cases = {
      'with api_key': job.step({ ...shared, ...direct }),
      'with broker_url': job.step({ ...shared, broker_url: server.url }),
    };
    const baseline = await milliseconds(() => job.run(process.execPath, ['-e', '0']));
    if (round >= 0) note('node -e 0', baseline);
    for (const [name, step] of Object.entries(cases)) {
      const main = await milliseconds(async () => {
        const { exitCode, stdout } = await step.main();
        if (exitCode !== 0) throw new Error(stdout);
      });
      const post = await milliseconds(() => step.post({ later: 0 }));
      if (round >= 0) {
        note(`create-key ${name}`, main);
        note(`post ${name}`, post);
      }
    }
    job.end();
  }
  const base = median(times.get('node -e 0') ?? []);
  console.log(
    `Node ${process.version}, ${rounds} rounds in turns\n\n| process | median | × \`node -e 0\` |\n|---|---|---|`,
  );
  for (const [name, values] of times)
    console.log(`| ${name} | ${median(values).toFixed(1)} ms | ${(median(values) / base).toFixed(2)} |`);
  await server.close();
  await Promise.all([neon.close(), oidc.close()]);
}

/** Jobs that request a key at the same time, with Neon's rate limits. A refused job tries again after a second. */
async function mintAtOnce(jobs: number): Promise<void> {
  const neon = await startNeon();
  const oidc = await startOidc();
  const repositoryIds = [1001, 1002, 1003, 1004, 1005];
  const server = await startBrokerServer({ neon, oidc, repositoryIds });
  let refused = 0;
  const mint = async (index: number) => {
    const claims = { ...allowedClaims, repository_id: String(repositoryIds[index % 5]), run_id: String(5000 + index) };
    for (let attempt = 0; ; attempt += 1) {
      const authorization = `Bearer ${await oidc.idToken(server.url, { claims })}`;
      const body = JSON.stringify({ project_id: neon.projectId, nonce: `bench${String(attempt).padStart(5, '0')}` });
      const { status } = await fetch(`${server.url}v1/keys`, { method: 'POST', headers: { authorization }, body });
      if (status === 201) return;
      refused += 1;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  };
  const each: number[] = [];
  const all = await milliseconds(() =>
    Promise.all(Array.from({ length: jobs }, async (_, index) => each.push(await milliseconds(() => mint(index))))),
  );
  console.log(
    `\n${jobs} jobs at once: all have a key after ${(all / 1000).toFixed(1)} s; median ${(median(each) / 1000).toFixed(1)} s, ` +
      `95 % within ${(quantile(each, 0.95) / 1000).toFixed(1)} s; ${refused} requests were refused and repeated.`,
  );
  await server.close();
  await Promise.all([neon.close(), oidc.close()]);
}

async function sweepMany(keys: number): Promise<void> {
  const neon = await startNeon({ rateLimits: false });
  const oidc = await startOidc();
  const server = await startBrokerServer({ neon, oidc });
  neon.change((state) => {
    const [template] = state.credentials.filter(({ kind }) => kind === 'project');
    if (!template) throw new Error('the seed has no key of a project');
    for (let index = 0; index < keys; index += 1) {
      const name = `shop integration-tests ~gha.dfndxq.${(index + 1).toString(36)}-1.t2s0.nonce${String(index).padStart(5, '0')}`;
      const created_at = new Date().toISOString();
      state.credentials.push({ ...template, id: String(900_000 + index), name, token: `bench-${index}`, created_at });
    }
  });
  const passes: number[] = [];
  const cpu = process.cpuUsage();
  for (let pass = 0; pass < 5; pass += 1) passes.push(await milliseconds(() => server.broker.keeper.sweep()));
  const { user, system } = process.cpuUsage(cpu);
  const overdues = await milliseconds(async () => server.broker.keeper.overdues());
  console.log(
    `\nA pass over ${keys} keys, none expired: median ${median(passes).toFixed(0)} ms (${((user + system) / 5000).toFixed(0)} ms of CPU, ` +
      `including the emulated Neon); a scrape of the metrics takes ${overdues.toFixed(0)} ms. At 5 keys a second, ${keys} expired keys take ${Math.ceil(keys / 5 / 60)} minutes.`,
  );
  await server.close();
  await Promise.all([neon.close(), oidc.close()]);
}
