import type { GitHub } from './client.ts';
import { isNotFound } from './errors.ts';
import type { Repository } from './run.ts';

/** One state of a repository: what is read at a commit belongs together. */
export interface Snapshot extends Repository {
  sha: string;
}

const needsContents = { needs: 'Contents: read of the repository' };

/** The default branch as GitHub has it now. @throws GitHubError */
export async function defaultBranch(github: GitHub, at: Repository): Promise<Snapshot & { branch: string }> {
  const { data } = await github.request('GET /repos/{owner}/{repo}', { ...at, request: needsContents });
  const branch: unknown = data.default_branch;
  if (typeof branch !== 'string' || branch === '') throw new Error('GitHub did not tell the default branch.');
  return { ...(await commit(github, at, `heads/${branch}`)), branch };
}

/** @param ref a commit, or `heads/<branch>`. @throws GitHubError, also when there is none */
export async function commit(github: GitHub, at: Repository, ref: string): Promise<Snapshot> {
  const { data } = await github.request('GET /repos/{owner}/{repo}/commits/{ref}', {
    ...at,
    ref,
    mediaType: { format: 'sha' },
    request: needsContents,
  });
  const sha = String(data);
  if (!/^[0-9a-f]{40,64}$/.test(sha)) throw new Error(`GitHub did not tell which commit ${ref} is.`);
  return { ...at, sha };
}

/**
 * Reads a file of up to 100 MB.
 * @returns undefined when there is none at this commit
 * @throws GitHubError
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
    // A commit that GitHub does not know yet says nothing about its files.
    if (isNotFound(error) && !/No commit found/i.test(String(error))) return undefined;
    throw error;
  }
  if (data instanceof ArrayBuffer) return new TextDecoder().decode(data);
  // JSON is the list of a folder, or an answer to something else, even where it cannot be read as JSON.
  if (typeof data === 'string' && !/^application\/json\b/.test(type ?? '')) return data;
  throw new Error(`GitHub did not answer with the text of ${path}: it may be a folder.`);
}

/** What GitHub's check finds wrong in the CODEOWNERS file that it uses; `path` is that file. */
export interface CheckedLine {
  line: number;
  column: number;
  kind: string;
  path: string;
  source?: string | null;
}

/** @throws GitHubError, also when there is no CODEOWNERS file */
export async function codeownersErrors(github: GitHub, { owner, repo, sha }: Snapshot): Promise<CheckedLine[]> {
  const { data } = await github.request('GET /repos/{owner}/{repo}/codeowners/errors', {
    owner,
    repo,
    ref: sha,
    request: needsContents,
  });
  if (!Array.isArray(data?.errors)) throw new Error('GitHub did not tell the errors of CODEOWNERS.');
  return data.errors.map(({ line, column, kind, path, source }) => ({
    line,
    column,
    kind,
    path,
    source: source ?? null,
  }));
}
