import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { GitHubError } from '../../src/github/errors.ts';
import type { Secret } from '../../src/github/secrets.ts';
import { createLedger, type Lease } from '../../src/keys/ledger.ts';
import type { Lifetime } from '../../src/keys/name.ts';
import { revokeKeys } from '../../src/keys/revoke.ts';
import { mintIntoSecret, type RotationEffects, rotate } from '../../src/keys/rotate.ts';
import { storeWithinMs } from '../../src/keys/rotation.ts';
import { judge, markedKeys } from '../../src/keys/verdict.ts';
import { fakeClock } from '../fake-clock.ts';
import { FakeNeon, type Fate } from './fake-neon.ts';

const hour = 3_600_000;

/** What happens to one write of a secret. */
type SecretFate = 'done' | 'refused' | 'lost' | 'done-but-lost';

/** A secret of plain data, whose writes meet the fates it is given, and `done` after the last. */
class FakeSecret implements Secret {
  value: string | undefined;
  private writtenAt: string | undefined;
  private readonly now: () => number;
  private fates: SecretFate[];
  constructor(now: () => number, fates: SecretFate[] = []) {
    this.now = now;
    this.fates = fates;
  }

  recover(): void {
    this.fates = [];
  }

  async updatedAt(): Promise<string | undefined> {
    return this.writtenAt;
  }

  async prepare() {
    return async (value: string) => {
      const fate = this.fates.shift() ?? 'done';
      if (fate === 'refused') throw refusal(422);
      if (fate === 'lost') throw refusal(undefined);
      this.value = value;
      this.writtenAt = `${new Date(this.now()).toISOString().slice(0, 19)}Z`;
      if (fate === 'done-but-lost') throw refusal(502);
    };
  }

  async remove(): Promise<boolean> {
    throw new Error('nobody removes it');
  }
}

function refusal(status: number | undefined): GitHubError {
  const failure = { method: 'PUT', route: '/secrets', reason: 'by its fate' };
  return new GitHubError(
    status === undefined || status >= 500 ? { ...failure, maybeDone: true } : { ...failure, status },
  );
}

/** Everything around a rotation, and what its post step would find. */
function world(neonFates: Fate[] = [], secretFates: SecretFate[] = []) {
  const clock = fakeClock(Date.parse('2026-11-24T12:00:00Z'));
  const neon = new FakeNeon(clock.now, neonFates);
  const secret = new FakeSecret(clock.now, secretFates);
  const told: string[] = [];
  let nonces = 0;
  const state: { leases: Lease[] } = { leases: [] };
  const effects: RotationEffects = {
    neon,
    clock,
    secret,
    ledger: createLedger((leases) => {
      state.leases = leases;
    }),
    newNonce: () => {
      nonces += 1;
      return `n${nonces}`;
    },
    random: () => 0.5,
    mask: () => {},
    notice: (line) => told.push(line),
    onOutcome: ({ how }) => told.push(how),
    cancelled: new AbortController().signal,
    withKey: (apiKey, work) =>
      work({
        getAuthDetails: async () => {
          neon.use(apiKey);
          return { account_id: '', auth_method: 'api_key_org' } as never;
        },
      }),
  };
  const isDead = () => secret.value !== undefined && !neon.live.has(secret.value.replace('token-of-', ''));
  return { clock, neon, secret, told, state, effects, isDead };
}

type World = ReturnType<typeof world>;

function request(graceSeconds = 3600, runId = 1, secretId = 'abcdefghij') {
  const lifetime: Lifetime = { kind: 'rotation', graceSeconds, secretId };
  return { label: 'NEON', mark: { repositoryId: 1, runId, runAttempt: 1, lifetime }, projectId: 'cool-river-1' };
}

async function post({ neon, clock, state }: World): Promise<void> {
  await revokeKeys(state.leases, { neon, clock, settleMs: 30_000, onOutcome: () => {} });
  state.leases = [];
}

describe('a key that goes into a secret', () => {
  it('is there, and open as a lease until it is handed over', async () => {
    const { effects, secret, state } = world();
    const { key, name } = await mintIntoSecret(request(), secret, 'the secret', effects);
    expect(secret.value).toBe(key.key);
    expect(state.leases).toMatchObject([{ name, id: key.id }]);
  });

  it.each<[SecretFate, string]>([
    ['refused', 'was not stored, and is revoked again.'],
    [
      'lost',
      'is revoked again. Whether the secret holds it all the same is not known; if so, it is dead there. Run this job again.',
    ],
    [
      'done-but-lost',
      'is revoked again. Whether the secret holds it all the same is not known; if so, it is dead there. Run this job again.',
    ],
  ])('%s: is revoked again, and said to be', async (fate, told) => {
    const { effects, secret, neon, state } = world([], [fate]);
    await expect(mintIntoSecret(request(), secret, 'the secret', effects)).rejects.toThrow(
      `The new key 9007199254740993 ${told}`,
    );
    expect([...neon.live]).toEqual([]);
    expect(state.leases).toEqual([]);
  });

  it('is said to be in the secret maybe, before it may be', async () => {
    const { effects, secret, state } = world();
    const prepare = async () => async () => {
      expect(state.leases).toMatchObject([{ id: '9007199254740993', secret: 'the secret' }]);
    };
    await mintIntoSecret(request(), { ...secret, prepare } as unknown as Secret, 'the secret', effects);
    expect.assertions(1);
  });

  it('cannot be stored nor revoked: it is left to the post step', async () => {
    const all = world(['done', 'refused', 'refused'], ['refused']);
    await expect(mintIntoSecret(request(), all.secret, 'the secret', all.effects)).rejects.toThrow(
      'the post step tries again',
    );
    expect(all.state.leases.length).toBe(1);
    all.neon.recover();
    await post(all);
    expect([...all.neon.live]).toEqual([]);
  });

  it('is left to the post step when the step is cancelled while it stores', async () => {
    const { effects, neon, state } = world();
    const cancel = new Error('cancelled');
    const secret = { ...effects.secret, prepare: async () => () => Promise.reject(cancel) } as Secret;
    await expect(mintIntoSecret(request(), secret, 'the secret', effects)).rejects.toBe(cancel);
    expect(neon.calls).toEqual(['createOrgApiKey']);
    expect(state.leases).toHaveLength(1);
  });

  it('is not minted when the token may not write secrets', async () => {
    const { effects, neon } = world();
    const secret = { ...effects.secret, prepare: async () => Promise.reject(refusal(403)) } as Secret;
    await expect(mintIntoSecret(request(), secret, 'the secret', effects)).rejects.toBeInstanceOf(GitHubError);
    expect(neon.calls).toEqual([]);
  });
});

describe('a rotation', () => {
  it('mints, stores, verifies, and leaves the key before it its grace', async () => {
    const { effects, secret, neon, clock, state } = world();
    const first = await rotate(request(), effects);
    expect(neon.calls).toEqual(['createOrgApiKey', 'listOrgApiKeys']);
    expect(first).toMatchObject({ revocations: [], kept: [] });
    clock.advance(7 * 24 * hour);
    const second = await rotate(request(), effects);
    expect(secret.value).toBe(second.key.key);
    expect(second.revocations).toEqual([]);
    expect(second.kept).toMatchObject([{ key: { id: first.key.id }, until: clock.now() + hour }]);
    expect([...neon.live.keys()]).toEqual([first.key.id, second.key.id]);
    clock.advance(7 * 24 * hour);
    const third = await rotate(request(), effects);
    expect(third.revocations).toMatchObject([{ how: 'revoked', target: { id: first.key.id } }]);
    expect(third.kept.map(({ key }) => key.id)).toEqual([second.key.id]);
    expect([second.heldUnknown, third.heldUnknown]).toEqual([false, false]);
    expect(state.leases).toEqual([]);
  });

  it('without grace, ends the key before it at once', async () => {
    const { effects, neon, clock } = world();
    await rotate(request(0), effects);
    clock.advance(hour);
    const { key, revocations } = await rotate(request(0), effects);
    expect(revocations).toMatchObject([{ how: 'revoked' }]);
    expect([...neon.live.keys()]).toEqual([key.id]);
  });

  it('also when the clock of Neon is ahead of this machine’s', async () => {
    const { effects, neon, clock } = world();
    await rotate(request(0), effects);
    clock.advance(hour);
    Object.defineProperty(neon, 'now', { value: () => clock.now() + hour });
    expect((await rotate(request(0), effects)).revocations).toMatchObject([{ how: 'revoked' }]);
    expect(neon.live.size).toBe(1);
  });

  it('leaves a key that another run may be storing right now', async () => {
    const { effects, neon, clock } = world();
    await rotate(request(0), effects);
    clock.advance(storeWithinMs - 1);
    expect((await rotate(request(0), effects)).kept).toMatchObject([{ until: undefined }]);
    expect(neon.live.size).toBe(2);
  });

  it('touches no key of another secret, repository or lifetime', async () => {
    const { effects, neon, clock } = world();
    await rotate(request(0, 1, 'jihgfedcba'), effects);
    neon.add('NEON');
    clock.advance(hour);
    expect(await rotate(request(0), effects)).toMatchObject({ revocations: [], kept: [], heldUnknown: true });
    expect(neon.live.size).toBe(3);
  });

  it('replaces what another maker’s key held, for it knows that it stored its own', async () => {
    const { effects, neon, clock } = world();
    const { key } = await rotate(request(0), effects);
    Object.assign(neon.live.get(key.id) ?? {}, { created_by: { id: 'grace', name: 'Grace', image: '' } });
    clock.advance(hour);
    expect((await rotate(request(0), effects)).revocations).toMatchObject([{ how: 'revoked' }]);
  });

  it('of a first secret knows nothing that it held', async () => {
    expect((await rotate(request(0), world().effects)).heldUnknown).toBe(false);
  });

  it('that took so long that another one came in between says so, and revokes nothing', async () => {
    const { effects, neon, clock } = world();
    const slow = async () => {
      clock.advance(storeWithinMs);
      await rotate(request(), effects);
      return { account_id: '', auth_method: 'api_key_org' } as never;
    };
    await expect(rotate(request(0), { ...effects, withKey: slow as never })).rejects.toThrow(
      'another run came in between',
    );
    expect(neon.live.size).toBe(2);
  });

  it('that GitHub refuses revokes the new key again, and the next one goes on', async () => {
    const { effects, secret, neon, clock, state } = world([], ['done', 'refused']);
    const { key } = await rotate(request(0), effects);
    clock.advance(hour);
    await expect(rotate(request(0), effects)).rejects.toThrow('was not stored, and is revoked again');
    expect([...neon.live.keys()]).toEqual([key.id]);
    expect(secret.value).toBe(key.key);
    expect(state.leases).toEqual([]);
  });

  it.each<SecretFate>(['lost', 'done-but-lost'])(
    'whose write is %s revokes nothing, and the next one tidies up',
    async (fate) => {
      const { effects, neon, clock, isDead } = world([], ['done', fate]);
      await rotate(request(0), effects);
      clock.advance(hour);
      await expect(rotate(request(0), effects)).rejects.toThrow(
        /is not known, so no key is revoked\. Run `rotate-key` again/,
      );
      expect([neon.live.size, isDead()]).toEqual([2, false]);
      clock.advance(hour);
      await rotate(request(0), effects);
      expect([neon.live.size, isDead()]).toEqual([1, false]);
    },
  );

  it('whose secret does not show the write revokes nothing', async () => {
    const { effects, secret, neon, clock } = world();
    await rotate(request(0), effects);
    clock.advance(hour);
    secret.updatedAt = async () => '2020-01-01T00:00:00Z';
    const store = vi.fn(async () => {});
    secret.prepare = async () => store;
    await expect(rotate(request(0), effects)).rejects.toThrow('says that it was last written 2020-01-01T00:00:00Z');
    expect(store).toHaveBeenCalledTimes(5);
    expect(neon.live.size).toBe(2);
  });

  it('whose secret does not show its first write says that, too', async () => {
    const { effects, secret } = world();
    secret.updatedAt = async () => undefined;
    await expect(rotate(request(0), effects)).rejects.toThrow('says that it was last written never');
  });

  it('whose second write is refused keeps its key: the first one may have stored it', async () => {
    const { effects, secret, neon, isDead } = world([], ['done', 'done', 'refused']);
    const updatedAt = async () => '2026-11-24T12:00:00Z';
    await rotate(request(0), effects);
    secret.updatedAt = updatedAt;
    await expect(rotate(request(0), effects)).rejects.toThrow(/Whether the secret holds .* is not known/);
    expect([neon.live.size, isDead()]).toEqual([2, false]);
  });

  it.each([
    [storeWithinMs - 60_000, 0],
    [storeWithinMs - 60_001, 1],
  ])('that was minting for %i ms stores %i times', async (tookMs, stores) => {
    const { effects, secret, neon, clock, state } = world();
    const createOrgApiKey = neon.createOrgApiKey.bind(neon);
    neon.createOrgApiKey = (key) => {
      clock.advance(tookMs);
      return createOrgApiKey(key);
    };
    const rotation = rotate(request(0), effects);
    if (stores === 0)
      await expect(rotation).rejects.toThrow(
        /^Minting took too long for another run to know of it\.\nThe new key \d+ was not stored/,
      );
    else await rotation;
    expect([neon.live.size, secret.value === undefined]).toEqual([stores, stores === 0]);
    expect(state.leases).toEqual([]);
  });

  it('that is cancelled while it stores hands on the cancellation, and revokes nothing', async () => {
    const { effects, secret, neon, state } = world();
    const cancel = new Error('cancelled');
    secret.prepare = async () => () => Promise.reject(cancel);
    await expect(rotate(request(0), effects)).rejects.toBe(cancel);
    expect([neon.live.size, state.leases]).toEqual([1, []]);
  });

  it('that is cancelled while it verifies hands on the cancellation', async () => {
    const { effects } = world();
    const cancel = new Error('cancelled');
    const stopped = { ...effects, cancelled: AbortSignal.abort(cancel), withKey: () => Promise.reject(cancel) };
    await expect(rotate(request(0), stopped)).rejects.toBe(cancel);
  });

  it('whose new key is not in the list revokes nothing', async () => {
    const { effects, neon, clock } = world();
    const { key } = await rotate(request(0), effects);
    clock.advance(hour);
    const list = neon.listOrgApiKeys.bind(neon);
    neon.listOrgApiKeys = async () => (await list()).filter(({ id }) => id === key.id);
    await expect(rotate(request(0), effects)).rejects.toThrow(
      /Neon does not list the new key \d+: no key is revoked\. Run `rotate-key` again/,
    );
    expect(neon.live.size).toBe(2);
  });

  it('whose new key does not work revokes nothing', async () => {
    const { effects, neon, clock } = world();
    await rotate(request(0), effects);
    clock.advance(hour);
    const withKey = async () => Promise.reject(new Error('401'));
    await expect(rotate(request(0), { ...effects, withKey })).rejects.toThrow(
      /does not work yet, so no key is revoked\. 401/,
    );
    expect(neon.live.size).toBe(2);
  });
});

/** A process that is killed at its nth effect. */
class Killed extends Error {}

/** The effects of a run that dies at one of them: before it is done, or after. */
function dyingAt(effects: RotationEffects, count: number): RotationEffects {
  let left = count;
  const step = () => {
    left -= 1;
    if (left === 0) throw new Killed();
  };
  const around = async <T>(work: () => T | Promise<T>) => {
    step();
    const value = await work();
    step();
    return value;
  };
  const { neon, secret, ledger, withKey } = effects;
  const endpoints: RotationEffects['neon'] = {
    now: () => neon.now(),
    listOrgApiKeys: () => around(() => neon.listOrgApiKeys()),
    createOrgApiKey: (key) => around(() => neon.createOrgApiKey(key)),
    revokeOrgApiKey: (id) => around(() => neon.revokeOrgApiKey(id)),
  };
  return {
    ...effects,
    neon: endpoints,
    secret: {
      updatedAt: () => around(() => secret.updatedAt()),
      prepare: async () => {
        const store = await around(() => secret.prepare());
        return (value) => around(() => store(value));
      },
      remove: () => secret.remove(),
    },
    ledger: {
      save: (lease) => {
        step();
        ledger.save(lease);
        step();
      },
      forget: (name) => {
        step();
        ledger.forget(name);
        step();
      },
    },
    withKey: (apiKey, work) => around(() => withKey(apiKey, work)),
  };
}

/** A run that may die, and its post step, which runs all the same. */
async function runAndPost(all: World, graceSeconds: number, killAt: number): Promise<void> {
  await rotate(request(graceSeconds), killAt === 0 ? all.effects : dyingAt(all.effects, killAt)).catch(() => {});
  await post(all);
}

async function sweep({ neon, clock }: World): Promise<void> {
  const keys = markedKeys(await neon.listOrgApiKeys(), undefined);
  const lifecycleOf = () => ({ state: 'ended' }) as const;
  const rules = { times: [clock.now(), clock.now()], lifecycleOf, maxAgeMs: 0 };
  for (const key of keys) if (judge(key, rules).action === 'revoke') await neon.revokeOrgApiKey(key.key.id);
}

const neonFate = fc.constantFrom<Fate>(
  'done',
  'done',
  'refused',
  'not-done',
  'unavailable',
  'unknown',
  'done-but-unknown',
  'done-but-unavailable',
);
const secretFate = fc.constantFrom<SecretFate>('done', 'done', 'refused', 'lost', 'done-but-lost');

describe('over any schedule of faults and crashes', () => {
  const run = fc.record({
    graceSeconds: fc.constantFrom(0, 60, 7200),
    killAt: fc.nat(24),
    pauseMs: fc.nat(3 * hour),
    swept: fc.boolean(),
  });

  it('the secret never holds a dead key, and two good rotations leave nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(run, { maxLength: 6 }),
        fc.array(neonFate),
        fc.array(secretFate),
        async (runs, neonFates, secretFates) => {
          const all = world(neonFates, secretFates);
          for (const { graceSeconds, killAt, pauseMs, swept } of runs) {
            await runAndPost(all, graceSeconds, killAt);
            expect(all.isDead()).toBe(false);
            all.clock.advance(pauseMs);
            if (swept) await sweep(all).catch(() => {});
            expect(all.isDead()).toBe(false);
          }
          all.neon.recover();
          all.secret.recover();
          all.clock.advance(storeWithinMs);
          await runAndPost(all, 0, 0);
          all.clock.advance(storeWithinMs);
          const { key } = await rotate(request(0), all.effects);
          expect([...all.neon.live.keys()]).toEqual([key.id]);
          expect(all.secret.value).toBe(key.key);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('runs at the same time', () => {
  it('in any order of their steps, the secret never holds a dead key', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 2, max: 3 }),
        fc.boolean(),
        async (scheduler, runs, sweeps) => {
          const all = world();
          await rotate(request(0), all.effects);
          all.clock.advance(hour);
          let died = false;
          const check = () => {
            died ||= all.isDead();
            all.clock.advance(1000);
          };
          const one = () => rotate(request(0), interleaved(all.effects, scheduler, check)).catch(() => {});
          const sweepLater = async () => {
            await scheduler.schedule(Promise.resolve());
            await sweep(all);
            check();
          };
          await scheduler.waitFor(
            Promise.all([...Array.from({ length: runs }, one), ...(sweeps ? [sweepLater()] : [])]),
          );
          expect(died).toBe(false);
          all.clock.advance(storeWithinMs);
          await rotate(request(0), all.effects);
          expect(all.neon.live.size).toBe(1);
        },
      ),
    );
  });
});

/** Effects each of which waits for its turn; `check` is called after each. */
function interleaved(effects: RotationEffects, scheduler: fc.Scheduler, check: () => void): RotationEffects {
  const turn = async <T>(work: () => T | Promise<T>): Promise<T> => {
    await scheduler.schedule(Promise.resolve());
    const value = await work();
    check();
    return value;
  };
  const { neon, secret, withKey } = effects;
  return {
    ...effects,
    ledger: createLedger(() => {}),
    neon: {
      now: () => neon.now(),
      listOrgApiKeys: () => turn(() => neon.listOrgApiKeys()),
      createOrgApiKey: (key) => turn(() => neon.createOrgApiKey(key)),
      revokeOrgApiKey: (id) => turn(() => neon.revokeOrgApiKey(id)),
    },
    secret: {
      updatedAt: () => turn(() => secret.updatedAt()),
      prepare: async () => {
        const store = await turn(() => secret.prepare());
        return (value) => turn(() => store(value));
      },
      remove: () => secret.remove(),
    },
    withKey: (apiKey, work) => turn(() => withKey(apiKey, work)),
  };
}
