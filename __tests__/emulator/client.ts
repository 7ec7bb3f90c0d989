import { Agent, request } from 'undici';
import { BASE_PATH, OPERATIONS, type OperationId } from '../../emulator/operations.ts';
import type { NeonServer } from '../../emulator/server.ts';

/** A response as a raw client receives it. */
export interface Seen {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  json: any;
}

export interface Sent {
  token?: string | undefined;
  params?: Record<string, string>;
  query?: Record<string, string>;
  /** A string is sent as it is, anything else as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Sends one request of an operation over a connection of its own; the organization and project default to the seed's. */
export async function send(neon: NeonServer, operation: OperationId, sent: Sent = {}): Promise<Seen> {
  const [method, path] = OPERATIONS[operation];
  const params: Record<string, string> = { org_id: neon.organizationId, project_id: neon.projectId, ...sent.params };
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const dispatcher = new Agent();
  try {
    const response = await request(`${neon.url}${BASE_PATH}${filled}`, {
      method,
      dispatcher,
      query: sent.query ?? {},
      headers: { ...(sent.token && { authorization: `Bearer ${sent.token}` }), ...sent.headers },
      ...(sent.body !== undefined && { body: typeof sent.body === 'string' ? sent.body : JSON.stringify(sent.body) }),
      ...(sent.signal && { signal: sent.signal }),
    });
    const text = await response.body.text();
    return { status: response.statusCode, headers: response.headers, text, json: parse(text) };
  } finally {
    await dispatcher.destroy();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
