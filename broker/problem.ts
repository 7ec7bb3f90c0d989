import type { Condition } from './policy/match.ts';

/** The kinds of error, with their HTTP status and title. */
export const problemTypes = {
  'invalid-request': [400, 'The request is invalid'],
  'invalid-token': [401, 'The ID token is not accepted'],
  denied: [403, 'The policy does not allow this'],
  'not-found': [404, 'There is nothing at this address'],
  'nonce-used': [409, 'The nonce was used before'],
  'limit-reached': [429, 'A limit is reached'],
  'internal-error': [500, 'The broker failed'],
  'neon-refused': [502, 'Neon refused'],
  busy: [503, 'The broker cannot do this now'],
  'neon-unavailable': [503, 'Neon is not available'],
  'outcome-unknown': [504, 'Whether a key was made is not known'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof problemTypes;

/** A grant of the caller's repository and why it did not allow the request: with the caller's own values. */
export interface FailedGrant {
  grant: string;
  failed: { claim: string; actual: string | null }[];
}

/** A request that ends with an error. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  /** False only when this request made no key, for certain. */
  readonly keyMayExist: boolean;
  readonly grants: FailedGrant[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ProblemCode,
    detail: string,
    facts: { keyMayExist?: boolean; grants?: FailedGrant[]; retryAfterSeconds?: number } = {},
  ) {
    super(detail);
    this.code = code;
    this.keyMayExist = facts.keyMayExist ?? false;
    this.grants = facts.grants;
    this.retryAfterSeconds = facts.retryAfterSeconds;
  }

  get status(): (typeof problemTypes)[ProblemCode][0] {
    return problemTypes[this.code][0];
  }

  /** The document of RFC 9457. */
  toDocument(requestId: string): Record<string, unknown> {
    return {
      type: `https://github.com/neon-org-action/neon-org-action/blob/v1/docs/keyless.md#${this.code}`,
      title: problemTypes[this.code][1],
      status: this.status,
      detail: this.message,
      code: this.code,
      request_id: requestId,
      key_may_exist: this.keyMayExist,
      ...(this.grants ? { grants: this.grants } : {}),
    };
  }
}

/** What the caller may see of a grant: the claims that failed, with the caller's values. */
export function toFailedGrant(grant: string, conditions: Condition[]): FailedGrant {
  const failed = conditions.filter(({ holds }) => !holds);
  return { grant, failed: failed.map(({ claim, actual = null }) => ({ claim, actual })) };
}
