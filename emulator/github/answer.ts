import { randomBytes } from 'node:crypto';
import type { Fault } from '../faults.ts';
import type { Answer, Incoming } from '../http.ts';
import { Refusal } from '../refusal.ts';
import type { Call, Reply } from './call.ts';
import { askCodeowners } from './codeowners.ts';
import { askGraphql } from './graphql.ts';
import { limitHeaders, type rateLimiter } from './limits.ts';
import { about, matchRequest, type OperationId } from './operations.ts';
import { askPeople } from './people.ts';
import { askRepository } from './repositories.ts';
import { authenticate } from './rights.ts';
import { askRuns } from './runs.ts';
import { askSecrets } from './secrets.ts';

/** What a request is answered from. */
interface Behind extends Pick<Call, 'state' | 'git' | 'now' | 'apiUrl'> {
  enterprise: boolean;
  admit: ReturnType<typeof rateLimiter>;
}

/** Answers one request, and every refusal in GitHub's form. */
export async function answer(request: Incoming<OperationId>, behind: Behind): Promise<Answer> {
  const { operation } = request;
  const headers = baseHeaders();
  try {
    const token = authenticate(behind.state, request.headers['authorization']);
    const allowance = behind.admit(token, operation === 'graphql' ? 'graphql' : 'core');
    Object.assign(headers, limitHeaders(allowance));
    if (allowance.over) return overLimit(operation, headers);
    const { permission } = about(operation);
    if (permission) headers['x-accepted-github-permissions'] = permission.replace(':', '=');
    return written(await reply(understood(request, behind, token)), headers);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const body = errorBody(error.status, error.message, operation);
    return { status: error.status, headers: { ...headers, ...error.headers }, body };
  }
}

/** A token's rate limit is used up. GraphQL says so with status 200. */
function overLimit(operation: OperationId | 'unknown', headers: Record<string, string>): Answer {
  const message = 'API rate limit exceeded for installation.';
  if (operation !== 'graphql') return { status: 403, headers, body: errorBody(403, message, operation) };
  return { status: 200, headers, body: JSON.stringify({ errors: [{ type: 'RATE_LIMITED', message }] }) };
}

/** The answer of a fault that has a status, but no body. */
export function scripted(status: number): Omit<Answer, 'status'> {
  const message = status === 404 ? 'Not Found' : `scripted answer ${status}`;
  return { headers: baseHeaders(), body: errorBody(status, message, 'unknown') };
}

/** GitHub's answer to too many requests at once, which asks for a pause of some seconds. */
export function secondaryRateLimit(seconds: number): Fault {
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  const headers = { 'retry-after': String(seconds) };
  return { type: 'status', status: 403, headers, body: errorBody(403, message, 'unknown') };
}

/** Asks each in turn whether the operation is theirs; `emulate` has the rest. */
async function reply(call: Call): Promise<Reply> {
  for (const ask of [askPeople, askSecrets, askRuns, askCodeowners, askGraphql]) {
    const reply = await ask(call);
    if (reply !== undefined) return reply;
  }
  return askRepository(call);
}

function understood(request: Incoming<OperationId>, behind: Behind, token: Call['token']): Call {
  const { pathname, searchParams } = new URL(request.path, behind.apiUrl);
  const path = underBase(pathname, behind.enterprise);
  const { method, headers, body } = request;
  const accept = headers['accept'] ?? '';
  return { ...behind, ...matchRequest(method, path), method, path, query: searchParams, accept, body, token };
}

/** Names the operation of a request by its method and its path (no query). */
export function operationOf(method: string, pathname: string, enterprise: boolean): OperationId | 'unknown' {
  return matchRequest(method, underBase(pathname, enterprise)).operation;
}

/** The path without the API's base; of what is not under it, a path that no operation has. */
function underBase(pathname: string, enterprise: boolean): string {
  if (!enterprise) return pathname;
  if (pathname === '/api/graphql') return '/graphql';
  return pathname.startsWith('/api/v3/') ? pathname.slice('/api/v3'.length) : '/outside';
}

function written({ status = 200, json, bytes, headers }: Reply, base: Record<string, string>): Answer {
  const body = bytes ?? (json === undefined ? '' : JSON.stringify(json));
  return { status, headers: { ...base, ...headers }, body };
}

function baseHeaders(): Record<string, string> {
  const id = randomBytes(14).toString('hex').toUpperCase();
  return {
    'content-type': 'application/json; charset=utf-8',
    'x-github-media-type': 'github.v3; format=json',
    'x-github-request-id': [id.slice(0, 4), id.slice(4, 10), id.slice(10, 16), id.slice(16, 22), id.slice(22)].join(
      ':',
    ),
  };
}

/** An error in GitHub's form. */
function errorBody(status: number, message: string, operation: OperationId | 'unknown'): string {
  const docs = operation === 'graphql' ? 'graphql' : `rest/${about(operation).docs}`;
  return JSON.stringify({
    message,
    documentation_url: `https://docs.github.com/${docs.replace(/\/$/, '')}`,
    status: String(status),
  });
}
