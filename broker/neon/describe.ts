import { NeonError } from '../../src/neon/errors.ts';

/** A failed request to Neon as a sentence: what was attempted, what came back, and the request ID. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof NeonError)) return error instanceof Error ? error.message : String(error);
  const { operationId, status, code, reason, requestId } = error.facts;
  const response = [status, code, reason].filter((part) => part !== undefined && part !== '').join(' ');
  return `${operationId} failed: ${response} (request ID ${requestId}).`;
}

/** Neon's error codes. Any other text may be a quotation. */
const errorCode = /^[A-Z][A-Z0-9_]{0,63}$/;

/**
 * A failed request to Neon for a caller and the audit log: its status and code, but no text from Neon or a gateway, which
 * may quote the admin key in an encoding that no redaction knows.
 */
export function describeForCaller({ facts: { operationId, status, code, kind } }: NeonError): string {
  const where = 'The log of the broker contains the details and this request ID.';
  if (status !== undefined) {
    const known = code !== undefined && errorCode.test(code) ? ` and the code ${code}` : '';
    return `Neon responded to ${operationId} with the status ${status}${known}. ${where}`;
  }
  const what =
    kind === 'not-done' ? 'The broker could not connect to Neon' : "The broker did not receive Neon's response";
  return `${what} for ${operationId}. ${where}`;
}
