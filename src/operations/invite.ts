import { planPeople, stepsOf } from '../members/plan.ts';
import { readOnly } from '../neon/endpoints.ts';
import type { Operation } from './context.ts';
import { apply, decideAloud } from './people.ts';
import { peopleResult } from './people-report.ts';

const unlimited = { count: Number.POSITIVE_INFINITY };

/** Invites the listed people who are neither members nor invited yet. */
export const invite: Operation<'invite'> = async (inputs, context) => {
  const trust = decideAloud(inputs.mode, context);
  const neon = readOnly(context.neon);
  const [members, invitations] = [await neon.getOrganizationMembers(), await neon.getOrganizationInvitations()];
  const desired = (inputs.emails ?? []).map(({ email, role }) => ({ email, name: email, ...(role ? { role } : {}) }));
  const plan = planPeople(
    { desired, members, invitations, now: context.clock.now() },
    {
      ...(inputs.role ? { defaultRole: inputs.role } : {}),
      members: false,
      allowedDomains: [],
      excluded: new Set(),
      protectedEmails: new Set(),
      reinvite: inputs.reinvite,
      maxInvitations: unlimited,
      maxRoleChanges: unlimited,
      maxRemovals: unlimited,
      unsure: [],
    },
  );
  for (const { email, why } of plan.skip) context.info(`${email} ${why}.`);
  const deeds = trust.apply ? await apply(stepsOf(plan), invitations, context) : [];
  const result = peopleResult({ plan, deeds, trust, showEmails: inputs.show_emails, members: false });
  return { ...result, json: { ...result.json, invitations: deeds.flatMap(({ invitation }) => invitation ?? []) } };
};
