import type { GitHub } from '../github/client.ts';
import { findAccounts } from '../github/identities.ts';
import { membersPermission, readTeams } from '../github/teams.ts';
import type { InputsOf } from '../inputs/declarations.ts';
import { count, oneLine } from '../lib/text.ts';
import { isNever, type Plan, planPeople, type Rules, stepsOf } from '../members/plan.ts';
import {
  addressSources,
  type Identities,
  loginsToAsk,
  type Named,
  resolveIdentities,
  teamsToRead,
} from '../members/resolve.ts';
import { readSources, type Sources } from '../members/sources.ts';
import { readOnly } from '../neon/endpoints.ts';
import type { Trust } from '../runner/mode.ts';
import type { Result } from '../runner/result.ts';
import type { OperationContext } from './context.ts';
import { apply, decideAloud, ownerOfKey } from './people.ts';
import { peopleResult, stops } from './people-report.ts';

export type SyncInputs = InputsOf<'sync-invitations'> | InputsOf<'sync-members'>;

/**
 * Brings the organization to what CODEOWNERS and the people file say: reads everything, plans, and carries the plan
 * out if it may. Only that last part is given a client that can write.
 * @throws for whatever cannot be read: nothing is ever taken for empty
 */
export async function syncPeople(inputs: SyncInputs, context: OperationContext): Promise<Result> {
  const trust = decideAloud(inputs.mode, context);
  const github = await context.github();
  const sources = await readSources(inputs, trust, github, context);
  const identities = await identify(inputs, sources, github);
  const { plan, invitations } = await planFrom(inputs, sources, identities, trust, context);
  const reason = whyStopped(inputs, identities);
  const stopped = reason === undefined ? {} : { stopped: reason };
  tell(inputs, sources, identities, plan, trust, context);
  const mayApply = trust.apply && stops({ plan, ...stopped }).length === 0;
  const deeds = mayApply ? await apply(stepsOf(plan), invitations, context) : [];
  const { unresolved } = identities;
  const { codeowners, label } = sources;
  return peopleResult({
    plan,
    deeds,
    trust,
    unresolved,
    problems: codeowners.problems,
    source: label.markdown,
    showEmails: inputs.show_emails,
    members: inputs.operation === 'sync-members',
    ...stopped,
  });
}

/** @returns why nothing may be changed, whatever the plan says */
function whyStopped({ on_unresolved }: SyncInputs, identities: Identities): string | undefined {
  const open = identities.unresolved.filter(({ isBot }) => !isBot);
  const hidden = identities.excludedUnknown.filter((name) => name.includes('/'));
  if (hidden.length > 0) {
    return `${hidden.join(', ')} is excluded, and its members cannot be seen: that needs ${membersPermission}.`;
  }
  return open.length > 0 && on_unresolved === 'fail'
    ? `\`on_unresolved: fail\`: ${count(open.length, 'owner')} without an address.`
    : undefined;
}

async function identify(inputs: SyncInputs, { codeowners, people, at }: Sources, github: GitHub): Promise<Identities> {
  const exclude = [...(inputs.exclude ?? []), ...people.exclude];
  const named: Named = { owners: codeowners.owners, exclude, people, sources: inputs.identity_sources };
  const mayRemove = inputs.operation === 'sync-members' && !isNever(inputs.max_removals);
  const teams = await readTeams(github, teamsToRead(named), { twice: mayRemove });
  const logins = loginsToAsk(named, teams, inputs.operation === 'sync-members');
  const accounts = await findAccounts(github, at.owner, logins, addressSources(inputs.identity_sources));
  return resolveIdentities(named, teams, accounts, inputs.allowed_domains ?? []);
}

async function planFrom(
  inputs: SyncInputs,
  sources: Sources,
  identities: Identities,
  trust: Trust,
  context: OperationContext,
) {
  const neon = readOnly(context.neon);
  const members = await neon.getOrganizationMembers();
  const invitations = await neon.getOrganizationInvitations();
  const managing = inputs.operation === 'sync-members';
  const self = managing ? await ownerOfKey(neon, trust) : undefined;
  if (managing && self === undefined)
    context.notice(
      "`api_key` is nobody's personal key: the owner of the key that applies this stays as they are, and here nobody knows who that is.",
    );
  const situation = {
    desired: identities.desired,
    members,
    invitations,
    now: context.clock.now(),
    ...(self ? { self } : {}),
  };
  const plan = planPeople(situation, rulesOf(inputs, sources, identities));
  return { plan, invitations };
}

function rulesOf(inputs: SyncInputs, { codeowners }: Sources, identities: Identities): Rules {
  const none = { count: 0 };
  const managing = inputs.operation === 'sync-members';
  return {
    ...(inputs.role ? { defaultRole: inputs.role } : {}),
    members: managing,
    allowedDomains: inputs.allowed_domains ?? [],
    excluded: identities.excluded,
    protectedEmails: new Set(managing ? (inputs.protected_emails ?? []) : []),
    reinvite: inputs.reinvite,
    maxInvitations: inputs.max_invitations,
    maxRoleChanges: managing ? inputs.max_role_changes : none,
    maxRemovals: managing ? inputs.max_removals : none,
    unsure: doubts(codeowners.problems.length, identities),
  };
}

/** Why somebody may be missing among those who are asked for. */
function doubts(problems: number, { unresolved, excludedUnknown }: Identities): string[] {
  const open = unresolved.filter(({ isBot }) => !isBot).length;
  const all: [number, string][] = [
    [open, `${count(open, 'owner')} without an address may be this person`],
    [problems, `${count(problems, 'line')} of CODEOWNERS with a fault may name this person`],
    [excludedUnknown.length, `${count(excludedUnknown.length, 'excluded name')} without an address may be this person`],
  ];
  return all.flatMap(([number, why]) => (number > 0 ? [why] : []));
}

/** A few lines for the log, and at most one annotation of a kind for each cause. */
function tell(
  { on_unresolved }: SyncInputs,
  { codeowners, label }: Sources,
  identities: Identities,
  plan: Plan,
  trust: Trust,
  context: OperationContext,
): void {
  const { invite, changeRole, remove, skip, notices } = plan;
  const { unresolved } = identities;
  context.info(label.text);
  context.info(
    `${invite.length} to invite, ${changeRole.length} to get another role, ${remove.length} to remove; ${skip.length} skipped, ${unresolved.length} without an address.`,
  );
  const all = [...identities.notices, ...notices];
  if (all.length > 0) context.notice(someOf(all));
  const { problems } = codeowners;
  const lines = problems.map(({ line, message }) => `line ${line}: ${oneLine(message)}`);
  if (lines.length > 0)
    context.warning(
      `${count(lines.length, 'line')} of CODEOWNERS with a fault: what is not understood invites nobody.\n${someOf(lines)}`,
    );
  const open = unresolved.filter(({ isBot }) => !isBot).map(({ name, why }) => `${name} ${why}`);
  if (open.length > 0 && on_unresolved === 'warn')
    context.warning(`${count(open.length, 'owner')} without an address.\n${someOf(open)}`);
  if (!trust.apply) for (const text of stops({ plan })) context.warning(text);
}

function someOf(lines: readonly string[]): string {
  const more = lines.length > 5 ? [`… and ${lines.length - 5} more, in the job summary.`] : [];
  return [...lines.slice(0, 5), ...more].join('\n');
}
