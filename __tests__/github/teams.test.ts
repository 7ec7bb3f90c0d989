import { describe, expect, it } from 'vitest';
import type { GitHub } from '../../src/github/client.ts';
import { GitHubError } from '../../src/github/errors.ts';
import { readTeams } from '../../src/github/teams.ts';

type Page = { data: unknown; link?: string };
const next = '<https://api.github.com/x?page=2>; rel="next"';
const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({ login: `M${from + i}`, id: from + i, type: 'User' }));

/** GitHub with one team: `pages(page, read)` returns a page of the list, `count` is its `members_count`. */
function github(pages: (page: number, read: number) => Page, count?: unknown) {
  const requests: string[] = [];
  let read = 0;
  const request = async (route: string, { page }: { page?: number }) => {
    requests.push(page === undefined ? 'team' : `page ${page}`);
    if (!route.endsWith('/members')) return { data: { members_count: count }, headers: {} };
    if (page === 1) read += 1;
    const { data, link } = pages(page ?? 1, read);
    return { data, headers: link === undefined ? {} : { link } };
  };
  return { github: { request } as unknown as GitHub, requests };
}
const failing = (status: number, reason = '"Not Found"') =>
  ({
    request: () => Promise.reject(new GitHubError({ method: 'GET', route: '/', status, reason })),
  }) as unknown as GitHub;
const always = () => true;
const loginsOf = async (fake: { github: GitHub }, isDecisive = () => false) =>
  (await readTeams(fake.github, ['acme/a'], isDecisive)).get('acme/a')?.members.map(({ login }) => login);

describe('readTeams', () => {
  it('returns logins in lower case, IDs, and which accounts are apps', async () => {
    const data = [
      { login: 'Octo', id: 1, type: 'User' },
      { login: 'ren[bot]', id: 2, type: 'Bot' },
    ];
    const { github: fake } = github(() => ({ data }));
    expect((await readTeams(fake, ['acme/a'])).get('acme/a')).toEqual({
      state: 'read',
      members: [
        { login: 'octo', id: 1, isBot: false },
        { login: 'ren[bot]', id: 2, isBot: true },
      ],
    });
  });

  it.each([404, 403])('reports a team as hidden after a %i', async (status) => {
    const teams = await readTeams(failing(status), ['acme/a']);
    expect(teams.get('acme/a')).toEqual({ state: 'hidden', members: [] });
  });

  it.each<[string, GitHub]>([
    ['a 500', failing(500)],
    ['a rate limit', failing(403, '"API rate limit exceeded"')],
    ['a member without an id', github(() => ({ data: [{ login: 'a' }] })).github],
    ['a row that is not a member', github(() => ({ data: ['text'] })).github],
    ['null', github(() => ({ data: null })).github],
    ['an object', github(() => ({ data: {} })).github],
    ['an empty text', github(() => ({ data: '' })).github],
  ])('fails on %s', async (_case, fake) => {
    await expect(readTeams(fake, ['acme/a'])).rejects.toThrow(/GitHub/);
  });

  it('requests the next page after a full page, even if the Link header is missing', async () => {
    const fake = github((page) => ({ data: page === 1 ? rows(1, 100) : rows(101, 3) }));
    expect(await loginsOf(fake)).toHaveLength(103);
    expect(fake.requests).toEqual(['page 1', 'page 2']);
  });

  it('follows the Link header after a page that is not full', async () => {
    const fake = github((page) => (page === 1 ? { data: rows(1, 30), link: next } : { data: rows(31, 30) }));
    expect(await loginsOf(fake)).toHaveLength(60);
  });

  it('returns everyone who is in either of two reads if the result affects members', async () => {
    const fake = github((_page, read) => ({ data: read === 1 ? rows(1, 3) : rows(2, 3) }));
    expect(await loginsOf(fake, always)).toEqual(['m1', 'm2', 'm3', 'm4']);
  });

  it('fails when GitHub counts more members than it lists', async () => {
    const fake = github(() => ({ data: rows(1, 3) }), 5);
    await expect(loginsOf(fake, always)).rejects.toThrow('GitHub listed 3 of the 5 members of the team acme/a');
  });

  it.each([
    [0, 'read'],
    [undefined, 'empty'],
    [null, 'empty'],
  ])('accepts an empty list only if GitHub counts no members: %s', async (count, state) => {
    const { github: fake } = github(() => ({ data: [] }), count);
    expect((await readTeams(fake, ['acme/a'])).get('acme/a')).toEqual({ state, members: [] });
  });

  it('rejects an empty list if GitHub counts members', async () => {
    await expect(loginsOf(github(() => ({ data: [] }), 2))).rejects.toThrow('GitHub listed 0 of the 2 members');
  });
});
