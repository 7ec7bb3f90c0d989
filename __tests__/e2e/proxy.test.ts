import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Server as NetServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { generate } from 'selfsigned';
import { describe, expect, it } from 'vitest';
import { inWorld, type World } from './world.ts';

const host = 'console.neon.test';

/** Takes the way of a company's runner: no name service, one proxy, and TLS from end to end behind it. */
async function behindProxy(
  work: (world: World, env: Record<string, string>, asked: string[]) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'neon-org-action-proxy-'));
  const { cert, private: key } = await generate([{ name: 'commonName', value: host }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: host }] }],
  });
  writeFileSync(join(folder, 'ca.pem'), cert);
  try {
    await inWorld(async (world) => {
      const neonPort = Number(new URL(world.neon.url).port);
      const tls = await listening(
        createTlsServer({ cert, key }, (socket) => tie(socket, connect(neonPort, '127.0.0.1'))),
      );
      const asked: string[] = [];
      const proxy = await listening(connectProxy(asked, portOf(tls)));
      const env = {
        https_proxy: `http://user:password-of-proxy@127.0.0.1:${portOf(proxy)}`,
        NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
      };
      try {
        await work(world, env, asked);
      } finally {
        tls.close();
        proxy.close();
      }
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function connectProxy(asked: string[], targetPort: number): Server {
  const server = createServer((_request, response) => response.writeHead(405).end());
  return server.on('connect', (request, socket: Socket) => {
    asked.push(request.url ?? '');
    const target = connect(targetPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      tie(socket, target);
    });
  });
}

function tie(one: Socket, other: Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.pipe(to);
    from.on('error', () => to.destroy());
  }
}

async function listening<S extends NetServer>(server: S): Promise<S> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function portOf(server: NetServer): number {
  return (server.address() as AddressInfo).port;
}

describe('behind a proxy', () => {
  it('asks the proxy for a tunnel to Neon, and nothing else of it', () =>
    behindProxy(async ({ job, mint, mintedKeys, expectNoLeak }, env, asked) => {
      const step = job.step({ ...mint, api_host: `https://${host}/api/v2` });
      const main = await step.main({ env });
      expect(main.log.join('\n')).toContain('Minted key');
      const post = await step.post({ env });
      expect(post.exitCode).toBe(0);
      expect(mintedKeys()).toEqual([]);
      expect(new Set(asked)).toEqual(new Set([`${host}:443`]));
      expect(main.stdout + main.stderr).not.toContain('password-of-proxy');
      expectNoLeak(main, post);
    }));

  it('goes around the proxy for hosts in NO_PROXY, and says that nothing was sent', () =>
    behindProxy(async ({ job, mint, requests }, env, asked) => {
      const step = job.step({ ...mint, api_host: `https://${host}/api/v2` });
      const main = await step.main({ env: { ...env, NO_PROXY: `example.com,${host}` } });
      expect(main.exitCode).toBe(1);
      expect(main.log.join('\n')).toMatch(/was not done: (ENOTFOUND|EAI_AGAIN).*\nNothing was sent/);
      expect(asked).toEqual([]);
      expect(requests()).toEqual([]);
    }));

  it('takes a proxy that refuses for what it is: nothing was sent', () =>
    inWorld(async ({ job, mint, requests, expectNoLeak }) => {
      const proxy = await listening(
        createServer().on('connect', (_request, socket) => socket.end('HTTP/1.1 407 No\r\n\r\n')),
      );
      const env = { HTTPS_PROXY: `http://user:password-of-proxy@127.0.0.1:${portOf(proxy)}` };
      const step = job.step({ ...mint, api_host: `https://${host}/api/v2` });
      const main = await step.main({ env });
      proxy.close();
      expect(main.exitCode).toBe(1);
      expect(main.log.join('\n')).toMatch(/was not done: .*407.*\nNothing was sent/);
      expect(main.stdout + main.stderr).not.toContain('password-of-proxy');
      expect((await step.post()).stdout).toBe('');
      expect(requests()).toEqual([]);
      expectNoLeak(main);
    }));

  it('never asks a proxy for this machine', () =>
    inWorld(async ({ job, mint }) => {
      const env = {
        http_proxy: 'http://127.0.0.1:9',
        HTTP_PROXY: 'http://127.0.0.1:9',
        https_proxy: 'http://127.0.0.1:9',
      };
      expect((await job.step(mint).main({ env })).exitCode).toBe(0);
    }));
});
