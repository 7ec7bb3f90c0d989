import type { Credential, NeonState, OrganizationKeyRights } from './model.ts';
import type { OrganizationOperation } from './operations.ts';
import { Refusal } from './refusal.ts';

/** How a credential relates to an organization: as a person with a role, or as a key of the organization. */
type Access = 'admin' | 'member' | 'organization' | 'project';

const PEOPLE: readonly Access[] = ['admin', 'member'];
const ADMINS: readonly Access[] = ['admin'];

/** Who may do what. Source: Neon's documentation, "Manage API keys" (June 2026), and the OpenAPI document's texts. */
const RIGHTS: Record<OrganizationOperation, readonly Access[]> = {
  getOrganization: PEOPLE,
  getOrganizationMembers: PEOPLE,
  getOrganizationMember: PEOPLE,
  getOrganizationInvitations: PEOPLE,
  listOrgApiKeys: PEOPLE,
  updateOrganizationMember: ADMINS,
  removeOrganizationMember: ADMINS,
  createOrganizationInvitations: ADMINS,
  createOrgApiKey: ADMINS,
  revokeOrgApiKey: ADMINS,
};

const READS: readonly OrganizationOperation[] = [
  'getOrganization',
  'getOrganizationMembers',
  'getOrganizationMember',
  'getOrganizationInvitations',
];

/** What an organization's own key may do, according to each of Neon's sources. */
const ORGANIZATION_KEY_RIGHTS: Record<OrganizationKeyRights, readonly OrganizationOperation[]> = {
  docs: [...READS, 'listOrgApiKeys', 'revokeOrgApiKey', 'updateOrganizationMember'],
  cli: [...READS, 'revokeOrgApiKey', 'updateOrganizationMember'],
};

/**
 * Finds the live credential of an `Authorization` header.
 * @param createdBefore keys that were created later are unknown
 * @throws Refusal with 401 and the same message in all cases
 */
export function authenticate(
  state: NeonState,
  authorization: string | undefined,
  createdBefore: Date | undefined,
): Credential {
  const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
  const credential = state.credentials.find((candidate) => candidate.token === token && !candidate.revoked);
  const isTooNew = credential && createdBefore && new Date(credential.created_at) > createdBefore;
  if (credential === undefined || isTooNew) throw new Refusal(401, 'supplied credentials do not pass authentication');
  return credential;
}

/** The account that a credential acts for, as in `GET /auth`: a user ID or an organization ID. */
export function accountOf(credential: Credential): string {
  return credential.user_id ?? credential.org_id ?? '';
}

/**
 * How the credential relates to the organization. Editors, viewers and collaborators count as plain members, because the
 * documentation specifies only the rights of admins. Undefined for outsiders, and for an organization that does not exist.
 */
export function accessIn(state: NeonState, credential: Credential, orgId: string): Access | undefined {
  if (credential.kind !== 'personal') return credential.org_id === orgId ? credential.kind : undefined;
  const member = state.members.find((m) => m.user_id === credential.user_id && m.org_id === orgId);
  if (member === undefined) return undefined;
  return member.role === 'admin' ? 'admin' : 'member';
}

/**
 * Checks the right to an operation on an organization.
 * @throws Refusal without the right; outsiders get the same one as for an organization that does not exist
 */
export function authorize(
  state: NeonState,
  credential: Credential,
  operation: OrganizationOperation,
  orgId: string,
): void {
  const access = accessIn(state, credential, orgId);
  if (access === undefined) throw foreignOrganization();
  if (isPermitted(state, access, operation)) return;
  throw credential.kind === 'personal' ? forbidden() : forbiddenToKey(credential, state.key_refusal_status);
}

function isPermitted(state: NeonState, access: Access, operation: OrganizationOperation): boolean {
  if (access === 'organization') return ORGANIZATION_KEY_RIGHTS[state.organization_key_rights].includes(operation);
  return RIGHTS[operation].includes(access);
}

/** Whether the credential can see a project: members of its organization, and keys of the organization or the project can. */
export function seesProject(
  state: NeonState,
  credential: Credential,
  project: { id: string; org_id: string },
): boolean {
  if (credential.kind === 'project') return credential.project_id === project.id;
  return accessIn(state, credential, project.org_id) !== undefined;
}

/**
 * The refusal of an organization key or a project-scoped key. The texts were observed at Neon with the status 404: the
 * first for `GET /users/me`, the second outside the key's project.
 */
export function forbiddenToKey({ kind, project_id }: Credential, status: number): Refusal {
  if (kind === 'organization') return new Refusal(status, 'not allowed for organization API keys');
  const scope = `not allowed to perform actions outside the project this key is scoped to`;
  return new Refusal(status, `${scope}; subject_project_id:"${project_id}"`);
}

/** The refusal of a member without the right. */
function forbidden(): Refusal {
  return new Refusal(403, 'user has no permission for the requested operation');
}

/** The authors of Neon's CLI observed that this is not a 404. The status is not documented. */
export function foreignOrganization(): Refusal {
  return new Refusal(403, 'not an organization member');
}
