import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeyTarget, mayHaveRevoked, type Revocation, revokeKeys } from '../../src/keys/revoke.ts';
import { type FailureFacts, NeonError } from '../../src/neon/errors.ts';
import { fakeClock } from '../fake-clock.ts';
import { doneBut, FakeNeon, type Fate, failing } from '../fake-neon.ts';

const start = Date.UTC(2026, 10, 24);

function world(fates: Fate[] = []) {
  const clock = fakeClock(start);
  const neon = new FakeNeon(clock, fates);
  const reported: Revocation[] = [];
  const effects = { neon, clock, onOutcome: (outcome: Revocation) => void reported.push(outcome) };
  return { clock, neon, reported, effects, revoke: (targets: KeyTarget[]) => revokeKeys(targets, effects) };
}

const notFound = failing('refused', 404);
/** A list of keys that does not show the last ten seconds. */
const behind: Fate = { behindMs: 9999 };

/** The revocations as `name: how`. */
const outcomesOf = (revocations: Awaited<ReturnType<typeof revokeKeys>>) =>
  revocations.map(({ target, how }) => `${target.name}: ${how}`);

describe('revokeKeys', () => {
  it('sends one request per key', async () => {
    const { neon, revoke } = world();
    const id = neon.add('a');
    expect(outcomesOf(await revoke([{ name: 'a', id }]))).toEqual(['a: revoked']);
    expect(neon.calls).toEqual(['revokeOrgApiKey']);
  });

  it('sends no request without a key', async () => {
    const { neon, revoke } = world();
    expect(await revoke([])).toEqual([]);
    expect(neon.calls).toEqual([]);
  });

  it('tries again after a 404, and reports a key that a recent list lacks as already revoked', async () => {
    const { neon, revoke } = world();
    expect(outcomesOf(await revoke([{ name: 'a', id: '7' }]))).toEqual(['a: already-revoked']);
    expect(neon.calls).toEqual(['revokeOrgApiKey', 'listOrgApiKeys', 'revokeOrgApiKey', 'listOrgApiKeys']);
  });

  it('revokes a new key that a replica does not have yet, and reports it once', async () => {
    const { clock, neon, reported, revoke } = world([notFound, behind]);
    const id = neon.add('a');
    clock.advance(1000);
    expect(outcomesOf(await revoke([{ name: 'a', id }]))).toEqual(['a: revoked']);
    expect(outcomesOf(reported)).toEqual(['a: revoked']);
    expect(neon.active).toEqual([]);
    expect(clock.waits).toEqual([10_000]);
  });

  it('does not believe a list that may be older than the key after a lost response', async () => {
    const { neon, revoke } = world([failing('unknown'), behind]);
    const id = neon.add('a');
    expect(outcomesOf(await revoke([{ name: 'a', id }]))).toEqual(['a: revoked']);
    expect(neon.active).toEqual([]);
  });

  it('revokes the keys that are listed before it waits for the others', async () => {
    const { clock, neon, reported, revoke } = world([notFound, failing('unknown')]);
    const id = neon.add('listed');
    const { sleep } = clock;
    const reportedBeforeWaits: string[][] = [];
    clock.sleep = (ms, signal) => {
      reportedBeforeWaits.push(outcomesOf(reported));
      return sleep(ms, signal);
    };
    await revoke([
      { name: 'gone', id: '77' },
      { name: 'listed', id },
    ]);
    expect(reportedBeforeWaits).toEqual([['listed: revoked']]);
    expect(outcomesOf(reported)).toEqual(['listed: revoked', 'gone: already-revoked']);
  });

  it('does not wait if the list shows a key that was created 10 seconds later', async () => {
    const { clock, neon, revoke } = world();
    neon.add('newer');
    expect(outcomesOf(await revoke([{ name: 'a', id: '77', createdAt: start - 10_000 }]))).toEqual([
      'a: already-revoked',
    ]);
    expect(clock.waits).toEqual([]);
  });

  it.each([
    ['was created 9.999 seconds before the newest listed key', start - 9999],
    ['has an unreadable time of creation', Number.NaN],
  ])('waits if a missing key %s', async (_case, createdAt) => {
    const { clock, neon, revoke } = world();
    neon.add('newer');
    expect(outcomesOf(await revoke([{ name: 'a', id: '77', createdAt }]))).toEqual(['a: already-revoked']);
    expect(clock.waits).toEqual([10_000]);
  });

  it('does not wait again for a list that was requested 10 seconds after the start', async () => {
    const { clock, revoke } = world([{ ...notFound, delayMs: 10_000 }]);
    expect(outcomesOf(await revoke([{ name: 'a', id: '77' }]))).toEqual(['a: already-revoked']);
    expect(clock.waits).toEqual([10_000]);
  });

  it('reports a wait, with the number of keys that are missing from the list', async () => {
    const { effects } = world();
    const waits: [keyCount: number, waitMs: number][] = [];
    const targets = ['77', '78'].map((id) => ({ name: '', id }));
    await revokeKeys(targets, { ...effects, onWait: (...wait) => waits.push(wait) });
    expect(waits).toEqual([[2, 10_000]]);
  });

  it('reports no wait if every key is revoked', async () => {
    const { neon, effects } = world();
    const onWait = () => expect.unreachable();
    await revokeKeys([{ name: 'a', id: neon.add('a') }], { ...effects, onWait });
  });

  it('stops waiting when the step is cancelled', async () => {
    const { effects } = world();
    const cancelled = AbortSignal.abort(new Error('cancelled'));
    await expect(revokeKeys([{ name: 'a', id: '77' }], { ...effects, cancelled })).rejects.toThrow('cancelled');
  });

  it('reports a failure for a key that Neon still lists after a 404', async () => {
    const { neon, revoke } = world();
    const id = neon.add('a');
    const listed = neon.active;
    await neon.revokeOrgApiKey(id);
    neon.listOrgApiKeys = async () => listed;
    expect(await revoke([{ name: 'a', id }])).toMatchObject([
      {
        how: 'failed',
        error: {
          facts: { kind: 'refused', status: 404, hint: 'Neon still lists the key after 3 attempts to revoke it.' },
        },
      },
    ]);
  });

  it('reads each list once for several keys in doubt', async () => {
    const { neon, revoke } = world();
    const targets = ['1', '2', '3'].map((id) => ({ name: id, id }));
    expect(outcomesOf(await revoke(targets))).toEqual([
      '1: already-revoked',
      '2: already-revoked',
      '3: already-revoked',
    ]);
    expect(neon.calls.filter((call) => call === 'listOrgApiKeys')).toHaveLength(2);
  });

  it('reports a key as revoked if the list lacks it after a lost response', async () => {
    const { neon, revoke } = world([doneBut('unknown')]);
    const id = neon.add('a');
    expect(outcomesOf(await revoke([{ name: 'a', id }]))).toEqual(['a: revoked']);
  });

  it('sends the request again if the list contains the key after a lost response', async () => {
    const { neon, revoke } = world([failing('unknown')]);
    const id = neon.add('a');
    expect(outcomesOf(await revoke([{ name: 'a', id }]))).toEqual(['a: revoked']);
  });

  it('reports the first failure if the list cannot be read', async () => {
    const { neon, revoke } = world([failing('unknown'), failing('unavailable')]);
    const [ending] = await revoke([{ name: 'a', id: neon.add('a') }]);
    expect(ending).toMatchObject({ how: 'failed', error: { facts: { operationId: 'revokeOrgApiKey' } } });
  });

  it('continues after a 403 for one key', async () => {
    const { neon, revoke } = world([failing('refused', 403)]);
    const targets = ['a', 'b', 'c'].map((name) => ({ name, id: neon.add(name) }));
    expect(outcomesOf(await revoke(targets))).toEqual(['a: failed', 'b: revoked', 'c: revoked']);
  });

  it('stops after a 401, which is about the key in use', async () => {
    const { neon, revoke } = world();
    const targets = ['a', 'b', 'c'].map((name) => ({ name, id: neon.add(name) }));
    neon.fate = () => failing('refused', 401);
    expect(outcomesOf(await revoke(targets))).toEqual(['a: failed', 'b: failed', 'c: failed']);
    expect(neon.calls).toEqual(['revokeOrgApiKey']);
  });

  it('tries every key after 403s for many', async () => {
    const { neon, revoke } = world(Array(20).fill(failing('refused', 403)));
    const targets = Array.from({ length: 50 }, (_, index) => ({ name: `${index}`, id: neon.add(`${index}`) }));
    const outcomes = (await revoke(targets)).map(({ how }) => how);
    expect(outcomes.filter((how) => how === 'failed')).toHaveLength(20);
    expect(outcomes.filter((how) => how === 'revoked')).toHaveLength(30);
    expect(neon.calls).toHaveLength(50);
  });

  it.each<[string, Fate]>([
    ['a refusal for one key', failing('refused', 409)],
    ['a response that is not Neon’s', failing('unknown', 403)],
    ['a 404', failing('refused', 404)],
  ])('continues with the next key after %s', async (_what, fate) => {
    const { neon, revoke } = world([fate]);
    const targets = ['a', 'b', 'c'].map((name) => ({ name, id: neon.add(name) }));
    const requestedIds: string[] = [];
    const { revokeOrgApiKey } = neon;
    neon.revokeOrgApiKey = (id) => {
      requestedIds.push(id);
      return revokeOrgApiKey(id);
    };
    const revocations = await revoke(targets);
    expect(requestedIds.slice(0, 3)).toEqual(targets.map(({ id }) => id));
    expect(outcomesOf(revocations)).toEqual(expect.arrayContaining(['b: revoked', 'c: revoked']));
  });

  it('passes on an error that does not come from Neon, such as a cancellation', async () => {
    const { neon, revoke } = world([failing('unknown')]);
    const cancel = new Error('cancelled');
    neon.listOrgApiKeys = () => Promise.reject(cancel);
    await expect(revoke([{ name: 'a', id: neon.add('a') }])).rejects.toBe(cancel);
  });

  it('never revokes a key by its name', async () => {
    const { neon, revoke } = world();
    neon.add('a');
    expect(outcomesOf(await revoke([{ name: 'a', id: '7' }]))).toEqual(['a: already-revoked']);
    expect(neon.active).toHaveLength(1);
  });

  it('reports each outcome as soon as it is known', async () => {
    const { neon, reported, revoke } = world();
    const cancel = new Error('cancelled');
    const id = neon.add('a');
    const { revokeOrgApiKey } = neon;
    neon.revokeOrgApiKey = async (requestedId) => {
      if (requestedId !== id) throw cancel;
      return revokeOrgApiKey(requestedId);
    };
    await expect(
      revoke([
        { name: 'a', id },
        { name: 'b', id: '7' },
      ]),
    ).rejects.toBe(cancel);
    expect(outcomesOf(reported)).toEqual(['a: revoked']);
  });

  it('returns the object that the caller passed in', async () => {
    const { neon, revoke } = world([doneBut('unknown'), {}, failing('refused', 403)]);
    const targets = ['a', 'a'].map((name) => ({ name, id: neon.add(name) }));
    const outcomes = await revoke(targets);
    expect(outcomes.map(({ target }) => targets.indexOf(target as KeyTarget)).sort()).toEqual([0, 1]);
  });

  it('stops after three rounds', async () => {
    const { neon, revoke } = world([0, 1, 2, 3].flatMap(() => [failing('unknown'), {}]));
    expect(outcomesOf(await revoke([{ name: 'a', id: neon.add('a') }]))).toEqual(['a: failed']);
    expect(neon.calls).toHaveLength(6);
  });

  it('reports every key once and truthfully, for any responses of Neon', async () => {
    const fates = fc.array(
      fc.constantFrom<Fate[]>(
        {},
        failing('refused', 403),
        failing('not-done'),
        failing('unavailable'),
        failing('unknown'),
        doneBut('unavailable'),
        doneBut('unknown'),
      ),
    );
    const wanted = fc.array(fc.constantFrom('active', 'gone'), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fates, wanted, async (schedule, kinds) => {
        const { neon, revoke } = world(schedule);
        const targets = kinds.map((kind, index): KeyTarget => {
          const name = `${kind}-${index}`;
          return { name, id: kind === 'gone' ? `${index + 1}` : neon.add(name) };
        });
        const revocations = await revoke(targets);
        expect(revocations.map(({ target }) => target.name).toSorted()).toEqual(
          targets.map(({ name }) => name).toSorted(),
        );
        const active = new Set(neon.active.map(({ name }) => name));
        for (const { target, how } of revocations) if (how !== 'failed') expect(active).not.toContain(target.name);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('mayHaveRevoked', () => {
  it.each<[string, Partial<FailureFacts>, boolean]>([
    ['a refusal', { kind: 'refused', status: 404 }, false],
    ['a refusal after an attempt without a response', { kind: 'refused', status: 404, maybeDone: true }, true],
    ['a request that was not sent', { kind: 'not-done' }, false],
    ['a rate limit, perhaps of a gateway that passed the request on', { kind: 'not-done', status: 429 }, true],
    ['an unusable response', { kind: 'unknown', status: 200 }, true],
    ['a failure of the server', { kind: 'unavailable', status: 502 }, true],
  ])('%s: %j', (_what, facts, maybe) => {
    const request = {
      operationId: 'revokeOrgApiKey',
      method: 'DELETE',
      path: '/',
      reason: '',
      requestId: 'r',
    } as const;
    expect(mayHaveRevoked(new NeonError({ ...request, kind: 'refused', ...facts }))).toBe(maybe);
  });
});
