// `npm run demo:keyless`: jobs without an admin key, on the emulated Neon and token issuer, with the real key broker.
import { styleText } from 'node:util';
import { allowedClaims, startBrokerServer } from '../emulator/broker.ts';
import { startOidc } from '../emulator/oidc.ts';
import { type Run, startJob } from '../emulator/runner.ts';
import { startNeon } from '../emulator/server.ts';

const lifetimeSeconds = 2;
const neon = await startNeon({ rateLimits: false });
const oidc = await startOidc();
const server = await startBrokerServer({ neon, oidc, lifetime: `${lifetimeSeconds}s` });
let failed = false;

const heading = (text: string) => console.log(`\n${styleText('bold', text)}`);
const dim = (text: string) => styleText('dim', text);

/** A step's log as the runner shows it: the new key and the ID token are `***`. */
function showLog(run: Run, exitCode: number): void {
  failed ||= run.exitCode !== exitCode;
  for (const line of run.log) console.log(`  ${dim('│')} ${line}`);
}

/** Prints the keys of jobs, as an admin would see them in the Neon Console. */
function showKeys(when: string): void {
  const keys = neon.liveKeys().filter(({ name }) => name.includes('~gha.'));
  const list = keys.map(({ id, name, project_id }) => `${id}  ${name}  only ${project_id}`);
  console.log(`  ${dim(`keys of jobs ${when}:`)} ${list.length === 0 ? 'none' : list.join(', ')}`);
}

/** A job on its own runner. @param claims the claims in the job's ID token */
function jobOf(claims: Record<string, string>) {
  const job = startJob(oidc.grant({ claims: { ...allowedClaims, ...claims } }));
  const step = job.step({ operation: 'create-key', broker_url: server.url, project_id: neon.projectId, timeout: '5s' });
  return { job, step };
}

async function untilRevoked(id: string): Promise<void> {
  for (let turns = 0; turns < 80; turns += 1) {
    if (!neon.liveKeys().some((key) => key.id === id)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  failed = true;
}

console.log("The admin key is on the key broker's host, and nowhere in GitHub. The broker's policy:");
console.log(
  `  ${dim('│')} acme/shop may request keys for ${neon.projectId} on pushes to refs/heads/main, for ${lifetimeSeconds} s.`,
);

heading('1. A push to the main branch: create-key with broker_url');
showKeys('before');
const good = jobOf({});
const main = await good.step.main();
showLog(main, 0);
showKeys('during the job');
heading('Post neon-org-action  (runs when the job ends, also after a failure)');
showLog(await good.step.post(), 0);
showKeys('after');
if (neon.isLive(main.outputs['api_key'] ?? '')) failed = true;

heading('2. A job whose runner dies: there is no post step');
const unlucky = await jobOf({}).step.main();
showLog(unlucky, 0);
showKeys('after the runner died');
console.log(`  ${dim(`waiting for the expiry, ${lifetimeSeconds} s after its creation …`)}`);
server.runTimers();
await untilRevoked(unlucky.outputs['key_id'] ?? '');
showKeys('after the expiry');
const revocation = server.audit.findLast(({ event }) => event === 'revoke');
console.log(`  ${dim('the audit log of the broker:')} ${JSON.stringify(revocation)}`);

heading('3. A job that the policy does not allow: a workflow on another branch');
showLog(await jobOf({ ref: 'refs/heads/experiment' }).step.main(), 1);
showKeys('after');

failed ||= neon.liveKeys().some(({ name }) => name.includes('~gha.'));
console.log(
  failed
    ? '\nThe demo failed.'
    : `\nNo key is left, and no job has seen the admin key: ${styleText('green', 'everything worked')}.`,
);
console.log('How to run a broker: docs/keyless.md.');
process.exitCode = failed ? 1 : 0;
good.job.end();
await server.close();
await Promise.all([neon.close(), oidc.close()]);
