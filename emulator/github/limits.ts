import type { Token } from './model.ts';

const HOUR = 3_600_000;

/** The values of the `x-ratelimit-*` headers. */
export interface Allowance {
  limit: number;
  used: number;
  remaining: number;
  /** Seconds since 1970. */
  reset: number;
  resource: 'core' | 'graphql';
}

/**
 * Returns a function that counts a request with a token (null: anonymous) and returns the allowance. `over`: the request
 * exceeds it. Each resource has a window of one hour, which begins with the first request.
 * Source: GitHub's documentation, "Rate limits for the REST API" and "… for the GraphQL API".
 */
export function rateLimiter(now: () => Date) {
  const windows = new Map<string, { from: number; used: number }>();

  return (token: Token | null, resource: Allowance['resource'], cost = 1): Allowance & { over: boolean } => {
    const at = now().getTime();
    const limit = token?.rate_limit ?? 60;
    const key = `${resource} ${token?.token}`;
    const known = windows.get(key);
    const window = known && at < known.from + HOUR ? known : { from: at, used: 0 };
    windows.set(key, window);
    const over = window.used + cost > limit;
    if (!over) window.used += cost;
    const reset = Math.ceil((window.from + HOUR) / 1000);
    return { limit, used: window.used, remaining: limit - window.used, reset, resource, over };
  };
}

export function limitHeaders({ limit, used, remaining, reset, resource }: Allowance): Record<string, string> {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-used': String(used),
    'x-ratelimit-reset': String(reset),
    'x-ratelimit-resource': resource,
  };
}
