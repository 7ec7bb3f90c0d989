import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createNeonClient, raw } from '@neon/sdk';
import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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
  if (typeof rest.additionalProperties === 'object') {
    schema.additionalProperties = toJsonSchema(rest.additionalProperties);
  }
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
  const responses = operationOf(id).responses;
  const key = `${id} ${responses[status] ? status : 'default'}`;
  const schema = resolve(responses[status] ?? responses.default).content['application/json'].schema;
  const validate = validators.get(key) ?? ajv.compile(toJsonSchema(schema));
  validators.set(key, validate);
  return validate;
}

describe("the table of Neon's operations", () => {
  it.each(OPERATION_IDS)('has the method and path of the document for %s', (id) => {
    expect(operationOf(id)?.operationId).toBe(id);
  });

  it('is checked with schemas that reject unknown properties, missing properties and wrong formats', () => {
    const validate = validatorOf('getOrganizationMember', 200);
    const id = SEED.admin.id;
    const member = { id, user_id: id, org_id: SEED.organizationId, role: 'admin', joined_at: '2023-01-09T09:00:00Z' };
    expect(validate(member)).toBe(true);
    expect(validate({ ...member, name: 'Ada' })).toBe(false);
    expect(validate({ ...member, role: undefined })).toBe(false);
    expect(validate({ ...member, joined_at: 'yesterday' })).toBe(false);
  });
});

describe('the responses of the emulated Neon', () => {
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
  const accountKey = () => neon.state().credentials.find(({ name }) => name === 'of an account')?.id ?? '';
  const absent = { member_id: '99999999-9999-4999-8999-999999999999' };
  const invitation = (email: string) => ({ invitations: [{ email, role: 'member' }] });
  const long = 'x'.repeat(65);

  // In this order, because later requests see the changes of earlier ones.
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
    [200, 'listProjects', () => ({ query: { org_id: neon.organizationId } })],
    [200, 'getProject'],
    [200, 'getProject', () => ({ token: neon.tokens.project })],
    [200, 'getAuthDetails'],
    [200, 'getAuthDetails', () => ({ token: neon.tokens.organization })],
    [200, 'getCurrentUserInfo'],
    [200, 'getCurrentUserOrganizations'],
    [200, 'createApiKey', () => ({ body: { key_name: 'of an account' } })],
    [200, 'listApiKeys'],
    [200, 'revokeApiKey', () => ({ params: { key_id: accountKey() } })],
    [400, 'createApiKey', () => ({ body: {} })],
    [404, 'revokeApiKey'],
    [400, 'listProjects'],
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
    [404, 'getOrganizationMember', () => ({ params: absent })],
    [400, 'getOrganizationMember', () => ({ params: { member_id: 'linus' } })],
    [404, 'updateOrganizationMember', () => ({ params: absent, body: { role: 'member' } })],
    [400, 'updateOrganizationMember', () => ({ params: { member_id: members.get(SEED.admin.id) ?? '' }, body: {} })],
    [404, 'removeOrganizationMember', () => ({ params: absent })],
    [400, 'getOrganizationMembers', () => ({ query: { limit: '501' } })],
    [400, 'getOrganizationMembers', () => ({ query: { limit: '0' } })],
    [400, 'getOrganizationMembers', () => ({ query: { sort_by: 'name' } })],
    [400, 'getOrganizationMembers', () => ({ query: { cursor: 'made-up' } })],
    [400, 'createOrganizationInvitations', () => ({ body: invitation('absent') })],
    [400, 'createOrganizationInvitations', () => ({ body: { invitations: [{ email: 'a@example.com' }] } })],
    [400, 'createOrganizationInvitations', () => ({ body: { invitations: 'all' } })],
    [403, 'getOrganization', () => ({ params: { org_id: 'no-such-organization' } })],
    [409, 'createOrgApiKey', () => ({ body: { key_name: 'whole' } })],
    [400, 'getOrganization', () => ({ params: { org_id: 'Not_One' } })],
    [404, 'getProject', () => ({ params: { project_id: 'no-such-project' } })],
    [404, 'getCurrentUserInfo', () => ({ token: neon.tokens.organization })],
    ...OPERATION_IDS.map((id): [number, OperationId, () => Sent] => [401, id, () => ({ token: 'neon_unknown' })]),
  ];

  it.each(exchanges)('match the document: %i for %s (row %#)', async (status, operation, sent) => {
    const params = { ...linus(), key_id: '42' };
    const given = sent?.() ?? {};
    const response = await send(neon, operation, {
      token: neon.tokens.admin,
      ...given,
      params: { ...params, ...given.params },
      headers: { 'x-request-id': 'request-7' },
    });
    expect(response.status, response.text).toBe(status);
    const validate = validatorOf(operation, status);
    expect(validate(response.json), JSON.stringify([response.json, validate.errors])).toBe(true);
    expect(response.headers['x-request-id']).toBe('request-7');
    if (status !== 200) expect(response.json).toMatchObject({ request_id: 'request-7', code: '' });
  });

  it('include a success and an error for each operation', () => {
    const operationsWith = (ok: boolean) => new Set(exchanges.filter(([s]) => (s === 200) === ok).map(([, id]) => id));
    expect(operationsWith(true)).toEqual(new Set(OPERATION_IDS));
    expect(operationsWith(false)).toEqual(new Set(OPERATION_IDS));
  });
});

describe("Neon's own SDK, with the emulated Neon", () => {
  let neon: NeonServer;
  beforeAll(async () => {
    neon = await startNeon();
  });
  beforeEach(() => neon.reset());
  afterAll(() => neon.close());

  const clientOf = (apiKey: string) =>
    createNeonClient({ apiKey, baseUrl: neon.apiHost, throwOnError: true, retries: 0 });

  it('manages the keys of an organization', async () => {
    const { client } = clientOf(neon.tokens.admin);
    const path = { org_id: neon.organizationId };
    const options = { client, throwOnError: true } as const;
    const minted = await raw.createOrgApiKey({ ...options, path, body: { key_name: 'by the SDK' } });
    expect(await raw.getAuthDetails({ ...options, client: clientOf(minted.key).client })).toEqual({
      account_id: neon.organizationId,
      auth_method: 'api_key_org',
    });
    const ids = async () => (await raw.listOrgApiKeys({ ...options, path })).map(({ id }) => id);
    expect(await ids()).toContain(minted.id);
    const revoked = await raw.revokeOrgApiKey({ ...options, path: { ...path, key_id: minted.id } });
    expect(revoked.revoked).toBe(true);
    expect(await ids()).not.toContain(minted.id);
  });

  it('manages the keys of an account and lists what it can see', async () => {
    const sdk = clientOf(neon.tokens.admin);
    const minted = await sdk.apiKeys.create({ keyName: 'by the SDK' });
    const again = clientOf(minted.key);
    expect((await again.user.me()).email).toBe(SEED.admin.email);
    expect((await again.user.organizations()).map(({ id }) => id)).toEqual([neon.organizationId]);
    const projects = await again.projects.list({ org_id: neon.organizationId }).all();
    expect(projects.map(({ id }) => id)).toEqual([SEED.projectId, SEED.secondProjectId]);
    expect(
      (await raw.getProject({ client: again.client, path: { project_id: neon.projectId } })).error,
    ).toBeUndefined();
    expect((await sdk.apiKeys.list()).map(({ name }) => name)).toEqual(['ada', 'by the SDK']);
    expect((await again.apiKeys.revoke({ keyId: 1000001 })).revoked).toBe(true);
    await expect(sdk.user.me()).rejects.toMatchObject({ status: 401 });
  });

  it('manages members and invitations', async () => {
    const { client } = clientOf(neon.tokens.admin);
    const options = { client, throwOnError: true } as const;
    const path = { org_id: neon.organizationId };
    expect((await raw.getOrganization({ ...options, path })).name).toBe('Sunny Meadow');
    const invitations = [{ email: 'dorothy@example.com', role: 'member' as const }];
    const sent = await raw.createOrganizationInvitations({ ...options, path, body: { invitations } });
    expect(await raw.getOrganizationInvitations({ ...options, path })).toEqual(sent);
    const { members } = await raw.getOrganizationMembers({ ...options, path, query: { limit: 500 } });
    const linus = members.find(({ user }) => user.email === SEED.member.email)?.member;
    const one = { ...path, member_id: linus?.id ?? '' };
    expect(await raw.getOrganizationMember({ ...options, path: one })).toEqual(linus);
    const changed = await raw.updateOrganizationMember({ ...options, path: one, body: { role: 'admin' } });
    expect(changed).toEqual({ ...linus, role: 'admin' });
    expect(await raw.removeOrganizationMember({ ...options, path: one })).toEqual({});
  });

  it('reports code, message and request_id in its errors', async () => {
    const { client } = clientOf(neon.tokens.member);
    const { error } = await raw.revokeOrgApiKey({
      client,
      path: { org_id: neon.organizationId, key_id: 1000005 },
      headers: { 'X-Request-ID': 'mine' },
    });
    expect(error).toMatchObject({ status: 403, requestId: 'mine', message: expect.stringContaining('permission') });
  });
});
