import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { proxyFor, proxyVariable } from './proxy.ts';

export interface HttpRequest {
  method: string;
  /** With a leading slash, and the query. */
  path: string;
  headers: Record<string, string>;
  body?: string | undefined;
  /** Milliseconds from the call to the end of the response. */
  timeoutMs: number;
  /** Aborts the request, even while its response is being received. */
  signal?: AbortSignal | undefined;
}

/** A response of any status. */
export interface HttpResponse {
  status: number;
  headers: IncomingHttpHeaders;
  /** Not compressed. */
  body: Buffer;
}

interface NoResponseFacts {
  /** False when the request certainly did not reach the server. */
  sent: boolean;
  /** What to do about the connection, in complete sentences. */
  hint?: string | undefined;
  cause?: unknown;
}

/** There was no usable response. */
export class NoResponseError extends Error {
  override readonly name = 'NoResponseError';
  readonly sent: boolean;
  readonly hint: string | undefined;
  constructor(message: string, { sent, hint, cause }: NoResponseFacts) {
    super(message, { cause });
    this.sent = sent;
    this.hint = hint;
  }
}

/** Sends requests to one server. Idle connections do not keep the process alive. */
export interface Http {
  /** @throws NoResponseError */
  exchange(request: HttpRequest): Promise<HttpResponse>;
}

/** The runner's variables, and the version of Node. */
export interface HttpEnvironment {
  /** The environment with the proxy variables. */
  env: NodeJS.ProcessEnv;
  /** @default process.versions.node */
  nodeVersion?: string | undefined;
}

/** The largest expected response, a list of 10,000 keys (the most that Neon recommends), is about 4 MB. */
const maxResponseBytes = 16 * 1024 * 1024;
const maxSockets = 8;
/** The first version of Node whose agents support a proxy (`proxyEnv`, Node's documentation of http.Agent). */
const proxySince = [24, 5] as const;

/**
 * Opens HTTP/1.1 connections to one server. Redirects are not followed, so a credential is sent to no other server.
 * @throws Error if the runner names a proxy that cannot be used
 */
export async function openHttp(
  server: URL,
  { env, nodeVersion = process.versions.node }: HttpEnvironment,
): Promise<Http> {
  const proxy = proxyFor(server, env);
  if (proxy) checkProxySupport(server, nodeVersion);
  const { Agent, request } = server.protocol === 'https:' ? await import('node:https') : await import('node:http');
  const agent = new Agent({
    keepAlive: true,
    maxSockets,
    proxyEnv: proxy ? { [proxyVariable(server)]: proxy.href } : undefined,
  });

  function exchange({ method, path, headers, body, timeoutMs, signal }: HttpRequest): Promise<HttpResponse> {
    if (signal?.aborted)
      return Promise.reject(new NoResponseError('the step was cancelled before the request was sent', { sent: false }));
    return new Promise((resolve, reject) => {
      // Without its own `timeout`, a tunnel that a proxy never opens would keep the process alive.
      const sending = request(server, { agent, method, path, headers, timeout: timeoutMs });
      const isSent = watchConnection(sending);
      const end = (settle: () => void) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
        settle();
      };
      const giveUp = (reason: string) => {
        end(() => reject(new NoResponseError(reason, { sent: isSent() })));
        sending.destroy();
      };
      const fail = (cause: unknown) => end(() => reject(noResponse(cause, isSent(), server, proxy)));
      const cancel = () => giveUp('the step was cancelled before there was a response');
      const timer = setTimeout(giveUp, timeoutMs, `no response within ${timeoutMs / 1000} s`);
      signal?.addEventListener('abort', cancel, { once: true });
      sending.on('error', fail);
      sending.once('response', (incoming) => {
        readResponse(incoming).then((response) => end(() => resolve(response)), fail);
      });
      sending.end(body);
    });
  }

  return { exchange };
}

function checkProxySupport(server: URL, nodeVersion: string): void {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  const [needsMajor, needsMinor] = proxySince;
  if (major > needsMajor || (major === needsMajor && minor >= needsMinor)) return;
  throw new Error(
    `The runner names a proxy for ${server.host} in \`${proxyVariable(server)}\`, which requires Node ${needsMajor}.${needsMinor}; ` +
      `this is Node ${nodeVersion}. Update the runner, or add the host to \`no_proxy\`.`,
  );
}

/** @returns whether the request may have been sent: the connection was established, and the certificate verified */
function watchConnection(sending: ClientRequest): () => boolean {
  let isEstablished = false;
  sending.once('socket', (socket) => {
    const pending = sending.reusedSocket ? undefined : pendingEvent(socket);
    if (pending === undefined) isEstablished = true;
    else socket.once(pending, () => (isEstablished = true));
  });
  return () => isEstablished;
}

/** @returns the event after which the request is sent; undefined if it is already being sent */
function pendingEvent(socket: Socket & Pick<Partial<TLSSocket>, 'getFinished'>): string | undefined {
  if (socket.getFinished === undefined) return socket.connecting ? 'connect' : undefined;
  // A TLS handshake ends with a Finished message. Behind a proxy, it ends before the request gets the socket.
  return socket.getFinished() === undefined ? 'secureConnect' : undefined;
}

/** @throws Error */
async function readResponse(response: IncomingMessage): Promise<HttpResponse> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxResponseBytes) throw new Error(tooLarge);
    chunks.push(chunk);
  }
  const { statusCode: status = 0, headers } = response;
  return { status, headers, body: await decode(Buffer.concat(chunks), headers['content-encoding']) };
}

const tooLarge = 'the response is larger than 16 MiB';

/** Some gateways compress responses even though the request's Accept-Encoding is `identity`. */
async function decode(body: Buffer, encoding = 'identity'): Promise<Buffer> {
  if (encoding === 'identity' || body.length === 0) return body;
  if (!/^(?:x-)?gzip$/i.test(encoding))
    throw new Error(`the response has the unsupported content encoding ${encoding}`);
  const { gunzipSync } = await import('node:zlib');
  return gunzipSync(body, { maxOutputLength: maxResponseBytes });
}

function noResponse(cause: unknown, sent: boolean, server: URL, proxy: URL | undefined): NoResponseError {
  const { code, message } = firstCause(cause);
  const text = message.includes(code) || code.startsWith('ERR_') ? message : `${code}: ${message}`;
  return new NoResponseError(text, { sent, hint: sent ? undefined : connectionHintFor(code, server, proxy), cause });
}

/** An AggregateError, with one error for each address that was tried, has no message of its own. */
function firstCause(error: unknown): { code: string; message: string } {
  const inner = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
  const { code = '', message = '' } = inner as { code?: string; message?: string };
  return { code, message };
}

/** Codes from Node's documentation, "X509 certificate error codes". */
const untrusted = /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(?:VERIFY_LEAF|GET_ISSUER)_.*)$/;

function connectionHintFor(code: string, { host }: URL, proxy: URL | undefined): string | undefined {
  if (untrusted.test(code)) {
    return (
      `The runner does not trust the certificate of ${host}, as happens behind a proxy that inspects TLS. ` +
      'Set NODE_EXTRA_CA_CERTS in the environment of the runner or the job to the path of the CA certificate (PEM).'
    );
  }
  if (code === 'CERT_HAS_EXPIRED')
    return `The certificate of ${host} has expired, or the clock of the runner is wrong.`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `The server presented a certificate that is not for ${host}.`;
  return proxy && `Check the proxy ${proxy.origin} from the proxy variables of the runner, and NO_PROXY.`;
}
