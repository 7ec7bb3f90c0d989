import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createApiClient } from '@neondatabase/api-client';
import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { OPERATION_IDS, OPERATIONS, type OperationId } from '../../emulator/operations.ts';
import { type NeonServer, startNeon } from '../../emulator/server.ts';
import { SEED } from '../../emulator/state.ts';
import { type Sent, send } from './client.ts';

// biome-ignore lint/suspicious/noExplicitAny: the OpenAPI document and its schemas are walked, not typed
type Json = any;

const packageFile = createRequire(import.meta.url).resolve('@neondatabase/api-client/package.json');
const document: Json = parse(readFileSync(packageFile.replace('package.json', 'public-v2-for-users.gen.yaml'), 'utf8'));

/** Follows a `$ref` of the document. */
function resolve(node: Json): Json {
  if (typeof node?.$ref !== 'string') return node;
  const path: string[] = node.$ref.slice(2).split('/');
  return resolve(path.reduce((at: Json, key) => at[key], document));
}

/**
 * Turns a schema of OpenAPI 3.0 into JSON Schema: references inlined, `nullable` spelled out, and every object closed
 * (also where the document leaves it open), so that the emulator cannot invent a property.
 */
function toJsonSchema(given: Json, closed = true): Json {
  const { nullable, properties, items, allOf, ...rest } = resolve(given);
  const schema: Json = { ...rest };
  if (properties) {
    const entries = Object.entries(properties).map(([name, value]) => [name, toJsonSchema(value)]);
    schema.properties = Object.fromEntries(entries);
  }
  if (items) schema.items = toJsonSchema(items);
  if (allOf) schema.allOf = allOf.map((part: Json) => toJsonSchema(part, false));
  const object = schema.type === 'object' || allOf !== undefined;
  if (closed && object && schema.additionalProperties === undefined) schema.unevaluatedProperties = false;
  return nullable ? { anyOf: [schema, { type: 'null' }] } : schema;
}

const ajv = new Ajv2019({ strict: false, allErrors: true });
addFormats.default(ajv);
const validators = new Map<string, ValidateFunction>();

function operationOf(id: OperationId): Json {
  const [method, path] = OPERATIONS[id];
  return document.paths[path]?.[method.toLowerCase()];
}

function validatorOf(id: OperationId, status: number): ValidateFunction {
  const answers = operationOf(id).responses;
  const key = `${id} ${answers[status] ? status : 'default'}`;
  const schema = resolve(answers[status] ?? answers.default).content['application/json'].schema;
  const validate = validators.get(key) ?? ajv.compile(toJsonSchema(schema));
  validators.set(key, validate);
  return validate;
}

describe('the table of operations', () => {
  test.each(OPERATION_IDS)('%s has the method and the path of the document', (id) => {
    expect(operationOf(id)?.operationId).toBe(id);
  });

  test('the check of schemas can fail: an unknown property, a missing one, a wrong format', () => {
    const validate = validatorOf('getOrganizationMember', 200);
    const id = SEED.admin.id;
    const member = { id, user_id: id, org_id: SEED.organizationId, role: 'admin', joined_at: '2023-01-09T09:00:00Z' };
    expect(validate(member)).toBe(true);
    expect(validate({ ...member, name: 'Ada' })).toBe(false);
    expect(validate({ ...member, role: undefined })).toBe(false);
    expect(validate({ ...member, joined_at: 'yesterday' })).toBe(false);
  });
});

describe('every answer is valid by the document', () => {
  let neon: NeonServer;
  let members: Map<string, string>;
  beforeAll(async () => {
    neon = await startNeon({
      seed: {
        users: [{ email: 'margaret@example.com' }],
        invitations: [{ email: 'barbara@example.com' }],
        keys: [{ name: 'a seeded one', id: '42', last_used_at: '2024-01-01T00:00:00Z', project_id: SEED.projectId }],
      },
    });
    members = new Map(neon.state().members.map((member) => [member.user_id, member.id]));
  });
  afterAll(() => neon.close());

  const linus = () => ({ member_id: members.get(SEED.member.id) ?? '' });
  const nobody = { member_id: '99999999-9999-4999-8999-999999999999' };
  const invitation = (email: string) => ({ invitations: [{ email, role: 'member' }] });
  const long = 'x'.repeat(65);

  // In this order: what a request changes, the ones after it see.
  const exchanges: [status: number, operation: OperationId, sent?: () => Sent][] = [
    [200, 'getOrganization'],
    [200, 'getOrganizationMembers'],
    [200, 'getOrganizationMembers', () => ({ query: { limit: '1', sort_by: 'email', sort_order: 'asc' } })],
    [200, 'getOrganizationMember', () => ({ params: linus() })],
    [200, 'updateOrganizationMember', () => ({ params: linus(), body: { role: 'editor' } })],
    [200, 'createOrganizationInvitations', () => ({ body: invitation('margaret@example.com') })],
    [200, 'createOrganizationInvitations', () => ({ body: invitation('dorothy@example.com') })],
    [200, 'getOrganizationInvitations'],
    [200, 'createOrgApiKey', () => ({ body: { key_name: 'whole' } })],
    [200, 'createOrgApiKey', () => ({ body: { key_name: 'one project', project_id: neon.projectId } })],
    [200, 'listOrgApiKeys'],
    [200, 'revokeOrgApiKey', () => ({ params: { key_id: '42' } })],
    [200, 'removeOrganizationMember', () => ({ params: linus() })],
    [200, 'getProject'],
    [200, 'getProject', () => ({ token: neon.tokens.project })],
    [200, 'getAuthDetails'],
    [200, 'getAuthDetails', () => ({ token: neon.tokens.organization })],
    [200, 'getCurrentUserInfo'],
    [400, 'createOrgApiKey', () => ({ body: '{' })],
    [400, 'createOrgApiKey', () => ({ body: '[]' })],
    [400, 'createOrgApiKey', () => ({ body: {} })],
    [400, 'createOrgApiKey', () => ({ body: { key_name: 7 } })],
    [400, 'createOrgApiKey', () => ({ body: { key_name: long } })],
    [400, 'createOrgApiKey', () => ({ body: { key_name: 'x', project_id: 'Not_One' } })],
    [404, 'createOrgApiKey', () => ({ body: { key_name: 'x', project_id: 'no-such-project' } })],
    [404, 'revokeOrgApiKey', () => ({ params: { key_id: '42' } })],
    [404, 'revokeOrgApiKey', () => ({ params: { key_id: '9007199254740993' } })],
    [400, 'revokeOrgApiKey', () => ({ params: { key_id: 'abc' } })],
    [400, 'revokeOrgApiKey', () => ({ params: { key_id: '9223372036854775808' } })],
    [404, 'getOrganizationMember', () => ({ params: nobody })],
    [400, 'getOrganizationMember', () => ({ params: { member_id: 'linus' } })],
    [404, 'updateOrganizationMember', () => ({ params: nobody, body: { role: 'member' } })],
    [400, 'updateOrganizationMember', () => ({ params: { member_id: members.get(SEED.admin.id) ?? '' }, body: {} })],
    [404, 'removeOrganizationMember', () => ({ params: nobody })],
    [400, 'getOrganizationMembers', () => ({ query: { limit: '501' } })],
    [400, 'getOrganizationMembers', () => ({ query: { limit: '0' } })],
    [400, 'getOrganizationMembers', () => ({ query: { sort_by: 'name' } })],
    [400, 'getOrganizationMembers', () => ({ query: { cursor: 'made-up' } })],
    [400, 'createOrganizationInvitations', () => ({ body: invitation('nobody') })],
    [400, 'createOrganizationInvitations', () => ({ body: { invitations: [{ email: 'a@example.com' }] } })],
    [400, 'createOrganizationInvitations', () => ({ body: { invitations: 'all' } })],
    [403, 'getOrganization', () => ({ params: { org_id: 'no-such-organization' } })],
    [409, 'createOrgApiKey', () => ({ body: { key_name: 'whole' } })],
    [400, 'getOrganization', () => ({ params: { org_id: 'Not_One' } })],
    [404, 'getProject', () => ({ params: { project_id: 'no-such-project' } })],
    [404, 'getCurrentUserInfo', () => ({ token: neon.tokens.organization })],
    ...OPERATION_IDS.map((id): [number, OperationId, () => Sent] => [401, id, () => ({ token: 'neon_unknown' })]),
  ];

  test.each(exchanges)('%i %s (row %#)', async (status, operation, sent) => {
    const params = { ...linus(), key_id: '42' };
    const given = sent?.() ?? {};
    const answer = await send(neon, operation, {
      token: neon.tokens.admin,
      ...given,
      params: { ...params, ...given.params },
      headers: { 'x-request-id': 'request-7' },
    });
    expect(answer.status, answer.text).toBe(status);
    const validate = validatorOf(operation, status);
    expect(validate(answer.json), JSON.stringify([answer.json, validate.errors])).toBe(true);
    expect(answer.headers['x-request-id']).toBe('request-7');
    if (status !== 200) expect(answer.json).toMatchObject({ request_id: 'request-7', code: '' });
  });

  test('each operation answered with success and with an error', () => {
    const answered = (ok: boolean) => new Set(exchanges.filter(([s]) => (s === 200) === ok).map(([, id]) => id));
    expect(answered(true)).toEqual(new Set(OPERATION_IDS));
    expect(answered(false)).toEqual(new Set(OPERATION_IDS));
  });
});

describe('the official client', () => {
  let neon: NeonServer;
  beforeAll(async () => {
    neon = await startNeon();
  });
  beforeEach(() => neon.reset());
  afterAll(() => neon.close());

  const clientOf = (apiKey: string) => createApiClient({ apiKey, baseURL: neon.apiHost });

  test('drives every endpoint', async () => {
    const client = clientOf(neon.tokens.admin);
    const org = neon.organizationId;
    expect((await client.getOrganization(org)).data.name).toBe('Sunny Meadow');
    expect((await client.getAuthDetails()).data).toEqual({ account_id: SEED.admin.id, auth_method: 'api_key_user' });
    expect((await client.getCurrentUserInfo()).data.email).toBe(SEED.admin.email);
    expect((await client.getProject(neon.projectId)).data.project.org_id).toBe(org);

    const minted = (await client.createOrgApiKey(org, { key_name: 'by the client' })).data;
    expect((await clientOf(minted.key).getAuthDetails()).data).toEqual({ account_id: org, auth_method: 'api_key_org' });
    expect((await client.listOrgApiKeys(org)).data.map((key) => key.id)).toContain(minted.id);
    expect((await client.revokeOrgApiKey(org, minted.id)).data.revoked).toBe(true);
    expect((await client.listOrgApiKeys(org)).data.map((key) => key.id)).not.toContain(minted.id);

    const invitations = [{ email: 'dorothy@example.com', role: 'member' as never }];
    const invited = (await client.createOrganizationInvitations(org, { invitations })).data.invitations;
    expect((await client.getOrganizationInvitations(org)).data.invitations).toEqual(invited);

    const page = (await client.getOrganizationMembers({ orgId: org, limit: 500 })).data;
    const member = page.members.find(({ user }) => user.email === SEED.member.email)?.member;
    const id = member?.id ?? '';
    expect((await client.getOrganizationMember(org, id)).data).toEqual(member);
    const changed = await client.updateOrganizationMember(org, id, { role: 'admin' as never });
    expect(changed.data).toEqual({ ...member, role: 'admin' });
    expect((await client.removeOrganizationMember(org, id)).data).toEqual({});
  });

  test('gets our code, message and request_id in its errors', async () => {
    const failure = clientOf(neon.tokens.member).revokeOrgApiKey(neon.organizationId, 1000005, {
      headers: { 'X-Request-ID': 'mine' },
    });
    await expect(failure).rejects.toMatchObject({
      isAxiosError: true,
      response: { status: 403, data: { request_id: 'mine', code: '', message: expect.stringContaining('permission') } },
    });
  });
});
