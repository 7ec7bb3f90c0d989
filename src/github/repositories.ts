import type { GitHub } from './client.ts';
import type { Repository } from './run.ts';

/**
 * Reads the current name of a repository by its ID. `GET /repositories/{id}` is not documented, but GitHub redirects requests
 * for a renamed repository to it.
 * @returns undefined if the response is not about this repository
 * @throws GitHubError
 */
export async function findRepository(github: GitHub, id: number): Promise<Repository | undefined> {
  const { data } = await github.request('GET /repositories/{id}', { id });
  const { id: returnedId, full_name } = data as { id?: unknown; full_name?: unknown };
  return returnedId === id && typeof full_name === 'string' ? parseFullName(full_name) : undefined;
}

/**
 * Reads the ID of the repository that currently has a name.
 * @returns undefined if the response has no ID
 * @throws GitHubError
 */
export async function readRepositoryId(github: GitHub, { owner, repo }: Repository): Promise<number | undefined> {
  const { id } = (await github.rest.repos.get({ owner, repo })).data;
  return Number.isSafeInteger(id) ? id : undefined;
}

/**
 * Reads the IDs of repositories.
 * @param names as `owner/name`
 * @throws GitHubError if a repository does not exist or is not visible
 */
export async function repositoryIds(github: GitHub, names: string[]): Promise<Set<number>> {
  const ids = await Promise.all(names.map((name) => readRepositoryId(github, parseFullName(name))));
  if (!ids.every((id) => id !== undefined))
    throw new Error('GitHub did not return the IDs of the repositories. Run this job again.');
  return new Set(ids);
}

function parseFullName(fullName: string): Repository {
  const [owner = '', repo = ''] = fullName.split('/');
  return { owner, repo };
}
