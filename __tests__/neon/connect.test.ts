import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, vi } from 'vitest';
import { connectNeon, noteTime } from '../../src/neon/connect.ts';
import { fakeClock } from '../fake-clock.ts';

const getRequest = { method: 'GET', path: '/', requestId: 'r', timeoutMs: 1 } as const;

function respondingWith(headers: Record<string, string>) {
  const clock = fakeClock(Date.parse('2026-11-24T12:00:00Z'));
  const { exchange, now } = noteTime({ exchange: async () => ({ status: 200, headers, text: '' }) }, clock);
  return { clock, exchange, now };
}

it('noteTime uses the clock of this machine until a response has a date, and then follows Neon’s clock', async () => {
  const { clock, exchange, now } = respondingWith({ date: 'Tue, 24 Nov 2026 10:30:00 GMT' });
  expect(now()).toBe(clock.now());
  await exchange(getRequest);
  expect(new Date(now()).toISOString()).toBe('2026-11-24T10:30:00.000Z');
  clock.advance(60_000);
  expect(new Date(now()).toISOString()).toBe('2026-11-24T10:31:00.000Z');
});

it.each<Record<string, string>>([{}, { date: 'yesterday' }])(
  'noteTime keeps this machine’s time after a response with the headers %o',
  async (headers) => {
    const { clock, exchange, now } = respondingWith(headers);
    await exchange(getRequest);
    expect(now()).toBe(clock.now());
  },
);

const admin = 'admin-'.padEnd(40, 'x');
const key = { id: 7, name: 'a', created_at: '2026-11-24T12:00:00Z', key: 'token-'.padEnd(40, 'x') };

it('connectNeon combines the key, user agent, request IDs, retries and both rate limits', async () => {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    response.writeHead(seen.length === 1 ? 502 : 200).end(JSON.stringify(request.method === 'POST' ? key : [key]));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const clock = fakeClock();
  const debug = vi.fn();
  const neon = await connectNeon({
    apiHost: new URL(`http://127.0.0.1:${port}/api/v2`),
    apiKey: admin,
    orgId: 'org-a',
    clock,
    random: () => 0,
    env: {},
    timeoutMs: 10_000,
    info: () => undefined,
    debug,
  });

  expect(await neon.listOrgApiKeys()).toMatchObject([{ id: '7' }]);
  expect(clock.waits).toEqual([250]);
  expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual(
    Array(2).fill('GET /api/v2/organizations/org-a/api_keys'),
  );
  expect(seen[0]?.headers).toMatchObject({
    authorization: `Bearer ${admin}`,
    'user-agent': expect.stringMatching(/^neon-org-action\//),
    'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(seen[1]?.headers['x-request-id']).not.toBe(seen[0]?.headers['x-request-id']);

  await neon.createOrgApiKey({ key_name: 'a' });
  await neon.createOrgApiKey({ key_name: 'a' });
  expect(clock.waits.slice(1)).toEqual([100]);
  for (let times = 0; times < 10; times += 1) await neon.listOrgApiKeys();
  expect(clock.waits.length).toBeGreaterThan(2);

  server.close();
  await once(server, 'close');
});
