import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Exchange, openTransport, type Transport } from '../../src/neon/transport.ts';

const token = 'token-'.padEnd(40, 'x');
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function listen(response: RequestListener): Promise<{ url: string }> {
  const server = createServer(response).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function open(url: string): Promise<Transport> {
  return openTransport({ apiHost: new URL(url), apiKey: token, userAgent: 'test/1', env: {} });
}

const getRequest: Exchange = { method: 'GET', path: '/auth', requestId: 'request-1', timeoutMs: 10_000 };

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe('a request to Neon', () => {
  it('contains the key, the request ID and the user agent', async () => {
    let seen: IncomingMessage | undefined;
    const { url } = await listen((request, response) => {
      seen = request;
      response.end('{}');
    });
    await (await open(`${url}/api/v2/`)).exchange(getRequest);
    expect(seen).toMatchObject({ method: 'GET', url: '/api/v2/auth' });
    expect(seen?.headers).toMatchObject({
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      'accept-encoding': 'identity',
      'user-agent': 'test/1',
      'x-request-id': 'request-1',
    });
    expect(seen?.headers).not.toHaveProperty('content-type');
  });

  it('contains its body as JSON in UTF-8', async () => {
    const { url } = await listen(async (request, response) => {
      response.end(JSON.stringify([request.method, request.headers['content-type'], await bodyOf(request)]));
    });
    const { text } = await (await open(url)).exchange({ ...getRequest, method: 'POST', body: { key_name: 'ключ' } });
    expect(JSON.parse(text)).toEqual(['POST', 'application/json', '{"key_name":"ключ"}']);
  });

  it.each(['', '/', '/api/v2', '/api/v2/'])('is sent to a path below the base address (%j)', async (base) => {
    const { url } = await listen((request, response) => response.end(request.url));
    const { text } = await (await open(url + base)).exchange(getRequest);
    expect(text).toBe(`${base.replace(/\/$/, '')}/auth`);
  });
});

describe('a response to a request', () => {
  it('is rejected if it succeeded and contains the key in use', async () => {
    const { url } = await listen((request, response) =>
      response.end(JSON.stringify({ key: request.headers.authorization })),
    );
    const error = await (await open(url)).exchange(getRequest).catch((cause) => cause);
    expect(error).toMatchObject({ name: expect.stringContaining('No'), sent: true });
    expect(error.message).not.toContain(token);
  });

  it('has its status, headers and text, even if it arrives in pieces', async () => {
    const { url } = await listen((_request, response) => {
      response.writeHead(201, { 'retry-after': '5' });
      for (const byte of Buffer.from('{"name":"ключ"}')) response.write(Buffer.of(byte));
      response.end();
    });
    const response = await (await open(url)).exchange(getRequest);
    expect(response).toMatchObject({ status: 201, text: '{"name":"ключ"}', headers: { 'retry-after': '5' } });
  });

  it.each([301, 302, 303, 307, 308])(
    'of status %i is not followed, so that the key is sent to no other server',
    async (status) => {
      const elsewhere: string[] = [];
      const other = await listen((request, response) => {
        elsewhere.push(request.url ?? '');
        response.end();
      });
      const { url } = await listen((_request, response) => response.writeHead(status, { location: other.url }).end());
      expect(await (await open(url)).exchange(getRequest)).toMatchObject({ status, headers: { location: other.url } });
      expect(elsewhere).toEqual([]);
    },
  );
});
