import type { FailureFacts } from '../neon/errors.ts';

/** What a failed `createOrgApiKey` says about the key that it asked for. */
export type CreationEffect =
  /** It was refused, or it never left: there is no key. */
  | 'not-created'
  /** Neon turned it away before any work. There is no key, unless a gateway delivered an earlier copy of the request. */
  | 'turned-away'
  /** A key of that name exists. */
  | 'name-exists'
  /** There may be a key, now or later. */
  | 'unknown';

/**
 * Names are unique to an account (observed), so a conflict on a new name proves that an earlier copy of the request was
 * carried out. A 423 or 429 counts as Neon's only in the form of Neon's errors: a gateway may have resent the request.
 */
export function judgeFailedCreation({ kind, status, code, reason }: FailureFacts): CreationEffect {
  const isConflict = status === 409 || /unique name|already exists/i.test(reason);
  if (kind === 'refused') return isConflict ? 'name-exists' : 'not-created';
  if (kind !== 'not-done') return 'unknown';
  if (status === undefined) return 'not-created';
  return code === undefined ? 'unknown' : 'turned-away';
}
