import { serverUrlOf, type WorkflowRun } from '../github/run.ts';
import { count, oneLine } from '../lib/text.ts';
import type { KeyId, NewKey } from '../neon/endpoints.ts';
import type { NeonError } from '../neon/errors.ts';
import { jsonInteger } from '../neon/json.ts';
import { code, type Fact, table } from '../runner/markdown.ts';
import type { Result } from '../runner/result.ts';
import { isFrom, type Mark } from './name.ts';
import type { Revocation, Target } from './revoke.ts';

export const outcomes: Record<Revocation['how'], string> = {
  revoked: '✅ revoked',
  'already-revoked': '☑️ was not active',
  'not-found': '☑️ no such key',
  failed: '❌ **may still be active**',
  unsettled: '❌ **may still be created**',
};

/** One line for the log. */
export function revocationLine(revocation: Revocation): string {
  const { target, how } = revocation;
  const key = keyText(target);
  if (how === 'revoked') return `Revoked key ${key}.`;
  if (how === 'already-revoked')
    return `Key ${key} was already revoked${target.name ? '' : ' or never existed'}, so there is nothing to revoke.`;
  if (how === 'not-found') return `Neon has no active key ${key}, so there is nothing to revoke.`;
  return how === 'failed'
    ? `Key ${key} may still be active.`
    : `Whether Neon has another key named ${nameText(target)} could not be determined.`;
}

/** Logged before keys are tried again. */
export function waitLine(keyCount: number, waitMs: number): string {
  const keys = `${count(keyCount, 'key')} ${keyCount === 1 ? 'is' : 'are'}`;
  return `${keys} missing from Neon's list, which may be out of date. The step tries again in ${Math.ceil(waitMs / 1000)} s.`;
}

function keyText(target: Target): string {
  return [target.id, target.name && nameText(target)].filter(Boolean).join(' ');
}

function nameText({ name }: Target): string {
  return `"${oneLine(name)}"`;
}

/** The table for the job summary. */
export function revocationsTable(revocations: readonly Revocation[]): string {
  const rows = revocations.map(({ target, how }) => [
    code(target.name) || '–',
    code(target.id ?? '') || '–',
    outcomes[how],
  ]);
  return table(['Key', 'ID', 'Outcome'], rows);
}

/** The part of the result that is common to all operations that revoke keys. @param more other failures */
export function resultOfRevocations(revocations: Revocation[], more: string[] = []) {
  const revoked = revocations.filter(({ how }) => how === 'revoked');
  const failures = [...failuresOf(revocations), ...more];
  return {
    revoked: revoked.length,
    outputs: { revoked_count: String(revoked.length) },
    json: { revoked_key_ids: revoked.map(({ target }) => jsonInteger(target.id as string)) },
    failed: (failures.length > 0 ? { failure: failures.join('\n') } : {}) satisfies Partial<Result>,
  };
}

/** A heading, and one text for each key that may still be active; empty without such keys. */
function failuresOf(revocations: Revocation[]): string[] {
  const failed = revocations.flatMap((revocation) =>
    revocation.how === 'failed' ? [`${revocationLine(revocation)} ${revocation.error.message}`] : [],
  );
  return failed.length === 0
    ? []
    : [`${failed.length} of ${count(revocations.length, 'key')} could not be revoked.`, ...failed];
}

/** The outputs that describe a new key, without its token. */
export function outputsOf({ id, name, project_id = '', created_at }: NewKey): Record<string, string> {
  return { key_id: id, key_name: name, project_id, created_at };
}

/** The first rows of a new key's summary: its name, its id, and what it can access. */
export function factsOf({ id, name }: NewKey, projectId: string | undefined): [Fact, ...Fact[]] {
  const access = projectId ? `only project ${code(projectId)}` : '⚠️ every project of the organization';
  return [
    ['Key', code(name)],
    ['ID', code(id)],
    ['Access', access],
  ];
}

/** The run that created a key: a link if it is a run of this repository, whose name is known. */
export function runLink(mark: Mark, own: WorkflowRun): string {
  const { repositoryId, runId, runAttempt } = mark;
  return isFrom(mark, own)
    ? `[run ${runId}](${own.runsUrl}/${runId}/attempts/${runAttempt})`
    : `run ${runId} of repository ${repositoryId}`;
}

/** A link to the pull request of a key of this repository, to append to a reason; '' for any other key. */
export function pullLink(mark: Mark, own: WorkflowRun): string {
  const { lifetime } = mark;
  if (lifetime.kind !== 'pull-request' || !isFrom(mark, own)) return '';
  return ` ([#${lifetime.number}](${serverUrlOf(own)}/${own.repository}/pull/${lifetime.number}))`;
}

/** Logged before the next round of a mint. @param next the announcement of the attempt */
export function nextRoundLine(error: NeonError, next: string): string {
  return `${error.with({ hint: '' }).message} ${next}`;
}

/** Logged when a key whose token was lost has been revoked. */
export function lostKeyLine(id: KeyId): string {
  return `Neon created key ${id}, but its token was lost with the response, so the key was revoked.`;
}

/** The error when Neon created a key with different access than requested. */
export function wrongAccess(key: NewKey, projectId: string | undefined): string {
  return (
    `Neon created key ${key.id} for ${accessText(key.project_id)}, but the request was for ${accessText(projectId)}. ` +
    'The step does not return the key, and the post step revokes it. Please report this with the request ID from the debug log.'
  );
}

/** What a key can access, in a sentence. */
export function accessText(projectId: string | undefined): string {
  return projectId ? `project ${projectId}` : 'the whole organization';
}
