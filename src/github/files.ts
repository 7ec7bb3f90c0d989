import type { GitHub } from './client.ts';
import { GitHubError, isNotFound } from './errors.ts';
import type { Repository } from './run.ts';

/** A repository at one commit. */
export interface Snapshot extends Repository {
  sha: string;
}

const needsContents = { needs: '"Contents: read" on the repository' };

/** Reads the default branch and the current name of a repository. @throws GitHubError */
export async function defaultBranch(
  github: GitHub,
  at: Repository,
): Promise<Snapshot & { branch: string; fullName: string }> {
  const { data } = await github.request('GET /repos/{owner}/{repo}', { ...at, request: needsContents });
  const branch: unknown = data.default_branch;
  if (typeof branch !== 'string' || branch === '')
    throw new Error('GitHub did not return the default branch of the repository. Run this job again.');
  return { ...(await commit(github, at, `heads/${branch}`)), branch, fullName: String(data.full_name) };
}

/**
 * Resolves a ref to a commit.
 * @param ref a commit, `heads/<branch>` or `refs/pull/<number>/merge`
 * @throws GitHubError, also if the ref does not exist
 */
export async function commit(github: GitHub, at: Repository, ref: string): Promise<Snapshot> {
  const { data } = await github.request('GET /repos/{owner}/{repo}/commits/{ref}', {
    ...at,
    ref,
    mediaType: { format: 'sha' },
    request: needsContents,
  });
  const sha = String(data);
  if (!/^[0-9a-f]{40,64}$/.test(sha))
    throw new Error(`GitHub did not return the commit of ${ref}. Run this job again.`);
  return { ...at, sha };
}

/**
 * Finds the merge result of an open pull request: the default branch as it would be after the merge.
 * @returns undefined if GitHub has no merge result, such as while the pull request has conflicts
 * @throws GitHubError
 */
export async function mergeResult(github: GitHub, at: Repository, number: number): Promise<Snapshot | undefined> {
  try {
    return await commit(github, at, `refs/pull/${number}/merge`);
  } catch (error) {
    if (isNotFound(error) || (error instanceof GitHubError && error.facts.status === 422)) return undefined;
    throw error;
  }
}

/**
 * Reads a file of up to 100 MB.
 * @returns undefined if there is no such file at this commit
 * @throws GitHubError, and Error if the response is not the content of a file: an empty response counts as lost
 */
export async function readFile(
  github: GitHub,
  { owner, repo, sha }: Snapshot,
  path: string,
): Promise<string | undefined> {
  let data: unknown;
  let type: string | undefined;
  try {
    const response = await github.request('GET /repos/{owner}/{repo}/contents/{path}', {
      owner,
      repo,
      path,
      ref: sha,
      mediaType: { format: 'raw' },
      request: needsContents,
    });
    data = response.data;
    type = response.headers['content-type'];
  } catch (error) {
    // If GitHub does not know the commit yet, the 404 is not about the file.
    if (isNotFound(error) && !/No commit found/i.test(String(error))) return undefined;
    throw error;
  }
  const text = data instanceof ArrayBuffer ? new TextDecoder().decode(data) : data;
  if (text === '' || text === undefined || text === null)
    throw new Error(
      `GitHub responded without the content of ${path}. If the file is empty, add a comment to it or delete it.`,
    );
  // A JSON response is a folder or something else unexpected, even if it cannot be parsed.
  if (typeof text === 'string' && !/^application\/json\b/.test(type ?? '')) return text;
  throw new Error(`GitHub did not return the content of ${path}. Check that it is a file and not a folder.`);
}

/**
 * Whether a file that is missing at this commit existed in an earlier one, so it was deleted or renamed.
 * @returns also false if the request fails
 */
export async function hasHistory(github: GitHub, { owner, repo, sha }: Snapshot, path: string): Promise<boolean> {
  try {
    const parameters = { owner, repo, sha, path, per_page: 1, request: needsContents };
    const { data } = await github.request('GET /repos/{owner}/{repo}/commits', parameters);
    return Array.isArray(data) && data.length > 0;
  } catch (error) {
    if (error instanceof GitHubError) return false;
    throw error;
  }
}

/** An error that GitHub reports about the CODEOWNERS file at `path`. */
export interface CheckedLine {
  line: number;
  column: number;
  kind: string;
  path: string;
  source?: string | null;
  /** GitHub's suggestion. */
  suggestion?: string | null;
}

/** Reads what GitHub reports about a CODEOWNERS file. @throws GitHubError, also if there is no such file */
export async function codeownersErrors(github: GitHub, { owner, repo, sha }: Snapshot): Promise<CheckedLine[]> {
  const { data, headers } = await github.request('GET /repos/{owner}/{repo}/codeowners/errors', {
    owner,
    repo,
    ref: sha,
    request: needsContents,
  });
  // The list has no pages. If it ever gets some, one page is not the whole list.
  if (!Array.isArray(data?.errors) || headers.link !== undefined)
    throw new Error('GitHub did not return all CODEOWNERS errors. Run this job again.');
  // Without its line, an error could not be matched, and the owners in that line would count.
  if (!data.errors.every(({ path, line }) => typeof path === 'string' && Number.isSafeInteger(line)))
    throw new Error('GitHub returned a CODEOWNERS error without its path or line. Run this job again.');
  return data.errors.map(({ line, column, kind, path, source = null, suggestion = null }) => ({
    line,
    column,
    kind,
    path,
    source,
    suggestion,
  }));
}
