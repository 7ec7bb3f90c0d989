import { createEmulator } from 'emulate';
import { afterEach, describe, expect, it } from 'vitest';
import type { OrganizationKeyRights } from '../../emulator/model.ts';
import { defineNeon } from '../../emulator/neon.ts';
import type { OperationId } from '../../emulator/operations.ts';
import { type NeonServer, type StartOptions, startNeon } from '../../emulator/server.ts';
import { acceptInvitation, SEED, seedState } from '../../emulator/state.ts';
import { type Sent, send } from './client.ts';

const open: NeonServer[] = [];
afterEach(() => Promise.all(open.splice(0).map((neon) => neon.close())));

async function start(options: StartOptions = {}): Promise<NeonServer> {
  const neon = await startNeon({ rateLimits: false, ...options });
  open.push(neon);
  return neon;
}

const memberId = (neon: NeonServer, userId: string) =>
  neon.state().members.find((member) => member.user_id === userId)?.id ?? '';

const asAdmin = (neon: NeonServer, operation: OperationId, sent: Sent = {}) =>
  send(neon, operation, { token: neon.tokens.admin, ...sent });

/** Personal keys in addition to the seed. */
function addPersonalKeys(neon: NeonServer): void {
  neon.change((state) => {
    const [ada] = state.credentials;
    const shared = { ...ada, kind: 'personal' as const, created_at: '', created_by: '', revoked: false };
    const usage = { last_used_at: null, last_used_from_addr: '' };
    const stranger = { id: '4', email: 'eve@example.com', name: 'Eve', has_account: true };
    state.users.push(stranger);
    state.credentials.push({ ...shared, ...usage, id: '1', name: 'eve', token: 'stranger', user_id: stranger.id });
  });
}

describe('the rights of keys in the emulated Neon', () => {
  type Who = 'admin' | 'member' | 'organization' | 'project' | 'stranger';
  const reads = { admin: 200, member: 200, organization: 200, project: 403, stranger: 403 };
  const changes = { admin: 200, member: 403, organization: 403, project: 403, stranger: 403 };
  const table: Record<OperationId, Record<Who, number>> = {
    getOrganization: reads,
    getOrganizationMembers: reads,
    getOrganizationMember: reads,
    getOrganizationInvitations: reads,
    listOrgApiKeys: reads,
    createOrgApiKey: changes,
    revokeOrgApiKey: { ...changes, organization: 200 },
    createOrganizationInvitations: changes,
    updateOrganizationMember: { ...changes, organization: 200 },
    removeOrganizationMember: changes,
    getProject: { admin: 200, member: 200, organization: 200, project: 200, stranger: 404 },
    getAuthDetails: { admin: 200, member: 200, organization: 200, project: 200, stranger: 200 },
    listProjects: { admin: 200, member: 200, organization: 200, project: 403, stranger: 403 },
    getCurrentUserOrganizations: { admin: 200, member: 200, organization: 200, project: 200, stranger: 200 },
    listApiKeys: { admin: 200, member: 200, organization: 404, project: 404, stranger: 200 },
    createApiKey: { admin: 200, member: 200, organization: 404, project: 404, stranger: 200 },
    revokeApiKey: { admin: 200, member: 404, organization: 404, project: 404, stranger: 404 },
    getCurrentUserInfo: { admin: 200, member: 200, organization: 404, project: 404, stranger: 200 },
  };
  const bodies: Partial<Record<OperationId, unknown>> = {
    createOrgApiKey: { key_name: 'x' },
    createApiKey: { key_name: 'x' },
    createOrganizationInvitations: { invitations: [{ email: 'dorothy@example.com', role: 'member' }] },
    updateOrganizationMember: { role: 'member' },
  };
  const rows = Object.entries(table).flatMap(([operation, statuses]) =>
    Object.entries(statuses).map(([who, status]) => [who as Who, operation as OperationId, status] as const),
  );

  it.each(rows)('are correct for %s: %s returns %i', async (who, operation, status) => {
    const neon = await start();
    addPersonalKeys(neon);
    const token = who === 'stranger' ? 'stranger' : neon.tokens[who];
    const key_id = operation === 'revokeApiKey' ? '1000001' : '1000005';
    const params = { member_id: memberId(neon, SEED.secondAdmin.id), key_id };
    const query = operation === 'listProjects' ? { org_id: neon.organizationId } : {};
    const before = neon.state();
    const response = await send(neon, operation, { token, params, query, body: bodies[operation] });
    expect(response.status, response.text).toBe(status);
    // A refusal changes only the time of the last use.
    const after = neon.state();
    if (status !== 200) expect({ ...after, credentials: 0 }).toEqual({ ...before, credentials: 0 });
    if (status !== 200) expect(after.credentials).toHaveLength(before.credentials.length);
  });

  it('hide other projects from a project key, and other organizations from an organization key', async () => {
    const neon = await start();
    neon.change((state) => {
      const [organization] = state.organizations;
      if (organization) state.organizations.push({ ...organization, id: 'org-other' });
      state.projects.push({ id: 'elsewhere', name: 'elsewhere', org_id: 'org-other', created_at: '' });
    });
    const project = (token: string, project_id: string) => send(neon, 'getProject', { token, params: { project_id } });
    for (const id of [SEED.secondProjectId, 'elsewhere', 'a-project-that-does-not-exist']) {
      const { status, json } = await project(neon.tokens.project, id);
      expect([status, json.message]).toEqual([404, 'project not found']);
    }
    expect((await project(neon.tokens.organization, SEED.secondProjectId)).status).toBe(200);
    expect((await project(neon.tokens.organization, 'elsewhere')).status).toBe(404);
    expect((await project(neon.tokens.admin, 'elsewhere')).status).toBe(404);
    for (const token of [neon.tokens.organization, neon.tokens.project, neon.tokens.admin]) {
      for (const org_id of ['org-other', 'org-that-does-not-exist']) {
        const { status, json } = await send(neon, 'listOrgApiKeys', { token, params: { org_id } });
        expect([status, json.message]).toEqual([403, 'not an organization member']);
      }
    }
    const body = { key_name: 'x', project_id: 'elsewhere' };
    expect((await asAdmin(neon, 'createOrgApiKey', { body })).status).toBe(404);
  });

  it('limit an organization to its own keys', async () => {
    const neon = await start();
    neon.change((state) => {
      for (const key of state.credentials) if (key.name === SEED.forgottenKey) key.org_id = 'org-other';
    });
    expect((await asAdmin(neon, 'listOrgApiKeys')).text).not.toContain(SEED.forgottenKey);
    expect((await asAdmin(neon, 'revokeOrgApiKey', { params: { key_id: '1000005' } })).status).toBe(404);
  });

  it('do not let a member create a project-scoped key by default', async () => {
    const neon = await start();
    const body = { key_name: 'x', project_id: neon.projectId };
    expect((await send(neon, 'createOrgApiKey', { token: neon.tokens.member, body })).status).toBe(403);
  });

  it('answer 404 at /users/me to an organization key and a project-scoped key', async () => {
    const neon = await start();
    for (const token of [neon.tokens.organization, neon.tokens.project]) {
      const { status, json } = await send(neon, 'getCurrentUserInfo', { token });
      expect([status, json.message]).toEqual([404, 'not allowed for organization API keys']);
    }
  });

  it.each<[OrganizationKeyRights, OperationId[]]>([
    ['docs', ['listOrgApiKeys', 'revokeOrgApiKey', 'updateOrganizationMember']],
    ['cli', ['revokeOrgApiKey', 'updateOrganizationMember']],
  ])(
    'allow an organization key, with the setting `%s`, the operations %j',
    async (organization_key_rights, allowed) => {
      const disputed: OperationId[] = [
        'listOrgApiKeys',
        'createOrgApiKey',
        'revokeOrgApiKey',
        'updateOrganizationMember',
        'createOrganizationInvitations',
        'removeOrganizationMember',
      ];
      const neon = await start({ seed: { organization_key_rights } });
      const params = { member_id: memberId(neon, SEED.secondAdmin.id), key_id: '1000005' };
      const responses = await Promise.all(
        disputed.map((operation) =>
          send(neon, operation, { token: neon.tokens.organization, params, body: bodies[operation] }),
        ),
      );
      expect(disputed.filter((_, index) => responses[index]?.status === 200)).toEqual(allowed);
      const messages = responses.filter(({ status }) => status !== 200).map(({ json }) => json.message);
      expect(new Set(messages)).toEqual(new Set(['not allowed for organization API keys']));
    },
  );

  it('can answer 404 to keys that are not personal, as observed at Neon', async () => {
    const neon = await start({ seed: { key_refusal_status: 404 } });
    const mint = (token: string) => send(neon, 'createOrgApiKey', { token, body: { key_name: 'x' } });
    const organization = await mint(neon.tokens.organization);
    expect([organization.status, organization.json.message]).toEqual([404, 'not allowed for organization API keys']);
    const project = await mint(neon.tokens.project);
    expect([project.status, project.json.message]).toEqual([404, expect.stringContaining('this key is scoped to')]);
    expect((await mint(neon.tokens.member)).status).toBe(403);
    expect(neon.liveKeys()).toHaveLength(1);
  });

  it('answer 401 with the same message without a token and to an unknown or revoked token', async () => {
    const neon = await start();
    const { json: minted } = await asAdmin(neon, 'createOrgApiKey', { body: { key_name: 'x' } });
    expect((await send(neon, 'getOrganization', { token: minted.key })).status).toBe(200);
    await asAdmin(neon, 'revokeOrgApiKey', { params: { key_id: String(minted.id) } });
    for (const token of [undefined, 'unknown', minted.key]) {
      const response = await send(neon, 'getOrganization', { token });
      expect([response.status, response.json.message]).toEqual([
        401,
        'supplied credentials do not pass authentication',
      ]);
    }
  });
});

describe('keys of the emulated Neon', () => {
  const now = () => new Date('2026-06-01T12:00:00Z');

  it('are active until they are revoked, and show their token once', async () => {
    const neon = await start({ now });
    const body = { key_name: 'deploy', project_id: neon.projectId };
    const { json: minted } = await asAdmin(neon, 'createOrgApiKey', { body });
    expect(minted).toEqual({
      id: 2000001,
      key: expect.stringMatching(/^neon_emulated_[a-z0-9]{64}$/),
      name: 'deploy',
      project_id: neon.projectId,
      created_at: '2026-06-01T12:00:00.000Z',
      created_by: SEED.admin.id,
    });
    expect(neon.isLive(minted.key)).toBe(true);
    expect(neon.liveKeys()).toContainEqual({ id: '2000001', name: 'deploy', project_id: neon.projectId });

    const find = async () => {
      const listed = await asAdmin(neon, 'listOrgApiKeys');
      expect(listed.text).not.toContain('neon_emulated_');
      return listed.json.find((key: { id: number }) => key.id === minted.id);
    };
    expect(await find()).toMatchObject({ last_used_at: null, last_used_from_addr: '' });
    await send(neon, 'getAuthDetails', { token: minted.key });
    const usage = { last_used_at: '2026-06-01T12:00:00.000Z', last_used_from_addr: '127.0.0.1' };
    expect(await find()).toMatchObject({ ...usage, created_by: { id: SEED.admin.id, name: 'Ada Lovelace' } });

    const params = { key_id: '2000001' };
    const revoked = await asAdmin(neon, 'revokeOrgApiKey', { params });
    expect(revoked.json).toMatchObject({ id: minted.id, revoked: true, created_by: SEED.admin.id, ...usage });
    expect(await find()).toBeUndefined();
    expect(neon.isLive(minted.key)).toBe(false);
    expect((await asAdmin(neon, 'revokeOrgApiKey', { params })).status).toBe(404);
  });

  it('can reuse the name of a revoked key', async () => {
    const neon = await start();
    const mint = () => asAdmin(neon, 'createOrgApiKey', { body: { key_name: 'same' } });
    const { json: first } = await mint();
    const refused = await mint();
    expect([refused.status, refused.json]).toMatchObject([
      409,
      { code: '', message: 'choose another unique name for api key' },
    ]);
    expect(neon.liveKeys().filter((key) => key.name === 'same')).toHaveLength(1);
    await asAdmin(neon, 'revokeOrgApiKey', { params: { key_id: String(first.id) } });
    expect((await mint()).status).toBe(200);
  });

  it("can have the name of a personal key or of another organization's key, and compare names with case", async () => {
    const neon = await start({ seed: { keys: [{ name: 'elsewhere' }] } });
    neon.change(({ credentials }) => {
      for (const key of credentials) if (key.name === 'elsewhere') key.org_id = 'org-other';
    });
    for (const key_name of ['ada', 'elsewhere', SEED.forgottenKey.toUpperCase()]) {
      expect((await asAdmin(neon, 'createOrgApiKey', { body: { key_name } })).status).toBe(200);
    }
  });

  it('can have duplicate names if the setting allows it', async () => {
    const neon = await start({ seed: { unique_key_names: false } });
    for (let time = 0; time < 2; time += 1) await asAdmin(neon, 'createOrgApiKey', { body: { key_name: 'same' } });
    expect(neon.liveKeys().filter((key) => key.name === 'same')).toHaveLength(2);
  });

  it('have names that are measured in characters', async () => {
    const neon = await start();
    expect((await asAdmin(neon, 'createOrgApiKey', { body: { key_name: '🔑'.repeat(64) } })).status).toBe(200);
    const body = { key_name: '🔑'.repeat(65) };
    expect((await asAdmin(neon, 'createOrgApiKey', { body })).status).toBe(400);
  });

  it('have exact IDs beyond 2^53 in every response', async () => {
    const neon = await start({ seed: { next_key_id: '9007199254740993' } });
    const minted = await asAdmin(neon, 'createOrgApiKey', { body: { key_name: 'big' } });
    const next = await asAdmin(neon, 'createOrgApiKey', { body: { key_name: 'bigger' } });
    const listed = await asAdmin(neon, 'listOrgApiKeys');
    const revoked = await asAdmin(neon, 'revokeOrgApiKey', { params: { key_id: '9007199254740993' } });
    expect(next.text).toContain('"id":9007199254740994,');
    for (const { text } of [minted, listed, revoked]) expect(text).toContain('"id":9007199254740993,');
    expect(neon.liveKeys().map((key) => key.name)).toEqual([SEED.forgottenKey, 'bigger']);
  });

  it('can be seeded by the thousand and are listed in one response', async () => {
    const keys = Array.from({ length: 10_000 }, (_, i) => ({ name: `key ${i}`, created_at: '2025-01-01T00:00:00Z' }));
    const neon = await start({ seed: { keys } });
    expect((await asAdmin(neon, 'listOrgApiKeys')).json).toHaveLength(10_003);
    expect(neon.liveKeys()).toHaveLength(10_001);
  });
});

describe('account keys of the emulated Neon', () => {
  it("are created, listed, used and revoked separately from the organization's keys", async () => {
    const neon = await start();
    const { json: minted } = await asAdmin(neon, 'createApiKey', { body: { key_name: 'rotated' } });
    expect(minted).toMatchObject({ id: 2000001, name: 'rotated', created_by: SEED.admin.id });
    expect(await send(neon, 'getAuthDetails', { token: minted.key })).toMatchObject({
      json: { account_id: SEED.admin.id, auth_method: 'api_key_user' },
    });
    const names = async (operation: OperationId, token: string) =>
      (await send(neon, operation, { token })).json.map((key: { name: string }) => key.name);
    expect(await names('listApiKeys', minted.key)).toEqual(['ada', 'rotated']);
    expect(await names('listApiKeys', neon.tokens.member)).toEqual(['linus']);
    expect(await names('listOrgApiKeys', minted.key)).not.toContain('rotated');
    const params = { key_id: '1000001' };
    expect((await send(neon, 'revokeOrgApiKey', { token: minted.key, params })).status).toBe(404);
    const revoked = await send(neon, 'revokeApiKey', { token: minted.key, params });
    expect(revoked.json).toMatchObject({ name: 'ada', revoked: true });
    expect(neon.isLive(neon.tokens.admin)).toBe(false);
    expect(neon.isLive(minted.key)).toBe(true);
  });

  it("have names that are unique within the user's account", async () => {
    const neon = await start();
    const mint = async (token: string, key_name: string) =>
      (await send(neon, 'createApiKey', { token, body: { key_name } })).status;
    expect(await mint(neon.tokens.admin, 'ada')).toBe(409);
    expect(await mint(neon.tokens.admin, SEED.forgottenKey)).toBe(200);
    expect(await mint(neon.tokens.member, 'ada')).toBe(200);
  });
});

describe('the lists of the emulated Neon', () => {
  it('contain the organizations of the user, or the one that owns the key', async () => {
    const neon = await start();
    addPersonalKeys(neon);
    for (const token of [neon.tokens.admin, neon.tokens.organization, neon.tokens.project]) {
      const { json } = await send(neon, 'getCurrentUserOrganizations', { token });
      expect(json.organizations.map(({ id }: { id: string }) => id)).toEqual([SEED.organizationId]);
    }
    expect((await send(neon, 'getCurrentUserOrganizations', { token: 'stranger' })).json.organizations).toEqual([]);
  });

  it('contain the projects of the organization, which an organization key does not have to name', async () => {
    const neon = await start();
    const ids = async (token: string, query: Record<string, string>) =>
      (await send(neon, 'listProjects', { token, query })).json.projects.map(({ id }: { id: string }) => id);
    expect(await ids(neon.tokens.admin, { org_id: neon.organizationId })).toEqual([
      SEED.projectId,
      SEED.secondProjectId,
    ]);
    expect(await ids(neon.tokens.organization, {})).toEqual([SEED.projectId, SEED.secondProjectId]);
    const unnamed = await asAdmin(neon, 'listProjects');
    expect([unnamed.status, unnamed.json.message]).toEqual([400, expect.stringContaining('org_id is required')]);
  });
});

describe('members of the emulated Neon', () => {
  type Row = { member: { id: string; joined_at: string; role: string }; user: { email: string } };

  async function pages(neon: NeonServer, query: Record<string, string>): Promise<Row[][]> {
    const read: Row[][] = [];
    for (let cursor: string | undefined, first = true; first || cursor; first = false) {
      const pageQuery = { ...query, ...(cursor && { cursor }) };
      const { json } = await asAdmin(neon, 'getOrganizationMembers', { query: pageQuery });
      read.push(json.members);
      cursor = json.pagination.next;
      if (cursor === undefined) expect(json.pagination).not.toHaveProperty('next');
    }
    return read;
  }

  const people = Array.from({ length: 1200 }, (_, i) => ({
    email: `person-${String(i).padStart(4, '0')}@example.com`,
  }));

  it.each([
    ['joined_at', 'desc'],
    ['email', 'asc'],
    ['role', 'desc'],
  ])('are listed in pages of 500, sorted by %s %s', async (sort_by, sort_order) => {
    const neon = await start({ seed: { members: people } });
    const read = await pages(neon, { limit: '500', sort_by, sort_order });
    expect(read.map((page) => page.length)).toEqual([500, 500, 203]);
    const rows = read.flat();
    expect(new Set(rows.map((row) => row.member.id)).size).toBe(1203);
    const values = rows.map(({ member, user }) => String({ ...member, ...user }[sort_by as 'role']));
    expect(values).toEqual(sort_order === 'asc' ? values.toSorted() : values.toSorted().reverse());
  });

  it('are listed without a next page if they fill one page, and without gaps if a member leaves in between', async () => {
    const neon = await start();
    expect((await pages(neon, { limit: '3' })).map((page) => page.length)).toEqual([3]);
    const query = { limit: '1', sort_by: 'email', sort_order: 'asc' };
    const first = await asAdmin(neon, 'getOrganizationMembers', { query });
    neon.change((state) => {
      state.members = state.members.filter((member) => member.user_id !== SEED.admin.id || member.role !== 'admin');
      state.members.push({
        id: '0',
        user_id: SEED.admin.id,
        org_id: SEED.organizationId,
        role: 'admin',
        joined_at: '',
      });
    });
    const after = { ...query, cursor: first.json.pagination.next };
    const second = await asAdmin(neon, 'getOrganizationMembers', { query: after });
    expect([first, second].map((page) => page.json.members[0].user.email)).toEqual([
      SEED.admin.email,
      SEED.secondAdmin.email,
    ]);
    const other = { ...after, sort_order: 'desc' };
    expect((await asAdmin(neon, 'getOrganizationMembers', { query: other })).status).toBe(400);
  });

  it('cannot lose the last admin', async () => {
    const neon = await start();
    const params = { member_id: memberId(neon, SEED.admin.id) };
    const second = { member_id: memberId(neon, SEED.secondAdmin.id) };
    expect((await asAdmin(neon, 'updateOrganizationMember', { params: second, body: { role: 'member' } })).status).toBe(
      200,
    );
    expect((await asAdmin(neon, 'removeOrganizationMember', { params })).status).toBe(422);
    expect((await asAdmin(neon, 'updateOrganizationMember', { params, body: { role: 'member' } })).status).toBe(422);
    expect((await asAdmin(neon, 'updateOrganizationMember', { params, body: { role: 'admin' } })).status).toBe(200);
    await asAdmin(neon, 'updateOrganizationMember', { params: second, body: { role: 'admin' } });
    expect((await asAdmin(neon, 'removeOrganizationMember', { params })).status).toBe(200);
    // Ada's key is still active, but Ada is no longer a member.
    expect((await asAdmin(neon, 'getOrganization')).status).toBe(403);
  });

  it('cannot get a role that the organization does not have', async () => {
    const neon = await start();
    neon.change((state) => {
      for (const organization of state.organizations) organization.available_roles = ['admin', 'member'];
    });
    const params = { member_id: memberId(neon, SEED.member.id) };
    expect((await asAdmin(neon, 'updateOrganizationMember', { params, body: { role: 'viewer' } })).status).toBe(400);
  });
});

describe('invitations of the emulated Neon', () => {
  const invite = (neon: NeonServer, ...emails: string[]) =>
    asAdmin(neon, 'createOrganizationInvitations', {
      body: { invitations: emails.map((email) => ({ email, role: 'member' })) },
    });
  const emails = async (neon: NeonServer) => {
    const { json } = await asAdmin(neon, 'getOrganizationMembers');
    return json.members.map((row: { user: { email: string } }) => row.user.email);
  };

  it('are accepted at once by people with an account, and stay listed', async () => {
    const neon = await start({ seed: { users: [{ email: 'margaret@example.com' }] } });
    const sent = await invite(neon, 'Margaret@example.com', 'dorothy@example.com');
    expect(await emails(neon)).toContain('margaret@example.com');
    expect(await emails(neon)).not.toContain('dorothy@example.com');
    neon.change((state) => acceptInvitation(state, 'dorothy@example.com'));
    expect(await emails(neon)).toContain('dorothy@example.com');
    const listed = await asAdmin(neon, 'getOrganizationInvitations');
    expect(listed.json).toEqual(sent.json);
    expect(listed.json.invitations[0].invited_by).toBe(SEED.admin.id);
    expect(neon.state().emails_sent.map((mail) => mail.to)).toEqual(['Margaret@example.com', 'dorothy@example.com']);
  });

  it.each([
    ['not an address', 'absent'],
    ['one of 257 characters', `${'x'.repeat(245)}@example.com`],
    ['a member', 'LINUS@example.com'],
    ['a duplicate', 'New@example.com'],
  ])('are all rejected if one is %s', async (_, bad) => {
    const neon = await start();
    const before = neon.state();
    expect((await invite(neon, 'new@example.com', bad)).status).toBe(400);
    const { invitations, members, emails_sent } = neon.state();
    expect({ ...before, credentials: 0 }).toMatchObject({ invitations, members, emails_sent, credentials: 0 });
  });

  it('are sent by e-mail each time', async () => {
    const neon = await start({ seed: { invitations: [{ email: 'barbara@example.com' }] } });
    await invite(neon, 'barbara@example.com');
    await invite(neon, 'barbara@example.com');
    expect(neon.state().emails_sent).toHaveLength(2);
    neon.change((state) => acceptInvitation(state, 'barbara@example.com'));
    expect((await emails(neon)).filter((email: string) => email === 'barbara@example.com')).toHaveLength(1);
  });
});

describe('rate limits of the emulated Neon', () => {
  function clock() {
    let time = Date.parse('2026-06-01T12:00:00Z');
    const advance = (ms: number) => {
      time += ms;
    };
    return { now: () => new Date(time), advance };
  }

  it('reject the 11th key in a second without an effect, and accept it a second later', async () => {
    const { now, advance } = clock();
    const neon = await startNeon({ seed: { unique_key_names: false }, now });
    open.push(neon);
    const mint = () => asAdmin(neon, 'createOrgApiKey', { body: { key_name: 'x' } });
    for (let i = 0; i < 10; i++) expect((await mint()).status).toBe(200);
    const before = neon.state();
    advance(999);
    const refused = await mint();
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '1']);
    expect(neon.state()).toEqual(before);
    // Another route and another account are not limited.
    expect((await asAdmin(neon, 'listOrgApiKeys')).status).toBe(200);
    expect((await send(neon, 'getAuthDetails', { token: neon.tokens.member })).status).toBe(200);
    advance(1);
    expect((await mint()).status).toBe(200);
  });

  it('limit the requests of an account per minute', async () => {
    const { now, advance } = clock();
    const neon = await start({ now, rateLimits: { account_per_minute: 3, route_per_second: 40, routes: {} } });
    for (const operation of ['getOrganization', 'listOrgApiKeys', 'getProject'] as const) {
      expect((await asAdmin(neon, operation)).status).toBe(200);
      advance(10_000);
    }
    const refused = await asAdmin(neon, 'getAuthDetails');
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '30']);
    advance(30_000);
    expect((await asAdmin(neon, 'getAuthDetails')).status).toBe(200);
    await neon.reset();
    expect((await asAdmin(neon, 'getAuthDetails')).status).toBe(200);
    expect((await asAdmin(neon, 'getAuthDetails')).status).toBe(200);
  });
});

describe('defineNeon', () => {
  it('works without the front, and restores its snapshot', async () => {
    const seed = seedState();
    const runtime = await createEmulator({ service: defineNeon(), seed, listen: false });
    const headers = { authorization: `Bearer ${seed.credentials[0]?.token}` };
    const path = `/api/v2/organizations/${SEED.organizationId}/api_keys`;
    const before = runtime.snapshot();
    const minted = await runtime.request(path, { method: 'POST', headers, body: '{"key_name":"x"}' });
    expect(await minted.json()).toMatchObject({ name: 'x' });
    expect(runtime.snapshot().state.credentials).toHaveLength(before.state.credentials.length + 1);
    await runtime.restore(before);
    expect(runtime.snapshot()).toEqual(before);
    const lost = await runtime.request('/api/v2/branches', { headers });
    expect([lost.status, await lost.json()]).toMatchObject([404, { code: '' }]);
    await runtime.close();
  });

  it('creates different tokens in each seed', () => {
    const tokens = [seedState(), seedState()].flatMap((state) => state.credentials.map(({ token }) => token));
    expect(new Set(tokens).size).toBe(10);
  });
});
