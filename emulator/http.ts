// What the emulated services share: a server on loopback that records each request and applies faults to it.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EmulatedResponse, send } from './fault-response.ts';
import { conditionOf, type FaultRule, faultPicker, isCarriedOut, type Picked, parseFaults } from './faults.ts';

export type { EmulatedResponse } from './fault-response.ts';

/** One request to the API and its outcome. */
export interface RecordedRequest<Operation extends string> {
  operation: Operation | 'unknown';
  method: string;
  /** With the query. */
  path: string;
  /** By lower-case name. */
  headers: Record<string, string>;
  body: string;
  /** The status of the response; null if no response has been sent. */
  status: number | null;
  /** Whether the service carried it out, and did not refuse it. */
  performed: boolean;
}

/** `received`: the request has not been carried out. `performed`: it has, but the response has not been sent. */
export type Point = 'received' | 'performed';

/** A request at a point; `nth` counts the requests of its operation, from 1. */
interface PointRequest<Operation extends string> {
  operation: Operation | 'unknown';
  nth: number;
}

export interface FrontOptions<Operation extends string> {
  /** Default: 0, which means any free port. */
  port?: number;
  faults?: FaultRule<Operation>[];
  /** The service's clock, for the `Date` header. */
  now?: () => Date;
  /** Awaited at each point of each request. */
  at?: (point: Point, request: PointRequest<Operation>) => void | Promise<void>;
}

/** A request as a service receives it. */
export interface Incoming<Operation extends string> extends RecordedRequest<Operation> {
  /** The client's address. */
  from: string;
  /** The conditions that the service itself applies: `behind`, `new-key-refused`, `page-end`. */
  conditions: Picked['conditions'];
}

/** The service behind a front. */
export interface Service<Operation extends string> {
  /** Names the operation of a request by its method and its path (no query). */
  match(method: string, pathname: string): Operation | 'unknown';
  /** Carries a request out, or refuses it. */
  perform(request: Incoming<Operation>): Promise<EmulatedResponse>;
  /** The response for a fault with a status and no body. */
  scripted(status: number, requestId: string): Omit<EmulatedResponse, 'status'>;
  /** Restores the service's seed. */
  reset(): void | Promise<void>;
  close(): Promise<void>;
  /** A copy of the state, without tokens. */
  publicState(): unknown;
}

export interface Front<Operation extends string> {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** All requests to the API since the start or the last reset, tokens included. */
  readonly requests: RecordedRequest<Operation>[];
  /** The rules, read at each request. Push to the list or replace it. */
  faults: FaultRule<Operation>[];
  /** Restores the seed, with the same tokens, and the initial `faults`; empties `requests` and restarts all counts. */
  reset(): Promise<void>;
  /** Closes the server and every open connection. */
  close(): Promise<void>;
}

/**
 * Starts a server on 127.0.0.1 in front of a service, with control endpoints under `/_emulator`.
 * @param start starts the service, called with the front's URL; requests wait for it
 */
export async function startFront<Operation extends string>(
  start: (url: string) => Promise<Service<Operation>>,
  options: FrontOptions<Operation>,
): Promise<Front<Operation>> {
  const server = createServer();
  // A client may pause between requests, so only the test closes connections.
  server.keepAliveTimeout = 0;
  const url = await listen(server, options.port ?? 0);
  const service = start(url);
  const front = new FaultyFront(url, server, service, options);
  server.on('request', (request, response) => front.handle(request, response));
  await service;
  return front;
}

class FaultyFront<Operation extends string> implements Front<Operation> {
  readonly url: string;
  readonly requests: RecordedRequest<Operation>[] = [];
  faults: FaultRule<Operation>[];
  private readonly server: Server;
  private readonly service: Promise<Service<Operation>>;
  private readonly options: FrontOptions<Operation>;
  private readonly closing = new AbortController();
  private pick = faultPicker();
  private readonly counts = new Map<string, number>();
  private readonly previous = new Map<string, EmulatedResponse>();

  constructor(url: string, server: Server, service: Promise<Service<Operation>>, options: FrontOptions<Operation>) {
    this.url = url;
    this.server = server;
    this.service = service;
    this.options = options;
    this.faults = [...(options.faults ?? [])];
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    const isControl = request.url?.startsWith('/_emulator/') === true;
    const handled = isControl ? this.control(request, response) : this.serve(request, response);
    handled.catch((error) => {
      // A client that disconnected or a server that is closing is not an error.
      if (!this.closing.signal.aborted && request.complete) console.error('[emulator]', error);
      response.destroy();
    });
  }

  async reset(): Promise<void> {
    await (await this.service).reset();
    this.requests.length = 0;
    this.faults = [...(this.options.faults ?? [])];
    this.pick = faultPicker();
    this.counts.clear();
    this.previous.clear();
  }

  async close(): Promise<void> {
    this.closing.abort();
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
    await (await this.service).close();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { at = () => {}, now = () => new Date() } = this.options;
    const service = await this.service;
    const recorded = await record(request, service);
    const { operation } = recorded;
    const nth = (this.counts.get(operation) ?? 0) + 1;
    this.counts.set(operation, nth);
    this.requests.push(recorded);
    const picked = this.pick(this.faults, recorded);
    const { failure, conditions } = picked;
    const from = request.socket.remoteAddress ?? '';
    const carryOut = async (): Promise<EmulatedResponse> => {
      const own = await service.perform({ ...recorded, from, conditions });
      if (own.status >= 400) return own;
      recorded.performed = true;
      await at('performed', { operation, nth });
      return own;
    };

    await at('received', { operation, nth });
    const own = await deliver(failure, carryOut);
    await this.pause(conditionOf(conditions, 'delay')?.ms ?? 0);
    const requestId = recorded.headers['x-request-id'] ?? randomUUID();
    const scripted = (status: number) => service.scripted(status, requestId);
    const previous = this.previous.get(operation);
    recorded.status = send(response, picked, { own, previous, scripted, now: now() });
    if (own && own.status < 400) this.previous.set(operation, own);
    if (failure?.type === 'late') {
      await this.pause(failure.ms);
      await carryOut();
    }
  }

  private async pause(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms, undefined, { signal: this.closing.signal });
  }

  private async control(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const command = CONTROLS[`${request.method} ${request.url}`];
    response.setHeader('content-type', 'application/json');
    try {
      if (command === undefined)
        throw new Error(`Unknown control endpoint. Known: ${Object.keys(CONTROLS).join(', ')}.`);
      response.end(JSON.stringify(await command(this, await this.service, body), null, 2));
    } catch (error) {
      response.writeHead(command ? 400 : 404);
      response.end(JSON.stringify({ message: (error as Error).message }));
    }
  }
}

/** Carries out a request, twice if the failure is a duplicate. @returns the response for the client */
async function deliver(
  failure: Picked['failure'],
  carryOut: () => Promise<EmulatedResponse>,
): Promise<EmulatedResponse | undefined> {
  if (!isCarriedOut(failure)) return undefined;
  const first = await carryOut();
  if (failure?.type !== 'duplicate') return first;
  const second = await carryOut();
  return failure.response === 'second' ? second : first;
}

/** The control endpoints. Their responses never contain a token. */
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
