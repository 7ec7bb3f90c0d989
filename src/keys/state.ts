import { parseApiUrl } from '../lib/api-url.ts';
import type { Lease } from './ledger.ts';

/** What the post step needs to end leases: ids, names and places, never a token. */
export interface LeaseState {
  orgId: string;
  apiHost: URL;
  leases: Lease[];
  /** Whether they are personal keys of the owner of `api_key`; otherwise they are keys of the organization. */
  isPersonal?: boolean | undefined;
}

/** The name under which the runner keeps the state from main to post. */
export const stateName = 'leases';

/** @returns '' when there is nothing for the post step to do */
export function writeState({ apiHost, leases, ...rest }: LeaseState): string {
  return leases.length === 0 ? '' : JSON.stringify({ ...rest, apiHost: apiHost.href, leases });
}

/**
 * Reads back what `writeState` wrote.
 * @throws Error when it is anything else: a lease must not be lost in silence, nor the key be sent to another address
 */
export function readState(text: string): LeaseState {
  const { orgId, apiHost, leases, isPersonal } = (JSON.parse(text) ?? {}) as Record<string, unknown>;
  const sound =
    isText(orgId) && /^[a-z0-9-]{1,60}$/.test(orgId) && isText(apiHost) && Array.isArray(leases) && isFlag(isPersonal);
  if (!sound || leases.length === 0 || !leases.every(isLease)) throw new Error('the state of the main step is damaged');
  return { orgId, apiHost: parseApiUrl(apiHost), leases, isPersonal };
}

function isFlag(value: unknown): value is boolean | undefined {
  return value === undefined || typeof value === 'boolean';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isLease(value: unknown): value is Lease {
  const { name, askedAt, id } = (value ?? {}) as Record<string, unknown>;
  return isText(name) && Number.isFinite(askedAt) && (id === undefined || (isText(id) && /^\d+$/.test(id)));
}
