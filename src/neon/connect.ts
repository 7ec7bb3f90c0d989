import { randomUUID } from 'node:crypto';
import type { Clock } from '../lib/clock.ts';
import { userAgent } from '../lib/version.ts';
import type { Endpoints, Neon } from './endpoints.ts';
import { keyEndpoints } from './key-endpoints.ts';
import { organizationEndpoints } from './organization-endpoints.ts';
import { creatingKeys, overall, type RateLimit, rateLimit } from './rate-limit.ts';
import { createRequester, type Requester, type RequesterOptions } from './requests.ts';
import { defaultRetry, type RetryPolicy } from './retry.ts';
import { openTransport, type Transport } from './transport.ts';

export interface ConnectOptions
  extends Pick<RequesterOptions, 'timeoutMs' | 'cancelled' | 'abandoned' | 'info' | 'debug'> {
  apiHost: URL;
  apiKey: string;
  orgId: string;
  clock: Clock;
  /** A number in [0, 1). */
  random: () => number;
  /** The environment with the proxy variables. */
  env: NodeJS.ProcessEnv;
  retry?: RetryPolicy;
}

/**
 * Connects to Neon's API with one key, for one organization.
 * @throws Error if the runner names a proxy that cannot be used
 */
export async function connectNeon(options: ConnectOptions): Promise<Neon> {
  const { apiHost, apiKey, orgId, clock, env } = options;
  const transport = await openTransport({ apiHost, apiKey, env, userAgent });
  const { exchange, now, hasTime } = noteTime(transport, clock);
  const send = createRequester({
    retry: defaultRetry,
    ...options,
    transport: { exchange },
    newRequestId: randomUUID,
    limit: rateLimit(clock, overall.perSecond, overall.burst),
  });
  const limitCreating = rateLimit(clock, creatingKeys.perSecond, creatingKeys.burst);
  return { now, hasTime, ...neonEndpoints(send, orgId, limitCreating) };
}

/**
 * @param orgId checked to match `^[a-z0-9-]{1,60}$`, because it becomes part of a path
 * @param limitCreating the extra limit of createOrgApiKey
 */
export function neonEndpoints(send: Requester, orgId: string, limitCreating: RateLimit): Endpoints {
  return { ...keyEndpoints(send, orgId, limitCreating), ...organizationEndpoints(send, orgId) };
}

/** Follows Neon's clock, because the age of a key is measured by the clock that set its `created_at`. */
export function noteTime({ exchange }: Pick<Transport, 'exchange'>, clock: Clock) {
  let aheadMs: number | undefined;
  const noted: Transport['exchange'] = async (request) => {
    const response = await exchange(request);
    const date = Date.parse(String(response.headers['date']));
    if (!Number.isNaN(date)) aheadMs = date - clock.now();
    return response;
  };
  return { exchange: noted, now: () => clock.now() + (aheadMs ?? 0), hasTime: () => aheadMs !== undefined };
}
