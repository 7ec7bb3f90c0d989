import type { GitHub } from '../github/client.ts';
import { findAccounts, findApps } from '../github/identities.ts';
import { readTeams } from '../github/teams.ts';
import { lowerCase } from '../lib/email.ts';
import type { Invitation, NeonReader } from '../neon/endpoints.ts';
import { type Cap, type ExceededCap, isNever, type Plan, withheldRemovals } from './change.ts';
import { addressSources, type IdentitySource } from './identity.ts';
import { type KeyOwner, readKeyOwner, readMembers } from './member.ts';
import { isTeam, type Owner, teamPath } from './owner.ts';
import { planPeople, type Rules } from './plan.ts';
import { type AccountsRead, type Identities, resolveIdentities, type UnknownExclusion } from './resolve.ts';
import { loginsToLookUp, type Named, rosterOf, type Teams, teamsToRead } from './roster.ts';
import { type ReadFrom, readSources, type SourceOptions, type Sources } from './sources.ts';

/** What is asked for; named like the inputs. */
export interface SyncOptions extends SourceOptions {
  identity_sources: readonly IdentitySource[];
  role?: Rules['defaultRole'];
  allowed_domains?: readonly string[] | undefined;
  exclude?: readonly Owner[] | undefined;
  on_unresolved: 'warn' | 'fail' | 'ignore';
  reinvite: boolean;
  max_invitations: Cap;
  /** These three: of `sync-members` only. */
  max_role_changes?: Cap;
  max_removals?: Cap;
  protected_emails?: readonly string[] | undefined;
}

/** Why a plan may not be carried out. */
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
  /** The invitations that the plan was made with. */
  invitations: readonly Invitation[];
}

/** What a sync reads with: nothing of it can write. */
export interface SyncReaders {
  github: GitHub;
  neon: Pick<NeonReader, 'now' | 'getCurrentUserInfo' | 'getOrganizationMembers' | 'getOrganizationInvitations'>;
}

const never: Cap = { count: 0 };

/**
 * Reads everything and plans what brings the organization to what CODEOWNERS and the people file say.
 * @throws for everything that cannot be read: nothing is ever taken for empty
 */
export async function planSync(options: SyncOptions, from: ReadFrom, { github, neon }: SyncReaders): Promise<SyncPlan> {
  const { managesMembers, isApplied } = from;
  const sources = await readSources(options, from, github);
  const identities = await identify(options, sources, managesMembers, github);
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

async function identify(
  options: SyncOptions,
  { codeowners, people, at }: Sources,
  managesMembers: boolean,
  github: GitHub,
): Promise<Identities> {
  const exclude = [...(options.exclude ?? []), ...people.exclude];
  const organizations = [...new Set(codeowners.files.map(({ owner }) => lowerCase(owner)))];
  const named: Named = { codeowners, exclude, people, sources: options.identity_sources, organizations };
  const special = new Set([...exclude.filter(isTeam).map(teamPath), ...people.teams.keys()]);
  const teams = await readTeams(github, teamsToRead(named).keys(), (team) => managesMembers || special.has(team));
  const mayRemove = managesMembers && !isNever(options.max_removals ?? never);
  const logins = loginsToLookUp(named, teams, mayRemove);
  const accounts = await findAccounts(github, at.owner, logins, addressSources(options.identity_sources));
  const apps = await appsAmong(named, teams, accounts, github);
  return resolveIdentities(named, teams, { ...accounts, apps }, options.allowed_domains ?? []);
}

/** An excluded login that is not a person's may be an app's, which nobody has to look for. */
async function appsAmong(named: Named, teams: Teams, accounts: Omit<AccountsRead, 'apps'>, github: GitHub) {
  const { excluded } = rosterOf(named, teams);
  const strangers = [...excluded.values()].filter(
    ({ login, id, isBot }) =>
      !isBot && id === undefined && !accounts.found.has(login) && !named.people.people.has(login),
  );
  return findApps(
    github,
    strangers.map(({ login }) => login),
  );
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
