import { count, oneLine } from '../lib/text.ts';
import { code, plain, table } from '../runner/markdown.ts';
import type { BrokerKey } from './broker-client.ts';
import type { NonceOutcome } from './end.ts';
import type { BrokerError, DeniedGrant } from './errors.ts';
import type { OpenNonce } from './state.ts';

/** Logged before another attempt. */
export function nextAttemptLine({ message }: BrokerError, attempt: number, of: number, waitMs: number): string {
  return `${message} Attempt ${attempt} of ${of} in ${Math.ceil(waitMs / 1000)} s.`;
}

/** The error when the broker returned a key that was not requested. */
export function wrongKey({ id, name, project_id }: BrokerKey, projectId: string): string {
  return (
    `The broker returned key ${id} "${oneLine(name)}" for project ${oneLine(project_id)}, which is not the key that was requested for ` +
    `project ${projectId}. The step does not return the key, and the post step has it revoked. Check that \`broker_url\` is the URL of the broker.`
  );
}

/** What to do about an error of the broker, by its code. */
const advice: Record<string, string> = {
  denied:
    'Run the job where the policy allows it, or ask the operator of the broker. `broker explain` shows the operator which values the policy expects.',
  'not-found': 'Check that `broker_url` and the `audience` in the policy of the broker are the same URL.',
  'limit-reached': 'Run fewer jobs of this repository at the same time, or run the job again later.',
  'neon-refused': 'Ask the operator of the broker, whose log has the same request ID.',
};

const keylessPage = 'https://github.com/neon-org-action/neon-org-action/blob/main/docs/keyless.md';

/** A failed mint: what came back, which claims failed, and what to do. */
export function mintFailure({ message, facts }: BrokerError): string {
  const { code: problem, grants = [], keyMayExist } = facts;
  const lines = [
    message,
    ...grants.map(grantLine),
    nextStep(facts),
    keyMayExist ? 'If the broker created a key, the post step has it revoked.' : undefined,
    problem === undefined ? undefined : `Help: ${keylessPage}#${problem}`,
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}

function nextStep({ code: problem = '', reason = 'audience' }: BrokerError['facts']): string | undefined {
  if (problem !== 'invalid-token') return advice[problem];
  if (reason === 'audience') return advice['not-found'];
  return reason === 'issuer' ? 'Ask the operator of the broker to check `OIDC_ISSUER`.' : undefined;
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
  const { id, name, nonce } = outcome.nonce;
  const key = id === undefined ? undefined : `Key ${id} "${oneLine(name ?? '')}"`;
  if (outcome.how === 'failed') return `${key ?? `A key with the nonce ${nonce}`} may still be active.`;
  if (outcome.revoked.length === 0) return key ? `${key} is not active.` : `No key with the nonce ${nonce} is active.`;
  return `The broker revoked ${outcome.revoked.length > 1 ? 'keys' : 'key'} ${outcome.revoked.join(', ')}.`;
}

/** Reports keys that may still be active; undefined if all are revoked. */
export function activeNonces(outcomes: NonceOutcome[]): string | undefined {
  const failed = outcomes.filter((outcome) => outcome.how === 'failed');
  if (failed.length === 0) return undefined;
  return failed
    .map((outcome) => `${nonceSentence(outcome)} ${outcome.error.message} ${expiryText(outcome.nonce)}`)
    .join('\n');
}

function expiryText({ expiresAt }: OpenNonce): string {
  return expiresAt === undefined
    ? 'If it exists, the broker revokes it when it expires, at most 6 hours after its creation.'
    : `The broker revokes it when it expires, at ${oneLine(expiresAt)}.`;
}

/** Reported if the process ends before its work does. */
export const keylessEndedEarly =
  'The post step ended before the broker confirmed that the key of this step is revoked. The broker revokes the key when it expires.';

/** Reported if the post step fails. */
export function keylessPostFailed(error: unknown): string {
  return `The post step could not revoke the key of this step. ${error instanceof Error ? error.message : String(error)}\nThe broker revokes the key when it expires.`;
}

/** The summary of the post step. */
export function keylessSummary(outcomes: NonceOutcome[]): string {
  const rows = outcomes.map((outcome) => [
    code(outcome.nonce.name ?? '') || plain(`nonce ${outcome.nonce.nonce}`),
    code(outcome.nonce.id ?? '') || '–',
    nonceOutcomeText(outcome),
  ]);
  const failed = outcomes.filter(({ how }) => how === 'failed').length;
  const isRevoked = outcomes.some((outcome) => outcome.how === 'gone' && outcome.revoked.length > 0);
  const title =
    failed > 0
      ? `❌ ${count(failed, 'Neon key')} may still be active`
      : `🔒 ${isRevoked ? 'Neon key revoked' : 'No Neon key to revoke'} after the job`;
  return `### ${title}\n\n${table(['Key', 'ID', 'Outcome'], rows)}\n`;
}

function nonceOutcomeText(outcome: NonceOutcome): string {
  if (outcome.how === 'gone') return outcome.revoked.length > 0 ? '✅ revoked' : '☑️ no active key';
  return `❌ **may still be active**, expires ${plain(outcome.nonce.expiresAt ?? 'within 6 hours')}`;
}
