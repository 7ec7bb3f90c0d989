import type { KeyEndpoints, ListedKey } from '../neon/endpoints.ts';
import { NeonError } from '../neon/errors.ts';

/** The active keys that one user created. */
export interface CreatedKeys {
  keys: ListedKey[];
  /** The number of other keys that Neon lists without a creator. Some of them may be this user's. */
  unknownCount: number;
}

/**
 * @param userId the `user_id` of a member
 * @param knownIds keys that are known to be this user's
 */
export function keysCreatedBy(all: readonly ListedKey[], userId: string, knownIds: ReadonlySet<string>): CreatedKeys {
  const isCreatedByUser = (key: ListedKey) => creatorOf(key) === userId || knownIds.has(key.id);
  return {
    keys: all.filter(isCreatedByUser),
    unknownCount: all.filter((key) => creatorOf(key) === undefined && !isCreatedByUser(key)).length,
  };
}

/** Neon's types require a creator, but a response may lack it. */
function creatorOf({ created_by }: { created_by?: Partial<ListedKey['created_by']> | null }): string | undefined {
  return created_by?.id || undefined;
}

/** The keys of a user, or why they could not be read. A failure is not an empty list. */
export type KeysRead = CreatedKeys | { error: NeonError };

/**
 * Reads the active keys that a user created.
 * @param earlier an earlier result: its keys are the user's even if Neon no longer lists their creator
 * @throws any error other than NeonError, such as the reason of a cancellation
 */
export async function readKeysOf(
  userId: string,
  neon: Pick<KeyEndpoints, 'listOrgApiKeys'>,
  earlier?: KeysRead,
): Promise<KeysRead> {
  try {
    const known = earlier && 'keys' in earlier ? earlier.keys : [];
    return keysCreatedBy(await neon.listOrgApiKeys(), userId, new Set(known.map(({ id }) => id)));
  } catch (error) {
    if (error instanceof NeonError) return { error };
    throw error;
  }
}
