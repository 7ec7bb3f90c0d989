import { randomBytes } from 'node:crypto';
import type { Fault } from '../faults.ts';
import type { EmulatedResponse, Incoming } from '../http.ts';
import { Refusal } from '../refusal.ts';
import type { Call, Reply } from './call.ts';
import { handleCodeowners } from './codeowners.ts';
import { handleGraphql } from './graphql.ts';
import { limitHeaders, type rateLimiter } from './limits.ts';
import { about, matchRequest, type OperationId } from './operations.ts';
import { handlePeople } from './people.ts';
import { handleRepository } from './repositories.ts';
import { authenticate } from './rights.ts';
import { handleRuns } from './runs.ts';
import { handleSecrets } from './secrets.ts';

/** What is needed to respond to a request. */
interface ResponderContext extends Pick<Call, 'state' | 'git' | 'now' | 'apiUrl'> {
  enterprise: boolean;
  admit: ReturnType<typeof rateLimiter>;
}

/** Responds to a request. Refusals have the form of GitHub's errors. */
export async function respond(request: Incoming<OperationId>, context: ResponderContext): Promise<EmulatedResponse> {
  const { operation } = request;
  const headers = baseHeaders();
  try {
    const token = authenticate(context.state, request.headers['authorization']);
    const allowance = context.admit(token, operation === 'graphql' ? 'graphql' : 'core');
    Object.assign(headers, limitHeaders(allowance));
    if (allowance.over) return overLimit(operation, headers);
    const { permission } = about(operation);
    if (permission) headers['x-accepted-github-permissions'] = permission.replace(':', '=');
    return serialize(await reply(toCall(request, context, token)), headers);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const body = errorBody(error.status, error.message, operation);
    return { status: error.status, headers: { ...headers, ...error.headers }, body };
  }
}

/** The response to a token that has used up its rate limit. GraphQL sends it with status 200. */
function overLimit(operation: OperationId | 'unknown', headers: Record<string, string>): EmulatedResponse {
  const message = 'API rate limit exceeded for installation.';
  if (operation !== 'graphql') return { status: 403, headers, body: errorBody(403, message, operation) };
  return { status: 200, headers, body: JSON.stringify({ errors: [{ type: 'RATE_LIMITED', message }] }) };
}

/** The response for a fault with a status and no body. */
export function scripted(status: number): Omit<EmulatedResponse, 'status'> {
  const message = status === 404 ? 'Not Found' : `scripted response ${status}`;
  return { headers: baseHeaders(), body: errorBody(status, message, 'unknown') };
}

/** GitHub's response to too many requests at once, with a `Retry-After`. */
export function secondaryRateLimit(seconds: number): Fault {
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  const headers = { 'retry-after': String(seconds) };
  return { type: 'status', status: 403, headers, body: errorBody(403, message, 'unknown') };
}

/** Tries each handler in turn. `emulate` handles the remaining operations. */
async function reply(call: Call): Promise<Reply> {
  for (const handle of [handlePeople, handleSecrets, handleRuns, handleCodeowners, handleGraphql]) {
    const reply = await handle(call);
    if (reply !== undefined) return reply;
  }
  return handleRepository(call);
}

function toCall(request: Incoming<OperationId>, context: ResponderContext, token: Call['token']): Call {
  const { pathname, searchParams } = new URL(request.path, context.apiUrl);
  const path = stripBasePath(pathname, context.enterprise);
  const { method, headers, body } = request;
  const accept = headers['accept'] ?? '';
  return { ...context, ...matchRequest(method, path), method, path, query: searchParams, accept, body, token };
}

/** Finds the operation of a request by its method and its path without the query. */
export function operationOf(method: string, pathname: string, enterprise: boolean): OperationId | 'unknown' {
  return matchRequest(method, stripBasePath(pathname, enterprise)).operation;
}

/** The path without the API's base; for a path outside it, one that no operation has. */
function stripBasePath(pathname: string, enterprise: boolean): string {
  if (!enterprise) return pathname;
  if (pathname === '/api/graphql') return '/graphql';
  return pathname.startsWith('/api/v3/') ? pathname.slice('/api/v3'.length) : '/outside';
}

function serialize({ status = 200, json, bytes, headers }: Reply, base: Record<string, string>): EmulatedResponse {
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
