import { readOnly } from '../neon/endpoints.ts';
import { planPeople, stepsOf } from '../people/plan.ts';
import type { Operation } from './operation.ts';
import { apply, decideAloud } from './people.ts';
import { peopleResult } from './people-report.ts';

const unlimited = { count: Number.POSITIVE_INFINITY };

/** Invites the listed people who are neither members nor invited yet. */
export const invite: Operation<'invite'> = async (inputs, step) => {
  const trust = decideAloud(inputs.mode, step);
  const neon = readOnly(step.neon);
  const [members, invitations] = [await neon.getOrganizationMembers(), await neon.getOrganizationInvitations()];
  const desired = (inputs.emails ?? []).map(({ email, role }) => ({ email, name: email, ...(role ? { role } : {}) }));
  const plan = planPeople(
    { desired, members, invitations, now: step.clock.now() },
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
  for (const { email, why } of plan.skip) step.info(`${email} ${why}.`);
  const deeds = trust.apply ? await apply(stepsOf(plan), invitations, step) : [];
  const result = peopleResult({ plan, deeds, trust, showEmails: inputs.show_emails, members: false });
  return { ...result, json: { ...result.json, invitations: deeds.flatMap(({ invitation }) => invitation ?? []) } };
};
