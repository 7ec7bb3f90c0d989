import { maskEmails, type Shown } from '../lib/email.ts';
import { entities, oneLine } from '../lib/text.ts';

/** GitHub refuses a comment with more characters. */
const maxCommentLength = 65_536;

/** GitHub drops the whole summary of a step if it is larger than 1 MiB. */
const maxSummaryBytes = 1024 * 1024 - 1024;

/** Untrusted text as code: nothing in it is Markdown, HTML, a link, a mention or, by default, an e-mail address. */
export function code(text: string, shown: Shown = maskEmails): string {
  const line = shown(oneLine(text));
  if (line === '') return '';
  // In a code span everything is literal except the backtick and, in a table, the pipe and its backslash.
  return /[`|\\]/.test(line) ? `<code>${entities(line)}</code>` : `\`${line}\``;
}

/** Untrusted text: nothing in it is Markdown, HTML, a link, a mention or, by default, an e-mail address. */
export function plain(text: string, shown: Shown = maskEmails): string {
  return entities(shown(oneLine(text)));
}

/** A sentence with code in backticks. Untrusted text in it cannot become HTML, Markdown, a link or a mention. */
export function prose(text: string, shown: Shown = maskEmails): string {
  // A request ID is shown as code so that it can be copied: in other text, colons have zero-width spaces around them.
  const marked = oneLine(text).replace(/\brequest ID ([\w:.-]*\w)/g, 'request ID `$1`');
  const parts = shown(marked).split('`');
  return parts.map((part, index) => (index % 2 === 0 ? entities(part) : code(part, shown))).join('');
}

/** An ISO 8601 time as `2026-11-24 03:50 UTC`; any other text is unchanged. */
export function time(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? plain(iso) : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Milliseconds as a short duration: `3 d`, `5 h`, `12 min`, with a non-breaking space. */
export function age(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (Number.isNaN(minutes)) return 'unknown';
  if (minutes < 120) return `${minutes}\u00a0min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)}\u00a0h` : `${Math.floor(minutes / 1440)}\u00a0d`;
}

/** A table of cells in Markdown. */
export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A longer table is collapsed. */
export const maxOpenRows = 20;

/** A heading with a table below it; '' without rows. @param title trusted text @param note Markdown between the two */
export function section(title: string, head: string[], rows: string[][], note = ''): string {
  if (rows.length === 0) return '';
  return `#### ${title}\n\n${note && `${note}\n\n`}${foldedTable(head, rows)}`;
}

/** A table that is collapsed if it is long. */
export function foldedTable(head: string[], rows: string[][]): string {
  const all = table(head, rows);
  return rows.length > maxOpenRows ? details(`${rows.length} rows`, all) : all;
}

/** A link. @param markdown its text, in Markdown */
export function link(markdown: string, url: string): string {
  const address = encodeURI(url).replace(/[()]/g, (one) => (one === '(' ? '%28' : '%29'));
  return `[${markdown}](${address})`;
}

/** A collapsed section. @param title trusted text */
export function details(title: string, markdown: string): string {
  return `<details><summary>${entities(title)}</summary>\n\n${markdown}\n\n</details>`;
}

/** A fenced block of code, even if the text contains fences. */
export function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

/** A table with one fact in each row. The first is its head. */
export function facts([first, ...rest]: [Fact, ...Fact[]]): string {
  return table(
    first,
    rest.map(([name, value]) => [`**${name}**`, value]),
  );
}

export type Fact = [name: string, value: string];

/** Shortens a summary to what GitHub accepts. It is cut at the end of a line, and ends with a note. */
export function fitSummary(markdown: string): string {
  if (Buffer.byteLength(markdown) <= maxSummaryBytes) return markdown;
  let used = 0;
  const lines = markdown.trimEnd().split('\n');
  const fitting = lines.findIndex((line) => {
    used += Buffer.byteLength(line) + 1;
    return used > maxSummaryBytes;
  });
  return `${lines.slice(0, fitting).join('\n')}\n\n… and ${lines.length - fitting} more lines, which do not fit into GitHub's limit of 1 MiB.\n`;
}

/** Shortens a comment to what GitHub accepts. It is cut at the end of a line, and a note is added. @param end always kept */
export function fitComment(markdown: string, end: string): string {
  // Leaves room for the marker in front of it.
  const maxLength = maxCommentLength - end.length - 500;
  if (markdown.length <= maxLength) return markdown + end;
  const cut = markdown.slice(0, markdown.lastIndexOf('\n', maxLength));
  return `${cut}\n\n… and more, which does not fit into a comment. See the job summary.\n${end}`;
}
