import { z } from 'zod';
import type { RunMark } from '../../src/keys/name.ts';
import { serverId } from '../../src/lib/server-id.ts';
import type { PolicyClaims } from '../policy/match.ts';
import { conditionNames } from '../policy/schema.ts';

/** The claims of a verified token. */
export interface Caller extends PolicyClaims {
  /** The workflow run that its keys belong to. */
  run: RunMark;
  /** `owner/name`, for people. */
  repository: string;
}

/** GitHub sends IDs as strings. */
const idClaim = z
  .union([z.string().regex(/^[1-9]\d{0,15}$/), z.number()])
  .transform(Number)
  .pipe(z.int().positive());
const textClaim = z.string().min(1);

const policyClaimsSchema = z.object({
  repository_id: idClaim,
  repository_owner_id: idClaim,
  event_name: textClaim,
  ref: textClaim,
  actor: textClaim,
  actor_id: textClaim.optional(),
});
const callerSchema = policyClaimsSchema.extend({ repository: textClaim, run_id: idClaim, run_attempt: idClaim });

/** Required claims are missing or invalid. */
export class ClaimsError extends Error {
  override readonly name = 'ClaimsError';
  readonly claims: string[];
  constructor(claims: string[]) {
    super(`These claims are missing or invalid: ${claims.join(', ')}.`);
    this.claims = claims;
  }
}

/**
 * @param payload the claims of a verified token
 * @param serverUrl the GitHub server of the issuer, to which the IDs in the claims belong
 * @throws ClaimsError
 */
export function readCaller(payload: Record<string, unknown>, serverUrl: string): Caller {
  const { repository, run_id, run_attempt } = parse(callerSchema, payload);
  const claims = readPolicyClaims(payload);
  const server = serverId(serverUrl);
  const run: RunMark = { repositoryId: claims.repositoryId, runId: run_id, runAttempt: run_attempt };
  return { ...claims, repository, run: server === undefined ? run : { ...run, server } };
}

/** Reads only the claims that a decision needs. @throws ClaimsError */
export function readPolicyClaims(payload: Record<string, unknown>): PolicyClaims {
  const { repository_id, repository_owner_id, actor, actor_id } = parse(policyClaimsSchema, payload);
  const conditions: PolicyClaims['conditions'] = {};
  for (const name of conditionNames) {
    const value = payload[name];
    if (typeof value === 'string') conditions[name] = value;
  }
  return { repositoryId: repository_id, ownerId: repository_owner_id, actor, actorId: actor_id, conditions };
}

function parse<T extends z.ZodType>(schema: T, payload: unknown): z.output<T> {
  const result = schema.safeParse(payload);
  if (result.success) return result.data;
  throw new ClaimsError([...new Set(result.error.issues.map(({ path }) => String(path[0])))]);
}
