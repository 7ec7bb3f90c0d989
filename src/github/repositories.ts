import type { GitHub } from './client.ts';
import type { Repository } from './run.ts';

/**
 * Reads where a repository is now, by its id. `GET /repositories/{id}` is not documented; GitHub itself redirects requests
 * for a renamed repository to it.
 * @returns undefined when the answer is not about this repository
 * @throws GitHubError
 */
export async function findRepository(github: GitHub, id: number): Promise<Repository | undefined> {
  const { data } = await github.request('GET /repositories/{id}', { id });
  const { id: answered, full_name } = data as { id?: unknown; full_name?: unknown };
  return answered === id && typeof full_name === 'string' ? parseFullName(full_name) : undefined;
}

/**
 * Reads the ids of repositories.
 * @param names as `owner/name`
 * @throws GitHubError if one of them does not exist or is not visible
 */
export async function repositoryIds(github: GitHub, names: string[]): Promise<Set<number>> {
  const ids = await Promise.all(names.map(async (name) => (await github.rest.repos.get(parseFullName(name))).data.id));
  if (!ids.every(Number.isSafeInteger)) throw new Error('GitHub answered without the ids of the repositories.');
  return new Set(ids);
}

/** Whether both are the same place; GitHub compares logins and names without case. */
export function isSamePlace(a: Repository, b: Repository): boolean {
  return `${a.owner}/${a.repo}`.toLowerCase() === `${b.owner}/${b.repo}`.toLowerCase();
}

function parseFullName(fullName: string): Repository {
  const [owner = '', repo = ''] = fullName.split('/');
  return { owner, repo };
}
