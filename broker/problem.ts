import type { Condition } from './policy/match.ts';

/** The kinds of errors, with their HTTP status and title. */
export const problemTypes = {
  'invalid-request': [400, 'The request is invalid'],
  'invalid-token': [401, 'The ID token is not accepted'],
  denied: [403, 'The policy does not allow the request'],
  'not-found': [404, 'The path does not exist'],
  'nonce-used': [409, 'The nonce was used before'],
  'limit-reached': [429, 'A limit has been reached'],
  'internal-error': [500, 'The broker failed'],
  'neon-refused': [502, 'Neon refused the request'],
  busy: [503, 'The broker cannot do this at the moment'],
  'neon-unavailable': [503, 'Neon is not available'],
  'outcome-unknown': [504, 'It is unknown whether a key was created'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof problemTypes;

/** A grant of the caller's repository, and the caller's own values that did not match. */
export interface FailedGrant {
  grant: string;
  failed: { claim: string; actual: string | null }[];
}

/** A request that ends with an error. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  /** False only if this request certainly created no key. */
  readonly keyMayExist: boolean;
  readonly grants: FailedGrant[] | undefined;
  /** Why the ID token is not accepted. */
  readonly reason: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ProblemCode,
    detail: string,
    facts: { keyMayExist?: boolean; grants?: FailedGrant[]; reason?: string; retryAfterSeconds?: number } = {},
  ) {
    super(detail);
    this.code = code;
    this.keyMayExist = facts.keyMayExist ?? false;
    this.grants = facts.grants;
    this.reason = facts.reason;
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
      ...(this.reason === undefined ? {} : { reason: this.reason }),
      request_id: requestId,
      key_may_exist: this.keyMayExist,
      ...(this.grants ? { grants: this.grants } : {}),
    };
  }
}

/** What the caller may see of a grant: the claims that did not match, with the caller's values. */
export function toFailedGrant(grant: string, conditions: Condition[]): FailedGrant {
  const failed = conditions.filter(({ holds }) => !holds);
  return { grant, failed: failed.map(({ claim, actual = null }) => ({ claim, actual })) };
}
