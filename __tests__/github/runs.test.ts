import { describe, expect, it } from 'vitest';
import { runs } from '../../src/github/runs.ts';
import { listen, open, respondingWith } from './served.ts';

const shop = { owner: 'acme', repo: 'shop' };
const row = (id: number, status: string, run_attempt = 1) => ({ id, status, run_attempt, repository: { id: 5 } });

async function serve(body: unknown) {
  const { requests, response } = respondingWith([200, body]);
  const { github } = await open(await listen(response));
  return { github, urls: () => requests.map(({ url }) => url) };
}

describe('runs.read', () => {
  it.each([
    ['completed', true],
    ['in_progress', false],
    ['queued', false],
    ['unknown_to_us', false],
  ])('decides whether a run with the status %s has ended: %s', async (status, hasEnded) => {
    const { github, urls } = await serve(row(7, status, 2));
    expect(await runs.read(github, shop, 7)).toEqual({ repositoryId: 5, number: 7, attempt: 2, hasEnded });
    expect(urls()).toEqual(['/repos/acme/shop/actions/runs/7?exclude_pull_requests=true']);
  });

  it.each([
    ['no status', { ...row(7, ''), status: null }],
    ['no attempt', { ...row(7, 'completed'), run_attempt: undefined }],
    ['no repository', { ...row(7, 'completed'), repository: null }],
    ['an ID that is not a number', { ...row(7, 'completed'), id: '7' }],
  ])('returns undefined for a response with %s', async (_what, body) => {
    const { github } = await serve(body);
    expect(await runs.read(github, shop, 7)).toBeUndefined();
  });
});

describe('runs.list', () => {
  it('returns the runs of a page, the number of pages and the number of all runs', async () => {
    const { github, urls } = await serve({ total_count: 201, workflow_runs: [row(7, 'queued'), row(6, 'completed')] });
    const page = await runs.list(github, shop, 'queued', 3);
    expect(page).toMatchObject({ pages: 3, total: 201, rows: [{ number: 7 }, { number: 6 }] });
    expect(urls()).toEqual([
      '/repos/acme/shop/actions/runs?status=queued&per_page=100&page=3&exclude_pull_requests=true',
    ]);
  });

  it('sends no status filter for all runs', async () => {
    const { github, urls } = await serve({ total_count: 0, workflow_runs: [] });
    expect(await runs.list(github, shop, runs.all, 1)).toEqual({ rows: [], pages: 0, total: 0 });
    expect(urls()[0]).not.toContain('status');
  });

  it.each([
    ['no list', { total_count: 1 }],
    ['no total', { workflow_runs: [] }],
    ['an unreadable run', { total_count: 2, workflow_runs: [row(7, 'queued'), {}] }],
    ['null instead of a run', { total_count: 1, workflow_runs: [null] }],
  ])('returns undefined for a response with %s', async (_what, body) => {
    const { github } = await serve(body);
    expect(await runs.list(github, shop, runs.all, 1)).toBeUndefined();
  });
});
