import type { WorkflowRun } from '../github/run.ts';
import { count, oneLine } from '../lib/text.ts';
import type { NewKey } from '../neon/endpoints.ts';
import { jsonInteger } from '../neon/json.ts';
import { code, type Fact, table } from '../runner/markdown.ts';
import type { Result } from '../runner/result.ts';
import { isFrom, type Mark } from './name.ts';
import type { Revocation } from './revoke.ts';

export const outcomes: Record<Revocation['how'], string> = {
  revoked: '✅ revoked',
  'already-revoked': '☑️ was not live any more',
  'never-made': '☑️ was never made',
  failed: '❌ **may still be live**',
};

/** One line for the log. */
export function sentence({ target, how }: Revocation): string {
  const key = [target.id ?? '', target.name && `"${oneLine(target.name)}"`].filter(Boolean).join(' ');
  if (how === 'revoked') return `Revoked key ${key}.`;
  if (how === 'already-revoked')
    return `Key ${key} was not live any more${target.name ? '' : ', or never'}: nothing to revoke.`;
  return how === 'never-made' ? `Neon never made the key ${key}: nothing to revoke.` : `Key ${key} may still be live.`;
}

/** The table for the job summary. */
export function revocationsTable(revocations: Revocation[]): string {
  const rows = revocations.map(({ target, how }) => [
    code(target.name) || '–',
    code(target.id ?? '') || '–',
    outcomes[how],
  ]);
  return table(['Key', 'Id', ''], rows);
}

/** The part of a result that every operation has that revokes keys. @param more failures besides */
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

/** What people must know: a heading and one text for each key that may still be live; nothing when all is well. */
function failuresOf(revocations: Revocation[]): string[] {
  const failed = revocations.flatMap((revocation) =>
    revocation.how === 'failed' ? [`${sentence(revocation)} ${revocation.error.message}`] : [],
  );
  return failed.length === 0 ? [] : [`${count(failed.length, 'key')} of ${revocations.length} not revoked.`, ...failed];
}

/** The outputs that tell of a new key, but for its token. */
export function outputsOf({ id, name, project_id = '', created_at }: NewKey): Record<string, string> {
  return { key_id: id, key_name: name, project_id, created_at };
}

/** What a new key is called, and what it reaches: the first lines of its summary. */
export function factsOf({ id, name }: NewKey, projectId: string | undefined): [Fact, ...Fact[]] {
  const reach = projectId ? `project ${code(projectId)}, nothing else` : '⚠️ every project of the organization';
  return [
    ['Key', code(name)],
    ['Id', code(id)],
    ['Reaches', reach],
  ];
}

/** The run that a key was minted in, for people: a link, where the repository's name is known. */
export function runLink(mark: Mark, own: WorkflowRun): string {
  const { repositoryId, runId, runAttempt } = mark;
  return isFrom(mark, own)
    ? `[run ${runId}](${own.runsUrl}/${runId}/attempts/${runAttempt})`
    : `run ${runId} of repository ${repositoryId}`;
}
