import type { Ending } from '../keys/revoke.ts';
import { jsonInteger } from '../neon/json.ts';
import { code, table } from '../report/markdown.ts';
import type { Result } from '../report/result.ts';
import { count, oneLine } from '../text.ts';

export const outcomes: Record<Ending['how'], string> = {
  revoked: '✅ revoked',
  'already-revoked': '☑️ was not live any more',
  'never-made': '☑️ was never made',
  failed: '❌ **may still be live**',
};

/** One line for the log. */
export function sentence({ target, how }: Ending): string {
  const key = [target.id ?? '', target.name && `"${oneLine(target.name)}"`].filter(Boolean).join(' ');
  if (how === 'revoked') return `Revoked key ${key}.`;
  if (how === 'already-revoked')
    return `Key ${key} was not live any more${target.name ? '' : ', or never'}: nothing to revoke.`;
  return how === 'never-made' ? `Neon never made the key ${key}: nothing to revoke.` : `Key ${key} may still be live.`;
}

/** The table for the job summary. */
export function endingsTable(endings: Ending[]): string {
  const rows = endings.map(({ target, how }) => [
    code(target.name) || '–',
    code(target.id ?? '') || '–',
    outcomes[how],
  ]);
  return table(['Key', 'Id', ''], rows);
}

/** The part of a result that every operation has that revokes keys. @param more failures besides */
export function resultOfEndings(endings: Ending[], more: string[] = []) {
  const revoked = endings.filter(({ how }) => how === 'revoked');
  const failures = [...failuresOf(endings), ...more];
  return {
    revoked: revoked.length,
    outputs: { revoked_count: String(revoked.length) },
    json: { revoked_key_ids: revoked.map(({ target }) => jsonInteger(target.id as string)) },
    failed: (failures.length > 0 ? { failure: failures.join('\n') } : {}) satisfies Partial<Result>,
  };
}

/** What people must know: a heading and one text for each key that may still be live; nothing when all is well. */
function failuresOf(endings: Ending[]): string[] {
  const failed = endings.flatMap((ending) =>
    ending.how === 'failed' ? [`${sentence(ending)} ${ending.error.message}`] : [],
  );
  return failed.length === 0 ? [] : [`${count(failed.length, 'key')} of ${endings.length} not revoked.`, ...failed];
}
