// `npm run demo`: the life of a key on the emulated Neon. The built action runs as on GitHub's runner.
import { styleText } from 'node:util';
import { type Run, startJob } from '../emulator/runner.ts';
import { startNeon } from '../emulator/server.ts';

let killAt: () => void = () => {};
const neon = await startNeon({ at: (point) => (point === 'performed' ? killAt() : undefined) });
const job = startJob();
let failed = false;

const heading = (text: string) => console.log(`\n${styleText('bold', text)}`);
const dim = (text: string) => styleText('dim', text);

/** A step's log as the runner shows it: the new key is `***` from the moment it exists. */
function showLog(run: Run): void {
  failed ||= run.exitCode !== 0;
  for (const line of run.log) console.log(`  ${dim('│')} ${line}`);
}

/** Prints the keys as an admin would see them in the Neon Console. */
function showKeys(when: string): void {
  console.log(`\n  ${dim(`the organization's keys ${when}:`)}`);
  for (const { id, name, project_id } of neon.liveKeys()) {
    console.log(`  ${id}  ${name.padEnd(60)} ${project_id ? `only ${project_id}` : 'every project'}`);
  }
}

console.log(
  `A job needs a key for the Neon project ${neon.projectId}. Today, it could use one of these long-lived keys:`,
);
showKeys('before');

heading('uses: neon-org-action  (operation: create-key)');
const step = job.step({
  operation: 'create-key',
  api_key: neon.tokens.admin,
  org_id: neon.organizationId,
  project_id: neon.projectId,
  api_host: neon.apiHost,
});
const main = await step.main();
showLog(main);
showKeys('during the job');

heading('run: ./integration-tests  (NEON_API_KEY: the output `api_key` of the previous step)');
const use = `
const get = async (path) => console.log('GET ' + path + ' → ' + (await fetch('${neon.apiHost}' + path, {
  headers: { authorization: 'Bearer ' + process.env.NEON_API_KEY } })).status);
console.log('my key is ' + process.env.NEON_API_KEY);
await get('/projects/${neon.projectId}');
await get('/organizations/${neon.organizationId}/members');`;
const key = { NEON_API_KEY: main.outputs['api_key'] ?? '' };
showLog(await job.run(process.execPath, ['--input-type=module', '-e', use], key));

heading('Post neon-org-action  (runs when the job ends, also after a failure)');
showLog(await step.post());
showKeys('after');

heading('The job summary of the step');
console.log(main.summary.trim().replace(/^/gm, '  '));

heading('The worst case: the step is killed (SIGKILL) while Neon is creating its key');
const unlucky = job.step(step.inputs);
await unlucky.main({
  started: (child) => {
    killAt = () => child.kill('SIGKILL');
  },
});
killAt = () => {};
showKeys('after the kill; the token of the new key is lost, and the step never received its ID');

heading('Post neon-org-action');
showLog(await unlucky.post());
showKeys('after');

const left = neon.liveKeys().filter(({ name }) => name.includes('~gha.'));
if (left.length > 0 || neon.isLive(key.NEON_API_KEY)) failed = true;
console.log(
  failed ? '\nA key is still active.' : `\nBoth keys are revoked: ${styleText('green', 'nothing is left behind')}.`,
);
console.log('To try any operation, with faults of your choice: npm run try -- create-key, and docs/offline.md.');
process.exitCode = failed ? 1 : 0;
job.end();
await neon.close();
