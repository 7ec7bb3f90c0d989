import { randomUUID } from 'node:crypto';
import type { Call, OrganizationCall } from './call.ts';
import { readInvitations, readKeyRequest, readPage, readRole } from './input.ts';
import { createKey, listKeys, ofOrganization, ofUser, replace, revokeKey } from './keys.ts';
import type { Member, NeonState, Organization, User } from './model.ts';
import type { OperationId, OrganizationOperation } from './operations.ts';
import { Refusal } from './refusal.ts';
import { accessIn, accountOf, forbiddenToKey, foreignOrganization, seesProject } from './rights.ts';
import { listedProject, projectShape, userShape, usersById } from './shapes.ts';
import { join, userByEmail } from './state.ts';

/** The operations on an organization. @returns the body of the 200 response @throws Refusal */
export const ORGANIZATION_HANDLERS: Record<OrganizationOperation, (call: OrganizationCall) => unknown> = {
  getOrganization: ({ organization }) => organizationShape(organization),
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
    return listKeys(state, ofOrganization(organization.id));
  },
  createOrgApiKey(call) {
    const { state, organization, credential } = call;
    const { key_name, project_id } = readKeyRequest(call.body);
    const isOurs = state.projects.some((project) => project.id === project_id && project.org_id === organization.id);
    if (project_id !== undefined && !isOurs) throw new Refusal(404, 'project not found');
    return createKey(call, ofOrganization(organization.id), {
      name: key_name,
      kind: project_id === undefined ? 'organization' : 'project',
      org_id: organization.id,
      ...(project_id !== undefined && { project_id }),
      created_by: credential.user_id ?? '',
    });
  },
  revokeOrgApiKey({ state, organization, params }) {
    return revokeKey(state, ofOrganization(organization.id), params['key_id'] ?? '');
  },
};

/** The other operations. @returns the body of the 200 response @throws Refusal */
export const OTHER_HANDLERS: Record<Exclude<OperationId, OrganizationOperation>, (call: Call) => unknown> = {
  getAuthDetails({ credential }) {
    const auth_method = credential.kind === 'personal' ? 'api_key_user' : 'api_key_org';
    return { account_id: accountOf(credential), auth_method };
  },
  getCurrentUserInfo: (call) => userShape(userOf(call)),
  getCurrentUserOrganizations({ state, credential }) {
    const organizations = state.organizations.filter(({ id }) => accessIn(state, credential, id) !== undefined);
    return { organizations: organizations.map(organizationShape) };
  },
  listApiKeys: (call) => listKeys(call.state, ofUser(userOf(call).id)),
  createApiKey(call) {
    const { id } = userOf(call);
    const { key_name } = readKeyRequest(call.body);
    return createKey(call, ofUser(id), { name: key_name, kind: 'personal', user_id: id, created_by: id });
  },
  revokeApiKey: (call) => revokeKey(call.state, ofUser(userOf(call).id), call.params['key_id'] ?? ''),
  listProjects({ state, credential, query }) {
    // A personal key must name an organization; an organization key belongs to one.
    const orgId = query.get('org_id') ?? credential.org_id;
    if (orgId === undefined)
      throw new Refusal(400, 'org_id is required, you can find it on your organization settings page');
    if (credential.kind === 'project') throw forbiddenToKey(credential, state.key_refusal_status);
    if (accessIn(state, credential, orgId) === undefined) throw foreignOrganization();
    return {
      projects: state.projects.filter((project) => project.org_id === orgId).map(listedProject),
      applications: {},
      integrations: {},
    };
  },
  getProject({ state, credential, params }) {
    const project = state.projects.find((candidate) => candidate.id === params['project_id']);
    if (!project || !seesProject(state, credential, project)) {
      // Observed at Neon: the response does not show whether the project exists.
      throw new Refusal(404, 'project not found');
    }
    return { project: projectShape(project) };
  },
};

/** The user of a personal key. */
function userOf({ state, credential }: Call): User {
  const user = state.users.find((candidate) => candidate.id === credential.user_id);
  // Observed at Neon, where a project-scoped key also counts as an organization key.
  if (user === undefined) throw new Refusal(404, 'not allowed for organization API keys');
  return user;
}

function organizationShape({ available_roles: _, ...shown }: Organization): Omit<Organization, 'available_roles'> {
  return shown;
}

function findMember({ state, organization, params }: OrganizationCall): Member {
  const member = state.members.find((m) => m.id === params['member_id'] && m.org_id === organization.id);
  if (member === undefined) throw new Refusal(404, 'organization member not found');
  return member;
}

function keepAnAdmin({ state, organization }: OrganizationCall, leaving: Member): void {
  const others = state.members.some((m) => m.org_id === organization.id && m.role === 'admin' && m !== leaving);
  // The document states only "cannot be removed". The status 422 and the rule for demotions are assumptions.
  if (leaving.role === 'admin' && !others) throw new Refusal(422, 'the last admin of an organization cannot leave');
}

function invite(call: OrganizationCall): unknown {
  const { state, organization, credential } = call;
  const wanted = readInvitations(call.body, organization);
  const at = call.now.toISOString();
  for (const { email } of wanted) {
    // Neon does not document this case. Refusing the whole batch exposes a wrong plan.
    if (isMember(state, email, organization.id)) throw new Refusal(400, `${email} is already a member`);
  }
  const invitations = wanted.map(({ email, role }) => {
    const user = userByEmail(state, email);
    const accepted = user?.has_account === true;
    if (accepted) join(state, { user_id: user.id, org_id: organization.id, role, joined_at: at });
    const invited_by = credential.user_id ?? '';
    const shown = { id: randomUUID(), email, org_id: organization.id, invited_by, invited_at: at, role };
    // A second invitation to a pending address sends a second e-mail, which tests detect.
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
  // The cursor is the position of the last row, so a page does not shift when people join or leave between requests.
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
 * `next` of the last page; undefined omits it.
 * @param end the cursor after the last row; undefined for an empty page
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
      // Trailing white space makes a different cursor for the same position.
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
