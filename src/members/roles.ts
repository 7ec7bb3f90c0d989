import type { Role } from '../neon/endpoints.ts';

/** The roles of Neon, the one that may most first: the order of its OpenAPI document (`MemberRole`). */
export const roles = ['admin', 'member', 'editor', 'viewer', 'collaborator'] as const satisfies readonly Role[];

export function parseRole(text: string): Role | undefined {
  return (roles as readonly string[]).includes(text) ? (text as Role) : undefined;
}

/** @returns the one that may less */
export function lesserRole(a: Role, b: Role): Role {
  return roles.indexOf(a) > roles.indexOf(b) ? a : b;
}
