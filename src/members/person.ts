import { addressKey } from '../lib/email.ts';
import type { Role } from '../neon/endpoints.ts';
import type { IdentitySource } from './address-book.ts';
import type { PlanNotice } from './change.ts';
import { isSameOwner } from './owner.ts';
import type { Origin } from './read-codeowners.ts';
import type { Desired } from './resolve.ts';
import { distinctRoles, isSameRole, leastRole } from './roles.ts';
import type { TeamRole } from './roster.ts';

/** A person named in the files or in an input. */
export interface Person {
  email: string;
  name: string;
  login: string | undefined;
  role: Role;
  /** Whether the role is explicit, for the person or one of their teams, and not the default. */
  isStated: boolean;
  /** Teams with unknown members whose role would change this person's role. */
  hiddenRoles: TeamRole[];
  origins: Origin[];
  /** The sources that have the address. */
  addressFrom: IdentitySource[];
}

/** Merges entries with the same address. @returns people sorted by address, and a notice for each whose roles differ */
export function mergeDesired(
  desired: readonly Desired[],
  defaultRole: Role,
  hiddenRoles: readonly TeamRole[],
): { byEmail: Map<string, Person>; notices: PlanNotice[] } {
  const groups = Map.groupBy(desired, ({ email }) => addressKey(email));
  const notices: PlanNotice[] = [];
  const byEmail = new Map<string, Person>();
  for (const email of [...groups.keys()].sort()) {
    const group = groups.get(email) ?? [];
    const names = group.map(({ login }) => (login === undefined ? email : `@${login}`));
    const name = [...new Set(names)].sort().join(' ');
    const own = group.flatMap(({ role }) => role ?? []);
    const stated = own.length > 0 ? own : group.flatMap(({ teamRoles }) => teamRoles);
    const role = leastRole(stated) ?? defaultRole;
    const different = distinctRoles(stated);
    if (different.length > 1) notices.push({ code: 'roles-differ', name, roles: different, role });
    const hidden = own.length > 0 ? [] : hiddenRoles.filter((one) => wouldChange(one, stated, role));
    const [login] = group.flatMap((one) => one.login ?? []);
    byEmail.set(email, {
      email,
      name,
      login,
      role,
      isStated: stated.length > 0,
      hiddenRoles: hidden,
      origins: originsOf(group),
      addressFrom: [...new Set(group.flatMap((one) => one.addressFrom ?? []))],
    });
  }
  return { byEmail, notices };
}

function wouldChange({ role }: TeamRole, stated: readonly Role[], current: Role): boolean {
  return !isSameRole(leastRole([...stated, role]) ?? current, current);
}

function originsOf(group: readonly Desired[]): Origin[] {
  const origins: Origin[] = [];
  for (const origin of group.flatMap((one) => one.origins))
    if (!origins.some(({ owner }) => isSameOwner(owner, origin.owner))) origins.push(origin);
  return origins;
}
