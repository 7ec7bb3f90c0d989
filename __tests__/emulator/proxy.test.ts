import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { expect, it } from 'vitest';
import { startProxy } from '../../emulator/proxy.ts';

/** Requests a tunnel. @returns the status of the response */
async function tunnel(proxy: string, path: string): Promise<number | undefined> {
  const asking = request(proxy, { method: 'CONNECT', path }).end();
  const [{ statusCode }, socket] = (await once(asking, 'connect')) as [IncomingMessage, NodeJS.Socket];
  socket.end();
  return statusCode;
}

it.each([
  ['console.neon.tech:443', 200],
  ['console.neon.tech:80', 403],
  ['api.console.neon.tech:443', 403],
  ['github.com:443', 403],
  ['127.0.0.1:9', 403],
])('the proxy answers a tunnel to %s with %i', async (host, status) => {
  const proxy = await startProxy({ 'console.neon.tech': 'http://127.0.0.1:9' });
  try {
    expect(await tunnel(proxy.url, host)).toBe(status);
    expect(proxy.requested).toEqual([host]);
  } finally {
    proxy.close();
  }
});
