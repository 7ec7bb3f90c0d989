import type { OperationId } from './operations.ts';
import { Refusal } from './refusal.ts';

/** How many requests are allowed: per account in 60 s, and per account and route in 1 s. */
export interface RateLimits {
  readonly account_per_minute: number;
  readonly route_per_second: number;
  /** Routes with their own limit per second. */
  readonly routes: Partial<Record<OperationId, number>>;
}

/** Neon's own limits. Source: Neon's documentation, "Rate limits" of the API reference. */
export const NEON_RATE_LIMITS: RateLimits = {
  account_per_minute: 700,
  route_per_second: 40,
  routes: { createOrgApiKey: 10 },
};

/**
 * Returns a function that admits a request of an account, or throws a 429 with `Retry-After` in whole seconds.
 * Both windows slide. Refused requests do not count, so waiting for `Retry-After` always helps.
 */
export function rateLimiter(
  limits: RateLimits | false,
  now: () => Date,
): (account: string, operation: OperationId) => void {
  if (limits === false) return () => {};
  const logs = new Map<string, number[]>();

  function recent(key: string, since: number): number[] {
    const times = (logs.get(key) ?? []).filter((time) => time > since);
    logs.set(key, times);
    return times;
  }

  return (account, operation) => {
    const at = now().getTime();
    const route = limits.routes[operation] ?? limits.route_per_second;
    const windows = [
      { span: 60_000, most: limits.account_per_minute, times: recent(account, at - 60_000) },
      { span: 1_000, most: route, times: recent(`${account} ${operation}`, at - 1_000) },
    ];
    const waits = windows.filter((w) => w.times.length >= w.most).map((w) => (w.times[0] ?? at) + w.span - at);
    if (waits.length > 0) {
      const seconds = Math.max(1, Math.ceil(Math.max(...waits) / 1000));
      throw new Refusal(429, 'too many requests, please try again later', { 'retry-after': String(seconds) });
    }
    for (const window of windows) window.times.push(at);
  };
}
