import { describe, expect, it } from 'vitest';
import { waitBeforeSweep } from '../../../broker/keys/sweeper.ts';
import { failing, neonError } from '../../fake-neon.ts';
import { inBrokerWorld, policyText } from '../world.ts';

const hour = 3_600_000;
const name = (index: number, lifetime = 't2s0') => `~gha.dfndxq.${index + 1}-1.${lifetime}.nonce${index}abcde`;

describe('sweepOnce', () => {
  it('revokes every expired key with a duration, created by any user and for any repository, and nothing else', () =>
    inBrokerWorld(async ({ neon, broker, clock, audit }) => {
      const created_by = { id: 'bob', name: 'Bob', image: '' };
      neon.add(name(1), { created_by });
      neon.add('~gh-abc.5.5-1.t1.nonce00001');
      const kept = ['by hand', name(2, 'j'), name(3, 'm'), name(4, 'p5'), name(5, 't99999'), `x${name(6)}!`];
      for (const other of kept) neon.add(other);
      clock.advance(hour);
      expect(await broker.keeper.sweep()).toEqual({ expired: 2, revoked: 2, failed: 0, remaining: 0 });
      expect(neon.active.map((key) => key.name)).toEqual(kept);
      expect(audit.map(({ event, reason, key_id }) => [event, reason, key_id])).toEqual([
        ['revoke', 'expired', '2'],
        ['revoke', 'expired', '1'],
      ]);
    }));

  it('leaves keys that are not expired, and those beyond 300, to the next pass', () =>
    inBrokerWorld(async ({ neon, broker, clock }) => {
      for (let index = 0; index < 350; index += 1) neon.add(name(index));
      clock.advance(hour);
      neon.add(name(1000));
      expect(await broker.keeper.sweep()).toMatchObject({ expired: 350, revoked: 300, remaining: 50 });
      expect(await broker.keeper.sweep()).toMatchObject({ expired: 50, revoked: 50, remaining: 0 });
      expect(neon.active.map((key) => key.name)).toEqual([name(1000)]);
    }));

  it('does not delay other keys because of a key that cannot be revoked', () =>
    inBrokerWorld(async ({ neon, broker, clock, log }) => {
      for (let index = 0; index < 301; index += 1) neon.add(name(index));
      clock.advance(hour);
      neon.fate = (operation) => (operation === 'revokeOrgApiKey' ? failing('unknown', 500) : {});
      await broker.keeper.sweep();
      expect(log).toMatchObject([{ code: 'revocations-failed', count: 300 }]);
      const revoked: string[] = [];
      neon.fate = () => ({});
      const { revokeOrgApiKey } = neon;
      neon.revokeOrgApiKey = (id) => {
        revoked.push(id);
        return revokeOrgApiKey(id);
      };
      await broker.keeper.sweep();
      expect(revoked[0]).toBe('301');
    }));

  it('revokes every other key although more than 600 keys are refused with 403', () =>
    inBrokerWorld(async ({ neon, broker, clock }) => {
      const refused = new Set(Array.from({ length: 650 }, (_, index) => neon.add(name(index))));
      for (let index = 700; index < 720; index += 1) neon.add(name(index));
      clock.advance(hour);
      const { revokeOrgApiKey } = neon;
      neon.revokeOrgApiKey = (id) =>
        refused.has(id) ? Promise.reject(neonError({ kind: 'refused', status: 403 })) : revokeOrgApiKey(id);
      for (let pass = 1; pass <= 3; pass += 1) await broker.keeper.sweep();
      expect(neon.active).toHaveLength(650);
    }));

  it('begins with the oldest keys after a 401, because most keys were not tried', () =>
    inBrokerWorld(async ({ neon, broker, clock }) => {
      for (let index = 0; index < 301; index += 1) neon.add(name(index));
      clock.advance(hour);
      neon.fate = (operation) => (operation === 'revokeOrgApiKey' ? failing('refused', 401) : {});
      await broker.keeper.sweep();
      neon.fate = () => ({});
      expect(await broker.keeper.sweep()).toMatchObject({ revoked: 300, remaining: 1 });
      expect(neon.active.map(({ id }) => id)).toEqual(['301']);
    }));

  it('revokes nothing when the list could not be read', () =>
    inBrokerWorld(async ({ neon, broker, clock }) => {
      neon.add(name(1));
      clock.advance(hour);
      neon.fate = () => failing('unknown');
      await expect(broker.keeper.sweep()).rejects.toThrow('listOrgApiKeys');
      expect(neon.active).toHaveLength(1);
    }));

  it('measures how long each key was expired, and reports overdue keys', () =>
    inBrokerWorld(async ({ neon, broker, clock }) => {
      neon.add(name(1));
      neon.fate = (operation) => (operation === 'revokeOrgApiKey' ? failing('unknown') : {});
      clock.advance(hour + 45_000);
      await broker.keeper.sweep();
      expect(Math.round(Math.max(...broker.keeper.overdues()) / 1000)).toBeGreaterThanOrEqual(45);
      neon.fate = () => ({});
      await broker.keeper.sweep();
      expect(broker.keeper.overdues()).toEqual([]);
      const text = await (await broker.monitoring.request('/metrics')).text();
      expect(text).toContain('neon_broker_revocation_delay_seconds_bucket{le="60"} 1');
      expect(text).toContain('neon_broker_revocation_delay_seconds_bucket{le="30"} 0');
      expect(text).toContain('neon_broker_overdue_seconds 0\n');
    }));

  it.each([40 * 24 * hour, -40 * 24 * hour])('revokes no active key when the Date header is %i ms off', (aheadMs) =>
    inBrokerWorld(async ({ neon, broker }) => {
      neon.add(name(1));
      neon.aheadMs = aheadMs;
      expect(await broker.keeper.sweep()).toMatchObject({ expired: 0 });
    }, policyText),
  );
});

describe('waitBeforeSweep', () => {
  const done = { expired: 1, revoked: 1, failed: 0, remaining: 0 };

  it.each([
    ['the rest of a minute', done, 2000, 58_000],
    ['not at all after a pass of more than a minute', done, 61_000, 0],
    ['not at all while expired keys are left', { ...done, remaining: 1 }, 2000, 0],
    ['5 s after a failed list', 'failed' as const, 0, 5000],
  ])('waits %s', (_, outcome, took, expected) => {
    expect(waitBeforeSweep(outcome, 0, took, 60_000)).toBe(expected);
  });
});
