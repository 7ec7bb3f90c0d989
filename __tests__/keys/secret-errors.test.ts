import { describe, expect, it } from 'vitest';
import { GitHubError } from '../../src/github/errors.ts';
import {
  SecretNotDeletedError,
  StorageError,
  type StorageProblem,
  TooManyKeysError,
} from '../../src/keys/secret-errors.ts';
import { neonError } from '../fake-neon.ts';

const error = new GitHubError({ method: 'PUT', route: '/secret', status: 403, reason: '"Forbidden"' });

describe('StorageError', () => {
  const revoked = { target: { name: 'NEON', id: '7' }, how: 'revoked' } as const;

  it.each<[string, StorageProblem, text: string]>([
    ['a refusal', { reason: 'refused', error }, 'GitHub responded to PUT /secret with 403 "Forbidden".'],
    [
      'the age of the key',
      { reason: 'too-late', ageMs: 5 * 60_000 },
      'The new key 7 is 5 minutes old, too old to be stored safely. The runner may have been suspended.',
    ],
    [
      'an unknown age',
      { reason: 'too-late', ageMs: Number.NaN },
      'Neon did not report when it created the new key 7, so its age is unknown.',
    ],
  ])('reports %s and the revocation', (_what, problem, text) => {
    expect(new StorageError('7', problem, revoked).message).toBe(
      `${text}\nThe new key 7 was not stored and has been revoked. The secret is unchanged.`,
    );
  });

  it("reports a key that Neon did not accept, without Neon's advice about `api_key`", () => {
    const refused = neonError({ kind: 'refused', status: 401, hint: 'Check `api_key`.' });
    const { message } = new StorageError('7', { reason: 'not-accepted', error: refused }, revoked);
    expect(message).toMatch(
      /^Neon did not accept the new key 7 within a minute of its creation\. x \(X \/\) was refused: 401/,
    );
    expect(message).not.toContain('Check `api_key`.');
  });

  it('reports that the key stays active if the secret may hold it', () => {
    const { message } = new StorageError('7', { reason: 'unknown', error });
    expect(message).toContain('Whether the secret holds the new key 7 is unknown, so the key stays active.');
    expect(message).not.toContain('revoked');
  });

  it('reports a revocation that failed', () => {
    const failed = { ...revoked, how: 'failed', error: neonError({ kind: 'unknown', status: 502 }) } as const;
    const { message } = new StorageError('7', { reason: 'refused', error }, failed);
    expect(message).toContain(
      `The new key 7 was not stored and could not be revoked; the post step tries again. ${failed.error.message}`,
    );
  });
});

describe('TooManyKeysError', () => {
  it('names the number of active keys', () => {
    expect(new TooManyKeysError(50).message).toMatch(/^50 keys of this secret are active, so/);
  });
});

describe('SecretNotDeletedError', () => {
  it('names the secret, the response and the way to revoke a key nevertheless', () => {
    const place = { name: 'NEON', scope: 'repository' } as const;
    expect(new SecretNotDeletedError(place, error).message.split('\n')).toEqual([
      `The repository secret NEON could not be deleted, so no key was revoked. ${error.message}`,
      'To revoke a key immediately even though the secret may hold it, set `key_id` instead of `secret_name`.',
    ]);
  });
});
