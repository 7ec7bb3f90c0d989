import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { parse } from 'yaml';
import { neonEndpoints } from '../../src/neon/connect.ts';
import { asNeonWroteIt, type Endpoints, type NeonReader, readOnly } from '../../src/neon/endpoints.ts';
import { NeonError } from '../../src/neon/errors.ts';
import { createRequester, type NeonRequest } from '../../src/neon/requests.ts';
import { fakeClock } from '../fake-clock.ts';

// biome-ignore lint/suspicious/noExplicitAny: the OpenAPI document is walked, not typed
type Json = any;

const packageFile = createRequire(import.meta.url).resolve('@neondatabase/api-client/package.json');
const document: Json = parse(readFileSync(packageFile.replace('package.json', 'public-v2-for-users.gen.yaml'), 'utf8'));

function resolve(node: Json): Json {
  if (typeof node?.$ref !== 'string') return node;
  return resolve(
    node.$ref
      .slice(2)
      .split('/')
      .reduce((at: Json, key: string) => at[key], document),
  );
}

/** The properties of a schema, including those of its parts. */
function membersOf(node: Json): { properties: Record<string, Json>; required: string[] } {
  const { properties = {}, required = [], allOf = [] } = resolve(node);
  const parts = allOf.map(membersOf);
  return {
    properties: Object.assign({}, properties, ...parts.map((part: Json) => part.properties)),
    required: [...required, ...parts.flatMap((part: Json) => part.required)],
  };
}

const documented = Object.entries(document.paths as Json).flatMap(([path, methods]) =>
  Object.entries(methods as Json).map(([method, operation]) => ({ path, method, operation: operation as Json })),
);

const orgId = 'org-sunny-meadow-12345678';
const bigId = '9007199254740993';
const memberId = '5fee13ac-957b-40cd-8de0-4d494cc28e28';
const token = 'token-'.padEnd(40, 'x');

/** A call of each endpoint. */
const calls: { [O in keyof Endpoints]: (neon: Endpoints) => Promise<unknown> } = {
  getOrganization: (neon) => neon.getOrganization(),
  listOrgApiKeys: (neon) => neon.listOrgApiKeys(),
  getAuthDetails: (neon) => neon.getAuthDetails(),
  createOrgApiKey: (neon) => neon.createOrgApiKey({ key_name: 'a', project_id: 'cool-river-1' }),
  revokeOrgApiKey: (neon) => neon.revokeOrgApiKey(bigId),
  listApiKeys: (neon) => neon.listApiKeys(),
  createApiKey: (neon) => neon.createApiKey({ key_name: 'a' }),
  revokeApiKey: (neon) => neon.revokeApiKey(bigId),
  getOrganizationMembers: (neon) => neon.getOrganizationMembers(),
  getOrganizationMember: (neon) => neon.getOrganizationMember(memberId),
  getOrganizationInvitations: (neon) => neon.getOrganizationInvitations(),
  getCurrentUserInfo: (neon) => neon.getCurrentUserInfo(),
  createOrganizationInvitations: (neon) => neon.createOrganizationInvitations([{ email: 'a@x.io', role: 'member' }]),
  updateOrganizationMember: (neon) => neon.updateOrganizationMember(memberId, 'admin'),
  removeOrganizationMember: (neon) => neon.removeOrganizationMember(memberId),
};
const names = Object.keys(calls) as (keyof Endpoints)[];
const limit = async () => undefined;

/** The request that a call would send. */
async function requestOf(name: keyof Endpoints): Promise<NeonRequest<unknown>> {
  let asked: NeonRequest<unknown> | undefined;
  const send = <T>(request: NeonRequest<T>) => {
    asked ??= request;
    return Promise.reject(new Error('no answer is needed'));
  };
  await calls[name](neonEndpoints(send, orgId, limit)).catch(() => undefined);
  return asked as NeonRequest<unknown>;
}

/** The endpoints with a transport that always returns this answer. */
function answering(text: string): Endpoints {
  const send = createRequester({
    transport: { exchange: async () => ({ status: 200, headers: {}, text }) },
    clock: fakeClock(),
    newRequestId: () => 'request-1',
    random: () => 0,
    retry: { attempts: 1, longestWaitMs: 0 },
    timeoutMs: 1000,
    limit,
    info: () => undefined,
    debug: () => undefined,
  });
  return neonEndpoints(send, orgId, limit);
}

describe("the endpoints, compared with Neon's OpenAPI document", () => {
  it('are all called here', () => {
    expect(Object.keys(answering('{}')).sort()).toEqual([...names].sort());
  });

  it.each(names)('%s has the operationId, method and path of the document', async (name) => {
    const { operationId, method, path } = await requestOf(name);
    const { path: template, method: theirs } = documented.find(({ operation }) => operation.operationId === name) ?? {};
    const filled = template?.replace('{org_id}', orgId).replace('{key_id}', bigId).replace('{member_id}', memberId);
    expect({ operationId, method, path: path.split('?')[0] }).toEqual({
      operationId: name,
      method: theirs?.toUpperCase(),
      path: filled,
    });
  });

  it.each(names)('%s sends the body of the document', async (name) => {
    const { body } = await requestOf(name);
    const { operation } = documented.find((one) => one.operation.operationId === name) ?? {};
    const schema = resolve(operation?.requestBody)?.content['application/json'].schema;
    expect(body !== undefined).toBe(schema !== undefined);
    if (!schema) return;
    const { properties, required } = membersOf(schema);
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(body as object)));
    expect(Object.keys(body as object)).toEqual(expect.arrayContaining(required));
  });

  it.each(names)('%s is sent twice only if the second request has no effect', async (name) => {
    const { method, idempotent } = await requestOf(name);
    const harmless = method === 'GET' || !name.startsWith('create');
    expect(idempotent).toBe(harmless);
  });

  // By Neon's documentation, "Manage API keys".
  it.each<[keyof Endpoints, RegExp, RegExp]>([
    ['getOrganization', /^a personal API key of a member .* or an organization API key that is not/, /`org_id`/],
    ['listOrgApiKeys', /^a personal API key of a member .* or an organization API key that is not/, /`org_id`/],
    ['getOrganizationMembers', /^a personal API key of a member .* or an organization API key/, /`org_id`/],
    ['getOrganizationMember', /^a personal API key of a member .* or an organization API key/, /id of the member/],
    ['getOrganizationInvitations', /^a personal API key of a member .* or an organization API key/, /`org_id`/],
    ['getAuthDetails', /^a key that is active$/, /`api_host`/],
    ['getCurrentUserInfo', /^a personal API key$/, /^$/],
    ['createOrgApiKey', /personal API key of an organization admin/, /`org_id` and `project_id`/],
    ['revokeOrgApiKey', /personal API key of an organization admin/, /`org_id`/],
    ['createOrganizationInvitations', /personal API key of an organization admin/, /`org_id`/],
    ['updateOrganizationMember', /personal API key of an organization admin/, /id of the member/],
    ['removeOrganizationMember', /personal API key of an organization admin/, /id of the member/],
  ])('%s names the key that it needs, and what to check after a 404', async (name, key, check) => {
    const { needs, checkWhenNotFound } = await requestOf(name);
    expect(needs).toMatch(key);
    expect(checkWhenNotFound).toMatch(check);
  });

  it('use a separate rate limit only for new keys', async () => {
    const limited: string[] = [];
    for (const name of names) if ((await requestOf(name)).limit === limit) limited.push(name);
    expect(limited).toEqual(['createOrgApiKey']);
  });
});

describe('answers about keys', () => {
  const key = { name: 'a', created_at: '2026-11-24T12:00:00Z' };

  it('keep IDs beyond 2^53 exact, and return them as Neon wrote them', async () => {
    const written = `{"id":${bigId},"name":"a","created_at":"2026"}`;
    const [listed] = await answering(`[${written}]`).listOrgApiKeys();
    expect(listed).toEqual({ id: bigId, name: 'a', created_at: '2026' });
    expect(JSON.stringify(asNeonWroteIt(listed ?? { id: '' }))).toBe(written);
  });

  it('have small IDs as text, too', async () => {
    expect(await answering('{"id":7,"name":"a","revoked":true}').revokeOrgApiKey('7')).toMatchObject({ id: '7' });
  });

  it('contain the token of a new key', async () => {
    const text = JSON.stringify({ ...key, id: 7, key: token });
    expect(await answering(text).createOrgApiKey({ key_name: 'a' })).toEqual({ ...key, id: '7', key: token });
  });

  it('leave out a token in a list', async () => {
    expect(await answering(JSON.stringify([{ ...key, id: 7, key: token }])).listOrgApiKeys()).toEqual([
      { ...key, id: '7' },
    ]);
  });

  it.each([
    ['it says that the key is not revoked', { id: 7, name: 'a', revoked: false }],
    ['it does not say that the key is revoked', { id: 7, name: 'a' }],
    ['it is about another key', { id: 8, name: 'a', revoked: true }],
  ])('do not count a key as revoked when %s', async (_what, body) => {
    await expect(answering(JSON.stringify(body)).revokeOrgApiKey('7')).rejects.toMatchObject({
      facts: { kind: 'unknown', status: 200 },
    });
  });

  it.each([
    '-9007199254740993',
    '90071992547409930000',
    '[9007199254740993]',
    '"7"',
    '"007"',
    '[7]',
    '0',
    '-7',
    '7.5',
    '1e30',
    'null',
  ])('reject the key ID %s', async (id) => {
    await expect(answering(`[{"id":${id},"name":"a"}]`).listOrgApiKeys()).rejects.toMatchObject({
      facts: { kind: 'unknown' },
    });
  });

  it('keep all other fields, including new ones', async () => {
    expect(await answering('{"id":"org-a","novelty":[1]}').getOrganization()).toEqual({ id: 'org-a', novelty: [1] });
  });

  it.each<[keyof Endpoints, string, unknown]>([
    ['getOrganization', 'null', null],
    ['getOrganization', 'a list', []],
    ['getOrganization', 'a text', 'org'],
    ['listOrgApiKeys', 'an object', { keys: [] }],
    ['listOrgApiKeys', 'null', null],
    ['listOrgApiKeys', 'one entry of many without an id', [{ ...key, id: 1 }, key]],
    ['listOrgApiKeys', 'an entry without a name', [{ id: 1 }]],
    ['listOrgApiKeys', 'an entry that is null', [null]],
    ['createOrgApiKey', 'no token', { ...key, id: 1 }],
    ['createOrgApiKey', 'an empty token', { ...key, id: 1, key: '' }],
    ['createOrgApiKey', 'a token that cannot stand in a header', { ...key, id: 1, key: 'line\nbreak' }],
    ['createOrgApiKey', 'a token after a space', { ...key, id: 1, key: ` ${token}` }],
    ['createOrgApiKey', 'a token with more on the next line', { ...key, id: 1, key: `${token}\nHost: x` }],
    ['createOrgApiKey', 'a token that is not text', { ...key, id: 1, key: 1_234_567_890_123_456 }],
    ['createOrgApiKey', 'no ID', { ...key, key: token }],
    ['createOrgApiKey', 'a negative id', { ...key, id: -1, key: token }],
    ['createOrgApiKey', 'an ID that is not an integer', { ...key, id: 1.5, key: token }],
    ['createOrgApiKey', 'an ID that is a path', { ...key, id: '../1', key: token }],
    ['createOrgApiKey', 'a name that is not text', { id: 1, name: 5, key: token }],
    ['revokeOrgApiKey', 'nothing in it', {}],
    ['revokeOrgApiKey', 'null', null],
  ])('leave the outcome of %s unknown when it is answered with %s', async (name, _what, body) => {
    const error: unknown = await calls[name](answering(JSON.stringify(body))).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NeonError);
    expect((error as NeonError).facts.kind).toBe('unknown');
    expect((error as NeonError).message).not.toContain(token);
  });
});

describe('endpoints for members', () => {
  const row = (id: string, email = `${id}@x.io`) => ({
    member: { id, user_id: `u-${id}`, role: 'member' },
    user: { email },
  });

  /** The endpoints with a transport that returns these pages by their cursors, and the requested cursors. */
  function paged(pages: Record<string, unknown>): { neon: Endpoints; asked: (string | null)[] } {
    const asked: (string | null)[] = [];
    const send = async <T>(request: NeonRequest<T>) => {
      const query = new URLSearchParams(request.path.split('?')[1]);
      asked.push(query.get('cursor'));
      return request.read(pages[query.get('cursor') ?? '']) as T;
    };
    return { neon: neonEndpoints(send, orgId, limit), asked };
  }

  it('read all pages', async () => {
    const { neon, asked } = paged({
      '': { members: [row('a'), row('b')], pagination: { next: 'x+/=&y' } },
      'x+/=&y': { members: [], pagination: { next: 'z' } },
      z: { members: [row('b'), row('c')], pagination: {} },
    });
    expect((await neon.getOrganizationMembers()).map(({ member: { id } }) => id)).toEqual(['a', 'b', 'c']);
    expect(asked).toEqual([null, 'x+/=&y', 'z']);
  });

  it('accept a list without pages', async () => {
    expect(await paged({ '': { members: [row('a')] } }).neon.getOrganizationMembers()).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['an empty text', ''],
    ['missing', undefined],
  ])('stop at a page whose cursor is %s', async (_case, next) => {
    const { neon } = paged({ '': { members: [row('a')], pagination: { next } } });
    expect(await neon.getOrganizationMembers()).toHaveLength(1);
  });

  it('stop at an empty last page, and at the second empty page with a cursor', async () => {
    const first = { members: [row('a')], pagination: { next: 'x' } };
    expect(await paged({ '': first, x: { members: [] } }).neon.getOrganizationMembers()).toHaveLength(1);
    const empty = (next: string) => ({ members: [], pagination: { next } });
    const endless = paged({ '': first, x: empty('y'), y: empty('z'), z: empty('x') });
    expect(await endless.neon.getOrganizationMembers()).toHaveLength(1);
    expect(endless.asked).toEqual([null, 'x', 'y']);
  });

  it('reject a page that has a new cursor and repeats members', async () => {
    const { neon, asked } = paged({
      '': { members: [row('a')], pagination: { next: 'x' } },
      x: { members: [row('b')], pagination: { next: 'y' } },
      y: { members: [row('a'), row('b')], pagination: { next: 'z' } },
    });
    await expect(neon.getOrganizationMembers()).rejects.toMatchObject({
      message:
        'getOrganizationMembers (GET /…/members) got no usable answer: a page has a cursor for the next one and no member that was not on an earlier page (request id in the debug log).',
    });
    expect(asked).toHaveLength(3);
  });

  it.each([
    ['member', 'editor', true],
    ['editor', 'member', true],
    ['viewer', 'member', false],
  ] as const)('accept a role that is returned under its other name: %s for %s', async (asked, answered, isSet) => {
    const send = async <T>(request: NeonRequest<T>) =>
      request.read({ id: 'a', user_id: 'u', org_id: orgId, role: answered }) as T;
    const member = await neonEndpoints(send, orgId, limit).updateOrganizationMember('a', asked);
    expect(member !== undefined).toBe(isSet);
  });

  it.each<[string, unknown]>([
    ['no list', {}],
    ['null', null],
    ['a member without an address', { members: [{ ...row('a'), user: {} }] }],
    ['an empty address', { members: [row('a', '')] }],
    ['a member without an id', { members: [{ member: { user_id: 'u', role: 'admin' }, user: { email: 'a@x.io' } }] }],
    ['null among members', { members: [null] }],
    ['a cursor that is not text', { members: [], pagination: { next: 5 } }],
  ])('reject a list without members: %s', async (_what, body) => {
    await expect(answering(JSON.stringify(body)).getOrganizationMembers()).rejects.toMatchObject({
      facts: { kind: 'unknown', status: 200 },
    });
  });

  it('accept a changed role in the returned member', async () => {
    const member = { id: memberId, user_id: 'u', role: 'admin' };
    expect(await answering(JSON.stringify(member)).updateOrganizationMember(memberId, 'admin')).toEqual(member);
  });

  it.each([
    ['another role', { id: memberId, user_id: 'u', role: 'member' }],
    ['another member', { id: 'x', user_id: 'u', role: 'admin' }],
    ['nothing', {}],
  ])('reject a changed role if the answer is about %s', async (_what, body) => {
    await expect(answering(JSON.stringify(body)).updateOrganizationMember(memberId, 'admin')).rejects.toMatchObject({
      facts: { kind: 'unknown' },
    });
  });

  it('escape the ID of a member in the path', async () => {
    const paths: string[] = [];
    const send = async <T>({ path }: NeonRequest<T>) => {
      paths.push(path);
      return undefined as T;
    };
    const { removeOrganizationMember } = neonEndpoints(send, orgId, limit);
    await removeOrganizationMember('../api_keys/7?x');
    await removeOrganizationMember('half \ud800');
    expect(paths).toEqual([
      `/organizations/${orgId}/members/..%2Fapi_keys%2F7%3Fx`,
      `/organizations/${orgId}/members/half%20%EF%BF%BD`,
    ]);
  });
});

describe('endpoints for invitations', () => {
  const invitation = { id: 'i', email: 'a@x.io', role: 'member', invited_at: '2026-11-24T12:00:00Z' };

  it('return every invitation that Neon lists', async () => {
    const invitations = [invitation, { ...invitation, id: 'j' }];
    expect(await answering(JSON.stringify({ invitations })).getOrganizationInvitations()).toEqual(invitations);
    expect(await answering('{"invitations":[]}').getOrganizationInvitations()).toEqual([]);
  });

  it.each<unknown>([
    {},
    null,
    { invitations: 5 },
    ...Object.keys(invitation).flatMap((name) => [
      { invitations: [invitation, { ...invitation, [name]: '' }] },
      { invitations: [{ ...invitation, [name]: 5 }, invitation] },
    ]),
  ])('never report an unexpected answer as no invitations: %j', async (body) => {
    await expect(answering(JSON.stringify(body)).getOrganizationInvitations()).rejects.toMatchObject({
      facts: { kind: 'unknown' },
    });
  });
});

describe('the owner of a personal key', () => {
  it('has an ID and an address', async () => {
    const user = { id: 'u', email: 'a@x.io' };
    expect(await answering(JSON.stringify(user)).getCurrentUserInfo()).toEqual(user);
  });

  it.each([{ id: 'u' }, { email: 'a@x.io' }, null])(
    'is unknown after an answer without its fields: %j',
    async (body) => {
      await expect(answering(JSON.stringify(body)).getCurrentUserInfo()).rejects.toMatchObject({
        facts: { kind: 'unknown' },
      });
    },
  );
});

describe('readOnly', () => {
  it('keeps all methods that read, and no method that writes', async () => {
    const reading: string[] = [];
    for (const name of names) if ((await requestOf(name)).method === 'GET') reading.push(name);
    const reader = readOnly({ now: () => 0, hasTime: () => true, ...answering('{}') });
    expect(Object.keys(reader).sort()).toEqual([...reading, 'now', 'hasTime'].sort());
    expectTypeOf<NeonReader>().not.toHaveProperty('createOrganizationInvitations');
    expectTypeOf<NeonReader>().not.toHaveProperty('updateOrganizationMember');
    expectTypeOf<NeonReader>().not.toHaveProperty('removeOrganizationMember');
  });
});
