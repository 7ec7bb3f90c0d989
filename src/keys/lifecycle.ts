import type { Activity } from '../github/activity.ts';
import type { GitHub } from '../github/client.ts';
import type { Repository } from '../github/run.ts';
import { inParallel } from '../lib/parallel.ts';
import {
  confirmRepository,
  type GitHubDoubt,
  isDoubt,
  kinds,
  type LifecycleSubject,
  locate,
  readOne,
  readPage,
  readWholeList,
  type SubjectResult,
  type TokenStatus,
  type Topic,
} from './lifecycle-requests.ts';

/** Whether a run or a pull request has ended. `missing`: GitHub no longer has it, or does not show it yet. */
export type Lifecycle = { state: 'active' | 'ended' | 'missing' } | { state: 'unknown'; doubt: GitHubDoubt };

export interface LifecycleReader {
  /**
   * Reads the lifecycle of each subject from GitHub, once for each run and pull request. No response is reused in a later
   * call. After a failure, the result is `unknown`.
   * @param onResult called after each request about a single run or pull request
   * @throws the reason of a cancellation
   */
  read(subjects: LifecycleSubject[], onResult?: () => void): Promise<Map<LifecycleSubject, Lifecycle>>;
  /** How far GitHub's clock is ahead of this machine's, in milliseconds, by its last response; undefined before the first. */
  clockAheadMs(): number | undefined;
}

/** The number of concurrent requests that GitHub's client allows. */
const maxConcurrent = 10;

/**
 * Reads from GitHub whether runs and pull requests have ended.
 *
 * **The rule.** A response counts only if it is about the same repository (by id) and the same run or pull request. A 404
 * proves nothing by itself, because GitHub also returns 404 for what a token may not see. It counts only if, afterwards,
 * 1. the repository is read under the requested name and has the same id, and
 * 2. the list of all active runs or pull requests of the repository is complete and does not contain the subject; if the
 *    list is empty, GitHub must show another run or pull request that has ended.
 *
 * This shows that the token still sees runs or pull requests of this repository, and that two endpoints agree. In all
 * other cases, the result is `unknown`. A sweep reads twice: for the plan, and again right before it revokes. Both endpoints
 * may lag, so `judge` also considers the age of the key.
 *
 * @param own this workflow's repository: the only one whose name is known
 * @param now this machine's clock, in milliseconds since the epoch
 */
export function lifecycleReader(
  github: GitHub,
  own: Repository & { repositoryId: number },
  now: () => number,
): LifecycleReader {
  const ownPlace = { owner: own.owner, repo: own.repo };
  let aheadMs: number | undefined;
  github.hook.after('request', ({ headers }) => {
    const date = Date.parse(headers.date ?? '');
    if (!Number.isNaN(date)) aheadMs = date - now();
  });

  return {
    clockAheadMs: () => aheadMs,
    async read(subjects, onResult = () => {}) {
      const results = new Map<LifecycleSubject, Lifecycle>();
      const token: TokenStatus = {};
      const byRepository = Map.groupBy(subjects, ({ repositoryId }) => repositoryId);
      await inParallel(byRepository, maxConcurrent, async ([repositoryId, here]) => {
        const place = repositoryId === own.repositoryId ? ownPlace : await locate(github, repositoryId, token);
        for (const [kind, ofKind] of Map.groupBy(here, (subject) => subject.kind)) {
          const result = isDoubt(place)
            ? () => place
            : await fetchTopic(ofKind, { github, place, repositoryId, kind, token, onResult });
          for (const subject of ofKind) results.set(subject, lifecycleOf(result(subject), subject));
        }
      });
      return results;
    },
  };
}

function lifecycleOf(result: SubjectResult, { attempt }: LifecycleSubject): Lifecycle {
  if (result === 'missing') return { state: 'missing' };
  if (isDoubt(result)) return { state: 'unknown', doubt: result };
  if (result.attempt < attempt) return { state: 'unknown', doubt: { code: 'earlier-attempt' } };
  return { state: result.attempt > attempt || result.hasEnded ? 'ended' : 'active' };
}

/** @returns what is known about each subject */
async function fetchTopic(
  subjects: LifecycleSubject[],
  topic: Topic,
): Promise<(subject: LifecycleSubject) => SubjectResult> {
  const attempts = new Map<number, number>();
  for (const { number, attempt } of subjects) attempts.set(number, Math.max(attempt, attempts.get(number) ?? 0));
  const results: Map<number, SubjectResult> = await readLists(attempts, topic);
  const missing = await readSingly(
    [...attempts.keys()].filter((number) => !results.has(number)),
    topic,
    results,
  );
  if (missing.length > 0) {
    const visible = await readVisible(topic);
    for (const number of missing) results.set(number, isDoubt(visible) ? visible : (visible.get(number) ?? 'missing'));
  }
  return ({ number }) => results.get(number) ?? { code: 'unreadable-response' };
}

/** For fewer subjects, a list is not worth a request. */
const minSubjectsForLists = 10;

/**
 * Reads the lists of a repository if that takes fewer requests than reading each subject. Subjects that no list contains
 * are read one by one.
 * @param attempts the highest attempt of each subject, by number
 */
async function readLists(attempts: Map<number, number>, topic: Topic): Promise<Map<number, Activity>> {
  const found = new Map<number, Activity>();
  const oldest = [...attempts.keys()].reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const left = () => attempts.size - found.size;
  if (left() < minSubjectsForLists) return found;
  for (let page = 1, pages = 1; page <= pages && left() > pages - page; page += 1) {
    const result = await readPage(topic, kinds[topic.kind].all, page);
    // The requests for single subjects report the failure.
    if (isDoubt(result)) return found;
    for (const row of result.rows) {
      const attempt = attempts.get(row.number);
      if (attempt !== undefined && row.attempt >= attempt) found.set(row.number, row);
    }
    // Later pages have lower numbers. If that ever changes, the remaining subjects are read one by one.
    if (result.rows.every(({ number }) => number < oldest)) return found;
    pages = result.pages;
  }
  return found;
}

/** The number of failures after which a topic is given up. */
const maxFailures = 3;

/** @returns the numbers for which GitHub returned 404; all other results are added to `results` */
async function readSingly(numbers: number[], topic: Topic, results: Map<number, SubjectResult>): Promise<number[]> {
  const missing: number[] = [];
  let firstFailure: GitHubDoubt | undefined;
  let failures = 0;
  const read = async (number: number) => {
    const repeatedFailure = failures >= maxFailures ? firstFailure : undefined;
    const result = topic.token.refusal ?? repeatedFailure ?? (await readOne(number, topic));
    topic.onResult();
    if (result === 'missing') return void missing.push(number);
    if (!isDoubt(result)) return void results.set(number, result);
    // Later failures are reported as the first one, because they differ only in their request IDs.
    firstFailure ??= result;
    failures += wouldRepeat(result) ? maxFailures : 1;
    results.set(number, firstFailure);
  };
  const [first, ...rest] = numbers;
  // The first one is read alone, because its result can make the others unnecessary.
  if (first !== undefined) await read(first);
  await inParallel(rest, maxConcurrent, read);
  return missing;
}

/**
 * Reads what makes a 404 count, by the rule of `lifecycleReader`.
 * @returns all active runs or pull requests, by number; if none is active, some that have ended
 */
async function readVisible(topic: Topic): Promise<Map<number, Activity> | GitHubDoubt> {
  const { repositoryId } = topic;
  const doubt = await confirmRepository(topic);
  if (doubt) return doubt;
  const { active, all } = kinds[topic.kind];
  const visible = new Map<number, Activity>();
  for (const filter of active) {
    const rows = await readWholeList(topic, filter);
    if (isDoubt(rows)) return rows;
    for (const row of rows) visible.set(row.number, row);
  }
  if (visible.size > 0) return visible;
  const other = await readPage(topic, all, 1);
  if (isDoubt(other)) return other;
  if (other.rows.length === 0) return { code: 'nothing-to-compare', repositoryId, kind: topic.kind };
  return new Map(other.rows.map((row) => [row.number, row]));
}

/** Whether the next request would fail in the same way: another repository, no permission, a rate limit, no connection. */
function wouldRepeat(doubt: GitHubDoubt): boolean {
  if (doubt.code !== 'request-failed') return doubt.code === 'repository-replaced';
  const { status } = doubt.error.facts;
  return status === undefined || status === 403 || status === 429;
}
