import { describe, expect, it } from 'vitest';
import { pulls } from '../../src/github/pulls.ts';
import { listen, open, respondingWith } from './served.ts';

const shop = { owner: 'acme', repo: 'shop' };
const row = (number: number, state: string) => ({ number, state, base: { repo: { id: 5 } } });

async function serve(body: unknown, headers: Record<string, string> = {}) {
  const { requests, response } = respondingWith([200, body, headers]);
  const { github } = await open(await listen(response));
  return { github, urls: () => requests.map(({ url }) => url) };
}

describe('pulls.read', () => {
  it.each([
    ['open', false],
    ['closed', true],
  ])('decides whether a pull request that is %s has ended: %s', async (state, hasEnded) => {
    const { github, urls } = await serve(row(7, state));
    expect(await pulls.read(github, shop, 7)).toEqual({ repositoryId: 5, number: 7, attempt: 1, hasEnded });
    expect(urls()).toEqual(['/repos/acme/shop/pulls/7']);
  });

  it.each([
    ['an unknown state', row(7, 'merged')],
    ['no number', { ...row(7, 'open'), number: null }],
    ['no base repository', { ...row(7, 'open'), base: { repo: null } }],
    ['no base', { ...row(7, 'open'), base: null }],
  ])('returns undefined for a response with %s', async (_what, body) => {
    const { github } = await serve(body);
    expect(await pulls.read(github, shop, 7)).toBeUndefined();
  });
});

describe('pulls.list', () => {
  it('returns the pull requests of a page and the number of pages', async () => {
    const link =
      '<https://api.github.com/x?state=all&page=3>; rel="next", <https://api.github.com/x?page=12>; rel="last"';
    const { github, urls } = await serve([row(7, 'open'), row(6, 'closed')], { link });
    const page = await pulls.list(github, shop, pulls.all, 2);
    expect([page?.pages, page?.rows.map(({ number, hasEnded }) => [number, hasEnded])]).toEqual([
      12,
      [
        [7, false],
        [6, true],
      ],
    ]);
    expect(urls()).toEqual(['/repos/acme/shop/pulls?state=all&per_page=100&page=2']);
  });

  it('counts the requested page as the last one if the Link header names none', async () => {
    const { github } = await serve([], { link: '<https://api.github.com/x?page=1>; rel="first"' });
    expect(await pulls.list(github, shop, 'open', 2)).toEqual({ rows: [], pages: 2 });
  });

  it.each([
    ['an object', { message: 'ok' }],
    ['a list with an unreadable pull request', [row(7, 'open'), {}]],
    ['a list with null', [null]],
  ])('returns undefined for %s', async (_what, body) => {
    const { github } = await serve(body);
    expect(await pulls.list(github, shop, 'open', 1)).toBeUndefined();
  });
});
