import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { parse } from 'yaml';
import { type Endpoints, type NeonReader, readOnly } from '../../src/neon/endpoints.ts';
import { bigId, limit, memberId, names, orgId, requestOf, respondingWith } from './endpoint-calls.ts';

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

describe("the endpoints, compared with Neon's OpenAPI document", () => {
  it('are all included in the comparison', () => {
    expect(Object.keys(respondingWith('{}')).sort()).toEqual([...names].sort());
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
    ['getOrganizationMember', /^a personal API key of a member .* or an organization API key/, /ID of the member/],
    ['getOrganizationInvitations', /^a personal API key of a member .* or an organization API key/, /`org_id`/],
    ['getAuthDetails', /^an active key$/, /`api_host`/],
    ['getCurrentUserInfo', /^a personal API key$/, /^$/],
    ['createOrgApiKey', /personal API key of an organization admin/, /`org_id` and `project_id`/],
    ['revokeOrgApiKey', /personal API key of an organization admin/, /`org_id`/],
    ['createOrganizationInvitations', /personal API key of an organization admin/, /`org_id`/],
    ['updateOrganizationMember', /personal API key of an organization admin/, /ID of the member/],
    ['removeOrganizationMember', /personal API key of an organization admin/, /ID of the member/],
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

describe('the owner of a personal key', () => {
  it('has an ID and an address', async () => {
    const user = { id: 'u', email: 'a@x.io' };
    expect(await respondingWith(JSON.stringify(user)).getCurrentUserInfo()).toEqual(user);
  });

  it.each([{ id: 'u' }, { email: 'a@x.io' }, null])(
    'is unknown after a response without its fields: %j',
    async (body) => {
      await expect(respondingWith(JSON.stringify(body)).getCurrentUserInfo()).rejects.toMatchObject({
        facts: { kind: 'unknown' },
      });
    },
  );
});

describe('readOnly', () => {
  it('keeps all methods that read, and no method that writes', async () => {
    const reading: string[] = [];
    for (const name of names) if ((await requestOf(name)).method === 'GET') reading.push(name);
    const reader = readOnly({ now: () => 0, hasTime: () => true, ...respondingWith('{}') });
    expect(Object.keys(reader).sort()).toEqual([...reading, 'now', 'hasTime'].sort());
    expectTypeOf<NeonReader>().not.toHaveProperty('createOrganizationInvitations');
    expectTypeOf<NeonReader>().not.toHaveProperty('updateOrganizationMember');
    expectTypeOf<NeonReader>().not.toHaveProperty('removeOrganizationMember');
  });
});
