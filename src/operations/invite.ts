import { changesToApply } from '../members/change.ts';
import { readMembers } from '../members/member.ts';
import { planInvitations } from '../members/plan.ts';
import { peopleResult } from '../members/render.ts';
import { skipLine } from '../members/render-log.ts';
import { applyWithLog, decideForPeople } from '../members/steps.ts';
import { readOnly } from '../neon/endpoints.ts';
import type { Operation } from './context.ts';

/** Invites the listed people who are neither members nor invited yet. */
export const invite: Operation<'invite'> = async (inputs, context) => {
  const { emails: invitees = [], role, reinvite, show_emails: showEmails } = inputs;
  const trust = decideForPeople(inputs.mode, 'inputs', context);
  const neon = readOnly(context.neon);
  const members = await readMembers(neon);
  const invitations = await neon.getOrganizationInvitations();
  const plan = planInvitations(invitees, { members, invitations, now: neon.now() }, { role, reinvite });
  for (const skip of plan.skips) context.info(skipLine(skip));
  const outcomes = trust.apply ? await applyWithLog(changesToApply(plan), invitations, context) : [];
  const result = peopleResult({ plan, outcomes, trust, showEmails, stops: [], managesMembers: false });
  const created = outcomes.flatMap((one) => (one.outcome === 'done' ? (one.invitation ?? []) : []));
  return { ...result, json: { ...result.json, invitations: created } };
};
