/** Why a request has no usable response, by what is known about its effect. */
export type FailureKind =
  /** Neon refused: nothing was done. */
  | 'refused'
  /** The request was not sent, or Neon rejected it before doing anything (423, 429): it may be sent again. */
  | 'not-done'
  /** 503, or 423 or 429 from a gateway: it may be sent again, but an earlier copy may have been carried out. */
  | 'unavailable'
  /** The response was lost or is unreadable: the outcome is unknown. */
  | 'unknown';

export interface FailureFacts {
  /** The endpoint's operationId in Neon's OpenAPI document. */
  operationId: string;
  method: string;
  /** The path after `api_host`. */
  path: string;
  kind: FailureKind;
  /** The HTTP status, if there was a response. */
  status?: number | undefined;
  /** `code` of Neon's error body. */
  code?: string | undefined;
  /** What came back: Neon's message in quotes, or a description that follows the status. */
  reason: string;
  /** The ID of this request in the logs of both sides. */
  requestId: string;
  /** Retry-After of the response, in milliseconds. */
  retryAfterMs?: number | undefined;
  /** How many times it was sent. */
  attempts?: number | undefined;
  /** What to do next. */
  hint?: string | undefined;
  /** An earlier attempt may have been carried out, because its response was lost. */
  maybeDone?: boolean | undefined;
}

/**
 * A request that failed. Its message has the request, the response (status, code, Neon's message, request ID) and what to do
 * next. It never contains the body of a successful response, which may contain a token.
 */
export class NeonError extends Error {
  override readonly name = 'NeonError';
  readonly facts: FailureFacts;

  constructor(facts: FailureFacts, cause?: unknown) {
    super(describeNeonFailure(facts), { cause });
    this.facts = facts;
  }

  /** Whether the request certainly had no effect. A gateway may return a 429 or 503 for a request that it passed on. */
  get wasNeverSent(): boolean {
    return this.facts.kind === 'not-done' && this.facts.status === undefined;
  }

  /** The same failure with more facts. */
  with(more: Partial<Pick<FailureFacts, 'attempts' | 'hint' | 'maybeDone'>>): NeonError {
    return new NeonError({ ...this.facts, ...more }, this.cause);
  }
}

const failureVerbs: Record<FailureKind, string> = {
  refused: 'was refused',
  'not-done': 'was not carried out',
  unavailable: 'failed',
  unknown: 'got no usable response',
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
  const response = [status, code, reason].filter((part) => part !== undefined && part !== '').join(' ');
  const tried = attempts > 1 ? `, tried ${attempts} times` : '';
  const line = `${operationId} (${method} ${path}) ${failureVerbs[kind]}: ${response} (request ID ${requestId}${tried}).`;
  return hint ? `${line}\n${hint}` : line;
}
