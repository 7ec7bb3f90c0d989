import type { GitHub } from '../../src/github/client.ts';
import { GitHubError } from '../../src/github/errors.ts';

interface FakeRepository {
  id: number;
  /** `owner/name`; another repository may have it later. */
  name: string;
}

export interface FakeRun {
  repositoryId: number;
  id: number;
  attempt: number;
  status: string;
}

export interface FakePull {
  repositoryId: number;
  number: number;
  state: 'open' | 'closed';
}

/** The contents of GitHub. Lists have this order. */
export interface FakeWorld {
  repositories: FakeRepository[];
  runs: FakeRun[];
  pulls: FakePull[];
}

export interface FakeRequest {
  /** From 1. */
  nth: number;
  route: 'repository' | 'run' | 'runs' | 'pull' | 'pulls';
  /** The ID of the run or the repository, or the number of the pull request. */
  number?: number;
  page?: number;
  filter?: string;
}

/**
 * What happens to one request: a status, a response that lacks the requested resource, runs as they were before a re-run, or a
 * list of runs whose rows are lost.
 */
export type FakeFault = number | 'unreadable' | 'stale' | 'no-rows';

/** The part of octokit that `src/keys` uses, based on plain data. */
export function fakeGitHub(world: FakeWorld, fate: (request: FakeRequest) => FakeFault | undefined = () => undefined) {
  const requests: FakeRequest[] = [];
  const hooks: ((response: { headers: { date?: string } }) => void)[] = [];
  let date: string | undefined;
  let stale = false;
  let noRows = false;

  async function response<T>(about: Omit<FakeRequest, 'nth'>, data: () => T, headers: object = {}) {
    // Like a request, it lets other work continue.
    await Promise.resolve();
    const request = { nth: requests.length + 1, ...about };
    requests.push(request);
    const fault = fate(request);
    if (typeof fault === 'number') throw failure(fault, about.route);
    stale = fault === 'stale';
    noRows = fault === 'no-rows';
    const response = { data: data(), headers: { ...(date === undefined ? {} : { date }), ...headers } };
    for (const hook of hooks) hook(response);
    return fault === 'unreadable' ? { ...response, data: {} as T } : response;
  }

  const at = ({ owner, repo }: { owner: string; repo: string }) =>
    world.repositories.find(({ name }) => name === `${owner}/${repo}`) ?? notFound('repository');

  const runResponse = ({ repositoryId, id, attempt, status }: FakeRun) => {
    const isStale = stale && attempt > 1;
    return {
      id,
      run_attempt: isStale ? attempt - 1 : attempt,
      status: isStale ? 'completed' : status,
      repository: { id: repositoryId },
    };
  };
  const pullResponse = ({ repositoryId, number, state }: FakePull) => ({
    number,
    state,
    base: { repo: { id: repositoryId } },
  });

  const github = {
    hook: { after: (_name: string, hook: (typeof hooks)[number]) => void hooks.push(hook) },
    request: (_route: string, { id }: { id: number }) =>
      response({ route: 'repository', number: id }, () => {
        const found = world.repositories.find((repository) => repository.id === id) ?? notFound('repository');
        return { id, full_name: found.name };
      }),
    rest: {
      repos: {
        get: (place: Place) => response({ route: 'repository' }, () => at(place)),
      },
      actions: {
        getWorkflowRun: (params: Place & { run_id: number }) =>
          response({ route: 'run', number: params.run_id }, () => {
            const { id } = at(params);
            const isIt = (run: FakeRun) => run.repositoryId === id && run.id === params.run_id;
            return runResponse(world.runs.find(isIt) ?? notFound('run'));
          }),
        listWorkflowRunsForRepo: (params: Place & Paged & { status?: string }) =>
          response({ route: 'runs', page: params.page, filter: params.status ?? '' }, () => {
            const { id } = at(params);
            const isHere = (run: FakeRun) => run.repositoryId === id && run.status === (params.status ?? run.status);
            const rows = world.runs.filter(isHere);
            return { total_count: rows.length, workflow_runs: noRows ? [] : paged(rows, params).map(runResponse) };
          }),
      },
      pulls: {
        get: (params: Place & { pull_number: number }) =>
          response({ route: 'pull', number: params.pull_number }, () => {
            const { id } = at(params);
            const isIt = (pull: FakePull) => pull.repositoryId === id && pull.number === params.pull_number;
            return pullResponse(world.pulls.find(isIt) ?? notFound('pull'));
          }),
        list: (params: Place & Paged & { state: string }) => {
          const rows = () => {
            const { id } = at(params);
            const isHere = (pull: FakePull) => pull.repositoryId === id && [pull.state, 'all'].includes(params.state);
            return world.pulls.filter(isHere);
          };
          const count = world.pulls.length;
          const link = `<https://api.github.com/pulls?per_page=100&page=${Math.ceil(count / 100)}>; rel="last"`;
          return response(
            { route: 'pulls', page: params.page, filter: params.state },
            () => paged(rows(), params).map(pullResponse),
            count > params.page * 100 ? { link } : {},
          );
        },
      },
    },
  };
  return {
    github: github as unknown as GitHub,
    requests,
    /** Sets the date of all further responses. */
    setDate: (at: number) => {
      date = new Date(at).toUTCString();
    },
  };
}

type Place = { owner: string; repo: string };
type Paged = { per_page: number; page: number };

function paged<T>(rows: T[], { per_page, page }: Paged): T[] {
  return rows.slice((page - 1) * per_page, page * per_page);
}

function failure(status: number, route: string): GitHubError {
  return new GitHubError({ method: 'GET', route: `/${route}`, status, reason: `"scripted ${status}"` });
}

function notFound(route: string): never {
  throw failure(404, route);
}
