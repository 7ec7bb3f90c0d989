import { type Shown, shownWith } from '../lib/email.ts';
import { count, oneLine } from '../lib/text.ts';
import type { Invitation, MemberWithUser } from '../neon/endpoints.ts';
import { code, details, type Fact, facts, fenced, foldedTable, plain, prose, time } from '../runner/markdown.ts';
import type { Trust } from '../runner/mode.ts';
import { planNote } from '../runner/render-mode.ts';
import type { Result } from '../runner/result.ts';
import type { ChangeOutcome } from './apply.ts';
import type { Change } from './change.ts';
import { type Guard, type InvitationsRead, type MemberQuery, memberJson } from './member.ts';
import type { DraftLine, KnownAccounts } from './people-draft.ts';
import { failureText } from './render.ts';
import { day, unusableText, withdrawText } from './sentences.ts';
import { outcomeLabels } from './tables.ts';

/** The result of an operation on one member that changed nothing. */
export function memberResult(row: MemberWithUser, showEmails: boolean): Result {
  return resultAbout('Neon member', row, showEmails);
}

function resultAbout(title: string, row: MemberWithUser, showEmails: boolean, more: Fact[] = [], note = ''): Result {
  const rows: Fact[] = [['Role', plain(row.member.role)], ...statusOf(row), ...more];
  const address: Fact = ['E-mail', code(row.user.email, shownWith(showEmails))];
  const ids: Fact[] = [
    ['Member ID', code(row.member.id)],
    ['User ID', code(row.member.user_id)],
  ];
  const parts = [`### 👤 ${title}`, note, facts([address, ...ids, ...rows])];
  return {
    changed: false,
    outputs: {},
    json: { member: memberJson(row) },
    summary: `${parts.filter(Boolean).join('\n\n')}\n`,
  };
}

function statusOf({ user }: MemberWithUser): Fact[] {
  return user.deactivated_at === undefined ? [] : [['Deactivated', plain(day(user.deactivated_at))]];
}

/** The result of a change to one member. @param outcome undefined for a plan */
export function changeResult(
  row: MemberWithUser,
  change: Change,
  outcome: ChangeOutcome | undefined,
  trust: Trust,
  showEmails: boolean,
): Result {
  const isDone = outcome?.outcome === 'done';
  const isNewRole = isDone && change.kind === 'change-role';
  const after = isNewRole ? { ...row, member: { ...row.member, role: change.to } } : row;
  const status = prose(outcome ? outcomeLabels[outcome.outcome] : 'planned');
  const fact: Fact =
    change.kind === 'change-role' ? ['New role', `${plain(change.to)}, ${status}`] : ['Removal', status];
  const failure = outcome ? failureText([outcome]) : '';
  return {
    ...resultAbout(changeTitle(change, outcome), after, showEmails, [fact], planNote(trust)),
    changed: isDone,
    ...(failure ? { failure } : {}),
  };
}

/** What happened to a member, or would happen. */
function changeTitle(change: Change, outcome: ChangeOutcome | undefined): string {
  const what = change.kind === 'remove' ? 'Neon member' : 'Role of a Neon member';
  const done = change.kind === 'remove' ? 'removed' : 'changed';
  switch (outcome?.outcome) {
    case undefined:
      return `${what} would be ${done}`;
    case 'done':
      return `${what} ${done}`;
    case 'already':
      return `${what} already ${done}`;
    case 'unknown':
      return `${what}: outcome unknown`;
    default:
      return `${what} not ${done}`;
  }
}

/** The error for inputs that name no member. @param lister the operation that helps to find the person */
export function notMemberText(query: MemberQuery, lister: 'list-members' | 'list-invitations'): string {
  const listed = lister === 'list-members' ? 'lists the members' : 'lists the people who were invited';
  return `${queryText(query)} is not a member of the organization. Check the spelling: \`${lister}\` ${listed}.`;
}

/** The ID or address in the inputs. */
function queryText({ member_id, email }: MemberQuery): string {
  return member_id ?? email ?? '';
}

/** One line for the log. */
export function sameRoleText({ member, user }: MemberWithUser): string {
  return `${user.email} already has the role ${member.role}.`;
}

export function guardText(email: string, guard: Guard): string {
  return guard === 'key-owner'
    ? `${email} owns the key in use, which cannot remove or demote its owner. Use the key of another admin.`
    : `${email} is the last active admin and is never removed or demoted. Make another member an admin first.`;
}

/** The warning that a person who should be removed is not a member. */
export function noMemberText(query: MemberQuery, invitation: Invitation | undefined): string {
  if (invitation) return pendingInvitationText(invitation);
  return `${queryText(query)} is not a member of the organization, so no one was removed. If this person was not removed earlier, check the spelling.`;
}

/** The result of removing a person who is not a member. */
export function noMemberResult(invitation: Invitation | undefined): Result {
  const pending = invitation ? ` ${prose(pendingInvitationText(invitation))}` : '';
  const summary = `### 👤 No such Neon member\n\nNothing was done.${pending}\n`;
  const json = { member: null, keys: null, invitations: invitation ? [invitation] : [] };
  return { changed: false, outputs: {}, json, summary };
}

function pendingInvitationText({ email, role, invited_at }: Invitation): string {
  return `${email} is not a member, but was invited as ${role} on ${day(invited_at)}. ${withdrawText}`;
}

/** One line for the log. */
export function foundMembersText(rows: readonly MemberWithUser[]): string {
  return `Found ${count(rows.length, 'member')}.`;
}

/** The result of `list-members`, sorted by address. */
export function membersResult(rows: readonly MemberWithUser[], showEmails: boolean): Result {
  const members = [...rows].sort((a, b) => a.user.email.localeCompare(b.user.email));
  const cells = members.map((row) => memberCells(row, showEmails));
  return {
    changed: false,
    outputs: { member_count: String(members.length) },
    json: { members: members.map(memberJson) },
    summary: `### 👥 ${count(members.length, 'Neon member')}\n\n${foldedTable(['E-mail', 'Role', 'Joined', 'MFA', 'Member ID'], cells)}\n`,
  };
}

function memberCells({ member, user }: MemberWithUser, showEmails: boolean): string[] {
  const status = user.deactivated_at === undefined ? '' : ` (deactivated on ${plain(day(user.deactivated_at))})`;
  return [
    code(user.email, shownWith(showEmails)) + status,
    plain(member.role),
    time(member.joined_at ?? ''),
    user.has_mfa === undefined ? 'unknown' : user.has_mfa ? 'on' : 'off',
    code(member.id),
  ];
}

/** `accepted`: the person is a member. */
type ListedInvitation = Invitation & { accepted: boolean };

/** One line for the log. */
export function foundInvitationsText(invitations: readonly ListedInvitation[]): string {
  const open = invitations.filter(({ accepted }) => !accepted).length;
  return `Found ${count(invitations.length, 'invitation')}, ${open} of them to people who are not members.`;
}

/** The result of `list-invitations`. */
export function invitationsResult(invitations: readonly ListedInvitation[], showEmails: boolean): Result {
  const rows = invitations.map(({ email, role, invited_at, accepted }) => [
    code(email, shownWith(showEmails)),
    plain(role),
    time(invited_at),
    accepted ? '✅ member' : '✉️ pending, or has left',
  ]);
  return {
    changed: false,
    outputs: { invitation_count: String(invitations.length) },
    json: { invitations },
    summary: `### ✉️ ${count(invitations.length, 'invitation')}\n\n${rows.length > 0 ? foldedTable(['E-mail', 'Role', 'Invited', 'Status'], rows) : 'None.'}\n`,
  };
}

const draftProblems: Record<NonNullable<DraftLine['problem']>, string> = {
  address: 'an address that a people file cannot contain',
  noreply: 'a noreply address',
  duplicate: 'the address of two members',
};

/** The text of a people file. Lines that need a decision are comments. */
export function peopleFileText(lines: readonly DraftLine[], organizationId: string): string {
  const known = lines.filter((line) => line.account && !line.problem);
  const others = lines.filter((line) => !known.includes(line));
  const header = [
    `# .github/neon-people.yml: the members of ${organizationId}.`,
    ...(others.length > 0
      ? [
          '# Complete the lines that are comments: replace LOGIN with the GitHub login, and remove the leading #.',
          '# List people who own no code under `include:`, by login or address.',
        ]
      : []),
    'people:',
  ];
  return `${[...header, ...known.map(knownLine).sort(), ...others.map(commentLine)].join('\n')}\n`;
}

function knownLine({ email, role, account }: DraftLine): string {
  return `  ${account?.login}: { email: ${scalar(email)}${roleText(role)}, github_id: ${account?.id} }`;
}

function commentLine({ email, role, problem }: DraftLine): string {
  const why = problem === undefined ? '' : ` # ${draftProblems[problem]}`;
  return `  # LOGIN: { email: ${scalar(oneLine(email))}${roleText(role)} }${why}`;
}

function roleText(role: DraftLine['role']): string {
  return role === undefined ? '' : `, role: ${role}`;
}

/** Text as a YAML scalar, in quotation marks only if it may need them. */
function scalar(text: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9._+@-]*$/.test(text) ? text : JSON.stringify(text);
}

export const draftTooLargeText =
  'The output `people_file` is not set: with all members, it would be larger than 256 kB.';

/** The people file in the summary, with addresses as `shown` has them. */
export function draftSection(text: string, lines: readonly DraftLine[], shown: Shown): string {
  const open = lines.filter(({ account, problem }) => !account || problem).length;
  const title = `A people file to start from${open === 0 ? '' : ` with ${count(open, 'login')} to fill in`}`;
  return details(title, `The output \`people_file\` contains the full addresses.\n\n${fenced('yaml', shown(text))}`);
}

/** Why logins may be missing: one text for each source. */
export function draftNotices({ unusable, isHidden }: KnownAccounts, permission: string): string[] {
  const texts = [...unusable].map(([source, why]) => unusableText(source, why));
  return isHidden
    ? [
        `The members of the GitHub organization could not be read, so no login is filled in. Reading them requires the permission ${permission}.`,
      ]
    : texts;
}

function openInvitations(read: InvitationsRead): Invitation[] {
  return 'error' in read ? [] : [...read.received, ...read.sent];
}

/** One warning; '' if no invitation is open. */
export function leaverInvitationsText(read: InvitationsRead): string {
  if ('error' in read) return `The invitations to and by this person could not be read. ${read.error.message}`;
  const open = openInvitations(read);
  if (open.length === 0) return '';
  const names = open.slice(0, 5).map(({ email, role }) => `${email} as ${role}`);
  const more = open.length > 5 ? ` and ${open.length - 5} more` : '';
  return `${count(open.length, 'invitation')} to or by this person may still be pending: ${names.join(', ')}${more}. ${withdrawText}`;
}

/** `null`: they could not be read. */
export function leaverInvitationsJson(read: InvitationsRead): Invitation[] | null {
  return 'error' in read ? null : openInvitations(read);
}

/** A section of the summary; '' if no invitation is open. */
export function leaverInvitationsSection(read: InvitationsRead, shown: Shown): string {
  if ('error' in read) return `#### ⚠️ Invitations unknown\n\n${plain(leaverInvitationsText(read), shown)}`;
  const open = openInvitations(read);
  if (open.length === 0) return '';
  const rows = open.map((one) => [
    code(one.email, shown),
    plain(one.role),
    time(one.invited_at),
    read.received.includes(one) ? 'to this person' : 'by this person',
  ]);
  const head = ['E-mail', 'Role', 'Invited', 'Why it is listed'];
  return `#### ✉️ ${count(open.length, 'invitation')} to withdraw by hand\n\n${withdrawText}\n\n${foldedTable(head, rows)}`;
}
