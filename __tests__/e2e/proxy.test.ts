import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startProxy } from '../../emulator/proxy.ts';
import { inWorld, type World } from './world.ts';

const host = 'console.neon.test';

/** A runner without DNS, behind a proxy, with end-to-end TLS. */
async function behindProxy(
  work: (world: World, env: Record<string, string>, hosts: string[]) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'neon-org-action-proxy-'));
  try {
    await inWorld(async (world) => {
      const proxy = await startProxy({ [host]: world.neon.url });
      writeFileSync(join(folder, 'ca.pem'), proxy.certificate);
      const env = {
        https_proxy: proxy.url.replace('//', '//user:password-of-proxy@'),
        NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
      };
      try {
        await work(world, env, proxy.requested);
      } finally {
        proxy.close();
      }
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('an operation behind a proxy', () => {
  it('requests only a tunnel to Neon from the proxy', () =>
    behindProxy(async ({ job, mint, mintedKeys, expectNoLeak }, env, hosts) => {
      const step = job.step({ ...mint, api_host: `https://${host}/api/v2` });
      const main = await step.main({ env });
      expect(main.log.join('\n')).toContain('Created key');
      const post = await step.post({ env });
      expect(post.exitCode).toBe(0);
      expect(mintedKeys()).toEqual([]);
      expect(new Set(hosts)).toEqual(new Set([`${host}:443`]));
      expect(main.stdout + main.stderr).not.toContain('password-of-proxy');
      expectNoLeak(main, post);
    }));

  it('bypasses the proxy for hosts in NO_PROXY, and reports that nothing was sent', () =>
    behindProxy(async ({ job, mint, requests }, env, hosts) => {
      const step = job.step({ ...mint, api_host: `https://${host}/api/v2` });
      const main = await step.main({ env: { ...env, NO_PROXY: `example.com,${host}` } });
      expect(main.exitCode).toBe(1);
      expect(main.log.join('\n')).toMatch(
        /was not carried out: getaddrinfo (ENOTFOUND|EAI_AGAIN) .*\nNothing was sent\. /,
      );
      expect(hosts).toEqual([]);
      expect(requests()).toEqual([]);
    }));

  it('names a proxy that refuses the tunnel, and reports that nothing was sent', () =>
    inWorld(async ({ job, mint, requests, expectNoLeak }) => {
      const proxy = createServer().on('connect', (_request, socket) => socket.end('HTTP/1.1 407 No\r\n\r\n'));
      proxy.listen(0, '127.0.0.1');
      await once(proxy, 'listening');
      const { port } = proxy.address() as AddressInfo;
      const env = { HTTPS_PROXY: `http://user:password-of-proxy@127.0.0.1:${port}` };
      const step = job.step({ ...mint, api_host: `https://${host}/api/v2` });
      const main = await step.main({ env });
      proxy.close();
      expect(main.exitCode).toBe(1);
      expect(main.log.join('\n')).toMatch(/was not carried out: .*407 No.*\nNothing was sent\. /);
      expect(main.log.join('\n')).toContain(`Check the proxy http://127.0.0.1:${port} from`);
      expect(main.stdout + main.stderr).not.toContain('password-of-proxy');
      expect((await step.post()).stdout).toBe('');
      expect(requests()).toEqual([]);
      expectNoLeak(main);
    }));

  it('fails if the proxy never opens the tunnel', () =>
    inWorld(async ({ job, mint }) => {
      const proxy = createServer().on('connect', (_request, socket) => socket.resume());
      proxy.listen(0, '127.0.0.1');
      await once(proxy, 'listening');
      const { port } = proxy.address() as AddressInfo;
      const step = job.step({ ...mint, api_host: `https://${host}/api/v2`, timeout: '1s' });
      const main = await step.main({ env: { HTTPS_PROXY: `http://127.0.0.1:${port}` } });
      proxy.close();
      expect(main.exitCode).toBe(1);
      expect(main.log.join('\n')).toMatch(/was not carried out: .*\nNothing was sent\. /);
    }));

  it('explains how to trust a certificate, and sends nothing', () =>
    behindProxy(async ({ job, mint, requests }, { https_proxy }) => {
      const step = job.step({ ...mint, api_host: `https://${host}/api/v2` });
      const main = await step.main({ env: { https_proxy: https_proxy as string } });
      expect(main.exitCode).toBe(1);
      expect(main.log.join('\n')).toMatch(
        /was not carried out: .*self-signed certificate.*\nNothing was sent\. The runner does not trust the certificate of console\.neon\.test, .* Set NODE_EXTRA_CA_CERTS /,
      );
      expect(requests()).toEqual([]);
    }));

  it('never uses a proxy for this machine', () =>
    inWorld(async ({ job, mint }) => {
      const env = {
        http_proxy: 'http://127.0.0.1:9',
        HTTP_PROXY: 'http://127.0.0.1:9',
        https_proxy: 'http://127.0.0.1:9',
      };
      expect((await job.step(mint).main({ env })).exitCode).toBe(0);
    }));
});
