import type { GitHub } from '../github/client.ts';
import { GitHubError } from '../github/errors.ts';
import { repositoryOf, type WorkflowRun } from '../github/run.ts';
import type { Seal, Secret, SecretPlace } from '../github/secrets.ts';
import { type MintEffects, type Minted, type MintRequest, mint } from './mint.ts';
import { revokeKeys } from './revoke.ts';
import { SecretNotDeletedError, StorageError, type StorageProblem } from './secret-errors.ts';

/** Opens GitHub for one secret of the repository of this run, or of its owner. */
export async function openSecret(
  place: SecretPlace,
  { github, workflowRun }: { github: () => Promise<GitHub>; workflowRun: () => WorkflowRun },
): Promise<Secret> {
  const { secretAt } = await import('../github/secrets.ts');
  return secretAt(await github(), repositoryOf(workflowRun()), place);
}

/**
 * Deletes a secret whose keys are about to be revoked.
 * @returns whether it existed
 * @throws SecretNotDeletedError when it may still exist: then no key may be revoked
 */
export async function removeSecret(secret: Secret, place: SecretPlace): Promise<boolean> {
  try {
    return await secret.remove();
  } catch (error) {
    throw error instanceof GitHubError ? new SecretNotDeletedError(place, error) : error;
  }
}

/**
 * Mints a key and stores it in a secret. What the token may not do is known before there is a key.
 * @throws StorageError, NeonError, GitHubError
 */
export async function mintIntoSecret(request: MintRequest, secret: Secret, effects: MintEffects): Promise<Minted> {
  const seal = await secret.prepare();
  const minted = await mint(request, effects);
  await storeKey(seal, minted, effects);
  return minted;
}

/**
 * Stores a new key. Its lease is closed first, because nobody may revoke a key that the secret may hold, not even the post
 * step of a step that died: the key's lifetime and a later sweep or rotation end it.
 * @throws StorageError when the secret was not written, or may not have been; the reason of the cancellation
 */
export async function storeKey(seal: Seal, minted: Minted, effects: MintEffects): Promise<void> {
  const { ledger, cancelled, notice } = effects;
  const write = seal(minted.key.key);
  cancelled.throwIfAborted();
  ledger.release(minted.name);
  try {
    await write();
  } catch (error) {
    if (!(error instanceof GitHubError)) {
      notice(`Whether the secret holds the new key ${minted.key.id} is unknown, so the key stays active.`);
      throw error;
    }
    if (!isSureRefusal(error)) throw new StorageError(minted.key.id, { reason: 'unknown', error });
    throw await takeBack(minted, { reason: 'refused', error }, effects);
  }
}

/** Whether no attempt can have written the secret. A 404 proves nothing: GitHub also hides behind it what it does not show. */
function isSureRefusal({ facts: { status = 0, maybeDone } }: GitHubError): boolean {
  return !maybeDone && status >= 400 && status < 500 && status !== 404;
}

/**
 * Revokes a key that is surely in no secret. Until that is done, the post step would do it.
 * @returns the error that reports both
 */
export async function takeBack(minted: Minted, problem: StorageProblem, effects: MintEffects): Promise<StorageError> {
  const { neon, clock, ledger } = effects;
  const { key, name } = minted;
  ledger.save({ name, askedAt: clock.now(), id: key.id });
  const [revocation] = await revokeKeys([{ name, id: key.id }], { neon, onOutcome: () => {} });
  if (revocation?.how !== 'failed') ledger.forget(name);
  return new StorageError(key.id, problem, revocation);
}
