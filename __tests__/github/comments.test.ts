import { describe, expect, it } from 'vitest';
import type { GitHub } from '../../src/github/client.ts';
import { writeComment } from '../../src/github/comments.ts';
import { GitHubError } from '../../src/github/errors.ts';

const marker = '<!-- neon-org-action:sync-members:org-a -->';
const place = { owner: 'acme', repo: 'shop', number: 7, marker };
const bot = { id: 41898282, login: 'github-actions[bot]' };
const comment = (id: number, body: string, user: object | null = bot) => ({ id, body, user });

function fake(
  comments: unknown[],
  viewer: { login: string; databaseId: number } | Error = { ...bot, databaseId: bot.id },
) {
  const writes: string[] = [];
  const request = async (route: string, { page, body, comment_id }: Record<string, string & number>) => {
    if (route.startsWith('GET')) {
      const start = ((page ?? 1) - 1) * 100;
      return { data: comments.slice(start, start + 100), headers: {} };
    }
    writes.push(`${route.split(' ')[0]} ${comment_id ?? ''}: ${body}`);
    return { data: {}, headers: {} };
  };
  const graphql = async () => {
    if (viewer instanceof Error) throw viewer;
    return { viewer };
  };
  return { github: { request, graphql } as unknown as GitHub, writes };
}

describe('one comment on a pull request', () => {
  it('is created when there is none', async () => {
    const { github, writes } = fake([comment(1, 'LGTM'), comment(2, `quoted\n${marker}`)]);
    expect(await writeComment(github, place, 'plan', 'nothing')).toBe('created');
    expect(writes).toEqual([`POST : ${marker}\nplan`]);
  });

  it('is updated in place, on whatever page it is', async () => {
    const others = Array.from({ length: 230 }, (_, i) => comment(i + 10, 'x'));
    const { github, writes } = fake([...others, comment(5, `${marker}\r\nold`)]);
    expect(await writeComment(github, place, 'plan', 'nothing')).toBe('updated');
    expect(writes).toEqual([`PATCH 5: ${marker}\nplan`]);
  });

  it('stays when it says the same', async () => {
    const { github, writes } = fake([comment(5, `${marker}\nplan`)]);
    expect([await writeComment(github, place, 'plan', 'nothing'), writes]).toEqual(['unchanged', []]);
  });

  it('is not created when there is nothing to say, and an existing one says so', async () => {
    const none = fake([comment(1, 'LGTM')]);
    expect([await writeComment(none.github, place, undefined, 'nothing'), none.writes]).toEqual(['none', []]);
    const some = fake([comment(5, `${marker}\nplan`)]);
    expect(await writeComment(some.github, place, undefined, 'nothing')).toBe('updated');
    expect(some.writes).toEqual([`PATCH 5: ${marker}\nnothing`]);
  });

  it.each([
    ['another account', { id: 9, login: 'mallory' }],
    ['an account that now has the login', { id: 9, login: bot.login }],
    ['an account that is gone', null],
  ])('is not the one of %s, whatever its marker', async (_who, user) => {
    const { github, writes } = fake([comment(5, `${marker}\nfake`, user)]);
    expect(await writeComment(github, place, 'plan', 'nothing')).toBe('created');
    expect(writes[0]).toMatch(/^POST/);
  });

  it('is not the one of another operation or organization', async () => {
    const { github } = fake([
      comment(5, '<!-- neon-org-action:sync-members:org-ab -->\nplan'),
      comment(6, `${marker}x`),
    ]);
    expect(await writeComment(github, place, 'plan', 'nothing')).toBe('created');
  });

  it("is looked for as the job's own token where GitHub does not say who writes", async () => {
    const refusal = new GitHubError({ method: 'POST', route: '/graphql', status: 403, reason: '"no"' });
    const { github, writes } = fake([comment(4, marker, { id: 9, login: 'mallory' }), comment(5, marker)], refusal);
    await writeComment(github, place, 'plan', 'nothing');
    expect(writes).toEqual([`PATCH 5: ${marker}\nplan`]);
  });

  it.each<[string, unknown[]]>([
    ['a row without an id', [{ body: 'x' }]],
    ['null', [null]],
  ])('is not written after a list with %s', async (_case, rows) => {
    const { github, writes } = fake(rows);
    await expect(writeComment(github, place, 'plan', 'nothing')).rejects.toThrow('a comment without its id');
    expect(writes).toEqual([]);
  });
});
