import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Clock } from '../../src/lib/clock.ts';
import { NoResponseError } from '../../src/lib/http.ts';
import { type FailureKind, NeonError } from '../../src/neon/errors.ts';
import { createRequester, type NeonRequest, type RequesterOptions } from '../../src/neon/requests.ts';
import type { Exchange, NeonResponse } from '../../src/neon/transport.ts';
import { fakeClock } from '../fake-clock.ts';

const start = Date.UTC(2026, 10, 24, 12, 0, 0);

const listKeys: NeonRequest<unknown[]> = {
  operationId: 'listOrgApiKeys',
  method: 'GET',
  path: '/organizations/org-a/api_keys',
  idempotent: true,
  needs: 'the right key',
  checkWhenNotFound: 'Check `org_id`.',
  read: (body) => (Array.isArray(body) ? body : undefined),
};
const createKey: NeonRequest<unknown[]> = {
  ...listKeys,
  operationId: 'createOrgApiKey',
  method: 'POST',
  idempotent: false,
  body: { key_name: 'a' },
};

function response(status: number, body: unknown = {}, headers: NeonResponse['headers'] = {}): NeonResponse {
  return { status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) };
}

type Reply = NeonResponse | Error | ((exchange: Exchange) => NeonResponse);

/** A reply before which an event happens. */
function withEvent(event: () => void, reply: NeonResponse): Reply {
  return () => {
    event();
    return reply;
  };
}

/** A requester whose requests get these responses in turn, and then the last one repeatedly. */
function scripted(replies: Reply[], more: Partial<RequesterOptions> = {}) {
  const clock = fakeClock(start);
  const sent: Exchange[] = [];
  const debug = vi.fn<(line: string) => void>();
  const info = vi.fn<(line: string) => void>();
  const send = createRequester({
    transport: {
      exchange: async (exchange) => {
        const reply = replies[Math.min(sent.length, replies.length - 1)] as Reply;
        sent.push(exchange);
        if (reply instanceof Error) throw reply;
        return typeof reply === 'function' ? reply(exchange) : reply;
      },
    },
    clock,
    newRequestId: () => `request-${sent.length + 1}`,
    random: () => 0,
    retry: { attempts: 3, longestWaitMs: 30_000 },
    timeoutMs: 30_000,
    limit: async () => undefined,
    info,
    debug,
    ...more,
  });
  return { send, sent, clock, info, debug };
}

async function failureOf(work: Promise<unknown>): Promise<NeonError> {
  const error = await work.then(
    () => expect.unreachable('the request should have failed'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(NeonError);
  return error as NeonError;
}

describe('a response of Neon', () => {
  it('is returned as the endpoint reads it', async () => {
    const { send, sent, clock } = scripted([response(200, [1, 2])]);
    expect(await send(listKeys)).toEqual([1, 2]);
    expect(sent).toStrictEqual([
      {
        method: 'GET',
        path: '/organizations/org-a/api_keys',
        body: undefined,
        requestId: 'request-1',
        timeoutMs: 30_000,
        signal: undefined,
      },
    ]);
    expect(clock.waits).toEqual([]);
  });

  it('is written to the debug log with its duration', async () => {
    const clock = fakeClock(start);
    const { send, debug } = scripted([withEvent(() => clock.advance(12), response(200, []))], { clock });
    await send(listKeys);
    expect(debug.mock.calls).toEqual([['GET /organizations/org-a/api_keys: 200 in 12 ms (request ID request-1)']]);
  });

  it('is also returned for a request with a body', async () => {
    const { send, sent } = scripted([response(200, [])]);
    await send(createKey);
    expect(sent[0]).toMatchObject({ method: 'POST', body: { key_name: 'a' } });
  });

  it.each([
    ['nothing', ''],
    ['HTML', '<html>'],
    ['the first half of the response', '[{"id":'],
    ['something else', '{"keys":[]}'],
    ['null', 'null'],
  ])('leaves the outcome unknown when it is %s', async (_what, body) => {
    const { send, sent } = scripted([response(200, body)]);
    const { facts } = await failureOf(send(createKey));
    expect(facts).toMatchObject({
      kind: 'unknown',
      status: 200,
      reason: 'with a body that this endpoint does not return',
    });
    expect(sent).toHaveLength(1);
  });

  it('is not in the error when it cannot be read, because it may contain a token', async () => {
    const { send, debug } = scripted([response(200, { key: 'token-'.padEnd(40, 'x'), message: 'token-again' })]);
    const error = await failureOf(send(createKey));
    expect(JSON.stringify([error.message, error.facts, error.cause, debug.mock.calls])).not.toContain('token-');
  });
});

describe('the status of a response', () => {
  it.each<[number, FailureKind]>([
    [300, 'refused'],
    [301, 'refused'],
    [302, 'refused'],
    [304, 'refused'],
    [307, 'refused'],
    [400, 'refused'],
    [401, 'refused'],
    [403, 'refused'],
    [404, 'refused'],
    [405, 'refused'],
    [409, 'refused'],
    [422, 'refused'],
    [408, 'unknown'],
    [423, 'not-done'],
    [429, 'not-done'],
    [500, 'unknown'],
    [502, 'unknown'],
    [503, 'unavailable'],
    [504, 'unknown'],
    [524, 'unknown'],
    [599, 'unknown'],
  ])('classifies %i as %s', async (status, kind) => {
    const { send } = scripted([response(status, { code: 'CODE', message: 'words', request_id: 'theirs' })]);
    const { facts } = await failureOf(send(listKeys));
    expect(facts).toMatchObject({ kind, status, code: 'CODE', reason: '"words"', requestId: 'theirs' });
    expect(facts.retryAfterMs).toBeUndefined();
  });

  it.each<[string, Reply]>([
    ['message', response(500, { code: 'x', message: `napi_${'x'.repeat(64)}` })],
    ['code', response(500, { code: `napi_${'x'.repeat(64)}`, message: 'x' })],
    ['request ID', response(500, { code: 'x', message: 'x', request_id: `napi_${'x'.repeat(64)}` })],
    ['page', response(502, `<title>napi_${'x'.repeat(64)}</title>`)],
    ['location', response(302, '', { location: `https://elsewhere.example/?napi_${'x'.repeat(64)}` })],
  ])('does not repeat the token of an unknown key from the %s of a response', async (_place, reply) => {
    const { message } = await failureOf(scripted([reply]).send(createKey));
    expect(message).toContain('***');
    expect(message).not.toContain('xxxx');
  });

  it.each([301, 307, 400, 401, 403, 404, 407, 422])(
    'leaves the outcome unknown for %i that is not in Neon’s form, because a gateway may have blocked the response',
    async (status) => {
      for (const body of ['<html>blocked</html>', '', { message: 'Forbidden' }, { code: 'x' }]) {
        const { send } = scripted([response(status, body)]);
        const { facts } = await failureOf(send(createKey));
        expect(facts).toMatchObject({
          kind: 'unknown',
          status,
          reason: "with a body that is not an error from Neon's API",
        });
      }
    },
  );

  it.each([423, 429])(
    'leaves a first effect possible for %i that is not in Neon’s form, because a gateway may have resent the request',
    async (status) => {
      const { send } = scripted([response(status, '<html>slow down</html>')]);
      expect((await failureOf(send(createKey))).facts).toMatchObject({ kind: 'unavailable', status });
    },
  );

  it.each([400, 401, 403, 404, 422])(
    'makes %i in Neon’s form without a message a refusal that is not repeated',
    async (status) => {
      const { send, sent } = scripted([response(status, { code: '', message: '' })]);
      const { facts } = await failureOf(send(listKeys));
      expect(facts).toMatchObject({ kind: 'refused', status, reason: 'without a message' });
      expect(sent.filter(({ path }) => path === listKeys.path)).toHaveLength(1);
    },
  );

  it.each<[boolean, FailureKind]>([
    [true, 'unknown'],
    [false, 'not-done'],
  ])('classifies a missing response by whether the request was sent (%s): %s', async (wasSent, kind) => {
    const { send } = scripted([new NoResponseError('ECONNRESET', { sent: wasSent })]);
    const { facts } = await failureOf(send(createKey));
    expect(facts).toMatchObject({ kind, reason: 'ECONNRESET', requestId: expect.stringMatching(/^request-\d$/) });
    expect(facts).not.toHaveProperty('status');
  });

  it('does not matter for an error of our own, which is not repeated', async () => {
    const mistake = new TypeError('ours');
    const { send, sent } = scripted([mistake]);
    await expect(send(listKeys)).rejects.toBe(mistake);
    expect(sent).toHaveLength(1);
  });
});

describe('a repeated request', () => {
  it('is sent until there is a response, each time with a new request ID', async () => {
    const { send, sent, clock } = scripted([
      response(502),
      new NoResponseError('ECONNRESET', { sent: true }),
      response(200, [7]),
    ]);
    expect(await send(listKeys)).toEqual([7]);
    expect(sent.map(({ requestId }) => requestId)).toEqual(['request-1', 'request-2', 'request-3']);
    expect(clock.waits).toEqual([250, 500]);
  });

  it('ends after the number of attempts of the policy, and reports that number', async () => {
    const { send, sent } = scripted([response(502)]);
    const error = await failureOf(send(listKeys));
    expect(sent).toHaveLength(3);
    expect(error.message).toContain('tried 3 times');
  });

  it.each<[string, Reply, boolean]>([
    ['a lost response', new NoResponseError('ECONNRESET', { sent: true }), true],
    ['502', response(502), true],
    ['503', response(503), true],
    ['429', response(429, { code: '', message: 'slow down' }), false],
    ['429 by a gateway', response(429), true],
    ['no connection', new NoResponseError('ECONNREFUSED', { sent: false }), false],
  ])(
    'records, for a refusal after %s, whether an earlier attempt may have been carried out: %s',
    async (_what, earlier, maybeDone) => {
      const { send } = scripted([
        earlier,
        response(429, { code: '', message: 'slow down' }),
        response(404, { code: '', message: 'not found' }),
      ]);
      expect((await failureOf(send(listKeys))).facts).toMatchObject({ status: 404, attempts: 3, maybeDone });
    },
  );

  it.each([
    ['423', response(423)],
    ['429', response(429)],
    ['no connection', new NoResponseError('ECONNREFUSED', { sent: false })],
    ['503', response(503)],
    ['500', response(500)],
    ['a lost response', new NoResponseError('ECONNRESET', { sent: true })],
    ['a response that cannot be read', response(200, '')],
    ['400', response(400)],
  ])('is not sent if its effect could be repeated: %s', async (_what, reply) => {
    const { send, sent } = scripted([reply]);
    await failureOf(send(createKey));
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['seconds', '7', [7000]],
    ['a date', new Date(start + 9000).toUTCString(), [9000]],
    ['longer than the policy allows', '3600', []],
    ['a date before that of the response', new Date(start - 9000).toUTCString(), [250]],
    ['0', '0', [250]],
    ['nonsense', 'soon', [250]],
  ])('waits as long as Retry-After requires: %s', async (_what, header, waits) => {
    const { send, clock } = scripted([response(429, {}, { 'retry-after': header }), response(200, [])]);
    await send(listKeys).catch(() => undefined);
    expect(clock.waits).toEqual(waits);
  });

  it('reads the date of a Retry-After by the clock of the server that sent it', async () => {
    const elsewhere = start - 3_600_000;
    const headers = {
      date: new Date(elsewhere).toUTCString(),
      'retry-after': new Date(elsewhere + 9000).toUTCString(),
    };
    const { send, clock } = scripted([response(429, {}, headers), response(200, [])]);
    await send(listKeys);
    expect(clock.waits).toEqual([9000]);
  });

  it('waits for the rate limits before each attempt, and for the shared limit first', async () => {
    const passed: string[] = [];
    const { send } = scripted([response(429), response(200, [])], { limit: async () => void passed.push('all') });
    await send({ ...listKeys, limit: async () => void passed.push('creating') });
    expect(passed).toEqual(['all', 'creating', 'all', 'creating']);
  });
});

describe('the log of repeated requests', () => {
  it('announces each retry, with its cause and its time', async () => {
    const { send, info } = scripted([
      response(502),
      new NoResponseError('ECONNRESET', { sent: true }),
      response(200, []),
    ]);
    await send(listKeys);
    expect(info.mock.calls.map(([line]) => line)).toEqual([
      expect.stringMatching(/^listOrgApiKeys .* 502 .*\. Attempt 2 of 3 in 0\.25 s\.$/),
      expect.stringMatching(/^listOrgApiKeys .* ECONNRESET .*\. Attempt 3 of 3 in 0\.5 s\.$/),
    ]);
  });

  it('does not announce an attempt that is not made', async () => {
    const { send, info } = scripted([response(502)]);
    await failureOf(send(createKey));
    expect(info).not.toHaveBeenCalled();
  });
});

describe('a cancellation of a request', () => {
  const reason = new Error('cancelled by SIGINT');

  it('sends nothing before the request, and reports its reason', async () => {
    const { send, sent } = scripted([response(200, [])], { cancelled: AbortSignal.abort(reason) });
    await expect(send(listKeys)).rejects.toBe(reason);
    expect(sent).toEqual([]);
  });

  it('sends nothing while the rate limit holds the request back', async () => {
    const controller = new AbortController();
    const limit = async () => controller.abort(reason);
    const { send, sent } = scripted([response(200, [])], { cancelled: controller.signal, limit });
    await expect(send(listKeys)).rejects.toBe(reason);
    expect(sent).toEqual([]);
  });

  it('lets a request in progress finish, because the ID in its response is needed', async () => {
    const controller = new AbortController();
    const abandoned = new AbortController().signal;
    const reply = withEvent(() => controller.abort(reason), response(200, [1]));
    const { send, sent } = scripted([reply], { cancelled: controller.signal, abandoned });
    expect(await send(createKey)).toEqual([1]);
    expect(sent[0]?.signal).toBe(abandoned);
  });

  it.each([
    ['502', 502],
    ['403', 403],
  ])('sends nothing after a request in progress fails: %s', async (_what, status) => {
    const controller = new AbortController();
    const reply = withEvent(() => controller.abort(reason), response(status, { code: '', message: 'no' }));
    const { send, sent, clock } = scripted([reply], { cancelled: controller.signal });
    const { facts } = await failureOf(send(listKeys));
    expect(facts.status).toBe(status);
    if (status === 403) expect(facts.hint).toBe('listOrgApiKeys requires the right key.');
    expect(sent.map(({ path }) => path)).toEqual([listKeys.path]);
    expect(clock.waits).toEqual([]);
  });

  it('ends the wait before the next attempt, and reports its reason', async () => {
    const controller = new AbortController();
    const clock: Clock = {
      now: () => start,
      sleep: async (_ms, signal) => {
        controller.abort(reason);
        signal?.throwIfAborted();
      },
    };
    const { send, sent } = scripted([response(502)], { cancelled: controller.signal, clock });
    await expect(send(listKeys)).rejects.toBe(reason);
    expect(sent).toHaveLength(1);
  });
});

describe('the advice in an error', () => {
  it.each([
    ['404', response(404, { code: '', message: 'not found' }), 'Check `org_id`.'],
    ['423', response(423), 'locked'],
    ['429', response(429), '700 requests a minute'],
    ['503', response(503), 'neonstatus.com'],
    ['a redirect', response(302, '', { location: 'https://elsewhere.example/' }), 'Set `api_host`'],
    ['no connection', new NoResponseError('ECONNREFUSED', { sent: false }), 'HTTPS_PROXY'],
    ['a lost response', new NoResponseError('ECONNRESET', { sent: true }), 'Check `api_host`'],
    ['a 401 that is not from Neon', response(401), 'Check `api_host`'],
    ['a 403 that is not from Neon', response(403), 'Check `api_host`'],
    ['a 404 that is not from Neon', response(404), 'Check `api_host`'],
    ['300', response(300), 'Set `api_host`'],
    ['a 400 that is not from Neon', response(400), 'Check `api_host`'],
    ['a 404 for a resource', response(404, { code: '', message: 'is "not allowed here"' }), 'Check `org_id`.'],
    [
      '403 for another organization',
      response(403, { code: '', message: 'not an organization member' }),
      'Check `org_id`.',
    ],
  ])('fits %s', async (_what, reply, hint) => {
    const { send, sent } = scripted([reply]);
    const { message, facts } = await failureOf(send(listKeys));
    expect(facts.hint).toContain(hint);
    expect(message).toContain(`\n${facts.hint}`);
    expect(sent.filter(({ path }) => path === '/auth')).toEqual([]);
  });

  it.each([400, 409])('repeats Neon’s message for %i, without a guess of ours', async (status) => {
    const { send, sent } = scripted([response(status, { code: '', message: 'not allowed here' })]);
    const { message } = await failureOf(send(listKeys));
    expect(message).not.toContain('\n');
    expect(sent).toHaveLength(1);
  });

  it.each<[NeonRequest<unknown[]>['method'], Reply, string]>([
    [
      'POST',
      new NoResponseError('ECONNRESET', { sent: true }),
      'Whether Neon carried it out is unknown. Check `api_host`',
    ],
    ['PATCH', response(500), 'Whether Neon carried it out is unknown. Check `api_host`'],
    ['GET', response(500), 'Check `api_host`'],
    ['POST', response(503), 'Neon is not available right now'],
    ['POST', new NoResponseError('ECONNREFUSED', { sent: false }), 'Nothing was sent.'],
  ])('fits a %s whose effect may be unknown (%j)', async (method, reply, hint) => {
    const { send } = scripted([reply]);
    expect((await failureOf(send({ ...createKey, method }))).facts.hint?.startsWith(hint)).toBe(true);
  });

  it('is replaced by the advice of the transport', async () => {
    const hint = 'Set NODE_EXTRA_CA_CERTS.';
    const { send } = scripted([new NoResponseError('SELF_SIGNED_CERT_IN_CHAIN', { sent: false, hint })]);
    expect((await failureOf(send(createKey))).facts.hint).toBe(`Nothing was sent. ${hint}`);
  });

  it('contains Neon’s message, even if it names a location', async () => {
    const { send } = scripted([
      response(400, { code: 'C', message: 'no' }, { location: 'https://elsewhere.example/' }),
    ]);
    expect((await failureOf(send(listKeys))).facts.reason).toBe('"no"');
  });

  it('names the target of a redirect that is not followed', async () => {
    const { send, sent } = scripted([response(302, '', { location: 'https://elsewhere.example/' })]);
    expect((await failureOf(send(listKeys))).facts.reason).toContain('https://elsewhere.example/');
    expect(new Set(sent.map(({ path }) => path))).toEqual(new Set([listKeys.path]));
  });

  it.each([
    ['personal', response(200, { auth_method: 'api_key_user' }), 'The key in `api_key` is a personal API key'],
    ['of the organization', response(200, { auth_method: 'api_key_org' }), 'is an organization API key'],
    [
      'not accepted at all',
      response(401, { code: '', message: 'no' }),
      'Neon does not accept the key in `api_key` at all',
    ],
  ])('fits a 403 for a key that is %s', async (_what, auth, shown) => {
    const { send, sent } = scripted([response(403, { code: '', message: 'no' }), auth]);
    const { facts } = await failureOf(send(listKeys));
    expect(facts.hint).toContain(shown);
    expect(facts.hint).toContain('listOrgApiKeys requires the right key.');
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([`GET ${listKeys.path}`, 'GET /auth']);
    expect(sent[1]?.timeoutMs).toBe(5000);
  });

  it('fits a 404 for a kind of key that the endpoint does not accept', async () => {
    const words = { code: '', message: 'not allowed for organization API keys' };
    const { send } = scripted([response(404, words), response(200, { auth_method: 'api_key_org' })]);
    expect((await failureOf(send(listKeys))).facts.hint).toBe(
      'The key in `api_key` is an organization API key, or scoped to a project. listOrgApiKeys requires the right key.',
    );
  });

  it.each([
    ['fails', response(500)],
    ['gets no response', new NoResponseError('ECONNRESET', { sent: true })],
    ['throws', new TypeError('ours')],
    ['gets an HTML page', response(200, '<html>')],
    ['gets null', response(200, null)],
    ['returns an unknown kind', response(200, { auth_method: 'oauth' })],
    ['returns the name of a property that every object has', response(200, { auth_method: 'constructor' })],
  ])('names the required key after a 403 if asking for the kind of key %s', async (_what, auth) => {
    const { send, sent } = scripted([response(403, { code: '', message: 'no right' }), auth]);
    const { facts } = await failureOf(send(listKeys));
    expect(facts).toMatchObject({ status: 403, reason: '"no right"', hint: 'listOrgApiKeys requires the right key.' });
    expect(sent).toHaveLength(2);
  });

  it('reads the kind of key once, even if many requests are refused', async () => {
    const reply: Reply = ({ path }) =>
      path === '/auth' ? response(200, { auth_method: 'api_key_org' }) : response(401, { code: '', message: 'no' });
    const { send, sent } = scripted([reply]);
    for (let times = 0; times < 3; times += 1) {
      expect((await failureOf(send(listKeys))).facts.hint).toContain('organization API key');
    }
    expect(sent.filter(({ path }) => path === '/auth')).toHaveLength(1);
  });
});

describe('the message of the server in an error', () => {
  it.each([
    [
      '<html><head><title>Access denied | Acme</title>',
      'with a page titled "Access denied | Acme" that is not an error from Neon\'s API',
    ],
    [
      '<TITLE lang="en">\n  Blocked\n::error::x\n</TITLE>',
      'with a page titled "Blocked ::error::x" that is not an error from Neon\'s API',
    ],
  ])('is the title of a gateway’s page: %j', async (body, reason) => {
    const { send } = scripted([response(502, body)]);
    expect((await failureOf(send(listKeys))).facts.reason).toBe(reason);
  });

  it('is the title of a page with status 200', async () => {
    const { send } = scripted([response(200, '<title>Log in to Wi-Fi</title>')]);
    expect((await failureOf(send(createKey))).facts.reason).toBe(
      'with a page titled "Log in to Wi-Fi" that this endpoint does not return',
    );
  });

  it.each([
    ['no message', {}],
    ['an empty message', { message: '' }],
    ['an empty code and request ID', { code: '', request_id: '' }],
    ['a message that is not text', { message: { a: 1 }, code: 7, request_id: [] }],
    ['null', null],
    ['a title that is empty', '<title></title>'],
    ['a title that does not end', `<title ${'<title '.repeat(100)}`],
    ['a number', 5],
    ['a list', [1]],
    ['a text', '"words"'],
    ['HTML', '<html>'],
  ])('is left out for %s', async (_what, body) => {
    const { send } = scripted([response(400, body)]);
    const { facts } = await failureOf(send(listKeys));
    expect(facts).toMatchObject({ status: 400, kind: 'unknown', requestId: expect.stringMatching(/^request-\d$/) });
    expect(facts.reason).toMatch(/^(?!.*(?:undefined|object))[a-z]+ /);
    expect(facts).not.toHaveProperty('code');
  });

  it('is on one line, and shortened', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 2000 }), async (words) => {
        const { send } = scripted([response(400, { code: words, message: words, request_id: words })]);
        const { message, facts } = await failureOf(send(listKeys));
        const [line, ...hint] = message.split('\n');
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
        expect(hint).toEqual(facts.hint ? [facts.hint] : []);
        expect(message.length).toBeLessThan(1700);
      }),
    );
  });
});
