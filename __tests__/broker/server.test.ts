import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { listen } from '../../broker/server.ts';
import { inBrokerWorld, nonce, projectId } from './world.ts';

/** Writes raw bytes, and reads until the server closes the connection. */
async function exchange(url: string, text: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let response = '';
  socket.on('data', (chunk) => {
    response += chunk;
  });
  socket.write(text);
  await once(socket, 'close');
  return response;
}

const short = { headersTimeout: 100, requestTimeout: 150, connectionsCheckingInterval: 20 };

describe('listen', () => {
  it('serves HTTP, and closes after the requests in progress', () =>
    inBrokerWorld(async ({ broker, issuer }) => {
      const server = await listen(broker.app, '127.0.0.1', 0);
      const headers = { authorization: `Bearer ${await issuer.sign()}` };
      const body = JSON.stringify({ project_id: projectId, nonce });
      const pending = fetch(`${server.url}/v1/keys`, { method: 'POST', headers, body });
      const response = await pending;
      expect([response.status, response.headers.get('cache-control')]).toEqual([201, 'no-store']);
      await response.text();
      await server.close(1000);
    }));

  it('does not wait for a client that sends its headers or its body too slowly', () =>
    inBrokerWorld(async ({ broker, neon }) => {
      const server = await listen(broker.app, '127.0.0.1', 0, short);
      const slowHeaders = exchange(server.url, 'POST /v1/keys HTTP/1.1\r\nhost: x\r\n');
      const slowBody = exchange(server.url, 'POST /v1/keys HTTP/1.1\r\nhost: x\r\ncontent-length: 50\r\n\r\n{');
      expect(await slowHeaders).toMatch(/^HTTP\/1\.1 408 /);
      expect(await slowBody).toMatch(/^HTTP\/1\.1 408 |^$/);
      expect(neon.calls).toEqual(['listOrgApiKeys']);
      await server.close(0);
    }));

  it('rejects a chunked body of more than 8 KB', () =>
    inBrokerWorld(async ({ broker }) => {
      const server = await listen(broker.app, '127.0.0.1', 0, short);
      const chunk = `2000\r\n${'x'.repeat(0x2000)}\r\n`;
      const text = `POST /v1/keys HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n${chunk}${chunk}`;
      expect(await exchange(server.url, text)).toMatch(/^HTTP\/1\.1 400 /);
      await server.close(0);
    }));
});
