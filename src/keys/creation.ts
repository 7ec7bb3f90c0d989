import type { FailureFacts } from '../neon/errors.ts';

/** Whether a key exists after a failed `createOrgApiKey`. */
export type CreationEffect =
  /** The request was refused or never sent: there is no key. */
  | 'not-created'
  /** Neon rejected the request before any work. There is no key, unless a gateway delivered an earlier copy of the request. */
  | 'turned-away'
  /** A key of that name exists. */
  | 'name-exists'
  /** There may be a key, now or later. */
  | 'unknown';

/**
 * Names are unique within an account (observed), so a conflict on a new name proves that an earlier copy of the request was
 * carried out. A 423 or 429 counts as Neon's only if it is in Neon's format: a gateway may have resent the request.
 */
export function judgeFailedCreation({ kind, status, code, reason }: FailureFacts): CreationEffect {
  const isConflict = status === 409 || /unique name|already exists/i.test(reason);
  if (kind === 'refused') return isConflict ? 'name-exists' : 'not-created';
  if (kind !== 'not-done') return 'unknown';
  if (status === undefined) return 'not-created';
  return code === undefined ? 'unknown' : 'turned-away';
}
