/** Why a request did not give a usable answer, by what is known of its effect. */
export type FailureKind =
  /** Neon refused: nothing was done. */
  | 'refused'
  /** The request did not leave, or Neon rejected it before any work (423, 429): nothing was done, and it may be sent again. */
  | 'not-done'
  /** 503, or 423 and 429 of a gateway: safe to send again, but an earlier copy may have been carried out. */
  | 'unavailable'
  /** The answer was lost or cannot be read: the outcome is unknown. */
  | 'unknown';

export interface FailureFacts {
  /** The endpoint's operationId in Neon's OpenAPI document. */
  operationId: string;
  method: string;
  /** The path after `api_host`. */
  path: string;
  kind: FailureKind;
  /** The HTTP status, when there was an answer. */
  status?: number | undefined;
  /** `code` of Neon's error body. */
  code?: string | undefined;
  /** What came back: Neon's message in quotes, or a description that follows the status. */
  reason: string;
  /** The id that both sides logged for this request. */
  requestId: string;
  /** Milliseconds that the answer's Retry-After asked for. */
  retryAfterMs?: number | undefined;
  /** How often it was sent. */
  attempts?: number | undefined;
  /** What to do now. */
  hint?: string | undefined;
  /** An attempt before the last one may have been carried out: its answer was lost. */
  maybeDone?: boolean | undefined;
}

/**
 * A request that failed. Its message says what was asked, what came back (status, code, Neon's words, request id)
 * and what to do. It never holds the body of a good answer, which may carry a token.
 */
export class NeonError extends Error {
  override readonly name = 'NeonError';
  readonly facts: FailureFacts;

  constructor(facts: FailureFacts, cause?: unknown) {
    super(describeNeonFailure(facts), { cause });
    this.facts = facts;
  }

  /** The same failure with more facts. */
  with(more: Partial<Pick<FailureFacts, 'attempts' | 'hint' | 'maybeDone'>>): NeonError {
    return new NeonError({ ...this.facts, ...more }, this.cause);
  }
}

const failureVerbs: Record<FailureKind, string> = {
  refused: 'was refused',
  'not-done': 'was not done',
  unavailable: 'was not done',
  unknown: 'got no usable answer',
};

function describeNeonFailure({
  operationId,
  method,
  path,
  kind,
  status,
  code,
  reason,
  requestId,
  attempts = 1,
  hint,
}: FailureFacts): string {
  const answer = [status, code, reason].filter((part) => part !== undefined && part !== '').join(' ');
  const tried = attempts > 1 ? `, tried ${attempts} times` : '';
  const line = `${operationId} (${method} ${path}) ${failureVerbs[kind]}: ${answer} (request id ${requestId}${tried}).`;
  return hint ? `${line}\n${hint}` : line;
}
