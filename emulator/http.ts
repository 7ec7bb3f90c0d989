// What every embedded service shares: a server on loopback that records each request and does to it what a fault says.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, type FaultRule, faultPicker, isDone, parseFaults } from './faults.ts';

/** One request to the API as it came, and what became of it. */
export interface RecordedRequest<Operation extends string> {
  operation: Operation | 'unknown';
  method: string;
  /** With the query. */
  path: string;
  /** By lower-case name. */
  headers: Record<string, string>;
  body: string;
  /** What was answered; null while it is not, and when the connection was dropped or left hanging. */
  status: number | null;
  /** Whether the service carried it out, that is without refusing it. */
  performed: boolean;
}

/** `received`: before anything is done. `performed`: carried out (not refused), but not yet answered. */
export type Point = 'received' | 'performed';

/** A request at a point; `nth` counts the requests of its operation, from 1. */
interface PointRequest<Operation extends string> {
  operation: Operation | 'unknown';
  nth: number;
}

export interface FrontOptions<Operation extends string> {
  /** Default: 0, a free one. */
  port?: number;
  faults?: FaultRule<Operation>[];
  /** Awaited at each point of each request. */
  at?: (point: Point, request: PointRequest<Operation>) => void | Promise<void>;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

/** A request as a service is given it. */
export interface Incoming<Operation extends string> extends RecordedRequest<Operation> {
  /** The client's address. */
  from: string;
}

/** What is behind the front. */
export interface Service<Operation extends string> {
  /** Names the operation of a request by its method and its path (no query). */
  match(method: string, pathname: string): Operation | 'unknown';
  /** Carries a request out, or refuses it. */
  perform(request: Incoming<Operation>): Promise<Answer>;
  /** The answer of a fault that gives a status, but no body of its own. */
  scripted(status: number, requestId: string): Omit<Answer, 'status'>;
  /** Puts the service back to its seed. */
  reset(): void | Promise<void>;
  close(): Promise<void>;
  /** A copy of the state without a token in it. */
  publicState(): unknown;
}

export interface Front<Operation extends string> {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** All requests to the API since the start or the last reset, tokens included. */
  readonly requests: RecordedRequest<Operation>[];
  /** The rules, checked at each request; push to it or replace it. */
  faults: FaultRule<Operation>[];
  /** Back to the seed, with the same tokens; empties `requests`, puts the first `faults` back, starts counting anew. */
  reset(): Promise<void>;
  /** Closes the server and every open connection. */
  close(): Promise<void>;
}

/**
 * Starts a server on 127.0.0.1 in front of a service, with control endpoints under `/_emulator`.
 * @param start makes the service, given the front's URL; requests wait until it is there
 */
export async function startFront<Operation extends string>(
  start: (url: string) => Promise<Service<Operation>>,
  { port = 0, faults = [], at = () => {} }: FrontOptions<Operation>,
): Promise<Front<Operation>> {
  const closing = new AbortController();
  let pick = faultPicker();
  let nths = new Map<string, number>();

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const behind = await service;
    const recorded = await record(request, behind);
    const { operation } = recorded;
    const nth = (nths.get(operation) ?? 0) + 1;
    nths.set(operation, nth);
    front.requests.push(recorded);
    const fault = pick(front.faults, operation);

    await at('received', { operation, nth });
    const from = request.socket.remoteAddress ?? '';
    const answer = isDone(fault) ? await behind.perform({ ...recorded, from }) : undefined;
    recorded.performed = answer !== undefined && answer.status < 400;
    if (recorded.performed) await at('performed', { operation, nth });

    if (fault?.type === 'delay') await sleep(fault.ms, undefined, { signal: closing.signal });
    const requestId = recorded.headers['x-request-id'] ?? randomUUID();
    recorded.status = send(response, fault, answer, (status) => behind.scripted(status, requestId));
  }

  async function control(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const command = CONTROLS[`${request.method} ${request.url}`];
    response.setHeader('content-type', 'application/json');
    try {
      if (command === undefined) throw new Error(`one of: ${Object.keys(CONTROLS).join(', ')}`);
      response.end(JSON.stringify(await command(front, await service, body), null, 2));
    } catch (error) {
      response.writeHead(command ? 400 : 404);
      response.end(JSON.stringify({ message: (error as Error).message }));
    }
  }

  const server = createServer((request, response) => {
    const handled = request.url?.startsWith('/_emulator/') ? control(request, response) : serve(request, response);
    handled.catch((error) => {
      // A client that left, or a server that closes, is no error of ours.
      if (!closing.signal.aborted && request.complete) console.error('[emulator]', error);
      response.destroy();
    });
  });
  // A client may pause between two requests; only the test closes connections.
  server.keepAliveTimeout = 0;
  const url = await listen(server, port);
  const service = start(url);

  const front: Front<Operation> = {
    url,
    requests: [],
    faults: [...faults],
    async reset() {
      await (await service).reset();
      front.requests.length = 0;
      front.faults = [...faults];
      pick = faultPicker();
      nths = new Map();
    },
    async close() {
      closing.abort();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await (await service).close();
    },
  };
  await service;
  return front;
}

/** What people who run an emulator alone can ask of it; the answers never contain a token. */
const CONTROLS: Record<
  string,
  <Operation extends string>(front: Front<Operation>, service: Service<Operation>, body: string) => unknown
> = {
  'PUT /_emulator/faults': (front, _, body) => {
    front.faults = parseFaults(body);
    return front.faults;
  },
  'GET /_emulator/requests': ({ requests }) =>
    requests.map((request) => {
      const { authorization } = request.headers;
      return authorization ? { ...request, headers: { ...request.headers, authorization: 'Bearer ***' } } : request;
    }),
  'POST /_emulator/reset': async (front) => {
    await front.reset();
    return {};
  },
  'GET /_emulator/state': (_, service) => service.publicState(),
};

async function listen(server: Server, port: number): Promise<string> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function record<Operation extends string>(
  request: IncomingMessage,
  service: Service<Operation>,
): Promise<RecordedRequest<Operation>> {
  const body = await text(request);
  const { method = 'GET', url: path = '/' } = request;
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const operation = service.match(method, path.split('?')[0] ?? '');
  return { operation, method, path, headers, body, status: null, performed: false };
}

/** Answers as the fault wants it; returns the status that was sent, null when none was. */
function send(
  response: ServerResponse,
  fault: Fault | undefined,
  answer: Answer | undefined,
  scripted: (status: number) => Omit<Answer, 'status'>,
): number | null {
  switch (fault?.type) {
    case 'hang-before':
    case 'hang-after':
      return null;
    case 'drop-before':
    case 'drop-after':
      response.destroy();
      return null;
    case 'status':
    case 'status-after': {
      const { headers, body } = scripted(fault.status);
      return write(response, {
        status: fault.status,
        headers: { ...headers, ...fault.headers },
        body: fault.body ?? body,
      });
    }
    case 'garble':
      return write(response, { status: 200, headers: { 'content-type': 'application/json' }, body: '{"garbled": tru' });
    case 'cut':
      return answer ? write(response, answer, true) : null;
    default:
      return answer ? write(response, answer) : null;
  }
}

function write(response: ServerResponse, { status, headers, body }: Answer, cut = false): number {
  const bytes = Buffer.from(body);
  // An answer without content has no length either (RFC 9110, 8.6).
  const length = status === 204 ? {} : { 'content-length': bytes.length };
  response.writeHead(status, { ...headers, ...length });
  if (cut) response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  else response.end(bytes);
  return status;
}
