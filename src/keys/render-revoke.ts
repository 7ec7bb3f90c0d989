import type { SecretPlace } from '../github/secrets.ts';
import { count, oneLine } from '../lib/text.ts';
import type { ListedKey } from '../neon/endpoints.ts';
import { code, plain, table, time } from '../runner/markdown.ts';
import { storedWithinMs } from './name.ts';
import { revocationsTable } from './render.ts';
import type { Revocation } from './revoke.ts';
import { secretLabel } from './secret-place.ts';

/** Reported when no key matches. */
export const nothingToRevoke = 'No matching key is active, so there is nothing to revoke.';

/** What happened to the secret. @param keysFound whether any key was found that the secret may have held */
export function secretRemoval(
  place: SecretPlace,
  removed: boolean,
  keysFound: boolean,
): { text: string; isWarning: boolean } {
  const label = secretLabel(place);
  if (!removed) return { text: `There is no ${label} to delete.`, isWarning: false };
  if (keysFound) return { text: `Deleted the ${label}.`, isWarning: false };
  const text =
    `Deleted the ${label}, but found no key for it, so the key that it held may still be active. ` +
    'Find it with `list-keys` and revoke it with `revoke-key`.';
  return { text, isWarning: true };
}

/** A key that `revoke-key` leaves to a sweep. */
export function keptFromRevocation({ id, name, created_at }: ListedKey): string {
  return (
    `Key ${id} "${oneLine(name)}" was not revoked: it is less than two hours old, so a step may still be storing it in a secret. ` +
    `After ${storableUntil(created_at)}, \`sweep-keys\` revokes it if its pull request is closed. To revoke it now, run \`revoke-key\` with \`key_id: ${id}\`.`
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
    kept.length > 0 ? `#### Left to \`sweep-keys\`\n\n${table(['Key', 'ID', 'Kept until'], kept)}` : '',
    secret ? plain(secretRemoval(secret.place, secret.removed, true).text) : '',
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}
