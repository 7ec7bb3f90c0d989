// GitHub's own check of a CODEOWNERS file. It shares nothing with the action's parser, so that one can test the other.
import type { components } from '@octokit/openapi-types';
import { Refusal } from '../refusal.ts';
import type { Call, Reply } from './call.ts';
import { userFinder } from './people.ts';
import { repositoryOf } from './repositories.ts';
import type { GitHubState, Repository, RepositoryRole } from './state.ts';

type CodeownersError = components['schemas']['codeowners-errors']['errors'][number];

/** GitHub looks in this order. Source: its documentation, "About code owners", like the limit and the syntax. */
const PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
const MOST_BYTES = 3 * 1024 * 1024;

/** Answers `getCodeownersErrors`; undefined for any other operation. */
export async function askCodeowners(call: Call): Promise<Reply | undefined> {
  if (call.operation !== 'getCodeownersErrors') return undefined;
  const repository = repositoryOf(call);
  const ref = call.query.get('ref') ?? repository.default_branch;
  for (const path of PLACES) {
    const { status, body } = await call.git.send({
      path: `/repos/${call.git.names.get(repository.id)}/contents/${path}?ref=${encodeURIComponent(ref)}`,
      accept: 'application/vnd.github.raw+json',
    });
    if (status !== 200) continue;
    // A file that is too large is not loaded; nothing says what this endpoint then answers.
    if (body.length > MOST_BYTES) throw new Refusal(404, 'Not Found');
    const errors = codeownersErrors(Buffer.from(body).toString('utf8'), path, ownerCheck(call.state, repository));
    return { json: { errors } satisfies components['schemas']['codeowners-errors'] };
  }
  throw new Refusal(404, 'Not Found');
}

/** What is wrong with an owner, as a suggestion; undefined when nothing is. */
type OwnerCheck = (owner: string) => string | undefined;

/** Source of kinds and texts: the example of GitHub's REST documentation, and what people show of its answers. */
export function codeownersErrors(text: string, path: string, check: OwnerCheck): CodeownersError[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  return lines.flatMap((source, index) =>
    faultsOf(source, check).map(({ kind, column, suggestion }) => {
      const line = index + 1;
      const what = `${kind} on line ${line}:${suggestion === null ? '' : ` ${suggestion}`}`;
      const message = `${what}\n\n  ${source}\n  ${' '.repeat(column - 1)}^`;
      return { line, column, kind, source, suggestion, message, path };
    }),
  );
}

interface Fault {
  kind: 'Invalid pattern' | 'Invalid owner' | 'Unknown owner';
  column: number;
  suggestion: string | null;
}

function faultsOf(line: string, check: OwnerCheck): Fault[] {
  const [pattern, ...owners] = wordsOf(line);
  if (pattern === undefined) return [];
  const wrong = patternFault(pattern.text);
  if (wrong !== undefined) return [{ kind: 'Invalid pattern', column: pattern.column, suggestion: wrong }];
  return owners.flatMap(({ text: owner, column }): Fault[] => {
    if (!isOwner(owner)) return [{ kind: 'Invalid owner', column, suggestion: null }];
    const suggestion = check(owner);
    return suggestion === undefined ? [] : [{ kind: 'Unknown owner', column, suggestion }];
  });
}

/** The words of a line up to its comment, with their columns from 1; `\ ` and `\#` belong to a word. */
function wordsOf(line: string): { text: string; column: number }[] {
  const words: { text: string; column: number }[] = [];
  for (const { 0: text, index } of line.matchAll(/(?:\\.|[^\s\\]|\\$)+/g)) {
    if (text.startsWith('#')) break;
    words.push({ text, column: index + 1 });
  }
  return words;
}

/** A suggestion for a pattern that CODEOWNERS does not know, null when there is none; undefined for a valid one. */
function patternFault(pattern: string): string | null | undefined {
  if (pattern.includes('***')) return `Did you mean \`${pattern.replaceAll(/\*{3,}/g, '**')}\`?`;
  if (pattern === '/') return 'The pattern `/` will never match anything, did you mean `*` instead?';
  return pattern.startsWith('!') || pattern.startsWith('\\#') || /[[\]]/.test(pattern) ? null : undefined;
}

/** `@user`, `@org/team` or anything with an @ inside: two glued logins pass for an e-mail address, and are not told. */
function isOwner(word: string): boolean {
  return /^@[a-z\d](?:[a-z\d]|-(?=[a-z\d]))*(?:_[a-z\d]+)?(?:\/[\w.-]+)?$/i.test(word) || /^[^\s]+@[^\s@]+$/.test(word);
}

/** Users and teams must be able to write; of an e-mail address GitHub does not say whether it knows it. */
function ownerCheck(state: GitHubState, repository: Repository): OwnerCheck {
  const known = new Map<string, string | undefined>();
  const writers = writersOf(state, repository);
  const suggestion = (owner: string) => {
    if (owner.indexOf('@') !== owner.lastIndexOf('@') || !owner.startsWith('@')) return undefined;
    const name = owner.slice(1).toLowerCase();
    if (writers.has(name)) return undefined;
    return name.includes('/')
      ? `make sure the team ${owner} exists, is publicly visible, and has write access to the repository`
      : `make sure ${owner} exists and has write access to the repository`;
  };
  return (owner) => {
    if (!known.has(owner)) known.set(owner, suggestion(owner));
    return known.get(owner);
  };
}

const canWrite = (role: RepositoryRole | string | undefined) => ['write', 'maintain', 'admin'].includes(role ?? '');

/** The users (login) and teams (org/slug) that can write to the repository, in lower case. */
function writersOf(state: GitHubState, { full_name, collaborators }: Repository): Set<string> {
  const organization = state.organizations.find(({ login }) => full_name.startsWith(`${login}/`));
  const inside = state.teams.filter((team) => team.organization === organization?.login);
  const bySlug = new Map(inside.map((team) => [team.slug, team]));
  const writes = (slug: string | null): boolean => {
    const team = slug === null ? undefined : bySlug.get(slug);
    return team !== undefined && (canWrite(team.repositories[full_name]) || writes(team.parent));
  };
  const teams = inside.filter(({ slug }) => writes(slug));
  const everyone = canWrite(organization?.default_repository_permission);
  const members = organization?.members.filter(({ role }) => everyone || role === 'admin') ?? [];
  const users = [
    ...members.map(({ login }) => login),
    ...teams.flatMap((team) => team.members),
    ...Object.keys(collaborators).filter((login) => canWrite(collaborators[login])),
  ];
  const find = userFinder(state);
  const visible = teams.filter(({ privacy }) => privacy === 'closed');
  return new Set([
    ...users.filter((login) => find(login) !== undefined).map((login) => login.toLowerCase()),
    ...visible.map((team) => `${team.organization}/${team.slug}`.toLowerCase()),
  ]);
}
