// The endpoints for branches that Neon's own actions and CLI use, in front of an emulated Neon.
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Branch, Database, Endpoint, Role } from '@neondatabase/api-client';
import { BASE_PATH } from './operations.ts';
import { generalError, Refusal } from './refusal.ts';
import type { NeonServer } from './server.ts';

export interface BranchServer {
  /** `http://127.0.0.1:<port>`, with the whole API: requests that are not about branches go to the emulated Neon. */
  readonly url: string;
  /** The branches of the project, its default branch `main` first. */
  readonly branches: Branch[];
  /** Called when a branch has been created, before the response is sent. */
  created: (branch: Branch) => void;
  /** The password of a role; each branch has its own. */
  password(branchId: string): string;
  close(): Promise<void>;
}

interface BranchCall {
  server: BranchServer;
  projectId: string;
  /** The ID in the path. */
  branchId: string;
  query: URLSearchParams;
  body: string;
}

const ROLE = 'neondb_owner';
const DATABASE = 'neondb';

/** Starts the server on 127.0.0.1. Any key that can see the project can do anything with its branches. */
export async function startBranches(neon: NeonServer): Promise<BranchServer> {
  const prefix = `${BASE_PATH}/projects/${neon.projectId}/branches`;
  const http = createServer(async (incoming, response) => {
    const { pathname, searchParams: query } = new URL(incoming.url ?? '', 'http://neon.localhost');
    if (!`${pathname}/`.startsWith(`${prefix}/`)) return forward(neon, incoming, response);
    const body = await text(incoming);
    await respond(response, async () => {
      await authorizeAtProject(neon, incoming.headers.authorization ?? '');
      const [, branchId = '', rest = ''] = /^\/?([^/]*)(.*)$/.exec(pathname.slice(prefix.length)) ?? [];
      const route = `${incoming.method} ${branchId && '/:branch'}${rest}`;
      const perform = ROUTES[route];
      if (perform === undefined) throw new Refusal(404, 'this endpoint is not emulated');
      return perform({ server, projectId: neon.projectId, branchId, query, body });
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const passwords = new Map<string, string>();
  const server: BranchServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    branches: [branchOf('main', neon.projectId)],
    created: () => {},
    password(branchId) {
      const password = passwords.get(branchId) ?? `npg_emulated_${randomBytes(8).toString('hex')}`;
      passwords.set(branchId, password);
      return password;
    },
    async close() {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
  return server;
}

/** By method and path below the project's `/branches`. */
const ROUTES: Record<string, (call: BranchCall) => unknown> = {
  'GET ': ({ server, query }) => ({
    branches: server.branches.filter((branch) => matches(branch, query.get('search'))),
    annotations: {},
  }),
  'POST ': createBranch,
  'GET /:branch': (call) => ({ branch: findBranch(call), annotation: {} }),
  'DELETE /:branch': deleteBranch,
  'GET /:branch/endpoints': (call) => ({ endpoints: [endpointOf(findBranch(call))] }),
  'GET /:branch/databases': (call) => ({ databases: [databaseOf(findBranch(call))] }),
  [`GET /:branch/databases/${DATABASE}`]: (call) => ({ database: databaseOf(findBranch(call)) }),
  'GET /:branch/roles': (call) => ({ roles: [roleOf(findBranch(call))] }),
  [`GET /:branch/roles/${ROLE}`]: (call) => ({ role: roleOf(findBranch(call)) }),
  [`GET /:branch/roles/${ROLE}/reveal_password`]: (call) => ({ password: call.server.password(findBranch(call).id) }),
};

function createBranch({ server, projectId, body }: BranchCall): unknown {
  const { branch: requested = {} } = JSON.parse(body) as { branch?: Partial<Branch> };
  if (server.branches.some(({ name }) => name === requested.name)) throw new Refusal(409, 'branch already exists');
  const branch = branchOf(requested.name ?? `br-${randomUUID()}`, projectId, requested, server.branches[0]);
  server.branches.push(branch);
  server.created(branch);
  const connection_uri = `postgresql://${ROLE}:${server.password(branch.id)}@${hostOf(branch)}/${DATABASE}`;
  return { branch, endpoints: [endpointOf(branch)], operations: [], connection_uris: [{ connection_uri }] };
}

function deleteBranch(call: BranchCall): unknown {
  const { branches } = call.server;
  const branch = findBranch(call);
  if (branch.default) throw new Refusal(422, 'cannot delete the default branch');
  branches.splice(branches.indexOf(branch), 1);
  return { branch, operations: [] };
}

function findBranch({ server, branchId }: BranchCall): Branch {
  const branch = server.branches.find(({ id }) => id === branchId);
  if (branch === undefined) throw new Refusal(404, 'branch not found');
  return branch;
}

/** Requests the project from the emulated Neon, which decides whether the key can see it and records the use of the key. */
async function authorizeAtProject(neon: NeonServer, authorization: string): Promise<void> {
  const response = await fetch(`${neon.apiHost}/projects/${neon.projectId}`, { headers: { authorization } });
  const { message = '' } = (await response.json()) as { message?: string };
  if (!response.ok) throw new Refusal(response.status, message);
}

async function respond(response: ServerResponse, work: () => Promise<unknown>): Promise<void> {
  const requestId = randomUUID();
  response.setHeader('content-type', 'application/json');
  try {
    response.end(JSON.stringify(await work()));
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal(400, String(error));
    response.statusCode = refusal.status;
    response.end(generalError(requestId, refusal.message));
  }
}

function forward(neon: NeonServer, incoming: IncomingMessage, response: ServerResponse): void {
  const { method, headers, url } = incoming;
  const onward = request(new URL(url ?? '', neon.url), { method, headers }, (upstream) => {
    response.writeHead(upstream.statusCode ?? 502, upstream.headers);
    upstream.pipe(response);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  incoming.pipe(onward);
}

function matches({ id, name }: Branch, search: string | null): boolean {
  return search === null || id === search || name.includes(search);
}

function branchOf(name: string, project_id: string, requested: Partial<Branch> = {}, parent?: Branch): Branch {
  const created = new Date().toISOString();
  return {
    id: `br-emulated-${randomBytes(4).toString('hex')}`,
    project_id,
    name,
    ...(parent && { parent_id: requested.parent_id ?? parent.id }),
    ...(requested.expires_at && { expires_at: requested.expires_at }),
    current_state: 'ready',
    state_changed_at: created,
    creation_source: 'api',
    default: parent === undefined,
    protected: false,
    cpu_used_sec: 0,
    compute_time_seconds: 0,
    active_time_seconds: 0,
    written_data_bytes: 0,
    data_transfer_bytes: 0,
    created_at: created,
    updated_at: created,
  } as Branch;
}

const hostOf = ({ id }: Branch) => `${id.replace('br-', 'ep-')}.us-east-2.aws.neon.example`;

function endpointOf(branch: Branch): Partial<Endpoint> {
  const { id, project_id, created_at, updated_at } = branch;
  const endpoint = {
    id: id.replace('br-', 'ep-'),
    host: hostOf(branch),
    branch_id: id,
    project_id,
    created_at,
    updated_at,
  };
  return { ...endpoint, type: 'read_write' as Endpoint['type'] };
}

function databaseOf({ id, created_at, updated_at }: Branch): Database {
  return { id: 1, branch_id: id, name: DATABASE, owner_name: ROLE, created_at, updated_at };
}

function roleOf({ id, created_at, updated_at }: Branch): Role {
  return { branch_id: id, name: ROLE, created_at, updated_at };
}
