import { beforeAll, describe, expect, it } from 'vitest';
import type { GitHub } from '../../src/github/client.ts';
import { GitHubError } from '../../src/github/errors.ts';
import { type SecretPlace, secretAt } from '../../src/github/secrets.ts';

type Responder = unknown | ((params: Record<string, unknown>) => unknown);

const shop = { owner: 'acme', repo: 'shop' };
const inRepository: SecretPlace = { name: 'NEON', scope: 'repository' };
const inOrganization: SecretPlace = { name: 'NEON', scope: 'organization' };
let key: string;

beforeAll(async () => {
  const { default: sodium } = await import('libsodium-wrappers');
  await sodium.ready;
  key = sodium.to_base64(sodium.crypto_box_keypair().publicKey, sodium.base64_variants.ORIGINAL);
});

function refusal(status: number, more: { maybeDone?: true } = {}): GitHubError {
  return new GitHubError({ method: 'GET', route: '/', status, reason: '"no"', refused: true, ...more });
}
const notFound = () => refusal(404);

/** A GitHub with a response, or several in turn, for the method and the last part of each route. */
function fake(responses: Record<string, Responder[]>) {
  const requests: { route: string; params: Record<string, unknown> }[] = [];
  const request = async (route: string, params: Record<string, unknown>) => {
    requests.push({ route, params });
    const [method, path = ''] = route.split(' ');
    const list = responses[`${method} ${path.split('/').at(-1)}`] ?? [];
    const data = list.length > 1 ? list.shift() : list[0];
    if (data instanceof Error) throw data;
    return { data };
  };
  const github = { request, rest: { repos: { get: async () => ({ data: { id: 812 } }) } } };
  return { github: github as unknown as GitHub, requests };
}

/** Stores a value. @returns the parameters of the PUT */
async function store(place: SecretPlace, responses: Record<string, Responder[]>) {
  const { github, requests } = fake({ 'GET public-key': [{ key_id: 'k', key }], ...responses });
  const write = (await secretAt(github, shop, place).prepare())('value');
  expect(requests.filter(({ route }) => route.startsWith('PUT'))).toEqual([]);
  await write();
  return requests.at(-1) as (typeof requests)[number];
}

describe('a secret', () => {
  it.each<[SecretPlace, string, object]>([
    [inRepository, '/repos/{owner}/{repo}/actions/secrets', shop],
    [
      { name: 'NEON', scope: 'environment', environment: 'staging' },
      '/repos/{owner}/{repo}/environments/{environment_name}/secrets',
      { ...shop, environment_name: 'staging' },
    ],
    [inOrganization, '/orgs/{org}/actions/secrets', { org: 'acme' }],
  ])('is written at its place: %o', async (place, route, params) => {
    const put = await store(place, { 'GET {secret_name}': [{ updated_at: 'x' }] });
    expect(put.route).toBe(`PUT ${route}/{secret_name}`);
    expect(put.params).toMatchObject({ ...params, secret_name: 'NEON', key_id: 'k' });
    expect(put.params['encrypted_value']).toMatch(/^[\w+/]{60,}=*$/);
  });

  it('is not prepared without a public key', async () => {
    const { github } = fake({ 'GET public-key': [{ key_id: 'k' }] });
    await expect(secretAt(github, shop, inRepository).prepare()).rejects.toThrow('did not return the public key');
  });

  it('has the time of its last write, or none if GitHub shows no such secret', async () => {
    const found = fake({ 'GET {secret_name}': [{ updated_at: '2026-11-24T12:00:00Z' }] });
    expect(await secretAt(found.github, shop, inRepository).updatedAt()).toBe('2026-11-24T12:00:00Z');
    const missing = fake({ 'GET {secret_name}': [notFound()] });
    expect(await secretAt(missing.github, shop, inRepository).updatedAt()).toBeUndefined();
  });

  it('has an unknown time if GitHub refuses to show it', async () => {
    const { github } = fake({ 'GET {secret_name}': [refusal(403)] });
    await expect(secretAt(github, shop, inRepository).updatedAt()).rejects.toThrow('403');
  });
});

describe('the readers of an organization secret', () => {
  const list = (...names: string[]) => ({
    total_count: names.length,
    secrets: names.map((name) => ({ name, visibility: 'private' })),
  });
  const readers = (ids: number[], total_count = ids.length) => ({
    total_count,
    repositories: ids.map((id) => ({ id, name: `repository-${id}` })),
  });
  const selected = { 'GET {secret_name}': [{ visibility: 'selected' }] };
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

  it('are this repository only if the organization lists no such secret', async () => {
    const responses = { 'GET {secret_name}': [notFound()], 'GET secrets': [list('OTHER')] };
    const { params } = await store(inOrganization, responses);
    expect(params).toMatchObject({ visibility: 'selected', selected_repository_ids: [812] });
  });

  it('are kept if GitHub returns 404 for a secret that the organization lists', async () => {
    const responses = { 'GET {secret_name}': [notFound()], 'GET secrets': [list('OTHER', 'NEON')] };
    expect((await store(inOrganization, responses)).params).toMatchObject({ visibility: 'private' });
  });

  it('are kept if they are selected repositories', async () => {
    const { params } = await store(inOrganization, { ...selected, 'GET repositories': [readers([5, 812])] });
    expect(params).toMatchObject({ visibility: 'selected', selected_repository_ids: [5, 812] });
  });

  it('are read up to a page that is not full', async () => {
    const pages = [readers(range(1, 100), 150), readers(range(101, 150), 150)];
    const { params } = await store(inOrganization, { ...selected, 'GET repositories': pages });
    expect(params['selected_repository_ids']).toEqual(range(1, 150));
  });

  it.each<[string, Responder[]]>([
    ['fewer than GitHub counts', [readers([5], 2)]],
    ['repeated on the next page', [readers(range(1, 100), 150), readers(range(100, 149), 150)]],
    ['the same full page again and again', [readers(range(1, 100), 150)]],
    ['missing', [{ total_count: 0, message: 'an error' }, {}]],
  ])('stop the write if they are %s', async (_what, pages) => {
    await expect(store(inOrganization, { ...selected, 'GET repositories': pages })).rejects.toThrow('is incomplete');
  });

  it('stop the write if the list that must not contain the secret is incomplete', async () => {
    const responses = { 'GET {secret_name}': [notFound()], 'GET secrets': [{ total_count: 3, secrets: [] }] };
    await expect(store(inOrganization, responses)).rejects.toThrow(
      "GitHub's list of the organization secrets is incomplete.",
    );
  });
});

describe('the removal of a secret', () => {
  const list = (names: string[], total_count = names.length) => ({
    total_count,
    secrets: names.map((name) => ({ name, updated_at: 'x' })),
  });
  const missing = { 'DELETE {secret_name}': [notFound()], 'GET {secret_name}': [notFound()] };
  const places: SecretPlace[] = [
    inRepository,
    { name: 'NEON', scope: 'environment', environment: 'staging' },
    inOrganization,
  ];
  const remove = (responses: Record<string, Responder[]>, place = inRepository) =>
    secretAt(fake(responses).github, shop, place).remove();

  it('reports that the secret existed', async () => {
    expect(await remove({ 'DELETE {secret_name}': [undefined] })).toBe(true);
  });

  it.each(places)('reports that there was no secret if the complete list does not contain it: %o', async (place) => {
    expect(await remove({ ...missing, 'GET secrets': [list(['OTHER'])] }, place)).toBe(false);
    expect(await remove({ ...missing, 'GET secrets': [list([])] }, place)).toBe(false);
  });

  it('reports that the secret existed if an earlier attempt may have deleted it', async () => {
    const responses = { 'DELETE {secret_name}': [refusal(404, { maybeDone: true })], 'GET secrets': [list([])] };
    expect(await remove(responses)).toBe(true);
  });

  it.each(places)('fails if a 404 is followed by a list that contains the secret: %o', async (place) => {
    const responses = { ...missing, 'GET secrets': [list(['OTHER', 'NEON'])] };
    await expect(remove(responses, place)).rejects.toBeInstanceOf(GitHubError);
  });

  it('ignores the case of the name in the list', async () => {
    const removal = remove({ ...missing, 'GET secrets': [list(['NEON'])] }, { ...inRepository, name: 'neon' });
    await expect(removal).rejects.toBeInstanceOf(GitHubError);
  });

  it('fails if the list is incomplete', async () => {
    await expect(remove({ ...missing, 'GET secrets': [list(['OTHER'], 2)] })).rejects.toThrow(
      "GitHub's list of the repository secrets is incomplete.",
    );
  });

  it.each<[string, Record<string, Responder[]>]>([
    ['the DELETE is refused', { 'DELETE {secret_name}': [refusal(403)] }],
    ['the token cannot read the list either', { ...missing, 'GET secrets': [notFound()] }],
  ])('fails if %s', async (_what, responses) => {
    await expect(remove(responses)).rejects.toBeInstanceOf(GitHubError);
  });
});
