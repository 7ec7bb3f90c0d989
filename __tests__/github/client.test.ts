import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { connectGitHub, type GitHubOptions } from '../../src/github/client.ts';
import { GitHubError, isNotFound } from '../../src/github/errors.ts';

const servers: Server[] = [];
const token = 'github-token-of-a-test';

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function open(url: string, options: Partial<GitHubOptions> = {}) {
  const notices: string[] = [];
  const never = new AbortController().signal;
  const base = { token, userAgent: 'a-test/1', timeoutMs: 5000, env: {}, cancelled: never, debug: () => {} };
  const notice = (line: string) => void notices.push(line);
  return connectGitHub({ apiUrl: new URL(url), notice, ...base, ...options }).then((github) => ({ github, notices }));
}

const run = { owner: 'acme', repo: 'shop', run_id: 1 };
const json = { 'content-type': 'application/json' };

async function failureOf(work: Promise<unknown>): Promise<GitHubError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(GitHubError);
  expect(String(error)).not.toContain(token);
  return error as GitHubError;
}

/** Answers requests in turn, and then repeats the last answer. */
function answering(...answers: [status: number, body: unknown, headers?: Record<string, string>][]) {
  const asked: IncomingMessage[] = [];
  const answer: RequestListener = (request, response) => {
    const [status, body, headers] = answers[Math.min(asked.push(request), answers.length) - 1] ?? [500, {}];
    response.writeHead(status, { ...json, ...headers }).end(JSON.stringify(body));
  };
  return { asked, answer };
}

describe('a request to GitHub', () => {
  it('contains the token and the user agent', async () => {
    const { asked, answer } = answering([200, { id: 1 }]);
    const { github } = await open(await listen(answer));
    expect((await github.rest.actions.getWorkflowRun(run)).data.id).toBe(1);
    expect(asked[0]?.headers).toMatchObject({ authorization: `token ${token}` });
    expect(asked[0]?.headers['user-agent']).toMatch(/^a-test\/1 /);
  });

  it('uses the paths of an Enterprise Server for REST and GraphQL', async () => {
    const { asked, answer } = answering([200, { data: { viewer: null } }]);
    const { github } = await open(`${await listen(answer)}/api/v3/`);
    await github.rest.actions.getWorkflowRun(run);
    await github.graphql('{ viewer { login } }');
    expect(asked.map(({ url }) => url)).toEqual(['/api/v3/repos/acme/shop/actions/runs/1', '/api/graphql']);
  });

  it('is sent again when the answer breaks off, because that is not an empty answer', async () => {
    let asked = 0;
    const url = await listen((_request, response) => {
      asked += 1;
      response.writeHead(200, {
        'content-type': 'application/vnd.github.raw+json; charset=utf-8',
        'content-length': 4,
      });
      if (asked > 1) response.end('text');
      else response.write('te', () => response.destroy());
    });
    const { github } = await open(url);
    const raw = { ...run, path: 'a', mediaType: { format: 'raw' } };
    const { data } = await github.request('GET /repos/{owner}/{repo}/contents/{path}', raw);
    expect([data, asked]).toEqual(['text', 2]);
  });

  it.each(['{"id":', '', '<html>hello</html>', '"text"'])('is sent again when the answer is %j', async (body) => {
    let asked = 0;
    const url = await listen((_request, response) => {
      asked += 1;
      response.writeHead(200, json).end(asked > 1 ? '{"id":1}' : body);
    });
    const { github } = await open(url);
    expect((await github.rest.actions.getWorkflowRun(run)).data.id).toBe(1);
    expect(asked).toBe(2);
  });

  it('is sent again when a read is answered without content, because that is not an empty list', async () => {
    let asked = 0;
    const url = await listen((_request, response) => {
      asked += 1;
      if (asked > 1) response.writeHead(200, json).end('[{"id":1}]');
      else response.writeHead(204).end();
    });
    const { github } = await open(url);
    const list = github.rest.teams.listMembersInOrg;
    expect(await github.paginate(list, { org: 'acme', team_slug: 'a' })).toHaveLength(1);
  });

  it('is sent again when GitHub fails', async () => {
    const { asked, answer } = answering([502, {}], [200, { id: 1 }]);
    const { github } = await open(await listen(answer));
    expect((await github.rest.actions.getWorkflowRun(run)).data.id).toBe(1);
    expect(asked.length).toBe(2);
  });

  it('is sent again when its answer is lost or late', async () => {
    let requests = 0;
    const url = await listen((request, response) => {
      requests += 1;
      if (requests === 1) request.socket.destroy();
      else if (requests > 2) response.writeHead(200, json).end('{"id":1}');
    });
    const { github } = await open(url, { timeoutMs: 200 });
    expect((await github.rest.actions.getWorkflowRun(run)).data.id).toBe(1);
    expect(requests).toBe(3);
  });

  it('waits for a rate limit that ends soon, and logs the wait', async () => {
    const limited = { message: 'You have exceeded a secondary rate limit.' };
    const { answer } = answering([403, limited, { 'retry-after': '1' }], [200, { id: 1 }]);
    const { github, notices } = await open(await listen(answer));
    await github.rest.actions.getWorkflowRun(run);
    expect(notices).toEqual(["GitHub's rate limit: GET /repos/{owner}/{repo}/actions/runs/{run_id} waits 1 s."]);
  });
});

describe('an error of GitHub', () => {
  it('contains the request, the answer and what to do', async () => {
    const headers = { 'x-github-request-id': 'ABCD:1', 'x-accepted-github-permissions': 'actions=read' };
    const { answer } = answering([403, { message: 'Resource not accessible by integration' }, headers]);
    const { github } = await open(await listen(answer));
    expect((await failureOf(github.rest.actions.getWorkflowRun(run))).message).toBe(
      'GitHub answered GET /repos/acme/shop/actions/runs/1 with 403 "Resource not accessible by integration" (request id ABCD:1).\n' +
        'The token in `github_token` needs the permission actions: read.',
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
    const { answer } = answering([status, body]);
    const { github } = await open(await listen(answer));
    const asked = github.request('PUT /user/starred/{owner}/{repo}', { ...run, request: { retries: 0 } });
    const error = await failureOf(asked);
    expect(error.facts.maybeDone ?? false).toBe(maybeDone);
    expect(isNotFound(error)).toBe(status === 404);
  });

  it('records that an earlier attempt may have been carried out', async () => {
    const { answer } = answering([502, {}], [422, documented]);
    const { github } = await open(await listen(answer));
    expect((await failureOf(github.rest.actions.getWorkflowRun(run))).facts).toMatchObject({
      status: 422,
      maybeDone: true,
    });
  });

  it('does not count as not found when a gateway answers with 404', async () => {
    const { answer } = answering([404, '<html>not here</html>']);
    const { github } = await open(await listen(answer));
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
    const { answer } = answering([404, { message: 'Not Found' }]);
    const { github } = await open(await listen(answer));
    const asked = github.request('GET /orgs/{org}/teams', { org: 'acme', request: { needs: 'Members: read' } });
    expect((await failureOf(asked)).message).toContain(
      'Either it does not exist, or the token in `github_token` lacks the permission Members: read.',
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
    const { answer } = answering([status, body, headers]);
    const { github } = await open(await listen(answer));
    expect((await failureOf(github.rest.actions.getWorkflowRun(run))).message).toContain(shown);
  });

  it('names a server that cannot be reached', async () => {
    const { github } = await open('http://127.0.0.1:9/');
    const { message } = await failureOf(github.request('GET /meta', { request: { retries: 0 } }));
    expect(message).toContain('GitHub did not answer GET /meta: ');
    expect(message).toContain('Check `github_api_url`');
  });
});

describe('a request to GitHub, when the step is cancelled', () => {
  it('ends at once with the reason if it is in progress', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const { github } = await open(await listen(() => controller.abort(reason)), { cancelled: controller.signal });
    await expect(github.rest.actions.getWorkflowRun(run)).rejects.toBe(reason);
  });

  it('is not sent', async () => {
    const { asked, answer } = answering([200, {}]);
    const reason = new Error('cancelled');
    const { github } = await open(await listen(answer), { cancelled: AbortSignal.abort(reason) });
    await expect(github.rest.actions.getWorkflowRun(run)).rejects.toBe(reason);
    expect(asked).toEqual([]);
  });
});

it('uses a proxy for every host except this machine', async () => {
  const through: string[] = [];
  const proxy = await listen((request, response) => {
    through.push(`${request.method} ${request.url}`);
    response.writeHead(200, json).end('{"id":1}');
  });
  // 0.0.0.0 reaches this machine and is not a loopback address.
  const { github } = await open('http://0.0.0.0:8080', { env: { http_proxy: proxy } });
  expect((await github.rest.actions.getWorkflowRun(run)).data.id).toBe(1);
  expect(through).toEqual(['GET http://0.0.0.0:8080/repos/acme/shop/actions/runs/1']);
});
