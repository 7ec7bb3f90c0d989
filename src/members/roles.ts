import { isSameRole, type Role } from '../neon/endpoints.ts';

/** Neon's roles, the most powerful one first: the order of its OpenAPI document (`MemberRole`). */
export const roles = ['admin', 'member', 'editor', 'viewer', 'collaborator'] as const satisfies readonly Role[];

export function parseRole(text: string): Role | undefined {
  return (roles as readonly string[]).includes(text) ? (text as Role) : undefined;
}

/** @returns the role with fewer permissions; `editor` for `member` and `editor`, which are the same role */
export function lesserRole(a: Role, b: Role): Role {
  return roles.indexOf(a) > roles.indexOf(b) ? a : b;
}

/** @returns the role with the fewest permissions; undefined if there are no roles */
export function leastRole(all: readonly Role[]): Role | undefined {
  return all.length === 0 ? undefined : all.reduce(lesserRole);
}

/** Each role once, in a fixed order. `member` and `editor` count as one. */
export function distinctRoles(all: readonly Role[]): Role[] {
  return roles.filter((role) => all.includes(role) && !(role === 'member' && all.includes('editor')));
}

export { isSameRole };
