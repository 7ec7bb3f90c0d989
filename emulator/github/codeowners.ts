// GitHub's check of a CODEOWNERS file. It shares no code with the action's parser, so that one can test the other.
import type { components } from '@octokit/openapi-types';
import { Refusal } from '../refusal.ts';
import type { Call, Reply } from './call.ts';
import type { GitHubState, Repository, RepositoryRole, User } from './model.ts';
import { userFinder } from './people.ts';
import { repositoryOf } from './repositories.ts';

type CodeownersError = components['schemas']['codeowners-errors']['errors'][number];

/** In GitHub's order. Source of the order, the limit and the syntax: GitHub's documentation, "About code owners". */
const PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
const MAX_BYTES = 3 * 1024 * 1024;

/** Handles `getCodeownersErrors`. @returns undefined for any other operation */
export async function handleCodeowners(call: Call): Promise<Reply | undefined> {
  if (call.operation !== 'getCodeownersErrors') return undefined;
  const repository = repositoryOf(call);
  const ref = await call.git.resolve(repository.id, call.query.get('ref') ?? repository.default_branch);
  for (const path of PLACES) {
    const { status, body } = await call.git.send({
      path: `/repos/${call.git.names.get(repository.id)}/contents/${path}?ref=${encodeURIComponent(ref)}`,
      accept: 'application/vnd.github.raw+json',
    });
    if (status !== 200) continue;
    // GitHub does not load a file that is too large. The response in that case is not documented.
    if (body.length > MAX_BYTES) throw new Refusal(404, 'Not Found');
    const errors = codeownersErrors(Buffer.from(body).toString('utf8'), path, ownerCheck(call.state, repository));
    return { json: { errors } satisfies components['schemas']['codeowners-errors'] };
  }
  throw new Refusal(404, 'Not Found');
}

/** GitHub's suggestion for an unknown owner; undefined for a known one. */
type OwnerCheck = (owner: string) => string | undefined;

/** Source of kinds and texts: the example in GitHub's REST documentation, and published responses. */
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

/** The words of a line up to its comment, with their columns from 1. `\ ` and `\#` are part of a word. */
function wordsOf(line: string): { text: string; column: number }[] {
  const words: { text: string; column: number }[] = [];
  for (const { 0: text, index } of line.matchAll(/(?:\\.|[^\s\\]|\\$)+/g)) {
    if (text.startsWith('#')) break;
    words.push({ text, column: index + 1 });
  }
  return words;
}

/** GitHub's suggestion for an invalid pattern, or null if it has none; undefined for a valid pattern. */
function patternFault(pattern: string): string | null | undefined {
  if (pattern.includes('***')) return `Did you mean \`${pattern.replaceAll(/\*{3,}/g, '**')}\`?`;
  if (pattern === '/') return 'The pattern `/` will never match anything, did you mean `*` instead?';
  // Brackets must be escaped.
  return pattern.startsWith('!') || pattern.startsWith('\\#') || /(?<!\\)[[\]]/.test(pattern) ? null : undefined;
}

/** `@user`, `@org/team` or an e-mail address. Two logins in one word look like an address and are not flagged. */
function isOwner(word: string): boolean {
  return /^@[a-z\d][a-z\d-]*(?:_[a-z\d]+)?(?:\/[\w-]+)?$/i.test(word) || /^[^\s]+@[^\s@]*[^\s@,]$/.test(word);
}

/** Users, including users named by address, and teams must be able to write. */
function ownerCheck(state: GitHubState, repository: Repository): OwnerCheck {
  const known = new Map<string, string | undefined>();
  const writers = writersOf(state, repository);
  const suggestion = (owner: string) => {
    const name = owner.replace(/^@/, '').toLowerCase();
    if (writers.has(name)) return undefined;
    if (name.includes('@')) {
      if (owner.startsWith('@') || !state.check_email_owners) return undefined;
      return `make sure a user with the email address ${owner} exists and has write access to the repository`;
    }
    return name.includes('/')
      ? `make sure the team ${owner} exists, is publicly visible, and has write access to the repository`
      : `make sure ${owner} exists and has write access to the repository`;
  };
  return (owner) => {
    if (!known.has(owner)) known.set(owner, suggestion(owner));
    return known.get(owner);
  };
}

function namesOf(user: User | undefined): string[] {
  if (user === undefined) return [];
  return [user.login, ...(user.email ? [user.email] : []), ...user.verified_emails].map((name) => name.toLowerCase());
}

const canWrite = (role: RepositoryRole | string | undefined) => ['write', 'maintain', 'admin'].includes(role ?? '');

/** The users (login, addresses) and teams (org/slug) that can write to the repository, in lower case. */
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
    ...users.flatMap((login) => namesOf(find(login))),
    ...visible.map((team) => `${team.organization}/${team.slug}`.toLowerCase()),
  ]);
}
