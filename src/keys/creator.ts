import type { KeyEndpoints, ListedKey } from '../neon/endpoints.ts';
import { NeonError } from '../neon/errors.ts';

/** The active keys that one user created. */
export interface CreatedKeys {
  keys: ListedKey[];
  /** How many other keys Neon lists without their creator: some of them may be this user's. */
  unknownCount: number;
}

/** @param userId a user's id, which a member has as `user_id` */
export function keysCreatedBy(all: readonly ListedKey[], userId: string, knownIds: ReadonlySet<string>): CreatedKeys {
  const isCreatedByUser = (key: ListedKey) => creatorOf(key) === userId || knownIds.has(key.id);
  return {
    keys: all.filter(isCreatedByUser),
    unknownCount: all.filter((key) => creatorOf(key) === undefined && !isCreatedByUser(key)).length,
  };
}

/** The response of Neon comes from outside: its creator may be missing. */
function creatorOf({ created_by }: { created_by?: Partial<ListedKey['created_by']> | null }): string | undefined {
  return created_by?.id || undefined;
}

/** One look at the keys of a user: a failure is not an empty list. */
export type KeysRead = CreatedKeys | { error: NeonError };

/**
 * Reads the active keys that a user created.
 * @param earlier what an earlier look found: these keys are the user's, whatever Neon says of their creator now
 * @throws what is not a NeonError, such as a cancellation
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
