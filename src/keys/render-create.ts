import type { SecretPlace } from '../github/secrets.ts';
import { oneLine } from '../lib/text.ts';
import type { NewKey } from '../neon/endpoints.ts';
import { type Fact, facts, plain, time } from '../runner/markdown.ts';
import type { Result } from '../runner/result.ts';
import type { Lifetime } from './name.ts';
import { factsOf, outputsOf, reachText } from './render.ts';
import { secretLabel } from './secret-place.ts';

/** A new key, as `create-key` reports it. */
export interface CreatedKey {
  key: NewKey;
  lifetime: Lifetime;
  projectId?: string | undefined;
  /** The secret that the key was stored in. */
  place?: SecretPlace | undefined;
}

/** A line for the log. */
export function createdLine({ key, lifetime, projectId, place }: CreatedKey): string {
  const stored = place ? ` It is in the ${secretLabel(place)}.` : '';
  return `Minted key ${key.id} "${oneLine(key.name)}" for ${reachText(projectId)}.${stored} It is valid ${validity(lifetime, key)}.`;
}

/** The result of `create-key`. @param exportEnv whether later steps of the job get the key as NEON_API_KEY */
export function createdResult(created: CreatedKey, exportEnv: boolean): Result {
  const { key, lifetime, projectId, place } = created;
  const rows: [Fact, ...Fact[]] = factsOf(key, projectId);
  if (place) rows.push(['In', plain(secretLabel(place))]);
  rows.push(['Valid', validity(lifetime, key)], ['Minted', time(key.created_at)]);
  return {
    changed: true,
    variables: exportEnv ? { NEON_API_KEY: key.key } : undefined,
    outputs: { api_key: key.key, ...outputsOf(key) },
    summary: `### 🔑 A Neon key for ${beneficiary(lifetime)}\n\n${facts(rows)}\n`,
  };
}

function beneficiary(lifetime: Lifetime): string {
  if (lifetime.kind === 'job') return 'this job';
  return lifetime.kind === 'pull-request' ? `pull request ${lifetime.number}` : 'you to keep';
}

/** Only the post step revokes by itself, so this also names the operation that revokes the other keys. */
function validity(lifetime: Lifetime, { created_at }: NewKey): string {
  if (lifetime.kind === 'job') return 'until this job ends, then its post step revokes it';
  if (lifetime.kind === 'manual') return 'until someone revokes it';
  const revoker = 'and the next `sweep-keys` or `revoke-key` revokes it';
  if (lifetime.kind === 'pull-request') return `until pull request ${lifetime.number} is closed ${revoker}`;
  const end = lifetime.kind === 'duration' ? Date.parse(created_at) + lifetime.seconds * 1000 : Number.NaN;
  return `until ${Number.isNaN(end) ? 'it expires' : time(new Date(end).toISOString())} ${revoker}`;
}
