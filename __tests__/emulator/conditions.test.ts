import sodium from 'libsodium-wrappers';
import { afterEach, describe, expect, it } from 'vitest';
import type { Fault, FaultRule, PageEnd } from '../../emulator/faults.ts';
import type { OperationId as GitHubOperation } from '../../emulator/github/operations.ts';
import { type GitHubOptions, type GitHubServer, startGitHub } from '../../emulator/github.ts';
import type { OperationId } from '../../emulator/operations.ts';
import { type NeonServer, type StartOptions, startNeon } from '../../emulator/server.ts';
import { SEED } from '../../emulator/state.ts';
import { type Seen, type Sent, send } from './client.ts';
import { client, shop } from './octokit.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

async function start(options: StartOptions = {}): Promise<NeonServer> {
  const neon = await startNeon(options);
  open.push(neon);
  return neon;
}

async function startShop(options: GitHubOptions = {}): Promise<GitHubServer> {
  const github = await startGitHub(options);
  open.push(github);
  return github;
}

const asAdmin = (neon: NeonServer, operation: OperationId, sent: Sent = {}): Promise<Seen> =>
  send(neon, operation, { token: neon.tokens.admin, ...sent });

const mint = (neon: NeonServer, key_name: string) => asAdmin(neon, 'createOrgApiKey', { body: { key_name } });

const namesIn = ({ json }: Seen): string[] => json.map((key: { name: string }) => key.name);

/** A clock that a test advances. */
function fakeClock() {
  let timeMs = Date.UTC(2026, 5, 1, 12);
  return {
    now: () => new Date(timeMs),
    pass(ms: number) {
      timeMs += ms;
    },
  };
}

describe('an outdated list of keys', () => {
  it('lacks new keys and contains revoked keys, even if the fault is set afterwards', async () => {
    const { now, pass } = fakeClock();
    const neon = await start({ now });
    const { json: old } = await mint(neon, 'old');
    pass(10_000);
    await asAdmin(neon, 'revokeOrgApiKey', { params: { key_id: String(old.id) } });
    await mint(neon, 'new');
    neon.faults = [{ operation: 'listOrgApiKeys', fault: { type: 'behind', ms: 2000 } }];
    const look = async () => namesIn(await asAdmin(neon, 'listOrgApiKeys')).filter((name) => /^(old|new)$/.test(name));
    pass(1999);
    expect(await look()).toEqual(['old']);
    pass(1);
    expect(await look()).toEqual(['new']);
  });

  it('does not reactivate a revoked key', async () => {
    const { now, pass } = fakeClock();
    const neon = await start({ now, faults: [{ fault: { type: 'behind', ms: 60_000 } }] });
    const { json: key } = await mint(neon, 'x');
    pass(1000);
    await asAdmin(neon, 'revokeOrgApiKey', { params: { key_id: String(key.id) } });
    expect((await send(neon, 'getAuthDetails', { token: key.key })).status).toBe(401);
    expect(neon.isLive(key.key)).toBe(false);
  });

  it('also affects members and changes that were made without a request', async () => {
    const { now, pass } = fakeClock();
    const neon = await start({ now, faults: [{ fault: { type: 'behind', ms: 1000 } }] });
    const roles = async () => {
      const { json } = await asAdmin(neon, 'getOrganizationMembers', {
        query: { sort_by: 'email', sort_order: 'asc' },
      });
      return json.members.map(({ member }: { member: { role: string } }) => member.role);
    };
    pass(5000);
    const linus = neon.state().members.find(({ user_id }) => user_id === SEED.member.id);
    await asAdmin(neon, 'updateOrganizationMember', {
      params: { member_id: linus?.id ?? '' },
      body: { role: 'viewer' },
    });
    pass(5000);
    neon.change(({ members }) => {
      for (const member of members) member.role = 'admin';
    });
    expect(await roles()).toEqual(['admin', 'admin', 'viewer']);
    pass(1000);
    expect(await roles()).toEqual(['admin', 'admin', 'admin']);
  });
});

it('the fault new-key-refused answers 401 to a new key until it is old enough, and to no other key', async () => {
  const { now, pass } = fakeClock();
  const neon = await start({
    now,
    faults: [{ operation: 'getAuthDetails', fault: { type: 'new-key-refused', ms: 1000 } }],
  });
  const { json: key } = await mint(neon, 'x');
  const prove = async (token: string) => (await send(neon, 'getAuthDetails', { token })).status;
  expect([await prove(key.key), await prove(neon.tokens.admin)]).toEqual([401, 200]);
  pass(1000);
  expect(await prove(key.key)).toBe(200);
});

describe('the response to a request that was carried out', () => {
  const statuses = [200, 307, 401, 403, 404, 409, 422, 423, 429, 500, 502, 503];

  it.each(statuses)("can be %i, in Neon's form and with any body", async (status) => {
    const neon = await start({ faults: [{ nth: 1, fault: { type: 'status-after', status } }] });
    const formed = await mint(neon, 'formed');
    expect([formed.status, formed.json]).toMatchObject([status, { code: '', message: `scripted response ${status}` }]);
    neon.faults = [{ fault: { type: 'status-after', status, body: '<html>gateway</html>' } }];
    const html = await mint(neon, 'html');
    expect([html.status, html.text]).toEqual([status, '<html>gateway</html>']);
    expect(neon.liveKeys().map(({ name }) => name)).toEqual([SEED.forgottenKey, 'formed', 'html']);
  });

  it.each(['', 'null', '{}', '[]'])('can be 200 with the body %j', async (body) => {
    const neon = await start({ faults: [{ fault: { type: 'status-after', status: 200, body } }] });
    expect(await mint(neon, 'x')).toMatchObject({ status: 200, text: body });
  });

  it.each(['0', '120', 'Wed, 21 Oct 2026 07:28:00 GMT'])('can be 429 with Retry-After: %s', async (value) => {
    const headers = { 'retry-after': value };
    const neon = await start({ faults: [{ fault: { type: 'status', status: 429, headers } }] });
    expect((await mint(neon, 'x')).headers['retry-after']).toBe(value);
    expect(neon.liveKeys()).toHaveLength(1);
  });

  it('can be a redirect', async () => {
    const headers = { location: 'https://example.com/elsewhere' };
    const neon = await start({ faults: [{ fault: { type: 'status', status: 307, headers } }] });
    const response = await mint(neon, 'x');
    expect([response.status, response.headers['location']]).toEqual([307, headers.location]);
  });

  it('can be about another key', async () => {
    const neon = await start({ faults: [{ nth: 2, fault: { type: 'previous-response' } }] });
    const [first, second, third] = [await mint(neon, 'one'), await mint(neon, 'two'), await mint(neon, 'three')];
    expect([first.json.name, second.json.name, third.json.name]).toEqual(['one', 'one', 'three']);
    expect(second.json.key).toBe(first.json.key);
    expect(neon.liveKeys().map(({ name }) => name)).toEqual([SEED.forgottenKey, 'one', 'two', 'three']);
  });

  it('can have changed or removed fields, with exact large IDs', async () => {
    const patch = { name: 'another', created_by: null };
    const neon = await start({
      seed: { next_key_id: '9007199254740993' },
      faults: [{ operation: 'createOrgApiKey', fault: { type: 'merge', patch } }],
    });
    const response = await mint(neon, 'x');
    expect(Object.keys(response.json)).toEqual(['id', 'name', 'created_at', 'key']);
    expect(response.json.name).toBe('another');
    expect(response.text).toContain('"id":9007199254740993,');
    const refused = await asAdmin(neon, 'createOrgApiKey', { body: {} });
    expect(refused.json.name).toBeUndefined();
  });
});

describe('the delivery of a request', () => {
  const requestedTwice = async (response?: 'first' | 'second') => {
    const fault: FaultRule['fault'] = { type: 'duplicate', ...(response && { response }) };
    const neon = await start({ faults: [{ operation: 'createOrganizationInvitations', fault }] });
    const invitations = [{ email: 'dorothy@example.com', role: 'member' }];
    const { json } = await asAdmin(neon, 'createOrganizationInvitations', { body: { invitations } });
    const sent = neon.state().invitations.map(({ id }) => id);
    return { invitationId: json.invitations[0].id, sent, requests: neon.requests };
  };

  it('can happen twice, with the first or the second response', async () => {
    const first = await requestedTwice();
    expect([first.sent.length, first.requests.length]).toEqual([2, 1]);
    expect(first.invitationId).toBe(first.sent[0]);
    const second = await requestedTwice('second');
    expect(second.invitationId).toBe(second.sent[1]);
  });

  it('can happen after the client has lost its connection', async () => {
    const performed = Promise.withResolvers<void>();
    const neon = await start({
      faults: [{ operation: 'createOrgApiKey', nth: 1, fault: { type: 'late', ms: 1 } }],
      at: (point) => (point === 'performed' ? performed.resolve() : undefined),
    });
    await expect(mint(neon, 'x')).rejects.toThrow('other side closed');
    await performed.promise;
    expect(neon.liveKeys().map(({ name }) => name)).toContain('x');
    expect(neon.requests).toMatchObject([{ status: null, performed: true }]);
  });

  it('does not happen after the server has closed', async () => {
    const neon = await startNeon({ faults: [{ fault: { type: 'late', ms: 3_600_000 } }] });
    await expect(mint(neon, 'x')).rejects.toThrow('other side closed');
    await neon.close();
    expect(neon.liveKeys()).toHaveLength(1);
  });

  it('can end with a response that stops after its first half', async () => {
    const neon = await start({ faults: [{ fault: { type: 'stall' } }] });
    const url = `${neon.apiHost}/auth`;
    const leave = new AbortController();
    const headers = { authorization: `Bearer ${neon.tokens.admin}` };
    const response = await fetch(url, { headers, signal: leave.signal });
    const reader = response.body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    expect(value?.length).toBe(Math.floor(Number(response.headers.get('content-length')) / 2));
    const rest = reader?.read();
    leave.abort();
    await expect(rest).rejects.toThrow('aborted');
  });
});

it.each([-3_456_000_000, 3_456_000_000])(
  'the Date header can be off by %i ms in addition to another fault',
  async (ms) => {
    const { now } = fakeClock();
    const neon = await start({ now, faults: [{ fault: { type: 'date', ms } }] });
    const expected = new Date(now().getTime() + ms).toUTCString();
    expect((await asAdmin(neon, 'listOrgApiKeys')).headers['date']).toBe(expected);
    neon.faults.push({ fault: { type: 'status', status: 503 } });
    const failed = await asAdmin(neon, 'listOrgApiKeys');
    expect([failed.status, failed.headers['date']]).toEqual([503, expected]);
  },
);

it('a response can lack a header', async () => {
  const neon = await start({ faults: [{ fault: { type: 'without-headers', names: ['Date', 'x-request-id'] } }] });
  const { headers } = await asAdmin(neon, 'listOrgApiKeys');
  expect([headers['date'], headers['x-request-id'], headers['content-type']]).toEqual([
    undefined,
    undefined,
    'application/json',
  ]);
});

describe('the last page of members', () => {
  /** The sizes of the first pages and their cursors, for at most six pages. */
  async function pagesOf(end: PageEnd) {
    const neon = await start({ faults: [{ operation: 'getOrganizationMembers', fault: { type: 'page-end', end } }] });
    const sizes: number[] = [];
    const cursors: (string | null | undefined)[] = [];
    for (let page = 0; page < 6; page += 1) {
      const cursor = cursors.at(-1);
      const query = { limit: '2', ...(cursor && { cursor }) };
      const { json } = await asAdmin(neon, 'getOrganizationMembers', { query });
      sizes.push(json.members.length);
      cursors.push(json.pagination.next);
      if (!json.pagination.next) break;
    }
    return { sizes, cursors };
  }

  it.each<[PageEnd, number[], unknown]>([
    ['null', [2, 1], null],
    ['empty', [2, 1], ''],
    ['empty-page', [2, 1, 0], undefined],
  ])('can have the end %s', async (end, sizes, last) => {
    const pages = await pagesOf(end);
    expect([pages.sizes, pages.cursors.at(-1)]).toEqual([sizes, last]);
  });

  it('can be endless, with a new cursor on every page', async () => {
    const { sizes, cursors } = await pagesOf('endless');
    expect(sizes).toEqual([2, 1, 0, 0, 0, 0]);
    expect(new Set(cursors).size).toBe(6);
  });

  it('can have its own cursor', async () => {
    const { sizes, cursors } = await pagesOf('same');
    expect(sizes).toEqual([2, 1, 1, 1, 1, 1]);
    expect(new Set(cursors).size).toBe(1);
  });
});

describe('the requests that a fault rule applies to', () => {
  it('can be all from the nth with a substring in their path', async () => {
    const neon = await start({ faults: [{ path: '/members', from: 2, fault: { type: 'status', status: 404 } }] });
    const statuses: number[] = [];
    for (const operation of ['getOrganizationMembers', 'listOrgApiKeys', 'getOrganizationMembers'] as const) {
      for (let time = 0; time < 2; time += 1) statuses.push((await asAdmin(neon, operation)).status);
    }
    expect(statuses).toEqual([200, 404, 200, 200, 404, 404]);
  });
});

describe('the faults of the emulated GitHub', () => {
  const rule = (fault: FaultRule<GitHubOperation>): FaultRule<GitHubOperation> => fault;

  it('can hide a repository from the third request on', async () => {
    const github = await startShop({
      faults: [{ path: '/repos/acme/shop', from: 3, fault: { type: 'status', status: 404 } }],
    });
    const { repos, users } = client(github).rest;
    await repos.get(shop);
    await repos.get(shop);
    await expect(repos.get(shop)).rejects.toMatchObject({ status: 404, response: { data: { message: 'Not Found' } } });
    expect((await users.getByUsername({ username: 'ada' })).status).toBe(200);
  });

  it('can answer 404 for a run once', async () => {
    const fault = { type: 'status', status: 404 } as const;
    const github = await startShop({ faults: [rule({ operation: 'getWorkflowRun', nth: 1, fault })] });
    const get = () => client(github).rest.actions.getWorkflowRun({ ...shop, run_id: 19876543210 });
    await expect(get()).rejects.toMatchObject({ status: 404 });
    expect((await get()).data.status).toBe('in_progress');
  });

  it('can remove the Link header of a full page', async () => {
    const members = Array.from({ length: 150 }, (_, number) => ({ login: `user-${number}` }));
    const teams = [{ slug: 'all', members: members.map(({ login }) => login) }];
    const fault: Fault = { type: 'without-headers', names: ['link'] };
    const github = await startShop({
      seed: { members, teams },
      faults: [rule({ operation: 'listTeamMembers', fault })],
    });
    const octokit = client(github);
    const wanted = { org: 'acme', team_slug: 'all', per_page: 100 };
    expect(await octokit.paginate(octokit.rest.teams.listMembersInOrg, wanted)).toHaveLength(100);
    github.faults = [];
    expect(await octokit.paginate(octokit.rest.teams.listMembersInOrg, wanted)).toHaveLength(150);
  });

  async function putSecret(github: GitHubServer) {
    const { actions } = client(github).rest;
    const { data } = await actions.getRepoPublicKey(shop);
    await sodium.ready;
    const encrypted_value = sodium.to_base64(
      sodium.crypto_box_seal('x', sodium.from_base64(data.key, sodium.base64_variants.ORIGINAL)),
      sodium.base64_variants.ORIGINAL,
    );
    return actions.createOrUpdateRepoSecret({ ...shop, secret_name: 'A', encrypted_value, key_id: data.key_id });
  }

  it('can store a secret and answer 502', async () => {
    const fault = { type: 'status-after', status: 502 } as const;
    const github = await startShop({ faults: [rule({ operation: 'createOrUpdateRepoSecret', fault })] });
    await expect(putSecret(github)).rejects.toMatchObject({ status: 502 });
    expect(github.secret('repository', 'A')?.value).toBe('x');
  });

  it('can show a secret too late, with the same public key', async () => {
    const { now, pass } = fakeClock();
    const github = await startShop({ now, faults: [{ fault: { type: 'behind', ms: 1000 } }] });
    const { actions } = client(github).rest;
    await putSecret(github);
    await expect(actions.getRepoSecret({ ...shop, secret_name: 'A' })).rejects.toMatchObject({ status: 404 });
    expect((await putSecret(github)).status).toBe(204);
    pass(1000);
    expect((await actions.getRepoSecret({ ...shop, secret_name: 'A' })).status).toBe(200);
  });
});
