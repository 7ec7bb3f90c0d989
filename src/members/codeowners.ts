import { type Owner, ownerName, parseOwner } from './owner.ts';

/** An owner and the lines that name it, counted from 1. */
export type ListedOwner = Owner & { lines: number[] };

/** A line that contributes nothing, or an owner that does not count, and why. The text may hold an e-mail address. */
export interface Problem {
  line: number;
  message: string;
}

/** What a CODEOWNERS file says about people; which paths they own does not matter here. */
export interface Codeowners {
  /** In the order in which the file first names them. */
  owners: ListedOwner[];
  problems: Problem[];
}

/** What GitHub's `GET /repos/{owner}/{repo}/codeowners/errors` tells of a file (REST documentation, "List CODEOWNERS errors"). */
export interface CodeownersError {
  line: number;
  /** Where in the line the fault begins, from 1. */
  column: number;
  /** `Unknown owner`, `Invalid owner`, `Invalid pattern`, … */
  kind: string;
  /** The line as GitHub read it. */
  source?: string | null;
}

/**
 * Reads a CODEOWNERS file by GitHub's rules (documentation, "About code owners"). Every owner in a valid line counts,
 * also one that a later line overrules. A line with one thing that GitHub does not take contributes nothing: what is
 * not understood must not invite anybody. Time and memory are linear in the size.
 */
export function parseCodeowners(text: string): Codeowners {
  const owners = new Map<string, ListedOwner>();
  const problems: Problem[] = [];
  let line = 0;
  for (let start = text.startsWith('\ufeff') ? 1 : 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    line += 1;
    const rule = parseRule(text.slice(start, end).replace(/\r$/, ''));
    if (typeof rule === 'string') problems.push({ line, message: rule });
    else for (const owner of rule.owners) list(owners, owner, line);
    start = end + 1;
  }
  return { owners: [...owners.values()], problems };
}

function list(owners: Map<string, ListedOwner>, owner: Owner, line: number): void {
  const name = ownerName(owner);
  const known = owners.get(name);
  if (!known) owners.set(name, { ...owner, lines: [line] });
  else if (known.lines.at(-1) !== line) known.lines.push(line);
}

export interface Rule {
  /** '' for a line that is empty or a comment. */
  pattern: string;
  owners: Owner[];
}

/** @returns the rule of one line, or what is wrong with it */
export function parseRule(line: string): Rule | string {
  const text = line.replace(/^[ \t]+/, '');
  if (text === '' || text.startsWith('#')) return { pattern: '', owners: [] };
  // A control character is white space to some readers: what stands after it may be a comment.
  if (/[^\P{Cc}\t]/u.test(text)) return 'a control character';
  const pattern = patternOf(text);
  const owners = wrongPattern(pattern) ?? readOwners(text.slice(pattern.length));
  return typeof owners === 'string' ? owners : { pattern, owners };
}

/** Up to the first space that has no backslash before it. */
function patternOf(text: string): string {
  return /^(?:\\.|[^\\ \t])*\\?/su.exec(text)?.[0] ?? '';
}

function wrongPattern(pattern: string): string | undefined {
  if (pattern.startsWith('!')) return '`!` does not work in CODEOWNERS';
  if (pattern.startsWith('\\#')) return '`\\#` does not work in CODEOWNERS';
  if (/[[\]]/.test(pattern)) return '`[ ]` does not work in CODEOWNERS, neither as a range nor as a section';
  if (pattern.includes('#')) return 'a `#` inside a pattern: the rest of the line may be a comment';
  return undefined;
}

function readOwners(text: string): Owner[] | string {
  const owners: Owner[] = [];
  for (const [token] of text.matchAll(/[^ \t]+/g)) {
    if (token.startsWith('#')) break;
    const owner = parseOwner(token);
    if (!owner) return `\`${shortened(token)}\` is not an owner: @user, @org/team or an e-mail address`;
    owners.push(owner);
  }
  return owners;
}

function shortened(token: string): string {
  return token.length > 80 ? `${token.slice(0, 80)}…` : token;
}

/**
 * Takes out what GitHub itself does not accept. An owner that it calls unknown is out in every line: it may be a
 * stranger's name, mistyped. Any other error takes the whole line out.
 */
export function crossCheck({ owners, problems }: Codeowners, errors: readonly CodeownersError[]): Codeowners {
  const unknown = new Set<string>();
  const invalidLines = new Set<number>();
  const told = errors.map((error): Problem => {
    const owner = error.kind === 'Unknown owner' ? ownerAt(error) : undefined;
    if (owner) unknown.add(ownerName(owner));
    else invalidLines.add(error.line);
    const who = owner ? ` \`${ownerName(owner)}\`` : '';
    return { line: error.line, message: `GitHub calls it: ${error.kind}${who}` };
  });
  const left = owners
    .filter((owner) => !unknown.has(ownerName(owner)))
    .map((owner) => ({ ...owner, lines: owner.lines.filter((line) => !invalidLines.has(line)) }))
    .filter(({ lines }) => lines.length > 0);
  return { owners: left, problems: merged(problems, told) };
}

function ownerAt({ source, column }: CodeownersError): Owner | undefined {
  const token = /^[^ \t\r\n]+/.exec((source ?? '').slice(column - 1))?.[0];
  return token === undefined ? undefined : parseOwner(token);
}

/** One line often has the same fault in our words and in GitHub's: ours say more. */
function merged(ours: readonly Problem[], theirs: readonly Problem[]): Problem[] {
  const known = new Set(ours.map(({ line }) => line));
  return [...ours, ...theirs.filter(({ line }) => !known.has(line))].sort((a, b) => a.line - b.line);
}
