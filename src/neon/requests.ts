import type { Clock } from '../lib/clock.ts';
import { NoResponseError } from '../lib/http.ts';
import { oneLine, pageTitle, withoutTokens } from '../lib/text.ts';
import { type FailureFacts, type FailureKind, NeonError } from './errors.ts';
import { parseJson } from './json.ts';
import type { RateLimit } from './rate-limit.ts';
import { announceAttempt, parseHttpDate, parseRetryAfter, type RetryPolicy, waitBeforeRetry } from './retry.ts';
import type { Exchange, NeonResponse, Transport } from './transport.ts';

/** A request to one of Neon's endpoints. */
export interface NeonRequest<T> {
  operationId: string;
  method: Exchange['method'];
  path: string;
  body?: unknown;
  /**
   * Whether it is safe to repeat: a GET (Neon's OpenAPI document, GeneralError), or a DELETE by an ID that is never reused. Any
   * other request is sent once, and the caller resolves an unknown outcome.
   */
  idempotent: boolean;
  /** The kind of key that Neon's documentation requires, shown after 401 and 403. */
  needs: string;
  /** What to check after a 404. */
  checkWhenNotFound: string;
  /** Reads the parsed body, which is undefined unless it is JSON. @returns undefined for an unexpected body */
  read(body: unknown): T | undefined;
  limit?: RateLimit;
}

/** The part of a request that one exchange needs. */
type Exchanged<T> = Pick<NeonRequest<T>, 'operationId' | 'method' | 'path' | 'body' | 'read'>;

export interface RequesterOptions {
  transport: Transport;
  clock: Clock;
  /** A new UUID for each request. */
  newRequestId: () => string;
  /** A number in [0, 1), for the waits between attempts. */
  random: () => number;
  retry: RetryPolicy;
  /** Milliseconds for one request. */
  timeoutMs: number;
  limit: RateLimit;
  /** Once aborted, no new request is sent. */
  cancelled?: AbortSignal;
  /** Once aborted, the request in progress is also aborted. */
  abandoned?: AbortSignal;
  /** Called before each retry. */
  info: (line: string) => void;
  debug: (line: string) => void;
}

/** Sends a request, and repeats it while that is safe and may help. */
export type Requester = <T>(request: NeonRequest<T>) => Promise<T>;

/**
 * @returns a function that throws NeonError if there is no usable response, and the reason of `cancelled` if that aborts
 * before the request is sent
 */
export function createRequester(options: RequesterOptions): Requester {
  const { clock, retry, limit, cancelled } = options;
  let credential: Promise<string> | undefined;

  async function attempt<T>(request: NeonRequest<T>): Promise<T> {
    await limit(cancelled);
    await request.limit?.(cancelled);
    cancelled?.throwIfAborted();
    return exchangeOnce(request, options, options.timeoutMs);
  }

  async function hintFor(error: NeonError, request: NeonRequest<unknown>): Promise<string> {
    if (!isRefusalOfKey(error)) return hintWithoutKey(error, request);
    if (!cancelled?.aborted) credential ??= describeCredential(options);
    return `${(await credential) ?? ''}${request.operationId} requires ${request.needs}.`;
  }

  /** @throws NeonError if no other attempt follows */
  async function prepareNextAttempt(
    request: NeonRequest<unknown>,
    error: NeonError,
    attempts: number,
    maybeDone: boolean,
  ): Promise<void> {
    const mayRepeat = request.idempotent && !cancelled?.aborted;
    const wait = mayRepeat ? waitBeforeRetry(error.facts, attempts, options.random(), retry) : undefined;
    if (wait === undefined) throw error.with({ attempts, maybeDone, hint: await hintFor(error, request) });
    options.info(`${error.message} ${announceAttempt(attempts + 1, wait, retry)}`);
    await clock.sleep(wait, cancelled);
  }

  return async function send<T>(request: NeonRequest<T>): Promise<T> {
    let maybeDone = false;
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await attempt(request);
      } catch (error) {
        if (!(error instanceof NeonError)) throw error;
        await prepareNextAttempt(request, error, attempts, maybeDone);
        maybeDone ||= error.facts.kind !== 'not-done';
      }
    }
  };
}

async function exchangeOnce<T>(request: Exchanged<T>, options: RequesterOptions, timeoutMs: number): Promise<T> {
  const { operationId, method, path, body } = request;
  const requestId = options.newRequestId();
  const started = options.clock.now();
  const fail = (kind: FailureKind, reason: string, more: Partial<FailureFacts> = {}, cause?: unknown) =>
    new NeonError({ operationId, method, path, kind, reason, requestId, ...more }, cause);

  let response: NeonResponse;
  try {
    const signal = options.abandoned;
    response = await options.transport.exchange({ method, path, body, requestId, timeoutMs, signal });
  } catch (error) {
    if (!(error instanceof NoResponseError)) throw error;
    const { sent, message, hint } = error;
    throw fail(sent ? 'unknown' : 'not-done', oneLine(message), { hint }, error);
  }
  options.debug(
    `${method} ${path}: ${response.status} in ${options.clock.now() - started} ms (request ID ${requestId})`,
  );

  const parsed = tryParse(response.text);
  if (response.status < 300) {
    const value = request.read(parsed);
    if (value === undefined) {
      const reason = `with ${bodyOf(response)} that this endpoint does not return`;
      throw fail('unknown', reason, { status: response.status });
    }
    return value;
  }
  const respondedAt = parseHttpDate(single(response.headers['date'])) ?? options.clock.now();
  const retryAfterMs = parseRetryAfter(single(response.headers['retry-after']), respondedAt);
  throw fail(kindOf(response.status, parsed), reasonInResponse(response, parsed), {
    status: response.status,
    retryAfterMs,
    ...errorBody(parsed),
  });
}

function tryParse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

/**
 * By Neon's OpenAPI document, GeneralError; 429 is a refusal before any work (RFC 6585). Both apply only to errors in Neon's
 * format: a gateway may block the response to a request that was carried out, or send a request twice.
 */
function kindOf(status: number, parsed: unknown): FailureKind {
  if (status === 423 || status === 429) return isNeonError(parsed) ? 'not-done' : 'unavailable';
  if (status === 503) return 'unavailable';
  if (status >= 500 || status === 408) return 'unknown';
  return isNeonError(parsed) ? 'refused' : 'unknown';
}

/** Whether the body is Neon's GeneralError. A gateway's JSON usually has no `code`. */
function isNeonError(parsed: unknown): parsed is { code: string; message: string } {
  const { code, message } = (parsed ?? {}) as Record<string, unknown>;
  return typeof code === 'string' && typeof message === 'string';
}

function errorBody(parsed: unknown): Pick<FailureFacts, 'code'> & { requestId?: string } {
  const { code, request_id: requestId } = (parsed ?? {}) as Record<string, unknown>;
  return {
    ...(typeof code === 'string' && code !== '' ? { code: withoutTokens(code) } : {}),
    ...(typeof requestId === 'string' && requestId !== '' ? { requestId: withoutTokens(requestId) } : {}),
  };
}

function reasonInResponse(response: NeonResponse, parsed: unknown): string {
  const location = single(response.headers['location']);
  if (response.status < 400 && location !== undefined)
    return `with a redirect to ${withoutTokens(location)}, which is not followed because the request contains the key`;
  if (!isNeonError(parsed)) return `with ${bodyOf(response)} that is not an error from Neon's API`;
  return parsed.message === '' ? 'without a message' : `"${withoutTokens(parsed.message)}"`;
}

function bodyOf({ text }: NeonResponse): string {
  const title = withoutTokens(pageTitle(text));
  return title === '' ? 'a body' : `a page titled "${title}"`;
}

/** Whether Neon reports that the organization does not exist, or that the owner of the key is not a member. */
function isForeignOrganization({ facts: { kind, reason } }: NeonError): boolean {
  return kind === 'refused' && reason.includes('not an organization member');
}

/** Neon refuses some kinds of keys with 404 and this message (observed at GET /users/me and /projects/{project_id}). */
function isRefusalOfKey(error: NeonError): boolean {
  const { kind, status, reason } = error.facts;
  if (kind !== 'refused' || isForeignOrganization(error)) return false;
  return status === 401 || status === 403 || (status === 404 && reason.startsWith('"not allowed '));
}

const refusedKey =
  'Neon does not accept the key in `api_key` at all: it was revoked, is mistyped, or belongs to another `api_host`. ';
const kindsOfKey = new Map<unknown, string>([
  ['api_key_user', 'The key in `api_key` is a personal API key, so its owner lacks the required permission. '],
  ['api_key_org', 'The key in `api_key` is an organization API key, or scoped to a project. '],
]);

/**
 * Reads what kind of key is in use (AuthDetailsResponse).
 * @returns a sentence for an error message, or '' if Neon does not report the kind
 */
async function describeCredential(options: RequesterOptions): Promise<string> {
  const authDetailsRequest: Exchanged<string> = {
    operationId: 'getAuthDetails',
    method: 'GET',
    path: '/auth',
    read: (body) => kindsOfKey.get((body as { auth_method?: unknown } | null)?.auth_method) ?? '',
  };
  try {
    return await exchangeOnce(authDetailsRequest, options, Math.min(options.timeoutMs, 5000));
  } catch (error) {
    return error instanceof NeonError && error.facts.status === 401 ? refusedKey : '';
  }
}

const hints: Record<FailureKind, string> = {
  refused: '',
  unavailable: 'Neon is not available right now (https://neonstatus.com). Run this job again later.',
  'not-done': 'Check `api_host`, the network, and HTTPS_PROXY and NO_PROXY of the runner.',
  unknown: 'Check `api_host`, and the proxies and gateways between this runner and Neon.',
};
const hintsByStatus: Record<number, string> = {
  423: 'Neon has locked the resource while another operation runs. Run this job again later.',
  429: 'Neon allows 700 requests a minute per account. Run fewer jobs at the same time, or run this job again in a minute.',
};

function hintWithoutKey(error: NeonError, request: NeonRequest<unknown>): string {
  const { kind, status = 0, hint } = error.facts;
  if (isForeignOrganization(error) || (kind === 'refused' && status === 404)) return request.checkWhenNotFound;
  if (status >= 300 && status < 400) return 'Set `api_host` to a URL that does not redirect.';
  const advice = hint ?? hintsByStatus[status] ?? hints[kind];
  if (kind === 'unknown' && request.method !== 'GET') return `Whether Neon carried it out is unknown. ${advice}`;
  return kind === 'not-done' && status === 0 ? `Nothing was sent. ${advice}` : advice;
}
