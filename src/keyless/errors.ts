/** A grant of the job's repository that did not allow the mint, with the job's own values. */
export interface DeniedGrant {
  grant: string;
  failed: { claim: string; actual: string | null }[];
}

interface BrokerFailureFacts {
  /** What was attempted, such as `POST /v1/keys`. */
  request: string;
  /** The HTTP status; missing when no answer came. */
  status?: number | undefined;
  /** The broker's code, such as `denied`; missing when the answer is not from a broker. */
  code?: string | undefined;
  /** What went wrong, as a sentence. */
  detail: string;
  /** The broker's id of the request, or ours. */
  requestId: string;
  /** False only when the broker says so, or the request certainly did not reach it. */
  keyMayExist: boolean;
  /** Whether GitHub refuses ID tokens to this job: it has no permission, or has run for more than 6 hours. */
  isWithoutIdentity?: boolean | undefined;
  grants?: DeniedGrant[] | undefined;
  retryAfterMs?: number | undefined;
}

/** A request to the broker, or for an ID token, that did not give what was asked for. */
export class BrokerError extends Error {
  override readonly name = 'BrokerError';
  readonly facts: BrokerFailureFacts;
  constructor(facts: BrokerFailureFacts, cause?: unknown) {
    const answer = [facts.status, facts.code].filter((part) => part !== undefined).join(' ');
    super(`${facts.request} failed: ${answer}${answer ? ': ' : ''}${facts.detail} (request id ${facts.requestId})`, {
      cause,
    });
    this.facts = facts;
  }
}
