import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { setDefaultCACertificates } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { generate } from 'selfsigned';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Http, type HttpRequest, NoResponseError, openHttp } from '../../src/lib/http.ts';

const ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function listen(response: RequestListener): Promise<{ server: Server; url: string; port: number }> {
  const server = createServer(response).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}`, port };
}

async function listenTls(
  response: (request: Http2ServerRequest, response: Http2ServerResponse) => void,
  ip = '127.0.0.1',
): Promise<{ url: string; certificate: string }> {
  const pems = await generate([{ name: 'commonName', value: 'neon' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip }] }],
  });
  const options = { key: pems.private, cert: pems.cert, allowHTTP1: true };
  const server = createSecureServer(options, response).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(async () => server.close());
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, certificate: pems.cert };
}

const open = (url: string, env: NodeJS.ProcessEnv = {}): Promise<Http> => openHttp(new URL(url), { env });

async function textFrom(http: Http): Promise<string> {
  return (await http.exchange(getRequest)).body.toString();
}

const getRequest: HttpRequest = { method: 'GET', path: '/auth', headers: {}, timeoutMs: 10_000 };

async function failureOf(work: Promise<unknown>): Promise<NoResponseError> {
  const error: unknown = await work.then(
    () => expect.unreachable('there should be no response'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(NoResponseError);
  return error as NoResponseError;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe('an HTTP response', () => {
  it.each([200, 204, 304, 400, 404, 429, 500, 503])('of status %i is returned', async (status) => {
    const { url } = await listen((_request, response) => response.writeHead(status, { 'retry-after': '5' }).end());
    const response = await (await open(url)).exchange(getRequest);
    expect(response).toMatchObject({ status, headers: { 'retry-after': '5' } });
    expect(response.body).toHaveLength(0);
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
      const response = await (await open(url)).exchange(getRequest);
      expect(response).toMatchObject({ status, headers: { location: other.url } });
      expect(elsewhere).toEqual([]);
    },
  );

  it('may arrive in pieces', async () => {
    const { url } = await listen((_request, response) => {
      for (const byte of Buffer.from('{"name":"ключ"}')) response.write(Buffer.of(byte));
      response.end();
    });
    expect(await textFrom(await open(url))).toBe('{"name":"ключ"}');
  });

  const mebibyte = 'x'.repeat(1024 * 1024);

  it('of 16 MiB is accepted', async () => {
    const { url } = await listen((_request, response) => {
      for (let i = 0; i < 16; i += 1) response.write(mebibyte);
      response.end();
    });
    expect(await textFrom(await open(url))).toHaveLength(16 * mebibyte.length);
  });

  it.each([
    ['announced', { 'content-length': String(17 * mebibyte.length) }],
    ['not announced', {}],
  ])('of more than 16 MiB, %s, is an error with an unknown effect', async (_what, headers) => {
    const { url } = await listen((_request, response) => {
      response.writeHead(200, headers);
      for (let i = 0; i < 17; i += 1) response.write(mebibyte);
      response.end();
    });
    const failure = await failureOf((await open(url)).exchange(getRequest));
    expect(failure).toMatchObject({ sent: true, message: 'the response is larger than 16 MiB' });
  });
});

describe('a missing HTTP response', () => {
  it('counts as not sent after a refused connection', async () => {
    const { url, server } = await listen(() => undefined);
    server.close();
    await once(server, 'close');
    const failure = await failureOf((await open(url)).exchange(getRequest));
    expect(failure).toMatchObject({
      sent: false,
      message: expect.stringMatching(/^connect ECONNREFUSED 127\.0\.0\.1:\d+$/),
      hint: undefined,
    });
  });

  it('counts as sent when the connection broke before the response', async () => {
    const { url } = await listen((request) => request.socket.resetAndDestroy());
    expect(await failureOf((await open(url)).exchange(getRequest))).toMatchObject({ sent: true });
  });

  it('counts as sent when the connection broke within the response', async () => {
    const { url } = await listen((request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"id":', () => request.socket.destroy());
    });
    expect(await failureOf((await open(url)).exchange(getRequest))).toMatchObject({ sent: true });
  });

  it('counts as sent when the response was not HTTP', async () => {
    const { url } = await listen((request) => request.socket.end('SSH-2.0-OpenSSH\r\n\r\n'));
    expect(await failureOf((await open(url)).exchange(getRequest))).toMatchObject({ sent: true });
  });

  it.each<[string, RequestListener]>([
    ['the response', () => undefined],
    ['the rest of the response', (_request, response) => response.writeHead(200).write('{')],
  ])('counts as sent when the time limit passed before %s arrived', async (_what, response) => {
    const { url } = await listen(response);
    const failure = await failureOf((await open(url)).exchange({ ...getRequest, timeoutMs: 100 }));
    expect(failure).toMatchObject({ sent: true, message: 'no response within 0.1 s' });
  });

  it('counts as sent when the step was cancelled in the meantime', async () => {
    const controller = new AbortController();
    const { url } = await listen(() => controller.abort(new Error('cancelled')));
    const failure = await failureOf((await open(url)).exchange({ ...getRequest, signal: controller.signal }));
    expect(failure).toMatchObject({ sent: true, message: 'the step was cancelled before there was a response' });
  });

  it('counts as not sent when the step was cancelled before', async () => {
    const arrived: string[] = [];
    const { url } = await listen((request) => arrived.push(request.url ?? ''));
    await failureOf((await open(url)).exchange({ ...getRequest, signal: AbortSignal.abort() }));
    expect(arrived).toEqual([]);
  });
});

describe('an HTTP client', () => {
  it('sends its request with the method, headers and body, in UTF-8', async () => {
    const { url } = await listen(async (request, response) => {
      response.end(JSON.stringify([request.method, request.url, request.headers['x-a'], await bodyOf(request)]));
    });
    const { body } = await (await open(url)).exchange({
      ...getRequest,
      method: 'POST',
      path: '/a?b=c%2Fd',
      headers: { 'x-a': 'b' },
      body: 'ключ',
    });
    expect(JSON.parse(body.toString())).toEqual(['POST', '/a?b=c%2Fd', 'b', 'ключ']);
  });

  it('reuses its connection', async () => {
    const ports = new Set<number | undefined>();
    const { url } = await listen((request, response) => {
      ports.add(request.socket.remotePort);
      response.end();
    });
    const http = await open(url);
    for (let times = 0; times < 3; times += 1) await http.exchange(getRequest);
    expect(ports.size).toBe(1);
  });

  it('reports a request as sent that was lost on a reused connection', async () => {
    let requests = 0;
    const { url } = await listen((request, response) => {
      requests += 1;
      if (requests === 1) response.end();
      else request.socket.resetAndDestroy();
    });
    const http = await open(url);
    await http.exchange(getRequest);
    expect(await failureOf(http.exchange(getRequest))).toMatchObject({ sent: true });
    expect(requests).toBe(2);
  });

  it('speaks HTTP/1.1 over TLS, even to a server that offers HTTP/2', async () => {
    const { url, certificate } = await listenTls((request, response) => response.end(request.httpVersion));
    setDefaultCACertificates([certificate]);
    expect(await textFrom(await open(url))).toBe('1.1');
  });

  it('sends nothing to a server whose certificate it does not trust, and explains how to trust it', async () => {
    const requests: string[] = [];
    const { url } = await listenTls((request) => void requests.push(request.url ?? ''));
    const failure = await failureOf((await open(url)).exchange(getRequest));
    expect(failure).toMatchObject({
      sent: false,
      message: expect.stringContaining('self-signed certificate'),
      hint: expect.stringMatching(
        /^The runner does not trust the certificate of 127\.0\.0\.1:\d+, .*NODE_EXTRA_CA_CERTS/,
      ),
    });
    expect(requests).toEqual([]);
  });

  it('sends nothing to a server whose certificate is for another host', async () => {
    const requests: string[] = [];
    const { url, certificate } = await listenTls((request) => void requests.push(request.url ?? ''), '127.0.0.2');
    setDefaultCACertificates([certificate]);
    const failure = await failureOf((await open(url)).exchange(getRequest));
    expect(failure).toMatchObject({ sent: false, hint: expect.stringContaining('is not for 127.0.0.1') });
    expect(requests).toEqual([]);
  });

  it('has sent nothing during the TLS handshake', async () => {
    const server = createTcpServer(() => undefined).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ends.push(async () => server.close());
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const failure = await failureOf((await open(url)).exchange({ ...getRequest, timeoutMs: 100 }));
    expect(failure).toMatchObject({ sent: false, message: 'no response within 0.1 s' });
  });

  it('leaves no timer that would keep the process alive', async () => {
    const { url } = await listen((_request, response) => response.end('{}'));
    const http = await open(url);
    const cleared = vi.spyOn(globalThis, 'clearTimeout');
    const set = vi.spyOn(globalThis, 'setTimeout');
    await http.exchange({ ...getRequest, timeoutMs: 12_345 });
    const index = set.mock.calls.findIndex(([, ms]) => ms === 12_345);
    expect(cleared.mock.calls.map(([timer]) => timer)).toContain(set.mock.results[index]?.value);
    vi.restoreAllMocks();
  });
});

describe('an HTTP client behind a proxy', () => {
  /** A proxy that refuses tunnels and responds to every other request itself. */
  async function listenAsProxy() {
    const { server, url } = await listen((request, response) => {
      through.push(`${request.method} ${request.url}`);
      response.end('by proxy');
    });
    const through: string[] = [];
    server.on('connect', (request: IncomingMessage, socket: Socket) => {
      through.push(`CONNECT ${request.url} ${request.headers.authorization ?? 'without the key'}`);
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
    });
    return { url, through };
  }

  const secret = { ...getRequest, headers: { authorization: 'Bearer token-of-a-test' } };

  it('requests a tunnel without the key, and names the proxy that refuses it', async () => {
    const { url, through } = await listenAsProxy();
    const http = await open('https://neon.invalid/api/v2', { https_proxy: url.replace('//', '//me:word@') });
    const failure = await failureOf(http.exchange(secret));
    expect(failure).toMatchObject({
      sent: false,
      message: expect.stringContaining(`via ${url}/: HTTP/1.1 403 Forbidden`),
      hint: `Check the proxy ${url} from the proxy variables of the runner, and NO_PROXY.`,
    });
    expect(through).toEqual(['CONNECT neon.invalid:443 without the key']);
    expect(failure.message + failure.hint).not.toContain('word');
  });

  it('names a proxy that cannot be reached', async () => {
    const { url, server } = await listen(() => undefined);
    server.close();
    await once(server, 'close');
    const failure = await failureOf((await open('https://neon.invalid', { https_proxy: url })).exchange(getRequest));
    expect(failure).toMatchObject({ sent: false, hint: expect.stringContaining(`Check the proxy ${url} from`) });
  });

  it('has sent nothing while the proxy does not open the tunnel, and ends the attempt', async () => {
    const { server, url } = await listen(() => undefined);
    const ended = new Promise((resolve) => {
      server.on('connect', (_request, socket) => socket.on('end', resolve).resume());
    });
    const http = await open('https://neon.invalid', { https_proxy: url });
    const failure = await failureOf(http.exchange({ ...getRequest, timeoutMs: 100 }));
    expect(failure).toMatchObject({ sent: false });
    await ended;
  });

  // 0.0.0.0 reaches this machine and is not a loopback address.
  it('counts a clear-text request through the proxy as sent', async () => {
    const { url } = await listenAsProxy();
    expect(await textFrom(await open('http://0.0.0.0:8080', { http_proxy: url }))).toBe('by proxy');
  });

  it('bypasses the proxy for hosts in no_proxy', async () => {
    const { url, through } = await listenAsProxy();
    const { port } = await listen((_request, response) => response.end('by the server'));
    const http = await open(`http://0.0.0.0:${port}`, { http_proxy: url, no_proxy: '0.0.0.0' });
    expect([await textFrom(http), through]).toEqual(['by the server', []]);
  });

  it.each(['20.20.2', '22.18.0', '24.4.9'])(
    'rejects Node %s, whose agents do not support proxies',
    async (nodeVersion) => {
      const environment = { env: { https_proxy: 'http://proxy.example:3128' }, nodeVersion };
      await expect(openHttp(new URL('https://neon.invalid'), environment)).rejects.toThrow(
        /^The runner names a proxy for neon\.invalid in `https_proxy`, which requires Node 24\.5; this is Node [\d.]+\. /,
      );
      await openHttp(new URL('https://neon.invalid'), { ...environment, env: {} });
    },
  );

  it.each(['24.5.0', '24.21.0', '25.0.0'])('accepts Node %s', async (nodeVersion) => {
    const env = { https_proxy: 'http://proxy.example:3128' };
    expect(await openHttp(new URL('https://neon.invalid'), { env, nodeVersion })).toHaveProperty('exchange');
  });
});

describe('a compressed HTTP response', () => {
  it.each(['gzip', 'x-gzip', 'GZIP'])('in %s is decompressed', async (encoding) => {
    const { url } = await listen((_request, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(gzipSync('{"id":1}')),
    );
    expect(await textFrom(await open(url))).toBe('{"id":1}');
  });

  it.each([
    ['in another encoding', 'br', Buffer.from('x'), 'the response has the unsupported content encoding br'],
    ['that is not what it says', 'gzip', Buffer.from('{}'), 'incorrect header check'],
    ['of more than 16 MiB', 'gzip', gzipSync(Buffer.alloc(17 * 1024 * 1024)), 'Cannot create a Buffer larger than'],
  ])('%s is an error with an unknown effect', async (_what, encoding, body, message) => {
    const { url } = await listen((_request, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(body),
    );
    const failure = await failureOf((await open(url)).exchange(getRequest));
    expect(failure).toMatchObject({ sent: true, message: expect.stringContaining(message) });
  });
});
