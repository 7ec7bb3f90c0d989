// Users and projects as Neon's responses show them.
import type { NeonState, Project, User } from './model.ts';

export function usersById(state: NeonState): Map<string, User> {
  return new Map(state.users.map((user) => [user.id, user]));
}

/** CurrentUserInfoResponse */
export function userShape({ id, email, name }: User): unknown {
  const [first = '', ...rest] = name.split(' ');
  const account = { email, name, login: email, image: '' };
  return {
    ...account,
    id,
    name: first,
    last_name: rest.join(' '),
    active_seconds_limit: 0,
    projects_limit: 1000,
    branches_limit: 500,
    max_autoscaling_limit: 16,
    auth_accounts: [{ ...account, provider: 'github' }],
    plan: 'scale',
  };
}

/** ProjectListItem */
export function listedProject(project: Project): unknown {
  return { ...COMMON, active_time: 0, ...identity(project) };
}

/** Project */
export function projectShape(project: Project): unknown {
  return { ...COMMON, ...USAGE, ...identity(project) };
}

function identity(project: Project): object {
  return { ...project, updated_at: project.created_at, owner_id: project.org_id };
}

/** The fields that a project has in lists and by itself, for a project without activity. */
const COMMON = {
  platform_id: 'aws',
  region_id: 'aws-us-east-2',
  provisioner: 'k8s-neonvm',
  pg_version: 17,
  proxy_host: 'us-east-2.aws.neon.tech',
  branch_logical_size_limit: 0,
  branch_logical_size_limit_bytes: 0,
  store_passwords: true,
  creation_source: 'console',
  cpu_used_sec: 0,
};

const USAGE = {
  history_retention_seconds: 86400,
  consumption_period_start: '2026-01-01T00:00:00Z',
  consumption_period_end: '2026-02-01T00:00:00Z',
  active_time_seconds: 0,
  compute_time_seconds: 0,
  written_data_bytes: 0,
  data_transfer_bytes: 0,
  data_storage_bytes_hour: 0,
};
