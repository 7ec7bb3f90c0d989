import { count, oneLine } from '../lib/text.ts';
import { code, plain, table } from '../runner/markdown.ts';
import type { BrokerKey } from './broker-client.ts';
import type { NonceOutcome } from './end.ts';
import type { BrokerError, DeniedGrant } from './errors.ts';
import type { OpenNonce } from './state.ts';

/** Before another attempt. */
export function nextAttemptLine({ message }: BrokerError, attempt: number, of: number, waitMs: number): string {
  return `${message} Attempt ${attempt} of ${of} in ${Math.ceil(waitMs / 1000)} s.`;
}

/** The broker answered with a key that was not asked for. */
export function wrongKey({ id, name, project_id }: BrokerKey, projectId: string): string {
  return (
    `The broker answered with key ${id} "${oneLine(name)}" for project ${oneLine(project_id)}, which is not the key that was requested for ` +
    `project ${projectId}. The key is not handed out, and the post step has it revoked. Check \`broker_url\`.`
  );
}

const advice: Record<string, string> = {
  denied: 'Change the policy of the broker, or run the job where the policy allows it.',
  'invalid-token': 'Check that `broker_url` is exactly the `audience` of the policy.',
  'limit-reached': 'Let fewer jobs of this repository mint at once.',
  'neon-refused': 'The operator of the broker finds the request id in its log.',
};

/** A failed mint: what came back, which claims failed, and what to do. */
export function mintFailure({ message, facts }: BrokerError): string {
  const grants = (facts.grants ?? []).map(grantLine);
  const next = facts.code === undefined ? undefined : advice[facts.code];
  return [message, ...grants, ...(next ? [next] : [])].join('\n');
}

function grantLine({ grant, failed }: DeniedGrant): string {
  const claims = failed.map(
    ({ claim, actual }) =>
      `${oneLine(claim)} is ${actual === null ? 'missing' : JSON.stringify(oneLine(String(actual)))}`,
  );
  return `Grant "${oneLine(grant)}" does not match: ${claims.join(', ')}.`;
}

/** One line for the log. */
export function nonceSentence(outcome: NonceOutcome): string {
  const key = keyOf(outcome.nonce);
  if (outcome.how === 'failed') return `${key} may still be active.`;
  return outcome.revoked.length > 0 ? `The broker revoked key ${outcome.revoked.join(', ')}.` : `${key} is not active.`;
}

function keyOf({ id, name, nonce }: OpenNonce): string {
  return id === undefined ? `A key with the nonce ${nonce}` : `Key ${id} "${oneLine(name ?? '')}"`;
}

/** What people must know of a key that may be active; undefined when all are gone. */
export function activeNonces(outcomes: NonceOutcome[]): string | undefined {
  const failed = outcomes.filter((outcome) => outcome.how === 'failed');
  if (failed.length === 0) return undefined;
  const lines = failed.map(
    (outcome) => `${nonceSentence(outcome)} ${outcome.error.message} ${expiryText(outcome.nonce)}`,
  );
  return [`${count(failed.length, 'key')} could not be confirmed as revoked.`, ...lines].join('\n');
}

function expiryText({ expiresAt }: OpenNonce): string {
  return expiresAt === undefined
    ? 'If it exists, the broker revokes it when it expires, at most 6 hours after it was minted.'
    : `The broker revokes it when it expires, at ${oneLine(expiresAt)}.`;
}

/** Reported when the post step ends before its work does. */
export const keylessEndedEarly = 'The post step ended before the key of this step was confirmed as revoked.';

/** Reported when the post step cannot even begin. */
export function keylessPostFailed(error: unknown): string {
  return `The post step could not revoke what this step minted: ${error instanceof Error ? error.message : String(error)}`;
}

/** The summary of the post step. */
export function keylessSummary(outcomes: NonceOutcome[]): string {
  const rows = outcomes.map(({ nonce, how }) => [
    code(nonce.name ?? '') || plain(`nonce ${nonce.nonce}`),
    code(nonce.id ?? '') || '–',
    how === 'gone' ? '✅ revoked' : `❌ **may still be active**, expires ${plain(nonce.expiresAt ?? 'within 6 hours')}`,
  ]);
  return `### 🔒 After the job: the Neon key\n\n${table(['Key', 'ID', 'Outcome'], rows)}\n`;
}
