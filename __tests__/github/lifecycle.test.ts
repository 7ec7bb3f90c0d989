import { afterEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../emulator/faults.ts';
import { SEED } from '../../emulator/github/state.ts';
import { type GitHubOptions, type GitHubServer, startGitHub } from '../../emulator/github.ts';
import { connectGitHub } from '../../src/github/client.ts';
import { lifecycleReader, repositoryIds } from '../../src/github/lifecycle.ts';

const servers: GitHubServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function open(options: GitHubOptions = {}, token: keyof GitHubServer['tokens'] = 'default') {
  const server = await startGitHub(options);
  servers.push(server);
  const github = await connectGitHub({
    apiUrl: new URL(server.apiUrl),
    token: server.tokens[token],
    userAgent: 'a-test/1',
    timeoutMs: 5000,
    env: {},
    cancelled: new AbortController().signal,
    notice: () => {},
    debug: () => {},
  });
  const reader = lifecycleReader(github, { repositoryId: SEED.repositoryId, owner: 'acme', repo: 'shop' });
  const asked = () => server.requests.map(({ operation }) => operation);
  return { server, github, reader, asked };
}

const own = SEED.repositoryId;
const runs = [
  { id: 1 },
  { id: 2, status: 'in_progress' as const },
  { id: 3, status: 'queued' as const, run_attempt: 2 },
];

describe('a run', () => {
  it.each([
    ['completed', 1, 1, 'over'],
    ['in progress', 2, 1, 'holds'],
    ['an earlier attempt of one that was started again', 3, 1, 'over'],
    ['the attempt that is queued', 3, 2, 'holds'],
    ['deleted', 4, 1, 'over'],
    ['an attempt that GitHub does not tell of yet', 1, 2, { unknown: expect.stringContaining('this attempt') }],
  ])('%s', async (_what, id, attempt, lifecycle) => {
    const { reader } = await open({ seed: { runs } });
    expect(await reader.run(own, id, attempt)).toEqual(lifecycle);
  });

  it('is asked about once, whatever its attempts', async () => {
    const { reader, asked } = await open({ seed: { runs } });
    const answers = await Promise.all([reader.run(own, 3, 1), reader.run(own, 3, 2), reader.run(own, 3, 1)]);
    expect(answers).toEqual(['over', 'holds', 'over']);
    expect(asked()).toEqual(['getWorkflowRun']);
  });
});

describe('a pull request', () => {
  it.each([
    ['open', 1, 'holds'],
    ['closed', 2, 'over'],
    ['merged', 3, 'over'],
    ['not there', 99, 'over'],
  ])('%s', async (_what, number, lifecycle) => {
    const { reader } = await open({ pulls: ['open', 'closed', 'merged'] });
    expect(await reader.pullRequest(own, number)).toBe(lifecycle);
    await reader.pullRequest(own, number);
  });
});

describe('what GitHub does not tell', () => {
  it('a run in a repository that the token does not see is not gone', async () => {
    const { reader } = await open({ seed: { runs, repositories: [{ id: 5, name: 'other' }] } });
    expect(await reader.run(5, 1, 1)).toEqual({
      unknown: expect.stringContaining('repository 5 is gone, or the token'),
    });
  });

  it('nor is one whose own repository answers 404: GitHub hides what a token may not see', async () => {
    const { server, reader } = await open();
    server.faults = [{ fault: { type: 'status', status: 404 } }];
    expect(await reader.run(own, 1, 1)).toEqual({ unknown: expect.stringContaining('"Actions: read"') });
  });

  it('a right that lacks for one run lacks for all, and is told in the same words', async () => {
    const { reader, asked } = await open({
      seed: { runs, permissions: { metadata: 'read', pull_requests: 'read' } },
      pulls: ['open'],
    });
    const first = await reader.run(own, 1, 1);
    expect(first).toEqual({ unknown: expect.stringMatching(/403 .*needs the permission "Actions: read"$/) });
    expect(await reader.run(own, 2, 1)).toEqual(first);
    expect(asked()).toEqual(['getWorkflowRun']);
    expect(await reader.pullRequest(own, 1)).toBe('holds');
  });

  it('other failures are borne three times', async () => {
    const { server, reader, asked } = await open({ seed: { runs } });
    server.faults = [{ operation: 'getWorkflowRun', fault: { type: 'status', status: 422 } }];
    for (const id of [1, 2, 3, 4, 5])
      expect(await reader.run(own, id, 1)).toEqual({ unknown: expect.stringContaining('422') });
    expect(asked()).toEqual(Array(3).fill('getWorkflowRun'));
  });
});

describe('an answer that is not what was asked for', () => {
  it.each<Fault>([
    { type: 'cut' },
    { type: 'garble' },
    { type: 'status', status: 200, body: '<html>' },
    { type: 'status', status: 200, body: '{}' },
    { type: 'status', status: 404, body: '<html>' },
  ])('%o: nothing is over', async (fault) => {
    const { server, reader } = await open(
      { seed: { runs, repositories: [{ id: 5, name: 'other' }] }, pulls: ['closed'] },
      'app',
    );
    server.faults = [{ fault }];
    for (const answer of [reader.run(own, 1, 1), reader.pullRequest(own, 1), reader.run(5, 1, 1)]) {
      expect(await answer).toEqual({ unknown: expect.stringMatching(/./) });
    }
  });

  it('a repository that is called otherwise by now: its runs are not gone', async () => {
    const { server, github } = await open({ seed: { runs, repositories: [{ id: 5, name: 'other' }] } }, 'app');
    const reader = lifecycleReader(github, { repositoryId: 5, owner: 'acme', repo: 'shop' });
    server.change(({ runs: all }) => all.splice(0));
    expect(await reader.run(5, 1, 1)).toEqual({ unknown: 'its repository is called acme/other by now' });
  });
});

describe('repositories by name', () => {
  it('have ids', async () => {
    const { github } = await open({ seed: { repositories: [{ id: 5, name: 'other' }] } }, 'app');
    expect(await repositoryIds(github, ['acme/shop', 'ACME/other'])).toEqual(new Set([own, 5]));
  });

  it('one that is not there is an error: nothing is swept by mistake', async () => {
    const { github } = await open({}, 'app');
    await expect(repositoryIds(github, ['acme/shop', 'acme/shpo'])).rejects.toThrow('404');
  });
});
