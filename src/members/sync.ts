import type { GitHub } from '../github/client.ts';
import type { Invitation, NeonReader } from '../neon/endpoints.ts';
import type { IdentitySource } from './address-book.ts';
import { type Cap, type ExceededCap, isNever, type Plan, withheldRemovals } from './change.ts';
import { type IdentifyOptions, identify } from './identify.ts';
import { type KeyOwner, readKeyOwner, readMembers } from './member.ts';
import type { Owner } from './owner.ts';
import { planPeople, type Rules } from './plan.ts';
import type { Identities, UnknownExclusion } from './resolve.ts';
import { type ReadFrom, readSources, type SourceOptions, type Sources } from './sources.ts';

/** The options of a sync, named like the inputs. */
export interface SyncOptions extends SourceOptions {
  identity_sources: readonly IdentitySource[];
  role?: Rules['defaultRole'];
  allowed_domains?: readonly string[] | undefined;
  exclude?: readonly Owner[] | undefined;
  on_unresolved: 'warn' | 'fail' | 'ignore';
  reinvite: boolean;
  max_invitations: Cap;
  /** This and the next two are only for `sync-members`. */
  max_role_changes?: Cap;
  max_removals?: Cap;
  protected_emails?: readonly string[] | undefined;
}

/** Why a plan may not be applied. */
export type Stop =
  | { code: 'cap'; exceeded: ExceededCap }
  | { code: 'unknown-exclusion'; exclusion: UnknownExclusion }
  | { code: 'unresolved'; unresolvedCount: number }
  | { code: 'withheld'; withheldCount: number };

/** Everything that a sync has read and decided. */
export interface SyncPlan {
  sources: Sources;
  identities: Identities;
  plan: Plan;
  stops: Stop[];
  keyOwner: KeyOwner;
  managesMembers: boolean;
  /** The invitations that the plan is based on. */
  invitations: readonly Invitation[];
}

/** The clients with which a sync reads. `neon` has no methods that write. */
export interface SyncReaders {
  github: GitHub;
  neon: Pick<NeonReader, 'now' | 'getCurrentUserInfo' | 'getOrganizationMembers' | 'getOrganizationInvitations'>;
}

const never: Cap = { count: 0 };

/**
 * Reads everything, and plans the changes that make the organization match CODEOWNERS and the people file.
 * @throws if anything cannot be read, because a failed read must never look like an empty list
 */
export async function planSync(options: SyncOptions, from: ReadFrom, { github, neon }: SyncReaders): Promise<SyncPlan> {
  const { managesMembers, isApplied } = from;
  const sources = await readSources(options, from, github);
  const identities = await identify(identifyOptions(options, managesMembers), sources, github);
  const members = await readMembers(neon);
  const invitations = await neon.getOrganizationInvitations();
  const keyOwner = await readKeyOwner(neon, members, !isApplied);
  const self = keyOwner.code === 'admin' ? keyOwner.userId : undefined;
  const now = neon.now();
  const rules = rulesOf(options, sources, managesMembers);
  const plan = planPeople({ ...identities, members, invitations, self, now }, rules);
  return {
    sources,
    identities,
    plan,
    stops: stopsOf(options, identities, plan),
    keyOwner,
    managesMembers,
    invitations,
  };
}

function identifyOptions(options: SyncOptions, managesMembers: boolean): IdentifyOptions {
  return {
    identitySources: options.identity_sources,
    allowedDomains: options.allowed_domains ?? [],
    exclude: options.exclude ?? [],
    managesMembers,
    mayRemove: managesMembers && !isNever(options.max_removals ?? never),
  };
}

function rulesOf(options: SyncOptions, { people }: Sources, managesMembers: boolean): Rules {
  const excluded = [...(options.exclude ?? []), ...people.exclude];
  return {
    defaultRole: options.role,
    managesMembers,
    allowedDomains: options.allowed_domains ?? [],
    protectedEmails: new Set(options.protected_emails),
    excludedEmails: new Set(excluded.flatMap((owner) => (owner.kind === 'email' ? owner.email : []))),
    reinvite: options.reinvite,
    maxInvitations: options.max_invitations,
    maxRoleChanges: options.max_role_changes ?? never,
    maxRemovals: options.max_removals ?? never,
  };
}

function stopsOf({ on_unresolved }: SyncOptions, identities: Identities, plan: Plan): Stop[] {
  const stops: Stop[] = plan.exceeded.map((exceeded) => ({ code: 'cap', exceeded }));
  for (const exclusion of identities.unknownExclusions) stops.push({ code: 'unknown-exclusion', exclusion });
  if (on_unresolved !== 'fail') return stops;
  const unresolvedCount = identities.doubts.filter(({ code }) => code === 'owner' || code === 'team').length;
  const withheldCount = withheldRemovals(plan).length;
  if (unresolvedCount > 0) stops.push({ code: 'unresolved', unresolvedCount });
  else if (withheldCount > 0) stops.push({ code: 'withheld', withheldCount });
  return stops;
}
