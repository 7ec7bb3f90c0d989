import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEmulator, type EmulatorDefinition } from 'emulate';
import { liveOrganizationKeys } from './answers.ts';
import { type Fault, type FaultRule, faultPicker, isDone, parseFaults } from './faults.ts';
import type { RateLimits } from './limits.ts';
import { defineNeon } from './neon.ts';
import { BASE_PATH, matchOperation, type OperationId } from './operations.ts';
import { generalError } from './refusal.ts';
import { type NeonState, SEED, type SeedOptions, seedState } from './state.ts';

/** One request to the API as it came, and what became of it. */
export interface RecordedRequest {
  operation: OperationId | 'unknown';
  method: string;
  /** With the query. */
  path: string;
  /** By lower-case name. */
  headers: Record<string, string>;
  body: string;
  /** What was answered; null while it is not, and when the connection was dropped or left hanging. */
  status: number | null;
  /** Whether Neon carried it out, that is without refusing it. */
  performed: boolean;
}

/** `received`: before anything is done. `performed`: carried out (not refused), but not yet answered. */
export type Point = 'received' | 'performed';

/** A request at a point; `nth` counts the requests of its operation, from 1. */
interface PointRequest {
  operation: OperationId | 'unknown';
  nth: number;
}

interface LiveKey {
  id: string;
  name: string;
  project_id?: string;
}

export interface StartOptions {
  seed?: Partial<SeedOptions>;
  /** Default: 0, a free one. */
  port?: number;
  now?: () => Date;
  faults?: FaultRule[];
  /** Default: Neon's own; `false`: none. */
  rateLimits?: RateLimits | false;
  /** Awaited at each point of each request. */
  at?: (point: Point, request: PointRequest) => void | Promise<void>;
}

export interface NeonServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** `url` + `/api/v2` */
  readonly apiHost: string;
  /** A token of each kind: the personal keys of an admin and of a plain member, an organization's and a project's key. */
  readonly tokens: { admin: string; member: string; organization: string; project: string };
  readonly organizationId: string;
  readonly projectId: string;
  /** All requests to the API since the start or the last reset, tokens included. */
  readonly requests: RecordedRequest[];
  /** The rules, checked at each request; push to it or replace it. */
  faults: FaultRule[];
  /** A copy of the state. */
  state(): NeonState;
  /** Changes the state behind the clients' backs: `change((state) => acceptInvitation(state, email))`. */
  change(edit: (state: NeonState) => void): void;
  /**
   * The live organization and project-scoped keys, minted ones and seeded ones (also the forgotten `ci (do not
   * delete!!)`), but not the two in `tokens`, which are only there to authenticate. listOrgApiKeys lists all of them.
   */
  liveKeys(): LiveKey[];
  /** Whether a token, of any kind, still works. */
  isLive(token: string): boolean;
  /** Back to the seed, with the same tokens; empties `requests`, puts the first `faults` back, starts counting anew. */
  reset(): Promise<void>;
  /** Closes the server and every open connection. */
  close(): Promise<void>;
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Starts the emulated Neon on 127.0.0.1, with scripted faults and control endpoints under `/_emulator`. */
export async function startNeon(options: StartOptions = {}): Promise<NeonServer> {
  const { now = () => new Date(), rateLimits, at = () => {} } = options;
  const seed = seedState({ now, ...options.seed });
  const definition = defineNeon({
    now,
    ...(rateLimits !== undefined && { rateLimits }),
    ...(options.seed?.randomToken && { randomToken: options.seed.randomToken }),
  });
  let live = seed;
  const service: EmulatorDefinition<NeonState> = {
    ...definition,
    setup(context) {
      live = context.state;
      definition.setup(context);
    },
  };
  const runtime = await createEmulator({ service, seed, listen: false });
  const closing = new AbortController();
  const requests: RecordedRequest[] = [];
  let pick = faultPicker();
  let nths = new Map<string, number>();

  async function perform(request: IncomingMessage, body: string): Promise<Answer> {
    const headers = new Headers({ 'x-forwarded-for': request.socket.remoteAddress ?? '' });
    for (const name of ['authorization', 'x-request-id']) {
      const value = request.headers[name];
      if (typeof value === 'string') headers.set(name, value);
    }
    const { method = 'GET' } = request;
    const init = { method, headers, ...(method !== 'GET' && method !== 'HEAD' && { body }) };
    const response = await runtime.fetch(new Request(new URL(request.url ?? '/', 'http://neon.localhost'), init));
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const recorded = record(request, body);
    const { operation } = recorded;
    const nth = (nths.get(operation) ?? 0) + 1;
    nths.set(operation, nth);
    requests.push(recorded);
    const fault = pick(neon.faults, operation);

    await at('received', { operation, nth });
    const answer = isDone(fault) ? await perform(request, body) : undefined;
    recorded.performed = answer !== undefined && answer.status < 400;
    if (recorded.performed) await at('performed', { operation, nth });

    if (fault?.type === 'delay') await sleep(fault.ms, undefined, { signal: closing.signal });
    recorded.status = send(response, fault, answer, recorded.headers['x-request-id']);
  }

  async function control(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const command = CONTROLS[`${request.method} ${request.url}`];
    response.setHeader('content-type', 'application/json');
    try {
      if (command === undefined) throw new Error(`one of: ${Object.keys(CONTROLS).join(', ')}`);
      response.end(JSON.stringify(await command(neon, body), null, 2));
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
  const url = await listen(server, options.port ?? 0);

  const neon: NeonServer = {
    url,
    apiHost: `${url}${BASE_PATH}`,
    tokens: tokensOf(seed),
    organizationId: SEED.organizationId,
    projectId: SEED.projectId,
    requests,
    faults: [...(options.faults ?? [])],
    state: () => runtime.snapshot().state,
    change: (edit) => edit(live),
    liveKeys: () => liveKeys(live, Object.values(neon.tokens)),
    isLive: (token) => live.credentials.some((credential) => credential.token === token && !credential.revoked),
    async reset() {
      await runtime.reset();
      requests.length = 0;
      neon.faults = [...(options.faults ?? [])];
      pick = faultPicker();
      nths = new Map();
    },
    async close() {
      closing.abort();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await runtime.close();
    },
  };
  return neon;
}

/** What people who run the emulator alone can ask of it; the answers never contain a token. */
const CONTROLS: Record<string, (neon: NeonServer, body: string) => unknown> = {
  'PUT /_emulator/faults': (neon, body) => {
    neon.faults = parseFaults(body);
    return neon.faults;
  },
  'GET /_emulator/requests': ({ requests }) =>
    requests.map((request) => {
      const { authorization } = request.headers;
      return authorization ? { ...request, headers: { ...request.headers, authorization: 'Bearer ***' } } : request;
    }),
  'POST /_emulator/reset': async (neon) => {
    await neon.reset();
    return {};
  },
  'GET /_emulator/state': (neon) => {
    const state = neon.state();
    return { ...state, credentials: state.credentials.map((credential) => ({ ...credential, token: '***' })) };
  },
};

async function listen(server: Server, port: number): Promise<string> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function record(request: IncomingMessage, body: string): RecordedRequest {
  const { method = 'GET', url: path = '/' } = request;
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const operation = matchOperation(method, path.split('?')[0] ?? '');
  return { operation, method, path, headers, body, status: null, performed: false };
}

/** Answers as the fault wants it; returns the status that was sent, null when none was. */
function send(
  response: ServerResponse,
  fault: Fault | undefined,
  answer: Answer | undefined,
  requestId: string = randomUUID(),
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
      const headers = { 'content-type': 'application/json', 'x-request-id': requestId, ...fault.headers };
      const body = fault.body ?? generalError(requestId, `scripted answer ${fault.status}`);
      return write(response, { status: fault.status, headers, body });
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
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  if (cut) response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  else response.end(bytes);
  return status;
}

function tokensOf(seed: NeonState): NeonServer['tokens'] {
  // The seed's first four keys are one of each kind, in this order.
  const [admin = '', member = '', organization = '', project = ''] = seed.credentials.map(({ token }) => token);
  return { admin, member, organization, project };
}

function liveKeys(state: NeonState, without: string[]): LiveKey[] {
  return liveOrganizationKeys(state, SEED.organizationId)
    .filter((key) => !without.includes(key.token))
    .map(({ id, name, project_id }) => ({ id, name, ...(project_id !== undefined && { project_id }) }));
}
