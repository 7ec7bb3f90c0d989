import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type GitHubOptions, type GitHubServer, startGitHub } from '../../emulator/github.ts';
import type { OperationId } from '../../emulator/operations.ts';
import { startProxy } from '../../emulator/proxy.ts';
import { type NeonServer, type StartOptions, startNeon } from '../../emulator/server.ts';
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
import { APP_TOKEN, grantToJobs, installApp } from './app.ts';

const examples = join(import.meta.dirname, '../../examples');

/** How an example is run, and the other files in its repository, by name. */
interface Use extends Pick<ActOptions, 'event' | 'started' | 'job' | 'secrets' | 'vars' | 'env'> {
  files?: Record<string, string>;
  /** Stand-ins for further actions: their files, by `owner/name`. */
  actions?: Record<string, Record<string, string>>;
}

/** A network that consists of the APIs of Neon and GitHub. */
export interface World {
  neon: NeonServer;
  github: GitHubServer;
  /** The names of the active keys that this action minted. */
  mintedKeys(): string[];
  /** Calls `then` each time Neon has carried out an operation, before it responds. */
  when(operation: OperationId, then: () => void): void;
  /** Runs an example, byte for byte, in a repository of its own. Fails if the log contains a token or repeats a line. */
  run(example: string, use: Use): Promise<ActRun>;
}

interface WorldOptions {
  neon?: StartOptions;
  github?: GitHubOptions;
  /** Starts a server in front of the emulator of Neon that serves `console.neon.tech`. */
  front?: (neon: NeonServer) => Promise<{ readonly url: string; close(): Promise<void> }>;
}

/** Runs `work` where `console.neon.tech` is the emulated Neon and `api.github.com` the emulated GitHub. */
export async function inWorld(work: (world: World) => Promise<void>, options: WorldOptions = {}): Promise<void> {
  const calls: Partial<Record<OperationId | 'unknown', () => void>> = {};
  const neon = await startNeon({
    ...options.neon,
    at: (point, { operation }) => (point === 'performed' ? calls[operation]?.() : undefined),
  });
  const github = await startGitHub({ ...options.github, seed: { check_email_owners: false, ...options.github?.seed } });
  // The examples set no `api_host`, so requests go through a proxy.
  const front = await options.front?.(neon);
  const hosts = { 'console.neon.tech': front?.url ?? neon.url, 'api.github.com': github.url };
  const proxy = await startProxy(hosts);
  using folder = scratch();
  publish(join(folder.path, 'action'));
  write(folder.path, { 'ca.pem': proxy.certificate });
  const env = {
    HTTPS_PROXY: proxy.url,
    NODE_EXTRA_CA_CERTS: join(folder.path, 'ca.pem'),
    // For the programs that the examples run.
    NODE_USE_ENV_PROXY: '1',
  };

  async function run(
    example: string,
    { files = {}, secrets = {}, vars = {}, env: more = {}, actions = {}, ...how }: Use,
  ): Promise<ActRun> {
    using shop = scratch();
    using app = scratch();
    using others = scratch();
    for (const [name, content] of Object.entries(actions)) write(join(others.path, name), content);
    const content = readFileSync(join(examples, example), 'utf8');
    const workflow = `.github/workflows/${example}`;
    write(shop.path, { ...files, [workflow]: content });
    commit(shop.path, 'acme/shop');
    grantToJobs(github, content, how.job);
    installApp(github, content, app.path);
    const used = (action: string, place: string) =>
      actionsOf(content)
        .filter((uses) => uses.startsWith(action))
        .map((uses) => [uses, place]);
    const result = await runAct({
      ...how,
      folder: shop.path,
      workflow,
      secrets: {
        ...Object.fromEntries(github.state().secrets.map(({ name, value }) => [name, value])),
        ...secrets,
        NEON_ADMIN_KEY: neon.tokens.admin,
        NEON_READER_KEY: neon.tokens.member,
        APP_PRIVATE_KEY: 'the private key of an app',
        GITHUB_TOKEN: github.tokens.default,
      },
      vars: {
        NEON_ORG_ID: neon.organizationId,
        NEON_PROJECT_ID: neon.projectId,
        APP_CLIENT_ID: 'Iv23emulated',
        ...vars,
      },
      actions: Object.fromEntries([
        ...used('neon-org-action/neon-org-action@', join(folder.path, 'action')),
        ...used(APP_TOKEN, app.path),
        ...Object.keys(actions).flatMap((name) => used(`${name}@`, join(others.path, name))),
      ]),
      env: { ...env, ...more },
    });
    const keys = neon.state().credentials.map(({ token }) => token);
    expectNoToken(result.log, [...keys, ...github.state().tokens.map(({ token }) => token)]);
    expect(repeated(result.output)).toEqual([]);
    expect(proxy.requested.filter((host) => !(host.replace(/:443$/, '') in hosts))).toEqual([]);
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
    await front?.close();
    await Promise.all([neon.close(), github.close()]);
  }
}

function repeated(lines: string[]): string[] {
  return lines.filter((line, index) => line !== '' && lines.indexOf(line) < index);
}
