import type { GitHubError } from '../github/errors.ts';
import type { SecretPlace } from '../github/secrets.ts';
import { count } from '../lib/text.ts';
import type { KeyId } from '../neon/endpoints.ts';
import type { NeonError } from '../neon/errors.ts';
import type { Revocation } from './revoke.ts';
import { secretLabel } from './secret-place.ts';

/** Why a new key is not in its secret, or may not be. */
export type StorageProblem =
  /** The lease of the key could not be closed, so the secret was not written. */
  | { reason: 'not-released'; error: Error }
  /** GitHub refused to write the secret. */
  | { reason: 'refused'; error: GitHubError }
  /** It is unknown whether the secret was written. */
  | { reason: 'unknown'; error: GitHubError }
  /** Neon did not accept the key in time. */
  | { reason: 'not-accepted'; error: NeonError }
  /** Neon created the key too long ago. `ageMs` is NaN if the time is unknown. */
  | { reason: 'too-late'; ageMs: number };

/** A new key is not confirmed to be in its secret. It was revoked only if it is certainly not in the secret. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly problem: StorageProblem;

  /** @param revocation the outcome for a key that is certainly not in the secret */
  constructor(keyId: KeyId, problem: StorageProblem, revocation?: Revocation) {
    super(`${storageProblemText(keyId, problem)}\n${newKeyText(keyId, problem, revocation)}`);
    this.problem = problem;
  }
}

function storageProblemText(keyId: KeyId, problem: StorageProblem): string {
  if (problem.reason === 'not-accepted') {
    // The hint of Neon's 401 is about `api_key`, which is another key.
    const { message } = problem.error.with({ hint: '' });
    return `Neon did not accept the new key ${keyId} within a minute of its creation. ${message}`;
  }
  if (problem.reason === 'not-released')
    return `The state for the post step could not be saved: ${problem.error.message}.`;
  if (problem.reason !== 'too-late') return problem.error.message;
  return Number.isNaN(problem.ageMs)
    ? `Neon did not report when it created the new key ${keyId}, so its age is unknown.`
    : `The new key ${keyId} is ${Math.round(problem.ageMs / 60_000)} minutes old, too old to be stored safely. The runner may have been suspended.`;
}

function newKeyText(keyId: KeyId, { reason }: StorageProblem, revocation: Revocation | undefined): string {
  if (reason === 'unknown') {
    return (
      `Whether the secret holds the new key ${keyId} is unknown, so the key stays active. ` +
      'Run this job again to store another key.'
    );
  }
  if (revocation?.how === 'failed') {
    return `The new key ${keyId} was not stored and could not be revoked; the post step tries again. ${revocation.error.message}`;
  }
  return `The new key ${keyId} was not stored and has been revoked. The secret is unchanged.`;
}

/** So many keys of one secret are active that something keeps rotations from completing. */
export class TooManyKeysError extends Error {
  override readonly name = 'TooManyKeysError';

  constructor(activeKeys: number) {
    super(
      `${count(activeKeys, 'key')} of this secret are active, so \`rotate-key\` does not create another one. ` +
        'Find the keys with `list-keys`, and revoke those that are not in use with `revoke-key` and `key_id`.',
    );
  }
}

/** A secret whose keys should be revoked may still exist. */
export class SecretNotDeletedError extends Error {
  override readonly name = 'SecretNotDeletedError';

  constructor(place: SecretPlace, error: GitHubError) {
    super(
      `The ${secretLabel(place)} could not be deleted, so no key was revoked. ${error.message}\n` +
        'To revoke a key immediately even though the secret may hold it, set `key_id` instead of `secret_name`.',
    );
  }
}
