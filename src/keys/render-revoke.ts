import type { SecretPlace } from '../github/secrets.ts';
import { count, oneLine } from '../lib/text.ts';
import type { ListedKey } from '../neon/endpoints.ts';
import { code, plain, table, time } from '../runner/markdown.ts';
import { storedWithinMs } from './name.ts';
import { revocationsTable } from './render.ts';
import type { Revocation } from './revoke.ts';
import { secretLabel } from './secret-place.ts';

/** Reported when no key matches. */
export const nothingToRevoke = 'No such key is active: nothing to revoke.';

/** What happened to the secret. @param keysFound whether a key was found that it may have held */
export function secretRemoval(
  place: SecretPlace,
  removed: boolean,
  keysFound: boolean,
): { text: string; isWarning: boolean } {
  const label = secretLabel(place);
  if (!removed) return { text: `There is no ${label}: nothing to delete.`, isWarning: false };
  if (keysFound) return { text: `Deleted the ${label}.`, isWarning: false };
  const text = `Deleted the ${label}. No key was found for it, so a key that it held may still be active; \`list-keys\` shows the keys.`;
  return { text, isWarning: true };
}

/** A key that `revoke-key` leaves to a sweep. */
export function keptFromRevocation({ id, name, created_at }: ListedKey): string {
  return (
    `Key ${id} "${oneLine(name)}" is younger than two hours, so a step may still be storing it in a secret. ` +
    `A \`sweep-keys\` after ${storableUntil(created_at)} revokes it once its pull request is closed; \`revoke-key\` with its id revokes it at once.`
  );
}

function storableUntil(created_at: string): string {
  const until = Date.parse(created_at) + storedWithinMs;
  return Number.isNaN(until) ? 'that time' : time(new Date(until).toISOString());
}

/** The job summary of `revoke-key`. @param secret undefined unless `secret_name` is set */
export function revocationSummary(
  revoked: number,
  revocations: Revocation[],
  storing: ListedKey[],
  secret: { place: SecretPlace; removed: boolean } | undefined,
): string {
  const none = storing.length === 0 ? nothingToRevoke : '';
  const kept = storing.map(({ id, name, created_at }) => [code(name), code(id), storableUntil(created_at)]);
  const parts = [
    `### 🗑️ ${count(revoked, 'Neon key')} revoked`,
    revocations.length > 0 ? revocationsTable(revocations) : none,
    kept.length > 0 ? `#### Left to \`sweep-keys\`\n\n${table(['Key', 'Id', 'Until'], kept)}` : '',
    secret ? plain(secretRemoval(secret.place, secret.removed, true).text) : '',
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}
