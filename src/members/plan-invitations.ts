import type { Role } from '../neon/endpoints.ts';
import type { Plan } from './change.ts';
import { planPeople, type Situation } from './plan.ts';

const unlimited = { count: Number.POSITIVE_INFINITY };

/** Plans the invitations of people who are listed one by one. */
export function planInvitations(
  invitees: readonly { email: string; role?: Role | undefined }[],
  { members, invitations, now }: Pick<Situation, 'members' | 'invitations' | 'now'>,
  { role, reinvite }: { role: Role | undefined; reinvite: boolean },
): Plan {
  const desired = invitees.map((invitee) => ({ ...invitee, teamRoles: [], origins: [] }));
  const nothing = { doubts: [], exclusionDoubts: [], hiddenRoles: [], knownLogins: new Map() };
  return planPeople(
    { desired, excluded: new Set(), ...nothing, members, invitations, now },
    {
      defaultRole: role,
      managesMembers: false,
      allowedDomains: [],
      protectedEmails: new Set(),
      excludedEmails: new Set(),
      reinvite,
      maxInvitations: unlimited,
      maxRoleChanges: unlimited,
      maxRemovals: unlimited,
    },
  );
}
