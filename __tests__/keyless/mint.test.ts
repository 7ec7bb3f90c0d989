import { describe, expect, it } from 'vitest';
import { BrokerError } from '../../src/keyless/errors.ts';
import { toBrokerLabel } from '../../src/keyless/mint.ts';
import { lost, mintIn, refused, world } from './world.ts';

describe('mintKeyless', () => {
  it.each(['audience', 'issuer', 'claims'])(
    'does not repeat the request after an ID token that is not accepted because of its %s',
    async (reason) => {
      const one = world([{ ...refused('invalid-token'), reason }]);
      await expect(mintIn(one)).rejects.toThrow('invalid-token');
      expect(one.clock.waits).toEqual([]);
    },
  );

  it.each(['replayed', 'not-yet-valid', 'too-old', undefined])(
    'repeats the request with a new ID token after one that is not accepted as %s',
    async (reason) => {
      const one = world([{ ...refused('invalid-token'), ...(reason === undefined ? {} : { reason }) }]);
      expect(await mintIn(one)).toMatchObject({ id: '1' });
    },
  );

  it('saves the nonce before the request, and the ID after the response', async () => {
    const one = world();
    const key = await mintIn(one);
    expect(one.masked).toEqual([key.key]);
    const at = 1_000_000;
    expect(one.saved()).toEqual([
      { nonce: 'nonce00001', requestedAt: at, respondedAt: at, id: '1', name: key.name, expiresAt: 'y' },
    ]);
    expect(JSON.stringify(one.saved())).not.toContain(key.key);
  });

  it('treats a key of another request as a lost response, hides its token, and does not save its ID', async () => {
    const one = world();
    const { createKey } = one.broker;
    one.broker.createKey = async (request) => {
      const key = await createKey(request);
      return request.nonce === 'nonce00001'
        ? { ...key, id: '77', name: 'another key', key: 'token-of-another-key' }
        : key;
    };
    const key = await mintIn(one);
    expect(key.id).toBe('2');
    expect(one.masked).toEqual(['token-of-another-key', key.key]);
    expect(one.saved().map(({ id }) => id)).toEqual([undefined, '2']);
  });

  it('closes a nonce only when the broker reports that no key exists', async () => {
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
    await expect(mintIn(other)).rejects.toThrow('the step does not return the key');
    expect(other.saved()[0]?.id).toBe('1');
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
