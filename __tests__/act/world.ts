import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { OperationId } from '../../emulator/operations.ts';
import { startProxy } from '../../emulator/proxy.ts';
import { type NeonServer, startNeon } from '../../emulator/server.ts';
import {
  type ActOptions,
  type ActRun,
  actionsOf,
  commit,
  expectNoToken,
  publish,
  runAct,
  scratch,
  write,
} from './act.ts';

const examples = join(import.meta.dirname, '../../examples');

/** How an example is run, and what its repository has besides it: files by their names. */
type Use = Pick<ActOptions, 'event' | 'payload' | 'started'> & { files?: Record<string, string> };

/** A GitHub user's repository, and an internet that has nothing but Neon. */
export interface World {
  neon: NeonServer;
  /** The names of the keys that this action minted and that are live. */
  mintedKeys(): string[];
  /** Calls `then` each time when Neon has carried out an operation, before it answers. */
  when(operation: OperationId, then: () => void): void;
  /** Runs an example, byte for byte, as the workflow of a repository of its own; no log may show a token or repeat a line. */
  run(example: string, use: Use): Promise<ActRun>;
}

/** Runs `work` where `console.neon.tech` is the embedded Neon, and takes that down. */
export async function inWorld(work: (world: World) => Promise<void>): Promise<void> {
  const calls: Partial<Record<OperationId | 'unknown', () => void>> = {};
  const neon = await startNeon({
    at: (point, { operation }) => (point === 'performed' ? calls[operation]?.() : undefined),
  });
  // The examples name no `api_host`: the way to Neon leads through a proxy, as it does in some companies.
  const proxy = await startProxy({ 'console.neon.tech': neon.url });
  using folder = scratch();
  publish(join(folder.path, 'action'));
  write(folder.path, { 'ca.pem': proxy.certificate });
  const env = {
    HTTPS_PROXY: proxy.url,
    NODE_EXTRA_CA_CERTS: join(folder.path, 'ca.pem'),
    // For the programs of the examples' users.
    NODE_USE_ENV_PROXY: '1',
  };

  async function run(example: string, { files = {}, ...how }: Use): Promise<ActRun> {
    using shop = scratch();
    const content = readFileSync(join(examples, example), 'utf8');
    const workflow = `.github/workflows/${example}`;
    write(shop.path, { ...files, [workflow]: content });
    commit(shop.path, 'acme/shop');
    const ours = actionsOf(content).filter((uses) => uses.startsWith('neon-org-action/neon-org-action@'));
    const result = await runAct({
      ...how,
      folder: shop.path,
      workflow,
      secrets: { NEON_ADMIN_KEY: neon.tokens.admin },
      vars: { NEON_ORG_ID: neon.organizationId, NEON_PROJECT_ID: neon.projectId },
      actions: Object.fromEntries(ours.map((uses) => [uses, join(folder.path, 'action')])),
      env,
    });
    const tokens = neon.state().credentials.map(({ token }) => token);
    expectNoToken(result.log, tokens);
    expect(repeated(result.output)).toEqual([]);
    expect([...new Set(proxy.asked)]).toEqual(['console.neon.tech:443']);
    return result;
  }

  try {
    const minted = () => neon.liveKeys().filter(({ name }) => name.includes('~gha.'));
    await work({
      neon,
      mintedKeys: () => minted().map(({ name }) => name),
      when: (operation, then) => {
        calls[operation] = then;
      },
      run,
    });
  } finally {
    proxy.close();
    await neon.close();
  }
}

function repeated(lines: string[]): string[] {
  return lines.filter((line, index) => line !== '' && lines.indexOf(line) < index);
}
