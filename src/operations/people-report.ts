import { type Shown, shownWith } from '../lib/email.ts';
import { count, oneLine } from '../lib/text.ts';
import type { Change, Deed } from '../members/apply.ts';
import type { Problem } from '../members/codeowners.ts';
import type { Plan, Skip } from '../members/plan.ts';
import type { Unresolved } from '../members/resolve.ts';
import { code, plain, prose, table } from '../runner/markdown.ts';
import type { Trust } from '../runner/mode.ts';
import { planNote } from '../runner/render-mode.ts';
import type { Result } from '../runner/result.ts';
import { failureOf, outcomes } from './people.ts';

/** All there is to tell of a run that invites, changes or removes people. */
export interface PeopleReport {
  plan: Plan;
  deeds: readonly Deed[];
  trust: Trust;
  showEmails: boolean;
  /** Markdown: what the plan was made from. */
  source?: string;
  unresolved?: readonly Unresolved[];
  problems?: readonly Problem[];
  /** Why nothing was begun, besides caps. */
  stopped?: string;
  /** Whether roles and removals are managed: they have outputs then. */
  members: boolean;
}

export function peopleResult(report: PeopleReport): Result {
  const { plan, deeds, unresolved, members } = report;
  const done = deeds.filter(({ how }) => how === 'done').map(({ change }) => change);
  const invited = done.filter(({ kind }) => kind === 'invite');
  const failures = failuresOf(report);
  return {
    changed: done.length > 0,
    outputs: { invited_count: String(invited.length) },
    json: {
      invited: invited.map(changeJson),
      ...(members
        ? {
            role_changes: done.filter(({ kind }) => kind === 'change-role').map(changeJson),
            removed: done.filter(({ kind }) => kind === 'remove').map(changeJson),
          }
        : {}),
      failed: deeds.filter(({ how }) => !['done', 'already'].includes(how)).map(failedJson),
      skipped: plan.skip.map(skipJson),
      ...(unresolved
        ? { unresolved: unresolved.map(({ name, why, isBot }) => ({ name, reason: why, bot: isBot })) }
        : {}),
      plan: [...changesOf(plan).map(changeJson), ...plan.skip.map((skip) => ({ ...skipJson(skip), action: 'skip' }))],
    },
    summary: summaryOf(report, done),
    ...(failures.length > 0 ? { failure: failures.join('\n') } : {}),
  };
}

/** A plan fails only because somebody asked for that; that a cap would stop it is a warning. */
function failuresOf({ plan, deeds, trust, stopped }: PeopleReport): string[] {
  if (!trust.apply) return stopped === undefined ? [] : [stopped];
  const failure = failureOf(deeds);
  return [
    ...stops({ plan, ...(stopped === undefined ? {} : { stopped }) }),
    ...(failure === undefined ? [] : [failure]),
  ];
}

/** Why the plan may not be carried out. */
export function stops({ plan, stopped }: Pick<PeopleReport, 'plan' | 'stopped'>): string[] {
  const caps = plan.exceeded.map((text) => `${text}.`);
  const all = stopped === undefined ? caps : [...caps, stopped];
  return all.length > 0 ? [`Nothing was changed. ${all.join(' ')}`] : [];
}

function changesOf({ invite, changeRole, remove }: Plan): Change[] {
  return [
    ...invite.map((one): Change => ({ kind: 'invite', ...one })),
    ...changeRole.map((one): Change => ({ kind: 'change-role', ...one })),
    ...remove.map((one): Change => ({ kind: 'remove', ...one })),
  ];
}

function changeJson(change: Change): object {
  const { kind: action, email, name } = change;
  if (change.kind === 'invite') return { email, name, role: change.role, action };
  const member = { email, name, member_id: change.memberId };
  if (change.kind === 'remove') return { ...member, role: change.role, action };
  return { ...member, from: change.from, role: change.to, action };
}

function failedJson({ change, how, why = '' }: Deed): object {
  return { ...changeJson(change), outcome: how, reason: why };
}

function skipJson({ email, name, reason, why }: Skip): object {
  return { email, name, reason, why };
}

function summaryOf(report: PeopleReport, done: Change[]): string {
  const { plan, trust, source = '', unresolved = [], problems = [] } = report;
  const shown = shownWith(report.showEmails);
  const changes = changesOf(plan);
  const parts = [
    `### 👥 ${title(changes, done, trust)}`,
    source,
    planNote(trust),
    ...stops(report).map((text) => `⛔ ${prose(text, shown)}`),
    changeTables(report, shown),
    unresolvedTable(unresolved, shown),
    section(
      `⚠️ ${count(problems.length, 'line')} of CODEOWNERS with a fault`,
      ['Line', 'Why'],
      problems.map(({ line, message }) => [String(line), prose(message, shown)]),
    ),
    skipTable(plan.skip, shown),
    ...plan.notices.map((notice) => `- ${prose(notice, shown)}`),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

const nouns: Record<Change['kind'], [title: string, done: string, planned: string]> = {
  invite: ['✉️ Invitations', 'invited', 'to invite'],
  'change-role': ['🔁 Roles', 'with a new role', 'to get a new role'],
  remove: ['🚪 Removals', 'removed', 'to remove'],
};
const kinds = Object.keys(nouns) as Change['kind'][];

function title(changes: Change[], done: Change[], { apply }: Trust): string {
  const parts = kinds.flatMap((kind) => {
    const number = (apply ? done : changes).filter((change) => change.kind === kind).length;
    return number > 0 ? [`${number} ${nouns[kind][apply ? 1 : 2]}`] : [];
  });
  return parts.length > 0 ? `Neon organization: ${parts.join(', ')}` : 'Neon organization: nothing to change';
}

function changeTables({ plan, deeds }: PeopleReport, shown: Shown): string {
  const became = new Map(deeds.map(({ change, how }) => [key(change), outcomes[how]]));
  return kinds
    .map((kind) => {
      const changes = changesOf(plan).filter((change) => change.kind === kind);
      const rows = changes.map((change) => [
        ...who(change, shown),
        roleCell(change),
        became.get(key(change)) ?? 'planned',
      ]);
      return section(nouns[kind][0], ['Who', 'E-mail', 'Role', ''], rows);
    })
    .filter(Boolean)
    .join('\n\n');
}

function key({ kind, email }: Change): string {
  return `${kind} ${email}`;
}

function who({ name, email }: { name: string; email: string }, shown: Shown): string[] {
  return [name === email ? '–' : code(name, shown), code(email, shown)];
}

function roleCell(change: Change): string {
  return change.kind === 'change-role' ? `${plain(change.from)} → ${plain(change.to)}` : plain(change.role);
}

/** With the lines to copy: only the address is missing in them. */
function unresolvedTable(unresolved: readonly Unresolved[], shown: Shown): string {
  const rows = unresolved.map(({ name, why }) => [code(name, shown), plain(why, shown)]);
  const lines = unresolved.flatMap(({ line }) => (line === undefined ? [] : [`  ${oneLine(line)}`]));
  const toAdd = `To add to the people file, with their addresses:\n\n\`\`\`yaml\npeople:\n${lines.join('\n')}\n\`\`\``;
  const parts = [section(`❓ ${count(unresolved.length, 'owner')} without an address`, ['Who', 'Why'], rows)];
  return [...parts, lines.length > 0 ? toAdd : ''].filter(Boolean).join('\n\n');
}

/** Members who stay as they are need no line. */
function skipTable(skip: readonly Skip[], shown: Shown): string {
  const members = skip.filter(({ reason }) => reason === 'member').length;
  const rows = skip
    .filter(({ reason }) => reason !== 'member')
    .map((one) => [...who(one, shown), plain(one.why, shown)]);
  const parts = [
    section(`⏭️ ${rows.length} skipped`, ['Who', 'E-mail', 'Why'], rows),
    members > 0 ? `${members} ${members === 1 ? 'is a member' : 'are members'} already.` : '',
  ];
  return parts.filter(Boolean).join('\n\n');
}

function section(title: string, head: string[], rows: string[][]): string {
  return rows.length === 0 ? '' : `#### ${title}\n\n${table(head, rows)}`;
}
