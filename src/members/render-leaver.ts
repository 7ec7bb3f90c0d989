import type { Shown } from '../lib/email.ts';
import { count } from '../lib/text.ts';
import type { Invitation } from '../neon/endpoints.ts';
import { code, plain, table, time } from '../runner/markdown.ts';
import type { InvitationsRead } from './leaver.ts';

const withdraw = "Neon's API cannot withdraw an invitation: withdraw it in the Neon console if it is still pending.";

function allOf(read: InvitationsRead): Invitation[] {
  return 'error' in read ? [] : [...read.toThem, ...read.byThem];
}

/** One warning; '' when no invitation is open. */
export function leaverInvitationsText(read: InvitationsRead): string {
  if ('error' in read) return `The invitations to and by this person could not be read. ${read.error.message}`;
  const open = allOf(read);
  if (open.length === 0) return '';
  const names = open.slice(0, 5).map(({ email, role }) => `${email} as ${role}`);
  const more = open.length > 5 ? ` and ${open.length - 5} more` : '';
  return `${count(open.length, 'invitation')} to or by this person may still be pending: ${names.join(', ')}${more}. ${withdraw}`;
}

/** `null`: they could not be read. */
export function leaverInvitationsJson(read: InvitationsRead): Invitation[] | null {
  return 'error' in read ? null : allOf(read);
}

/** A part of a summary; '' when no invitation is open. */
export function leaverInvitationsSection(read: InvitationsRead, shown: Shown): string {
  if ('error' in read) return `#### ⚠️ Invitations unknown\n\n${plain(leaverInvitationsText(read), shown)}`;
  const open = allOf(read);
  if (open.length === 0) return '';
  const rows = open.map((one) => [
    code(one.email, shown),
    plain(one.role),
    time(one.invited_at),
    read.toThem.includes(one) ? 'to this person' : 'by this person',
  ]);
  const head = ['E-mail', 'Role', 'Invited', 'Why it is listed'];
  return `#### ✉️ ${count(open.length, 'invitation')} to withdraw by hand\n\n${withdraw}\n\n${table(head, rows)}`;
}
