import type { GitHub } from '../github/client.ts';
import type { WorkflowEvent } from '../github/event.ts';
import { repositoryOf, serverUrlOf, type WorkflowRun } from '../github/run.ts';
import { type Invitation, type Neon, readOnly } from '../neon/endpoints.ts';
import { commentOnPullRequest } from '../runner/comment.ts';
import { decideMode, hasChosenTexts, type Mode, type Trust } from '../runner/mode.ts';
import { decision } from '../runner/render-mode.ts';
import type { Result } from '../runner/result.ts';
import { type ApplyEffects, applyChanges, type ChangeOutcome } from './apply.ts';
import type { Change } from './change.ts';
import { peopleComment, peopleResult } from './render.ts';
import { type Announcer, announce, outcomeText } from './render-log.ts';
import { planSync, type SyncOptions } from './sync.ts';

/** What a step that changes people needs. */
export interface PeopleContext extends Announcer, Pick<ApplyEffects, 'clock' | 'random' | 'cancelled'> {
  neon: Neon;
  event: () => WorkflowEvent;
}

interface DecideContext {
  event: () => WorkflowEvent;
  info: (line: string) => void;
}

/**
 * Decides whether changes are applied, and logs the decision. If the inputs of the step name the people, `mode: auto` only
 * plans if the person who triggered the event may have chosen them.
 */
export function decideForPeople(mode: Mode, namedIn: 'files' | 'inputs', { event, info }: DecideContext): Trust {
  const trigger = event();
  const trust = decideMode(mode, trigger);
  const isChosen = mode === 'auto' && trust.apply && namedIn === 'inputs' && hasChosenTexts(trigger);
  const decided: Trust = isChosen ? { mode, event: trigger.name, apply: false, reason: 'chosen-by-event' } : trust;
  info(decision(decided));
  return decided;
}

/** Applies changes, and logs the outcome of each. */
export function applyWithLog(
  changes: readonly Change[],
  before: readonly Invitation[],
  context: PeopleContext,
): Promise<ChangeOutcome[]> {
  return applyChanges(changes, before, { ...context, onOutcome: (outcome) => context.info(outcomeText(outcome)) });
}

interface SyncContext extends PeopleContext {
  workflowRun: () => WorkflowRun;
  github: () => Promise<GitHub>;
  forPublic: (text: string) => string;
}

/** The inputs that control how a sync runs and what it shows. */
interface SyncInputs {
  operation: string;
  org_id: string;
  mode: Mode;
  show_emails: boolean;
  comment: boolean;
}

/** Plans a sync, reports the plan, and applies it if that is allowed. Only the last part gets a client that can write. */
export async function runSync(
  options: SyncOptions & SyncInputs,
  managesMembers: boolean,
  context: SyncContext,
): Promise<Result> {
  const trust = decideForPeople(options.mode, 'files', context);
  const run = context.workflowRun();
  const repository = repositoryOf(run);
  const from = {
    repository,
    serverUrl: serverUrlOf(run),
    event: context.event(),
    isApplied: trust.apply,
    managesMembers,
  };
  const readers = { github: await context.github(), neon: readOnly(context.neon) };
  const sync = await planSync(options, from, readers);
  announce(sync, options, trust, context);
  const { plan, stops, invitations } = sync;
  const mayApply = trust.apply && stops.length === 0;
  const outcomes = mayApply ? await applyWithLog(plan.changes, invitations, context) : [];
  const report = { plan, outcomes, trust, showEmails: options.show_emails, stops, managesMembers, sync };
  if (options.comment) await commentOnPullRequest(options, peopleComment(report), context);
  return peopleResult(report);
}
