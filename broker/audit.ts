import type { Clock } from '../src/lib/clock.ts';

/** One decision or one revocation. */
export interface AuditEntry {
  event: 'mint' | 'delete' | 'revoke';
  /** The decision or outcome, such as `minted`, `denied` or `revoked`. */
  outcome: string;
  request_id?: string | undefined;
  policy?: string | undefined;
  grant?: string | undefined;
  claims?: Record<string, unknown> | undefined;
  project_id?: string | undefined;
  key_id?: string | undefined;
  key_name?: string | undefined;
  /** Why: a limit, a failed claim, `expired`. */
  reason?: string | undefined;
}

/** Writes one line of JSON for each entry. */
export type Audit = (entry: AuditEntry) => void;

/** The claims that an entry shows. `actor` is personal data. */
const auditedClaims = [
  'repository',
  'repository_id',
  'repository_owner_id',
  'run_id',
  'run_attempt',
  'event_name',
  'ref',
  'sha',
  'environment',
  'workflow_ref',
  'job_workflow_ref',
  'runner_environment',
  'repository_visibility',
  'actor',
  'actor_id',
  'jti',
] as const;

const maxClaimLength = 200;

/** @param write called with a line without a line break; throws if the line could not be written */
export function createAudit(write: (line: string) => void, clock: Pick<Clock, 'now'>): Audit {
  return (entry) => {
    const { claims, ...rest } = entry;
    write(toJsonLine({ time: new Date(clock.now()).toISOString(), ...rest, claims: claims && pickClaims(claims) }));
  };
}

function pickClaims(claims: Record<string, unknown>): Record<string, string> {
  const present = auditedClaims.filter((name) => typeof claims[name] === 'string' || typeof claims[name] === 'number');
  return Object.fromEntries(present.map((name) => [name, String(claims[name]).slice(0, maxClaimLength)]));
}

/** JSON in one line of printable characters: control, format and line-separator characters are `\u` escapes. */
export function toJsonLine(value: object): string {
  const escapeUnits = (character: string) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join('');
  return JSON.stringify(value).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, escapeUnits);
}
