import { NeonError } from '../../src/neon/errors.ts';

/** A failed request to Neon in one line: what was asked, what came back, and the request id. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof NeonError)) return error instanceof Error ? error.message : String(error);
  const { operationId, status, code, reason, requestId } = error.facts;
  const answer = [status, code, reason].filter((part) => part !== undefined && part !== '').join(' ');
  return `${operationId}: ${answer} (request id ${requestId})`;
}
