import { createHash } from 'node:crypto';
import { type Document, LineCounter, parseDocument, visit } from 'yaml';
import { type Policy, policySchema } from './schema.ts';

/** A valid policy with the hash of its text, which identifies it in the audit log. */
export interface LoadedPolicy {
  policy: Policy;
  /** The first 12 hex digits of the SHA-256 of the file. */
  hash: string;
}

/** A problem in a policy file. */
export interface PolicyProblem {
  /** From 1; 0 for the whole file. */
  line: number;
  /** The path in the policy, such as `grants[0].when.ref`; '' for the whole file. */
  path: string;
  message: string;
}

/** A policy file that cannot be used. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly problems: PolicyProblem[];
  constructor(problems: PolicyProblem[]) {
    super(`The policy is invalid:\n${problems.map(describeProblem).join('\n')}`);
    this.problems = problems;
  }
}

/** More than any policy needs. The parser takes quadratic time for some texts. */
const maxPolicyBytes = 100 * 1024;

/**
 * Parses a policy strictly: unknown and duplicate YAML keys, aliases, anchors, tags and empty lists are errors.
 * @throws PolicyError, which lists every problem with its line
 */
export function parsePolicy(text: string): LoadedPolicy {
  if (Buffer.byteLength(text) > maxPolicyBytes) {
    throw new PolicyError([{ line: 0, path: '', message: 'the file is larger than 100 KB' }]);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, version: '1.2', schema: 'core' });
  const problems = [...syntaxProblems(document), ...indirections(document, lines)];
  if (problems.length > 0) throw new PolicyError(problems);
  const result = policySchema.safeParse(document.toJS(), { error: describeIssue });
  if (result.success) return { policy: result.data, hash: hashOf(text) };
  throw new PolicyError(
    result.error.issues.flatMap(innermost).map(({ path, message }) => ({
      line: lineOf(document, path, lines),
      path: writePath(path),
      message,
    })),
  );
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function syntaxProblems({ errors, warnings }: Document.Parsed): PolicyProblem[] {
  return [...errors, ...warnings].map(({ message, linePos }) => ({
    line: linePos?.[0].line ?? 0,
    path: '',
    message: message.split('\n')[0]?.replace(/ at line .*$/, '') ?? message,
  }));
}

/** YAML features that let one line of the file change the meaning of another. */
function indirections(document: Document.Parsed, lines: LineCounter): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  const add = (node: { range?: [number, number, number] | null | undefined }, message: string) => {
    problems.push({ line: lines.linePos(node.range?.[0] ?? 0).line, path: '', message });
  };
  visit(document, {
    Alias: (_, node) => add(node, `the alias *${node.source} is not allowed; repeat the value`),
    Node: (_, node) => {
      if ('anchor' in node && node.anchor) add(node, `the anchor &${node.anchor} is not allowed`);
      if (node.tag !== undefined) add(node, `the tag ${node.tag} is not allowed`);
    },
  });
  return problems;
}

/** @returns undefined for zod's own message */
function describeIssue({ code, input, ...issue }: { code: string; input?: unknown; [more: string]: unknown }) {
  if (input === undefined) return 'is missing';
  if (code === 'too_small' && Array.isArray(input)) return 'must not be an empty list';
  const { keys } = issue;
  if (code === 'unrecognized_keys' && Array.isArray(keys)) return `unknown key: ${keys.join(', ')}`;
  return undefined;
}

type Path = readonly PropertyKey[];
interface Issue {
  code?: string;
  path: Path;
  message: string;
  errors?: Issue[][];
}

/** Of the errors of a union, keeps those of the alternative that the value resembles: one value, or a list. */
function innermost(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || !issue.errors) return [issue];
  const [asValue = [], asList = []] = issue.errors;
  const isList = !asList.some(({ code, path }) => code === 'invalid_type' && path.length === 0);
  return (isList ? asList : asValue).flatMap(innermost).map((inner) => ({
    ...inner,
    path: [...issue.path, ...inner.path],
  }));
}

/** The line of the innermost node on the path. */
function lineOf(document: Document.Parsed, path: Path, lines: LineCounter): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return 0;
}

function writePath(path: Path): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

function describeProblem({ line, path, message }: PolicyProblem): string {
  return `${line > 0 ? `line ${line}: ` : ''}${path ? `${path}: ` : ''}${message}`;
}
