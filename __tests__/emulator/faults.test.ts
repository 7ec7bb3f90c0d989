import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Fault, FaultRule } from '../../emulator/faults.ts';
import { readCommandFile } from '../../emulator/runner.ts';
import {
  type NeonServer,
  type Point,
  type RecordedRequest,
  type StartOptions,
  startNeon,
} from '../../emulator/server.ts';
import { type Sent, send } from './client.ts';

const open: NeonServer[] = [];
afterEach(() => Promise.all(open.splice(0).map((neon) => neon.close())));

async function start(options: StartOptions = {}): Promise<NeonServer> {
  // The tests count keys that all have one name.
  const neon = await startNeon({ seed: { unique_key_names: false }, ...options });
  open.push(neon);
  return neon;
}

/** Mints a key named `x`. @returns the status of the response, or `lost` if the connection broke */
async function mint(neon: NeonServer, sent: Sent = {}) {
  const given = { token: neon.tokens.admin, body: { key_name: 'x' }, ...sent };
  return send(neon, 'createOrgApiKey', given).catch((error: Error & { code?: string }) => ({
    status: 'lost' as const,
    error,
    headers: {} as Record<string, unknown>,
    text: '',
    json: undefined,
  }));
}

const minted = (neon: NeonServer) => neon.liveKeys().filter((key) => key.name === 'x').length;

describe('each fault', () => {
  const rows: [fault: Fault, seen: number | 'lost', recorded: number | null, done: boolean][] = [
    [{ type: 'drop-before' }, 'lost', null, false],
    [{ type: 'drop-after' }, 'lost', null, true],
    [{ type: 'status', status: 503 }, 503, 503, false],
    [{ type: 'status-after', status: 502 }, 502, 502, true],
    [{ type: 'delay', ms: 1 }, 200, 200, true],
    [{ type: 'cut' }, 'lost', 200, true],
    [{ type: 'garble' }, 200, 200, true],
  ];

  it.each(rows)('has the documented effect for the client: %j', async (fault, seen, status, performed) => {
    const neon = await start({ faults: [{ fault }] });
    const response = await mint(neon);
    expect(response.status).toBe(seen);
    expect(minted(neon)).toBe(performed ? 1 : 0);
    const request: Partial<RecordedRequest> = {
      operation: 'createOrgApiKey',
      method: 'POST',
      body: '{"key_name":"x"}',
    };
    const path = `/api/v2/organizations/${neon.organizationId}/api_keys`;
    expect(neon.requests).toMatchObject([{ ...request, path, status, performed }]);
  });

  it('closes the connection if it is a drop', async () => {
    const neon = await start({ faults: [{ fault: { type: 'drop-after' } }] });
    expect(await mint(neon)).toMatchObject({ error: { code: 'UND_ERR_SOCKET' } });
  });

  it('answers a GeneralError with the request ID if it is a status, without Retry-After by default', async () => {
    const neon = await start({ faults: [{ nth: 1, fault: { type: 'status', status: 429 } }] });
    const plain = await mint(neon, { headers: { 'x-request-id': 'mine' } });
    expect(plain.json).toEqual({ request_id: 'mine', code: '', message: 'scripted response 429' });
    expect(plain.headers['retry-after']).toBeUndefined();
    neon.faults = [{ fault: { type: 'status', status: 503, headers: { 'retry-after': '7' }, body: 'busy' } }];
    const given = await mint(neon);
    expect([given.headers['retry-after'], given.text]).toEqual(['7', 'busy']);
  });

  it('announces the whole body and sends half of it if it is a cut', async () => {
    const neon = await start({ faults: [{ fault: { type: 'cut' } }] });
    const headers = { authorization: `Bearer ${neon.tokens.admin}` };
    const response = await request(`${neon.apiHost}/auth`, { headers });
    let received = 0;
    const read = async () => {
      for await (const chunk of response.body) received += chunk.length;
    };
    await expect(read()).rejects.toThrow('other side closed');
    expect(received).toBe(Math.floor(Number(response.headers['content-length']) / 2));
  });

  it('sends invalid JSON with the content type of JSON if it is garbled', async () => {
    const neon = await start({ faults: [{ fault: { type: 'garble' } }] });
    const response = await mint(neon);
    expect(response.headers['content-type']).toBe('application/json');
    expect([response.json, response.text.length > 0]).toEqual([undefined, true]);
  });

  it.each(['hang-before', 'hang-after'] as const)('ends when the client disconnects: %s', async (type) => {
    const client = new AbortController();
    const leave = (point: Point) => point === (type === 'hang-after' ? 'performed' : 'received') && client.abort();
    const neon = await start({ faults: [{ nth: 1, fault: { type } }], at: (point) => void leave(point) });
    expect((await mint(neon, { signal: client.signal })).status).toBe('lost');
    expect(minted(neon)).toBe(type === 'hang-after' ? 1 : 0);
    expect(neon.requests[0]?.status).toBeNull();
  });

  it.each([{ type: 'hang-before' }, { type: 'hang-after' }, { type: 'delay', ms: 3_600_000 }] as const)(
    'ends when the server closes: $type',
    async (fault) => {
      const reached = Promise.withResolvers<void>();
      const last = fault.type === 'hang-before' ? 'received' : 'performed';
      const at: StartOptions['at'] = (point) => {
        if (point === last) reached.resolve();
      };
      const neon = await startNeon({ faults: [{ operation: 'createOrgApiKey', fault }], at });
      const response = mint(neon);
      await reached.promise;
      // Another request is answered in the meantime.
      await send(neon, 'getAuthDetails', { token: neon.tokens.admin });
      expect(neon.requests[0]?.status).toBeNull();
      await neon.close();
      expect((await response).status).toBe('lost');
    },
  );
});

describe('the requests that a fault rule strikes', () => {
  const busy: Fault = { type: 'status', status: 503 };
  const locked: Fault = { type: 'status', status: 423 };

  it.each<[string, FaultRule[], number[]]>([
    ['every one', [{ fault: busy }], [503, 503, 503, 503]],
    ['the second', [{ nth: 2, fault: busy }], [200, 503, 200, 200]],
    ['the second and the third', [{ nth: 2, times: 2, fault: busy }], [200, 503, 503, 200]],
    ['the first two', [{ times: 2, fault: busy }], [503, 503, 200, 200]],
    [
      'in order',
      [
        { times: 1, fault: busy },
        { times: 2, fault: locked },
      ],
      [503, 423, 423, 200],
    ],
    [
      'the first rule wins',
      [
        { nth: 2, fault: busy },
        { nth: 2, fault: locked },
      ],
      [200, 503, 200, 200],
    ],
    ['of its operation', [{ operation: 'listOrgApiKeys', fault: busy }], [200, 200, 200, 200]],
    ['of any operation', [{ operation: 'any', nth: 4, fault: busy }], [200, 200, 200, 503]],
  ])('are %s', async (_, faults, statuses) => {
    const neon = await start({ faults });
    for (const status of statuses) expect((await mint(neon)).status).toBe(status);
  });

  it('are counted by operation, and again after a reset', async () => {
    const neon = await start({ faults: [{ operation: 'createOrgApiKey', nth: 2, fault: busy }] });
    const round = async () => {
      const first = await mint(neon);
      const other = await send(neon, 'getOrganization', { token: neon.tokens.admin });
      return [first.status, other.status, (await mint(neon)).status, minted(neon)];
    };
    expect(await round()).toEqual([200, 200, 503, 1]);
    neon.faults.push({ fault: locked });
    await neon.reset();
    expect(neon.requests).toEqual([]);
    expect(await round()).toEqual([200, 200, 503, 1]);
  });
});

describe('the points of a request', () => {
  it('are reached in order, awaited, and counted by operation', async () => {
    const log: unknown[] = [];
    const at: StartOptions['at'] = async (point, { operation, nth }) => {
      await Promise.resolve();
      log.push([point, operation, nth, minted(neon), neon.requests.at(-1)?.status]);
    };
    const neon = await start({ at });
    await mint(neon);
    await send(neon, 'getAuthDetails', { token: neon.tokens.admin });
    await mint(neon, { token: neon.tokens.member });
    expect(log).toEqual([
      ['received', 'createOrgApiKey', 1, 0, null],
      ['performed', 'createOrgApiKey', 1, 1, null],
      ['received', 'getAuthDetails', 1, 1, null],
      ['performed', 'getAuthDetails', 1, 1, null],
      // Refused, so never performed.
      ['received', 'createOrgApiKey', 2, 1, null],
    ]);
    await neon.reset();
    await mint(neon);
    expect(log.at(-1)).toEqual(['performed', 'createOrgApiKey', 1, 1, null]);
  });
});

describe('the control endpoints', () => {
  const control = async (neon: NeonServer, method: 'GET' | 'PUT' | 'POST', path: string, body?: string) => {
    const response = await request(`${neon.url}/_emulator/${path}`, { method, ...(body && { body }) });
    return { status: response.statusCode, text: await response.body.text() };
  };

  it('set faults, show requests and state, and reset, without showing a token', async () => {
    const neon = await start();
    const rules = JSON.stringify([{ operation: 'createOrgApiKey', nth: 2, fault: { type: 'drop-after' } }]);
    expect((await control(neon, 'PUT', 'faults', rules)).status).toBe(200);
    expect([(await mint(neon)).status, (await mint(neon)).status, minted(neon)]).toEqual([200, 'lost', 2]);
    const requests = await control(neon, 'GET', 'requests');
    expect(JSON.parse(requests.text)).toMatchObject([
      { headers: { authorization: 'Bearer ***' }, status: 200 },
      { headers: { authorization: 'Bearer ***' }, status: null },
    ]);
    const state = await control(neon, 'GET', 'state');
    expect(JSON.parse(state.text).credentials).toHaveLength(7);
    for (const { text } of [requests, state]) expect(text).not.toContain('neon_emulated_');
    await control(neon, 'POST', 'reset');
    expect([minted(neon), neon.requests, neon.faults]).toEqual([0, [], []]);
  });

  it.each<Fault>([
    { type: 'late', ms: 5 },
    { type: 'status-after', status: 429, headers: { 'retry-after': '0' }, body: '' },
    { type: 'duplicate', response: 'second' },
    { type: 'previous-response' },
    { type: 'stall' },
    { type: 'behind', ms: 2000 },
    { type: 'new-key-refused', ms: 1000 },
    { type: 'page-end', end: 'endless' },
    { type: 'date', ms: -1 },
    { type: 'without-headers', names: ['link'] },
    { type: 'merge', patch: { invitations: [] } },
  ])('accept the fault %j', async (fault) => {
    const neon = await start();
    const rules = [{ operation: 'getProject', path: '/projects', from: 2, times: 3, fault }];
    expect((await control(neon, 'PUT', 'faults', JSON.stringify(rules))).status).toBe(200);
    expect(neon.faults).toEqual(rules);
  });

  it.each([
    ['not JSON', '['],
    ['not an array', '{}'],
    ['a rule that is not an object', '[null]'],
    ['no fault', '[{"nth":1}]'],
    ['an unknown fault', '[{"fault":{"type":"explode"}}]'],
    ['no status', '[{"fault":{"type":"status"}}]'],
    ['a status that cannot be sent', '[{"fault":{"type":"status","status":99}}]'],
    ['a header that is not text', '[{"fault":{"type":"status","status":429,"headers":{"retry-after":1}}}]'],
    ['no milliseconds', '[{"fault":{"type":"behind"}}]'],
    ['an unknown end of pages', '[{"fault":{"type":"page-end","end":"never"}}]'],
    ['a mistyped field of a rule', '[{"nht":1,"fault":{"type":"cut"}}]'],
    ['a mistyped field of a fault', '[{"fault":{"type":"duplicate","answers":"second"}}]'],
    ['a count from 0', '[{"nth":0,"fault":{"type":"cut"}}]'],
  ])('answer 400 to %s and keep the rules', async (_, body) => {
    const neon = await start({ faults: [{ nth: 9, fault: { type: 'cut' } }] });
    expect((await control(neon, 'PUT', 'faults', body)).status).toBe(400);
    expect(neon.faults).toEqual([{ nth: 9, fault: { type: 'cut' } }]);
    expect((await control(neon, 'GET', 'nothing')).status).toBe(404);
  });
});

describe('npm run emulator', () => {
  /** Starts the emulator. @returns the variables of its `export` lines */
  async function startScript() {
    const script = fileURLToPath(new URL('../../emulator/start.ts', import.meta.url));
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const exit = once(child, 'exit');
    let out = '';
    for await (const chunk of child.stdout) {
      out += chunk;
      if (out.includes('_emulator/reset')) break;
    }
    const lines = [...out.matchAll(/^export (\w+)='(.*)'$/gm)];
    return { child, exit, env: Object.fromEntries(lines.map(([, name, value]) => [name, value])) };
  }

  it('prints variables with which the built action can be run by hand', async () => {
    const { child, exit, env } = await startScript();
    const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
    const step = spawn(process.execPath, [main], {
      env: { PATH: process.env['PATH'], ...env, INPUT_OPERATION: 'list-keys' },
      stdio: 'ignore',
    });
    expect(await once(step, 'exit')).toEqual([0, null]);
    expect(readCommandFile(env['GITHUB_OUTPUT'] ?? '')).toMatchObject({ key_count: '3' });
    child.kill('SIGTERM');
    await exit;
    expect(existsSync(env['RUNNER_TEMP'] ?? '')).toBe(false);
  });

  // Windows has no signals that end a process.
  it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)('exits with 0 on %s', async (signal) => {
    const { child, exit, env } = await startScript();
    const headers = { authorization: `Bearer ${env['INPUT_API_KEY']}` };
    const response = await request(`${env['INPUT_API_HOST']}/auth`, { headers });
    expect(await response.body.json()).toMatchObject({ auth_method: 'api_key_user' });
    const authorization = `Bearer ${env['INPUT_GITHUB_TOKEN']}`;
    const shop = await request(`${env['INPUT_GITHUB_API_URL']}/repos/acme/shop`, { headers: { authorization } });
    expect(await shop.body.json()).toMatchObject({ full_name: 'acme/shop' });

    // A response that is delayed by an hour must not keep it alive.
    const control = `${env['NEON']}/_emulator`;
    await request(`${control}/faults`, { method: 'PUT', body: '[{"fault":{"type":"delay","ms":3600000}}]' });
    const delayed = request(`${env['INPUT_API_HOST']}/auth`).catch(() => 'lost');
    const begun = async () => (await (await request(`${control}/requests`)).body.text()).includes('"status": null');
    while (!(await begun()));
    child.kill(signal);
    expect([await exit, await delayed]).toEqual([[0, null], 'lost']);
  });
});
