import type { GitHub } from './client.ts';
import { GitHubError } from './errors.ts';
import type { Repository } from './run.ts';

/** A pull request, and the invisible first line that identifies the comment. */
export interface CommentPlace extends Repository {
  /** The number of the pull request. */
  number: number;
  /** An HTML comment. */
  marker: string;
}

/** The outcome of a comment. `none`: there is nothing to report, and no earlier comment to update. */
export type CommentOutcome = 'created' | 'updated' | 'unchanged' | 'none';

const commentPermission = '"Pull requests: write" (in a workflow `permissions: pull-requests: write`)';
const request = { needs: commentPermission };

/**
 * Writes one comment on a pull request: updates the one that begins with the marker and was written with this token, or
 * creates it.
 * @param body without the marker. If undefined, an existing comment is replaced with `otherwise`, and none is created.
 * @throws GitHubError, and Error for an incomplete response
 */
export async function writeComment(
  github: GitHub,
  { marker, ...place }: CommentPlace,
  body: string | undefined,
  otherwise: string,
): Promise<CommentOutcome> {
  const existing = await findComment(github, place, marker);
  if (!existing && body === undefined) return 'none';
  const text = `${marker}\n${body ?? otherwise}`;
  if (existing?.body === text) return 'unchanged';
  const { owner, repo, number: issue_number } = place;
  if (existing) {
    const parameters = { owner, repo, comment_id: existing.id, body: text, request };
    await github.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', parameters);
    return 'updated';
  }
  // Not repeated: if only the response was lost, a second attempt would write a second comment.
  const parameters = { owner, repo, issue_number, body: text, request: { ...request, retries: 0 } };
  await github.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', parameters);
  return 'created';
}

/**
 * GraphQL reports whether a comment was written with the token in use. REST returns only the author's login, and a job's
 * `GITHUB_TOKEN` cannot read its own. `databaseId` has 32 bits, which is too small for today's comment IDs.
 */
const commentsQuery = `query($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      comments(first: 100, after: $after) {
        nodes { fullDatabaseId body viewerDidAuthor }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

/** A comment that was written with the token in use. */
interface OwnComment {
  id: number;
  body: string;
}

/** A comment in a response. Any field may be missing. */
interface CommentRow {
  fullDatabaseId?: unknown;
  body?: unknown;
  viewerDidAuthor?: unknown;
}

interface CommentsPage {
  nodes?: (CommentRow | null)[] | null;
  pageInfo?: { hasNextPage?: unknown; endCursor?: unknown };
}

/**
 * Anyone can write the marker, so only comments that were written with this token count. If GitHub does not report whether a
 * comment is one of them, nothing is written: otherwise, every run would add a comment.
 */
async function findComment(
  github: GitHub,
  place: Omit<CommentPlace, 'marker'>,
  marker: string,
): Promise<OwnComment | undefined> {
  const cursors = new Set<string>();
  for (let after: string | undefined; ; ) {
    const { nodes, pageInfo } = await readComments(github, place, after);
    if (!Array.isArray(nodes) || typeof pageInfo?.hasNextPage !== 'boolean') throw incomplete(place);
    const found = nodes.find((row) => row?.viewerDidAuthor === true && hasMarker(row, marker));
    if (found) return toOwnComment(found);
    if (nodes.some((row) => isUnclear(row, marker))) throw incomplete(place);
    if (!pageInfo.hasNextPage) return undefined;
    const { endCursor } = pageInfo;
    if (typeof endCursor !== 'string' || cursors.has(endCursor)) throw incomplete(place);
    cursors.add(endCursor);
    after = endCursor;
  }
}

/** Whether GitHub left out what shows if this is the comment to update. A comment that is null is hidden from the token. */
function isUnclear(row: CommentRow | null, marker: string): boolean {
  if (row === null) return false;
  if (typeof row.body !== 'string') return row.viewerDidAuthor !== false;
  return hasMarker(row, marker) && typeof row.viewerDidAuthor !== 'boolean';
}

function hasMarker(row: CommentRow, marker: string): boolean {
  return `${textOf(row)}\n`.startsWith(`${marker}\n`);
}

/** GitHub may return the line ends of a browser. */
function textOf({ body }: CommentRow): string {
  return typeof body === 'string' ? body.replaceAll('\r\n', '\n') : '';
}

function incomplete({ number }: Pick<CommentPlace, 'number'>): Error {
  return new Error(
    `GitHub returned incomplete data about the comments of pull request #${number}. Run this job again.`,
  );
}

interface CommentsResponse {
  repository?: { pullRequest?: { comments?: CommentsPage } | null } | null;
}

async function readComments(
  github: GitHub,
  place: Omit<CommentPlace, 'marker'>,
  after: string | undefined,
): Promise<CommentsPage> {
  try {
    const response = await github.graphql<CommentsResponse | null>(commentsQuery, { ...place, after, request });
    return response?.repository?.pullRequest?.comments ?? {};
  } catch (error) {
    if ((error as Error).name !== 'GraphqlResponseError') throw error;
    throw refusal(error as Error & { errors?: { message?: string }[] });
  }
}

/** GraphQL sends refusals with status 200. A partial response does not contain all comments. */
function refusal(error: Error & { errors?: { message?: string }[] }): GitHubError {
  const reasons = (error.errors ?? []).map(({ message }) => `"${message}"`);
  const hint = `The token in \`github_token\` requires the permission ${commentPermission}.`;
  return new GitHubError(
    {
      method: 'POST',
      route: '/graphql',
      status: 200,
      reason: reasons.join(' and ') || 'and an error without a message',
      hint,
    },
    error,
  );
}

function toOwnComment(row: CommentRow): OwnComment {
  const { fullDatabaseId } = row;
  const id = /^\d+$/.test(String(fullDatabaseId)) ? Number(fullDatabaseId) : Number.NaN;
  if (!Number.isSafeInteger(id)) throw new Error('GitHub returned a comment without its ID. Run this job again.');
  return { id, body: textOf(row) };
}
