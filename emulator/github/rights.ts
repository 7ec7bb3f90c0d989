import { Refusal } from '../refusal.ts';
import type { Actor, GitHubState, Organization, Repository, Token } from './model.ts';
import { about, type OperationId } from './operations.ts';

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** Finds the token of an `Authorization` header. @returns null without a header @throws Refusal for an unknown token */
export function authenticate(state: GitHubState, authorization: string | undefined): Token | null {
  if (authorization === undefined) return null;
  const value = /^(?:bearer|token) (\S+)$/i.exec(authorization)?.[1];
  const token = state.tokens.find((candidate) => candidate.token === value);
  if (token === undefined) throw new Refusal(401, 'Bad credentials');
  return token;
}

/** The author of what is written with a token. */
export function actorOf(token: Token | null): Actor {
  return token?.actor ?? { login: 'acme-app[bot]', id: 198_000_001, type: 'Bot' };
}

/** Whether the token has a permission, such as `contents:read`. */
export function hasPermission(token: Token | null, permission: string): boolean {
  const [name = '', level] = permission.split(':');
  const granted = token?.permissions[name];
  return granted === 'write' || (granted === 'read' && level === 'read');
}

/**
 * Finds the repository that a request is about, and checks the token's right to the operation. A public repository can be
 * read without a permission.
 * @throws Refusal with 404 if the token cannot access the repository, and with 403 if it lacks the permission
 */
export function openRepository(
  state: GitHubState,
  token: Token | null,
  operation: OperationId | 'unknown',
  fullName: string,
): Repository {
  const repository = state.repositories.find(({ full_name }) => same(full_name, fullName));
  const reached = repository !== undefined && reaches(token, repository);
  if (repository === undefined || (repository.private && !reached)) throw new Refusal(404, 'Not Found');
  const { permission } = about(operation);
  if (permission === null || (reached && hasPermission(token, permission))) return repository;
  if (!repository.private && isOpenToAll(permission)) return repository;
  throw lacking(token, permission);
}

/** The same for an organization. Without the permission, teams and members are hidden (404), and secrets are refused (403). */
export function openOrganization(
  state: GitHubState,
  token: Token | null,
  operation: OperationId | 'unknown',
  login: string,
): Organization {
  const organization = state.organizations.find((candidate) => same(candidate.login, login));
  const { permission } = about(operation);
  if (organization === undefined) throw new Refusal(404, 'Not Found');
  if (permission === null) return organization;
  const allowed = token !== null && same(token.organization, login) && hasPermission(token, permission);
  if (allowed) return organization;
  if (permission.startsWith('members:')) throw new Refusal(404, 'Not Found');
  throw lacking(token, permission);
}

function reaches(token: Token | null, { full_name }: Repository): boolean {
  if (token === null || !same(token.organization, full_name.split('/')[0] ?? '')) return false;
  return token.repositories === 'all' || token.repositories.some((name) => same(name, full_name));
}

/** Whether anyone can read this in a public repository. Secrets and environments are never public. */
function isOpenToAll(permission: string): boolean {
  return ['metadata:read', 'contents:read', 'actions:read', 'pull_requests:read'].includes(permission);
}

function lacking(token: Token | null, permission: string): Refusal {
  if (token === null) return new Refusal(401, 'Requires authentication');
  const headers = { 'x-accepted-github-permissions': permission.replace(':', '=') };
  return new Refusal(403, 'Resource not accessible by integration', headers);
}
