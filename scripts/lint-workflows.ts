// `npm run lint:workflows`: actionlint on the workflows and the examples, and on the local actions that they use.
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { tool } from './tools.ts';

const cwd = join(import.meta.dirname, '..');
const workflows = globSync(['.github/workflows/*.yml', 'examples/*.yml'], {
  cwd,
  exclude: ['examples/neon-broker-policy.yml'],
});
const { status } = spawnSync(tool('actionlint'), ['-color', ...workflows], { cwd, stdio: 'inherit' });
if (status === 0) console.log(`actionlint: no problem in ${workflows.length} workflows.`);
process.exitCode = status ?? 1;
