import { describe, expect, it } from 'vitest';
import { endNonces } from '../../src/keyless/end.ts';
import { mintIn, world } from './world.ts';

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

  it('repeats the request for a nonce without a response until its mint must have ended', async () => {
    const one = world([{ status: 502 }, { status: 502 }, { status: 502 }, { status: 502 }, { status: 502 }]);
    await expect(mintIn(one)).rejects.toThrow('502');
    const [last] = one.saved().slice(-1);
    await end(one);
    expect(one.clock.now()).toBeGreaterThanOrEqual((last?.requestedAt ?? 0) + 45_000);
  });

  it('reports a key that may be active after one minute', async () => {
    const one = world([{}, ...Array(50).fill({ status: 502 })]);
    await mintIn(one);
    expect(await end(one)).toMatchObject([{ how: 'failed', error: { facts: { status: 502 } } }]);
    expect(one.clock.now()).toBeLessThanOrEqual(1_000_000 + 60_000);
  });

  it('repeats the request while the list of the broker may not show the key yet', async () => {
    const one = world();
    await mintIn(one);
    one.keys.clear();
    expect(await end(one)).toMatchObject([{ how: 'gone', revoked: [] }]);
    expect(one.clock.now()).toBeGreaterThanOrEqual(1_000_000 + 10_000);
    const later = world();
    await mintIn(later);
    later.keys.clear();
    await later.clock.sleep(10_000);
    await end(later);
    expect(later.clock.waits).toEqual([10_000]);
  });

  it('reports a failure if the broker only ever names another key', async () => {
    const one = world();
    await mintIn(one);
    one.broker.deleteKey = async (nonce) => ({ nonce, revoked: ['77'], pending: false });
    expect(await end(one)).toMatchObject([{ how: 'failed' }]);
  });

  it('does not mistake the revocation of another key for that of its own', async () => {
    const one = world();
    await mintIn(one);
    const { deleteKey } = one.broker;
    let requests = 0;
    one.broker.deleteKey = async (nonce) => {
      requests += 1;
      return requests === 1 ? { nonce, revoked: ['77'], pending: false } : deleteKey(nonce);
    };
    expect(await end(one)).toMatchObject([{ how: 'gone', revoked: ['77', '1'] }]);
  });

  it('sends another request despite a long Retry-After, which may be from a proxy', async () => {
    const one = world([{}, { status: 503, retryAfterMs: 120_000 }, {}]);
    await mintIn(one);
    expect(await end(one)).toMatchObject([{ how: 'gone', revoked: ['1'] }]);
    expect(one.clock.waits).toEqual([30_000]);
  });

  it('gives up early when GitHub refuses ID tokens four times in a row', async () => {
    const one = world([{}, ...Array(50).fill({ status: 401, isWithoutIdentity: true, keyMayExist: false })]);
    await mintIn(one);
    expect(await end(one)).toMatchObject([{ how: 'failed' }]);
    expect(one.clock.waits).toEqual([1000, 2000, 4000]);
  });
});
