import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createRunner } from '../../../src/runner/commands.ts';
import type { Served } from './serve.ts';

const runner = createRunner();
// It outlives this step, so it must not keep the terminal and the pipes of this step open.
const child = fork(join(import.meta.dirname, 'serve.ts'), {
  detached: true,
  stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
});
const [served] = (await once(child, 'message')) as [Served];
child.disconnect();
child.unref();

runner.mask(served.apiKey);
runner.saveState('pid', String(child.pid));
runner.saveState('url', served.url);
runner.setOutput('api_host', served.apiHost);
runner.setOutput('api_key', served.apiKey);
runner.setOutput('org_id', served.organizationId);
runner.setOutput('project_id', served.projectId);
runner.info(`The emulator of Neon listens at ${served.url}.`);
