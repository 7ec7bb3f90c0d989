import { count, oneLine, someOf } from '../lib/text.ts';
import type { Trust } from '../runner/mode.ts';
import type { ChangeOutcome } from './apply.ts';
import { type Change, type Skip, withheldRemovals } from './change.ts';
import { ownerName } from './owner.ts';
import { invalidLinesOf } from './read-codeowners.ts';
import { stopsText } from './render.ts';
import {
  fileName,
  invalidLineText,
  noAddressText,
  outcomeReasonText,
  planNoticeText,
  releaseText,
  skipText,
  sourceNoticeText,
  unusableText,
} from './sentences.ts';
import type { SyncOptions, SyncPlan } from './sync.ts';
import { releasesOf, sourceText } from './tables.ts';

/** Writes lines of the log, and annotations. */
export interface Announcer {
  info: (line: string) => void;
  notice: (line: string) => void;
  warning: (line: string) => void;
}

/** Reports a plan in a few lines of the log, and at most one annotation for each cause. */
export function announce(sync: SyncPlan, { on_unresolved }: SyncOptions, trust: Trust, to: Announcer): void {
  const { sources, identities, plan, stops } = sync;
  to.info(sourceText(sources, 'text'));
  const number = (kind: string) => plan.changes.filter((change) => change.kind === kind).length;
  to.info(
    `Plan: ${count(number('invite'), 'invitation')}, ${count(number('change-role'), 'role change')}, ${count(number('remove'), 'removal')}; ${plan.skips.length} skipped, ${identities.unresolved.length} without an address.`,
  );
  const notices = noticesOf(sync);
  if (notices.length > 0) to.notice(someOf(notices, 5).join('\n'));
  for (const code of ['unowned', 'no-people-file']) {
    const texts = sources.notices.filter((notice) => notice.code === code).map(sourceNoticeText);
    if (texts.length > 0) to.warning(someOf(texts, 5).join('\n'));
  }
  warnOfWithheld(sync, to);
  warnOfPendingAdmins(sync, to);
  warnOfInvalidLines(sync, to);
  if (on_unresolved === 'warn') warnOfUnresolved(sync, to);
  if (!trust.apply && stops.length > 0) to.warning(stopsText({ stops, trust }));
}

function noticesOf({ sources, identities, plan, keyOwner, managesMembers }: SyncPlan): string[] {
  const quiet = sources.notices.filter(({ code }) => code === 'not-checked' || code === 'no-merge-result');
  const hidden = identities.hiddenRoles.map(({ team }) => ownerName(team));
  return [
    ...quiet.map(sourceNoticeText),
    ...[...identities.unusable].map(([source, why]) => unusableText(source, why)),
    ...(hidden.length > 0
      ? [
          `The members of ${hidden.join(', ')} in \`teams\` could not be read, so people whose role may depend on them are neither invited nor changed. Check the names and the permissions of the token.`,
        ]
      : []),
    ...(identities.idle.length > 0
      ? [
          `${someOf(identities.idle, 5).join(', ')} in \`people\` of the people file ${identities.idle.length === 1 ? 'is' : 'are'} not named in CODEOWNERS, in a team or in \`include\`. Check the spelling, or remove the entry once the member is removed.`,
        ]
      : []),
    ...identities.exclusionDoubts.filter(({ code }) => code === 'owner').map(releaseText),
    ...plan.notices.filter(({ code }) => code !== 'pending-admin').map(planNoticeText),
    ...(managesMembers ? keyOwnerNotice(keyOwner) : []),
  ];
}

/** A plan made with another key cannot show whose key will apply it. */
function keyOwnerNotice(keyOwner: SyncPlan['keyOwner']): string[] {
  const never = 'The admin whose key applies this plan is never changed, but this plan cannot show who that is.';
  if (keyOwner.code === 'unknown') return [`\`api_key\` is not a personal API key. ${never}`];
  if (keyOwner.code !== 'other') return [];
  const { user } = keyOwner.row;
  return [
    `\`api_key\` belongs to ${user.email}, who is not an admin. ${never} List both members in \`protected_emails\`.`,
  ];
}

function warnOfWithheld({ plan }: SyncPlan, to: Announcer): void {
  const withheld = withheldRemovals(plan).length;
  if (withheld === 0) return;
  const what = `${count(withheld, 'removal')} withheld: the member may be one of the unresolved names.`;
  to.warning(`${what}\n${someOf(releasesOf(plan), 5).join('\n')}`);
}

function warnOfPendingAdmins({ plan }: SyncPlan, to: Announcer): void {
  const pending = plan.notices.filter(({ code }) => code === 'pending-admin').map(planNoticeText);
  if (pending.length > 0) to.warning(someOf(pending, 5).join('\n'));
}

function warnOfInvalidLines({ sources: { codeowners } }: SyncPlan, to: Announcer): void {
  const byFile = [...Map.groupBy(codeowners.invalid, ({ file }) => file)].map(([file, invalid]) => {
    const lines = count(invalidLinesOf({ invalid }).length, 'invalid line');
    const texts = invalid.map((line) => `line ${line.line}: ${oneLine(invalidLineText(line))}`);
    return `${fileName(file)} has ${lines}.\n${someOf(texts, 5).join('\n')}`;
  });
  if (byFile.length > 0) to.warning(someOf(byFile, 5).join('\n'));
}

function warnOfUnresolved({ identities }: SyncPlan, to: Announcer): void {
  const open = identities.unresolved.filter(({ why }) => why.code !== 'bot');
  if (open.length === 0) return;
  const texts = open.map(({ owner, why }) => `${ownerName(owner)}: ${noAddressText(why)}`);
  to.warning(`${count(open.length, 'owner')} without an address.\n${someOf(texts, 5).join('\n')}`);
}

/** One line for the log. */
export function skipLine({ email, reason }: Skip): string {
  return `${email}: ${skipText(reason)}`;
}

const verbs: Record<Change['kind'], [past: string, infinitive: string]> = {
  invite: ['Invited', 'invite'],
  'change-role': ['Changed the role of', 'change the role of'],
  remove: ['Removed', 'remove'],
};

/** One line for the log. */
export function outcomeText(outcome: ChangeOutcome): string {
  const { change } = outcome;
  const [past, infinitive] = verbs[change.kind];
  const who = change.name === change.email ? change.email : `${change.name} (${change.email})`;
  const as = change.kind === 'invite' ? ` as ${change.role}` : change.kind === 'change-role' ? ` to ${change.to}` : '';
  if (outcome.outcome === 'done') return `${past} ${who}${as}.`;
  if (outcome.outcome === 'already') return `${who} is no longer a member.`;
  const reason = oneLine(outcomeReasonText(outcome.reason));
  return outcome.outcome === 'unknown'
    ? `It is unknown whether the request to ${infinitive} ${who}${as} was carried out. ${reason}`
    : `Did not ${infinitive} ${who}${as}. ${reason}`;
}
