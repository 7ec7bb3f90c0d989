import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endLeases } from '../../src/keys/end-leases.ts';
import { createLedger, type Lease, PostStarted } from '../../src/keys/ledger.ts';
import { type MintEffects, type MintRequest, mint } from '../../src/keys/mint.ts';
import { parseKeyName } from '../../src/keys/name.ts';
import type { KeyEndpoints } from '../../src/neon/endpoints.ts';
import { fakeClock } from '../fake-clock.ts';
import { type Failure, FakeNeon, type Fate } from '../fake-neon.ts';

const start = Date.UTC(2026, 10, 24);
const request: MintRequest = {
  label: 'shop test',
  mark: { repositoryId: 1, runId: 2, runAttempt: 1, lifetime: { kind: 'job' } },
  projectId: 'cool-river-87654321',
};

const lost: Failure = { kind: 'unknown' };
const tooMany: Failure = { kind: 'not-done', status: 429, code: '' };
const gatewaySays429: Failure = { kind: 'not-done', status: 429 };
const unreachable: Failure = { kind: 'not-done' };
const unavailable: Failure = { kind: 'unavailable', status: 503, code: '' };
const forbidden: Failure = { kind: 'refused', status: 403, code: '' };
const conflict: Failure = { kind: 'refused', status: 409, code: '' };
const foreign: Fate = { response: { id: '999', name: 'someone else’s ~gha.1.2-1.j.foreign' } };

/** A step whose first requests to Neon meet these fates; `saved` is what its post step would read. */
function world(fates: Fate[], change: (effects: MintEffects) => Partial<MintEffects> = () => ({})) {
  const clock = fakeClock(start);
  const neon = new FakeNeon(clock, fates, 50);
  const masked: string[] = [];
  const lines: string[] = [];
  let saved: Lease[] = [];
  let hasPostStarted = () => false;
  let nonces = 0;
  const effects: MintEffects = {
    neon,
    clock,
    ledger: createLedger(
      (leases) => {
        saved = structuredClone(leases);
      },
      undefined,
      () => hasPostStarted(),
    ),
    newNonce: () => {
      nonces += 1;
      return `nonce${nonces}`;
    },
    random: () => 0.5,
    mask: (token) => masked.push(token),
    info: (line) => lines.push(line),
    notice: () => {},
    cancelled: new AbortController().signal,
  };
  return {
    clock,
    neon,
    masked,
    lines,
    ledger: effects.ledger,
    saved: () => saved,
    startPost: (when: () => boolean = () => true) => {
      hasPostStarted = when;
    },
    mint: (wanted: MintRequest = request) => mint(wanted, { ...effects, ...change(effects) }),
    /** The post step, with a Neon that answers every request. */
    post: (afterMs = 0, leases = saved) => {
      neon.fate = () => ({});
      clock.advance(afterMs);
      const until = clock.now() + 60_000;
      return endLeases(leases, { neon, clock, timeoutMs: 1000, until, onOutcome: () => {} });
    },
  };
}

describe('mint', () => {
  it('sends one request, masks the token, and saves the ID for the post step', async () => {
    const { mint, neon, masked, saved } = world([]);
    const { key, name } = await mint();
    expect(neon.calls).toEqual(['createOrgApiKey']);
    expect(masked).toEqual([key.key]);
    expect(saved()).toEqual([{ name, requestedAt: start, respondedAt: start + 50, id: key.id }]);
    expect(parseKeyName(key.name)?.label).toBe('shop test');
  });

  it('saves the name and the names of all later attempts before it sends the request', async () => {
    const { mint, saved } = world([], ({ neon }) => ({
      neon: spy(neon, ({ key_name }) => {
        expect(saved()[0]).toEqual({ name: key_name, requestedAt: start });
        expect(
          saved()
            .slice(1)
            .map((lease) => [parseKeyName(lease.name)?.mark.nonce, lease.requestedAt]),
        ).toEqual([
          ['nonce2', undefined],
          ['nonce3', undefined],
          ['nonce4', undefined],
          ['nonce5', undefined],
        ]);
      }),
    }));
    await mint();
  });

  it('masks the token before it saves the ID, and saves the ID before it returns', async () => {
    const order: string[] = [];
    const { mint } = world([], ({ ledger }) => ({
      mask: () => order.push('mask'),
      ledger: { ...ledger, save: (lease) => order.push(lease.id ? 'id' : 'name') },
    }));
    await mint();
    expect(order).toEqual(['name', 'mask', 'id']);
  });

  it.each<[string, Fate, string[], number]>([
    ['a lost request', { failure: lost }, ['createOrgApiKey', 'listOrgApiKeys', 'createOrgApiKey'], 2],
    [
      'a lost response',
      { failure: lost, doneAfterMs: [0] },
      ['createOrgApiKey', 'listOrgApiKeys', 'revokeOrgApiKey', 'createOrgApiKey'],
      2,
    ],
    ['a conflict', { failure: conflict }, ['createOrgApiKey', 'listOrgApiKeys', 'createOrgApiKey'], 2],
    [
      'a conflict with its own earlier copy',
      { failure: conflict, doneAfterMs: [0] },
      ['createOrgApiKey', 'listOrgApiKeys', 'revokeOrgApiKey', 'createOrgApiKey'],
      2,
    ],
    ['a 429 of Neon', { failure: tooMany }, ['createOrgApiKey', 'createOrgApiKey'], 2],
    [
      'a 429 of a gateway after the effect',
      { failure: gatewaySays429, doneAfterMs: [0] },
      ['createOrgApiKey', 'createOrgApiKey'],
      2,
    ],
    ['no connection', { failure: unreachable }, ['createOrgApiKey', 'createOrgApiKey'], 1],
    ['a 503', { failure: unavailable }, ['createOrgApiKey', 'createOrgApiKey'], 2],
    ['a 503 after the effect', { failure: unavailable, doneAfterMs: [0] }, ['createOrgApiKey', 'createOrgApiKey'], 2],
    ['a key of another name', foreign, ['createOrgApiKey', 'listOrgApiKeys', 'revokeOrgApiKey', 'createOrgApiKey'], 2],
    [
      'the same key made twice',
      { doneAfterMs: [0, 0], failure: lost },
      ['createOrgApiKey', 'listOrgApiKeys', 'revokeOrgApiKey', 'revokeOrgApiKey', 'createOrgApiKey'],
      2,
    ],
  ])('after %s, requests a key with a new name', async (_what, fate, calls, openLeases) => {
    const { mint, neon, saved, post } = world([fate]);
    const { key } = await mint();
    expect(key.name).toContain('nonce2');
    expect(neon.calls).toEqual(calls);
    expect(saved()).toHaveLength(openLeases);
    await post();
    expect(neon.active).toEqual([]);
  });

  it('never revokes the ID in a response about another key, but masks its token', async () => {
    const { mint, neon, masked, saved, post } = world(Array<Fate>(5).fill(foreign));
    neon.listOrgApiKeys = async () => [];
    const revoked: string[] = [];
    neon.revokeOrgApiKey = async (id) => {
      revoked.push(id);
      return { id } as never;
    };
    await expect(mint()).rejects.toThrow('the response is for a key with another name');
    expect(saved().every(({ id }) => id === undefined)).toBe(true);
    expect(masked).toHaveLength(5);
    await post(60_000);
    expect(revoked).toEqual([]);
  });

  it('gives up after a refusal, and leaves no lease for the post step', async () => {
    const { mint, neon, saved } = world([{ failure: forbidden }]);
    await expect(mint()).rejects.toThrow('createOrgApiKey');
    expect(neon.calls).toEqual(['createOrgApiKey']);
    expect(saved()).toEqual([]);
  });

  it.each<[string, Failure, number]>([
    ['unreachable', unreachable, 0],
    ['unavailable', unavailable, 5],
    ['429', tooMany, 5],
  ])(
    'gives up after five times %s, and leaves the requested names as leases (%j)',
    async (_what, failure, openLeases) => {
      const { mint, neon, saved } = world(Array<Fate>(9).fill({ failure }));
      await expect(mint()).rejects.toThrow('tried 5 times');
      expect(neon.calls).toHaveLength(5);
      expect(saved()).toHaveLength(openLeases);
    },
  );

  it('waits for a Retry-After of up to a minute, because Neon’s rate limit is per minute', async () => {
    const { mint, clock } = world([{ failure: { ...tooMany, retryAfterMs: 45_000 } }]);
    await mint();
    expect(clock.now() - start).toBeGreaterThan(45_000);
    expect(clock.now() - start).toBeLessThan(50_000);
  });

  it('starts no attempt later than two minutes after the first', async () => {
    const { mint, clock, neon } = world(Array<Fate>(9).fill({ failure: { ...tooMany, retryAfterMs: 50_000 } }));
    await expect(mint()).rejects.toThrow('tried 3 times');
    expect(neon.calls).toHaveLength(3);
    expect(clock.now() - start).toBeLessThan(120_000);
  });

  it('records when each request was sent, and when Neon responded that a request had no effect', async () => {
    const { mint, saved } = world([{ failure: tooMany }, { failure: unavailable }, { failure: forbidden }]);
    await expect(mint()).rejects.toThrow('createOrgApiKey');
    const [first, second] = saved();
    expect(first).toMatchObject({ requestedAt: start, respondedAt: start + 50 });
    expect(second?.requestedAt).toBeGreaterThan(start + 50);
    expect(second).not.toHaveProperty('respondedAt');
    expect(saved()).toHaveLength(2);
  });

  it('continues if the list cannot be read after a lost response, because the post step reads it again', async () => {
    const { mint, neon, saved, post } = world([{ failure: lost, doneAfterMs: [0] }, { failure: forbidden }]);
    await mint();
    expect(saved()).toHaveLength(2);
    await post();
    expect(neon.active).toEqual([]);
  });

  it('logs each retry in one line without advice, and that a key with a lost response was revoked', async () => {
    const { mint, lines } = world([{ failure: tooMany }, { failure: lost, doneAfterMs: [0] }]);
    await mint();
    expect(lines).toEqual([
      expect.stringMatching(/^createOrgApiKey .*\)\. Attempt 2 of 5 in [\d.]+ s\.$/),
      expect.stringMatching(/^createOrgApiKey .*\)\. Attempt 3 of 5 in [\d.]+ s\.$/),
      'Neon created key 1, but its token was lost with the response, so the key was revoked.',
    ]);
  });

  it('sends no further request after a cancellation', async () => {
    const { mint, neon, saved } = world([{ failure: lost, doneAfterMs: [0] }], () => ({
      cancelled: AbortSignal.abort(),
    }));
    await expect(mint()).rejects.toThrow('got no usable response');
    expect(neon.calls).toEqual(['createOrgApiKey']);
    expect(saved()).toHaveLength(1);
  });

  it('rejects a key for the whole organization that was requested for a project', async () => {
    const { mint, masked, post, neon } = world([], ({ neon }) => ({
      neon: { ...neon, createOrgApiKey: ({ key_name }) => neon.createOrgApiKey({ key_name }) },
    }));
    await expect(mint()).rejects.toThrow(
      /^Neon created key 1 for the whole organization, but the request was for project cool-river-87654321\./,
    );
    expect(masked).toHaveLength(1);
    await post();
    expect(neon.active).toEqual([]);
  });

  it('rejects a key for a project that was requested for the whole organization', async () => {
    const { mint, neon } = world([], ({ neon }) => ({
      neon: { ...neon, createOrgApiKey: (key) => neon.createOrgApiKey({ ...key, project_id: 'a-project' }) },
    }));
    await expect(mint({ label: request.label, mark: request.mark })).rejects.toThrow(
      'for project a-project, but the request was for the whole organization.',
    );
    expect(neon.calls).toEqual(['createOrgApiKey']);
  });
});

describe('mint while the post step runs', () => {
  it('sends no request', async () => {
    const { mint, neon, startPost } = world([]);
    startPost();
    await expect(mint()).rejects.toThrow(PostStarted);
    expect(neon.calls).toEqual([]);
  });

  it('returns no key if the post step started during the request, and leaves the ID in the ledger', async () => {
    const { mint, neon, startPost, ledger, masked } = world([]);
    startPost(() => neon.calls.length > 0);
    await expect(mint()).rejects.toThrow(PostStarted);
    expect(masked).toHaveLength(1);
    expect(ledger.open()).toMatchObject([{ id: '1' }]);
  });

  it('sends no second request if the post step started during the wait', async () => {
    const { mint, neon, startPost, clock } = world([{ failure: { ...tooMany, retryAfterMs: 30_000 } }]);
    startPost(() => clock.now() > start + 20_000);
    await expect(mint()).rejects.toThrow(PostStarted);
    expect(neon.calls).toEqual(['createOrgApiKey']);
  });

  it('has saved every name that it requests in the state that the post step read when the job was cancelled', async () => {
    const { mint, neon, saved, post } = world([{ failure: tooMany }]);
    const minting = mint();
    const atCancel = saved();
    await minting;
    expect(neon.active).toHaveLength(1);
    await post(0, atCancel);
    expect(neon.active).toEqual([]);
  });
});

describe('mint and the post step, for any responses of Neon', () => {
  const failures = [lost, tooMany, gatewaySays429, unreachable, unavailable, forbidden, conflict];
  const times = fc.array(fc.nat(29_000), { maxLength: 2 });
  const fate: fc.Arbitrary<Fate> = fc.oneof(
    { weight: 2, arbitrary: fc.constant<Fate>({}) },
    { weight: 1, arbitrary: fc.constant<Fate>({ doneAfterMs: [0, 0] }) },
    { weight: 1, arbitrary: fc.constant<Fate>(foreign) },
    { weight: 5, arbitrary: fc.constantFrom(...failures).map((failure): Fate => ({ failure })) },
    // These failures are possible even if the request was carried out.
    {
      weight: 5,
      arbitrary: fc
        .tuple(fc.constantFrom(lost, gatewaySays429, unavailable), times)
        .map(([failure, doneAfterMs]): Fate => ({ failure, doneAfterMs })),
    },
    { weight: 1, arbitrary: fc.constant<Fate>({ failure: conflict, doneAfterMs: [0] }) },
  );
  const fates = fc.array(fate, { maxLength: 12 });

  it('leave no active key', async () => {
    await fc.assert(
      fc.asyncProperty(fates, fc.nat(60_000), async (schedule, afterMs) => {
        const { mint, neon, post } = world(schedule);
        await mint().catch(() => {});
        await post(afterMs);
        expect(neon.active).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('leave no active key if the step is killed at any point', async () => {
    await fc.assert(
      fc.asyncProperty(fates, fc.nat(20), async (schedule, steps) => {
        let left = steps;
        const dieAt = () => {
          left -= 1;
          if (left < 0) throw new Error('killed');
        };
        const { mint, neon, post } = world(schedule, (effects) => ({
          neon: killable(effects.neon, dieAt),
          mask: dieAt,
          ledger: {
            ...effects.ledger,
            plan: (names) => {
              dieAt();
              effects.ledger.plan(names);
              dieAt();
            },
            save: (lease) => {
              dieAt();
              effects.ledger.save(lease);
              dieAt();
            },
            forget: (name) => {
              dieAt();
              effects.ledger.forget(name);
              dieAt();
            },
          },
        }));
        await mint().catch(() => {});
        await post();
        expect(neon.active).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it('never revoke a key of another step', async () => {
    await fc.assert(
      fc.asyncProperty(fates, async (schedule) => {
        const { mint, neon, post } = world(schedule);
        const others = ['ci (do not delete!!)', 'shop test', 'shop test ~gha.1.2-1.j.other'].map((name) =>
          neon.add(name),
        );
        await mint().catch(() => {});
        await post();
        expect(neon.active.map(({ id }) => id)).toEqual(others);
      }),
    );
  });
});

function spy(neon: KeyEndpoints, before: (key: { key_name: string }) => void): KeyEndpoints {
  return {
    ...neon,
    createOrgApiKey: (key) => {
      before(key);
      return neon.createOrgApiKey(key);
    },
  };
}

/** A process can die before a request leaves, and after it was carried out. */
function killable(neon: KeyEndpoints, die: () => void): KeyEndpoints {
  const mayDieAt = async <T>(call: () => Promise<T>) => {
    die();
    const response = await call();
    die();
    return response;
  };
  return {
    listOrgApiKeys: () => mayDieAt(() => neon.listOrgApiKeys()),
    createOrgApiKey: (key) => mayDieAt(() => neon.createOrgApiKey(key)),
    revokeOrgApiKey: (id) => mayDieAt(() => neon.revokeOrgApiKey(id)),
  };
}
