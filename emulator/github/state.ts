import { randomBytes } from 'node:crypto';
import type {
  GitHubState,
  Organization,
  Permissions,
  RepositoryRole,
  SamlIdentity,
  Team,
  Token,
  User,
  WorkflowRun,
} from './model.ts';

type SeedUser = Partial<User> & { login: string };

interface SeedTeam {
  slug: string;
  /** Logins of users in the seed. */
  members?: string[];
  parent?: string;
  privacy?: Team['privacy'];
  /** The role on SEED's repository; `null` for none. Default: `write`. */
  role?: RepositoryRole | null;
}

export interface SeedOptions {
  now: () => Date;
  /** Returns a new token. */
  randomToken: (name: string) => string;
  /** Whether SEED's repository is private. */
  private: boolean;
  /** Additional members of SEED's organization. */
  members: SeedUser[];
  /** People on GitHub who are not members. */
  users: SeedUser[];
  /** Additional teams of SEED's organization. */
  teams: SeedTeam[];
  saml_identities: SamlIdentity[] | null;
  default_repository_permission: Organization['default_repository_permission'];
  environments: string[];
  /** Additional repositories of SEED's organization. */
  repositories: { id: number; name: string; private?: boolean }[];
  runs: (Partial<WorkflowRun> & { id: number })[];
  /** What the default token, a GITHUB_TOKEN, may do. */
  permissions: Permissions;
  check_email_owners: boolean;
}

/** What the seed always contains. The people are the members in the emulated Neon, and octocat, who has no Neon account. */
export const SEED = {
  organization: 'acme',
  organizationId: 9001,
  repository: 'acme/shop',
  repositoryId: 812345678,
  defaultBranch: 'main',
  environment: 'production',
  /** The run of the jobs that the stand-in for the runner starts. */
  runId: 19876543210,
  owner: { login: 'ada', id: 1001, name: 'Ada Lovelace', verified_emails: ['ada@example.com'] },
  secondOwner: { login: 'grace', id: 1002, name: 'Grace Hopper', verified_emails: ['grace@example.com'] },
  member: { login: 'linus', id: 1003, name: 'Linus Torvalds', verified_emails: ['linus@example.com'] },
  newcomer: { login: 'octocat', id: 583231, name: 'The Octocat', verified_emails: ['octo@example.com'] },
  /** `platform-db` is a child team of `platform`. */
  team: 'platform',
  childTeam: 'platform-db',
} as const;

/** The default permissions of a GITHUB_TOKEN. */
const DEFAULT_PERMISSIONS: Permissions = {
  contents: 'read',
  metadata: 'read',
  actions: 'read',
  pull_requests: 'read',
};

const APP_PERMISSIONS: Permissions = {
  ...DEFAULT_PERMISSIONS,
  contents: 'write',
  pull_requests: 'write',
  members: 'read',
  secrets: 'write',
  environments: 'write',
  organization_secrets: 'write',
};

/** A random token whose name shows what it is. */
function randomToken(name: string): string {
  return `ghs_emulated_${name}_${randomBytes(18).toString('hex')}`;
}

/** GitHub's times have whole seconds. */
export function time(at: Date): string {
  return at.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Creates the initial state. The tokens are `default`, `app` and `classic`, in this order. */
export function seedState(options: Partial<SeedOptions> = {}): GitHubState {
  const seed = { ...DEFAULTS, ...options };
  const members = [SEED.owner, SEED.secondOwner, SEED.member, SEED.newcomer, ...seed.members].map(toUser(2000));
  const strangers = seed.users.map(toUser(1_000_000));
  return {
    users: [...members, ...strangers],
    organizations: [
      {
        id: SEED.organizationId,
        login: SEED.organization,
        name: 'Acme',
        members: members.map(({ login }, index) => ({ login, role: index < 2 ? 'admin' : 'member' })),
        verified_domains: ['example.com'],
        saml_identities: seed.saml_identities,
        default_repository_permission: seed.default_repository_permission,
      },
    ],
    teams: [...firstTeams, ...seed.teams].map(toTeam),
    repositories: [{ id: SEED.repositoryId, name: 'shop', private: seed.private }, ...seed.repositories].map(
      (repository, index) => ({
        id: repository.id,
        full_name: `${SEED.organization}/${repository.name}`,
        former_names: [],
        private: repository.private ?? true,
        default_branch: SEED.defaultBranch,
        collaborators: {},
        environments: index === 0 ? [SEED.environment, ...seed.environments] : [],
      }),
    ),
    runs: [{ id: SEED.runId, status: 'in_progress' as const }, ...seed.runs].map((run) => toRun(run, seed.now())),
    secrets: [],
    keys: {},
    tokens: seedTokens(seed),
    comment_authors: {},
    check_email_owners: seed.check_email_owners,
  };
}

/** Renames a repository everywhere in the state. */
export function renameRepository(state: GitHubState, from: string, to: string): void {
  const renamed = (name: string) => (name === from ? to : name);
  for (const repository of state.repositories) {
    if (repository.full_name === from) repository.former_names.push(from);
    repository.full_name = renamed(repository.full_name);
  }
  for (const run of state.runs) run.repository = renamed(run.repository);
  for (const secret of state.secrets) secret.owner = renamed(secret.owner);
  for (const team of state.teams) {
    const roles = Object.entries(team.repositories).map(([name, role]) => [renamed(name), role]);
    team.repositories = Object.fromEntries(roles);
  }
  for (const token of state.tokens) {
    if (token.repositories !== 'all') token.repositories = token.repositories.map(renamed);
  }
}

const DEFAULTS: SeedOptions = {
  now: () => new Date(),
  randomToken,
  private: true,
  members: [],
  users: [],
  teams: [],
  saml_identities: null,
  default_repository_permission: 'write',
  environments: [],
  repositories: [],
  runs: [],
  permissions: DEFAULT_PERMISSIONS,
  check_email_owners: true,
};

const firstTeams: SeedTeam[] = [
  { slug: SEED.team, members: [SEED.owner.login, SEED.secondOwner.login] },
  { slug: SEED.childTeam, members: [SEED.member.login], parent: SEED.team },
];

function toUser(firstId: number) {
  return (user: Omit<SeedUser, 'verified_emails'> & { verified_emails?: readonly string[] }, index: number): User => ({
    id: firstId + index,
    name: null,
    email: null,
    type: 'User',
    ...user,
    verified_emails: [...(user.verified_emails ?? [])],
  });
}

function toTeam({ slug, members = [], parent, privacy = 'closed', role = 'write' }: SeedTeam, index: number): Team {
  return {
    id: 3001 + index,
    organization: SEED.organization,
    slug,
    name: slug,
    parent: parent ?? null,
    members: [...members],
    privacy,
    repositories: role === null ? {} : { [SEED.repository]: role },
  };
}

function toRun(run: Partial<WorkflowRun> & { id: number }, now: Date): WorkflowRun {
  const status = run.status ?? 'completed';
  return {
    repository: SEED.repository,
    name: 'CI',
    event: 'push',
    head_branch: SEED.defaultBranch,
    status,
    conclusion: status === 'completed' ? 'success' : null,
    run_attempt: 1,
    actor: SEED.owner.login,
    created_at: time(now),
    updated_at: time(now),
    ...run,
  };
}

function seedTokens(seed: SeedOptions): Token[] {
  const common = { kind: 'installation' as const, organization: SEED.organization, scopes: [] };
  return [
    // GITHUB_TOKEN: one repository, 1,000 requests an hour. Source: GitHub's documentation, "Rate limits for the REST API".
    {
      ...common,
      token: seed.randomToken('default'),
      repositories: [SEED.repository],
      permissions: seed.permissions,
      rate_limit: 1000,
      actor: { login: 'github-actions[bot]', id: 41898282, type: 'Bot' },
    },
    {
      ...common,
      token: seed.randomToken('app'),
      repositories: 'all',
      permissions: APP_PERMISSIONS,
      rate_limit: 5000,
    },
    {
      ...common,
      token: seed.randomToken('classic'),
      kind: 'classic',
      repositories: 'all',
      permissions: { ...APP_PERMISSIONS, members: 'read' },
      scopes: ['repo', 'read:org'],
      rate_limit: 5000,
      actor: { login: SEED.owner.login, id: SEED.owner.id, type: 'User' },
    },
  ];
}
