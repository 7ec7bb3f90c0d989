import { NeonError } from '../../src/neon/errors.ts';

/** A failed request to Neon as a sentence: what was attempted, what came back, and the request ID. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof NeonError)) return error instanceof Error ? error.message : String(error);
  const { operationId, status, code, reason, requestId } = error.facts;
  const response = [status, code, reason].filter((part) => part !== undefined && part !== '').join(' ');
  return `${operationId} failed: ${response} (request ID ${requestId}).`;
}
