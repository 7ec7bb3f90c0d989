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
import { jsonInteger } from './json.ts';

export type { Organization };

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
/** Pending or accepted: Neon's responses do not distinguish the two. */
export type Invitation = Omit<NeonInvitation, 'role'> & { role: Role };

/** An int64 as decimal text, because a JavaScript number is exact only up to 2^53. */
export type KeyId = string;

type WithExactId<T extends { id: number }> = Omit<T, 'id'> & { id: KeyId };
export type NewKey = WithExactId<OrgApiKeyCreateResponse>;
export type ListedKey = WithExactId<OrgApiKeysListResponseItem>;
export type RevokedKey = WithExactId<OrgApiKeyRevokeResponse>;

/** The owner of the personal key in use. */
export type CurrentUser = Pick<CurrentUserInfoResponse, 'id' | 'email'>;

/** The endpoints that only read. All throw NeonError. */
export interface NeonReader {
  /** Milliseconds since the epoch by Neon's clock, from the `Date` of its last response. Before the first response, by this machine's clock. */
  now(): number;
  /** Whether a response had a `Date`, so that `now` is Neon's clock. */
  hasTime(): boolean;
  /** What kind of credential is in use. */
  getAuthDetails(): Promise<AuthDetailsResponse>;
  getOrganization(): Promise<Organization>;
  listOrgApiKeys(): Promise<ListedKey[]>;
  /** The personal keys of the owner of the key in use. Refused unless the key in use is a personal key. */
  listApiKeys(): Promise<ListedKey[]>;
  /** Reads every page. Members who join in the meantime come last. */
  getOrganizationMembers(): Promise<MemberWithUser[]>;
  getOrganizationMember(memberId: string): Promise<Member>;
  /** Pending and accepted invitations. */
  getOrganizationInvitations(): Promise<Invitation[]>;
  /** Refused with 404 unless the key in use is a personal key. */
  getCurrentUserInfo(): Promise<CurrentUser>;
}

/** The endpoints that write. All throw NeonError. */
interface NeonWriter {
  /** Sent once: after a lost response, the caller finds out whether a key was created. */
  createOrgApiKey(key: { key_name: string; project_id?: string | undefined }): Promise<NewKey>;
  /** Retried even after a lost response, because an ID is never reused. The second response may be a 404. */
  revokeOrgApiKey(keyId: KeyId): Promise<RevokedKey>;
  /** Creates a personal key of the owner of the key in use. Sent once, like `createOrgApiKey`. */
  createApiKey(key: { key_name: string }): Promise<NewKey>;
  /** Retried like `revokeOrgApiKey`. */
  revokeApiKey(keyId: KeyId): Promise<RevokedKey>;
  /** Sent once, because each invitation is an e-mail. After a lost response, the caller finds out whether it was sent. */
  createOrganizationInvitations(invitations: readonly { email: string; role: Role }[]): Promise<Invitation[]>;
  /** Retried even after a lost response, because it is idempotent. */
  updateOrganizationMember(memberId: string, role: Role): Promise<Member>;
  /** Retried like `revokeOrgApiKey`. */
  removeOrganizationMember(memberId: string): Promise<void>;
}

/** Neon's API v2 for one organization, with one method for each endpoint. */
export interface Neon extends NeonReader, NeonWriter {}

/** All requests, without the clock. */
export type Endpoints = Omit<Neon, 'now' | 'hasTime'>;

/** The endpoints that list, create and revoke keys, named after those of an organization. */
export type KeyEndpoints = Pick<Neon, 'listOrgApiKeys' | 'createOrgApiKey' | 'revokeOrgApiKey'>;

/** The personal keys of the owner of the key in use, through the same interface as an organization's keys. */
export function personalKeys(neon: Pick<Neon, 'listApiKeys' | 'createApiKey' | 'revokeApiKey'>): KeyEndpoints {
  return {
    listOrgApiKeys: () => neon.listApiKeys(),
    createOrgApiKey: ({ key_name }) => neon.createApiKey({ key_name }),
    revokeOrgApiKey: (keyId) => neon.revokeApiKey(keyId),
  };
}

/** Neon for a plan: an object without the methods that write. */
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

/** A key as Neon returned it, with its ID as an exact JSON number. */
export function toNeonJson<T extends { id: KeyId }>(key: T): object {
  return { ...key, id: jsonInteger(key.id) };
}
