import type { GitHub } from '../github/client.ts';
import { GitHubError } from '../github/errors.ts';
import { repositoryOf, type WorkflowRun } from '../github/run.ts';
import type { Seal, Secret, SecretPlace } from '../github/secrets.ts';
import { PostStarted } from './ledger.ts';
import { type MintEffects, type Minted, type MintRequest, mint } from './mint.ts';
import { waitLine } from './render.ts';
import { revokeKeys } from './revoke.ts';
import { SecretNotDeletedError, StorageError, type StorageProblem } from './secret-errors.ts';

/** Opens one secret of this run's repository, or of the owner of the repository. */
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
 * Mints a key and stores it in a secret. A token that cannot read secrets fails before the mint. A token that can only read
 * them fails at the write, and the new key is revoked.
 * @throws StorageError, NeonError, GitHubError
 */
export async function mintIntoSecret(request: MintRequest, secret: Secret, effects: MintEffects): Promise<Minted> {
  const seal = await secret.prepare();
  const minted = await mint(request, effects);
  await storeKey(seal, minted, effects);
  return minted;
}

/**
 * Stores a new key. Its lease is released first, because a key that the secret may hold must not be revoked, not even by
 * post after this step has died. From then on, only a sweep, a rotation or a user revokes it.
 * @throws StorageError if the secret was not written, or may not have been; the reason of a cancellation
 */
export async function storeKey(seal: Seal, minted: Minted, effects: MintEffects): Promise<void> {
  const { ledger, cancelled, notice } = effects;
  const write = seal(minted.key.key);
  cancelled.throwIfAborted();
  try {
    ledger.release(minted.name);
  } catch (error) {
    if (error instanceof PostStarted) throw error;
    throw await revokeUnstored(minted, { reason: 'not-released', error: error as Error }, effects);
  }
  try {
    await write();
  } catch (error) {
    if (!(error instanceof GitHubError)) {
      notice(`Whether the secret holds the new key ${minted.key.id} is unknown, so the key stays active.`);
      throw error;
    }
    if (!isDefiniteRefusal(error)) throw new StorageError(minted.key.id, { reason: 'unknown', error });
    throw await revokeUnstored(minted, { reason: 'refused', error }, effects);
  }
}

/** Whether no attempt can have written the secret. A 404 proves nothing, because GitHub also uses it for missing permissions. */
function isDefiniteRefusal({ facts: { status = 0, maybeDone } }: GitHubError): boolean {
  return !maybeDone && status >= 400 && status < 500 && status !== 404;
}

/**
 * Revokes a key that is certainly not in the secret. Until that has succeeded, it is a lease of the post step.
 * @returns the error that reports the problem and the revocation
 * @throws PostStarted
 */
export async function revokeUnstored(
  minted: Minted,
  problem: StorageProblem,
  effects: MintEffects,
): Promise<StorageError> {
  const { neon, clock, cancelled, ledger, info } = effects;
  const { key, name } = minted;
  saveIfPossible(() => ledger.reopen({ name, requestedAt: clock.now(), id: key.id }));
  const target = { name, id: key.id, createdAt: Date.parse(key.created_at) };
  const onWait = (keyCount: number, waitMs: number) => info(waitLine(keyCount, waitMs));
  const [revocation] = await revokeKeys([target], { neon, clock, cancelled, onOutcome: () => {}, onWait });
  if (revocation?.how !== 'failed') saveIfPossible(() => ledger.forget(name));
  return new StorageError(key.id, problem, revocation);
}

/** A state that cannot be saved must not prevent the revocation. */
function saveIfPossible(save: () => void): void {
  try {
    save();
  } catch (error) {
    if (error instanceof PostStarted) throw error;
  }
}
