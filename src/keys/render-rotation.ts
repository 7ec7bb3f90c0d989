import type { SecretPlace } from '../github/secrets.ts';
import { count, oneLine } from '../lib/text.ts';
import type { ListedKey } from '../neon/endpoints.ts';
import { code, facts, plain, table, time } from '../runner/markdown.ts';
import { storedWithinMs } from './name.ts';
import { factsOf, outcomes, revocationsTable } from './render.ts';
import type { Revocation } from './revoke.ts';
import type { Rotation } from './rotate.ts';
import { secretLabel } from './secret-place.ts';

/** The warning that a key of another origin may have been in the secret. @param isPersonal whether it is a personal key */
export function foreignKeyWarning(place: SecretPlace, isPersonal: boolean): string {
  const revoke = isPersonal
    ? "Revoke it in its owner's account settings in the Neon Console once no run uses it."
    : 'Find it with `list-keys` and revoke it with `revoke-key` once no run uses it.';
  return `The ${secretLabel(place)} may have held a key that \`rotate-key\` did not create. It stays active. ${revoke}`;
}

/** The inputs that say what a rotated key can reach. */
export interface ReachInputs {
  scope: 'project' | 'organization' | 'account';
  project_id?: string | undefined;
}

/** The job summary of a rotation. */
export function rotationSummary(rotation: Rotation, place: SecretPlace, { scope, project_id }: ReachInputs): string {
  const { key } = rotation;
  const rows = factsOf(key, project_id);
  if (scope === 'account') rows.splice(2, 1, ['Reaches', '⚠️ everything that its owner can reach']);
  const parts = [
    `### 🔄 New Neon key in the ${plain(secretLabel(place))}`,
    facts([...rows, ['Created', time(key.created_at)]]),
    previousKeys(rotation),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function previousKeys({ revocations, kept }: Rotation): string {
  const rows = [
    ...revocations.map(({ target, how }) => [code(target.name), code(target.id ?? ''), outcomes[how]]),
    ...kept.map(({ key, until }) => [code(key.name), code(key.id), keptUntil(until)]),
  ];
  if (rows.length === 0) return '';
  return `#### Previous keys\n\n${table(['Key', 'Id', 'Status'], rows)}`;
}

function keptUntil(until: number | undefined): string {
  if (until === undefined) return 'active; the secret may hold it, so a later rotation decides';
  return `active; the first rotation after ${time(new Date(until).toISOString())} revokes it`;
}

/** What became of the secret of a `revoke-key`. @param keysFound whether there are keys that it may have held */
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

/** The job summary of `revoke-key`. @param secret when one was to be deleted */
export function revocationSummary(
  revoked: number,
  revocations: Revocation[],
  storing: ListedKey[],
  secret: { place: SecretPlace; removed: boolean } | undefined,
): string {
  const none = storing.length === 0 ? 'No such key is active: nothing to revoke.' : '';
  const kept = storing.map(({ id, name, created_at }) => [code(name), code(id), storableUntil(created_at)]);
  const parts = [
    `### 🗑️ ${count(revoked, 'Neon key')} revoked`,
    revocations.length > 0 ? revocationsTable(revocations) : none,
    kept.length > 0 ? `#### Left to \`sweep-keys\`\n\n${table(['Key', 'Id', 'Until'], kept)}` : '',
    secret ? plain(secretRemoval(secret.place, secret.removed, true).text) : '',
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}
