import type { GitHub } from './client.ts';
import { GitHubError, isNotFound } from './errors.ts';
import type { Repository } from './run.ts';

/** What GitHub says of a run or a pull request; `unknown` is why it does not tell. */
export type Lifecycle = 'over' | 'holds' | { unknown: string };

/** Asks whether runs and pull requests are over, each one once. A failure is an answer: `unknown`. */
export interface LifecycleReader {
  /** @param attempt from 1; a run that was started again has later ones */
  run(repositoryId: number, runId: number, attempt: number): Promise<Lifecycle>;
  pullRequest(repositoryId: number, number: number): Promise<Lifecycle>;
}

/** @param own this workflow's repository, whose name is known */
export function lifecycleReader(github: GitHub, own: Repository & { repositoryId: number }): LifecycleReader {
  const names = new Map<number, Promise<Named>>();
  const runs = new Map<string, Promise<RunFacts>>();
  const pulls = new Map<string, Promise<Lifecycle>>();
  const troubles = troubleLog();

  /** The repository, as far as the token sees it. */
  const nameOf = (id: number) => once(names, id, () => findRepository(github, id));

  /**
   * 404 means gone only where the token sees the repository, and the name is still its own: GitHub hides what it may not
   * tell behind it.
   */
  async function explainMissing(id: number, asked: Repository, error: unknown): Promise<Answerless> {
    const now = await nameOf(id);
    if ('unknown' in now) return { unknown: told(error as Error) };
    const isSame = fullName(now) === fullName(asked);
    return isSame ? 'gone' : { unknown: `its repository is called ${fullName(now)} by now` };
  }

  /** Asks one question; where a repository does not let the token ask, the next one is not asked. */
  async function ask<T>(
    id: number,
    kind: string,
    question: (place: Repository) => Promise<T>,
  ): Promise<T | Answerless> {
    const topic = `${id} ${kind}`;
    const known = troubles.known(topic);
    if (known !== undefined) return { unknown: known };
    const named = id === own.repositoryId ? { owner: own.owner, repo: own.repo } : await nameOf(id);
    if ('unknown' in named) return named;
    return question(named).catch((error) =>
      isNotFound(error) ? explainMissing(id, named, error) : { unknown: troubles.note(topic, error) },
    );
  }

  return {
    async run(repositoryId, run_id, attempt) {
      const facts = await once(runs, `${repositoryId} ${run_id}`, () =>
        ask(repositoryId, 'runs', async (place) => {
          const request = { needs: '"Actions: read"' };
          return (await github.rest.actions.getWorkflowRun({ ...place, run_id, request })).data;
        }),
      );
      if (facts === 'gone') return 'over';
      if ('unknown' in facts) return facts;
      return stateOf(facts, attempt);
    },

    pullRequest: (repositoryId, number) =>
      once(pulls, `${repositoryId} ${number}`, async () => {
        const state = await ask(repositoryId, 'pull requests', async (place) => {
          const request = { needs: '"Pull requests: read"' };
          return (await github.rest.pulls.get({ ...place, pull_number: number, request })).data.state;
        });
        if (typeof state === 'object') return state;
        if (state === 'open') return 'holds';
        return state === 'closed' || state === 'gone' ? 'over' : { unknown: 'GitHub did not tell its state' };
      }),
  };
}

type Named = Repository | { unknown: string };
/** There is no such thing, or GitHub does not tell. */
type Answerless = 'gone' | { unknown: string };
type RunState = { status: string | null; run_attempt?: number };
type RunFacts = RunState | Answerless;

/** An answer about an earlier attempt than the key's is an old one. */
function stateOf({ status, run_attempt = 0 }: RunState, attempt: number): Lifecycle {
  if (run_attempt > attempt) return 'over';
  if (run_attempt < attempt || typeof status !== 'string')
    return { unknown: 'GitHub does not tell of this attempt yet' };
  return status === 'completed' ? 'over' : 'holds';
}

/** So many failures, and a topic is not asked about any more. */
const enough = 3;

/** What went wrong so far, by topic. */
function troubleLog() {
  const troubles = new Map<string, { reason: string; failures: number }>();
  return {
    /** @returns the reason not to ask any more */
    known(topic: string): string | undefined {
      const trouble = troubles.get(topic);
      return trouble && trouble.failures >= enough ? trouble.reason : undefined;
    },
    /** @returns the error in words. @throws what is no error of GitHub's */
    note(topic: string, error: unknown): string {
      if (!(error instanceof GitHubError)) throw error;
      // The first words stay: questions that were asked together are refused together, each under an id of its own.
      const { reason, failures } = troubles.get(topic) ?? { reason: told(error), failures: 0 };
      troubles.set(topic, { reason, failures: failures + (isFinal(error) ? enough : 1) });
      return reason;
    },
  };
}

/** Whether the next question would fail in the same way: no right, no more requests, nobody there. */
function isFinal({ facts: { status } }: GitHubError): boolean {
  return status === undefined || status === 401 || status === 403 || status === 429;
}

/** By its number: a name changes, and another repository may take it. `GET /repositories/{id}` is not in the documentation. */
async function findRepository(github: GitHub, id: number): Promise<Named> {
  try {
    const { data } = await github.request('GET /repositories/{id}', { id });
    const { full_name } = data as { full_name?: unknown };
    return typeof full_name === 'string'
      ? placeOf(full_name)
      : { unknown: 'GitHub did not tell the name of its repository' };
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    const gone = `repository ${id} is gone, or the token in \`github_token\` may not see it`;
    return { unknown: isNotFound(error) ? gone : told(error) };
  }
}

function fullName({ owner, repo }: Repository): string {
  return `${owner}/${repo}`.toLowerCase();
}

function placeOf(fullName: string): Repository {
  const [owner = '', repo = ''] = fullName.split('/');
  return { owner, repo };
}

function told(error: Error): string {
  return error.message.replaceAll('\n', ' ').replace(/\.$/, '');
}

function once<K, V>(answers: Map<K, Promise<V>>, key: K, ask: () => Promise<V>): Promise<V> {
  const answer = answers.get(key) ?? ask();
  answers.set(key, answer);
  return answer;
}

/** @returns the ids of repositories given as `owner/name`. @throws GitHubError for one that is not there */
export async function repositoryIds(github: GitHub, names: string[]): Promise<Set<number>> {
  const ids = await Promise.all(names.map(async (name) => (await github.rest.repos.get(placeOf(name))).data.id));
  if (!ids.every(Number.isSafeInteger)) throw new Error('GitHub did not tell the ids of the repositories.');
  return new Set(ids);
}
