import { randomUUID } from 'node:crypto';
import type { PageEnd } from './faults.ts';
import { readInvitations, readKeyRequest, readPage, readRole } from './input.ts';
import type { OperationId, OrganizationOperation } from './operations.ts';
import { Refusal } from './refusal.ts';
import { accountOf, forbidden, type Standing, seesProject } from './rights.ts';
import type { Credential, Member, NeonState, Organization, User } from './state.ts';
import { join, takeKeyId, userByEmail } from './state.ts';

/** A request that may be answered: authenticated, with checked path parameters. */
export interface Call {
  state: NeonState;
  credential: Credential;
  params: Record<string, string>;
  query: URLSearchParams;
  /** The body as it came. */
  body: string;
  now: Date;
  randomToken: () => string;
  /** How the pages of a list end, where a fault asks for it. */
  pageEnd: PageEnd | undefined;
}

/** A request on an organization, by someone who may. */
export interface OrganizationCall extends Call {
  organization: Organization;
  standing: Standing;
}

// JSON.rawJSON is in Node 24 but not yet in TypeScript's es2024 library.
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** What each operation on an organization does; returns the 200 body, throws a Refusal. */
export const ORGANIZATION_ANSWERS: Record<OrganizationOperation, (call: OrganizationCall) => unknown> = {
  getOrganization({ organization: { available_roles: _, ...shown } }) {
    return shown;
  },
  getOrganizationMembers: membersPage,
  getOrganizationMember: findMember,
  updateOrganizationMember(call) {
    const member = findMember(call);
    const role = readRole(call.body, call.organization);
    if (role !== 'admin') keepAnAdmin(call, member);
    return replace(call.state.members, member, { ...member, role });
  },
  removeOrganizationMember(call) {
    const member = findMember(call);
    keepAnAdmin(call, member);
    call.state.members.splice(call.state.members.indexOf(member), 1);
    return {};
  },
  getOrganizationInvitations({ state, organization }) {
    const invitations = state.invitations.filter((invitation) => invitation.org_id === organization.id);
    return { invitations: invitations.map(({ accepted: _, ...shown }) => shown) };
  },
  createOrganizationInvitations: invite,
  listOrgApiKeys({ state, organization }) {
    const users = usersById(state);
    return liveOrganizationKeys(state, organization.id).map((key) => {
      const creator = { id: key.created_by, name: users.get(key.created_by)?.name ?? '', image: '' };
      return { ...keyShape(key), created_by: creator, ...usage(key) };
    });
  },
  createOrgApiKey: mint,
  revokeOrgApiKey({ state, organization, params }) {
    const id = String(BigInt(params['key_id'] ?? ''));
    const key = liveOrganizationKeys(state, organization.id).find((candidate) => candidate.id === id);
    if (key === undefined) throw new Refusal(404, 'API key not found');
    replace(state.credentials, key, { ...key, revoked: true });
    return { ...keyShape(key), ...usage(key), revoked: true };
  },
};

/** What the other operations do; returns the 200 body, throws a Refusal. */
export const OTHER_ANSWERS: Record<Exclude<OperationId, OrganizationOperation>, (call: Call) => unknown> = {
  getAuthDetails({ credential }) {
    const auth_method = credential.kind === 'personal' ? 'api_key_user' : 'api_key_org';
    return { account_id: accountOf(credential), auth_method };
  },
  getCurrentUserInfo({ state, credential }) {
    const user = state.users.find((candidate) => candidate.id === credential.user_id);
    // Observed at Neon, where a project-scoped key is an organization key too.
    if (user === undefined) throw new Refusal(404, 'not allowed for organization API keys');
    return userShape(user);
  },
  getProject({ state, credential, params }) {
    const project = state.projects.find((candidate) => candidate.id === params['project_id']);
    if (!project || !seesProject(state, credential, project)) {
      // Observed at Neon: the answer does not show whether the project exists.
      throw new Refusal(404, 'project not found');
    }
    return { project: { ...PROJECT_DEFAULTS, ...project, updated_at: project.created_at, owner_id: project.org_id } };
  },
};

/** The organization's live keys of both kinds, as Neon lists them. Personal keys are not among them. */
export function liveOrganizationKeys(state: NeonState, orgId: string): Credential[] {
  return state.credentials.filter((key) => key.kind !== 'personal' && key.org_id === orgId && !key.revoked);
}

/** Replaces instead of editing: earlier states, for reads that are behind, share the object. */
function replace<Item>(items: Item[], item: Item, by: Item): Item {
  items[items.indexOf(item)] = by;
  return by;
}

function mint(call: OrganizationCall): unknown {
  const { state, organization, credential } = call;
  const { key_name, project_id } = readKeyRequest(call.body);
  if (call.standing === 'member' && project_id === undefined) throw forbidden();
  const ours = state.projects.some((project) => project.id === project_id && project.org_id === organization.id);
  if (project_id !== undefined && !ours) throw new Refusal(404, 'project not found');
  if (state.unique_key_names && isNameTaken(state, organization.id, key_name)) throw duplicateName();
  const key: Credential = {
    id: takeKeyId(state),
    name: key_name,
    token: call.randomToken(),
    kind: project_id === undefined ? 'organization' : 'project',
    org_id: organization.id,
    ...(project_id !== undefined && { project_id }),
    created_at: call.now.toISOString(),
    created_by: credential.user_id ?? '',
    last_used_at: null,
    last_used_from_addr: '',
    revoked: false,
  };
  state.credentials.push(key);
  return { ...keyShape(key), key: key.token };
}

function isNameTaken(state: NeonState, orgId: string, name: string): boolean {
  return liveOrganizationKeys(state, orgId).some((key) => key.name === name);
}

/** Neon's words by its CLI 6 (profile_keys.js); the status is the one that alchemy's Neon provider handles. */
function duplicateName(): Refusal {
  return new Refusal(409, 'choose another unique name for api key');
}

function keyShape(key: Credential): Record<string, unknown> {
  const { id, name, created_at, created_by, project_id } = key;
  return { id: rawJSON(id), name, created_at, created_by, ...(project_id !== undefined && { project_id }) };
}

function usage({ last_used_at, last_used_from_addr }: Credential): Record<string, unknown> {
  return { last_used_at, last_used_from_addr };
}

function findMember({ state, organization, params }: OrganizationCall): Member {
  const member = state.members.find((m) => m.id === params['member_id'] && m.org_id === organization.id);
  if (member === undefined) throw new Refusal(404, 'organization member not found');
  return member;
}

function keepAnAdmin({ state, organization }: OrganizationCall, leaving: Member): void {
  const others = state.members.some((m) => m.org_id === organization.id && m.role === 'admin' && m !== leaving);
  // The document says only "cannot be removed"; 422 and the same rule for a demotion are our reading.
  if (leaving.role === 'admin' && !others) throw new Refusal(422, 'the last admin of an organization cannot leave');
}

function invite(call: OrganizationCall): unknown {
  const { state, organization, credential } = call;
  const wanted = readInvitations(call.body, organization);
  const at = call.now.toISOString();
  for (const { email } of wanted) {
    // Neon says nothing of this case; to refuse the whole batch shows a client that it planned wrongly.
    if (isMember(state, email, organization.id)) throw new Refusal(400, `${email} is already a member`);
  }
  const invitations = wanted.map(({ email, role }) => {
    const user = userByEmail(state, email);
    const accepted = user?.has_account === true;
    if (accepted) join(state, { user_id: user.id, org_id: organization.id, role, joined_at: at });
    const invited_by = credential.user_id ?? '';
    const shown = { id: randomUUID(), email, org_id: organization.id, invited_by, invited_at: at, role };
    // A second invitation of a pending address is let through and sends a second e-mail: that is what tests look for.
    state.invitations.push({ ...shown, accepted });
    state.emails_sent.push({ to: email, at });
    return shown;
  });
  return { invitations };
}

function isMember(state: NeonState, email: string, orgId: string): boolean {
  const user = userByEmail(state, email);
  return state.members.some((member) => member.user_id === user?.id && member.org_id === orgId);
}

type Position = readonly [value: string, id: string];

function membersPage(call: OrganizationCall): unknown {
  const { limit, sort_by, sort_order, after } = readPage(call.query);
  const users = usersById(call.state);
  const sign = sort_order === 'asc' ? 1 : -1;
  const rows = call.state.members
    .filter((member) => member.org_id === call.organization.id)
    .map((member) => ({ member, user: { email: users.get(member.user_id)?.email ?? '' } }))
    .map((row) => ({ row, at: [sort_by === 'email' ? row.user.email : row.member[sort_by], row.member.id] as const }))
    .filter(({ at }) => after === undefined || sign * compare(at, after) > 0)
    .sort((a, b) => sign * compare(a.at, b.at));
  const page = rows.slice(0, limit);
  // The cursor is the position of the last row, so people who join or leave between two pages shift nothing.
  const cursor = (at: Position | undefined) =>
    Buffer.from(JSON.stringify({ after: at, sort_by, sort_order })).toString('base64');
  const last = page.at(-1)?.at ?? after;
  const next = rows.length > limit ? cursor(last) : lastCursor(call, page.length > 0 ? cursor(last) : undefined);
  return {
    members: page.map(({ row }) => row),
    pagination: { ...(next !== undefined && { next }), sort_by, sort_order },
  };
}

/**
 * `next` of the last page; undefined leaves it out.
 * @param end the cursor behind the last row; undefined for an empty page
 */
function lastCursor({ pageEnd, query }: OrganizationCall, end: string | undefined): string | null | undefined {
  switch (pageEnd) {
    case 'null':
      return null;
    case 'empty':
      return '';
    case 'empty-page':
      return end;
    case 'same':
      return query.get('cursor') ?? end;
    case 'endless': {
      const cursor = end ?? query.get('cursor') ?? '';
      // White space makes it another cursor for the same position.
      return Buffer.from(`${Buffer.from(cursor, 'base64').toString()} `).toString('base64');
    }
    default:
      return undefined;
  }
}

function compare(a: Position, b: Position): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  if (a[1] === b[1]) return 0;
  return a[1] < b[1] ? -1 : 1;
}

function usersById(state: NeonState): Map<string, User> {
  return new Map(state.users.map((user) => [user.id, user]));
}

function userShape({ id, email, name }: User): unknown {
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

/** A resting project: the numbers of Project in the OpenAPI document that say nothing of its identity. */
const PROJECT_DEFAULTS = {
  platform_id: 'aws',
  region_id: 'aws-us-east-2',
  provisioner: 'k8s-neonvm',
  pg_version: 17,
  proxy_host: 'us-east-2.aws.neon.tech',
  branch_logical_size_limit: 0,
  branch_logical_size_limit_bytes: 0,
  store_passwords: true,
  creation_source: 'console',
  history_retention_seconds: 86400,
  consumption_period_start: '2026-01-01T00:00:00Z',
  consumption_period_end: '2026-02-01T00:00:00Z',
  cpu_used_sec: 0,
  active_time_seconds: 0,
  compute_time_seconds: 0,
  written_data_bytes: 0,
  data_transfer_bytes: 0,
  data_storage_bytes_hour: 0,
};
