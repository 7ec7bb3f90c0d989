import { describe, expect, it } from 'vitest';
import { findRepository, readRepositoryId, repositoryIds } from '../../src/github/repositories.ts';
import { failureOf, listen, open, respondingWith } from './served.ts';

async function serve(...responses: Parameters<typeof respondingWith>) {
  const { requests, response } = respondingWith(...responses);
  const { github } = await open(await listen(response));
  return { github, urls: () => requests.map(({ url }) => url) };
}

describe('findRepository', () => {
  it('returns the current owner and name of an ID', async () => {
    const { github, urls } = await serve([200, { id: 7, full_name: 'acme/renamed' }]);
    expect(await findRepository(github, 7)).toEqual({ owner: 'acme', repo: 'renamed' });
    expect(urls()).toEqual(['/repositories/7']);
  });

  it.each([
    ['another repository', { id: 8, full_name: 'acme/shop' }],
    ['a repository without a name', { id: 7, full_name: null }],
    ['an empty object', {}],
  ])('returns undefined for a response about %s', async (_what, body) => {
    const { github } = await serve([200, body]);
    expect(await findRepository(github, 7)).toBeUndefined();
  });
});

describe('readRepositoryId', () => {
  it.each([
    [7, { id: 7 }],
    [undefined, { id: '7' }],
    [undefined, {}],
  ])('returns %s for the response %o', async (id, body) => {
    const { github, urls } = await serve([200, body]);
    expect(await readRepositoryId(github, { owner: 'acme', repo: 'shop' })).toBe(id);
    expect(urls()).toEqual(['/repos/acme/shop']);
  });
});

describe('repositoryIds', () => {
  it('returns the ID of each repository', async () => {
    const { github, urls } = await serve([200, { id: 1 }], [200, { id: 2 }]);
    expect(await repositoryIds(github, ['acme/shop', 'acme/billing'])).toEqual(new Set([1, 2]));
    expect(urls().sort()).toEqual(['/repos/acme/billing', '/repos/acme/shop']);
  });

  it('fails if GitHub does not show one of the repositories', async () => {
    const { github } = await serve([200, { id: 1 }], [404, { message: 'Not Found' }]);
    expect((await failureOf(repositoryIds(github, ['acme/shop', 'acme/gone']))).facts.status).toBe(404);
  });

  it('fails if a response has no ID, because keys of that repository would not be considered', async () => {
    const { github } = await serve([200, { id: 1 }], [200, {}]);
    await expect(repositoryIds(github, ['acme/shop', 'acme/billing'])).rejects.toThrow('did not return the IDs');
  });
});
