import { describe, expect, it } from 'vitest';
import { isNotFound } from '../../src/github/errors.ts';
import { failureOf, listen, open, respondingWith, run } from './served.ts';

describe('an error of GitHub', () => {
  it('contains the request, the response and what to do', async () => {
    const headers = { 'x-github-request-id': 'ABCD:1', 'x-accepted-github-permissions': 'actions=read' };
    const { response } = respondingWith([403, { message: 'Resource not accessible by integration' }, headers]);
    const { github } = await open(await listen(response));
    expect((await failureOf(github.rest.actions.getWorkflowRun(run))).message).toBe(
      'GitHub responded to GET /repos/acme/shop/actions/runs/1 with 403 "Resource not accessible by integration" (request ID ABCD:1).\n' +
        'The token in `github_token` requires the permission actions: read.',
    );
  });

  const documented = { message: 'Nope', documentation_url: 'https://docs.github.com/rest' };
  it.each<[string, number, unknown, boolean]>([
    ['in the words of GitHub', 422, documented, false],
    ['in the words of GitHub, not found', 404, documented, false],
    ['by a gateway', 403, { message: 'Forbidden' }, true],
    ['by a gateway that ran out of time', 408, documented, true],
    ['by a server that failed', 500, documented, true],
  ])('records whether the request may have been carried out: %s', async (_what, status, body, maybeDone) => {
    const { response } = respondingWith([status, body]);
    const { github } = await open(await listen(response));
    const sent = github.request('PUT /user/starred/{owner}/{repo}', { ...run, request: { retries: 0 } });
    const error = await failureOf(sent);
    expect(error.facts.maybeDone ?? false).toBe(maybeDone);
    expect(isNotFound(error)).toBe(status === 404);
  });

  it('records that an earlier attempt may have been carried out', async () => {
    const { response } = respondingWith([502, {}], [422, documented]);
    const { github } = await open(await listen(response));
    expect((await failureOf(github.rest.actions.getWorkflowRun(run))).facts).toMatchObject({
      status: 422,
      maybeDone: true,
    });
  });

  it('does not count as not found when a gateway answers with 404', async () => {
    const { response } = respondingWith([404, '<html>not here</html>']);
    const { github } = await open(await listen(response));
    expect(isNotFound(await failureOf(github.rest.actions.getWorkflowRun(run)))).toBe(false);
  });

  it('contains the title of a gateway’s page', async () => {
    const page = '<html><head><title>Blocked by proxy\n::error::</title></head></html>';
    const url = await listen((_request, response) => {
      response.writeHead(403, { 'content-type': 'text/html' }).end(page);
    });
    const { github } = await open(url);
    const error = await failureOf(github.rest.actions.getWorkflowRun(run));
    expect(error.message).toContain('with 403 and a page titled "Blocked by proxy ::error::".');
    expect(error.facts.maybeDone).toBe(true);
  });

  it('names the permission that the request needs, even after a 404', async () => {
    const { response } = respondingWith([404, { message: 'Not Found' }]);
    const { github } = await open(await listen(response));
    const sent = github.request('GET /orgs/{org}/teams', { org: 'acme', request: { needs: '"Members: read"' } });
    expect((await failureOf(sent)).message).toContain(
      'Either it does not exist, or the token in `github_token` lacks the permission "Members: read".',
    );
  });

  it.each([
    [401, { message: 'Bad credentials' }, {}, 'does not accept the token'],
    [
      403,
      { message: 'API rate limit exceeded' },
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '99999999999' },
      'later',
    ],
    [422, { message: 'two\n::error::lines' }, {}, '422 "two ::error::lines".'],
  ])('explains %i %o', async (status, body, headers, shown) => {
    const { response } = respondingWith([status, body, headers]);
    const { github } = await open(await listen(response));
    expect((await failureOf(github.rest.actions.getWorkflowRun(run))).message).toContain(shown);
  });

  it('names a server that cannot be reached', async () => {
    const { github } = await open('http://127.0.0.1:9/');
    const { message } = await failureOf(github.request('GET /meta', { request: { retries: 0 } }));
    expect(message).toContain('GitHub sent no usable response to GET /meta: ');
    expect(message).toContain('Check `github_api_url`');
  });
});
