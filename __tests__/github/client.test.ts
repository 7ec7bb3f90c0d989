import { describe, expect, it } from 'vitest';
import { json, listen, open, respondingWith, run, token } from './served.ts';

describe('a request to GitHub', () => {
  it('contains the token and the user agent', async () => {
    const { requests, response } = respondingWith([200, { id: 1 }]);
    const { github } = await open(await listen(response));
    expect((await github.rest.actions.getWorkflowRun(run)).data.id).toBe(1);
    expect(requests[0]?.headers).toMatchObject({ authorization: `token ${token}` });
    expect(requests[0]?.headers['user-agent']).toMatch(/^a-test\/1 /);
  });

  it('uses the paths of an Enterprise Server for REST and GraphQL', async () => {
    const { requests, response } = respondingWith([200, { data: { viewer: null } }]);
    const { github } = await open(`${await listen(response)}/api/v3/`);
    await github.rest.actions.getWorkflowRun(run);
    await github.graphql('{ viewer { login } }');
    expect(requests.map(({ url }) => url)).toEqual(['/api/v3/repos/acme/shop/actions/runs/1', '/api/graphql']);
  });

  it('is sent again when the response breaks off, because that is not an empty response', async () => {
    let requests = 0;
    const url = await listen((_request, response) => {
      requests += 1;
      response.writeHead(200, {
        'content-type': 'application/vnd.github.raw+json; charset=utf-8',
        'content-length': 4,
      });
      if (requests > 1) response.end('text');
      else response.write('te', () => response.destroy());
    });
    const { github } = await open(url);
    const raw = { ...run, path: 'a', mediaType: { format: 'raw' } };
    const { data } = await github.request('GET /repos/{owner}/{repo}/contents/{path}', raw);
    expect([data, requests]).toEqual(['text', 2]);
  });

  it.each(['{"id":', '', '<html>hello</html>', '"text"'])('is sent again when the response is %j', async (body) => {
    let requests = 0;
    const url = await listen((_request, response) => {
      requests += 1;
      response.writeHead(200, json).end(requests > 1 ? '{"id":1}' : body);
    });
    const { github } = await open(url);
    expect((await github.rest.actions.getWorkflowRun(run)).data.id).toBe(1);
    expect(requests).toBe(2);
  });

  it('is sent again when the response to a read has no content, because that is not an empty list', async () => {
    let requests = 0;
    const url = await listen((_request, response) => {
      requests += 1;
      if (requests > 1) response.writeHead(200, json).end('[{"id":1}]');
      else response.writeHead(204).end();
    });
    const { github } = await open(url);
    const list = github.rest.teams.listMembersInOrg;
    expect(await github.paginate(list, { org: 'acme', team_slug: 'a' })).toHaveLength(1);
  });

  it('is sent again when GitHub fails', async () => {
    const { requests, response } = respondingWith([502, {}], [200, { id: 1 }]);
    const { github } = await open(await listen(response));
    expect((await github.rest.actions.getWorkflowRun(run)).data.id).toBe(1);
    expect(requests.length).toBe(2);
  });

  it('is sent again when its response is lost or late', async () => {
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
    const { response } = respondingWith([403, limited, { 'retry-after': '1' }], [200, { id: 1 }]);
    const { github, notices } = await open(await listen(response));
    await github.rest.actions.getWorkflowRun(run);
    expect(notices).toEqual([
      "GitHub's rate limit is exceeded. Sending GET /repos/{owner}/{repo}/actions/runs/{run_id} again in 1 s.",
    ]);
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
    const { requests, response } = respondingWith([200, {}]);
    const reason = new Error('cancelled');
    const { github } = await open(await listen(response), { cancelled: AbortSignal.abort(reason) });
    await expect(github.rest.actions.getWorkflowRun(run)).rejects.toBe(reason);
    expect(requests).toEqual([]);
  });
});

it('connectGitHub uses a proxy for every host except this machine', async () => {
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
