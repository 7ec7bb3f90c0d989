import type { AuthDetailsResponse } from '@neondatabase/api-client';
import type { Endpoints, KeyId, ListedKey, NewKey, RevokedKey } from './endpoints.ts';
import { checkOrganization, needs } from './needs.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Requester } from './requests.ts';
import { asObject } from './responses.ts';

/** The endpoints of API keys: of an organization, and of the owner of the key in use. */
export type ApiKeyEndpoints = Pick<
  Endpoints,
  | 'getAuthDetails'
  | 'listOrgApiKeys'
  | 'createOrgApiKey'
  | 'revokeOrgApiKey'
  | 'listApiKeys'
  | 'createApiKey'
  | 'revokeApiKey'
>;

/**
 * @param orgId checked to match `^[a-z0-9-]{1,60}$`, because it becomes part of a path
 * @param limitCreating the extra limit of createOrgApiKey
 */
export function keyEndpoints(send: Requester, orgId: string, limitCreating: RateLimit): ApiKeyEndpoints {
  return { getAuthDetails: authDetails(send), ...organizationKeys(send, orgId, limitCreating), ...ownKeys(send) };
}

function authDetails(send: Requester): Endpoints['getAuthDetails'] {
  return () =>
    send({
      operationId: 'getAuthDetails',
      method: 'GET',
      path: '/auth',
      idempotent: true,
      needs: needs.active,
      checkWhenNotFound: 'Check `api_host`.',
      read: asObject<AuthDetailsResponse>,
    });
}

function organizationKeys(send: Requester, orgId: string, limitCreating: RateLimit) {
  const path = `/organizations/${orgId}/api_keys`;
  return {
    listOrgApiKeys: () =>
      send({
        ...listing,
        operationId: 'listOrgApiKeys',
        path,
        needs: needs.member,
        checkWhenNotFound: checkOrganization,
      }),

    createOrgApiKey: (key) =>
      send({
        ...creating,
        operationId: 'createOrgApiKey',
        path,
        body: key,
        limit: limitCreating,
        needs: needs.admin,
        checkWhenNotFound:
          'Check `org_id` and `project_id`: one of them does not exist, or the owner of the key is not in the organization.',
      }),

    revokeOrgApiKey: (keyId) =>
      send({
        ...revoking(keyId),
        operationId: 'revokeOrgApiKey',
        path: `${path}/${keyId}`,
        needs: needs.admin,
        checkWhenNotFound: checkOrganization,
      }),
  } satisfies Partial<ApiKeyEndpoints>;
}

function ownKeys(send: Requester) {
  const personal = { needs: needs.personal, checkWhenNotFound: '' };
  return {
    listApiKeys: () => send({ ...listing, ...personal, operationId: 'listApiKeys', path: '/api_keys' }),

    createApiKey: (key) =>
      send({ ...creating, ...personal, operationId: 'createApiKey', path: '/api_keys', body: key }),

    revokeApiKey: (keyId) =>
      send({ ...revoking(keyId), ...personal, operationId: 'revokeApiKey', path: `/api_keys/${keyId}` }),
  } satisfies Partial<ApiKeyEndpoints>;
}

/** What every list of keys has in common. */
const listing = { method: 'GET', idempotent: true, read: asKeys } as const;

/** What every POST of a key has in common. */
const creating = {
  method: 'POST',
  idempotent: false,
  read: (body: unknown) => {
    const created = asKey<NewKey>(body);
    return created && isToken(created.key) ? created : undefined;
  },
} as const;

/** What every DELETE of a key has in common. */
function revoking(keyId: KeyId) {
  return {
    method: 'DELETE',
    idempotent: true,
    // Only a response that reports this key as revoked counts.
    read: (body: unknown) => {
      const revoked = asKey<RevokedKey>(body);
      return revoked?.id === keyId && revoked.revoked === true ? revoked : undefined;
    },
  } as const;
}

/** Requires what every key has. */
function asKey<T extends { id: KeyId; name: string; created_at: string }>(body: unknown): T | undefined {
  const key = asObject<{ id?: unknown; name?: unknown; created_at?: unknown }>(body);
  const id = asKeyId(key?.id);
  if (!key || id === undefined || typeof key.name !== 'string') return undefined;
  return { ...key, id, created_at: typeof key.created_at === 'string' ? key.created_at : '' } as T;
}

/** @param id a number, or the text that `parseJson` returns for one beyond 2^53 */
function asKeyId(id: unknown): KeyId | undefined {
  const exact = typeof id === 'number' ? Number.isSafeInteger(id) && id > 0 : /^[1-9]\d{15,18}$/.test(String(id));
  return exact && typeof id !== 'object' ? String(id) : undefined;
}

function asKeys(body: unknown): ListedKey[] | undefined {
  if (!Array.isArray(body)) return undefined;
  const keys = body.map((item) => {
    const key = asKey<ListedKey & { key?: unknown }>(item);
    // Neon never lists tokens. If it ever does, they must not become part of an output.
    if (key) delete key.key;
    return key;
  });
  return keys.includes(undefined) ? undefined : (keys as ListedKey[]);
}

/** Whether the value is valid in an Authorization header. */
function isToken(key: unknown): boolean {
  return typeof key === 'string' && /^[\x21-\x7e]{16,}$/.test(key);
}
