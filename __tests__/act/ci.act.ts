import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { push } from '../../emulator/events.ts';
import { actionsOf, commit, expectNoToken, publish, runAct, scratch, standInForSetupNode } from './act.ts';

/** What `npm ci` may need on this machine: settings of npm, a proxy, certificates. */
const wayToRegistry = /^(npm_config_.*|https?_proxy|no_proxy|node_extra_ca_certs)$/i;

const workflow = '.github/workflows/ci.yml';

it('ci.yml passes its job with the action, and its log contains no token', async () => {
  using checkout = scratch();
  using setupNode = scratch();
  publish(checkout.path);
  commit(checkout.path, 'neon-org-action/neon-org-action');
  standInForSetupNode(setupNode.path);
  const used = actionsOf(readFileSync(join(checkout.path, workflow), 'utf8'));
  const setupNodes = used.filter((uses) => uses.startsWith('actions/setup-node@'));
  const { exitCode, log, output } = await runAct({
    folder: checkout.path,
    workflow,
    event: push(),
    job: 'action',
    matrix: 'os:ubuntu-latest',
    actions: Object.fromEntries(setupNodes.map((uses) => [uses, setupNode.path])),
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => wayToRegistry.test(name))),
  });
  expect(exitCode).toBe(0);
  expect(output).toContain('The key is ***.');
  expect(output).toContain('Keys minted in this job: 1. Active after it: 0.');
  expectNoToken(log);
});
