/** A refused request: thrown anywhere, answered in the form of the service's errors with this status and headers. */
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
 * The text of a GeneralError. `code` is empty: that is the document's default and what Neon mostly sends, and it keeps
 * a client from leaning on codes that we would have to invent.
 */
export function generalError(requestId: string, message: string): string {
  return JSON.stringify({ request_id: requestId, code: '', message });
}
