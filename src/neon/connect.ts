import { randomUUID } from 'node:crypto';
import type { Clock } from '../lib/clock.ts';
import { userAgent } from '../lib/version.ts';
import { type Neon, neonEndpoints } from './endpoints.ts';
import { creatingKeys, overall, rateLimit } from './rate-limit.ts';
import { createRequester, type RequesterOptions } from './requests.ts';
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
  /** Where the proxy variables are read. */
  env: NodeJS.ProcessEnv;
  retry?: RetryPolicy;
}

/**
 * Opens Neon's API for one organization with one key.
 * @throws Error when the runner names a proxy that cannot be used
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

/** Notes Neon's clock: Neon says when its keys were created, so their age is measured by that clock and not by a runner's. */
export function noteTime({ exchange }: Pick<Transport, 'exchange'>, clock: Clock) {
  let ahead: number | undefined;
  const noted: Transport['exchange'] = async (asked) => {
    const answer = await exchange(asked);
    const date = Date.parse(String(answer.headers['date']));
    if (!Number.isNaN(date)) ahead = date - clock.now();
    return answer;
  };
  return { exchange: noted, now: () => clock.now() + (ahead ?? 0), hasTime: () => ahead !== undefined };
}
