import { type Activity, type ActivityKind, type ActivityPage, rowsPerPage } from '../github/activity.ts';
import type { GitHub } from '../github/client.ts';
import { cannotSee, GitHubError, isNotFound } from '../github/errors.ts';
import { pulls } from '../github/pulls.ts';
import { findRepository, readRepositoryId } from '../github/repositories.ts';
import type { Repository } from '../github/run.ts';
import { runs } from '../github/runs.ts';

// Single requests to GitHub, which return a failure as a result. `lifecycle.ts` decides what the results prove.

/** A run (one attempt of it) or a pull request that keeps a key active. */
export interface LifecycleSubject {
  kind: 'run' | 'pull-request';
  repositoryId: number;
  /** The run's id or the pull request's number. */
  number: number;
  /** The attempt of the run, from 1; always 1 for a pull request. */
  attempt: number;
}

/** Why GitHub's responses do not show whether a subject has ended. */
export type GitHubDoubt =
  | { code: 'token-refused'; error: GitHubError }
  | { code: 'repository-not-visible'; repositoryId: number }
  /** The requested name now belongs to another repository. */
  | { code: 'repository-replaced'; repositoryId: number }
  | { code: 'nothing-to-compare'; repositoryId: number; kind: LifecycleSubject['kind'] }
  | { code: 'incomplete-list'; repositoryId: number; kind: LifecycleSubject['kind'] }
  | { code: 'earlier-attempt' }
  | { code: 'unreadable-response' }
  | { code: 'request-failed'; error: GitHubError };

/** Whether GitHub accepts the token. Once it has refused the token itself, no more requests are sent. */
export interface TokenStatus {
  refusal?: GitHubDoubt;
}

/** All subjects of one kind in one repository. */
export interface Topic {
  github: GitHub;
  place: Repository;
  repositoryId: number;
  kind: LifecycleSubject['kind'];
  token: TokenStatus;
  onResult: () => void;
}

/** `missing`: GitHub returned 404. */
export type SubjectResult = Activity | 'missing' | GitHubDoubt;

export const kinds: Record<LifecycleSubject['kind'], ActivityKind> = { run: runs, 'pull-request': pulls };

export function isDoubt(result: object | string | undefined): result is GitHubDoubt {
  return typeof result === 'object' && 'code' in result;
}

/** Looks up the current name of a repository by its id. @throws the reason of a cancellation */
export async function locate(
  github: GitHub,
  repositoryId: number,
  token: TokenStatus,
): Promise<Repository | GitHubDoubt> {
  if (token.refusal) return token.refusal;
  try {
    return (await findRepository(github, repositoryId)) ?? { code: 'unreadable-response' };
  } catch (error) {
    return visibilityDoubt(error, repositoryId, token);
  }
}

function visibilityDoubt(error: unknown, repositoryId: number, token: TokenStatus): GitHubDoubt {
  const doubt = doubtOf(error, token);
  const isHidden = doubt.code === 'request-failed' && cannotSee(error);
  return isHidden ? { code: 'repository-not-visible', repositoryId } : doubt;
}

/** Reads one run or pull request. @throws the reason of a cancellation */
export async function readOne(
  number: number,
  { github, place, kind, repositoryId, token }: Topic,
): Promise<SubjectResult> {
  try {
    const activity = await kinds[kind].read(github, place, number);
    if (activity?.number !== number) return { code: 'unreadable-response' };
    return activity.repositoryId === repositoryId ? activity : { code: 'repository-replaced', repositoryId };
  } catch (error) {
    return isNotFound(error) ? 'missing' : doubtOf(error, token);
  }
}

/**
 * Reads one page of a list.
 * @param filter one of the kind's filters
 * @param page from 1
 * @throws the reason of a cancellation
 */
export async function readPage(topic: Topic, filter: string, page: number): Promise<ActivityPage | GitHubDoubt> {
  const { github, place, kind, repositoryId, token } = topic;
  if (token.refusal) return token.refusal;
  try {
    const result = await kinds[kind].list(github, place, filter, page);
    if (!result) return { code: 'unreadable-response' };
    const isHere = result.rows.every((row) => row.repositoryId === repositoryId);
    return isHere ? result : { code: 'repository-replaced', repositoryId };
  } catch (error) {
    return doubtOf(error, token);
  }
}

/**
 * Checks that the repository is still visible under the requested name.
 * @returns undefined if it is
 * @throws the reason of a cancellation
 */
export async function confirmRepository({
  github,
  place,
  repositoryId,
  token,
}: Topic): Promise<GitHubDoubt | undefined> {
  if (token.refusal) return token.refusal;
  try {
    const id = await readRepositoryId(github, place);
    if (id === undefined) return { code: 'unreadable-response' };
    return id === repositoryId ? undefined : { code: 'repository-replaced', repositoryId };
  } catch (error) {
    return visibilityDoubt(error, repositoryId, token);
  }
}

/** GitHub returns at most 1,000 runs of a filtered list. */
const maxListPages = 10;

/** Reads every page of a list. @throws the reason of a cancellation */
export async function readWholeList(topic: Topic, filter: string): Promise<Activity[] | GitHubDoubt> {
  const rows: Activity[] = [];
  for (let page = 1; page <= maxListPages; page += 1) {
    const result = await readPage(topic, filter, page);
    if (isDoubt(result)) return result;
    rows.push(...result.rows);
    // After a full page there may be another one, even without a link to it.
    const isLast = page >= result.pages && result.rows.length < rowsPerPage;
    if (isLast && rows.length >= (result.total ?? 0)) return rows;
    if (isLast) break;
  }
  return { code: 'incomplete-list', repositoryId: topic.repositoryId, kind: topic.kind };
}

/** @throws an error that is not a GitHubError, such as the reason of a cancellation */
function doubtOf(error: unknown, token: TokenStatus): GitHubDoubt {
  if (!(error instanceof GitHubError)) throw error;
  if (error.facts.status !== 401) return { code: 'request-failed', error };
  const doubt = { code: 'token-refused', error } as const;
  token.refusal ??= doubt;
  return doubt;
}
