import type { SecretPlace } from '../github/secrets.ts';
import { oneLine } from '../lib/text.ts';
import { code, facts, plain, table, time } from '../runner/markdown.ts';
import { factsOf, outcomes } from './render.ts';
import type { Rotation } from './rotate.ts';
import { secretLabel } from './secret-place.ts';

/** The warning that the secret may have held a key of another origin. @param isPersonal whether personal keys are rotated */
export function foreignKeyWarning(place: SecretPlace, isPersonal: boolean): string {
  const revoke = isPersonal
    ? "Revoke it in its owner's account settings in the Neon Console once no run uses it."
    : 'Find it with `list-keys` and revoke it with `revoke-key` once no run uses it.';
  return `The ${secretLabel(place)} may have held a key that \`rotate-key\` did not create. That key stays active. ${revoke}`;
}

/** A line for the log. */
export function rotatedLine({ key }: Rotation, place: SecretPlace): string {
  return `Stored the new key ${key.id} "${oneLine(key.name)}" in the ${secretLabel(place)}.`;
}

/** The inputs that determine what a rotated key can access. */
export interface AccessInputs {
  scope: 'project' | 'organization' | 'account';
  project_id?: string | undefined;
}

/** The job summary of a rotation. */
export function rotationSummary(rotation: Rotation, place: SecretPlace, { scope, project_id }: AccessInputs): string {
  const { key } = rotation;
  const rows = factsOf(key, project_id);
  if (scope === 'account') rows.splice(2, 1, ['Access', '⚠️ everything that its owner can access']);
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
  return `#### Previous keys\n\n${table(['Key', 'ID', 'Outcome'], rows)}`;
}

function keptUntil(until: number | undefined): string {
  if (until === undefined) return 'active, because the secret may still hold it';
  return `active; the first rotation after ${time(new Date(until).toISOString())} revokes it`;
}
