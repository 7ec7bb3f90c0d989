import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type GitHubOptions, type GitHubServer, startGitHub } from '../../emulator/github.ts';
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
type Use = Pick<ActOptions, 'event' | 'started'> & { files?: Record<string, string> };

/** An internet that has Neon's and GitHub's API and nothing else. */
export interface World {
  neon: NeonServer;
  github: GitHubServer;
  /** The names of the keys that this action minted and that are live. */
  mintedKeys(): string[];
  /** Calls `then` each time when Neon has carried out an operation, before it answers. */
  when(operation: OperationId, then: () => void): void;
  /** Runs an example, byte for byte, as the workflow of a repository of its own; no log may show a token or repeat a line. */
  run(example: string, use: Use): Promise<ActRun>;
}

/** Runs `work` where `console.neon.tech` is the embedded Neon and `api.github.com` the embedded GitHub. */
export async function inWorld(work: (world: World) => Promise<void>, options: GitHubOptions = {}): Promise<void> {
  const calls: Partial<Record<OperationId | 'unknown', () => void>> = {};
  const neon = await startNeon({
    at: (point, { operation }) => (point === 'performed' ? calls[operation]?.() : undefined),
  });
  const github = await startGitHub(options);
  // The examples name no `api_host`: the way out leads through a proxy, as it does in some companies.
  const hosts = { 'console.neon.tech': neon.url, 'api.github.com': github.url };
  const proxy = await startProxy(hosts);
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
      secrets: { NEON_ADMIN_KEY: neon.tokens.admin, GITHUB_TOKEN: github.tokens.default },
      vars: { NEON_ORG_ID: neon.organizationId, NEON_PROJECT_ID: neon.projectId },
      actions: Object.fromEntries(ours.map((uses) => [uses, join(folder.path, 'action')])),
      env,
    });
    const keys = neon.state().credentials.map(({ token }) => token);
    expectNoToken(result.log, [...keys, ...Object.values(github.tokens)]);
    expect(repeated(result.output)).toEqual([]);
    expect(proxy.asked.filter((host) => !(host.replace(/:443$/, '') in hosts))).toEqual([]);
    return result;
  }

  try {
    const minted = () => neon.liveKeys().filter(({ name }) => name.includes('~gha.'));
    await work({
      neon,
      github,
      mintedKeys: () => minted().map(({ name }) => name),
      when: (operation, then) => {
        calls[operation] = then;
      },
      run,
    });
  } finally {
    proxy.close();
    await Promise.all([neon.close(), github.close()]);
  }
}

function repeated(lines: string[]): string[] {
  return lines.filter((line, index) => line !== '' && lines.indexOf(line) < index);
}
