/** A grant of the job's repository that did not allow the request, with the job's own values. */
export interface DeniedGrant {
  grant: string;
  failed: { claim: string; actual: string | null }[];
}

interface BrokerFailureFacts {
  /** What was attempted, such as `POST https://broker.example.com/v1/keys`. */
  request: string;
  /** The HTTP status; missing if there was no response. */
  status?: number | undefined;
  /** The broker's code, such as `denied`; missing if the response is not from a broker. */
  code?: string | undefined;
  /** Why the broker did not accept the ID token, such as `audience`. */
  reason?: string | undefined;
  /** What went wrong, as complete sentences. */
  detail: string;
  /** The broker's ID of the request, or ours. */
  requestId: string;
  /** False only if the broker reports that no key exists, or the request certainly did not reach it. */
  keyMayExist: boolean;
  /** Whether GitHub refuses ID tokens to this job: it lacks the permission, or has run for more than 6 hours. */
  isWithoutIdentity?: boolean | undefined;
  grants?: DeniedGrant[] | undefined;
  retryAfterMs?: number | undefined;
}

/** A request to the broker, or for an ID token, that failed. */
export class BrokerError extends Error {
  override readonly name = 'BrokerError';
  readonly facts: BrokerFailureFacts;
  constructor(facts: BrokerFailureFacts, cause?: unknown) {
    const response = [facts.status, facts.code].filter((part) => part !== undefined).join(' ');
    super(
      `${facts.request} failed${response ? `: ${response}` : ''} (request ID ${facts.requestId}). ${facts.detail}`,
      {
        cause,
      },
    );
    this.facts = facts;
  }
}
