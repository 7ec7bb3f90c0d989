// What the emulated GitHub remembers.

export interface User {
  id: number;
  login: string;
  name: string | null;
  /** The one on the public profile. */
  email: string | null;
  /** All verified addresses; only organizationVerifiedDomainEmails shows them. */
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
  /** Null: SAML is not set on the organization (it may be on its enterprise). */
  saml_identities: SamlIdentity[] | null;
  /** What every member may do with every repository. */
  default_repository_permission: 'none' | 'read' | 'write' | 'admin';
}

export interface Team {
  id: number;
  organization: string;
  slug: string;
  name: string;
  /** The slug of the team above. */
  parent: string | null;
  /** The direct ones, by login. */
  members: string[];
  privacy: 'closed' | 'secret';
  /** By full name; child teams have it too. */
  repositories: Record<string, RepositoryRole>;
}

/** A repository. `emulate` keeps the files, commits and pull requests of those in the seed. */
export interface Repository {
  id: number;
  full_name: string;
  /** Previous names that no other repository has taken. */
  former_names: string[];
  private: boolean;
  default_branch: string;
  /** By login. */
  collaborators: Record<string, RepositoryRole>;
  environments: string[];
}

/** A workflow run, with the fields of GitHub's API that a test might set. */
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
  /** What was sealed. */
  value: string;
  created_at: string;
  updated_at: string;
  /** Of organization secrets. */
  visibility: 'all' | 'private' | 'selected' | null;
  selected_repository_ids: number[];
}

/** A key pair for sealed boxes, base64. */
export interface KeyPair {
  key_id: string;
  public_key: string;
  private_key: string;
}

/** Names of permissions as GitHub Apps have them, such as `contents` or `organization_secrets`. */
export type Permissions = Record<string, 'read' | 'write'>;

export interface Token {
  token: string;
  /** `installation`: a GITHUB_TOKEN or an app's token. `classic`: a personal access token with scopes. */
  kind: 'installation' | 'classic';
  /** The organization it is installed in, by login. */
  organization: string;
  /** The repositories it reaches, by full name. */
  repositories: 'all' | string[];
  permissions: Permissions;
  /** Of a classic token. */
  scopes: string[];
  /** Requests an hour for each resource (REST, GraphQL). */
  rate_limit: number;
  /** Who writes with it (default: a GitHub App's account). */
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
  /** By owner (and environment), made when first asked for. */
  keys: Record<string, KeyPair>;
  tokens: Token[];
  /** Authors of comments, by the comment's id. */
  comment_authors: Record<string, Actor>;
  /** Whether the CODEOWNERS check flags addresses of unknown users, as GitHub does. */
  check_email_owners: boolean;
}
