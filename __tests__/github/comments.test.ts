import { describe, expect, it } from 'vitest';
import type { GitHub } from '../../src/github/client.ts';
import { writeComment } from '../../src/github/comments.ts';
import { GitHubError } from '../../src/github/errors.ts';

const marker = '<!-- neon-org-action:sync-members:org-a -->';
const place = { owner: 'acme', repo: 'shop', number: 7, marker };
const comment = (id: unknown, body: string, viewerDidAuthor: unknown = true) => ({
  fullDatabaseId: typeof id === 'number' ? String(id) : id,
  body,
  viewerDidAuthor,
});

/** A GitHub with these pages of comments; an Error is thrown, and any other value is the response. */
function fake(pages: unknown[]) {
  const writes: string[] = [];
  const request = async (route: string, { body, comment_id }: Record<string, unknown>) => {
    writes.push(`${route.split(' ')[0]} ${comment_id ?? ''}: ${body}`);
    return { data: {}, headers: {} };
  };
  const requests: unknown[] = [];
  const graphql = async (_query: string, { after }: { after?: string }) => {
    requests.push(after);
    const page = pages[after === undefined ? 0 : Number(after)];
    if (page instanceof Error) throw page;
    return page;
  };
  return { github: { request, graphql } as unknown as GitHub, writes, requests };
}

const response = (nodes: unknown, pageInfo: unknown) => ({
  repository: { pullRequest: { comments: { nodes, pageInfo } } },
});
const last = (...nodes: unknown[]) => response(nodes, { hasNextPage: false, endCursor: null });
const page = (next: number, ...nodes: unknown[]) => response(nodes, { hasNextPage: true, endCursor: String(next) });

describe('writeComment', () => {
  it('creates a comment when there is none', async () => {
    const { github, writes } = fake([last(comment(1, 'LGTM'), comment(2, `quoted\n${marker}`), null)]);
    expect(await writeComment(github, place, 'plan', 'nothing')).toBe('created');
    expect(writes).toEqual([`POST : ${marker}\nplan`]);
  });

  it('updates the comment in place, on any page, by an ID of more than 32 bits', async () => {
    const old = comment(3_200_000_005, `${marker}\r\nold`);
    const { github, writes, requests } = fake([page(1, comment(1, 'x')), page(2), last(comment(2, 'y'), old)]);
    expect(await writeComment(github, place, 'plan', 'nothing')).toBe('updated');
    expect(writes).toEqual([`PATCH 3200000005: ${marker}\nplan`]);
    expect(requests).toEqual([undefined, '1', '2']);
  });

  it('leaves a comment that says the same', async () => {
    const { github, writes } = fake([last(comment(5, `${marker}\nplan`))]);
    expect([await writeComment(github, place, 'plan', 'nothing'), writes]).toEqual(['unchanged', []]);
  });

  it('creates no comment when there is nothing to say, and lets an existing one say so', async () => {
    const none = fake([last(comment(1, 'LGTM'))]);
    expect([await writeComment(none.github, place, undefined, 'nothing'), none.writes]).toEqual(['none', []]);
    const some = fake([last(comment(5, `${marker}\nplan`))]);
    expect(await writeComment(some.github, place, undefined, 'nothing')).toBe('updated');
    expect(some.writes).toEqual([`PATCH 5: ${marker}\nnothing`]);
  });

  it("leaves another author's comment with the marker", async () => {
    const { github, writes } = fake([last(comment(5, `${marker}\nfake`, false))]);
    expect(await writeComment(github, place, 'plan', 'nothing')).toBe('created');
    expect(writes).toEqual([`POST : ${marker}\nplan`]);
  });

  it('does not need to know the author of a comment without the marker', async () => {
    const { github, writes } = fake([last(comment(4, 'LGTM', null), comment(5, `${marker}\nold`))]);
    expect(await writeComment(github, place, 'plan', 'nothing')).toBe('updated');
    expect(writes).toEqual([`PATCH 5: ${marker}\nplan`]);
  });

  it('leaves the comments of other operations and organizations', async () => {
    const other = comment(5, '<!-- neon-org-action:sync-members:org-ab -->\nplan');
    const { github } = fake([last(other, comment(6, `${marker}x`))]);
    expect(await writeComment(github, place, 'plan', 'nothing')).toBe('created');
  });

  it.each<[string, unknown, RegExp]>([
    ['null', null, /incomplete data about the comments of pull request #7/],
    ['a hidden repository', { repository: null }, /incomplete data about the comments of pull request #7/],
    [
      'a hidden pull request',
      { repository: { pullRequest: null } },
      /incomplete data about the comments of pull request #7/,
    ],
    ['no list', response(null, { hasNextPage: false }), /incomplete data about the comments of pull request #7/],
    ['no information about the next page', response([], null), /incomplete data about the comments of pull request #7/],
    ['a next page without a cursor', response([], { hasNextPage: true, endCursor: null }), /incomplete data/],
    ['the same cursor for ever', page(0), /incomplete data/],
    [
      'an own comment without a text',
      last({ ...comment(5, ''), body: null }),
      /incomplete data about the comments of pull request #7/,
    ],
    ['a null author of a comment with the marker', last(comment(5, `${marker}\nplan`, null)), /incomplete data/],
    ['no author of a comment with the marker', last({ fullDatabaseId: '5', body: marker }), /incomplete data/],
    ['an author that is not a boolean', last(comment(5, `${marker}\nplan`, 'true')), /incomplete data/],
    ['an own comment without an id', last(comment(null, marker)), /a comment without its ID/],
    ['an own comment with an id that is not a number', last(comment('IC_1', marker)), /a comment without its ID/],
    ['a failure', new GitHubError({ method: 'POST', route: '/graphql', status: 502, reason: '"bad"' }), /502/],
  ])('writes nothing after %s', async (_case, first, message) => {
    const { github, writes } = fake([first]);
    await expect(writeComment(github, place, 'plan', 'nothing')).rejects.toThrow(message);
    expect(writes).toEqual([]);
  });

  it('names the permission when GraphQL refuses, and writes nothing', async () => {
    const refused = Object.assign(new Error('Request failed'), {
      name: 'GraphqlResponseError',
      errors: [{ message: 'Resource not accessible by integration' }],
      data: { repository: { pullRequest: null } },
    });
    const { github, writes } = fake([refused]);
    await expect(writeComment(github, place, 'plan', 'nothing')).rejects.toThrow(
      'GitHub responded to POST /graphql with 200 "Resource not accessible by integration".\n' +
        'The token in `github_token` requires the permission "Pull requests: write" (in a workflow `permissions: pull-requests: write`).',
    );
    expect(writes).toEqual([]);
  });
});
