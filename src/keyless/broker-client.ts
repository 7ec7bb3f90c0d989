import { NoResponseError, openHttp } from '../lib/http.ts';
import { oneLine } from '../lib/text.ts';
import { userAgent } from '../lib/version.ts';
import { BrokerError, type DeniedGrant } from './errors.ts';
import { type IdTokenEffects, requestIdToken } from './id-token.ts';

/** The response to POST /v1/keys. */
export interface BrokerKey {
  id: string;
  name: string;
  /** The token. The broker returns it only once. */
  key: string;
  project_id: string;
  created_at: string;
  expires_at: string;
}

/** The response to DELETE /v1/keys/{nonce}. */
interface BrokerDeletion {
  nonce: string;
  revoked: string[];
  pending: boolean;
}

/** A key broker. Each request uses a new ID token. Both methods throw BrokerError. */
export interface BrokerClient {
  createKey(body: { project_id: string; nonce: string; label: string }): Promise<BrokerKey>;
  deleteKey(nonce: string): Promise<BrokerDeletion>;
}

/** @param brokerUrl the `audience` of the broker's policy */
export function openBroker(brokerUrl: string, effects: IdTokenEffects): BrokerClient {
  return {
    async createKey(body) {
      const response = await exchange(brokerUrl, 'POST', '/v1/keys', body, effects);
      if (response.status === 201 && isKey(response.body)) return response.body;
      throw toBrokerError(response);
    },
    async deleteKey(nonce) {
      const response = await exchange(brokerUrl, 'DELETE', `/v1/keys/${nonce}`, undefined, effects);
      if (response.status === 200 && isDeletionOf(nonce, response.body)) return response.body;
      throw toBrokerError(response);
    },
  };
}

interface BrokerResponse {
  request: string;
  requestId: string;
  status: number;
  type: string;
  retryAfterMs: number | undefined;
  body: Record<string, unknown>;
}

/** Sends one request with a new ID token. @throws BrokerError if there is no response */
async function exchange(
  brokerUrl: string,
  method: 'POST' | 'DELETE',
  path: string,
  body: object | undefined,
  effects: IdTokenEffects,
): Promise<BrokerResponse> {
  const { env, newRequestId, timeoutMs, signal } = effects;
  const url = new URL(brokerUrl);
  const request = `${method} ${brokerUrl}${path}`;
  const token = await requestIdToken(brokerUrl, effects);
  const requestId = newRequestId();
  try {
    const http = await openHttp(url, { env });
    const response = await http.exchange({
      ...{ method, path: new URL(brokerUrl + path).pathname, timeoutMs, signal },
      headers: headersOf(token, requestId),
      body: body && JSON.stringify(body),
    });
    const { status, headers } = response;
    const type = String(headers['content-type'] ?? '');
    return {
      request,
      requestId,
      status,
      type,
      retryAfterMs: readRetryAfter(headers),
      body: parseJsonOrNothing(response.body.toString()),
    };
  } catch (error) {
    if (!(error instanceof NoResponseError)) throw error;
    const detail = `${oneLine(error.message)}. ${noResponseAdvice(error)}`;
    throw new BrokerError({ request, detail, requestId, keyMayExist: error.sent }, error);
  }
}

function noResponseAdvice({ sent, hint }: NoResponseError): string {
  if (hint !== undefined) return hint;
  return sent
    ? 'Check whether the broker and the proxies in front of it are overloaded.'
    : 'Check that `broker_url` is the URL of the broker and that the broker is running, and check the network and HTTPS_PROXY.';
}

function headersOf(token: string, requestId: string): Record<string, string> {
  return {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    'accept-encoding': 'identity',
    'content-type': 'application/json',
    'user-agent': userAgent,
    'x-request-id': requestId,
  };
}

/** The broker sends seconds. */
function readRetryAfter({ 'retry-after': text }: { 'retry-after'?: string | undefined }): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) * 1000 : undefined;
}

/** Only a problem document in the broker's form states whether a key may exist. A proxy's error does not. */
function toBrokerError({ request, requestId, status, type, retryAfterMs, body }: BrokerResponse): BrokerError {
  const { code, reason, detail, key_may_exist, request_id, grants } = body;
  const isFromBroker =
    type.startsWith('application/problem+json') && isFilled(code) && typeof key_may_exist === 'boolean';
  if (!isFromBroker) {
    const detail =
      'The response is not from a key broker. Check that `broker_url` is the URL of the broker, and check the proxies in front of the broker.';
    return new BrokerError({ request, status, detail, requestId, keyMayExist: true, retryAfterMs });
  }
  return new BrokerError({
    ...{ request, status, code: oneLine(code), detail: oneLine(String(detail ?? '')), retryAfterMs },
    reason: isFilled(reason) ? oneLine(reason) : undefined,
    requestId: isFilled(request_id) ? oneLine(request_id) : requestId,
    keyMayExist: key_may_exist,
    grants: Array.isArray(grants) ? grants.filter(isDeniedGrant) : undefined,
  });
}

function parseJsonOrNothing(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isKey(body: unknown): body is BrokerKey {
  const { id, name, key, project_id, created_at, expires_at } = body as Record<string, unknown>;
  const isToken = isFilled(key) && /^[\x21-\x7e]{16,}$/.test(key);
  return (
    isToken && isFilled(id) && /^[1-9]\d{0,18}$/.test(id) && [name, project_id, created_at, expires_at].every(isFilled)
  );
}

function isDeletionOf(expected: string, body: unknown): body is BrokerDeletion {
  const { nonce, revoked, pending } = body as Record<string, unknown>;
  return nonce === expected && Array.isArray(revoked) && revoked.every(isFilled) && typeof pending === 'boolean';
}

function isDeniedGrant(value: unknown): value is DeniedGrant {
  const { grant, failed } = (value ?? {}) as Record<string, unknown>;
  return isFilled(grant) && Array.isArray(failed) && failed.every((one) => isFilled(one?.claim));
}
