import type { Role } from '../neon/endpoints.ts';
import type { IdentitySource } from './address-book.ts';
import type { Doubts } from './doubt.ts';
import type { Origin } from './read-codeowners.ts';
import type { TeamRole } from './roster.ts';

/** The person that a change or a skip is about. */
export interface Subject {
  /** As returned by `addressKey`. */
  email: string;
  /** `@octocat`, several logins, or the address. */
  name: string;
  /** Where the person is named; empty for a member who is not named. */
  origins: readonly Origin[];
  /** The identity sources that have the address; missing or empty if the person is named by address. */
  addressFrom?: readonly IdentitySource[] | undefined;
}

export interface Invite extends Subject {
  kind: 'invite';
  role: Role;
}

export interface RoleChange extends Subject {
  kind: 'change-role';
  memberId: string;
  from: Role;
  to: Role;
}

/** When a member joined, and who invited them, as far as Neon reports it. */
export interface Arrival {
  /** ISO 8601. */
  joinedAt?: string | undefined;
  /** The address of the member who invited them. */
  invitedBy?: string | undefined;
}

export interface Removal extends Subject {
  kind: 'remove';
  memberId: string;
  /** Still identifies the person as the creator of keys after the removal. */
  userId: string;
  role: Role;
  /** Missing in `remove-member`, which removes a chosen person. */
  arrival?: Arrival | undefined;
}

/** One change to one person. The same object is planned, applied and reported. */
export type Change = Invite | RoleChange | Removal;

/** The change that would be made if there were no reason to skip it. */
export type Wanted = { kind: 'remove' } | { kind: 'change-role'; to: Role };

export type SkipReason =
  /** `isRoleUnstated`: roles are managed, but no file or input states this member's role. */
  | { code: 'member'; role: string; isRoleUnstated?: boolean | undefined }
  | { code: 'invited'; invitedAt: string; reinvite: boolean }
  | { code: 'excluded' }
  | { code: 'domain'; domain: string }
  | { code: 'deactivated'; since: string }
  | { code: 'self' | 'protected' | 'unreadable-address'; wanted: Wanted }
  | { code: 'unknown-role'; role: string; wanted: Wanted }
  | { code: 'last-admin' }
  | { code: 'not-listed'; role: string; arrival: Arrival }
  | { code: 'role-in-doubt'; teams: TeamRole[] }
  | { code: 'withheld'; kind: Change['kind']; doubts: Doubts };

/** A person who is skipped, and why. */
export interface Skip extends Subject {
  reason: SkipReason;
}

/** A number of people, or a percentage of the members. */
export type Cap = { count: number } | { percent: number };

/** How many changes of each kind a plan may have. */
export interface Caps {
  maxInvitations: Cap;
  maxRoleChanges: Cap;
  /** 0 means never. */
  maxRemovals: Cap;
}

/** More changes of a kind than a cap allows. */
export interface ExceededCap {
  kind: Change['kind'];
  cap: Cap;
  allowed: number;
  planned: number;
  memberCount: number;
}

/** Something about a plan that a person should check. */
export type PlanNotice =
  | { code: 'roles-differ'; name: string; roles: Role[]; role: Role }
  | { code: 'unmatched'; list: 'exclude' | 'protected_emails'; names: string[] }
  | { code: 'pending-admin'; email: string; invitedAt: string; wanted: Role | undefined };

export interface Plan {
  changes: Change[];
  skips: Skip[];
  notices: PlanNotice[];
  /** If not empty, no part of the plan may be applied. */
  exceeded: ExceededCap[];
}

/** The changes of a plan that may be applied. */
export function changesToApply({ changes, exceeded }: Plan): Change[] {
  return exceeded.length > 0 ? [] : changes;
}

/** Removals that are skipped because of a doubt. */
export function withheldRemovals({ skips }: Plan): (Skip & { reason: { code: 'withheld' } })[] {
  return skips.filter(
    (skip): skip is Skip & { reason: { code: 'withheld'; kind: 'remove'; doubts: Doubts } } =>
      skip.reason.code === 'withheld' && skip.reason.kind === 'remove',
  );
}

/** A member who is not named and stays, because `max_removals` is 0. */
export type UnnamedMember = Skip & { reason: Extract<SkipReason, { code: 'not-listed' }> };

export function unnamedMembers({ skips }: Plan): UnnamedMember[] {
  return skips.filter((skip): skip is UnnamedMember => skip.reason.code === 'not-listed');
}

export function isNever(cap: Cap): boolean {
  return ('count' in cap ? cap.count : cap.percent) === 0;
}

/** A percentage above 0 allows at least one change, even in a small organization. */
function allowedBy(cap: Cap, memberCount: number): number {
  if ('count' in cap) return cap.count;
  const share = Math.floor((memberCount * cap.percent) / 100);
  return cap.percent > 0 ? Math.max(1, share) : 0;
}

export function exceededCaps(changes: readonly Change[], memberCount: number, rules: Caps): ExceededCap[] {
  const caps: Record<Change['kind'], Cap> = {
    invite: rules.maxInvitations,
    'change-role': rules.maxRoleChanges,
    remove: rules.maxRemovals,
  };
  return (Object.keys(caps) as Change['kind'][]).flatMap((kind) => {
    const cap = caps[kind];
    const allowed = allowedBy(cap, memberCount);
    const planned = changes.filter((change) => change.kind === kind).length;
    return planned > allowed ? [{ kind, cap, allowed, planned, memberCount }] : [];
  });
}
