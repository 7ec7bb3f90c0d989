import { parseEmail } from '../lib/email.ts';
import { type Owner, ownerName, parseOwner } from './owner.ts';
import { matchesPath } from './path-pattern.ts';

/** An owner and the lines that name it, counted from 1. */
interface ListedOwner {
  owner: Owner;
  lines: number[];
}

/** Why a line is invalid. `token`: the part of the line with the problem. */
type LineProblem =
  | { code: 'control-character' | 'negation' | 'escaped-hash' | 'brackets' | 'hash-in-pattern' }
  | { code: 'not-an-owner' | 'owner-in-pattern'; token: string }
  | { code: 'github'; kind: string; suggestion?: string | undefined };

export type InvalidLine = LineProblem & { line: number };

/** The owners in a CODEOWNERS file, regardless of the paths that they own. */
export interface Codeowners {
  /** In the order in which the file first names them. */
  owners: ListedOwner[];
  /** Owners that GitHub does not accept. They are not invited. */
  unknown: UnknownOwner[];
  /** Sorted by line. A line may have several problems. */
  invalid: InvalidLine[];
}

/** An owner that, according to GitHub, does not exist or cannot write to the repository. */
interface UnknownOwner extends ListedOwner {
  /** GitHub's suggestion. */
  suggestion?: string | undefined;
}

/** One entry of GitHub's `GET /repos/{owner}/{repo}/codeowners/errors` (REST documentation, "List CODEOWNERS errors"). */
export interface CodeownersError {
  line: number;
  /** The position of the error in the line, from 1. */
  column: number;
  /** `Unknown owner`, `Invalid owner`, `Invalid pattern`, … */
  kind: string;
  /** The text of the line. */
  source?: string | null;
  suggestion?: string | null;
}

/**
 * Reads a CODEOWNERS file by GitHub's rules (documentation, "About code owners"). Every owner in a valid line counts, even
 * if a later line overrides it. A line with an invalid token has no owners, because a line that is not understood must not
 * invite anyone. Time and memory are linear in the size of the file.
 */
export function parseCodeowners(text: string): Codeowners {
  const owners = new Map<string, ListedOwner>();
  const invalid: InvalidLine[] = [];
  let line = 0;
  for (let start = text.startsWith('\ufeff') ? 1 : 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    line += 1;
    const rule = parseRule(text.slice(start, end).replace(/\r$/, ''));
    if (rule.problem) invalid.push({ line, ...rule.problem });
    for (const owner of rule.owners) addOwner(owners, owner, line);
    start = end + 1;
  }
  return { owners: [...owners.values()], unknown: [], invalid };
}

function addOwner(owners: Map<string, ListedOwner>, owner: Owner, line: number): void {
  const name = ownerName(owner);
  const known = owners.get(name);
  if (!known) owners.set(name, { owner, lines: [line] });
  else if (known.lines.at(-1) !== line) known.lines.push(line);
}

interface Rule {
  /** '' for a line that is empty or a comment, or whose pattern is invalid. */
  pattern: string;
  owners: Owner[];
  problem?: LineProblem | undefined;
}

/** Reads one line, without its end. */
function parseRule(line: string): Rule {
  const text = line.replace(/^[ \t]+/, '');
  if (text === '' || text.startsWith('#')) return { pattern: '', owners: [] };
  // Some parsers treat control characters as white space, so the rest of the line may be a comment.
  if (/[^\P{Cc}\t]/u.test(text)) return { pattern: '', owners: [], problem: { code: 'control-character' } };
  const pattern = patternOf(text);
  const problem = patternProblem(pattern);
  if (problem) return { pattern: '', owners: [], problem };
  const owners = ownersOfLine(text.slice(pattern.length));
  if ('code' in owners) return { pattern: '', owners: [], problem: owners };
  const token = ownerInPattern(pattern, owners.length === 0);
  return { pattern, owners, problem: token === undefined ? undefined : { code: 'owner-in-pattern', token } };
}

/** The text before the first unescaped space or tab. */
function patternOf(text: string): string {
  return /^(?:\\.|[^\\ \t])*\\?/su.exec(text)?.[0] ?? '';
}

function patternProblem(pattern: string): LineProblem | undefined {
  if (pattern.startsWith('!')) return { code: 'negation' };
  if (pattern.startsWith('\\#')) return { code: 'escaped-hash' };
  const unescaped = pattern.replace(/\\./gsu, '');
  // GitHub: "both `[` and `]` must be escaped with a `\`".
  if (/[[\]]/.test(unescaped)) return { code: 'brackets' };
  return unescaped.includes('#') ? { code: 'hash-in-pattern' } : undefined;
}

/**
 * Finds an owner that became part of the pattern because of a missing or unusual space: `@octocat` alone, `*.js@octocat`.
 * GitHub does not report this. Scopes such as `/packages/@acme/ui` and names such as `icon@2x.png` or `lib@v2/src` are
 * patterns.
 */
function ownerInPattern(pattern: string, isAlone: boolean): string | undefined {
  const at = pattern.lastIndexOf('@');
  if (at < 0) return undefined;
  const name = pattern.slice(at);
  const previous = pattern.slice(0, at).at(-1);
  const isVersion = /\w/.test(previous ?? '') && /^@v?\d/.test(name);
  if (previous !== '/' && !isVersion && parseOwner(name)) return shortened(name);
  const isAddress = isAlone && !/@\d+(?:\.\d+)?x\./.test(pattern) && parseEmail(pattern) !== undefined;
  return isAddress ? shortened(pattern) : undefined;
}

function ownersOfLine(text: string): Owner[] | LineProblem {
  const owners: Owner[] = [];
  for (const [token] of text.matchAll(/[^ \t]+/g)) {
    if (token.startsWith('#')) break;
    const owner = parseOwner(token);
    if (!owner) return { code: 'not-an-owner', token: shortened(token) };
    owners.push(owner);
  }
  return owners;
}

function shortened(token: string): string {
  return token.length > 80 ? `${token.slice(0, 80)}…` : token;
}

/**
 * Removes what GitHub does not accept. An unknown owner is removed from every line, because a misspelled name may be a
 * stranger's. Any other error removes the whole line.
 */
export function crossCheck(parsed: Codeowners, errors: readonly CodeownersError[]): Codeowners {
  const unknown = new Map<string, { owner: Owner; lines: Set<number>; suggestion: string | undefined }>();
  const invalid = [...parsed.invalid];
  const invalidLines = new Set<number>();
  const ours = new Set(parsed.invalid.map(({ line }) => line));
  for (const error of errors) {
    const owner = error.kind === 'Unknown owner' ? ownerAt(error) : undefined;
    const suggestion = error.suggestion ?? undefined;
    if (owner) {
      const known = unknown.get(ownerName(owner)) ?? { owner, lines: new Set(), suggestion };
      unknown.set(ownerName(owner), known);
      known.lines.add(error.line);
      continue;
    }
    invalidLines.add(error.line);
    // If we also found an error in the line, ours is more specific.
    if (!ours.has(error.line)) invalid.push({ line: error.line, code: 'github', kind: error.kind, suggestion });
  }
  const owners = parsed.owners
    .filter(({ owner }) => !unknown.has(ownerName(owner)))
    .map(({ owner, lines }) => ({ owner, lines: lines.filter((line) => !invalidLines.has(line)) }))
    .filter(({ lines }) => lines.length > 0);
  const unknownOwners = [...unknown.values()].map((one) => ({ ...one, lines: [...one.lines] }));
  return { owners, unknown: unknownOwners, invalid: invalid.sort((a, b) => a.line - b.line) };
}

function ownerAt({ source, column }: CodeownersError): Owner | undefined {
  const token = /^[^ \t\r\n]+/.exec((source ?? '').slice(column - 1))?.[0];
  return token === undefined ? undefined : parseOwner(token);
}

/**
 * Whether a change to a file requires an approval: the last rule that matches it has owners (GitHub documentation, "About
 * code owners").
 * @param path from the root of the repository, without a leading slash
 */
export function isOwned(codeowners: string, path: string): boolean {
  for (const line of codeowners
    .replace(/^\ufeff/, '')
    .split('\n')
    .reverse()) {
    const { pattern, owners } = parseRule(line.replace(/\r$/, ''));
    if (pattern !== '' && matchesPath(pattern, path)) return owners.length > 0;
  }
  return false;
}
