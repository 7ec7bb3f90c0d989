// The state of the emulated Neon.

/** The roles of Neon's OpenAPI document (`MemberRole`). */
export const ROLES = ['admin', 'member', 'editor', 'viewer', 'collaborator'] as const;
export type Role = (typeof ROLES)[number];

export interface Organization {
  id: string;
  name: string;
  handle: string;
  plan: string;
  managed_by: string;
  created_at: string;
  updated_at: string;
  require_mfa: boolean;
  /** The roles that this organization can assign ("some role values may not be available for all organizations"). */
  available_roles: Role[];
}

/** A person. Without an account, Neon has only the address. */
export interface User {
  id: string;
  email: string;
  name: string;
  has_account: boolean;
}

export interface Member {
  id: string;
  user_id: string;
  org_id: string;
  role: Role;
  joined_at: string;
}

interface Invitation {
  id: string;
  email: string;
  org_id: string;
  /** A user ID. */
  invited_by: string;
  invited_at: string;
  role: Role;
  /** Not shown by the API: Neon lists pending and accepted invitations alike. */
  accepted: boolean;
}

export interface Project {
  id: string;
  name: string;
  org_id: string;
  created_at: string;
}

/** A key with its token. `id` is an int64 as decimal text, because it may exceed 2^53. */
export interface Credential {
  id: string;
  name: string;
  token: string;
  kind: 'personal' | 'organization' | 'project';
  /** The owner of a key of the kind `personal`. */
  user_id?: string;
  /** For the kinds `organization` and `project`. */
  org_id?: string;
  project_id?: string;
  created_at: string;
  /** A user ID. */
  created_by: string;
  last_used_at: string | null;
  last_used_from_addr: string;
  revoked: boolean;
}

/**
 * What an organization's own key may do. Neon's sources differ. `docs`: read, revoke keys and change roles, but not create
 * keys, invite or remove (Neon's documentation of the organization API). `cli`: the same, but not list keys (the README of
 * Neon's CLI 6, "verified against a real scoped key").
 */
export type OrganizationKeyRights = 'docs' | 'cli';

/** The state of the emulated Neon, as plain JSON. Times are ISO 8601 in UTC. */
export interface NeonState {
  organizations: Organization[];
  users: User[];
  members: Member[];
  invitations: Invitation[];
  projects: Project[];
  credentials: Credential[];
  /** One entry for each e-mail that was sent for an invitation. */
  emails_sent: { to: string; at: string }[];
  /** The ID of the next key, an int64 as decimal text. */
  next_key_id: string;
  /** The status that refuses an organization or project key where a personal key is required. Not documented by Neon. */
  key_refusal_status: 403 | 404;
  /** What an organization's own key may do; see `ORGANIZATION_KEY_RIGHTS`. */
  organization_key_rights: OrganizationKeyRights;
  /** Whether the name of a live key must be unique within an organization or a user's account, as in Neon. */
  unique_key_names: boolean;
}
