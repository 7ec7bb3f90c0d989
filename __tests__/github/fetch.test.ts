import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { openFetch } from '../../src/github/fetch.ts';

const servers: Server[] = [];
const headers = { accept: 'application/vnd.github+json', authorization: 'token of-a-test' };
const json = { 'content-type': 'application/json' };

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function listen(response: RequestListener): Promise<string> {
  const server = createServer(response).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function open(url: string) {
  return openFetch({ apiUrl: new URL(url), timeoutMs: 5000, cancelled: new AbortController().signal, env: {} });
}

describe('a request', () => {
  it('requests a version of the API and a compressed response, which it decompresses', async () => {
    let seen: IncomingMessage | undefined;
    const url = await listen((request, response) => {
      seen = request;
      response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(gzipSync('{"id":1}'));
    });
    const response = await (await open(url))(`${url}/repos/acme/shop?a=b`, { method: 'GET', headers });
    expect(JSON.parse(await response.text())).toEqual({ id: 1 });
    expect(response.headers.has('content-encoding')).toBe(false);
    expect([response.status, response.url]).toEqual([200, `${url}/repos/acme/shop?a=b`]);
    expect(seen?.url).toBe('/repos/acme/shop?a=b');
    expect(seen?.headers).toMatchObject({
      ...headers,
      'accept-encoding': 'gzip',
      'x-github-api-version': '2022-11-28',
    });
  });

  it('is sent only to the server of the API, even if a link names another server', async () => {
    const requests: string[] = [];
    const elsewhere = await listen((request) => void requests.push(request.url ?? ''));
    const send = await open(await listen((_request, response) => response.end('{}')));
    await expect(send(`${elsewhere}/next`, { method: 'GET', headers })).rejects.toThrow(
      /^the next request would go to 127\.0\.0\.1:/,
    );
    expect(requests).toEqual([]);
  });
});

describe('a redirect', () => {
  it.each([301, 302, 307, 308])('with %i is followed for GET on the same server', async (status) => {
    const url = await listen((request, response) => {
      if (request.url === '/old') response.writeHead(status, { location: '/new' }).end();
      else response.writeHead(200, json).end(JSON.stringify({ url: request.url }));
    });
    const response = await (await open(url))(`${url}/old`, { method: 'GET', headers });
    expect([JSON.parse(await response.text()), response.url]).toEqual([{ url: '/new' }, `${url}/new`]);
  });

  it('to another server is not followed, so that the token is sent to no other server', async () => {
    const requests: string[] = [];
    const elsewhere = await listen((request) => void requests.push(request.url ?? ''));
    const url = await listen((_request, response) => response.writeHead(302, { location: elsewhere }).end());
    await expect((await open(url))(url, { method: 'GET', headers })).rejects.toThrow(
      /^the next request would go to 127\.0\.0\.1:/,
    );
    expect(requests).toEqual([]);
  });

  it.each([
    [307, ['PUT /old {"a":1}', 'PUT /new {"a":1}']],
    [308, ['PUT /old {"a":1}', 'PUT /new {"a":1}']],
  ])('with %i repeats a PUT with its body', async (status, expected) => {
    const requests: string[] = [];
    const url = await listen(async (request, response) => {
      const body = await new Response(request as never).text();
      requests.push(`${request.method} ${request.url} ${body}`);
      if (request.url === '/old') response.writeHead(status, { location: '/new' }).end();
      else response.writeHead(201, json).end('{}');
    });
    const response = await (await open(url))(`${url}/old`, { method: 'PUT', headers, body: '{"a":1}' });
    expect([response.status, requests]).toEqual([201, expected]);
  });

  it.each([301, 302, 303])('with %i is not followed for PUT, which would become a GET', async (status) => {
    const url = await listen((_request, response) => response.writeHead(status, { location: '/new' }).end());
    const sent = (await open(url))(url, { method: 'PUT', headers, body: '{}' });
    await expect(sent).rejects.toThrow(`the response is a redirect (${status}) that cannot be followed`);
  });

  it('is followed at most three times', async () => {
    let requests = 0;
    const url = await listen((_request, response) => {
      requests += 1;
      response.writeHead(302, { location: '/again' }).end();
    });
    const sent = (await open(url))(url, { method: 'GET', headers });
    await expect(sent).rejects.toThrow('there were too many redirects');
    expect(requests).toBe(4);
  });
});
