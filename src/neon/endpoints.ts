import type {
  AuthDetailsResponse,
  OrgApiKeyCreateResponse,
  OrgApiKeyRevokeResponse,
  OrgApiKeysListResponseItem,
  Organization,
} from '@neondatabase/api-client';
import { jsonInteger } from './json.ts';
import type { RateLimit } from './rate-limit.ts';
import type { NeonRequest, Requester } from './requests.ts';

/** An int64 as its decimal text: a JavaScript number is exact up to 2^53 only. */
export type KeyId = string;

type WithExactId<T extends { id: number }> = Omit<T, 'id'> & { id: KeyId };
export type NewKey = WithExactId<OrgApiKeyCreateResponse>;
export type ListedKey = WithExactId<OrgApiKeysListResponseItem>;
export type RevokedKey = WithExactId<OrgApiKeyRevokeResponse>;

/** The organization endpoints of Neon's API v2, one method each. All throw NeonError. */
export interface Neon {
  getOrganization(): Promise<Organization>;
  listOrgApiKeys(): Promise<ListedKey[]>;
  /** Sent once: whether a key was made is for the caller to settle. */
  createOrgApiKey(key: { key_name: string; project_id?: string }): Promise<NewKey>;
  /** What kind of credential is in use. */
  getAuthDetails(): Promise<AuthDetailsResponse>;
  /** Sent again after a lost answer too: an id is never used twice, so the second answer may be a 404. */
  revokeOrgApiKey(keyId: KeyId): Promise<RevokedKey>;
}

/** The endpoints of a key's life. */
export type KeyEndpoints = Pick<Neon, 'listOrgApiKeys' | 'createOrgApiKey' | 'revokeOrgApiKey'>;

// Neon documentation, "Manage API keys" (June 2026): who can create, and "Who can revoke keys".
const adminKey = 'the personal API key of an organization admin';
const anyKey =
  'a personal API key of a member of the organization, or an organization API key that is not scoped to a project';
const checkOrganization = 'Check `org_id`: this organization does not exist, or the owner of the key is not in it.';

/**
 * @param orgId checked to match `^[a-z0-9-]{1,60}$`: it becomes part of a path
 * @param limitCreating the extra limit of createOrgApiKey
 */
export function neonEndpoints(send: Requester, orgId: string, limitCreating: RateLimit): Neon {
  const organization = `/organizations/${orgId}`;
  const reading = { method: 'GET', idempotent: true, needs: anyKey, checkWhenNotFound: checkOrganization } as const;

  return {
    getOrganization: () =>
      send({ ...reading, operationId: 'getOrganization', path: organization, read: asObject<Organization> }),

    listOrgApiKeys: () =>
      send({ ...reading, operationId: 'listOrgApiKeys', path: `${organization}/api_keys`, read: asKeys }),

    getAuthDetails: () =>
      send({
        operationId: 'getAuthDetails',
        method: 'GET',
        path: '/auth',
        idempotent: true,
        needs: 'a key that is live',
        checkWhenNotFound: 'Check `api_host`.',
        read: asObject<AuthDetailsResponse>,
      }),

    createOrgApiKey: (key) =>
      send({
        operationId: 'createOrgApiKey',
        method: 'POST',
        path: `${organization}/api_keys`,
        body: key,
        idempotent: false,
        needs: adminKey,
        checkWhenNotFound:
          'Check `org_id` and `project_id`: one of them does not exist, or the owner of the key is not in the organization.',
        read: (body) => {
          const created = asKey<NewKey>(body);
          return created && isToken(created.key) ? created : undefined;
        },
        limit: limitCreating,
      } satisfies NeonRequest<NewKey>),

    revokeOrgApiKey: (keyId) =>
      send({
        operationId: 'revokeOrgApiKey',
        method: 'DELETE',
        path: `${organization}/api_keys/${keyId}`,
        idempotent: true,
        needs: adminKey,
        checkWhenNotFound: checkOrganization,
        // Only an answer about this key that says so counts.
        read: (body) => {
          const revoked = asKey<RevokedKey>(body);
          return revoked?.id === keyId && revoked.revoked === true ? revoked : undefined;
        },
      }),
  };
}

function asObject<T extends object>(body: unknown): T | undefined {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as T) : undefined;
}

/** What every key has, whatever else an answer lacks. */
function asKey<T extends { id: KeyId; name: string; created_at: string }>(body: unknown): T | undefined {
  const key = asObject<{ id?: unknown; name?: unknown; created_at?: unknown }>(body);
  const id = asKeyId(key?.id);
  if (!key || id === undefined || typeof key.name !== 'string') return undefined;
  return { ...key, id, created_at: typeof key.created_at === 'string' ? key.created_at : '' } as T;
}

/** A number, or what `parseJson` makes of one beyond 2^53. */
function asKeyId(id: unknown): KeyId | undefined {
  const exact = typeof id === 'number' ? Number.isSafeInteger(id) && id > 0 : /^[1-9]\d{15,18}$/.test(String(id));
  return exact && typeof id !== 'object' ? String(id) : undefined;
}

function asKeys(body: unknown): ListedKey[] | undefined {
  if (!Array.isArray(body)) return undefined;
  const keys = body.map((item) => {
    const key = asKey<ListedKey & { key?: unknown }>(item);
    // Neon never lists a token; should it begin to, nothing of it must get into an output.
    if (key) delete key.key;
    return key;
  });
  return keys.includes(undefined) ? undefined : (keys as ListedKey[]);
}

/** Something that can stand in an Authorization header. */
function isToken(key: unknown): boolean {
  return typeof key === 'string' && /^[\x21-\x7e]{16,}$/.test(key);
}

/** A key as Neon wrote it, with its id as a number again, however large. */
export function asNeonWroteIt<T extends { id: KeyId }>(key: T): object {
  return { ...key, id: jsonInteger(key.id) };
}
