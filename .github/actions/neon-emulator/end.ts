import type { NeonState } from '../../../emulator/model.ts';
import { createRunner } from '../../../src/runner/commands.ts';

const runner = createRunner();
const response = await fetch(`${process.env['STATE_url']}/_emulator/state`);
const { credentials } = (await response.json()) as NeonState;
process.kill(Number(process.env['STATE_pid']));

const minted = credentials.filter(({ name }) => name.includes('~gha.'));
const active = minted.filter(({ revoked }) => !revoked);
runner.info(`Keys minted in this job: ${minted.length}. Active after it: ${active.length}.`);
if (minted.length === 0) runner.fail('No key was minted, so this job proves nothing.');
for (const { id, name } of active) runner.fail(`Key ${id} "${name}" is active after the job.`);
