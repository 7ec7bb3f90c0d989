import type {
  AuthDetailsResponse,
  CurrentUserInfoResponse,
  MemberRole,
  MemberUserInfo,
  Invitation as NeonInvitation,
  Member as NeonMember,
  OrgApiKeyCreateResponse,
  OrgApiKeyRevokeResponse,
  OrgApiKeysListResponseItem,
  Organization,
} from '@neondatabase/api-client';
import { NeonError } from './errors.ts';
import { jsonInteger } from './json.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Requester } from './requests.ts';

/** What a member may do (`MemberRole`), as text. */
export type Role = `${MemberRole}`;

/** Whether two roles are the same: `member` is the former name of `editor` (`@neon/sdk`, MemberRole). */
export function isSameRole(a: string, b: string): boolean {
  const current = (role: string) => (role === 'member' ? 'editor' : role);
  return current(a) === current(b);
}

export type Member = Omit<NeonMember, 'role'> & { role: Role };
export interface MemberWithUser {
  member: Member;
  user: MemberUserInfo;
}
/** Pending or accepted: Neon does not distinguish the two. */
export type Invitation = Omit<NeonInvitation, 'role'> & { role: Role };

/** An int64 as its decimal text: a JavaScript number is exact up to 2^53 only. */
export type KeyId = string;

type WithExactId<T extends { id: number }> = Omit<T, 'id'> & { id: KeyId };
export type NewKey = WithExactId<OrgApiKeyCreateResponse>;
export type ListedKey = WithExactId<OrgApiKeysListResponseItem>;
export type RevokedKey = WithExactId<OrgApiKeyRevokeResponse>;

/** Whose personal key is in use. */
type CurrentUser = Pick<CurrentUserInfoResponse, 'id' | 'email'>;

/** What reads, and changes nothing. All throw NeonError. */
export interface NeonReader {
  /** Milliseconds since the epoch by Neon's clock, as of its last answer; before the first one, by this machine's. */
  now(): number;
  /** Whether an answer had a date, so that `now` is Neon's clock. */
  hasTime(): boolean;
  /** What kind of credential is in use. */
  getAuthDetails(): Promise<AuthDetailsResponse>;
  getOrganization(): Promise<Organization>;
  listOrgApiKeys(): Promise<ListedKey[]>;
  /** The personal keys of the owner of the key in use; refused unless that is a personal key. */
  listApiKeys(): Promise<ListedKey[]>;
  /** Every page; who joins meanwhile comes last. */
  getOrganizationMembers(): Promise<MemberWithUser[]>;
  getOrganizationMember(memberId: string): Promise<Member>;
  /** Pending and accepted ones alike. */
  getOrganizationInvitations(): Promise<Invitation[]>;
  /** Refused with 404 unless the key in use is a personal one. */
  getCurrentUserInfo(): Promise<CurrentUser>;
}

/** What changes something. All throw NeonError. */
interface NeonWriter {
  /** Sent once: whether a key was made is for the caller to settle. */
  createOrgApiKey(key: { key_name: string; project_id?: string }): Promise<NewKey>;
  /** Sent again after a lost answer too: an id is never used twice, so the second answer may be a 404. */
  revokeOrgApiKey(keyId: KeyId): Promise<RevokedKey>;
  /** Creates a personal key of the owner of the key in use. Sent once, as `createOrgApiKey`. */
  createApiKey(key: { key_name: string }): Promise<NewKey>;
  /** As `revokeOrgApiKey`. */
  revokeApiKey(keyId: KeyId): Promise<RevokedKey>;
  /** Sent once: each one is an e-mail, and whether it went out is for the caller to settle. */
  createOrganizationInvitations(invitations: readonly { email: string; role: Role }[]): Promise<Invitation[]>;
  /** Sent again after a lost answer too: the same role twice is the same. */
  updateOrganizationMember(memberId: string, role: Role): Promise<Member>;
  /** As with keys, a second answer may be a 404. */
  removeOrganizationMember(memberId: string): Promise<void>;
}

/** The organization endpoints of Neon's API v2, one method each. */
export interface Neon extends NeonReader, NeonWriter {}

/** What is asked of Neon: all but its clock. */
export type Endpoints = Omit<Neon, 'now' | 'hasTime'>;

/** The endpoints of a key's life. */
export type KeyEndpoints = Pick<Neon, 'listOrgApiKeys' | 'createOrgApiKey' | 'revokeOrgApiKey'>;

/** The personal keys of the owner of the key in use, in the shape of an organization's. */
export function personalKeys(neon: Pick<Neon, 'listApiKeys' | 'createApiKey' | 'revokeApiKey'>): KeyEndpoints {
  return {
    listOrgApiKeys: () => neon.listApiKeys(),
    createOrgApiKey: ({ key_name }) => neon.createApiKey({ key_name }),
    revokeOrgApiKey: (keyId) => neon.revokeApiKey(keyId),
  };
}

/** Neon for code that only plans: an object without the methods that write. */
export function readOnly(neon: NeonReader): NeonReader {
  const { now, hasTime, getAuthDetails, getOrganization, listOrgApiKeys, listApiKeys, getCurrentUserInfo } = neon;
  const { getOrganizationMembers, getOrganizationMember, getOrganizationInvitations } = neon;
  return {
    now,
    hasTime,
    getAuthDetails,
    getOrganization,
    listOrgApiKeys,
    listApiKeys,
    getCurrentUserInfo,
    getOrganizationMembers,
    getOrganizationMember,
    getOrganizationInvitations,
  };
}

// Neon documentation, "Manage API keys" (June 2026): who can create, and "Who can revoke keys".
const adminKey = 'the personal API key of an organization admin';
const anyKey =
  'a personal API key of a member of the organization, or an organization API key that is not scoped to a project';
const personalKey = 'a personal API key';
const checkOrganization = 'Check `org_id`: this organization does not exist, or the owner of the key is not in it.';

const checkMember = 'Check `org_id` and the id of the member: there is no such member in this organization.';

/** The most that Neon allows (OpenAPI document). */
const membersOnAPage = 500;

/**
 * @param orgId checked to match `^[a-z0-9-]{1,60}$`: it becomes part of a path
 * @param limitCreating the extra limit of createOrgApiKey
 */
export function neonEndpoints(send: Requester, orgId: string, limitCreating: RateLimit): Endpoints {
  const organization = `/organizations/${orgId}`;
  const members = `${organization}/members`;
  const memberPath = (id: string) => `${members}/${inPath(id)}`;
  const creating = {
    method: 'POST',
    idempotent: false,
    read: (body: unknown) => {
      const created = asKey<NewKey>(body);
      return created && isToken(created.key) ? created : undefined;
    },
  } as const;
  const organizationKeys = {
    path: `${organization}/api_keys`,
    limit: limitCreating,
    needs: adminKey,
    checkWhenNotFound:
      'Check `org_id` and `project_id`: one of them does not exist, or the owner of the key is not in the organization.',
  };
  const reading = { method: 'GET', idempotent: true, needs: anyKey, checkWhenNotFound: checkOrganization } as const;

  return {
    getOrganization: () =>
      send({ ...reading, operationId: 'getOrganization', path: organization, read: asObject<Organization> }),

    listOrgApiKeys: () =>
      send({ ...reading, operationId: 'listOrgApiKeys', path: `${organization}/api_keys`, read: asKeys }),

    getOrganizationMembers: () =>
      allPages((cursor) =>
        send({
          ...reading,
          operationId: 'getOrganizationMembers',
          path: `${members}?limit=${membersOnAPage}&sort_by=joined_at&sort_order=asc${cursor && `&cursor=${inPath(cursor)}`}`,
          read: asMembersPage,
        }),
      ),

    getOrganizationMember: (memberId) =>
      send({
        ...reading,
        operationId: 'getOrganizationMember',
        path: memberPath(memberId),
        checkWhenNotFound: checkMember,
        read: asMember,
      }),

    getOrganizationInvitations: () =>
      send({
        ...reading,
        operationId: 'getOrganizationInvitations',
        path: `${organization}/invitations`,
        read: asInvitations,
      }),

    getCurrentUserInfo: () =>
      send({
        ...reading,
        operationId: 'getCurrentUserInfo',
        path: '/users/me',
        needs: personalKey,
        checkWhenNotFound: '',
        read: (body) => (hasTexts(body, 'id', 'email') ? (body as CurrentUser) : undefined),
      }),

    createOrganizationInvitations: (invitations) =>
      send({
        operationId: 'createOrganizationInvitations',
        method: 'POST',
        path: `${organization}/invitations`,
        body: { invitations },
        idempotent: false,
        needs: adminKey,
        checkWhenNotFound: checkOrganization,
        read: asInvitations,
      }),

    updateOrganizationMember: (memberId, role) =>
      send({
        operationId: 'updateOrganizationMember',
        method: 'PATCH',
        path: memberPath(memberId),
        body: { role },
        idempotent: true,
        needs: adminKey,
        checkWhenNotFound: checkMember,
        // Only an answer about this member that says so counts.
        read: (body) => {
          const member = asMember(body);
          return member?.id === memberId && isSameRole(member.role, role) ? member : undefined;
        },
      }),

    removeOrganizationMember: async (memberId) => {
      await send({
        operationId: 'removeOrganizationMember',
        method: 'DELETE',
        path: memberPath(memberId),
        idempotent: true,
        needs: adminKey,
        checkWhenNotFound: checkMember,
        read: asObject<object>,
      });
    },

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

    createOrgApiKey: (key) => send({ ...creating, ...organizationKeys, operationId: 'createOrgApiKey', body: key }),

    revokeOrgApiKey: (keyId) =>
      send({
        ...revoking(keyId),
        operationId: 'revokeOrgApiKey',
        path: `${organization}/api_keys/${keyId}`,
        needs: adminKey,
        checkWhenNotFound: checkOrganization,
      }),

    listApiKeys: () =>
      send({
        ...reading,
        operationId: 'listApiKeys',
        path: '/api_keys',
        needs: personalKey,
        checkWhenNotFound: '',
        read: asKeys,
      }),

    createApiKey: (key) =>
      send({
        ...creating,
        operationId: 'createApiKey',
        path: '/api_keys',
        body: key,
        needs: personalKey,
        checkWhenNotFound: '',
      }),

    revokeApiKey: (keyId) =>
      send({
        ...revoking(keyId),
        operationId: 'revokeApiKey',
        path: `/api_keys/${keyId}`,
        needs: personalKey,
        checkWhenNotFound: '',
      }),
  };
}

/** What every DELETE of a key has in common. */
function revoking(keyId: KeyId) {
  return {
    method: 'DELETE',
    idempotent: true,
    // Only an answer about this key that says so counts.
    read: (body: unknown) => {
      const revoked = asKey<RevokedKey>(body);
      return revoked?.id === keyId && revoked.revoked === true ? revoked : undefined;
    },
  } as const;
}

/** Any text of Neon's, as one part of a path: half a character, which JSON can hold, makes `encodeURIComponent` throw. */
function inPath(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

interface MembersPage {
  rows: MemberWithUser[];
  next: string;
}

/**
 * Reads pages up to one without a cursor. Two empty pages in a row are the end, too: Neon's own clients end at the first.
 * @throws NeonError when a page with a cursor repeats what was there before
 */
async function allPages(page: (cursor: string) => Promise<MembersPage>): Promise<MemberWithUser[]> {
  const rows = new Map<string, MemberWithUser>();
  let wasEmpty = false;
  for (let cursor = ''; ; ) {
    const { rows: some, next } = await page(cursor);
    const isEmpty = some.length === 0;
    const known = rows.size;
    for (const row of some) rows.set(row.member.id, row);
    if (next === '' || (isEmpty && wasEmpty)) return [...rows.values()];
    if (!isEmpty && rows.size === known) throw endlessPages();
    wasEmpty = isEmpty;
    cursor = next;
  }
}

function endlessPages(): NeonError {
  return new NeonError({
    operationId: 'getOrganizationMembers',
    method: 'GET',
    path: '/…/members',
    kind: 'unknown',
    reason: 'a page has a cursor for the next one and no member that was not on an earlier page',
    requestId: 'in the debug log',
  });
}

function asMembersPage(body: unknown): MembersPage | undefined {
  const { members, pagination } = asObject<{ members?: unknown; pagination?: unknown }>(body) ?? {};
  const next = asObject<{ next?: unknown }>(pagination)?.next ?? '';
  if (!Array.isArray(members) || typeof next !== 'string') return undefined;
  const sound = members.every((row) => asMember(row?.member) && hasTexts(row.user, 'email'));
  return sound ? { rows: (members as MemberWithUser[]).map(withoutNull), next } : undefined;
}

/** For a member who was never deactivated, Neon may answer null. */
function withoutNull({ member, user }: MemberWithUser): MemberWithUser {
  const { deactivated_at, ...rest } = user;
  return { member, user: deactivated_at ? user : rest };
}

function asMember(body: unknown): Member | undefined {
  return hasTexts(body, 'id', 'user_id', 'role') ? (body as Member) : undefined;
}

function asInvitations(body: unknown): Invitation[] | undefined {
  const { invitations } = asObject<{ invitations?: unknown }>(body) ?? {};
  if (!Array.isArray(invitations)) return undefined;
  const sound = invitations.every((one) => hasTexts(one, 'id', 'email', 'role', 'invited_at'));
  return sound ? (invitations as Invitation[]) : undefined;
}

/** Whether the body is an object that has these texts. */
function hasTexts(body: unknown, ...names: string[]): boolean {
  const object = asObject<Record<string, unknown>>(body);
  return object !== undefined && names.every((name) => typeof object[name] === 'string' && object[name] !== '');
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
