import type { paths } from '@octokit/openapi-types';

/**
 * The emulated operations of GitHub's API: [method, path, permission, documentation].
 * The permission is the GitHub App permission that a token needs, or `null`. `members` and `organization_secrets` are
 * permissions on the organization, all others on the repository.
 * Source: GitHub's REST documentation, "Permissions required for GitHub Apps", and its OpenAPI description.
 */
export const OPERATIONS = {
  getRepository: ['GET', '/repos/{owner}/{repo}', 'metadata:read', 'repos/repos#get-a-repository'],
  getRepositoryById: ['GET', '/repositories/{repository_id}', 'metadata:read', 'repos/repos#get-a-repository'],
  getContent: [
    'GET',
    '/repos/{owner}/{repo}/contents/{path}',
    'contents:read',
    'repos/contents#get-repository-content',
  ],
  listCommits: ['GET', '/repos/{owner}/{repo}/commits', 'contents:read', 'commits/commits#list-commits'],
  getCommit: ['GET', '/repos/{owner}/{repo}/commits/{ref}', 'contents:read', 'commits/commits#get-a-commit'],
  getCodeownersErrors: [
    'GET',
    '/repos/{owner}/{repo}/codeowners/errors',
    'contents:read',
    'repos/repos#list-codeowners-errors',
  ],
  listPulls: ['GET', '/repos/{owner}/{repo}/pulls', 'pull_requests:read', 'pulls/pulls#list-pull-requests'],
  getPull: ['GET', '/repos/{owner}/{repo}/pulls/{pull_number}', 'pull_requests:read', 'pulls/pulls#get-a-pull-request'],
  createIssueComment: [
    'POST',
    '/repos/{owner}/{repo}/issues/{issue_number}/comments',
    'pull_requests:write',
    'issues/comments#create-an-issue-comment',
  ],
  updateIssueComment: [
    'PATCH',
    '/repos/{owner}/{repo}/issues/comments/{comment_id}',
    'pull_requests:write',
    'issues/comments#update-an-issue-comment',
  ],
  listWorkflowRuns: [
    'GET',
    '/repos/{owner}/{repo}/actions/runs',
    'actions:read',
    'actions/workflow-runs#list-workflow-runs-for-a-repository',
  ],
  getWorkflowRun: [
    'GET',
    '/repos/{owner}/{repo}/actions/runs/{run_id}',
    'actions:read',
    'actions/workflow-runs#get-a-workflow-run',
  ],
  getRepoPublicKey: [
    'GET',
    '/repos/{owner}/{repo}/actions/secrets/public-key',
    'secrets:read',
    'actions/secrets#get-a-repository-public-key',
  ],
  listRepoSecrets: [
    'GET',
    '/repos/{owner}/{repo}/actions/secrets',
    'secrets:read',
    'actions/secrets#list-repository-secrets',
  ],
  getRepoSecret: [
    'GET',
    '/repos/{owner}/{repo}/actions/secrets/{secret_name}',
    'secrets:read',
    'actions/secrets#get-a-repository-secret',
  ],
  createOrUpdateRepoSecret: [
    'PUT',
    '/repos/{owner}/{repo}/actions/secrets/{secret_name}',
    'secrets:write',
    'actions/secrets#create-or-update-a-repository-secret',
  ],
  deleteRepoSecret: [
    'DELETE',
    '/repos/{owner}/{repo}/actions/secrets/{secret_name}',
    'secrets:write',
    'actions/secrets#delete-a-repository-secret',
  ],
  getEnvironmentPublicKey: [
    'GET',
    '/repos/{owner}/{repo}/environments/{environment_name}/secrets/public-key',
    'environments:read',
    'actions/secrets#get-an-environment-public-key',
  ],
  listEnvironmentSecrets: [
    'GET',
    '/repos/{owner}/{repo}/environments/{environment_name}/secrets',
    'environments:read',
    'actions/secrets#list-environment-secrets',
  ],
  getEnvironmentSecret: [
    'GET',
    '/repos/{owner}/{repo}/environments/{environment_name}/secrets/{secret_name}',
    'environments:read',
    'actions/secrets#get-an-environment-secret',
  ],
  createOrUpdateEnvironmentSecret: [
    'PUT',
    '/repos/{owner}/{repo}/environments/{environment_name}/secrets/{secret_name}',
    'environments:write',
    'actions/secrets#create-or-update-an-environment-secret',
  ],
  deleteEnvironmentSecret: [
    'DELETE',
    '/repos/{owner}/{repo}/environments/{environment_name}/secrets/{secret_name}',
    'environments:write',
    'actions/secrets#delete-an-environment-secret',
  ],
  getOrgPublicKey: [
    'GET',
    '/orgs/{org}/actions/secrets/public-key',
    'organization_secrets:read',
    'actions/secrets#get-an-organization-public-key',
  ],
  listOrgSecrets: [
    'GET',
    '/orgs/{org}/actions/secrets',
    'organization_secrets:read',
    'actions/secrets#list-organization-secrets',
  ],
  getOrgSecret: [
    'GET',
    '/orgs/{org}/actions/secrets/{secret_name}',
    'organization_secrets:read',
    'actions/secrets#get-an-organization-secret',
  ],
  createOrUpdateOrgSecret: [
    'PUT',
    '/orgs/{org}/actions/secrets/{secret_name}',
    'organization_secrets:write',
    'actions/secrets#create-or-update-an-organization-secret',
  ],
  deleteOrgSecret: [
    'DELETE',
    '/orgs/{org}/actions/secrets/{secret_name}',
    'organization_secrets:write',
    'actions/secrets#delete-an-organization-secret',
  ],
  listSelectedReposForOrgSecret: [
    'GET',
    '/orgs/{org}/actions/secrets/{secret_name}/repositories',
    'organization_secrets:read',
    'actions/secrets#list-selected-repositories-for-an-organization-secret',
  ],
  getTeam: ['GET', '/orgs/{org}/teams/{team_slug}', 'members:read', 'teams/teams#get-a-team-by-name'],
  listTeamMembers: ['GET', '/orgs/{org}/teams/{team_slug}/members', 'members:read', 'teams/members#list-team-members'],
  listOrgMembers: ['GET', '/orgs/{org}/members', 'members:read', 'orgs/members#list-organization-members'],
  getUser: ['GET', '/users/{username}', null, 'users/users#get-a-user'],
  graphql: ['POST', '/graphql', null, ''],
} as const satisfies Record<string, readonly [method: string, Path, permission: string | null, docs: string]>;

/** Paths of GitHub's OpenAPI description, and the two that are not in it. */
type Path = keyof paths | '/repositories/{repository_id}' | '/graphql';

export type OperationId = keyof typeof OPERATIONS;

/** The permission and documentation of an operation; none for an unknown one. */
export function about(operation: OperationId | 'unknown'): { permission: string | null; docs: string } {
  if (operation === 'unknown') return { permission: null, docs: '' };
  const [, , permission, docs] = OPERATIONS[operation];
  return { permission, docs };
}

/** Parameters that may contain slashes. */
const LONG = ['path', 'ref'];
/** A repository's endpoints are also available under its ID, to which GitHub redirects from a former name. */
const REPOSITORY = String.raw`(?:/repos/[^/]+/[^/]+|/repositories/\d+)`;

const patterns = (Object.keys(OPERATIONS) as OperationId[]).map((id) => {
  const [method, path] = OPERATIONS[id];
  const source = path
    .replace(/^\/repos\/\{owner\}\/\{repo\}(?=\/)/, REPOSITORY)
    .replaceAll(/\{(\w+)\}/g, (_, name) => `(?<${name}>${LONG.includes(name) ? '.+' : '[^/]+'})`);
  return { id, method, path: new RegExp(`^${source}/?$`) };
});

/** Finds the operation and the parameters of a request by its method and its path without the API's base and the query. */
export function matchRequest(
  method: string,
  pathname: string,
): { operation: OperationId | 'unknown'; params: Record<string, string> } {
  for (const { id, method: wanted, path } of patterns) {
    const match = wanted === method ? path.exec(pathname) : null;
    if (match === null) continue;
    const params = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
    return { operation: id, params: Object.fromEntries(params) };
  }
  return { operation: 'unknown', params: {} };
}
