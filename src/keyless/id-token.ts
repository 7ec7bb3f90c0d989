import { NoResponseError, openHttp } from '../lib/http.ts';
import { oneLine } from '../lib/text.ts';
import { userAgent } from '../lib/version.ts';
import { BrokerError } from './errors.ts';

export interface IdTokenEffects {
  env: NodeJS.ProcessEnv;
  /** Makes the runner hide the token from then on. */
  mask: (token: string) => void;
  newRequestId: () => string;
  /** Milliseconds for the request. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

const missingPermission =
  'This job has no permission to request an ID token. Add `permissions: id-token: write` to the job. Pull requests from forks cannot have this permission.';

const missingToken =
  'GitHub returned no ID token. It issues ID tokens for about the first 6 hours of a job. If this job is younger than that, run it again.';

/**
 * Requests an ID token for the job, using the variables that GitHub sets for jobs with `id-token: write`.
 * `getIDToken` of `@actions/core` is not used, because it loads another HTTP client: 200 ms, compared with 80 ms for `node:https`.
 * @throws BrokerError; no key can exist
 */
export async function requestIdToken(audience: string, effects: IdTokenEffects): Promise<string> {
  const { env, mask, newRequestId, timeoutMs, signal } = effects;
  const [address, requestToken] = [env['ACTIONS_ID_TOKEN_REQUEST_URL'], env['ACTIONS_ID_TOKEN_REQUEST_TOKEN']];
  const requestId = newRequestId();
  const fail = (detail: string, status?: number, cause?: unknown) => {
    const isWithoutIdentity = detail === missingPermission || status === 401 || status === 403;
    const facts = { request: 'The request for an ID token', status, detail, requestId, keyMayExist: false };
    return new BrokerError({ ...facts, isWithoutIdentity }, cause);
  };
  if (!address || !requestToken || !URL.canParse(address)) throw fail(missingPermission);
  mask(requestToken);
  const url = new URL(address);
  url.searchParams.set('audience', audience);
  try {
    const http = await openHttp(url, { env });
    const headers = { authorization: `Bearer ${requestToken}`, accept: 'application/json', 'user-agent': userAgent };
    const { status, body } = await http.exchange({
      ...{ method: 'GET', path: url.pathname + url.search, timeoutMs, signal },
      headers: { ...headers, 'accept-encoding': 'identity' },
    });
    const token = status === 200 ? readToken(body.toString()) : undefined;
    if (token === undefined) throw fail(missingToken, status);
    mask(token);
    return token;
  } catch (error) {
    if (error instanceof NoResponseError)
      throw fail(`${oneLine(error.message)}. ${error.hint ?? 'Run the job again.'}`, undefined, error);
    throw error;
  }
}

function readToken(text: string): string | undefined {
  try {
    const { value } = JSON.parse(text) as { value?: unknown };
    return typeof value === 'string' && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
