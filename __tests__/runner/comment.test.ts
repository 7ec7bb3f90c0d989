import { describe, expect, it } from 'vitest';
import type { GitHub } from '../../src/github/client.ts';
import type { WorkflowEvent } from '../../src/github/event.ts';
import { commentOnPullRequest } from '../../src/runner/comment.ts';

const owner = { operation: 'sweep-keys', org_id: 'org-a' };
const text = { body: '### plan of octo@example.com\n', nothingToSay: '### nothing' };
const opened: WorkflowEvent = { name: 'pull_request', ref: '', payload: { pull_request: { number: 7 } } };
const from = '[sweep-keys](https://github.com/acme/shop/actions/runs/100), organization `org-a`\n';

/** @param existing the body of a comment that this token wrote before */
function fake(event: WorkflowEvent, existing?: string, failure?: Error) {
  const lines: string[] = [];
  const written: unknown[] = [];
  const row = { fullDatabaseId: '5', body: existing, viewerDidAuthor: true };
  const comments = { nodes: existing === undefined ? [] : [row], pageInfo: { hasNextPage: false } };
  const github = {
    graphql: async () => ({ repository: { pullRequest: { comments } } }),
    request: async (_route: string, { body }: { body: string }) => {
      if (failure) throw failure;
      written.push(body);
    },
  } as unknown as GitHub;
  const cancelled = new AbortController();
  const context = {
    event: () => event,
    workflowRun: () => ({
      repositoryId: 1,
      runId: 100,
      runAttempt: 1,
      repository: 'acme/shop',
      runsUrl: 'https://github.com/acme/shop/actions/runs',
      job: 'sweep',
    }),
    github: async () => github,
    forPublic: (shown: string) => shown.replace('octo@', 'o***o@'),
    info: (line: string) => void lines.push(`info: ${line}`),
    warning: (line: string) => void lines.push(`warning: ${line}`),
    cancelled: cancelled.signal,
  };
  return { context, lines, written, cancel: () => cancelled.abort() };
}

describe('commentOnPullRequest', () => {
  it('writes a text that everyone may read, with a link to its run', async () => {
    const { context, lines, written } = fake(opened);
    await commentOnPullRequest(owner, text, context);
    const marker = '<!-- neon-org-action:sweep-keys:org-a -->';
    expect(written).toEqual([`${marker}\n### plan of o***o@example.com\n\n${from}`]);
    expect(lines).toEqual(['info: Wrote a comment on pull request #7.']);
  });

  it('writes nothing when there is nothing to say, unless a comment of an earlier run has to say so', async () => {
    const silent = { ...text, body: undefined };
    const none = fake(opened);
    await commentOnPullRequest(owner, silent, none.context);
    expect([none.written, none.lines]).toEqual([
      [],
      ['info: There is nothing to report on pull request #7, so no comment was written.'],
    ]);
    const some = fake(opened, '<!-- neon-org-action:sweep-keys:org-a -->\nold');
    await commentOnPullRequest(owner, silent, some.context);
    expect(some.written).toEqual([`<!-- neon-org-action:sweep-keys:org-a -->\n### nothing\n\n${from}`]);
    expect(some.lines).toEqual(['info: Updated the comment on pull request #7.']);
  });

  it.each<[string, WorkflowEvent]>([
    ['a push', { name: 'push', ref: '', payload: {} }],
    ['pull_request_target', { ...opened, name: 'pull_request_target' }],
    ['a pull_request without a number', { name: 'pull_request', ref: '', payload: {} }],
  ])('has no effect on %s, and says so', async (_case, event) => {
    const { context, lines, written } = fake(event);
    await commentOnPullRequest(owner, text, context);
    expect([written, lines]).toEqual([
      [],
      ['info: `comment` has no effect, because this run was not triggered by `pull_request`.'],
    ]);
  });

  it('reports a failure as a warning, except after the step is cancelled', async () => {
    const failed = fake(opened, undefined, new Error('No permission.'));
    await commentOnPullRequest(owner, text, failed.context);
    expect(failed.lines).toEqual(['warning: The comment on pull request #7 could not be written. No permission.']);
    const cancelled = fake(opened, undefined, new Error('cancelled'));
    cancelled.cancel();
    await commentOnPullRequest(owner, text, cancelled.context);
    expect(cancelled.lines).toEqual([]);
  });
});
