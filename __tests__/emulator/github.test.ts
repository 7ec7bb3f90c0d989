import type { Octokit } from '@octokit/rest';
import sodium from 'libsodium-wrappers';
import { afterEach, describe, expect, it } from 'vitest';
import { OPERATIONS } from '../../emulator/github/operations.ts';
import { secondaryRateLimit } from '../../emulator/github/respond.ts';
import { renameRepository, SEED } from '../../emulator/github/state.ts';
import { type GitHubOptions, type GitHubServer, startGitHub } from '../../emulator/github.ts';
import { client, refused, shop } from './octokit.ts';

const open: GitHubServer[] = [];
afterEach(() => Promise.all(open.splice(0).map((github) => github.close())));

async function start(options: GitHubOptions = {}): Promise<GitHubServer> {
  const github = await startGitHub(options);
  open.push(github);
  return github;
}

const raw = { mediaType: { format: 'raw+json' } };

async function seal(value: string, key: string): Promise<string> {
  await sodium.ready;
  const sealed = sodium.crypto_box_seal(value, sodium.from_base64(key, sodium.base64_variants.ORIGINAL));
  return sodium.to_base64(sealed, sodium.base64_variants.ORIGINAL);
}

describe('tokens of the emulated GitHub', () => {
  it('get 401 if they are unknown', async () => {
    const github = await start();
    await expect(client(github, 'absent').rest.repos.get(shop)).rejects.toEqual(refused(401, 'Bad credentials'));
  });

  it('get errors with documentation, the status as text, a request ID and the rate limit', async () => {
    const github = await start();
    const error = await client(github, github.tokens.default)
      .rest.actions.getRepoPublicKey(shop)
      .catch((thrown) => thrown);
    expect(error.response.data).toEqual({
      message: 'Resource not accessible by integration',
      documentation_url: 'https://docs.github.com/rest/actions/secrets#get-a-repository-public-key',
      status: '403',
    });
    expect(error.response.headers).toMatchObject({
      'x-accepted-github-permissions': 'secrets=read',
      'x-github-request-id': expect.stringMatching(/^[0-9A-F]{4}:/),
      'x-ratelimit-limit': '1000',
      'x-ratelimit-remaining': '999',
      'x-ratelimit-resource': 'core',
    });
  });

  it.each([
    ['the default token, private', true, 'default', {}, 200],
    ['without contents, private', true, 'default', { metadata: 'read' }, 403],
    ['without contents, public', false, 'default', { metadata: 'read' }, 200],
    ['without a token, private', true, null, {}, 404],
    ['without a token, public', false, null, {}, 200],
  ] as const)('decide whether a file can be read: %s', async (_, hidden, token, permissions, status) => {
    const seed = { private: hidden, ...(Object.keys(permissions).length > 0 && { permissions: { ...permissions } }) };
    const github = await start({ seed });
    const headers = token ? { authorization: `Bearer ${github.tokens[token]}` } : {};
    const response = await fetch(`${github.apiUrl}/repos/acme/shop/contents/README.md`, { headers });
    expect(response.status).toBe(status);
  });

  /** Values for the parameters in the paths of operations. */
  const params: Record<string, string> = {
    owner: 'acme',
    repo: 'shop',
    org: 'acme',
    path: 'README.md',
    ref: 'heads/main',
    pull_number: '1',
    run_id: String(SEED.runId),
    issue_number: '1',
    comment_id: '1',
    environment_name: 'production',
    secret_name: 'NONE',
    team_slug: 'platform',
    repository_id: String(SEED.repositoryId),
  };
  const guarded = Object.entries(OPERATIONS).flatMap(([operation, [method, path, permission]]) =>
    permission === null ? [] : [[operation, method, path, permission] as const],
  );

  it.each(guarded)('need the permission of %s on a private repository', async (operation, method, path, permission) => {
    const github = await start({ pulls: ['open'] });
    const url = github.apiUrl + path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? 'missing');
    const [name = '', level = ''] = permission.split(':');
    const statusWith = async (permissions: Record<string, 'read' | 'write'>) => {
      github.change(({ tokens }) => Object.assign(tokens[1] ?? {}, { permissions }));
      const headers = { authorization: `Bearer ${github.tokens.app}` };
      const response = await fetch(url, { method, headers, ...(method !== 'GET' && { body: '{}' }) });
      expect(response.headers.get('x-accepted-github-permissions')).toBe(`${name}=${level}`);
      return response.status;
    };
    const refusal = name === 'members' ? 404 : 403;
    expect(await statusWith({ other: 'write' })).toBe(refusal);
    if (level === 'write') expect(await statusWith({ [name]: 'read' })).toBe(refusal);
    expect([401, 403]).not.toContain(await statusWith({ [name]: 'write' }));
    expect(await statusWith({ [name]: level as 'read' })).not.toBe(refusal === 404 ? 404 : 403);
    expect(github.requests.map((request) => request.operation)).toContain(operation);
  });

  it('hide another private repository from a GITHUB_TOKEN, but not from the app', async () => {
    const github = await start({ seed: { repositories: [{ id: 42, name: 'other' }] } });
    const other = { owner: 'acme', repo: 'other' };
    await expect(client(github, github.tokens.default).rest.repos.get(other)).rejects.toEqual(
      refused(404, 'Not Found'),
    );
    expect((await client(github).rest.repos.get(other)).data.id).toBe(42);
  });
});

describe('contents of the emulated GitHub', () => {
  it('include a file at a branch, a commit and a pull request, as JSON and raw', async () => {
    const github = await start({ files: { '.github/CODEOWNERS': '* @ada\n' } });
    const { repos } = client(github, github.tokens.default).rest;
    const before = (await repos.getCommit({ ...shop, ref: 'main' })).data.sha;
    const after = await github.commit({ '.github/CODEOWNERS': '* @grace\n', 'docs/größe.md': 'ü' });
    const path = '.github/CODEOWNERS';
    const at = async (ref: string) => (await repos.getContent({ ...shop, path, ref, ...raw })).data;
    expect([await at(before), await at(after), await at('main')]).toEqual(['* @ada\n', '* @grace\n', '* @grace\n']);
    const { data } = await repos.getContent({ ...shop, path });
    expect(data).toMatchObject({
      type: 'file',
      encoding: 'base64',
      content: Buffer.from('* @grace\n').toString('base64'),
    });
    expect((await repos.getContent({ ...shop, path: 'docs/größe.md', ...raw })).data).toBe('ü');
    await github.commit({ [path]: null });
    await expect(at('main')).rejects.toEqual(refused(404, 'Not Found'));
    await expect(at('nowhere')).rejects.toEqual(refused(404, 'No commit found for the ref nowhere'));
  });

  it('include a file over 1 MB only in the raw format', async () => {
    const big = 'x'.repeat(1024 * 1024 + 1);
    const github = await start({ files: { big, small: big.slice(1) } });
    const { repos } = client(github).rest;
    const json = async (path: string) => (await repos.getContent({ ...shop, path })).data;
    expect(await json('big')).toMatchObject({ content: '', encoding: 'none', size: big.length });
    expect(await json('small')).toMatchObject({ encoding: 'base64', size: big.length - 1 });
    expect((await repos.getContent({ ...shop, path: 'big', ...raw })).data).toBe(big);
  });

  it('include the SHA of a branch, as JSON and raw', async () => {
    const github = await start();
    const sha = await github.commit({ a: 'a' });
    const { repos } = client(github, github.tokens.default).rest;
    expect((await repos.get(shop)).data).toMatchObject({
      id: SEED.repositoryId,
      default_branch: 'main',
      private: true,
    });
    expect((await repos.getCommit({ ...shop, ref: 'main' })).data.sha).toBe(sha);
    expect((await repos.getCommit({ ...shop, ref: 'main', mediaType: { format: 'sha' } })).data).toBe(sha);
    await expect(repos.getCommit({ ...shop, ref: 'nope' })).rejects.toEqual(
      refused(422, 'No commit found for SHA: nope'),
    );
  });

  it('include a repository by its ID, and by its name in any case', async () => {
    const github = await start();
    const octokit = client(github, github.tokens.default);
    const byId = await octokit.request('GET /repositories/{id}', { id: SEED.repositoryId });
    expect(byId.data).toMatchObject({ id: SEED.repositoryId, full_name: 'acme/shop' });
    expect((await octokit.rest.repos.get({ owner: 'ACME', repo: 'Shop' })).data.id).toBe(SEED.repositoryId);
    await expect(octokit.request('GET /repositories/{id}', { id: 7 })).rejects.toEqual(refused(404, 'Not Found'));
    github.change((state) => state.repositories.splice(0, 1));
    await expect(octokit.rest.repos.get(shop)).rejects.toEqual(refused(404, 'Not Found'));
  });
});

it('the emulated GitHub finds a renamed repository by its ID, its new name and, with a redirect, its old name', async () => {
  const github = await start({ files: { a: 'a' }, pulls: ['open'] });
  github.change((state) => renameRepository(state, 'acme/shop', 'acme/store'));
  const octokit = client(github, github.tokens.default);
  const { repos, pulls, actions } = octokit.rest;
  const store = { owner: 'acme', repo: 'store' };
  const named = { id: SEED.repositoryId, name: 'store', full_name: 'acme/store' };
  expect((await octokit.request('GET /repositories/{id}', { id: SEED.repositoryId })).data).toMatchObject(named);
  for (const place of [store, shop]) {
    expect((await repos.get(place)).data).toMatchObject(named);
    expect((await repos.getContent({ ...place, path: 'a', ref: 'main', ...raw })).data).toBe('a');
    expect((await pulls.get({ ...place, pull_number: 1 })).data.base.repo).toMatchObject(named);
    expect((await actions.getWorkflowRun({ ...place, run_id: SEED.runId })).data.repository).toMatchObject(named);
  }
  expect(github.requests.map(({ status }) => status)).toEqual([
    200,
    200,
    200,
    200,
    200,
    ...Array(4).fill([301, 200]).flat(),
  ]);
});

describe('pull requests of the emulated GitHub', () => {
  it('can be seeded, opened, closed, reopened and merged', async () => {
    const github = await start({ pulls: ['open', 'closed', 'merged'] });
    const { pulls, repos } = client(github, github.tokens.default).rest;
    const look = async (pull_number: number) => {
      const { data } = await pulls.get({ ...shop, pull_number });
      expect(data.base.repo.id).toBe(SEED.repositoryId);
      return [data.state, data.merged];
    };
    expect([await look(1), await look(2), await look(3)]).toEqual([
      ['open', false],
      ['closed', false],
      ['closed', true],
    ]);
    const number = await github.openPull({ 'new.txt': 'new' });
    expect(await look(number)).toEqual(['open', false]);
    await github.setPull(number, 'closed');
    expect(await look(number)).toEqual(['closed', false]);
    await github.setPull(number, 'open');
    await github.setPull(number, 'merged');
    expect(await look(number)).toEqual(['closed', true]);
    expect((await repos.getContent({ ...shop, path: 'new.txt', ...raw })).data).toBe('new');
    await expect(look(99)).rejects.toEqual(refused(404, 'Not Found'));
  });
});

describe('the refs of a pull request', () => {
  const contentAt = async (github: GitHubServer, path: string, ref: string) => {
    const { repos } = client(github, github.tokens.default).rest;
    return (await repos.getContent({ ...shop, path, ref, ...raw })).data;
  };

  it("contain both sides' changes in merge, and only its own in head", async () => {
    const github = await start({ files: { both: 'old', ours: 'old' } });
    const number = await github.openPull({ both: 'theirs', theirs: 'new' });
    await github.commit({ both: 'main', ours: 'main' });
    const all = async (ref: string) =>
      Promise.all(['both', 'ours', 'theirs'].map((path) => contentAt(github, path, ref)));
    expect(await all(`refs/pull/${number}/merge`)).toEqual(['theirs', 'main', 'new']);
    expect(await all(`pull/${number}/head`)).toEqual(['theirs', 'old', 'new']);
    await github.commit({ ours: 'again' });
    await github.commit({ theirs: 'newer' }, `change-${number}`);
    expect(await all(`refs/pull/${number}/merge`)).toEqual(['theirs', 'again', 'newer']);
    expect(await contentAt(github, 'both', 'main')).toBe('main');
  });

  it('resolve to the same commit until a side changes', async () => {
    const github = await start();
    const number = await github.openPull({ a: 'a' });
    const { repos } = client(github, github.tokens.default).rest;
    const shaOf = async (kind: string) =>
      (await repos.getCommit({ ...shop, ref: `refs/pull/${number}/${kind}`, mediaType: { format: 'sha' } })).data;
    const sha = await shaOf('merge');
    expect(sha).toMatch(/^[0-9a-f]{40}$/);
    expect(await shaOf('merge')).toBe(sha);
    expect(await shaOf('head')).not.toBe(sha);
    await github.commit({ b: 'b' });
    expect(await shaOf('merge')).not.toBe(sha);
    await expect(repos.getCommit({ ...shop, ref: 'refs/pull/99/merge' })).rejects.toEqual(refused(422, 'No commit'));
  });
});

it('the emulated GitHub lists the commits that changed a path, even if the file was deleted since', async () => {
  const github = await start({ files: { 'people.yml': 'x' } });
  await github.commit({ 'people.yml': null });
  const { repos } = client(github, github.tokens.default).rest;
  const count = async (path: string) => (await repos.listCommits({ ...shop, sha: 'main', path })).data.length;
  expect([await count('people.yml'), await count('never.yml')]).toEqual([2, 0]);
});

it('the emulated GitHub creates and updates comments of a pull request with write access', async () => {
  const github = await start({ pulls: ['open'] });
  const { issues } = client(github).rest;
  const pull = { ...shop, issue_number: 1 };
  const { data: created } = await issues.createComment({ ...pull, body: 'plan' });
  await issues.updateComment({ ...shop, comment_id: created.id, body: 'new plan' });
  const comments = 'comments(first: 9) { nodes { fullDatabaseId body } }';
  const query = `{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) { ${comments} } } }`;
  expect(await client(github).graphql(query)).toMatchObject({
    repository: { pullRequest: { comments: { nodes: [{ fullDatabaseId: `${created.id}`, body: 'new plan' }] } } },
  });
  const reader = client(github, github.tokens.default).rest.issues;
  await expect(reader.createComment({ ...pull, body: 'x' })).rejects.toEqual(refused(403, 'not accessible'));
});

describe('workflow runs of the emulated GitHub', () => {
  const id = 2 ** 53 - 1;

  it('are found by ID', async () => {
    const github = await start({ seed: { runs: [{ id, run_attempt: 2, status: 'queued' }] } });
    const { actions } = client(github, github.tokens.default).rest;
    const run = (await actions.getWorkflowRun({ ...shop, run_id: id })).data;
    expect(run).toMatchObject({
      id,
      status: 'queued',
      conclusion: null,
      run_attempt: 2,
      repository: { id: SEED.repositoryId },
    });
    github.change(({ runs }) => Object.assign(runs.find((one) => one.id === id) ?? {}, { status: 'completed' }));
    expect((await actions.getWorkflowRun({ ...shop, run_id: id })).data.status).toBe('completed');
    await expect(actions.getWorkflowRun({ ...shop, run_id: 1 })).rejects.toEqual(refused(404, 'Not Found'));
  });

  it('are listed by status, on several pages', async () => {
    const runs = Array.from({ length: 5 }, (_, index) => ({ id: index + 1 }));
    const github = await start({ seed: { runs } });
    const octokit = client(github, github.tokens.default);
    const wanted = { ...shop, status: 'completed' as const, per_page: 2 };
    const all = await octokit.paginate(octokit.rest.actions.listWorkflowRunsForRepo, wanted);
    expect(all.map((run) => run.id)).toEqual([5, 4, 3, 2, 1]);
    expect(github.requests.filter(({ operation }) => operation === 'listWorkflowRuns')).toHaveLength(3);
  });
});

describe('secrets of the emulated GitHub', () => {
  let now = new Date('2026-01-02T03:04:05.678Z');
  const name = 'NEON_API_KEY';
  const env = { ...shop, environment_name: 'production' };
  const org = { org: 'acme' };

  const places = {
    repository: {
      key: (o: Octokit) => o.rest.actions.getRepoPublicKey(shop),
      put: (o: Octokit, box: { encrypted_value: string; key_id: string }) =>
        o.rest.actions.createOrUpdateRepoSecret({ ...shop, secret_name: name, ...box }),
      list: (o: Octokit) => o.rest.actions.listRepoSecrets(shop),
      get: (o: Octokit) => o.rest.actions.getRepoSecret({ ...shop, secret_name: name }),
      remove: (o: Octokit) => o.rest.actions.deleteRepoSecret({ ...shop, secret_name: name }),
    },
    environment: {
      key: (o: Octokit) => o.rest.actions.getEnvironmentPublicKey(env),
      put: (o: Octokit, box: { encrypted_value: string; key_id: string }) =>
        o.rest.actions.createOrUpdateEnvironmentSecret({ ...env, secret_name: name, ...box }),
      list: (o: Octokit) => o.rest.actions.listEnvironmentSecrets(env),
      get: (o: Octokit) => o.rest.actions.getEnvironmentSecret({ ...env, secret_name: name }),
      remove: (o: Octokit) => o.rest.actions.deleteEnvironmentSecret({ ...env, secret_name: name }),
    },
    organization: {
      key: (o: Octokit) => o.rest.actions.getOrgPublicKey(org),
      put: (o: Octokit, box: { encrypted_value: string; key_id: string }) =>
        o.rest.actions.createOrUpdateOrgSecret({ ...org, secret_name: name, visibility: 'private', ...box }),
      list: (o: Octokit) => o.rest.actions.listOrgSecrets(org),
      get: (o: Octokit) => o.rest.actions.getOrgSecret({ ...org, secret_name: name }),
      remove: (o: Octokit) => o.rest.actions.deleteOrgSecret({ ...org, secret_name: name }),
    },
  };

  it.each(Object.entries(places))(
    'can be created, changed, read, listed and deleted: %s',
    async (scope, { key, put, get, list, remove }) => {
      now = new Date('2026-01-02T03:04:05.678Z');
      const github = await start({ now: () => now });
      const octokit = client(github);
      const { data } = await key(octokit);
      const box = async (value: string) => ({ encrypted_value: await seal(value, data.key), key_id: data.key_id });
      expect((await put(octokit, await box('one'))).status).toBe(201);
      now = new Date('2026-01-02T03:04:07.999Z');
      expect((await put(octokit, await box('zwei ü'))).status).toBe(204);
      const kept = github.secret(scope as keyof typeof places, name);
      expect(kept).toMatchObject({
        value: 'zwei ü',
        created_at: '2026-01-02T03:04:05Z',
        updated_at: '2026-01-02T03:04:07Z',
      });
      const seen = { name, created_at: kept?.created_at, updated_at: kept?.updated_at };
      const visibility = scope === 'organization' ? { visibility: 'private' } : {};
      expect((await get(octokit)).data).toEqual({ ...seen, ...visibility });
      expect((await list(octokit)).data).toEqual({ total_count: 1, secrets: [{ ...seen, ...visibility }] });
      expect((await remove(octokit)).status).toBe(204);
      await expect(get(octokit)).rejects.toEqual(refused(404, 'Not Found'));
      await expect(remove(octokit)).rejects.toEqual(refused(404, 'Not Found'));
      expect((await list(octokit)).data).toEqual({ total_count: 0, secrets: [] });
      expect(github.secret(scope as keyof typeof places, name)).toBeUndefined();
    },
  );

  it.each(Object.entries(places))('cannot be sealed for another key: %s', async (scope, { key, put }) => {
    const github = await start();
    const octokit = client(github);
    const other = client(await start());
    const [ours, theirs] = [(await key(octokit)).data, (await key(other)).data];
    const [good, bad] = [await seal('x', ours.key), await seal('x', theirs.key)];
    const wrong = refused(422, 'an improperly encrypted secret');
    await expect(put(octokit, { encrypted_value: bad, key_id: ours.key_id })).rejects.toEqual(wrong);
    await expect(put(octokit, { encrypted_value: good, key_id: theirs.key_id })).rejects.toEqual(wrong);
    await expect(put(octokit, { encrypted_value: '!', key_id: ours.key_id })).rejects.toEqual(wrong);
    expect(github.secret(scope as keyof typeof places, name)).toBeUndefined();
    expect((await put(octokit, { encrypted_value: good, key_id: ours.key_id })).status).toBe(201);
  });

  it.each(Object.entries(places))('cannot be used with a GITHUB_TOKEN: %s', async (_, { key, get }) => {
    const github = await start();
    const octokit = client(github, github.tokens.default);
    await expect(key(octokit)).rejects.toEqual(refused(403, 'Resource not accessible by integration'));
    await expect(get(octokit)).rejects.toEqual(refused(403, 'Resource not accessible by integration'));
  });

  it('get 404 for a missing environment', async () => {
    const { actions } = client(await start()).rest;
    const nowhere = { ...shop, environment_name: 'nowhere' };
    await expect(actions.getEnvironmentPublicKey(nowhere)).rejects.toEqual(refused(404, 'Not Found'));
  });

  it('have valid names without case', async () => {
    const github = await start();
    const { actions } = client(github).rest;
    const { data } = await actions.getRepoPublicKey(shop);
    const box = { encrypted_value: await seal('x', data.key), key_id: data.key_id };
    await actions.createOrUpdateRepoSecret({ ...shop, secret_name: 'lower_case', ...box });
    expect((await actions.getRepoSecret({ ...shop, secret_name: 'LOWER_case' })).data.name).toBe('LOWER_CASE');
    for (const secret_name of ['1X', 'A-B', 'github_x']) {
      await expect(actions.createOrUpdateRepoSecret({ ...shop, secret_name, ...box })).rejects.toEqual(
        refused(422, 'Secret names'),
      );
    }
  });

  it('can be organization secrets for selected repositories', async () => {
    const github = await start({ seed: { repositories: [{ id: 42, name: 'other' }] } });
    const { actions } = client(github).rest;
    const { data } = await actions.getOrgPublicKey(org);
    const box = { encrypted_value: await seal('x', data.key), key_id: data.key_id };
    const selected = { visibility: 'selected' as const, selected_repository_ids: [42] };
    await actions.createOrUpdateOrgSecret({ ...org, secret_name: name, ...selected, ...box });
    const { repositories } = (await actions.listSelectedReposForOrgSecret({ ...org, secret_name: name })).data;
    expect(repositories.map(({ id, full_name }) => [id, full_name])).toEqual([[42, 'acme/other']]);
    const secret = (await actions.getOrgSecret({ ...org, secret_name: name })).data;
    expect(secret).toMatchObject({ visibility: 'selected', selected_repositories_url: expect.stringContaining(name) });
    const invalid = { ...org, secret_name: name, visibility: 'some' as 'all', ...box };
    await expect(actions.createOrUpdateOrgSecret(invalid)).rejects.toEqual(refused(422, 'visibility'));
  });
});

describe('faults and control endpoints of the emulated GitHub', () => {
  it('answer a secondary rate limit to the second request for a pull request', async () => {
    const github = await start({
      faults: [{ operation: 'getPull', nth: 2, fault: secondaryRateLimit(3) }],
      pulls: ['open'],
    });
    const { pulls } = client(github).rest;
    const get = () => pulls.get({ ...shop, pull_number: 1 });
    await get();
    const error = await get().catch((thrown) => thrown);
    expect(error).toEqual(refused(403, 'secondary rate limit'));
    expect(error.response.headers).toMatchObject({ 'retry-after': '3', 'x-github-request-id': expect.any(String) });
    await get();
    expect(github.requests.map(({ operation, status, performed }) => [operation, status, performed])).toEqual([
      ['getPull', 200, true],
      ['getPull', 403, false],
      ['getPull', 200, true],
    ]);
  });

  it("answer an error in GitHub's form by default", async () => {
    const github = await start({ faults: [{ fault: { type: 'status', status: 502 } }] });
    const error = await client(github)
      .rest.repos.get(shop)
      .catch((thrown) => thrown);
    expect(error.response.data).toEqual({
      message: 'scripted response 502',
      documentation_url: 'https://docs.github.com/rest',
      status: '502',
    });
  });

  it('store a secret even if the response is lost', async () => {
    const points: string[] = [];
    const github = await start({
      faults: [{ operation: 'createOrUpdateRepoSecret', fault: { type: 'drop-after' } }],
      at: (point, { operation, nth }) => void points.push(`${point} ${operation} ${nth}`),
    });
    const { actions } = client(github).rest;
    const { data } = await actions.getRepoPublicKey(shop);
    const box = { encrypted_value: await seal('x', data.key), key_id: data.key_id };
    const put = actions.createOrUpdateRepoSecret({ ...shop, secret_name: 'A', ...box });
    await expect(put).rejects.toThrow('other side closed');
    expect(github.secret('repository', 'a')?.value).toBe('x');
    expect(points.slice(2)).toEqual(['received createOrUpdateRepoSecret 1', 'performed createOrUpdateRepoSecret 1']);
  });

  it('say that an endpoint is not emulated', async () => {
    const github = await start();
    const octokit = client(github);
    await expect(octokit.rest.repos.listTags(shop)).rejects.toEqual(refused(404, 'not emulated'));
    await expect(octokit.rest.issues.create({ ...shop, title: 'x' })).rejects.toEqual(refused(404, 'not emulated'));
    await expect(octokit.rest.orgs.get({ org: 'acme' })).rejects.toEqual(refused(404, 'not emulated'));
    expect(github.requests.map(({ operation }) => operation)).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it('answer 403 with nothing remaining until the hour of the rate limit is over', async () => {
    let now = new Date('2026-01-01T00:00:00Z');
    const github = await start({ now: () => now });
    github.change(({ tokens }) =>
      tokens.forEach((token) => {
        token.rate_limit = 1;
      }),
    );
    const octokit = client(github);
    const { repos } = octokit.rest;
    await repos.get(shop);
    const error = await repos.get(shop).catch((thrown) => thrown);
    expect(error).toEqual(refused(403, 'API rate limit exceeded'));
    expect(error.response.headers).toMatchObject({
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Date.UTC(2026, 0, 1, 1) / 1000),
    });
    await octokit.graphql('{ user(login: "ada") { login } }');
    const graphql = octokit.graphql('{ user(login: "ada") { login } }');
    await expect(graphql).rejects.toMatchObject({ errors: [{ type: 'RATE_LIMITED' }] });
    now = new Date('2026-01-01T01:00:00Z');
    expect((await repos.get(shop)).status).toBe(200);
  });

  it('reset files, pull requests, runs and secrets', async () => {
    const github = await start({ files: { a: 'a' }, pulls: ['open'] });
    const { repos, pulls } = client(github).rest;
    await github.commit({ a: 'b' });
    await github.setPull(1, 'merged');
    github.change((state) => {
      state.runs = [];
    });
    await github.reset();
    expect((await repos.getContent({ ...shop, path: 'a', ...raw })).data).toBe('a');
    expect((await pulls.get({ ...shop, pull_number: 1 })).data.state).toBe('open');
    expect(github.state().runs).toHaveLength(1);
    expect(github.requests).toHaveLength(2);
  });

  it('show no token and no secret', async () => {
    const github = await start();
    const octokit = client(github);
    const { data } = await octokit.rest.actions.getRepoPublicKey(shop);
    const box = { encrypted_value: await seal('plain text', data.key), key_id: data.key_id };
    await octokit.rest.actions.createOrUpdateRepoSecret({ ...shop, secret_name: 'A', ...box });
    const texts = await Promise.all(
      ['state', 'requests'].map(async (what) => (await fetch(`${github.url}/_emulator/${what}`)).text()),
    );
    for (const hidden of ['plain text', ...Object.values(github.tokens)]) expect(texts.join()).not.toContain(hidden);
    expect(texts[0]).toContain('"name": "A"');
  });
});

it('the emulated GitHub Enterprise Server has its REST API below /api/v3, and nothing elsewhere', async () => {
  const github = await start({ enterprise: true });
  expect(new URL(github.apiUrl).pathname).toBe('/api/v3');
  const { data } = await client(github).rest.repos.get(shop);
  expect(data.url).toBe(`${github.apiUrl}/repos/acme/shop`);
  expect(
    (await fetch(`${github.url}/repos/acme/shop`, { headers: { authorization: `Bearer ${github.tokens.app}` } }))
      .status,
  ).toBe(404);
});
