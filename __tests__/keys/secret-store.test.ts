import { describe, expect, it } from 'vitest';
import { GitHubError } from '../../src/github/errors.ts';
import type { Secret } from '../../src/github/secrets.ts';
import { endLeases } from '../../src/keys/end-leases.ts';
import { PostStarted } from '../../src/keys/ledger.ts';
import { mintIntoSecret } from '../../src/keys/secret-store.ts';
import { failing } from '../fake-neon.ts';
import { refusal, request, type SecretFate, world } from './rotation-world.ts';

describe('mintIntoSecret', () => {
  it('stores a key and closes its lease', async () => {
    const { effects, secret, state } = world();
    const { key } = await mintIntoSecret(request(), secret, effects);
    expect(secret.value).toBe(key.key);
    expect(state.leases).toEqual([]);
  });

  it('closes the lease before it writes the secret, so that the post step does not revoke the key', async () => {
    const { effects, secret, state } = world();
    const prepare = async () => () => async () => expect(state.leases).toEqual([]);
    await mintIntoSecret(request(), { ...secret, prepare } as unknown as Secret, effects);
    expect.assertions(1);
  });

  it.each([400, 401, 403, 422])('revokes a key that GitHub refused to store with %i', async (status) => {
    const { effects, secret, neon, state } = world([], [status]);
    await expect(mintIntoSecret(request(), secret, effects)).rejects.toThrow(
      'The new key 1 was not stored and has been revoked. The secret is unchanged.',
    );
    expect([neon.active.length, state.leases]).toEqual([0, []]);
  });

  it.each<SecretFate>(['lost', 'done-but-lost', 404])('keeps a key that may be in the secret: %s', async (fate) => {
    const { effects, secret, neon, state } = world([], [fate]);
    await expect(mintIntoSecret(request(), secret, effects)).rejects.toThrow(
      /^GitHub .* PUT .*\nWhether the secret holds the new key 1 is unknown, so the key stays active\. Run this job again to store another key\.$/,
    );
    expect([neon.active.length, state.leases]).toEqual([1, []]);
  });

  it('keeps a key that an attempt before the refused one may have stored', async () => {
    const { effects, neon } = world();
    const error = new GitHubError({ method: 'PUT', route: '/', reason: 'r', status: 422, maybeDone: true });
    const secret = { ...effects.secret, prepare: async () => () => () => Promise.reject(error) } as Secret;
    await expect(mintIntoSecret(request(), secret, effects)).rejects.toThrow('is unknown');
    expect(neon.active.length).toBe(1);
  });

  it('leaves a key that can be neither stored nor revoked to the post step', async () => {
    const { effects, secret, neon, state, clock } = world(
      [{}, failing('refused', 403), failing('refused', 403)],
      [422],
    );
    await expect(mintIntoSecret(request(), secret, effects)).rejects.toThrow(
      'was not stored and could not be revoked; the post step tries again.',
    );
    neon.fate = () => ({});
    await endLeases(state.leases, { neon, clock, timeoutMs: 30_000, until: clock.now() + 60_000, onOutcome: () => {} });
    expect(neon.active.length).toBe(0);
  });

  it.each(['done', 422] as const)(
    'revokes a key whose lease cannot be saved, before or after a PUT: %s',
    async (fate) => {
      const { effects, secret, neon } = world([], [fate]);
      const fail = () => {
        throw new Error('ENOSPC: no space left on device, write');
      };
      const broken = fate === 'done' ? { release: fail } : { reopen: fail };
      const ledger = { ...effects.ledger, ...broken, forget: fail };
      await expect(mintIntoSecret(request(), secret, { ...effects, ledger })).rejects.toThrow(
        'The new key 1 was not stored and has been revoked. The secret is unchanged.',
      );
      expect([secret.value, neon.active]).toEqual([undefined, []]);
    },
  );

  it('reports why the lease of a key could not be closed', async () => {
    const { effects, secret } = world();
    const release = () => {
      throw new Error('ENOSPC: no space left on device, write');
    };
    await expect(
      mintIntoSecret(request(), secret, { ...effects, ledger: { ...effects.ledger, release } }),
    ).rejects.toThrow('The state for the post step could not be saved: ENOSPC: no space left on device, write.');
  });

  it('leaves a key to this step if the post step has started before the write', async () => {
    const { effects, secret, neon, state } = world();
    const release = () => {
      throw new PostStarted();
    };
    await expect(
      mintIntoSecret(request(), secret, { ...effects, ledger: { ...effects.ledger, release } }),
    ).rejects.toBeInstanceOf(PostStarted);
    expect([secret.value, neon.active.length, state.leases.length]).toEqual([undefined, 1, 1]);
  });

  it('keeps a key if the step is cancelled while it writes the secret, and reports that', async () => {
    const { effects, neon, state, reported } = world();
    const cancel = new Error('cancelled');
    const secret = { ...effects.secret, prepare: async () => () => () => Promise.reject(cancel) } as Secret;
    await expect(mintIntoSecret(request(), secret, effects)).rejects.toBe(cancel);
    expect([neon.active.length, state.leases]).toEqual([1, []]);
    expect(reported).toEqual(['Whether the secret holds the new key 1 is unknown, so the key stays active.']);
  });

  it('leaves a key to the post step if the step is cancelled before it writes the secret', async () => {
    const { effects, secret, state } = world();
    const cancel = new Error('cancelled');
    const mintThenCancel = { ...effects, cancelled: AbortSignal.abort(cancel) };
    await expect(mintIntoSecret(request(), secret, mintThenCancel)).rejects.toBe(cancel);
    expect([secret.value, state.leases.length]).toEqual([undefined, 1]);
  });

  it('leaves a key that cannot be sealed to the post step', async () => {
    const { effects, state } = world();
    const seal = () => {
      throw new TypeError('no such key');
    };
    const secret = { ...effects.secret, prepare: async () => seal } as unknown as Secret;
    await expect(mintIntoSecret(request(), secret, effects)).rejects.toThrow('no such key');
    expect(state.leases).toHaveLength(1);
  });

  it('mints no key if the token cannot read what storing it requires', async () => {
    const { effects, neon } = world();
    const secret = { ...effects.secret, prepare: async () => Promise.reject(refusal(403)) } as Secret;
    await expect(mintIntoSecret(request(), secret, effects)).rejects.toBeInstanceOf(GitHubError);
    expect(neon.calls).toEqual([]);
  });
});
