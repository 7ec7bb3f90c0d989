import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createSecureServer } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { setDefaultCACertificates } from 'node:tls';
import { generate } from 'selfsigned';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Exchange, NoAnswer, openTransport, type Transport, toNoAnswer } from '../../src/neon/transport.ts';

const token = 'token-'.padEnd(40, 'x');
const ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function listen(answer: RequestListener): Promise<{ server: Server; url: string; port: number }> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}`, port };
}

async function open(url: string, env: NodeJS.ProcessEnv = {}): Promise<Transport> {
  const transport = await openTransport({ apiHost: new URL(url), apiKey: token, userAgent: 'test/1', env });
  ends.push(transport.close);
  return transport;
}

const asked: Exchange = { method: 'GET', path: '/auth', requestId: 'request-1', timeoutMs: 10_000 };

async function failureOf(work: Promise<unknown>): Promise<NoAnswer> {
  const error: unknown = await work.then(
    () => expect.unreachable('there should be no answer'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(NoAnswer);
  expect(String((error as NoAnswer).message)).not.toContain(token);
  return error as NoAnswer;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe('a request', () => {
  it('carries the key, the request id and who asks', async () => {
    let seen: IncomingMessage | undefined;
    const { url } = await listen((request, response) => {
      seen = request;
      response.end('{}');
    });
    await (await open(`${url}/api/v2/`)).exchange(asked);
    expect(seen).toMatchObject({ method: 'GET', url: '/api/v2/auth' });
    expect(seen?.headers).toMatchObject({
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      'user-agent': 'test/1',
      'x-request-id': 'request-1',
    });
    expect(seen?.headers).not.toHaveProperty('content-type');
  });

  it('carries its body as JSON, in UTF-8', async () => {
    const { url } = await listen(async (request, response) => {
      response.end(JSON.stringify([request.method, request.headers['content-type'], await bodyOf(request)]));
    });
    const { text } = await (await open(url)).exchange({ ...asked, method: 'POST', body: { key_name: 'ключ' } });
    expect(JSON.parse(text)).toEqual(['POST', 'application/json', '{"key_name":"ключ"}']);
  });

  it.each(['', '/', '/api/v2', '/api/v2/'])('goes below the path of the base address (%j)', async (base) => {
    const { url } = await listen((request, response) => response.end(request.url));
    const { text } = await (await open(url + base)).exchange(asked);
    expect(text).toBe(`${base.replace(/\/$/, '')}/auth`);
  });
});

describe('an answer', () => {
  it.each([200, 204, 304, 400, 404, 429, 500, 503])('of status %i is one', async (status) => {
    const { url } = await listen((_request, response) => response.writeHead(status, { 'retry-after': '5' }).end());
    const answer = await (await open(url)).exchange(asked);
    expect(answer).toMatchObject({ status, text: '', headers: { 'retry-after': '5' } });
  });

  it.each([301, 302, 303, 307, 308])('of status %i is not followed: the key goes nowhere else', async (status) => {
    const elsewhere: string[] = [];
    const other = await listen((request, response) => {
      elsewhere.push(request.url ?? '');
      response.end();
    });
    const { url } = await listen((_request, response) => response.writeHead(status, { location: other.url }).end());
    const answer = await (await open(url)).exchange(asked);
    expect(answer).toMatchObject({ status, headers: { location: other.url } });
    expect(elsewhere).toEqual([]);
  });

  it('may come in pieces, cut anywhere', async () => {
    const { url } = await listen((_request, response) => {
      for (const byte of Buffer.from('{"name":"ключ"}')) response.write(Buffer.of(byte));
      response.end();
    });
    expect((await (await open(url)).exchange(asked)).text).toBe('{"name":"ключ"}');
  });

  const mebibyte = 'x'.repeat(1024 * 1024);

  it('of 16 MiB is taken', async () => {
    const { url } = await listen((_request, response) => {
      for (let i = 0; i < 16; i += 1) response.write(mebibyte);
      response.end();
    });
    expect((await (await open(url)).exchange(asked)).text).toHaveLength(16 * mebibyte.length);
  });

  it.each([
    ['announced', { 'content-length': String(17 * mebibyte.length) }],
    ['not announced', {}],
  ])('above 16 MiB, %s, is given up: nobody knows what was done', async (_what, headers) => {
    const { url } = await listen((_request, response) => {
      response.writeHead(200, headers);
      for (let i = 0; i < 17; i += 1) response.write(mebibyte);
      response.end();
    });
    const failure = await failureOf((await open(url)).exchange(asked));
    expect(failure).toMatchObject({ sent: true, message: expect.stringContaining('UND_ERR_RES_EXCEEDED_MAX_SIZE') });
  });
});

describe('no answer', () => {
  it('because nobody listens: not sent', async () => {
    const { url, server } = await listen(() => undefined);
    server.close();
    await once(server, 'close');
    const failure = await failureOf((await open(url)).exchange(asked));
    expect(failure).toMatchObject({
      sent: false,
      message: expect.stringMatching(/^ECONNREFUSED: connect ECONNREFUSED /),
    });
  });

  it('because the connection broke before the answer: sent', async () => {
    const { url } = await listen((request) => request.socket.resetAndDestroy());
    expect(await failureOf((await open(url)).exchange(asked))).toMatchObject({ sent: true });
  });

  it('because the connection broke within the answer: sent', async () => {
    const { url } = await listen((request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"id":', () => request.socket.destroy());
    });
    expect(await failureOf((await open(url)).exchange(asked))).toMatchObject({ sent: true });
  });

  it('because what came was not HTTP: sent', async () => {
    const { url } = await listen((request) => request.socket.end('SSH-2.0-OpenSSH\r\n\r\n'));
    expect(await failureOf((await open(url)).exchange(asked))).toMatchObject({ sent: true });
  });

  it.each<[string, RequestListener]>([
    ['the answer', () => undefined],
    ['the rest of the answer', (_request, response) => response.writeHead(200).write('{')],
  ])('because the time was over before %s came: sent', async (_what, answer) => {
    const { url } = await listen(answer);
    const failure = await failureOf((await open(url)).exchange({ ...asked, timeoutMs: 100 }));
    expect(failure).toMatchObject({ sent: true, message: 'no answer within 0.1 s' });
  });

  it('because the step was cancelled meanwhile: sent', async () => {
    const controller = new AbortController();
    const { url } = await listen(() => controller.abort(new Error('cancelled')));
    const failure = await failureOf((await open(url)).exchange({ ...asked, signal: controller.signal }));
    expect(failure).toMatchObject({ sent: true, message: 'the step was cancelled before the answer came' });
  });

  it('because the step was cancelled before: nothing arrives', async () => {
    const arrived: string[] = [];
    const { url } = await listen((request) => arrived.push(request.url ?? ''));
    await failureOf((await open(url)).exchange({ ...asked, signal: AbortSignal.abort() }));
    expect(arrived).toEqual([]);
  });
});

describe('what undici throws', () => {
  const failure = (code: string, syscall?: string) => Object.assign(new Error('words'), { code, syscall });

  it.each([
    ['ETIMEDOUT', 'connect', false],
    ['ECONNRESET', 'connect', false],
    ['ENOTFOUND', 'getaddrinfo', false],
    ['EBUSY', 'getaddrinfo', false],
    ['UND_ERR_CONNECT_TIMEOUT', undefined, false],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', undefined, false],
    ['ECONNREFUSED', undefined, false],
    ['ECONNRESET', 'read', true],
    ['ECONNRESET', undefined, true],
    ['EPIPE', 'write', true],
    ['EHOSTUNREACH', 'read', true],
    ['EHOSTUNREACH', 'write', true],
    ['UND_ERR_SOCKET', undefined, true],
  ])('%s at %s: sent %s', (code, syscall, sent) => {
    const error = failure(code, syscall);
    expect(toNoAnswer(error)).toMatchObject({ name: 'NoAnswer', sent, message: `${code}: words`, cause: error });
  });

  it('one failure for each address that was tried: not sent', () => {
    const error = new AggregateError([failure('EACCES'), failure('ECONNRESET', 'read')]);
    expect(toNoAnswer(error)).toMatchObject({ sent: false, message: 'EACCES: words' });
    expect(toNoAnswer(new AggregateError([], 'none'))).toMatchObject({ sent: false, message: 'none' });
  });

  it('something else: sent, for all we know', () => {
    expect(toNoAnswer({ code: 5, message: 'words' })).toMatchObject({ sent: true, message: 'words' });
    expect(toNoAnswer(new Error('a Proxy response ('))).toMatchObject({ sent: true });
  });
});

describe('a transport', () => {
  it('that is closed lets the process end, and takes no more requests', async () => {
    const { url } = await listen((_request, response) => response.end('{}'));
    const transport = await openTransport({ apiHost: new URL(url), apiKey: token, userAgent: 'test/1', env: {} });
    await transport.exchange(asked);
    await transport.close();
    const failure = await failureOf(transport.exchange(asked));
    expect(failure.message).toContain('UND_ERR_DESTROYED');
  });

  it('speaks HTTP/1.1 over TLS, also to who offers HTTP/2, and with nobody whose certificate it does not know', async () => {
    const pems = await generate([{ name: 'commonName', value: 'neon' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
    });
    const server = createSecureServer({ key: pems.private, cert: pems.cert, allowHTTP1: true }, (request, response) =>
      response.end(request.httpVersion),
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ends.push(async () => server.close());
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const stranger = await failureOf((await open(url)).exchange(asked));
    expect(stranger).toMatchObject({ sent: false, message: expect.stringContaining('SELF_SIGNED_CERT') });
    setDefaultCACertificates([pems.cert]);
    expect((await (await open(url)).exchange(asked)).text).toBe('1.1');
  });

  it('leaves no time limit behind that would keep the process alive', async () => {
    const { url } = await listen((_request, response) => response.end('{}'));
    const transport = await open(url);
    const cleared = vi.spyOn(globalThis, 'clearTimeout');
    const set = vi.spyOn(globalThis, 'setTimeout');
    await transport.exchange({ ...asked, timeoutMs: 12_345 });
    const index = set.mock.calls.findIndex(([, ms]) => ms === 12_345);
    expect(cleared.mock.calls.map(([timer]) => timer)).toContain(set.mock.results[index]?.value);
    vi.restoreAllMocks();
  });
});

describe('the proxy', () => {
  /** A proxy that refuses tunnels and answers for everybody else. */
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

  it('is asked for a tunnel, without the key, and its refusal means: not sent', async () => {
    const { url, through } = await listenAsProxy();
    const transport = await open('https://neon.invalid/api/v2', { https_proxy: url });
    expect(await failureOf(transport.exchange(asked))).toMatchObject({ sent: false });
    expect(through).toEqual(['CONNECT neon.invalid:443 without the key']);
  });

  // 0.0.0.0 reaches this machine and is not a loopback address.
  it.each([
    ['asked for hosts that no_proxy does not name', {}, 'by proxy'],
    ['asked when no_proxy names others', { no_proxy: '1.2.3.4,example.com' }, 'by proxy'],
    ['not asked for hosts in no_proxy', { no_proxy: 'example.com,0.0.0.0' }, 'by Neon'],
    ['not asked for hosts in NO_PROXY', { NO_PROXY: '0.0.0.0' }, 'by Neon'],
    ['not asked when no_proxy names the port, too', { no_proxy: '0.0.0.0:PORT' }, 'by Neon'],
    ['asked when NO_PROXY names the host, but no_proxy is set', { no_proxy: 'a', NO_PROXY: '0.0.0.0' }, 'by proxy'],
  ])('is %s', async (_what, exceptions, answeredBy) => {
    const { url } = await listenAsProxy();
    const { port } = await listen((_request, response) => response.end('by Neon'));
    const env = Object.entries({ http_proxy: url, ...exceptions }).map(([name, value]) => [
      name,
      value.replace('PORT', String(port)),
    ]);
    const transport = await open(`http://0.0.0.0:${port}`, Object.fromEntries(env));
    expect((await transport.exchange(asked)).text).toBe(answeredBy);
  });
});
