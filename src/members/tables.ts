import type { Shown } from '../lib/email.ts';
import { byCodeUnits, count, oneLine } from '../lib/text.ts';
import { docsLink } from '../runner/docs.ts';
import { code, details, link, maxOpenRows, plain, prose, section, table } from '../runner/markdown.ts';
import type { IdentitySource } from './address-book.ts';
import type { ChangeOutcome } from './apply.ts';
import {
  type Arrival,
  type Change,
  type Plan,
  type Removal,
  type Skip,
  type SkipReason,
  type Subject,
  type UnnamedMember,
  unnamedMembers,
  withheldRemovals,
} from './change.ts';
import { ownerName } from './owner.ts';
import type { PeopleFile } from './people-file.ts';
import { type InvalidPlace, invalidLinesOf, type Origin, type Place } from './read-codeowners.ts';
import type { Unresolved } from './resolve.ts';
import { day, doubtName, fileName, invalidLineText, noAddressText, releaseText, skipText } from './sentences.ts';
import type { Sources } from './sources.ts';

/** A cell without a value. */
const nothing = '–';

export const outcomeLabels: Record<ChangeOutcome['outcome'], string> = {
  done: '✅ done',
  already: '☑️ already done',
  failed: '❌ failed',
  unknown: '❓ unknown',
  'not-started': '⏸️ not started',
};

const headings: Record<Change['kind'], string> = {
  invite: '✉️ Invitations',
  'change-role': '🔁 Roles',
  remove: '🚪 Removals',
};

/** Which files were read, and at which commits. */
export function sourceText(
  { at, serverUrl, from, peoplePath, codeowners }: Sources,
  format: 'text' | 'markdown',
): string {
  const [own, ...others] = codeowners.files;
  const files = [own?.path ?? '', ...(peoplePath === undefined ? [] : [peoplePath])];
  const where =
    'branch' in from
      ? `the default branch ${from.branch}`
      : `the ${from.isMerged ? 'merge result' : 'head'} of pull request #${from.pullNumber}`;
  if (format === 'text') {
    const more = others.map((file) => `Read ${fileName(file)} from its default branch, commit ${file.sha}.`);
    return [`Read ${files.join(' and ')} from ${where}, commit ${at.sha}.`, ...more].join('\n');
  }
  const repositoryUrl = `${serverUrl}/${at.owner}/${at.repo}`;
  const names = files.map((file) => link(code(file), `${repositoryUrl}/blob/${at.sha}/${file}`)).join(' and ');
  const commit = link(code(at.sha.slice(0, 12)), `${repositoryUrl}/commit/${at.sha}`);
  const place = 'branch' in from ? plain(where) : link(plain(where), `${repositoryUrl}/pull/${from.pullNumber}`);
  const more = others.map((file) => `${link(code(fileName(file)), file.url)} at commit ${code(file.sha.slice(0, 12))}`);
  const also = more.length > 0 ? ` Also read from the default branches of other repositories: ${more.join(', ')}.` : '';
  return `Read ${names} from ${place}, commit ${commit}.${also}`;
}

export function changeTables(changes: readonly Change[], outcomes: readonly ChangeOutcome[], shown: Shown): string {
  const byChange = new Map(outcomes.map((one) => [one.change, outcomeLabels[one.outcome]]));
  const tables = (Object.keys(headings) as Change['kind'][]).map((kind) => {
    const some = changes.filter((change) => change.kind === kind);
    const rows = some.map((change) => [...changeCells(change, shown), byChange.get(change) ?? 'planned']);
    const head =
      kind === 'remove' ? [...unnamedColumns, 'User ID'] : ['Name', 'E-mail', 'Address from', 'Role', 'Named by'];
    return usedSection(headings[kind], [...head, 'Status'], rows);
  });
  return tables.filter(Boolean).join('\n\n');
}

/** A section without the columns that have no value in any row. */
function usedSection(title: string, head: string[], rows: string[][]): string {
  const used = head.map((_name, column) => rows.some((row) => row[column] !== nothing));
  const isUsed = (_cell: string, column: number) => used[column] === true;
  return section(
    title,
    head.filter(isUsed),
    rows.map((row) => row.filter(isUsed)),
  );
}

function changeCells(change: Change, shown: Shown): string[] {
  return change.kind === 'remove'
    ? [...unnamedCells(change.email, change.role, change.arrival, shown), code(change.userId)]
    : [...subjectCells(change, shown), addressCell(change), roleCell(change), originsCell(change, shown)];
}

const sourceNames: Record<IdentitySource, string> = {
  'people-file': 'people file',
  saml: 'SAML',
  'verified-domain': 'verified domain',
  profile: 'profile',
};

function addressCell({ addressFrom = [] }: Subject): string {
  return addressFrom.map((source) => sourceNames[source]).join(', ') || nothing;
}

/** Members who are not named are identified only by their address. */
const unnamedColumns = ['E-mail', 'Role', 'Joined', 'Invited by'];

function unnamedCells(email: string, role: string, arrival: Arrival | undefined, shown: Shown): string[] {
  const { joinedAt, invitedBy } = arrival ?? {};
  return [
    code(email, shown),
    plain(role),
    joinedAt === undefined ? 'unknown' : plain(day(joinedAt)),
    invitedBy === undefined ? 'unknown' : code(invitedBy, shown),
  ];
}

/** Members who are in Neon but not in the files, the latest first. */
export function unnamedSection(plan: Plan, shown: Shown): string {
  const skips = unnamedMembers(plan).toSorted((a, b) => byCodeUnits(joinedAtOf(b), joinedAtOf(a)));
  const rows = skips.map(({ email, reason }) => unnamedCells(email, reason.role, reason.arrival, shown));
  const note = `${rows.length === 1 ? 'This member is' : 'These members are'} in Neon, but not in the files. No member is removed, because \`max_removals\` is 0. ${docsLink('Changes made in Neon', 'drift')}`;
  return section(`🧭 ${count(rows.length, 'member')} not named in the files`, unnamedColumns, rows, note);
}

function joinedAtOf({ reason }: UnnamedMember): string {
  return reason.arrival.joinedAt ?? '';
}

function subjectCells({ name, email }: Subject, shown: Shown): string[] {
  return [name === email ? nothing : code(name, shown), code(email, shown)];
}

function roleCell(change: Exclude<Change, Removal>): string {
  return change.kind === 'change-role' ? `${plain(change.from)} → ${plain(change.to)}` : plain(change.role);
}

function originsCell({ origins }: Subject, shown: Shown): string {
  const some = origins.slice(0, 3).map((origin) => originText(origin, shown));
  return [...some, ...(origins.length > 3 ? [`${origins.length - 3} more`] : [])].join(', ') || nothing;
}

function originText({ owner, places }: Origin, shown: Shown): string {
  const [first, ...more] = places;
  const place =
    first === undefined ? '`include`' : `${placeText(first)}${more.length > 0 ? ` and ${more.length} more` : ''}`;
  return owner.kind === 'team' ? `${code(ownerName(owner), shown)} (${place})` : place;
}

function placeText({ file, line }: Place): string {
  const text = `line ${line}`;
  return link(file.isOwn ? text : `${code(fileName(file))} ${text}`, `${file.url}#L${line}`);
}

/** What must be resolved before the withheld removals are made, each once. */
export function withheldSection(plan: Plan, shown: Shown): string {
  const withheld = withheldRemovals(plan);
  if (withheld.length === 0) return '';
  const releases = releasesOf(plan).map((text) => `- ${prose(text, shown)}`);
  const shownReleases =
    releases.length > 50 ? [...releases.slice(0, 50), `- … and ${releases.length - 50} more`] : releases;
  return `#### ✋ ${count(withheld.length, 'removal')} withheld\n\nThese names are unresolved, and each may belong to a member whose removal is withheld. ${docsLink('How to resolve them', 'removals')}\n\n${shownReleases.join('\n')}`;
}

/** How to release the withheld removals: one sentence for each doubt. */
export function releasesOf(plan: Plan): string[] {
  const reasons = withheldRemovals(plan).map(({ reason }) => reason.doubts);
  const shared = [...new Set(reasons.map((doubts) => doubts.shared))].flat();
  const doubts = new Set([...shared, ...reasons.flatMap(({ own }) => own)]);
  const byName = new Map([...doubts].map((doubt) => [`${doubt.code} ${doubtName(doubt)}`, doubt]));
  return [...byName.values()].map(releaseText);
}

/** Owners without an address, and lines to copy into the people file, in which only the address is missing. */
export function unresolvedTable(unresolved: readonly Unresolved[], people: PeopleFile['people'], shown: Shown): string {
  const rows = unresolved.map(({ owner, why, origins }) => [
    code(ownerName(owner), shown),
    origins.map((origin) => originText(origin, shown)).join(', ') || nothing,
    prose(noAddressText(why), shown),
  ]);
  const lines = unresolved.flatMap((one) => peopleLine(one, people));
  const toAdd = `Add these lines to the people file, with the addresses:\n\n\`\`\`yaml\npeople:\n${lines.join('\n')}\n\`\`\``;
  const parts = [
    section(
      `❓ ${count(unresolved.length, 'owner')} without an address`,
      ['Name', 'Named by', 'Why'],
      rows,
      docsLink('Where addresses come from', 'addresses'),
    ),
  ];
  return [...parts, lines.length > 0 ? toAdd : ''].filter(Boolean).join('\n\n');
}

/**
 * @returns no line for a login that the people file already contains, because a second one would be an error, and for one
 * that GitHub does not accept, because the line would not invite the person, but allow their removal
 */
function peopleLine({ owner, why, id }: Unresolved, people: PeopleFile['people']): string[] {
  const isUseless = why.code === 'bot' || why.code === 'unknown-owner';
  if (owner.kind !== 'user' || isUseless || people.has(owner.login)) return [];
  return [oneLine(id === undefined ? `${owner.login}: …` : `${owner.login}: { email: …, github_id: ${id} }`)].map(
    (line) => `  ${line}`,
  );
}

export function invalidLinesTable(invalid: readonly InvalidPlace[], shown: Shown): string {
  const lines = invalidLinesOf({ invalid: [...invalid] }).length;
  const rows = invalid.map((one) => [placeText(one), prose(invalidLineText(one), shown)]);
  return section(`⚠️ ${count(lines, 'invalid line')} in CODEOWNERS`, ['Line', 'Why'], rows);
}

/** How skips are grouped if there are many, in this order. */
const skipGroups: Record<Exclude<SkipReason['code'], 'member' | 'not-listed'>, string> = {
  withheld: 'withheld until names are resolved',
  'role-in-doubt': 'with an unknown role',
  'last-admin': 'never removed or demoted: the last admin',
  self: 'never removed or demoted: the owner of the key',
  protected: 'in `protected_emails`',
  excluded: 'excluded',
  domain: 'not in `allowed_domains`',
  invited: 'already invited',
  deactivated: 'deactivated',
  'unknown-role': 'with a role that this action does not know',
  'unreadable-address': 'with an address that cannot be compared',
};

/** Unchanged members need no row, unless no file states their role. Unnamed members have their own table. */
export function skipTable(skips: readonly Skip[], shown: Shown): string {
  const isMember = ({ reason }: Skip) => reason.code === 'member';
  const isUnnamed = ({ reason }: Skip) => reason.code === 'not-listed';
  const unstated = skips.filter(({ reason }) => reason.code === 'member' && reason.isRoleUnstated);
  const members = skips.filter(isMember).length;
  const parts = [
    skippedSection(
      skips.filter((skip) => !isMember(skip) && !isUnnamed(skip)),
      shown,
    ),
    unstatedSection(unstated, shown),
    members > 0 ? `${members} ${members === 1 ? 'is already a member' : 'are already members'}.` : '',
  ];
  return parts.filter(Boolean).join('\n\n');
}

function skippedSection(skips: readonly Skip[], shown: Shown): string {
  const head = ['Name', 'E-mail', 'Why'];
  const rowOf = (skip: Skip) => [...subjectCells(skip, shown), prose(skipText(skip.reason), shown)];
  const title = `⏭️ ${skips.length} skipped`;
  if (skips.length <= maxOpenRows) return section(title, head, skips.map(rowOf));
  const groups = (Object.keys(skipGroups) as (keyof typeof skipGroups)[]).flatMap((reason) => {
    const some = skips.filter((skip) => skip.reason.code === reason);
    return some.length > 0 ? [details(`${some.length} ${skipGroups[reason]}`, table(head, some.map(rowOf)))] : [];
  });
  return `#### ${title}\n\n${groups.join('\n\n')}`;
}

function unstatedSection(skips: readonly Skip[], shown: Shown): string {
  if (skips.length === 0) return '';
  const rows = skips.map((skip) => [
    ...subjectCells(skip, shown),
    skip.reason.code === 'member' ? plain(skip.reason.role) : '',
    originsCell(skip, shown),
  ]);
  const title = `${count(skips.length, 'member')} without an explicit role, who ${skips.length === 1 ? 'keeps' : 'keep'} their current role`;
  return details(title, table(['Name', 'E-mail', 'Role', 'Named by'], rows));
}
