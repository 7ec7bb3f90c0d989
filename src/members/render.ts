import { type Shown, shownWith } from '../lib/email.ts';
import { count, someOf } from '../lib/text.ts';
import type { CommentText } from '../runner/comment.ts';
import { prose } from '../runner/markdown.ts';
import type { Trust } from '../runner/mode.ts';
import { planNote } from '../runner/render-mode.ts';
import type { Result } from '../runner/result.ts';
import type { ChangeOutcome } from './apply.ts';
import { type Change, type Plan, type Skip, unnamedMembers, withheldRemovals } from './change.ts';
import { ownerName } from './owner.ts';
import type { Origin } from './read-codeowners.ts';
import { fileName, noAddressText, outcomeReasonText, planNoticeText, skipText, stopText } from './sentences.ts';
import type { Stop, SyncPlan } from './sync.ts';
import {
  changeTables,
  invalidLinesTable,
  skipTable,
  sourceText,
  unnamedSection,
  unresolvedTable,
  withheldSection,
} from './tables.ts';

/** What a step that invites, changes or removes people reports. */
export interface PeopleReport {
  plan: Plan;
  outcomes: readonly ChangeOutcome[];
  trust: Trust;
  showEmails: boolean;
  stops: readonly Stop[];
  /** Whether roles and removals are managed, and therefore have outputs. */
  managesMembers: boolean;
  /** Missing if the people are listed in an input. */
  sync?: SyncPlan | undefined;
}

export function peopleResult(report: PeopleReport): Result {
  const { plan, outcomes, managesMembers, sync } = report;
  const done = doneOf(report);
  const of = (kind: Change['kind']) => done.filter((change) => change.kind === kind);
  const failures = [stopsText(report), report.trust.apply ? failureText(outcomes) : ''].filter(Boolean);
  return {
    changed: done.length > 0,
    outputs: {
      invited_count: String(of('invite').length),
      ...(managesMembers ? { withheld_count: String(withheldRemovals(plan).length) } : {}),
    },
    json: {
      invited: of('invite').map(changeJson),
      ...(managesMembers
        ? { role_changes: of('change-role').map(changeJson), removed: of('remove').map(changeJson) }
        : {}),
      failed: outcomes.flatMap(failedJson),
      skipped: plan.skips.map(skipJson),
      ...(sync ? { unresolved: unresolvedJson(sync) } : {}),
      plan: [...plan.changes.map(changeJson), ...plan.skips.map((skip) => ({ ...skipJson(skip), action: 'skip' }))],
    },
    summary: summaryOf(report, done),
    ...(failures.length > 0 ? { failure: failures.join('\n') } : {}),
  };
}

function doneOf({ outcomes }: PeopleReport): Change[] {
  return outcomes.filter(({ outcome }) => outcome === 'done').map(({ change }) => change);
}

/** Why nothing was changed, as one paragraph; '' if nothing stops the plan. */
export function stopsText({ stops, trust }: Pick<PeopleReport, 'stops' | 'trust'>): string {
  if (stops.length === 0) return '';
  const all = stops.map(stopText).join(' ');
  return trust.apply ? `Nothing was changed. ${all}` : `This plan would not be applied. ${all}`;
}

const openOutcomes = { failed: 'failed', unknown: 'outcome unknown', 'not-started': 'not started' } as const;

/** Which changes were not made or not confirmed, with each reason once; '' if all were made. */
export function failureText(outcomes: readonly ChangeOutcome[]): string {
  const open = outcomes.filter((one) => 'reason' in one);
  if (open.length === 0) return '';
  const reasons = Map.groupBy(open, (one) => `${openOutcomes[one.outcome]}: ${outcomeReasonText(one.reason)}`);
  const lines = [...reasons].slice(0, 5).map(([reason, some]) => {
    const names = someOf(
      some.map(({ change }) => change.name),
      5,
    );
    return `${names.join(', ')} – ${reason}`;
  });
  const isRefused = open.every(({ reason }) => reason.code === 'error' && reason.error.facts.kind === 'refused');
  const advice = isRefused ? '' : ' Re-running is safe: completed changes are not repeated.';
  const were = open.length === 1 ? 'was' : 'were';
  const what = `${open.length} of ${count(outcomes.length, 'change')} ${were} not made or could not be confirmed.`;
  return `${what}${advice}\n${lines.join('\n')}`;
}

/** Where a person is named: `CODEOWNERS:3`, `acme/billing/CODEOWNERS:3`, `@acme/platform (CODEOWNERS:3)` or `include`. */
function originJson({ owner, places }: Origin): string[] {
  const names = places.length > 0 ? places.map(({ file, line }) => `${fileName(file)}:${line}`) : ['include'];
  return owner.kind === 'team' ? names.map((name) => `${ownerName(owner)} (${name})`) : names;
}

function changeJson(change: Change): object {
  const { kind: action, email, name } = change;
  const named_by = change.origins.flatMap(originJson);
  if (change.kind === 'invite') return { email, name, role: change.role, action, named_by };
  const member = { email, name, member_id: change.memberId };
  if (change.kind === 'remove') return { ...member, user_id: change.userId, role: change.role, action };
  return { ...member, from: change.from, role: change.to, action, named_by };
}

function failedJson(one: ChangeOutcome): object[] {
  if (!('reason' in one)) return [];
  return [{ ...changeJson(one.change), outcome: one.outcome, reason: outcomeReasonText(one.reason) }];
}

function skipJson({ email, name, reason }: Skip): object {
  return { email, name, reason: reason.code, why: skipText(reason) };
}

function unresolvedJson({ identities }: SyncPlan): object[] {
  return identities.unresolved.map(({ owner, why }) => ({
    name: ownerName(owner),
    reason: noAddressText(why),
    bot: why.code === 'bot',
  }));
}

function summaryOf(report: PeopleReport, done: readonly Change[]): string {
  const { plan, trust, sync, outcomes } = report;
  const shown = shownWith(report.showEmails);
  const stopped = stopsText(report);
  const parts = [
    `### 👥 Neon organization: ${titleOf(report, done)}`,
    sync ? sourceText(sync.sources, 'markdown') : '',
    planNote(trust),
    stopped && `⛔ ${prose(stopped, shown)}`,
    withheldSection(plan, shown),
    sync ? unresolvedTable(sync.identities.unresolved, sync.sources.people.people, shown) : '',
    sync ? invalidLinesTable(sync.sources.codeowners.invalid, shown) : '',
    noticesSection(plan, shown),
    changeTables(plan.changes, outcomes, shown),
    unnamedSection(plan, shown),
    skipTable(plan.skips, shown),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function noticesSection({ notices }: Plan, shown: Shown): string {
  const lines = notices.map((notice) => `- ${prose(planNoticeText(notice), shown)}`);
  return lines.length === 0 ? '' : `#### ⚠️ To check\n\n${lines.join('\n')}`;
}

/** The comment on a pull request: the summary with masked addresses, unless there is nothing to change or resolve. */
export function peopleComment(report: PeopleReport): CommentText {
  return {
    body: hasNothingToReport(report) ? undefined : summaryOf({ ...report, showEmails: false }, doneOf(report)),
    nothingToSay: '### 👥 Neon organization: nothing to change',
  };
}

function hasNothingToReport(report: PeopleReport): boolean {
  const { plan, stops, sync } = report;
  const toResolve = (sync?.sources.codeowners.invalid.length ?? 0) + plan.notices.length + stops.length;
  const isWithheld = plan.skips.some(({ reason }) => reason.code === 'withheld' || reason.code === 'role-in-doubt');
  return plan.changes.length + toResolve + unresolvedCount(report) === 0 && !isWithheld;
}

function unresolvedCount({ sync }: PeopleReport): number {
  return sync?.identities.unresolved.filter(({ why }) => why.code !== 'bot').length ?? 0;
}

const titles: Record<Change['kind'], [done: string, planned: string]> = {
  invite: ['invited', 'to invite'],
  'change-role': ['with a new role', 'to get a new role'],
  remove: ['removed', 'to remove'],
};

/** What happened, or what is planned; "up to date" only if nothing is left to do. */
function titleOf(report: PeopleReport, done: readonly Change[]): string {
  const { plan, trust, stops, outcomes } = report;
  const counted = (Object.keys(titles) as Change['kind'][]).map((kind): [number, string] => [
    (trust.apply ? done : plan.changes).filter((change) => change.kind === kind).length,
    titles[kind][trust.apply ? 0 : 1],
  ]);
  const open = unresolvedCount(report);
  counted.push(
    [outcomes.filter((one) => 'reason' in one).length, 'not made or unconfirmed'],
    [withheldRemovals(plan).length, 'not removed, because names are unresolved'],
    [unnamedMembers(plan).length, 'not named in the files'],
    [open, `${open === 1 ? 'owner' : 'owners'} without an address`],
  );
  const parts = counted.flatMap(([number, what]) => (number > 0 ? [`${number} ${what}`] : []));
  if (trust.apply && stops.length > 0) parts.unshift('nothing changed');
  return parts.length > 0 ? parts.join(', ') : 'up to date';
}
