import { describe, expect, it } from 'vitest';
import type { BrokerClient, BrokerKey } from '../../src/keyless/broker-client.ts';
import { endNonces } from '../../src/keyless/end.ts';
import { BrokerError } from '../../src/keyless/errors.ts';
import { type KeylessEffects, mintKeyless, toBrokerLabel } from '../../src/keyless/mint.ts';
import { type OpenNonce, readKeylessState, writeKeylessState } from '../../src/keyless/state.ts';
import { composeKeyName } from '../../src/keys/name.ts';
import { type FakeClock, fakeClock } from '../fake-clock.ts';

const run = { repositoryId: 812345678, runId: 19876543210, runAttempt: 1 };
const projectId = 'cool-river-87654321';

interface Reply {
  /** Whether the broker mints. */
  isDone?: boolean;
  status?: number;
  code?: string;
  keyMayExist?: boolean;
  retryAfterMs?: number;
  isWithoutIdentity?: boolean;
}

/** A broker of plain data that returns the replies in their order, and then succeeds. */
function world(replies: Reply[] = []) {
  const clock: FakeClock = fakeClock(1_000_000);
  const keys = new Map<string, BrokerKey>();
  let saved: OpenNonce[] = [];
  let nonces = 0;
  const fail = (request: string, { status, code, keyMayExist = true, ...more }: Reply) =>
    new BrokerError({ request, status, code, keyMayExist, detail: 'as the test decided.', requestId: 'r', ...more });
  const isFailure = (reply: Reply | undefined): reply is Reply => reply !== undefined && Object.keys(reply).length > 0;
  const broker: BrokerClient = {
    async createKey({ nonce, project_id }) {
      expect(saved.map((entry) => entry.nonce)).toContain(nonce);
      const reply = replies.shift();
      const name = composeKeyName('', { ...run, nonce, lifetime: { kind: 'duration', seconds: 3600 } });
      const key = {
        id: String(keys.size + 1),
        name,
        key: `token-of-key-${nonce}`,
        project_id,
        created_at: 'x',
        expires_at: 'y',
      };
      if (!isFailure(reply) || reply.isDone) keys.set(nonce, key);
      if (isFailure(reply)) throw fail('POST /v1/keys', reply);
      return key;
    },
    async deleteKey(nonce) {
      const reply = replies.shift();
      if (isFailure(reply)) throw fail(`DELETE /v1/keys/${nonce}`, reply);
      const key = keys.get(nonce);
      keys.delete(nonce);
      return { revoked: key ? [key.id] : [], pending: false };
    },
  };
  const masked: string[] = [];
  const effects: KeylessEffects = {
    ...{ broker, clock, random: () => 0, info: () => {}, cancelled: new AbortController().signal },
    save: (open) => {
      saved = structuredClone(open);
    },
    newNonce() {
      nonces += 1;
      return `nonce${String(nonces).padStart(5, '0')}`;
    },
    mask: (token) => masked.push(token),
    hasPostStarted: () => false,
  };
  return { clock, keys, effects, masked, broker, saved: () => saved };
}

const mintIn = ({ effects }: ReturnType<typeof world>) => mintKeyless({ run, projectId, label: '' }, effects);
const refused = (code: string): Reply => ({ status: 400, code, keyMayExist: false });
const lost: Reply = { keyMayExist: true, isDone: true };

describe('mintKeyless', () => {
  it('saves the nonce before the request, and the ID after the answer', async () => {
    const one = world();
    const key = await mintIn(one);
    expect(one.masked).toEqual([key.key]);
    expect(one.saved()).toEqual([{ nonce: 'nonce00001', askedAt: 1_000_000, id: '1', name: key.name, expiresAt: 'y' }]);
    expect(JSON.stringify(one.saved())).not.toContain(key.key);
  });

  it('closes a nonce only when the broker says that no key exists', async () => {
    const one = world([{ status: 503, code: 'busy', keyMayExist: false }, { status: 502 }, lost, {}]);
    await mintIn(one);
    expect(one.saved().map(({ nonce }) => nonce)).toEqual(['nonce00002', 'nonce00003', 'nonce00004']);
  });

  it.each(['denied', 'invalid-request', 'neon-refused', 'not-found'])(
    'does not repeat the request after %s',
    async (code) => {
      const one = world([refused(code)]);
      await expect(mintIn(one)).rejects.toThrow(code);
      expect([one.saved(), one.clock.waits]).toEqual([[], []]);
    },
  );

  it('does not repeat the request without an ID token', async () => {
    const one = world([{ keyMayExist: false, isWithoutIdentity: true }]);
    await expect(mintIn(one)).rejects.toThrow(BrokerError);
    expect(one.clock.waits).toEqual([]);
  });

  it('waits as long as the broker requires, for up to a minute, and gives up after five attempts', async () => {
    const limited = { status: 429, code: 'limit-reached', keyMayExist: false, retryAfterMs: 30_000 };
    const one = world(Array(9).fill(limited));
    await expect(mintIn(one)).rejects.toThrow('limit-reached');
    expect(one.clock.waits).toEqual([30_000, 30_000, 30_000, 30_000]);
    const other = world([{ ...limited, retryAfterMs: 120_000 }]);
    await expect(mintIn(other)).rejects.toThrow('limit-reached');
    expect(other.clock.waits).toEqual([]);
  });

  it('sends no request and returns no key once the post step runs', async () => {
    const one = world();
    one.effects.hasPostStarted = () => true;
    await expect(mintIn(one)).rejects.toThrow('post step');
    expect(one.keys.size).toBe(0);
    const other = world();
    other.effects.hasPostStarted = () => other.keys.size > 0;
    await expect(mintIn(other)).rejects.toThrow('not handed out');
    expect(other.saved()[0]?.id).toBe('1');
  });
});

describe('endNonces', () => {
  const end = ({ broker, clock, saved }: ReturnType<typeof world>) =>
    endNonces(
      { brokerUrl: 'https://x', timeoutMs: 30_000, nonces: saved() },
      { broker, clock, until: clock.now() + 60_000, onOutcome: () => {} },
    );

  it('revokes the key with one request', async () => {
    const one = world();
    await mintIn(one);
    expect(await end(one)).toMatchObject([{ how: 'gone', revoked: ['1'] }]);
    expect([one.keys.size, one.clock.waits]).toEqual([0, []]);
  });

  it('repeats the request until the broker confirms', async () => {
    const one = world([{}, { status: 502 }, { status: 503, code: 'neon-unavailable' }, {}]);
    await mintIn(one);
    expect(await end(one)).toMatchObject([{ how: 'gone', revoked: ['1'] }]);
    expect(one.clock.waits).toEqual([1000, 2000]);
  });

  it('repeats the request for a nonce without an answer until its mint must have ended', async () => {
    const one = world([{ status: 502 }, { status: 502 }, { status: 502 }, { status: 502 }, { status: 502 }]);
    await expect(mintIn(one)).rejects.toThrow('502');
    const [last] = one.saved().slice(-1);
    await end(one);
    expect(one.clock.now()).toBeGreaterThanOrEqual((last?.askedAt ?? 0) + 45_000);
  });

  it('reports a key that may be active after one minute', async () => {
    const one = world([{}, ...Array(50).fill({ status: 502 })]);
    await mintIn(one);
    expect(await end(one)).toMatchObject([{ how: 'failed', error: { facts: { status: 502 } } }]);
    expect(one.clock.now()).toBeLessThanOrEqual(1_000_000 + 60_000);
  });

  it('gives up early when GitHub refuses ID tokens four times in a row', async () => {
    const one = world([{}, ...Array(50).fill({ status: 401, isWithoutIdentity: true, keyMayExist: false })]);
    await mintIn(one);
    expect(await end(one)).toMatchObject([{ how: 'failed' }]);
    expect(one.clock.waits).toEqual([1000, 2000, 4000]);
  });
});

describe('the keyless state of a step', () => {
  const state = {
    brokerUrl: 'https://broker.example.com/',
    timeoutMs: 30_000,
    nonces: [{ nonce: 'nonce00001', askedAt: 1 }],
  };

  it('can be read back, and is empty without open nonces', () => {
    expect(readKeylessState(writeKeylessState(state))).toEqual(state);
    expect(writeKeylessState({ ...state, nonces: [] })).toBe('');
  });

  it.each([
    '',
    'null',
    '{}',
    JSON.stringify({ ...state, nonces: [] }),
    JSON.stringify({ ...state, brokerUrl: 'http://evil.example.com' }),
    JSON.stringify({ ...state, nonces: [{ nonce: '../../admin', askedAt: 1 }] }),
    JSON.stringify({ ...state, nonces: [{ nonce: 'nonce00001' }] }),
    JSON.stringify({ ...state, nonces: [{ nonce: 'nonce00001', askedAt: 1, id: 5 }] }),
  ])('is rejected if it is %j', (text) => {
    expect(() => readKeylessState(text)).toThrow();
  });
});

describe('toBrokerLabel', () => {
  it.each([
    ['shop integration-tests', 'shop integration-tests'],
    ['a label of more than 24 letters', 'a label of more than 24'],
    ['größe: 5 ~gha', 'gr-e- 5 -gha'],
    ['', ''],
  ])('converts %j to %j', (text, label) => {
    expect(toBrokerLabel(text)).toBe(label);
  });
});
