import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLedger, type Lease } from '../../src/keys/ledger.ts';
import { type MintEffects, type MintRequest, mint } from '../../src/keys/mint.ts';
import { parseName } from '../../src/keys/name.ts';
import { revokeKeys } from '../../src/keys/revoke.ts';
import type { KeyEndpoints } from '../../src/neon/endpoints.ts';
import { fakeClock } from '../fake-clock.ts';
import { FakeNeon, type Fate } from './fake-neon.ts';

const start = Date.UTC(2026, 10, 24);
const settleMs = 30_000;
const request = {
  label: 'shop test',
  mark: { repositoryId: 1, runId: 2, runAttempt: 1, lifetime: { kind: 'job' } as const },
  projectId: 'cool-river-87654321',
};

/** A step that mints against a Neon of these fates; `saved` is what its post step would find. */
function world(fates: Fate[], change: (effects: MintEffects) => Partial<MintEffects> = () => ({})) {
  const clock = fakeClock(start);
  const neon = new FakeNeon(clock.now, fates);
  const masked: string[] = [];
  const notices: string[] = [];
  let saved: Lease[] = [];
  let nonces = 0;
  const effects: MintEffects = {
    neon,
    clock,
    ledger: createLedger((leases) => {
      saved = structuredClone(leases);
    }),
    newNonce: () => {
      nonces += 1;
      return `nonce${nonces}`;
    },
    random: () => 0.5,
    mask: (token) => masked.push(token),
    notice: (line) => notices.push(line),
    cancelled: new AbortController().signal,
  };
  return {
    clock,
    neon,
    masked,
    notices,
    saved: () => saved,
    mint: (asked: MintRequest = request) => mint(asked, { ...effects, ...change(effects) }),
    /** The post step, in a world where all goes well again. */
    post: () => {
      neon.recover();
      return revokeKeys(saved, { neon, clock, settleMs, onOutcome: () => {} });
    },
  };
}

describe('mint', () => {
  it('asks once, masks the token, and leaves the id to the post step', async () => {
    const { mint, neon, masked, saved } = world([]);
    const { key, name } = await mint();
    expect(neon.calls).toEqual(['createOrgApiKey']);
    expect(masked).toEqual([key.key]);
    expect(saved()).toEqual([{ name, askedAt: start, id: key.id }]);
    expect(parseName(key.name)?.label).toBe('shop test');
  });

  it('has the name in the state before the request leaves', async () => {
    const { mint, saved } = world([], ({ neon }) => ({
      neon: spy(neon, 'createOrgApiKey', ({ key_name }) =>
        expect(saved()).toEqual([{ name: key_name, askedAt: start }]),
      ),
    }));
    await mint();
  });

  it('masks before the id is saved, and saves the id before it returns', async () => {
    const order: string[] = [];
    const { mint } = world([], ({ ledger }) => ({
      mask: () => order.push('mask'),
      ledger: { ...ledger, save: (lease) => order.push(lease.id ? 'id' : 'name') },
    }));
    await mint();
    expect(order).toEqual(['name', 'mask', 'id']);
  });

  it.each<[Fate, string[], number]>([
    ['unknown', ['createOrgApiKey', 'listOrgApiKeys', 'createOrgApiKey'], 2],
    ['done-but-unknown', ['createOrgApiKey', 'listOrgApiKeys', 'revokeOrgApiKey', 'createOrgApiKey'], 1],
    ['not-done', ['createOrgApiKey', 'createOrgApiKey'], 1],
    ['unavailable', ['createOrgApiKey', 'createOrgApiKey'], 2],
    ['done-but-unavailable', ['createOrgApiKey', 'createOrgApiKey'], 2],
  ])('after %j asks again under a new name', async (fate, calls, openLeases) => {
    const { mint, neon, saved, post } = world([fate]);
    await mint();
    expect(neon.calls).toEqual(calls);
    expect(saved()).toHaveLength(openLeases);
    await post();
    expect(neon.live.size).toBe(0);
  });

  it('gives up after a refusal, and leaves the post step nothing to do', async () => {
    const { mint, neon, saved } = world(['refused']);
    await expect(mint()).rejects.toThrow('createOrgApiKey');
    expect(neon.calls).toEqual(['createOrgApiKey']);
    expect(saved()).toEqual([]);
  });

  it.each<[Fate, number]>([
    ['not-done', 0],
    ['unavailable', 5],
  ])('gives up after five times %j, leaving %i names to the post step', async (fate, openLeases) => {
    const { mint, neon, saved } = world(Array<Fate>(9).fill(fate));
    await expect(mint()).rejects.toThrow('tried 5 times');
    expect(neon.calls).toHaveLength(5);
    expect(saved()).toHaveLength(openLeases);
  });

  it('notes for each request when it was asked', async () => {
    const { mint, saved, clock } = world(['not-done', 'unavailable', 'not-done', 'unknown', 'refused']);
    await expect(mint()).rejects.toThrow();
    expect(saved().map(({ askedAt }) => askedAt - start)).toEqual([375, 375 + 750 + 1500]);
    expect(clock.waits).toEqual([375, 750, 1500]);
  });

  it('says that the post step will look again when the look-up after a lost answer fails', async () => {
    const { mint, saved } = world(['unknown', 'unknown']);
    await expect(mint()).rejects.toThrow(/looking failed: listOrgApiKeys.*\nThe post step looks again/s);
    expect(saved()).toHaveLength(1);
  });

  it('says that it asks again, and what became of the key whose answer was lost', async () => {
    const { mint, notices } = world(['not-done', 'done-but-unknown']);
    await mint();
    expect(notices).toEqual([
      expect.stringMatching(/^createOrgApiKey .* Asking again under a new name\.$/),
      expect.stringMatching(/^createOrgApiKey .* Asking again under a new name\.$/),
      'Neon had made the key after all; its token is lost, so key 9007199254740993 is revoked.',
    ]);
  });

  it('begins nothing new after a cancellation', async () => {
    const { mint, neon, saved } = world(['done-but-unknown'], () => ({ cancelled: AbortSignal.abort() }));
    await expect(mint()).rejects.toThrow('got no usable answer');
    expect(neon.calls).toEqual(['createOrgApiKey']);
    expect(saved()).toHaveLength(1);
  });

  it('does not hand out a key that reaches more than was asked for', async () => {
    const { mint, masked, post, neon } = world([], ({ neon }) => ({
      neon: { ...bound(neon), createOrgApiKey: ({ key_name }) => neon.createOrgApiKey({ key_name }) },
    }));
    await expect(mint()).rejects.toThrow(
      /for the whole organization, asked for cool-river-87654321\. It is not handed out; the post step revokes it\./,
    );
    expect(masked).toHaveLength(1);
    await post();
    expect(neon.live.size).toBe(0);
  });
});

describe('mint for the whole organization', () => {
  it('does not hand out a key that Neon scoped to a project', async () => {
    const { mint, neon } = world([], ({ neon }) => ({
      neon: { ...bound(neon), createOrgApiKey: (key) => neon.createOrgApiKey({ ...key, project_id: 'a-project' }) },
    }));
    await expect(mint({ label: request.label, mark: request.mark })).rejects.toThrow(
      'for the project a-project, asked for the whole organization.',
    );
    expect(neon.calls).toEqual(['createOrgApiKey']);
  });
});

describe('no orphan', () => {
  const fates = fc.array(
    fc.oneof(
      { weight: 2, arbitrary: fc.constant<Fate>('done') },
      {
        weight: 5,
        arbitrary: fc.constantFrom<Fate[]>(
          'refused',
          'not-done',
          'unavailable',
          'unknown',
          'done-but-unavailable',
          'done-but-unknown',
        ),
      },
      { weight: 2, arbitrary: fc.nat(settleMs).map((late): Fate => ({ late })) },
    ),
    { maxLength: 12 },
  );

  it('whatever happens to the requests, nothing is live after the post step', async () => {
    await fc.assert(
      fc.asyncProperty(fates, async (schedule) => {
        const { mint, neon, post, clock } = world(schedule);
        await mint().catch(() => {});
        await post();
        neon.catchUp(clock.now() + settleMs);
        expect([...neon.live.values()]).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('wherever the step is killed, nothing is live after the post step', async () => {
    await fc.assert(
      fc.asyncProperty(fates, fc.nat(20), async (schedule, steps) => {
        let left = steps;
        const dieAt = () => {
          left -= 1;
          if (left < 0) throw new Error('killed');
        };
        const { mint, neon, post, clock } = world(schedule, (effects) => ({
          neon: killable(effects.neon, dieAt),
          mask: dieAt,
          ledger: {
            ...effects.ledger,
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
        neon.catchUp(clock.now() + settleMs);
        expect([...neon.live.values()]).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it('never touches a key of others', async () => {
    await fc.assert(
      fc.asyncProperty(fates, async (schedule) => {
        const { mint, neon, post } = world(schedule);
        const others = ['ci (do not delete!!)', 'shop test', 'shop test ~gha.1.2-1.j.other'].map((name) =>
          neon.add(name),
        );
        await mint().catch(() => {});
        await post();
        expect([...neon.live.keys()].filter((id) => others.includes(id))).toEqual(others);
      }),
    );
  });
});

function bound(neon: KeyEndpoints): KeyEndpoints {
  return {
    listOrgApiKeys: () => neon.listOrgApiKeys(),
    createOrgApiKey: (key) => neon.createOrgApiKey(key),
    revokeOrgApiKey: (id) => neon.revokeOrgApiKey(id),
  };
}

function spy<M extends keyof KeyEndpoints>(
  neon: KeyEndpoints,
  method: M,
  before: (...args: Parameters<KeyEndpoints[M]>) => void,
): KeyEndpoints {
  const call = bound(neon)[method] as (...args: Parameters<KeyEndpoints[M]>) => unknown;
  return {
    ...bound(neon),
    [method]: (...args: Parameters<KeyEndpoints[M]>) => {
      before(...args);
      return call(...args);
    },
  };
}

/** A process can die before a request leaves, and after it was carried out. */
function killable(neon: KeyEndpoints, die: () => void): KeyEndpoints {
  const around = async <T>(call: () => Promise<T>) => {
    die();
    const answer = await call();
    die();
    return answer;
  };
  return {
    listOrgApiKeys: () => around(() => neon.listOrgApiKeys()),
    createOrgApiKey: (key) => around(() => neon.createOrgApiKey(key)),
    revokeOrgApiKey: (id) => around(() => neon.revokeOrgApiKey(id)),
  };
}
