import { describe, expect, it } from 'vitest';
import { type RotationEffects, rotate } from '../../src/keys/rotate.ts';
import { maxActiveKeys } from '../../src/keys/rotation-rule.ts';
import { day, hour, minute, neverStored, request, world } from './rotation-world.ts';

describe('rotate', () => {
  it('revokes a key when its successor is older than the grace and two hours', async () => {
    const { effects, secret, neon, clock, state } = world();
    const first = await rotate(request(), effects);
    expect(neon.calls).toEqual(['listOrgApiKeys', 'createOrgApiKey']);
    expect(first).toMatchObject({ revocations: [], kept: [], foreignKey: false });
    clock.advance(7 * day);
    const second = await rotate(request(), effects);
    expect(secret.value).toBe(second.key.key);
    expect(second.revocations).toEqual([]);
    expect(second.kept).toMatchObject([{ key: { id: first.key.id }, until: clock.now() + 3 * hour }]);
    clock.advance(7 * day);
    const third = await rotate(request(), effects);
    expect(third.revocations).toMatchObject([{ how: 'revoked', target: { id: first.key.id } }]);
    expect(third.kept.map(({ key }) => key.id)).toEqual([second.key.id]);
    expect(neon.active.map(({ id }) => id)).toEqual([second.key.id, third.key.id]);
    expect([second.foreignKey, third.foreignKey, state.leases]).toEqual([false, false, []]);
  });

  it('revokes the previous key at once without a grace', async () => {
    const { effects, neon, clock } = world();
    await rotate(request(0), effects);
    clock.advance(3 * hour);
    const { key, revocations } = await rotate(request(0), effects);
    expect(revocations).toMatchObject([{ how: 'revoked' }]);
    expect(neon.active.map(({ id }) => id)).toEqual([key.id]);
  });

  it('keeps a key that another run may still be storing', async () => {
    const { effects, neon, clock } = world();
    await rotate(request(0), effects);
    clock.advance(2 * hour);
    expect((await rotate(request(0), effects)).kept).toMatchObject([{ until: undefined }]);
    expect(neon.active.length).toBe(2);
  });

  it('revokes keys that were never stored before it mints', async () => {
    const all = world();
    const { effects, neon, clock } = all;
    const { key } = await rotate(request(), effects);
    clock.advance(3 * hour);
    const lost = neverStored(all, 'x1');
    clock.advance(3 * hour);
    neon.calls.length = 0;
    const { revocations, kept } = await rotate(request(), effects);
    expect(neon.calls).toEqual(['listOrgApiKeys', 'revokeOrgApiKey', 'createOrgApiKey']);
    expect(revocations).toMatchObject([{ how: 'revoked', target: { id: lost } }]);
    expect(kept.map(({ key: { id } }) => id)).toEqual([key.id]);
  });

  it('lists the keys before it reads when the secret was written', async () => {
    const { effects, secret, neon } = world();
    const calls: string[] = [];
    const list = neon.listOrgApiKeys;
    neon.listOrgApiKeys = async () => {
      calls.push('list');
      return list();
    };
    secret.updatedAt = async () => {
      calls.push('updated_at');
      return undefined;
    };
    await rotate(request(), effects);
    expect(calls).toEqual(['list', 'updated_at']);
  });

  it('revokes no key if GitHub does not show the secret', async () => {
    const all = world();
    const { effects, secret, neon, clock } = all;
    await rotate(request(), effects);
    secret.updatedAt = async () => undefined;
    clock.advance(7 * day);
    await rotate(request(), effects);
    expect(neon.active.length).toBe(2);
  });

  it('revokes no key by a `Date` header that is days ahead of the new key', async () => {
    const all = world();
    const { effects, neon, clock } = all;
    await rotate(request(), effects);
    clock.advance(7 * day);
    const fresh = neverStored(all, 'x1');
    const wrong = { now: () => clock.now() + 40 * day };
    const listing = Object.assign(Object.create(neon), wrong);
    const withKey: RotationEffects['withKey'] = (token, work) =>
      effects.withKey(token, (one) => work({ getAuthDetails: one.getAuthDetails, now: clock.now }));
    await rotate(request(), { ...effects, neon: listing, withKey });
    expect(neon.isActive(fresh)).toBe(true);
  });

  it('revokes keys that were never stored even without a `Date` header, once the new key is created', async () => {
    const all = world();
    const { effects, neon, clock } = all;
    await rotate(request(), effects);
    clock.advance(7 * day);
    const lost = neverStored(all, 'x1');
    clock.advance(3 * hour);
    neon.calls.length = 0;
    neon.hasTime = () => false;
    const { revocations } = await rotate(request(), effects);
    expect(neon.calls).toEqual(['listOrgApiKeys', 'createOrgApiKey', 'revokeOrgApiKey']);
    expect(revocations).toMatchObject([{ how: 'revoked', target: { id: lost } }]);
  });

  it('revokes replaced keys through `withRevoker`', async () => {
    const { effects, neon, clock } = world();
    await rotate(request(0), effects);
    clock.advance(day);
    const used: string[] = [];
    const withRevoker: RotationEffects['withRevoker'] = (newKey, work) => {
      used.push(newKey);
      return work(neon);
    };
    const { key } = await rotate(request(0), { ...effects, withRevoker });
    expect(used).toEqual([key.key]);
  });

  it('revokes keys that were never stored even if this machine’s clock is days behind', async () => {
    const all = world();
    const { effects, clock } = all;
    await rotate(request(), effects);
    clock.advance(7 * day);
    const lost = neverStored(all, 'x1');
    clock.advance(3 * hour);
    const behind = { now: () => clock.now() - 5 * day, sleep: clock.sleep };
    const { revocations } = await rotate(request(), { ...effects, clock: behind });
    expect(revocations).toMatchObject([{ how: 'revoked', target: { id: lost } }]);
  });

  it('revokes no key of another secret or lifetime, and reports that another key may remain active', async () => {
    const { effects, neon, secret, clock } = world();
    await rotate(request(0, 'jihgfedcba'), effects);
    neon.add('NEON');
    secret.writtenAt = '2026-11-24T12:00:00Z';
    clock.advance(7 * day);
    expect(await rotate(request(0), effects)).toMatchObject({ revocations: [], kept: [], foreignKey: true });
    expect(neon.active.length).toBe(3);
  });

  it('mints no key at the limit of active keys', async () => {
    const all = world();
    for (let key = 1; key <= maxActiveKeys; key += 1) neverStored(all, `x${key}`);
    await expect(rotate(request(), all.effects)).rejects.toThrow(
      '50 keys of this secret are active, so `rotate-key` does not create another one.',
    );
    expect(all.neon.calls).toEqual(['listOrgApiKeys']);
  });

  it('mints a key just below the limit', async () => {
    const all = world();
    for (let key = 1; key < maxActiveKeys; key += 1) neverStored(all, `x${key}`);
    await rotate(request(), all.effects);
    expect(all.neon.active.length).toBe(maxActiveKeys);
  });

  it('mints after it has revoked any number of keys that were never stored', async () => {
    const all = world();
    await rotate(request(), all.effects);
    all.clock.advance(7 * day);
    for (let key = 1; key <= maxActiveKeys; key += 1) neverStored(all, `y${key}`);
    all.clock.advance(3 * hour);
    await rotate(request(), all.effects);
    expect(all.neon.active.length).toBe(2);
  });
});

describe('the first use of a new key', () => {
  it.each([0, 1000, 59_000])('waits for a key that Neon accepts after %i ms', async (acceptedAfterMs) => {
    const { effects, secret } = world([], [], acceptedAfterMs);
    const { key } = await rotate(request(), effects);
    expect(secret.value).toBe(key.key);
  });

  it('fails after a minute, and leaves the key revoked and the secret unchanged', async () => {
    const { effects, secret, neon, state, clock } = world([], [], Number.POSITIVE_INFINITY);
    const error: Error = await rotate(request(), effects).then(
      () => expect.unreachable(),
      (reason) => reason,
    );
    expect(error.message).toMatch(
      /^Neon did not accept the new key 1 within a minute of its creation\. getAuthDetails .*401 as the test decided .*\nThe new key 1 was not stored and has been revoked\. The secret is unchanged\.$/,
    );
    expect([secret.value, neon.active.length, state.leases]).toEqual([undefined, 0, []]);
    expect(clock.waits.reduce((sum, wait) => sum + wait, 0)).toBe(minute);
  });

  it.each([
    [4 * minute, true],
    [4 * minute + 1, false],
  ])('decides whether a key that is %i ms old by Neon’s clock is stored: %s', async (ageMs, isStored) => {
    const { effects, secret, neon, clock } = world();
    const withKey: RotationEffects['withKey'] = (token, work) => {
      clock.advance(ageMs);
      return effects.withKey(token, work);
    };
    const rotation = rotate(request(), { ...effects, withKey });
    if (isStored) await rotation;
    else await expect(rotation).rejects.toThrow('is 4 minutes old, too old to be stored safely');
    expect([neon.active.length, secret.value !== undefined]).toEqual(isStored ? [1, true] : [0, false]);
  });

  it('fails for a key of unknown age, which is not stored', async () => {
    const { effects, neon } = world();
    const create = neon.createOrgApiKey;
    neon.createOrgApiKey = async (key) => ({ ...(await create(key)), created_at: '' });
    await expect(rotate(request(), effects)).rejects.toThrow('so its age is unknown');
    expect(neon.active.length).toBe(0);
  });

  it('passes on a cancellation, and leaves the key to the post step', async () => {
    const { effects, state } = world();
    const cancel = new Error('cancelled');
    await expect(rotate(request(), { ...effects, withKey: () => Promise.reject(cancel) })).rejects.toBe(cancel);
    expect(state.leases).toHaveLength(1);
  });
});
