/** A refused request. The response has this status and these headers, and a body in the form of the service's errors. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/**
 * The body of a GeneralError. `code` is empty: that is the document's default and what Neon usually sends, and clients
 * must not depend on invented codes.
 */
export function generalError(requestId: string, message: string): string {
  return JSON.stringify({ request_id: requestId, code: '', message });
}
