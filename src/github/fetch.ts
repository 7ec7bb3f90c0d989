import { type HttpEnvironment, type HttpResponse, openHttp } from '../lib/http.ts';

export interface FetchOptions extends HttpEnvironment {
  /** `https://api.github.com`, or `https://<host>/api/v3` of a GitHub Enterprise Server. */
  apiUrl: URL;
  /** Milliseconds for one request. */
  timeoutMs: number;
  /** Once aborted, requests in progress are aborted. */
  cancelled: AbortSignal;
}

/** The parts of a `Response` that octokit reads. Node's own class would load its HTTP client, which takes 30 ms of CPU time. */
interface FetchedResponse extends Pick<Response, 'status' | 'statusText' | 'url' | 'text' | 'arrayBuffer'> {
  headers: ReadonlyMap<string, string>;
  body: null;
}

/** GitHub redirects requests for a renamed repository. No request needs more redirects than this. */
const maxRedirects = 3;
/** GitHub documentation, "API Versions". */
const apiVersion = '2022-11-28';

/**
 * A `fetch` for octokit on the transport that is also used for Neon: the same proxies, time limits and errors. The token is
 * sent only to the server of `apiUrl`, regardless of redirects and links to the next page.
 * @throws Error if the runner names a proxy that cannot be used
 */
export async function openFetch({ apiUrl, timeoutMs, cancelled, ...environment }: FetchOptions) {
  const http = await openHttp(apiUrl, environment);

  async function send(url: URL, { method = 'GET', headers, body, signal }: RequestInit): Promise<HttpResponse> {
    if (url.origin !== apiUrl.origin)
      throw new TypeError(`the next request would go to ${url.host} instead of ${apiUrl.host}`);
    return http.exchange({
      method,
      path: url.pathname + url.search,
      headers: {
        ...(headers as Record<string, string>),
        'accept-encoding': 'gzip',
        'x-github-api-version': apiVersion,
      },
      body: body as string | undefined,
      timeoutMs,
      signal: signal ? AbortSignal.any([signal, cancelled]) : cancelled,
    });
  }

  return async (target: string, init: RequestInit): Promise<FetchedResponse> => {
    let url = new URL(target);
    for (let redirects = 0; ; redirects += 1) {
      const response = await send(url, init);
      const next = redirectOf(response, url, init);
      if (next === undefined) return toResponse(response, url, init);
      if (redirects === maxRedirects) throw new TypeError('there were too many redirects');
      url = next;
    }
  };
}

/** @returns where to send the same request; undefined if the response is not a redirect */
function redirectOf({ status, headers }: HttpResponse, url: URL, { method }: RequestInit): URL | undefined {
  if (status < 300 || status === 304 || status >= 400) return undefined;
  const keepsMethod = method === 'GET' || status === 307 || status === 308;
  if (headers.location !== undefined && keepsMethod) return new URL(headers.location, url);
  throw new TypeError(`the response is a redirect (${status}) that cannot be followed`);
}

/** Octokit turns a response that is not JSON into text, and an empty one into an empty list. Here, both count as lost. */
function toResponse(
  { status, headers, body }: HttpResponse,
  url: URL,
  { method, headers: requestHeaders }: RequestInit,
): FetchedResponse {
  if (method === 'GET' && status === 204) throw new TypeError('the response has no content');
  const accept = (requestHeaders as Record<string, string>)['accept'] ?? '';
  const isText = /[.](?:raw|sha)\b/.test(accept);
  if (status === 200 && !isText && !isJson(body)) throw new TypeError('the response is not JSON');
  const text = async () => new TextDecoder().decode(body);
  const arrayBuffer = async () => Uint8Array.from(body).buffer;
  return { status, statusText: '', url: url.href, headers: toHeaders(headers), body: null, text, arrayBuffer };
}

function toHeaders(headers: HttpResponse['headers']): Map<string, string> {
  // Node has decompressed the body.
  const { 'content-encoding': _decoded, 'set-cookie': _unused, ...rest } = headers;
  return new Map(Object.entries(rest).map(([name, value]) => [name, String(value)]));
}

function isJson(body: Buffer): boolean {
  try {
    return typeof JSON.parse(body.toString()) === 'object';
  } catch {
    return false;
  }
}
