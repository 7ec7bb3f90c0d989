import type { GitHub } from './client.ts';
import { GitHubError } from './errors.ts';
import type { Repository } from './run.ts';

/** A comment on a pull request. */
interface PullComment {
  id: number;
  body: string;
  authorId: number | undefined;
  authorLogin: string | undefined;
}

/** Where a comment goes. `marker`: a line that no reader sees, and by which the comment is found again. */
export interface CommentPlace extends Repository {
  number: number;
  marker: string;
}

const commentsPerPage = 100;
const request = { needs: '"Pull requests: write" (in a workflow `permissions: pull-requests: write`)' };

/**
 * Writes one comment on a pull request: updates the one that begins with the marker and was written by this token, or
 * creates it.
 * @param body without the marker; undefined: there is nothing to say, so a comment is only updated, with `otherwise`
 * @returns what was done
 * @throws GitHubError, and Error for an answer that is not about comments
 */
export async function writeComment(
  github: GitHub,
  { marker, ...place }: CommentPlace,
  body: string | undefined,
  otherwise: string,
): Promise<'created' | 'updated' | 'unchanged' | 'none'> {
  const existing = await findComment(github, place, marker);
  if (!existing && body === undefined) return 'none';
  const text = `${marker}\n${body ?? otherwise}`;
  if (existing?.body === text) return 'unchanged';
  const { owner, repo, number: issue_number } = place;
  if (existing) {
    const asked = { owner, repo, comment_id: existing.id, body: text, request };
    await github.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', asked);
    return 'updated';
  }
  const asked = { owner, repo, issue_number, body: text, request };
  await github.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', asked);
  return 'created';
}

async function findComment(
  github: GitHub,
  { owner, repo, number: issue_number }: Omit<CommentPlace, 'marker'>,
  marker: string,
): Promise<PullComment | undefined> {
  for (let page = 1; ; page += 1) {
    const asked = { owner, repo, issue_number, per_page: commentsPerPage, page, request };
    const { data, headers } = await github.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', asked);
    const rows: unknown = data;
    if (!Array.isArray(rows)) throw new Error('GitHub did not answer with the comments of the pull request.');
    const marked = rows.map(toComment).filter(({ body }) => body === marker || body.startsWith(`${marker}\n`));
    // Anyone can write the marker, so the author is compared.
    const isOwn = marked.length > 0 ? await ownComments(github) : () => false;
    const own = marked.find(isOwn);
    if (own) return own;
    const hasNext = /\brel="next"/.test(headers.link ?? '');
    if (rows.length === 0 || (!hasNext && rows.length < commentsPerPage)) return undefined;
  }
}

function toComment(row: unknown): PullComment {
  const { id, body, user } = (row ?? {}) as { id?: unknown; body?: unknown; user?: { id?: unknown; login?: unknown } };
  if (!Number.isSafeInteger(id)) throw new Error('GitHub answered with a comment without its id.');
  return {
    id: id as number,
    // GitHub may answer with the line ends of a browser.
    body: typeof body === 'string' ? body.replaceAll('\r\n', '\n') : '',
    authorId: Number.isSafeInteger(user?.id) ? (user?.id as number) : undefined,
    authorLogin: typeof user?.login === 'string' ? user.login : undefined,
  };
}

/** Who writes with the job's own token, where GitHub does not say who writes with a token. */
const jobsOwn = 'github-actions[bot]';

/** @returns whether a comment was written by the account of this token */
async function ownComments(github: GitHub): Promise<(comment: PullComment) => boolean> {
  try {
    const answer = await github.graphql<{ viewer?: { login?: string; databaseId?: number | null } }>(
      'query { viewer { login databaseId } }',
    );
    const { login, databaseId } = answer.viewer ?? {};
    return ({ authorId, authorLogin }) =>
      authorLogin !== undefined && authorLogin === login && (!databaseId || authorId === databaseId);
  } catch (error) {
    const isRefused = error instanceof GitHubError || (error as Error).name === 'GraphqlResponseError';
    if (!isRefused) throw error;
    return ({ authorLogin }) => authorLogin === jobsOwn;
  }
}
