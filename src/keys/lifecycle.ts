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
  type Refused,
  readOne,
  readPage,
  readWholeList,
  type SubjectAnswer,
  type Topic,
} from './ask-github.ts';

/** Whether a run or a pull request has ended. `missing`: GitHub no longer has it. */
export type Lifecycle = { state: 'active' | 'ended' | 'missing' } | { state: 'unknown'; doubt: GitHubDoubt };

export interface LifecycleReader {
  /**
   * Asks GitHub about all subjects, once about each run and pull request. No answer is reused in a later call. A failure
   * is the answer `unknown`.
   * @param onAnswer called after each request about a single run or pull request
   * @throws the reason of a cancellation
   */
  ask(subjects: LifecycleSubject[], onAnswer?: () => void): Promise<Map<LifecycleSubject, Lifecycle>>;
  /** How far GitHub's clock is ahead of this machine's by its last answer, in milliseconds; undefined before an answer. */
  clockAheadMs(): number | undefined;
}

/** GitHub's client sends this many requests at once. */
const maxConcurrent = 10;

/**
 * Reads from GitHub whether runs and pull requests have ended.
 *
 * **The rule.** An answer counts only if it is about the same repository (by id) and the same run or pull request. A 404
 * proves nothing by itself, because GitHub also answers 404 for what a token may not see. It counts only if, after it,
 * 1. the repository is read under the requested name and has the same id, and
 * 2. the list of all active runs or pull requests of the repository is complete and does not contain the subject; if none
 *    is active, the repository must show another one that has ended.
 *
 * This shows that the token still sees runs or pull requests of this repository, and that two endpoints agree. In all
 * other cases the answer is `unknown`. `sweep` asks twice: for the plan, and again right before it revokes.
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
    async ask(subjects, onAnswer = () => {}) {
      const answers = new Map<LifecycleSubject, Lifecycle>();
      const refused: Refused = {};
      const byRepository = Map.groupBy(subjects, ({ repositoryId }) => repositoryId);
      await inParallel(byRepository, maxConcurrent, async ([repositoryId, here]) => {
        const place = repositoryId === own.repositoryId ? ownPlace : await locate(github, repositoryId, refused);
        for (const [kind, alike] of Map.groupBy(here, (subject) => subject.kind)) {
          const answer = isDoubt(place)
            ? () => place
            : await askTopic(alike, { github, place, repositoryId, kind, refused, onAnswer });
          for (const subject of alike) answers.set(subject, lifecycleOf(answer(subject), subject));
        }
      });
      return answers;
    },
  };
}

function lifecycleOf(answer: SubjectAnswer, { attempt }: LifecycleSubject): Lifecycle {
  if (answer === 'missing') return { state: 'missing' };
  if (isDoubt(answer)) return { state: 'unknown', doubt: answer };
  if (answer.attempt < attempt) return { state: 'unknown', doubt: { code: 'earlier-attempt' } };
  return { state: answer.attempt > attempt || answer.hasEnded ? 'ended' : 'active' };
}

/** @returns what is known about each subject */
async function askTopic(
  subjects: LifecycleSubject[],
  topic: Topic,
): Promise<(subject: LifecycleSubject) => SubjectAnswer> {
  const attempts = new Map<number, number>();
  for (const { number, attempt } of subjects) attempts.set(number, Math.max(attempt, attempts.get(number) ?? 0));
  const answers: Map<number, SubjectAnswer> = await readLists(attempts, topic);
  const missing = await readSingly(
    [...attempts.keys()].filter((number) => !answers.has(number)),
    topic,
    answers,
  );
  if (missing.length > 0) {
    const visible = await readVisible(topic);
    for (const number of missing) answers.set(number, isDoubt(visible) ? visible : (visible.get(number) ?? 'missing'));
  }
  return ({ number }) => answers.get(number) ?? { code: 'unreadable-answer' };
}

/** For fewer subjects, a list is not worth a request. */
const minSubjectsForLists = 10;

/**
 * Reads the lists of a repository if that takes fewer requests than asking about each subject. Subjects that no list
 * contains are asked about one by one.
 * @param attempts the highest attempt in question, by number
 */
async function readLists(attempts: Map<number, number>, topic: Topic): Promise<Map<number, Activity>> {
  const found = new Map<number, Activity>();
  const oldest = [...attempts.keys()].reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const left = () => attempts.size - found.size;
  if (left() < minSubjectsForLists) return found;
  for (let page = 1, pages = 1; page <= pages && left() > pages - page; page += 1) {
    const answer = await readPage(topic, kinds[topic.kind].all, page);
    // The requests about single subjects report the failure.
    if (isDoubt(answer)) return found;
    for (const row of answer.rows) {
      const attempt = attempts.get(row.number);
      if (attempt !== undefined && row.attempt >= attempt) found.set(row.number, row);
    }
    // Later pages have lower numbers. If that ever changes, the subjects are asked about one by one.
    if (answer.rows.every(({ number }) => number < oldest)) return found;
    pages = answer.pages;
  }
  return found;
}

/** The number of failures after which a topic is given up. */
const maxFailures = 3;

/** @returns the numbers that GitHub answered with 404; all other answers are added to `answers` */
async function readSingly(numbers: number[], topic: Topic, answers: Map<number, SubjectAnswer>): Promise<number[]> {
  const missing: number[] = [];
  let firstFailure: GitHubDoubt | undefined;
  let failures = 0;
  const ask = async (number: number) => {
    const givenUp = failures >= maxFailures ? firstFailure : undefined;
    const answer = topic.refused.doubt ?? givenUp ?? (await readOne(number, topic));
    topic.onAnswer();
    if (answer === 'missing') return void missing.push(number);
    if (!isDoubt(answer)) return void answers.set(number, answer);
    // The first failure stands for all that follow, which would only differ in their request IDs.
    firstFailure ??= answer;
    failures += wouldRepeat(answer) ? maxFailures : 1;
    answers.set(number, firstFailure);
  };
  const [first, ...rest] = numbers;
  // The first one alone, because its answer can make the others unnecessary.
  if (first !== undefined) await ask(first);
  await inParallel(rest, maxConcurrent, ask);
  return missing;
}

/**
 * Reads what makes a 404 count, by the rule of `lifecycleReader`.
 * @returns everything active of this kind, by number
 */
async function readVisible(topic: Topic): Promise<Map<number, Activity> | GitHubDoubt> {
  const { repositoryId } = topic;
  const absence = await confirmRepository(topic);
  if (absence) return absence;
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
