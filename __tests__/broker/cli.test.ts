import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { startOidc } from '../../emulator/oidc.ts';
import { startNeon } from '../../emulator/server.ts';
import { jobClaims } from './issuer.ts';
import { policyText } from './world.ts';

const root = join(import.meta.dirname, '../..');

interface Options {
  env?: Record<string, string>;
  folder?: string;
  uid?: number;
}

function start(args: string[], { env = {}, folder = root, uid }: Options = {}) {
  return spawn(process.execPath, ['broker/cli.ts', ...args], {
    cwd: folder,
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
}

async function run(args: string[], options: Options = {}) {
  const child = start(args, options);
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { code, stdout, stderr };
}

/** Files of a test, readable by every user. */
async function withFiles(files: Record<string, string>, work: (path: (name: string) => string) => Promise<void>) {
  const folder = mkdtempSync(join(tmpdir(), 'neon-broker-cli-'));
  chmodSync(folder, 0o755);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  try {
    await work((name) => join(folder, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const claims = (more: object) => JSON.stringify({ ...jobClaims, ...more });

describe('broker check', () => {
  it('exits 0 for a valid policy, and 1 with every problem for an invalid one', () =>
    withFiles({ good: policyText.replace('heads/main', 'heads/*'), bad: 'grants: 5' }, async (path) => {
      const good = await run(['check', '--policy', path('good')]);
      expect(good).toMatchObject({ code: 0, stderr: '' });
      expect(good.stdout).toContain('Warning: The grant "shop main" allows several branches');
      const bad = await run(['check', '--policy', path('bad')]);
      expect([bad.code, bad.stdout]).toEqual([1, '']);
      expect(bad.stderr).toContain('line 1: organization: is missing');
      expect((await run(['check', '--policy', path('none')])).stderr).toContain('ENOENT');
    }));
});

describe('broker explain', () => {
  it('exits 0 if the claims may mint, and 1 if they are denied', () =>
    withFiles(
      { policy: policyText, ok: claims({}), evil: claims({ ref: 'refs/heads/evil' }), empty: '{}' },
      async (path) => {
        const explain = (name: string) => run(['explain', '--policy', path('policy'), '--claims', path(name)]);
        expect(await explain('ok')).toMatchObject({ code: 0, stderr: '' });
        const denied = await explain('evil');
        expect(denied.code).toBe(1);
        expect(denied.stdout).toContain('✗ ref: "refs/heads/evil", expected "refs/heads/main"');
        expect((await explain('empty')).stderr).toContain('These claims are missing or invalid: repository_id');
      },
    ));
});

describe('broker', () => {
  it.each([
    ['unknown', 'Unknown command: unknown.'],
    ['constructor', 'Unknown command: constructor.'],
    ['check --all', 'The command check does not accept --all.'],
    ['serve now', 'Unexpected argument: now.'],
    ['--nonsense', "Unknown option '--nonsense'."],
    ['check --policy', "Option '--policy <value>' argument missing."],
    ['check --policy --all', "Option '--policy' argument is ambiguous."],
  ])('exits 2 for %j, names the invalid argument and shows its usage', async (args, problem) => {
    const { code, stdout, stderr } = await run(args.split(' '));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.split('\n').slice(0, 3)).toEqual([problem, '', 'Usage: broker [command]']);
  });

  it('does not start without its admin key, and never shows the content of the file', () =>
    withFiles({ policy: policyText, key: 'two words are-not-a-key' }, async (path) => {
      const env = { BROKER_POLICY_FILE: path('policy'), NEON_API_KEY_FILE: path('key') };
      const { code, stderr } = await run(['serve'], { env });
      expect([code, stderr]).toEqual([
        1,
        `${path('key')} does not contain exactly one Neon API key. Check NEON_API_KEY_FILE.\n`,
      ]);
    }));
});

/** The packages of `npm ci --omit=dev`, by the lockfile. */
function productionPackages(): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; optional?: boolean; devOptional?: boolean }>;
  };
  return Object.entries(packages).flatMap(([path, { dev, devOptional, optional }]) =>
    path !== '' && !dev && !devOptional && !optional ? path : [],
  );
}

/** Copies the files that the container has. */
function installProduction(folder: string): void {
  for (const path of ['package.json', 'src/keys', 'src/lib', 'src/neon', 'broker', ...productionPackages()]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path), { recursive: true });
  }
}

function changeMode(folder: string, mode: string): void {
  execFileSync('chmod', ['-R', mode, folder]);
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(stream)) return line;
  return '';
}

describe('the image of the broker', () => {
  it('serves, expires and revokes keys as another user in a read-only folder', async () => {
    const [neon, oidc] = [await startNeon({ rateLimits: false }), await startOidc()];
    const policy = policyText
      .replace('org-sunny-meadow-12345678', neon.organizationId)
      .replace('[cool-river-87654321]', `[${neon.projectId}]`);
    await withFiles({ policy, key: `${neon.tokens.admin}\n` }, async (path) => {
      const folder = mkdtempSync(join(tmpdir(), 'neon-broker-tree-'));
      try {
        installProduction(folder);
        changeMode(folder, 'a-w');
        changeMode(folder, 'a+rX');
        const env = {
          BROKER_POLICY_FILE: path('policy'),
          NEON_API_KEY_FILE: path('key'),
          NEON_API_HOST: neon.apiHost,
          OIDC_ISSUER: oidc.issuer,
          GITHUB_SERVER_URL: 'https://github.com',
          BROKER_HOST: '127.0.0.1',
          BROKER_PORT: '0',
          BROKER_MONITORING_PORT: '0',
        };
        const options = { env, folder, ...(process.getuid?.() === 0 ? { uid: 65_534 } : {}) };
        const server = start(['serve'], options);
        const closed = new Promise((resolve) => server.on('close', resolve));
        const [started, audited] = [await firstLine(server.stderr), firstLine(server.stdout)];
        const { url } = JSON.parse(started) as { url: string };
        expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok');
        const body = JSON.stringify({ project_id: neon.projectId, nonce: 'nonce00001' });
        const job = { claims: jobClaims };
        const mint = async () => {
          const token = await oidc.idToken('https://broker.example.com/neon', job);
          return fetch(`${url}/v1/keys`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body });
        };
        let minted = await mint();
        while (minted.status === 503) minted = await mint();
        expect([minted.status, await minted.json()]).toMatchObject([201, { project_id: neon.projectId }]);
        expect(JSON.parse(await audited)).toMatchObject({ event: 'mint', outcome: 'minted' });
        server.kill('SIGTERM');
        expect(await closed).toBe(0);
        expect(neon.liveKeys().filter(({ name }) => name.includes('~gha.'))).toHaveLength(1);
        expect(await run(['sweep'], options)).toMatchObject({
          code: 0,
          stderr: 'Revoked 0 expired keys. Expired keys that are still active: 0.\n',
        });
        expect(await run(['revoke', '--repository', 'acme/other'], options)).toMatchObject({ code: 1 });
        expect(await run(['revoke', '--repository', '1'], options)).toMatchObject({
          code: 0,
          stderr: expect.stringContaining('Revoked 0 keys'),
        });
        const revoked = await run(['revoke', '--repository', 'acme/shop'], options);
        expect(revoked).toMatchObject({ code: 0, stderr: 'Revoked 1 key. Keys that could not be revoked: 0.\n' });
        expect(JSON.parse(revoked.stdout)).toMatchObject({ event: 'revoke', reason: 'break-glass' });
        expect(neon.liveKeys().filter(({ name }) => name.includes('~gha.'))).toEqual([]);
      } finally {
        changeMode(folder, 'u+w');
        rmSync(folder, { recursive: true, force: true });
      }
    });
    await Promise.all([neon.close(), oidc.close()]);
  });
});
