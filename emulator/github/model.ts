// The state of the emulated GitHub.

export interface User {
  id: number;
  login: string;
  name: string | null;
  /** The address on the public profile. */
  email: string | null;
  /** All verified addresses. Only `organizationVerifiedDomainEmails` shows them. */
  verified_emails: string[];
  type: 'User' | 'Bot';
}

export interface SamlIdentity {
  /** The GitHub account; null for an identity that is not linked to one. */
  login: string | null;
  name_id: string;
  emails: string[];
}

export type RepositoryRole = 'read' | 'triage' | 'write' | 'maintain' | 'admin';

export interface Organization {
  id: number;
  login: string;
  name: string | null;
  members: { login: string; role: 'admin' | 'member' }[];
  verified_domains: string[];
  /** Null if SAML is not configured for the organization; it may be for the enterprise. */
  saml_identities: SamlIdentity[] | null;
  /** What every member may do with every repository. */
  default_repository_permission: 'none' | 'read' | 'write' | 'admin';
}

export interface Team {
  id: number;
  organization: string;
  slug: string;
  name: string;
  /** The slug of the parent team. */
  parent: string | null;
  /** The logins of direct members. */
  members: string[];
  privacy: 'closed' | 'secret';
  /** By full name. Child teams inherit the roles. */
  repositories: Record<string, RepositoryRole>;
}

/** A repository. `emulate` stores the files, commits and pull requests of the repositories in the seed. */
export interface Repository {
  id: number;
  full_name: string;
  /** Previous names that no other repository uses. */
  former_names: string[];
  private: boolean;
  default_branch: string;
  /** By login. */
  collaborators: Record<string, RepositoryRole>;
  environments: string[];
}

/** A workflow run, with the fields of GitHub's API that tests set. */
export interface WorkflowRun {
  id: number;
  /** By full name. */
  repository: string;
  name: string;
  event: string;
  head_branch: string;
  status: 'queued' | 'in_progress' | 'completed' | 'requested' | 'waiting' | 'pending';
  conclusion: 'success' | 'failure' | 'cancelled' | 'skipped' | 'timed_out' | 'action_required' | 'neutral' | null;
  run_attempt: number;
  /** A login. */
  actor: string;
  created_at: string;
  updated_at: string;
}

export interface Secret {
  scope: 'repository' | 'environment' | 'organization';
  /** A repository's full name, or an organization's login. */
  owner: string;
  environment: string | null;
  /** In upper case. */
  name: string;
  /** The plaintext. */
  value: string;
  created_at: string;
  updated_at: string;
  /** Only for organization secrets. */
  visibility: 'all' | 'private' | 'selected' | null;
  selected_repository_ids: number[];
}

/** A key pair for sealed boxes, base64. */
export interface KeyPair {
  key_id: string;
  public_key: string;
  private_key: string;
}

/** By the names of GitHub App permissions, such as `contents` or `organization_secrets`. */
export type Permissions = Record<string, 'read' | 'write'>;

export interface Token {
  token: string;
  /** `installation`: a GITHUB_TOKEN or an app's token. `classic`: a personal access token with scopes. */
  kind: 'installation' | 'classic';
  /** The login of the organization in which it is installed. */
  organization: string;
  /** The full names of the repositories that it can access. */
  repositories: 'all' | string[];
  permissions: Permissions;
  /** Only for a classic token. */
  scopes: string[];
  /** Requests per hour for each resource (REST, GraphQL). */
  rate_limit: number;
  /** The author of what is written with it. Default: the account of a GitHub App. */
  actor?: Actor;
}

/** An account as the author of comments. */
export interface Actor {
  login: string;
  id: number;
  type: 'User' | 'Bot';
}

/** The state of the emulated GitHub without the contents of repositories, as plain JSON. Times are ISO 8601 in UTC. */
export interface GitHubState {
  users: User[];
  organizations: Organization[];
  teams: Team[];
  repositories: Repository[];
  runs: WorkflowRun[];
  secrets: Secret[];
  /** By owner and, if any, environment. Created on first use. */
  keys: Record<string, KeyPair>;
  tokens: Token[];
  /** Authors of comments, by the ID of the comment. */
  comment_authors: Record<string, Actor>;
  /** Whether the CODEOWNERS check reports addresses of unknown users, as GitHub does. */
  check_email_owners: boolean;
}
