import { shownWith } from '../lib/email.ts';
import { count } from '../lib/text.ts';
import type { Invitation, MemberWithUser } from '../neon/endpoints.ts';
import { code, type Fact, facts, plain, prose, table, time } from '../runner/markdown.ts';
import type { Trust } from '../runner/mode.ts';
import { planNote } from '../runner/render-mode.ts';
import type { Result } from '../runner/result.ts';
import type { ChangeOutcome } from './apply.ts';
import type { Change } from './change.ts';
import { type MemberQuery, memberJson } from './member-list.ts';
import type { Guard } from './one-member.ts';
import { failureText } from './render.ts';
import { day } from './sentences.ts';
import { outcomeLabels } from './tables.ts';

/** A result about one member, with nothing changed. */
export function memberResult(row: MemberWithUser, showEmails: boolean, more: Fact[] = [], note = ''): Result {
  const rows: Fact[] = [['Role', plain(row.member.role)], ...statusOf(row), ...more];
  const address: Fact = ['E-mail', code(row.user.email, shownWith(showEmails))];
  const ids: Fact[] = [
    ['Id', code(row.member.id)],
    ['User id', code(row.member.user_id)],
  ];
  const parts = ['### 👤 Neon member', note, facts([address, ...ids, ...rows])];
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

/** A result about a change to one member. @param outcome undefined: it is a plan */
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
  const label = change.kind === 'change-role' ? `Role ${change.to}` : 'Removal';
  const fact: Fact = [label, prose(outcome ? outcomeLabels[outcome.outcome] : 'planned')];
  const failure = outcome ? failureText([outcome]) : '';
  return {
    ...memberResult(after, showEmails, [fact], planNote(trust)),
    changed: isDone,
    ...(failure ? { failure } : {}),
  };
}

/** The member as the inputs name them. */
export function queryText({ member_id, email }: MemberQuery): string {
  return member_id ?? email ?? '';
}

export function guardText(email: string, guard: Guard): string {
  return guard === 'key-owner'
    ? `${email} owns the key in use and is never removed or demoted by it. Use the key of another admin.`
    : `${email} is the last active admin and is never removed or demoted. Make another member an admin first.`;
}

/** A result for the removal of a person who is not a member. */
export function noMemberResult(invitation: Invitation | undefined): Result {
  const pending = invitation ? ` ${prose(pendingInvitationText(invitation))}` : '';
  const summary = `### 👤 Neon member\n\nThere is no such member, so nothing was done.${pending}\n`;
  const json = { member: null, keys: null, invitations: invitation ? [invitation] : [] };
  return { changed: false, outputs: {}, json, summary };
}

export function pendingInvitationText({ email, role, invited_at }: Invitation): string {
  return `${email} is not a member, but was invited as ${role} on ${day(invited_at)}. Neon's API cannot withdraw an invitation: withdraw it in the Neon console if it is still pending.`;
}

/** Lists all members, by address. */
export function membersResult(rows: readonly MemberWithUser[], showEmails: boolean): Result {
  const members = [...rows].sort((a, b) => a.user.email.localeCompare(b.user.email));
  const cells = members.map((row) => memberCells(row, showEmails));
  return {
    changed: false,
    outputs: { member_count: String(members.length) },
    json: { members: members.map(memberJson) },
    summary: `### 👥 ${count(members.length, 'Neon member')}\n\n${table(['E-mail', 'Role', 'Joined', 'MFA', 'Id'], cells)}\n`,
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

/** Lists invitations; `accepted`: the person is a member. */
export function invitationsResult(
  invitations: readonly (Invitation & { accepted: boolean })[],
  showEmails: boolean,
): Result {
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
    summary: `### ✉️ ${count(invitations.length, 'invitation')}\n\n${rows.length > 0 ? table(['E-mail', 'Role', 'Invited', 'Status'], rows) : 'None.'}\n`,
  };
}
