import type { SecretPlace } from '../github/secrets.ts';
import { oneLine } from '../lib/text.ts';
import type { NewKey } from '../neon/endpoints.ts';
import { type Fact, facts, plain, time } from '../runner/markdown.ts';
import type { Result } from '../runner/result.ts';
import type { Lifetime } from './name.ts';
import { accessText, factsOf, outputsOf } from './render.ts';
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
  return `Created key ${key.id} "${oneLine(key.name)}" for ${accessText(projectId)}.${stored} It is valid ${validity(lifetime, key)}.`;
}

/** The result of `create-key`. @param exportEnv whether later steps of the job get the key as NEON_API_KEY */
export function createdResult(created: CreatedKey, exportEnv: boolean): Result {
  const { key, lifetime, projectId, place } = created;
  const rows: [Fact, ...Fact[]] = factsOf(key, projectId);
  if (place) rows.push(['Stored in', plain(secretLabel(place))]);
  rows.push(['Valid', validity(lifetime, key)], ['Created', time(key.created_at)]);
  return {
    changed: true,
    variables: exportEnv ? { NEON_API_KEY: key.key } : undefined,
    outputs: { api_key: key.key, ...outputsOf(key) },
    summary: `### 🔑 New Neon key${purpose(lifetime)}\n\n${facts(rows)}\n`,
  };
}

function purpose(lifetime: Lifetime): string {
  if (lifetime.kind === 'job') return ' for this job';
  return lifetime.kind === 'pull-request' ? ` for pull request ${lifetime.number}` : '';
}

/** No key expires by itself, so this names what revokes it. */
function validity(lifetime: Lifetime, { created_at }: NewKey): string {
  if (lifetime.kind === 'job') return 'until the post step revokes it at the end of this job';
  if (lifetime.kind === 'manual') return 'until someone revokes it';
  if (lifetime.kind === 'pull-request')
    return `until \`sweep-keys\` or \`revoke-key\` runs after pull request ${lifetime.number} is closed`;
  const end = lifetime.kind === 'duration' ? Date.parse(created_at) + lifetime.seconds * 1000 : Number.NaN;
  return `until \`sweep-keys\` runs after ${Number.isNaN(end) ? 'its duration has elapsed' : time(new Date(end).toISOString())}`;
}
