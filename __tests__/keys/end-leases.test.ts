import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endLeases } from '../../src/keys/end-leases.ts';
import type { Lease } from '../../src/keys/ledger.ts';
import type { Revocation } from '../../src/keys/revoke.ts';
import { fakeClock } from '../fake-clock.ts';
import { type Failure, FakeNeon, type Fate, failing } from '../fake-neon.ts';

const start = Date.UTC(2026, 10, 24);
const minute = 60_000;
const name = 'shop ~gha.1.2-1.j.own';
const other = 'shop ~gha.1.2-1.j.other';

/** A post step that starts `afterMs` after the first request of its main step. */
function world(fates: Fate[] = [], afterMs = minute) {
  const clock = fakeClock(start + afterMs);
  const neon = new FakeNeon(clock, fates, 50);
  const outcomes: Revocation[] = [];
  const end = (leases: Lease[], { timeoutMs = 1000, untilMs = minute } = {}) => {
    const effects = { neon, clock, timeoutMs, until: clock.now() + untilMs };
    return endLeases(leases, { ...effects, onOutcome: (outcome) => void outcomes.push(outcome) });
  };
  const tookMs = () => clock.now() - start - afterMs;
  return { clock, neon, outcomes, end, tookMs };
}

const summary = (revocations: Revocation[]) =>
  revocations.map(({ target, how }) => `${target.id ?? target.name}: ${how}`).sort();

/** A lease whose key Neon returned 50 ms after the request was sent. */
const created = (id: string): Lease => ({ name, requestedAt: start, respondedAt: start + 50, id });
const lost: Lease = { name, requestedAt: start };

const odd: [string, Failure][] = [
  ['401', { kind: 'refused', status: 401, code: '' }],
  ['403', { kind: 'refused', status: 403, code: '' }],
  ['404', { kind: 'refused', status: 404, code: '' }],
  ['a redirect', { kind: 'unknown', status: 302 }],
  ['500', { kind: 'unknown', status: 500 }],
  ['a lost response', { kind: 'unknown' }],
  ['429 with Retry-After: 0', { kind: 'not-done', status: 429, retryAfterMs: 0 }],
  ['429 with Retry-After: 120', { kind: 'not-done', status: 429, retryAfterMs: 120_000 }],
  ['429 with a date in a month', { kind: 'not-done', status: 429, retryAfterMs: 30 * 86_400_000 }],
];

describe('endLeases', () => {
  it('revokes a key by its ID and looks for duplicates once', async () => {
    const { neon, end, tookMs } = world();
    expect(summary(await end([created(neon.add(name))]))).toEqual(['1: revoked']);
    expect(neon.calls).toEqual(['revokeOrgApiKey', 'listOrgApiKeys']);
    expect(tookMs()).toBeLessThan(1000);
  });

  it('reads the list before it revokes a new key, so that a job of one second does not have to wait', async () => {
    const { neon, end, tookMs } = world([], 1000);
    expect(summary(await end([created(neon.add(name, {}, start))]))).toEqual(['1: revoked']);
    expect(neon.calls).toEqual(['listOrgApiKeys', 'revokeOrgApiKey']);
    expect(tookMs()).toBeLessThan(1000);
  });

  it('sends no request without a lease', async () => {
    const { neon, end } = world();
    expect(await end([])).toEqual([]);
    expect(neon.calls).toEqual([]);
  });

  it('revokes a duplicate of a key that was revoked by its ID', async () => {
    const { neon, end } = world();
    const id = neon.add(name);
    neon.add(name);
    expect(summary(await end([created(id)]))).toEqual(['1: revoked', '2: revoked']);
    expect(neon.active).toEqual([]);
  });

  it('revokes the keys of all names of the step after reading the list once', async () => {
    const { neon, end } = world();
    const id = neon.add(name);
    neon.add(other);
    const leases = [created(id), { name: other, requestedAt: start }];
    expect(summary(await end(leases))).toEqual(['1: revoked', '2: revoked']);
    expect(neon.calls.filter((call) => call === 'listOrgApiKeys')).toHaveLength(1);
  });

  it('revokes a key that Neon lists under another label with the same mark', async () => {
    const { neon, end } = world();
    neon.add('Shop ~gha.1.2-1.j.own');
    expect(summary(await end([lost]))).toEqual(['1: revoked']);
  });

  it('never touches keys with another mark', async () => {
    const { neon, end } = world();
    for (const foreign of ['ci', 'shop', '~gha.1.2-1.j.other', `${name} copy`, '']) neon.add(foreign);
    expect(summary(await end([lost]))).toEqual([`${name}: not-found`]);
    expect(neon.active).toHaveLength(5);
  });

  it.each([0, 5000, 20_000, 29_999])('waits for a key that appears in the list %i ms after its request', async (ms) => {
    const { neon, end } = world([], 0);
    neon.add(name, {}, start + ms);
    expect(summary(await end([lost]))).toEqual(['1: revoked']);
  });

  it('does not wait when the request was sent more than its time limit ago', async () => {
    const { end, tookMs } = world([], 40_000);
    expect(summary(await end([lost]))).toEqual([`${name}: not-found`]);
    expect(tookMs()).toBeLessThan(1000);
  });

  it('waits as long as the time limit of a request, if that is more than 30 s', async () => {
    const { neon, end } = world([], 10_000);
    neon.add(name, {}, start + 50_000);
    expect(summary(await end([lost], { timeoutMs: 50_000 }))).toEqual(['1: revoked']);
  });

  it('reports a name whose request may still be carried out after the post step', async () => {
    const { end } = world([], 0);
    expect(await end([lost], { timeoutMs: 10 * minute })).toEqual([
      { target: lost, how: 'unsettled', until: start + 10 * minute + 10_000, error: undefined },
    ]);
  });

  it('does not wait longer when the clock was set back after the request', async () => {
    const { end, tookMs } = world([], -86_400_000);
    expect(summary(await end([lost]))).toEqual([`${name}: not-found`]);
    expect(tookMs()).toBeLessThan(minute);
  });

  it('does not report planned names, but revokes a key that appears with one', async () => {
    const { neon, end } = world([], 0);
    neon.add(other, {}, start + 20_000);
    expect(summary(await end([{ name }, { name: other }]))).toEqual(['1: revoked']);
  });

  it('does not wait for a request of which Neon reported that it had no effect', async () => {
    const { neon, end, tookMs } = world([], 12_000);
    const refused: Lease = { name: other, requestedAt: start, respondedAt: start + 50 };
    expect(summary(await end([refused, created(neon.add(name))]))).toEqual(['1: revoked', `${other}: not-found`]);
    expect(tookMs()).toBeLessThan(1000);
  });

  describe.each(odd)('if the DELETE gets %s', (_what, failure) => {
    it.each([
      ['was', [0]],
      ['was not', undefined],
    ])('and %s carried out, revokes the key', async (_done, doneAfterMs) => {
      const { neon, end } = world([{ failure, ...(doneAfterMs ? { doneAfterMs } : {}) }]);
      const [outcome] = await end([created(neon.add(name))]);
      expect(['revoked', 'already-revoked']).toContain(outcome?.how);
      expect(neon.active).toEqual([]);
    });

    it('reads the list at once', async () => {
      const { neon, end, tookMs } = world([{ failure, doneAfterMs: [0] }]);
      await end([created(neon.add(name))]);
      expect(neon.calls).toEqual(['revokeOrgApiKey', 'listOrgApiKeys']);
      expect(tookMs()).toBeLessThan(1000);
    });

    it('for 50 s, revokes the key in the remaining time', async () => {
      const { clock, neon, end, tookMs } = world();
      const id = neon.add(name);
      neon.fate = (operation) => (operation === 'revokeOrgApiKey' && tookMs() < 50_000 ? { failure } : {});
      expect(summary(await end([created(id)]))).toEqual(['1: revoked']);
      expect(neon.calls.length).toBeLessThan(40);
      expect(clock.waits.every((ms) => ms > 0)).toBe(true);
    });

    it('for the whole minute, reports the key with the error', async () => {
      const { neon, end, tookMs } = world();
      const id = neon.add(name);
      neon.fate = (operation) => (operation === 'revokeOrgApiKey' ? { failure } : {});
      const lease = created(id);
      const [outcome] = await end([lease]);
      expect(outcome).toMatchObject({ how: 'failed', error: { facts: { operationId: 'revokeOrgApiKey' } } });
      expect(outcome?.target).toBe(lease);
      expect(tookMs()).toBeGreaterThan(58_000);
      expect(tookMs()).toBeLessThan(minute + 1000);
    });
  });

  it('does not trust a 404 and a list that is older than the key', async () => {
    const stale = Array.from({ length: 3 }, () => ({ behindMs: 3000 }));
    const { neon, end } = world([stale[0] as Fate, { failure: { kind: 'refused', status: 404 } }, ...stale], 500);
    expect(summary(await end([created(neon.add(name, {}, start))]))).toEqual(['1: revoked']);
    expect(neon.active).toEqual([]);
  });

  it('finds a duplicate that is missing from the first lists', async () => {
    const { neon, end } = world([{ behindMs: 9000 }, {}, { behindMs: 9000 }], 500);
    const id = neon.add(name, {}, start);
    neon.add(name, {}, start);
    expect(summary(await end([created(id)]))).toEqual(['1: revoked', '2: revoked']);
  });

  it('reports what it could not rule out when the list can never be read', async () => {
    const { neon, end } = world();
    const id = neon.add(name);
    neon.fate = (operation) => (operation === 'listOrgApiKeys' ? failing('unavailable', 503) : {});
    const revocations = await end([created(id), { name: other, requestedAt: start }]);
    expect(summary(revocations)).toEqual(['1: revoked', '1: unsettled', `${other}: unsettled`]);
    expect(revocations[1]).toMatchObject({ error: { facts: { operationId: 'listOrgApiKeys' } } });
  });

  it('looks for a duplicate of a revoked key for 15 s only', async () => {
    const { neon, end, tookMs } = world();
    const id = neon.add(name);
    neon.fate = (operation) => (operation === 'listOrgApiKeys' ? failing('refused', 403) : {});
    expect(summary(await end([created(id)]))).toEqual(['1: revoked', '1: unsettled']);
    expect(tookMs()).toBeLessThan(16_000);
    expect(neon.calls.length).toBeGreaterThan(4);
  });

  it('passes on an error that does not come from Neon', async () => {
    const { neon, end } = world();
    const cancel = new Error('cancelled');
    neon.listOrgApiKeys = () => Promise.reject(cancel);
    await expect(end([lost])).rejects.toBe(cancel);
    neon.revokeOrgApiKey = () => Promise.reject(cancel);
    await expect(end([created('1')])).rejects.toBe(cancel);
  });

  it('reports each outcome once, as soon as it is known', async () => {
    const { neon, outcomes, end } = world();
    const revocations = await end([created(neon.add(name)), { name: other, requestedAt: start }]);
    expect(outcomes).toEqual(revocations);
  });
});

describe('endLeases, for any responses of Neon', () => {
  const failure = fc.option(fc.constantFrom(...odd.map(([, one]) => one)), { nil: undefined, freq: 2 });
  const fate: fc.Arbitrary<Fate> = fc.record({ failure, done: fc.boolean(), behindMs: fc.nat(10_000) }).map(
    ({ failure: how, done, behindMs }): Fate => ({
      behindMs,
      ...(how ? { failure: how } : {}),
      ...(how && done ? { doneAfterMs: [0] } : {}),
    }),
  );
  const key = fc.record({
    kind: fc.constantFrom('created', 'lost', 'planned'),
    copies: fc.array(fc.nat(30_000), { maxLength: 2 }),
  });

  it('revokes or reports every key of a lease, and never revokes another key', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fate, { maxLength: 30 }),
        fc.array(key, { minLength: 1, maxLength: 4 }),
        fc.nat(45_000),
        async (fates, keys, afterMs) => {
          const { neon, end } = world(fates, afterMs);
          neon.add('ci');
          const leases = keys.map(({ kind, copies }, index): Lease => {
            const own = `shop ~gha.1.2-1.j.n${index}`;
            // If Neon returned the key, its duplicates have been created, too.
            const ids = (kind === 'created' ? [0, ...copies.map(() => 0)] : copies).map((ms) =>
              neon.add(own, {}, start + ms),
            );
            if (kind === 'created') return { name: own, requestedAt: start, respondedAt: start, id: ids[0] };
            return kind === 'lost' ? { name: own, requestedAt: start } : { name: own };
          });
          const revocations = await end(leases);
          const reported = revocations.flatMap(({ how, target }) =>
            how === 'failed' || how === 'unsettled' ? [target.name] : [],
          );
          const [ci, ...active] = neon.active;
          expect(ci).toMatchObject({ name: 'ci' });
          expect(active.map((one) => one.name).filter((one) => !reported.includes(one))).toEqual([]);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
