import type { GitHubError } from '../github/errors.ts';
import type { SecretPlace } from '../github/secrets.ts';
import { count } from '../lib/text.ts';
import type { KeyId } from '../neon/endpoints.ts';
import type { NeonError } from '../neon/errors.ts';
import type { Revocation } from './revoke.ts';
import { secretLabel } from './secret-place.ts';

/** Why a new key did not get into its secret, or may not have. */
export type StorageProblem =
  /** GitHub refused to write the secret, in its own words. */
  | { reason: 'refused'; error: GitHubError }
  /** Whether the secret was written is unknown. */
  | { reason: 'unknown'; error: GitHubError }
  /** Neon did not accept the key in time. */
  | { reason: 'not-accepted'; error: NeonError }
  /** Neon made the key too long ago. `ageMs` is NaN when Neon does not say when it made it. */
  | { reason: 'too-late'; ageMs: number };

/** A new key that is not known to be in its secret. It was revoked again only if it is surely not in it. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly problem: StorageProblem;

  /** @param revocation of a key that is surely not in the secret */
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
  if (problem.reason !== 'too-late') return problem.error.message;
  return Number.isNaN(problem.ageMs)
    ? `Neon did not say when it created the new key ${keyId}, so its age is unknown.`
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
    return `The new key ${keyId} was not stored, but could not be revoked; the post step tries again. ${revocation.error.message}`;
  }
  return `The new key ${keyId} was not stored and has been revoked. The secret is unchanged.`;
}

/** So many keys of one secret are active that another one would only hide why. */
export class TooManyKeysError extends Error {
  override readonly name = 'TooManyKeysError';

  constructor(activeKeys: number) {
    super(
      `${count(activeKeys, 'key')} of this secret are active, so \`rotate-key\` does not create another one. ` +
        'Revoke those that are not in use by their ids with `revoke-key`; `list-keys` shows them.',
    );
  }
}

/** A secret that may still be there, and so still hold a key that was to be revoked. */
export class SecretNotDeletedError extends Error {
  override readonly name = 'SecretNotDeletedError';

  constructor(place: SecretPlace, error: GitHubError) {
    super(
      `The ${secretLabel(place)} could not be deleted, so no key was revoked. ${error.message}\n` +
        'To revoke a key at once, although the secret may hold it, set `key_id` and no `secret_name`.',
    );
  }
}
