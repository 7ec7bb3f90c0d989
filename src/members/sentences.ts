import { membersPermission } from '../github/teams.ts';
import { count, oneLine } from '../lib/text.ts';
import type { ChangeOutcome, OutcomeReason } from './apply.ts';
import type { Change, ExceededCap, PlanNotice, SkipReason, Wanted } from './change.ts';
import { doubtName, fileName, pathText } from './doubt-sentences.ts';
import { ownerName } from './owner.ts';
import type { UnknownExclusion } from './resolve.ts';
import type { SourceNotice } from './sources.ts';
import type { Stop } from './sync.ts';

export function skipText(reason: SkipReason): string {
  switch (reason.code) {
    case 'member':
      return `Already a member (${reason.role}).`;
    case 'invited':
      return `Invited on ${day(reason.invitedAt)} and not a member: the invitation is pending, or the person has left. ${
        reason.reinvite ? 'It is less than a day old.' : '`reinvite: true` invites again.'
      }`;
    case 'excluded':
      return 'Excluded.';
    case 'domain':
      return `${reason.domain} is not in \`allowed_domains\`.`;
    case 'deactivated':
      return `The account was deactivated on ${day(reason.since)}.`;
    case 'self':
      return `Owns the key in use. ${wantedText(reason.wanted)}`;
    case 'protected':
      return `In \`protected_emails\`. ${wantedText(reason.wanted)}`;
    case 'unreadable-address':
      return `The address cannot be compared with others. ${wantedText(reason.wanted)}`;
    case 'unknown-role':
      return `Has the role ${reason.role}, which this action does not know. ${wantedText(reason.wanted)}`;
    case 'last-admin':
      return 'The last active admin is never removed or demoted.';
    case 'not-listed':
      return 'Not named in the files. Nobody is removed, because `max_removals` is 0.';
    case 'role-in-doubt':
      return `The role is unknown, because the members of ${reason.teams.map(({ team }) => ownerName(team)).join(', ')} could not be read.`;
    case 'withheld':
      return `${withheldText[reason.kind]} is withheld until this is settled: ${someOf(reason.doubts.map(doubtName), 3).join(', ')}.`;
  }
}

const withheldText: Record<Change['kind'], string> = {
  invite: 'The invitation',
  'change-role': 'The change of the role',
  remove: 'The removal',
};

function wantedText(wanted: Wanted): string {
  return wanted.kind === 'remove'
    ? 'Not named in the files, and not removed.'
    : `The role ${wanted.to} is asked for, and not set.`;
}

export function day(iso: string): string {
  return oneLine(iso).slice(0, 10);
}

export function outcomeReasonText(reason: OutcomeReason): string {
  switch (reason.code) {
    case 'error':
      return reason.error.message;
    case 'lookup-failed':
      return `${reason.error.message}\nThe look at the lists that was to settle it failed too${
        reason.lookup === 'cancelled' ? ', because the step was cancelled.' : `: ${reason.lookup.message}`
      }`;
    case 'not-confirmed':
      return "Neon's answer does not have this invitation, and neither do its lists.";
    case 'other-role':
      return `Neon gave the role ${oneLine(reason.role)} instead.`;
    case 'still-listed':
      return `${reason.error.message}\nThe member is still listed.`;
    case 'last-admin':
      return 'This is now the last active admin, who is never removed or demoted.';
    case 'admins-unknown':
      return `Whether another admin is left could not be read: ${reason.error.message}`;
    case 'cancelled':
      return 'The step was cancelled.';
  }
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
  if (outcome.outcome === 'already') return `${who} is already not a member.`;
  const reason = oneLine(outcomeReasonText(outcome.reason));
  return outcome.outcome === 'unknown'
    ? `It is unknown whether this step did ${infinitive} ${who}${as}. ${reason}`
    : `Did not ${infinitive} ${who}${as}. ${reason}`;
}

const capInputs: Record<Change['kind'], { input: string; verb: string }> = {
  invite: { input: 'max_invitations', verb: 'be invited' },
  'change-role': { input: 'max_role_changes', verb: 'get another role' },
  remove: { input: 'max_removals', verb: 'be removed' },
};

function capText({ kind, cap, allowed, planned, memberCount }: ExceededCap): string {
  const { input, verb } = capInputs[kind];
  const share = 'count' in cap ? '' : ` (${cap.percent}% of ${count(memberCount, 'member')})`;
  return `\`${input}\` allows ${allowed}${share}, and ${planned} would ${verb}.`;
}

export function stopText(stop: Stop): string {
  switch (stop.code) {
    case 'cap':
      return capText(stop.exceeded);
    case 'unknown-exclusion':
      return unknownExclusionText(stop.exclusion);
    case 'unresolved':
      return `\`on_unresolved: fail\`: ${count(stop.unresolvedCount, 'owner')} without an address.`;
    case 'withheld':
      return `\`on_unresolved: fail\`: ${count(stop.withheldCount, 'removal')} withheld.`;
  }
}

function unknownExclusionText({ team, why, canSeeOthers }: UnknownExclusion): string {
  const name = ownerName(team);
  if (why === 'empty')
    return `${name} is excluded, and GitHub lists no members of it. Remove it from \`exclude\` if it is empty.`;
  return canSeeOthers
    ? `${name} is excluded, and does not exist or is hidden; the token can read other teams of ${team.org}. Check the name.`
    : `${name} is excluded, and its members could not be read. Either it does not exist, or the token lacks ${membersPermission}.`;
}

export function planNoticeText(notice: PlanNotice): string {
  switch (notice.code) {
    case 'roles-differ':
      return `${notice.name} has several roles: ${notice.roles.join(' and ')}. The one that permits least counts: ${notice.role}.`;
    case 'unmatched':
      return `${someOf(notice.names, 5).join(', ')} in \`${notice.list}\` ${notice.names.length === 1 ? 'is' : 'are'} not the address of a member or owner. Check the spelling.`;
    case 'pending-admin': {
      const instead =
        notice.wanted === undefined ? 'is not named in the files' : `is to have the role ${notice.wanted}`;
      return `${notice.email} was invited as admin on ${day(notice.invitedAt)}, is not a member, and ${instead}. Neon's API cannot withdraw an invitation: withdraw it in the Neon console if it is still pending.`;
    }
  }
}

export function sourceNoticeText(notice: SourceNotice): string {
  switch (notice.code) {
    case 'not-checked':
      return `GitHub's own check of owners does not cover ${pathText(notice.file)}: a misspelled name in it may be a stranger's.`;
    case 'unowned':
      return `No line of ${fileName(notice.file)} requires an approval for changes to ${notice.paths.join(' and ')}, and anyone who may merge such a change may invite people. Add a line such as \`/${notice.paths[0]} @owner\`.`;
    case 'no-people-file':
      return `There is no ${notice.path}, so nobody is excluded by it and everyone gets the default role. If it was renamed, set \`people_file\`; if there is to be none, set \`people_file: none\`.`;
    case 'no-merge-result':
      return `GitHub has no merge result of pull request #${notice.pullNumber}, such as when it has conflicts. This plan reads its head instead.`;
  }
}

/** The first few of a list, and how many more there are. */
export function someOf(items: readonly string[], most: number): string[] {
  const more = items.length - most;
  return more > 0 ? [...items.slice(0, most), `… and ${more} more`] : [...items];
}
