import { parseApiUrl } from '../lib/api-url.ts';
import type { Lease } from './ledger.ts';

/** What the post step needs to revoke the leases. It never contains a token. */
export interface LeaseState {
  orgId: string;
  apiHost: URL;
  /** The time limit of the requests that created the keys, in milliseconds. Until it has passed, they may be in progress. */
  timeoutMs: number;
  leases: Lease[];
  /** Whether the keys are personal keys of the owner of `api_key` instead of keys of the organization. */
  isPersonal?: boolean | undefined;
}

/** The name under which the runner passes the state from main to post. */
export const stateName = 'leases';

/** @returns '' when there is nothing for the post step to do */
export function writeState({ leases, apiHost, ...rest }: LeaseState): string {
  return leases.length === 0 ? '' : JSON.stringify({ ...rest, apiHost: apiHost.href, leases });
}

/**
 * Reads the state that `writeState` wrote.
 * @throws Error for any other text: no lease may be lost silently, and the key must not be sent to another address
 */
export function readState(text: string): LeaseState {
  const { orgId, apiHost, timeoutMs, leases, isPersonal } = (JSON.parse(text) ?? {}) as Record<string, unknown>;
  const isValid =
    isText(orgId) && /^[a-z0-9-]{1,60}$/.test(orgId) && isText(apiHost) && isTime(timeoutMs) && isFlag(isPersonal);
  if (!isValid || !Array.isArray(leases) || leases.length === 0 || !leases.every(isLease))
    throw new Error('The state that the main step saved is invalid.');
  return { orgId, apiHost: parseApiUrl(apiHost), timeoutMs, leases, isPersonal };
}

function isFlag(value: unknown): value is boolean | undefined {
  return value === undefined || typeof value === 'boolean';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTime(value: unknown): value is number {
  return Number.isFinite(value);
}

function isLease(value: unknown): value is Lease {
  const { name, requestedAt, respondedAt, id } = (value ?? {}) as Record<string, unknown>;
  const areTimes = [requestedAt, respondedAt].every((time) => time === undefined || isTime(time));
  return isText(name) && areTimes && (id === undefined || (isText(id) && /^\d+$/.test(id)));
}
