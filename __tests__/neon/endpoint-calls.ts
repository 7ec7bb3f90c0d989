import { neonEndpoints } from '../../src/neon/connect.ts';
import type { Endpoints } from '../../src/neon/endpoints.ts';
import { createRequester, type NeonRequest } from '../../src/neon/requests.ts';
import { fakeClock } from '../fake-clock.ts';

export const orgId = 'org-sunny-meadow-12345678';
export const bigId = '9007199254740993';
export const memberId = '5fee13ac-957b-40cd-8de0-4d494cc28e28';
export const token = 'token-'.padEnd(40, 'x');

/** A call of each endpoint. */
export const calls: { [O in keyof Endpoints]: (neon: Endpoints) => Promise<unknown> } = {
  getOrganization: (neon) => neon.getOrganization(),
  listOrgApiKeys: (neon) => neon.listOrgApiKeys(),
  getAuthDetails: (neon) => neon.getAuthDetails(),
  createOrgApiKey: (neon) => neon.createOrgApiKey({ key_name: 'a', project_id: 'cool-river-1' }),
  revokeOrgApiKey: (neon) => neon.revokeOrgApiKey(bigId),
  listApiKeys: (neon) => neon.listApiKeys(),
  createApiKey: (neon) => neon.createApiKey({ key_name: 'a' }),
  revokeApiKey: (neon) => neon.revokeApiKey(bigId),
  getOrganizationMembers: (neon) => neon.getOrganizationMembers(),
  getOrganizationMember: (neon) => neon.getOrganizationMember(memberId),
  getOrganizationInvitations: (neon) => neon.getOrganizationInvitations(),
  getCurrentUserInfo: (neon) => neon.getCurrentUserInfo(),
  createOrganizationInvitations: (neon) => neon.createOrganizationInvitations([{ email: 'a@x.io', role: 'member' }]),
  updateOrganizationMember: (neon) => neon.updateOrganizationMember(memberId, 'admin'),
  removeOrganizationMember: (neon) => neon.removeOrganizationMember(memberId),
};
export const names = Object.keys(calls) as (keyof Endpoints)[];
export const limit = async () => undefined;

/** The request that a call would send. */
export async function requestOf(name: keyof Endpoints): Promise<NeonRequest<unknown>> {
  let sent: NeonRequest<unknown> | undefined;
  const send = <T>(request: NeonRequest<T>) => {
    sent ??= request;
    return Promise.reject(new Error('no response is needed'));
  };
  await calls[name](neonEndpoints(send, orgId, limit)).catch(() => undefined);
  return sent as NeonRequest<unknown>;
}

/** The endpoints with a transport that always returns this response. */
export function respondingWith(text: string): Endpoints {
  const send = createRequester({
    transport: { exchange: async () => ({ status: 200, headers: {}, text }) },
    clock: fakeClock(),
    newRequestId: () => 'request-1',
    random: () => 0,
    retry: { attempts: 1, longestWaitMs: 0 },
    timeoutMs: 1000,
    limit,
    info: () => undefined,
    debug: () => undefined,
  });
  return neonEndpoints(send, orgId, limit);
}
