// Other tools to compare with, if they are installed. Nothing is downloaded.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** How to start another tool once. */
export interface Peer {
  name: string;
  /** Arguments for `node`. Each name of a key can be used only once. */
  args: (keyName: string) => string[];
  env: Record<string, string>;
  /** The exit code if the tool did what is measured. */
  exitCode: number;
}

export interface PeerTarget {
  /** The URL of the emulated Neon's API. */
  apiHost: string;
  apiKey: string;
  projectId: string;
}

/**
 * Finds Neon's CLI and two actions in a folder:
 * - `node_modules/neon`, by `npm install --prefix <folder> neon@6`
 * - `create-github-app-token` and `crates-io-auth-action`, by `git clone`
 */
export function findPeers(folder: string, { apiHost, apiKey, projectId }: PeerTarget): Peer[] {
  const cli = join(folder, 'node_modules/neon/dist/cli.js');
  const create = ['api-keys', 'create', '--project-id', projectId];
  const connection = ['--api-host', apiHost, '--api-key', apiKey, '--output', 'json', '--no-analytics'];
  const peers: (Peer & { entry: string })[] = [
    {
      name: 'Neon’s CLI: `neon api-keys create`',
      entry: cli,
      args: (keyName: string) => [...create, '--name', keyName, ...connection],
      env: {},
      exitCode: 0,
    },
    {
      name: 'create-github-app-token without a required input',
      entry: join(folder, 'create-github-app-token/dist/main.cjs'),
      args: () => [],
      env: {},
      exitCode: 1,
    },
    {
      name: 'crates-io-auth-action without the required permission',
      entry: join(folder, 'crates-io-auth-action/dist/main.js'),
      args: () => [],
      env: { INPUT_URL: 'https://crates.io' },
      exitCode: 1,
    },
  ];
  return peers
    .filter(({ name, entry }) => {
      const isInstalled = existsSync(entry);
      if (!isInstalled) console.log(`Skipped ${name}, because ${entry} does not exist.`);
      return isInstalled;
    })
    .map(({ entry, args, ...peer }) => ({ ...peer, args: (keyName) => [entry, ...args(keyName)] }));
}
