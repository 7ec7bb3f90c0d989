/** The path under which Neon serves its API. */
export const BASE_PATH = '/api/v2';

/**
 * The emulated operations of Neon's API: operationId → [method, path].
 * Source: the OpenAPI document of `@neondatabase/api-client` 2.7.3; a test compares the two.
 */
export const OPERATIONS = {
  getOrganization: ['GET', '/organizations/{org_id}'],
  getOrganizationMembers: ['GET', '/organizations/{org_id}/members'],
  getOrganizationMember: ['GET', '/organizations/{org_id}/members/{member_id}'],
  updateOrganizationMember: ['PATCH', '/organizations/{org_id}/members/{member_id}'],
  removeOrganizationMember: ['DELETE', '/organizations/{org_id}/members/{member_id}'],
  getOrganizationInvitations: ['GET', '/organizations/{org_id}/invitations'],
  createOrganizationInvitations: ['POST', '/organizations/{org_id}/invitations'],
  listOrgApiKeys: ['GET', '/organizations/{org_id}/api_keys'],
  createOrgApiKey: ['POST', '/organizations/{org_id}/api_keys'],
  revokeOrgApiKey: ['DELETE', '/organizations/{org_id}/api_keys/{key_id}'],
  listProjects: ['GET', '/projects'],
  getProject: ['GET', '/projects/{project_id}'],
  getCurrentUserInfo: ['GET', '/users/me'],
  getCurrentUserOrganizations: ['GET', '/users/me/organizations'],
  listApiKeys: ['GET', '/api_keys'],
  createApiKey: ['POST', '/api_keys'],
  revokeApiKey: ['DELETE', '/api_keys/{key_id}'],
  getAuthDetails: ['GET', '/auth'],
} as const satisfies Record<string, readonly [method: string, path: string]>;

export type OperationId = keyof typeof OPERATIONS;
/** The operations on one organization: those with `{org_id}` in their path. */
export type OrganizationOperation = {
  [Id in OperationId]: (typeof OPERATIONS)[Id][1] extends `/organizations/{org_id}${string}` ? Id : never;
}[OperationId];

/** All operation IDs, in the order of OPERATIONS. */
export const OPERATION_IDS = Object.keys(OPERATIONS) as OperationId[];

const patterns = OPERATION_IDS.map((id) => {
  const [method, path] = OPERATIONS[id];
  return { id, method, path: new RegExp(`^${BASE_PATH}${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`) };
});

/** Finds the operation of a request by its method and its path without the query. */
export function matchOperation(method: string, pathname: string): OperationId | 'unknown' {
  return patterns.find((pattern) => pattern.method === method && pattern.path.test(pathname))?.id ?? 'unknown';
}
