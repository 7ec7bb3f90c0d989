// Requests to Neon's API without the action's client, so that the smoke test reports exactly what Neon returns.
import type { WorkflowRun } from '../../src/github/run.ts';
import { composeKeyName, originOf } from '../../src/keys/name.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { parseJson } from '../../src/neon/json.ts';

/** What the smoke test needs. */
export interface Smoke {
  apiHost: string;
  /** The personal key of an admin of an organization that exists for tests. */
  apiKey: string;
  organizationId: string;
  projectId: string;
  /** The address of a Neon account that is not a member. */
  memberEmail: string;
  run: WorkflowRun;
  clock: Clock;
  /** Hides a token in the log. */
  mask(token: string): void;
}

export interface SmokeResponse {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the smoke test reads bodies of every shape
  body: any;
  /** The status, the code and the message, such as `404: organization not found`. */
  text: string;
}

/** Neon creates at most 10 keys per second for an account. */
const RATE_LIMIT_PAUSE_MS = 1000;

/**
 * Sends a request. Repeats it only after a 429, which means that Neon did not carry it out.
 * @param path below `/api/v2`
 * @throws Error if there is no response within 30 s, or one that is not JSON
 */
export async function sendRequest(
  smoke: Smoke,
  key: string,
  method: string,
  path: string,
  body?: object,
): Promise<SmokeResponse> {
  const headers = { authorization: `Bearer ${key}`, accept: 'application/json', 'content-type': 'application/json' };
  const send = () =>
    fetch(smoke.apiHost + path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
  let response = await send();
  for (let retries = 0; response.status === 429 && retries < 10; retries += 1) {
    await smoke.clock.sleep(RATE_LIMIT_PAUSE_MS);
    response = await send();
  }
  const parsed = parseJson(await response.text()) as Record<string, unknown>;
  const reasons = response.ok ? [] : [parsed['code'], parsed['message']].filter(Boolean);
  return { status: response.status, body: parsed, text: [response.status, ...reasons].join(': ') };
}

/** @returns the path of the organization, or a path below it */
export const organizationPath = ({ organizationId }: Smoke, subpath = '') =>
  `/organizations/${organizationId}${subpath}`;

/** @returns a new name for a key of this run. If this run cannot revoke the key, a later `sweep-keys` does. */
export function newKeyName({ run }: Smoke, label: string): string {
  const nonce = crypto.randomUUID().replaceAll('-', '').slice(0, 12);
  return composeKeyName(`smoke: ${label}`, { ...originOf(run), lifetime: { kind: 'job' }, nonce });
}

/** The response to creating a key, with its ID and token; both are empty if Neon refused. */
export interface CreatedKey extends SmokeResponse {
  id: string;
  token: string;
}

/** Creates a key and masks its token. Without a project, it is a key for the whole organization. */
export async function createKey(
  smoke: Smoke,
  name: string,
  projectId?: string,
  apiKey: string = smoke.apiKey,
): Promise<CreatedKey> {
  const body = { key_name: name, project_id: projectId };
  const response = await sendRequest(smoke, apiKey, 'POST', organizationPath(smoke, '/api_keys'), body);
  const { id = '', key = '' } = response.body as { id?: string | number; key?: string };
  if (key !== '') smoke.mask(key);
  return { ...response, id: String(id), token: key };
}

/** Creates a key that a question requires. @throws Error if Neon refuses */
export async function requireKey(smoke: Smoke, label: string, projectId?: string): Promise<CreatedKey> {
  const key = await createKey(smoke, newKeyName(smoke, label), projectId);
  if (key.token === '') throw new Error(`Neon did not create a key: ${key.text}`);
  return key;
}

export function revokeKey(smoke: Smoke, id: string, apiKey: string = smoke.apiKey): Promise<SmokeResponse> {
  return sendRequest(smoke, apiKey, 'DELETE', organizationPath(smoke, `/api_keys/${id}`));
}
