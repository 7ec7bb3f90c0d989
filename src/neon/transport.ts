import type { Dispatcher } from 'undici';
import request from 'undici/lib/api/api-request.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import { noProxy, proxyFor } from '../lib/proxy.ts';

/** One HTTP request to Neon. */
export interface Exchange {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** After `api_host`, with a leading slash. */
  path: string;
  /** A JSON value. */
  body?: unknown;
  requestId: string;
  /** Milliseconds from the call to the end of the answer. */
  timeoutMs: number;
  /** Aborts the request even while its answer is on the way. */
  signal?: AbortSignal;
}

/** An answer of any status. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** No answer came. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  /** False when the request surely never reached Neon. */
  readonly sent: boolean;
  constructor(message: string, sent: boolean, cause?: unknown) {
    super(message, { cause });
    this.sent = sent;
  }
}

export interface Transport {
  /** @throws NoAnswer */
  exchange(exchange: Exchange): Promise<Answer>;
  /** Closes idle connections, so that the process can end. */
  close(): Promise<void>;
}

export interface TransportOptions {
  apiHost: URL;
  apiKey: string;
  userAgent: string;
  /** Where the proxy variables are read. */
  env: NodeJS.ProcessEnv;
}

/** 10,000 keys, the most that Neon recommends to have, are about 4 MB; a larger answer is not Neon's. */
const maxAnswerBytes = 16 * 1024 * 1024;

/**
 * Speaks HTTP with `api_host` and nobody else: redirects are answers, never followed, so the key goes nowhere else.
 * Undici's inner modules are imported because its index loads fetch, WebSocket, caches and mocks: 40 % of the start-up time.
 */
export async function openTransport({ apiHost, apiKey, userAgent, env }: TransportOptions): Promise<Transport> {
  const dispatcher = await openDispatcher(apiHost, env);
  const basePath = apiHost.pathname.replace(/\/$/, '');

  const headersOf = ({ body, requestId }: Exchange) => ({
    authorization: `Bearer ${apiKey}`,
    accept: 'application/json',
    'user-agent': userAgent,
    'x-request-id': requestId,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  });

  async function exchange(asked: Exchange): Promise<Answer> {
    const { method, path, body, timeoutMs, signal } = asked;
    // Not AbortSignal.timeout, which would let the process end before it fires.
    const timeLimit = new AbortController();
    const timer = setTimeout(() => timeLimit.abort(), timeoutMs);
    try {
      const response = await request.call(dispatcher, {
        origin: apiHost.origin,
        path: basePath + path,
        method,
        headers: headersOf(asked),
        body: body === undefined ? null : JSON.stringify(body),
        signal: signal ? AbortSignal.any([timeLimit.signal, signal]) : timeLimit.signal,
      } as Dispatcher.RequestOptions);
      return { status: response.statusCode, headers: response.headers, text: await response.body.text() };
    } catch (error) {
      if (signal?.aborted) throw new NoAnswer('the step was cancelled before the answer came', true, error);
      if (timeLimit.signal.aborted) throw new NoAnswer(`no answer within ${timeoutMs / 1000} s`, true, error);
      throw toNoAnswer(error);
    } finally {
      clearTimeout(timer);
    }
  }

  return { exchange, close: () => dispatcher.close() };
}

async function openDispatcher(apiHost: URL, env: NodeJS.ProcessEnv): Promise<Dispatcher> {
  const options = {
    allowH2: false,
    connections: 8,
    maxResponseSize: maxAnswerBytes,
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const proxy = proxyFor(apiHost, env);
  if (!proxy) return new Pool(apiHost.origin, options);
  const { openProxy } = await import('../lib/proxy-agent.ts');
  return openProxy(proxy, noProxy(env), options);
}

/** Failures to connect: the request was never written. Codes of Node's and of undici's documentation. */
const notSent = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_PRX_TLS',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** @param error what undici threw; only what surely failed to connect counts as not sent */
export function toNoAnswer(error: unknown): NoAnswer {
  const { code, message, syscall } = firstCause(error);
  const sent = !(isConnectFailure(error, code, syscall) || /^Proxy response \(/.test(message));
  return new NoAnswer([code, message].filter(Boolean).join(': '), sent, error);
}

/** Addresses were tried and none answered, or the code says so, unless a connection broke while it was in use. */
function isConnectFailure(error: unknown, code: string, syscall: string): boolean {
  if (error instanceof AggregateError || syscall === 'connect' || syscall === 'getaddrinfo') return true;
  return notSent.has(code) && syscall !== 'read' && syscall !== 'write';
}

/** An AggregateError (one error an address tried) has no message of its own. */
function firstCause(error: unknown): Record<'code' | 'message' | 'syscall', string> {
  const inner = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
  const { code, message, syscall } = inner as Record<string, unknown>;
  return { code: asText(code), message: asText(message), syscall: asText(syscall) };
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
