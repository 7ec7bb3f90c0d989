import { type Organization, ROLES, type Role } from './model.ts';
import { Refusal } from './refusal.ts';

const ID = /^[a-z0-9-]{1,60}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const INT64_MAX = 2n ** 63n - 1n;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;

const PARAMETERS: Record<string, (value: string) => boolean> = {
  org_id: (value) => ID.test(value),
  project_id: (value) => ID.test(value),
  member_id: (value) => UUID.test(value),
  key_id: (value) => /^\d{1,19}$/.test(value) && BigInt(value) <= INT64_MAX,
};

/** @throws Refusal with 400 for path parameters that do not match the OpenAPI document */
export function checkPath(params: Record<string, string>): void {
  for (const [name, value] of Object.entries(params)) {
    if (PARAMETERS[name]?.(value) === false) throw bad(`${name} is not valid`);
  }
}

/** Reads the body of createOrgApiKey. @throws Refusal with 400 */
export function readKeyRequest(text: string): { key_name: string; project_id?: string } {
  const { key_name, project_id } = readObject(text);
  // OpenAPI's maxLength counts characters, but JavaScript's length counts UTF-16 units.
  if (typeof key_name !== 'string' || [...key_name].length > 64) {
    throw bad('key_name must be a string of at most 64 characters');
  }
  if (project_id === undefined) return { key_name };
  if (typeof project_id !== 'string' || !ID.test(project_id)) throw bad('project_id is not valid');
  return { key_name, project_id };
}

/** Reads the body of updateOrganizationMember. @throws Refusal with 400 */
export function readRole(text: string, organization: Organization): Role {
  return roleIn(readObject(text)['role'], organization);
}

/** Reads the body of createOrganizationInvitations. @throws Refusal with 400 for an invalid entry or a duplicate address */
export function readInvitations(text: string, organization: Organization): { email: string; role: Role }[] {
  const { invitations } = readObject(text);
  if (!Array.isArray(invitations)) throw bad('invitations must be an array');
  const read = invitations.map((entry) => {
    const { email, role } = asObject(entry);
    if (typeof email !== 'string' || email.length > 256 || !EMAIL.test(email)) throw bad('email is not valid');
    return { email, role: roleIn(role, organization) };
  });
  const addresses = new Set(read.map(({ email }) => email.toLowerCase()));
  if (addresses.size < read.length) throw bad('an email is listed twice');
  return read;
}

const SORTS = ['email', 'role', 'joined_at'] as const;
const ORDERS = ['asc', 'desc'] as const;

/** A page of members: its size, its order, and the position after which it starts. */
export interface Page {
  limit: number;
  sort_by: (typeof SORTS)[number];
  sort_order: (typeof ORDERS)[number];
  after: readonly [value: string, id: string] | undefined;
}

/** Reads the query of getOrganizationMembers. @throws Refusal with 400 for an invalid value or an unknown cursor */
export function readPage(query: URLSearchParams): Page {
  // The document has no default for `limit`. A small one exposes clients that ignore pages.
  const limit = query.get('limit') ?? '100';
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > 500) throw bad('limit must be from 1 to 500');
  const sort_by = oneOf(SORTS, query.get('sort_by') ?? 'joined_at', 'sort_by');
  const sort_order = oneOf(ORDERS, query.get('sort_order') ?? 'desc', 'sort_order');
  const cursor = query.get('cursor');
  const after = cursor === null ? undefined : readCursor(cursor, sort_by, sort_order);
  return { limit: Number(limit), sort_by, sort_order, after };
}

function readCursor(cursor: string, sort_by: string, sort_order: string): readonly [string, string] {
  const read = readObject(Buffer.from(cursor, 'base64').toString(), 'cursor is not valid');
  const { after } = read;
  // A cursor is a position in one order of the list, and meaningless in another.
  if (read['sort_by'] !== sort_by || read['sort_order'] !== sort_order)
    throw bad('cursor is for another order of the list');
  if (!Array.isArray(after) || after.length !== 2) throw bad('cursor is not valid');
  return [String(after[0]), String(after[1])];
}

function roleIn(value: unknown, organization: Organization): Role {
  const role = oneOf(ROLES, value, 'role');
  if (!organization.available_roles.includes(role)) throw bad(`the role ${role} is not available for the organization`);
  return role;
}

function oneOf<T>(allowed: readonly T[], value: unknown, name: string): T {
  if (!allowed.includes(value as T)) throw bad(`${name} must be one of ${allowed.join(', ')}`);
  return value as T;
}

function readObject(text: string, message = 'the body is not valid JSON'): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw bad(message);
  }
  return asObject(value);
}

function asObject(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad('an object is expected');
  return value as Record<string, unknown>;
}

function bad(message: string): Refusal {
  return new Refusal(400, message);
}
