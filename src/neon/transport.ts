import { type HttpEnvironment, NoResponseError, openHttp } from '../lib/http.ts';

/** One HTTP request to Neon. */
export interface Exchange {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** After `api_host`, with a leading slash. */
  path: string;
  /** A JSON value. */
  body?: unknown;
  requestId: string;
  /** Milliseconds from the call to the end of the response. */
  timeoutMs: number;
  /** Aborts the request, even while its response is being received. */
  signal?: AbortSignal | undefined;
}

/** A response of any status. */
export interface NeonResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

export interface Transport {
  /** @throws NoResponseError */
  exchange(exchange: Exchange): Promise<NeonResponse>;
}

export interface TransportOptions extends HttpEnvironment {
  apiHost: URL;
  apiKey: string;
  userAgent: string;
}

/**
 * Opens a connection to `api_host` with one key.
 * @throws Error if the runner names a proxy that cannot be used
 */
export async function openTransport({
  apiHost,
  apiKey,
  userAgent,
  ...environment
}: TransportOptions): Promise<Transport> {
  const http = await openHttp(apiHost, environment);
  const basePath = apiHost.pathname.replace(/\/$/, '');

  async function exchange({ method, path, body, requestId, timeoutMs, signal }: Exchange): Promise<NeonResponse> {
    const headers: Record<string, string> = {
      authorization: `Bearer ${apiKey}`,
      accept: 'application/json',
      'accept-encoding': 'identity',
      'user-agent': userAgent,
      'x-request-id': requestId,
    };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const response = await http.exchange({
      method,
      path: basePath + path,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      timeoutMs,
      signal,
    });
    const text = new TextDecoder().decode(response.body);
    // Otherwise, a server that echoes requests could return the key in use as if it were a new key.
    if (response.status < 300 && text.includes(apiKey))
      throw new NoResponseError('the response contained the API key in use, so it is not from Neon', { sent: true });
    return { status: response.status, headers: response.headers, text };
  }

  return { exchange };
}
