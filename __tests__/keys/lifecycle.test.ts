import { describe, expect, it } from 'vitest';
import { type Lifecycle, lifecycleReader } from '../../src/keys/lifecycle.ts';
import type { LifecycleSubject } from '../../src/keys/lifecycle-requests.ts';
import { type FakeFault, type FakeRequest, type FakeWorld, fakeGitHub } from './fake-github.ts';

const own = { owner: 'acme', repo: 'shop', repositoryId: 1 };
const ownRun = 100;

function world(change: Partial<FakeWorld> = {}): FakeWorld {
  return {
    repositories: [
      { id: 1, name: 'acme/shop' },
      { id: 2, name: 'acme/other' },
    ],
    runs: [
      { repositoryId: 1, id: ownRun, attempt: 1, status: 'in_progress' },
      { repositoryId: 1, id: 3, attempt: 2, status: 'queued' },
      { repositoryId: 1, id: 2, attempt: 1, status: 'in_progress' },
      { repositoryId: 1, id: 1, attempt: 1, status: 'completed' },
      { repositoryId: 2, id: 21, attempt: 1, status: 'completed' },
    ],
    pulls: [
      { repositoryId: 1, number: 2, state: 'closed' },
      { repositoryId: 1, number: 1, state: 'open' },
    ],
    ...change,
  };
}

const run = (number: number, attempt = 1, repositoryId = 1): LifecycleSubject => ({
  kind: 'run',
  repositoryId,
  number,
  attempt,
});
const pull = (number: number, repositoryId = 1): LifecycleSubject => ({
  kind: 'pull-request',
  repositoryId,
  number,
  attempt: 1,
});

type Fate = (request: FakeRequest) => FakeFault | undefined;

async function ask(subjects: LifecycleSubject[], all: FakeWorld = world(), fate: Fate = () => undefined) {
  const { github, requests } = fakeGitHub(all, fate);
  const results = await lifecycleReader(github, own, () => 0).read(subjects);
  const summary = (lifecycle: Lifecycle | undefined) =>
    lifecycle?.state === 'unknown' ? lifecycle.doubt.code : lifecycle?.state;
  return { states: subjects.map((subject) => summary(results.get(subject))), requests };
}

const routes = (requests: FakeRequest[]) => requests.map(({ route, number }) => `${route} ${number ?? ''}`.trim());

describe('a run', () => {
  it.each([
    ['ended', 'has completed', 1, 1],
    ['active', 'is in progress', 2, 1],
    ['ended', 'has a later attempt', 3, 1],
    ['active', 'is queued in its latest attempt', 3, 2],
    ['missing', 'was deleted', 4, 1],
    ['earlier-attempt', 'has an attempt that GitHub does not show yet', 1, 2],
  ])('has the state %s if it %s', async (state, _case, id, attempt) => {
    expect((await ask([run(id, attempt)])).states).toEqual([state]);
  });

  it('is requested once for all its attempts', async () => {
    const { states, requests } = await ask([run(3, 1), run(3, 2), run(3, 1)]);
    expect([states, routes(requests)]).toEqual([['ended', 'active', 'ended'], ['run 3']]);
  });
});

describe('a pull request', () => {
  it.each([
    ['active', 'is open', 1],
    ['ended', 'is closed', 2],
    ['missing', 'was deleted', 99],
  ])('has the state %s if it %s', async (state, _case, number) => {
    expect((await ask([pull(number)])).states).toEqual([state]);
  });

  it('is in doubt when GitHub returns 404 and shows no other pull request', async () => {
    expect((await ask([pull(99)], world({ pulls: [] }))).states).toEqual(['nothing-to-compare']);
  });
});

describe('a 404', () => {
  const hiddenFrom =
    (first: number): Fate =>
    ({ nth }) =>
      nth >= first ? 404 : undefined;

  it('proves that a run has ended if the repository can be read after it and the list of active runs lacks the run', async () => {
    const { states, requests } = await ask([run(4)]);
    expect(states).toEqual(['missing']);
    expect(routes(requests)).toEqual(['run 4', 'repository', ...Array(5).fill('runs')]);
  });

  it('is in doubt when the repository became invisible at the same time', async () => {
    expect((await ask([run(1), run(2), pull(1)], world(), hiddenFrom(2))).states).toEqual([
      'ended',
      'repository-not-visible',
      'repository-not-visible',
    ]);
  });

  it.each([2, 3, 4, 5, 6, 7])(
    'is in doubt when GitHub returns 404 for every request from number %i on',
    async (first) => {
      const { states } = await ask([run(4)], world(), hiddenFrom(first));
      expect(states).not.toEqual(['missing']);
    },
  );

  it.each([403, 404, 500])('is in doubt when the list of runs fails with %i', async (status) => {
    const { states } = await ask([run(4)], world(), ({ route }) => (route === 'runs' ? status : undefined));
    expect(states).toEqual(['request-failed']);
  });

  it('for a run that is listed as active is a temporary error, even if it is repeated', async () => {
    const { states } = await ask([run(2), run(3, 2)], world(), ({ route }) => (route === 'run' ? 404 : undefined));
    expect(states).toEqual(['active', 'active']);
  });

  it('for a pull request that is listed as open is a temporary error', async () => {
    expect((await ask([pull(1)], world(), ({ route }) => (route === 'pull' ? 404 : undefined))).states).toEqual([
      'active',
    ]);
  });

  it('is in doubt when another repository has taken the name in the meantime', async () => {
    const all = world();
    const { states } = await ask([run(2)], all, ({ nth }) => {
      if (nth === 1) all.repositories = [{ id: 9, name: 'acme/shop' }];
      return undefined;
    });
    expect(states).toEqual(['repository-replaced']);
  });

  it('counts for another repository that shows an ended run', async () => {
    expect((await ask([run(22, 1, 2)])).states).toEqual(['missing']);
  });

  it('is in doubt for another repository that shows no runs', async () => {
    const runs = world().runs.filter(({ repositoryId }) => repositoryId === 1);
    expect((await ask([run(22, 1, 2)], world({ runs }))).states).toEqual(['nothing-to-compare']);
  });

  it('is in doubt when the list of active runs has fewer rows than its total', async () => {
    const { states } = await ask([run(2)], world(), ({ route }) =>
      route === 'run' ? 404 : route === 'runs' ? 'no-rows' : undefined,
    );
    expect(states).toEqual(['incomplete-list']);
  });

  it('is in doubt when GitHub shows only a part of the list of active runs', async () => {
    const many = Array.from({ length: 1100 }, (_, index) => ({
      repositoryId: 1,
      id: 10_000 - index,
      attempt: 1,
      status: 'in_progress',
    }));
    expect((await ask([run(4)], world({ runs: many }))).states).toEqual(['incomplete-list']);
  });
});

describe('a repository whose name was taken by another repository', () => {
  it('is not judged by the runs and pull requests of the new owner of the name', async () => {
    const all = world({
      repositories: [{ id: 9, name: 'acme/shop' }],
      runs: [{ repositoryId: 9, id: 2, attempt: 1, status: 'completed' }],
      pulls: [{ repositoryId: 9, number: 1, state: 'closed' }],
    });
    expect((await ask([run(2), pull(1)], all)).states).toEqual(['repository-replaced', 'repository-replaced']);
  });

  it('is not judged by the lists of the new owner of the name', async () => {
    const runs = Array.from({ length: 20 }, (_, id) => ({
      repositoryId: 9,
      id: 20 - id,
      attempt: 1,
      status: 'completed',
    }));
    const all = world({ repositories: [{ id: 9, name: 'acme/shop' }], runs });
    const { states, requests } = await ask(
      runs.map(({ id }) => run(id)),
      all,
    );
    expect(new Set(states)).toEqual(new Set(['repository-replaced']));
    expect(requests.length).toBeLessThan(5);
  });
});

describe('a read that GitHub refuses', () => {
  it('is not repeated for the same kind of resource after a 403', async () => {
    const { states, requests } = await ask([run(1), run(2), run(3), pull(1)], world(), ({ route }) =>
      route === 'run' ? 403 : undefined,
    );
    expect(states).toEqual(['request-failed', 'request-failed', 'request-failed', 'active']);
    expect(routes(requests)).toEqual(['run 1', 'pull 1']);
  });

  it('is not repeated for any resource after a 401', async () => {
    const { states, requests } = await ask([run(1), run(2), pull(1)], world(), () => 401);
    expect(states).toEqual(['token-refused', 'token-refused', 'token-refused']);
    expect(routes(requests)).toEqual(['run 1']);
  });

  it('is not repeated after three other failures, and reported with the first', async () => {
    const { github, requests } = fakeGitHub(world(), () => 422);
    const subjects = Array.from({ length: 5 }, (_, id) => run(id));
    const results = await lifecycleReader(github, own, () => 0).read(subjects);
    expect(new Set([...results.values()].map((result) => result.state === 'unknown' && result.doubt)).size).toBe(1);
    expect(requests.length).toBeLessThan(6);
  });

  it('passes on an error that does not come from GitHub', async () => {
    const reason = new Error('cancelled');
    const failing = () => {
      throw reason;
    };
    await expect(ask([run(1)], world(), failing)).rejects.toBe(reason);
  });
});

it('a response about another resource leaves a key in doubt', async () => {
  const { states } = await ask([run(1), pull(2), run(21, 1, 2)], world(), () => 'unreadable');
  expect(states).toEqual(['unreadable-response', 'unreadable-response', 'unreadable-response']);
});

describe('many runs of one repository', () => {
  const many = (count: number): FakeWorld =>
    world({
      runs: Array.from({ length: count }, (_, index) => ({
        repositoryId: 1,
        id: count - index,
        attempt: 1,
        status: index === 0 ? 'in_progress' : 'completed',
      })),
    });

  it('are read from the list of runs, 100 per request', async () => {
    const all = many(10_000);
    const { states, requests } = await ask(
      all.runs.map(({ id }) => run(id)),
      all,
    );
    expect(states.filter((state) => state === 'ended').length).toBe(9999);
    expect(requests.length).toBe(100);
  });

  it('are requested one by one when the whole list would take more requests', async () => {
    const { states, requests } = await ask(
      Array.from({ length: 20 }, (_, id) => run(id + 1)),
      many(3000),
    );
    expect(new Set(states)).toEqual(new Set(['ended']));
    expect(requests.length).toBe(21);
  });

  it('are requested one by one when the list lacks them', async () => {
    const all = many(300);
    const lacking = world({ runs: all.runs.filter(({ id }) => id % 100 !== 50) });
    const { github, requests } = fakeGitHub(lacking);
    const subjects = all.runs.map(({ id }) => run(id));
    const results = await lifecycleReader(github, own, () => 0).read(subjects);
    expect([...results.values()].filter(({ state }) => state === 'missing').length).toBe(3);
    expect(requests.filter(({ route }) => route === 'run').map(({ number }) => number)).toEqual([250, 150, 50]);
  });

  it('are requested one by one when the list shows an earlier attempt', async () => {
    const { states, requests } = await ask(
      Array.from({ length: 20 }, (_, id) => run(id + 1, 2)),
      many(20),
    );
    expect(new Set(states)).toEqual(new Set(['earlier-attempt']));
    expect(requests.length).toBe(21);
  });

  it('are requested one by one when the list fails', async () => {
    const all = many(20);
    const { states } = await ask(
      all.runs.map(({ id }) => run(id)),
      all,
      ({ route }) => (route === 'runs' ? 502 : undefined),
    );
    expect(states.filter((state) => state === 'ended').length).toBe(19);
  });
});

it('many pull requests are read from the list of pull requests', async () => {
  const pulls = Array.from({ length: 450 }, (_, index) => ({
    repositoryId: 1,
    number: 450 - index,
    state: index < 5 ? ('open' as const) : ('closed' as const),
  }));
  const { states, requests } = await ask(
    pulls.map(({ number }) => pull(number)),
    world({ pulls }),
  );
  expect(states.filter((state) => state === 'ended').length).toBe(445);
  expect(requests.length).toBe(5);
});

it('GitHub’s clock is the date of its last response', async () => {
  const { github, setDate } = fakeGitHub(world());
  const reader = lifecycleReader(github, own, () => 1_000_000);
  expect(reader.clockAheadMs()).toBeUndefined();
  setDate(1_060_000);
  await reader.read([run(1)]);
  expect(reader.clockAheadMs()).toBe(60_000);
});
