// Turns codes and data into sentences. The caller masks the addresses in them.
import type { Unusable } from '../github/identities.ts';
import { membersPermission } from '../github/teams.ts';
import { maskInvalid } from '../lib/email.ts';
import { count, oneLine, someOf } from '../lib/text.ts';
import type { OutcomeReason } from './apply.ts';
import type { Change, ExceededCap, PlanNotice, SkipReason, Wanted } from './change.ts';
import type { InvalidLine } from './codeowners.ts';
import type { Doubt, Doubts, NoAddress } from './doubt.ts';
import { isPatternWithName, ownerName } from './owner.ts';
import type { OwnersFile } from './read-codeowners.ts';
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
      return `The owner of the key in use. ${wantedText(reason.wanted)}`;
    case 'protected':
      return `Listed in \`protected_emails\`. ${wantedText(reason.wanted)}`;
    case 'unreadable-address':
      return `The address cannot be compared with others. ${wantedText(reason.wanted)}`;
    case 'unknown-role':
      return `Has the role ${reason.role}, which this action does not know. ${wantedText(reason.wanted)}`;
    case 'last-admin':
      return 'The last active admin is never removed or demoted.';
    case 'not-listed':
      return 'Not named in the files. No one is removed, because `max_removals` is 0.';
    case 'role-in-doubt':
      return `The role is unknown, because the members of ${reason.teams.map(({ team }) => ownerName(team)).join(', ')} could not be read.`;
    case 'withheld':
      return `${withheldText[reason.kind]} is withheld until this is resolved: ${doubtNames(reason.doubts).join(', ')}.`;
  }
}

/** The first three names. */
function doubtNames({ shared, own }: Doubts): string[] {
  const some = [...shared.slice(0, 3), ...own.slice(0, 3)].slice(0, 3);
  const more = shared.length + own.length - some.length;
  return [...some.map(doubtName), ...(more > 0 ? [`… and ${more} more`] : [])];
}

const withheldText: Record<Change['kind'], string> = {
  invite: 'The invitation',
  'change-role': 'The role change',
  remove: 'The removal',
};

function wantedText(wanted: Wanted): string {
  return wanted.kind === 'remove'
    ? 'Not named in the files, and not removed.'
    : `The role should be ${wanted.to}, but was not changed.`;
}

export function day(iso: string): string {
  return oneLine(iso).slice(0, 10);
}

export function outcomeReasonText(reason: OutcomeReason): string {
  switch (reason.code) {
    case 'error':
      return reason.error.message;
    case 'lookup-failed':
      return `${reason.error.message}\nThe lists that would show the outcome could not be read either${
        reason.lookup === 'cancelled' ? ', because the step was cancelled.' : `: ${reason.lookup.message}`
      }`;
    case 'not-confirmed':
      return "Neon's response does not contain this invitation, and neither do its lists.";
    case 'other-role':
      return `Neon assigned the role ${oneLine(reason.role)} instead.`;
    case 'still-listed':
      return `${reason.error.message}\nThe member is still listed.`;
    case 'last-admin':
      return 'This is now the last active admin, who is never removed or demoted.';
    case 'admins-unknown':
      return `It could not be determined whether another active admin is left. ${reason.error.message}`;
    case 'cancelled':
      return 'The step was cancelled.';
  }
}

const capInputs: Record<Change['kind'], { input: string; verb: string }> = {
  invite: { input: 'max_invitations', verb: 'be invited' },
  'change-role': { input: 'max_role_changes', verb: 'get another role' },
  remove: { input: 'max_removals', verb: 'be removed' },
};

function capText({ kind, cap, allowed, planned, memberCount }: ExceededCap): string {
  const { input, verb } = capInputs[kind];
  const share = 'count' in cap ? '' : ` (${cap.percent}% of ${count(memberCount, 'member')})`;
  return `\`${input}\` allows ${allowed}${share}, but ${planned} would ${verb}.`;
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
    return `${name} is excluded, but GitHub lists no members of it. If the team is empty, remove it from \`exclude\`.`;
  return canSeeOthers
    ? `${name} is excluded, but does not exist or is hidden. The token can read other teams of ${team.org}, so check the name.`
    : `The members of the excluded team ${name} could not be read. Either the team does not exist, or the token lacks the permission ${membersPermission}.`;
}

export function planNoticeText(notice: PlanNotice): string {
  switch (notice.code) {
    case 'roles-differ':
      return `${notice.name} has several roles: ${notice.roles.join(' and ')}. The role with the fewest permissions applies: ${notice.role}.`;
    case 'unmatched':
      return `${someOf(notice.names, 5).join(', ')} in \`${notice.list}\` ${notice.names.length === 1 ? 'matches' : 'match'} no member or owner. Check the spelling.`;
    case 'pending-admin': {
      const instead =
        notice.wanted === undefined ? 'is not named in the files' : `should have the role ${notice.wanted}`;
      return `${notice.email} was invited as admin on ${day(notice.invitedAt)}, is not a member, and ${instead}. ${withdrawText}`;
    }
  }
}

export function sourceNoticeText(notice: SourceNotice): string {
  switch (notice.code) {
    case 'not-checked':
      return `GitHub does not check the owners in ${notice.file.isOwn ? notice.file.path : fileName(notice.file)}. A misspelled name in it may be someone else's account.`;
    case 'unowned':
      return `No line of ${fileName(notice.file)} requires an approval for changes to ${notice.paths.join(' and ')}, so anyone who can merge such a change can invite people. Add a line such as \`/${notice.paths[0]} @owner\`.`;
    case 'no-people-file':
      return `There is no ${notice.path}, so everyone gets the default role, and only the input \`exclude\` excludes people. If the file was renamed, set \`people_file\`. If you do not want one, set \`people_file: none\`.`;
    case 'no-merge-result':
      return `GitHub has no merge result of pull request #${notice.pullNumber}, for example because of conflicts. This plan reads the head of the pull request instead.`;
  }
}

/** What to do about an invitation that should not be accepted. */
export const withdrawText =
  "Neon's API cannot withdraw an invitation. If it is still pending, withdraw it in the Neon Console.";

/** `CODEOWNERS` for the repository of the step, and a path for any other repository. */
export function fileName({ owner, repo, path, isOwn }: OwnersFile): string {
  return isOwn ? 'CODEOWNERS' : `${owner}/${repo}/${path}`;
}

/** GitHub's text as a complete sentence. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? oneLine(text) : `${oneLine(text)}.`;
}

export function noAddressText(why: NoAddress): string {
  switch (why.code) {
    case 'not-listed':
      return 'Not in the people file.';
    case 'no-account':
      return 'Not the GitHub account of a person.';
    case 'no-address':
      return 'None of the identity sources has an address.';
    case 'noreply':
      return 'A noreply address receives no mail.';
    case 'bot':
      return 'An app cannot be invited.';
    case 'team-hidden':
      return 'The members of the team could not be read.';
    case 'team-empty':
      return 'GitHub lists no members of the team.';
    case 'several-addresses':
      return `The sources give several addresses: ${foundText(why.found)}.`;
    case 'sources-disagree':
      return `The sources disagree: ${foundText(why.found)}.`;
    case 'other-account':
      return why.id === undefined
        ? `The people file pins the account ${why.pinnedId}, but GitHub has no person with this login.`
        : `The people file pins the account ${why.pinnedId}, but the login now belongs to the account ${why.id}.`;
    case 'source-unusable':
      return `${why.sources.map((source) => `\`${source}\``).join(' and ')} cannot be used and may have another address.`;
    case 'unknown-owner':
      return `GitHub does not accept this owner: ${sentence(why.suggestion ?? 'unknown owner')}`;
  }
}

function foundText(found: { source: string; emails: string[] }[]): string {
  return found.map(({ source, emails }) => `${source} has ${emails.join(' and ')}`).join(', ');
}

export function unusableText(source: string, why: Unusable): string {
  const reason =
    why.code === 'refused'
      ? `GitHub responded with "${oneLine(why.message)}". The source requires the permission ${membersPermission}.`
      : `GitHub shows no SAML identity provider for the organization. Either the organization has no provider, or it is set up on the enterprise, or the token lacks the permission ${membersPermission}.`;
  return `The identity source \`${source}\` cannot be used. ${reason}`;
}

export function invalidLineText(line: InvalidLine): string {
  switch (line.code) {
    case 'control-character':
      return 'The line contains a control character.';
    case 'negation':
      return '`!` does not work in CODEOWNERS.';
    case 'escaped-hash':
      return '`\\#` does not work in CODEOWNERS.';
    case 'brackets':
      return '`[ ]` does not work in CODEOWNERS. Escape brackets in a path with a backslash.';
    case 'hash-in-pattern':
      return 'The pattern contains `#`; the rest of the line may be a comment.';
    case 'not-an-owner':
      return `\`${isPatternWithName(line.token) ? line.token : maskInvalid(line.token)}\` is not an owner. Write @user, @org/team or an e-mail address.`;
    case 'owner-in-pattern':
      return `\`${maskInvalid(line.token)}\` is part of the pattern, so it owns nothing. Write a pattern and a space before it.`;
    case 'github':
      return `GitHub reports: ${sentence([line.kind, line.suggestion].filter(Boolean).join('; '))}`;
  }
}

/** The subject of a doubt, for a list. */
export function doubtName(doubt: Doubt): string {
  switch (doubt.code) {
    case 'invalid-line':
      return `line ${doubt.line.line} of ${fileName(doubt.line.file)}`;
    case 'owner':
      return ownerName(doubt.owner);
    case 'team':
      return ownerName(doubt.team);
    case 'source':
      return `\`${doubt.source}\``;
    case 'no-one-named':
      return 'no one is named';
    case 'same-mailbox':
      return doubt.wanted;
    case 'other-address':
      return `${ownerName(doubt.owner)} (${doubt.email})`;
    case 'unmatched':
      return `${ownerName(doubt.entry)} in \`${doubt.list}\``;
  }
}

/** How to resolve a doubt. */
export function releaseText(doubt: Doubt): string {
  const name = doubtName(doubt);
  switch (doubt.code) {
    case 'invalid-line':
      return `Correct ${name}: ${invalidLineText(doubt.line)}`;
    case 'owner':
      return ownerRelease(doubt, name);
    case 'team':
      return teamRelease(doubt.why, name);
    case 'source':
      return `Make ${name} usable, or remove it from \`identity_sources\`.`;
    case 'no-one-named':
      return 'Name at least one person in CODEOWNERS or in `include` of the people file.';
    case 'same-mailbox':
      return `${name} is named in the files and may be another spelling of ${doubt.email}. Correct the address, or remove the member with \`remove-member\`.`;
    case 'other-address':
      return `${ownerName(doubt.owner)} is named in the files, and ${doubt.email} may be this person's address. Add the address that the person uses in Neon to the people file.`;
    case 'unmatched':
      return `${name} matches no one and may be misspelled. Correct or remove it.`;
  }
}

function ownerRelease({ owner, why, isExcluded }: Extract<Doubt, { code: 'owner' }>, name: string): string {
  if (isExcluded)
    return `Add the address of ${name} to \`people\` in the people file, or remove ${name} from \`exclude\`.`;
  const text = `${name}: ${noAddressText(why)}`;
  if (owner.kind === 'email') return `${text} Correct or remove the address.`;
  if (why.code === 'other-account') return `${text} Correct the login or its \`github_id\`, or remove it.`;
  // With a line in `people`, an owner that GitHub does not accept counts as a person who has left.
  return why.code === 'unknown-owner'
    ? `${text} To keep this person, list ${name} in \`include\` of the people file. To allow the removal, add the address to \`people\`, or remove the name.`
    : `${text} Add it to the people file, or remove it.`;
}

function teamRelease(why: NoAddress, name: string): string {
  if (why.code === 'team-hidden')
    return `The members of ${name} could not be read. Check the name of the team, and that the token has the permission ${membersPermission}.`;
  if (why.code === 'team-empty')
    return `GitHub lists no members of ${name}. If the team is empty, remove it from the files.`;
  return `${name}: ${noAddressText(why)} Correct or remove it.`;
}
