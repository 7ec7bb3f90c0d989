import type { Clock } from '../src/lib/clock.ts';
import type { Audit, AuditEntry } from './audit.ts';
import type { Deletion } from './keys/deletion.ts';
import type { KeyKeeper } from './keys/keeper.ts';
import type { Metrics } from './metrics.ts';
import { type Decision, decide } from './policy/match.ts';
import type { Grant } from './policy/schema.ts';
import type { PolicyStore } from './policy/store.ts';
import { Problem, toFailedGrant } from './problem.ts';
import { readKeyRequest, readNonce } from './request.ts';
import { type Caller, ClaimsError, readCaller } from './token/claims.ts';
import type { ReplayGuard } from './token/replay.ts';
import type { SigningKeys } from './token/signing-keys.ts';
import { maxTokenAgeSeconds, type TimedPayload, TokenError, verifyIdToken } from './token/verify.ts';

/** A key with its token: the response to a mint. */
interface IssuedKey {
  id: string;
  name: string;
  key: string;
  project_id: string;
  created_at: string;
  expires_at: string;
}

/** What every request contains. */
interface ServiceRequest {
  /** The Authorization header. */
  authorization: string | undefined;
  requestId: string;
}

/** What the broker does for callers. Both throw Problem and TokenError. */
export interface BrokerService {
  createKey(request: ServiceRequest & { body: string; callerGone: AbortSignal }): Promise<IssuedKey>;
  deleteKey(request: ServiceRequest & { nonce: string }): Promise<Deletion>;
}

export interface ServiceOptions {
  issuer: string;
  /** The GitHub server of the issuer. */
  serverUrl: string;
  signingKeys: Pick<SigningKeys, 'find'>;
  replays: ReplayGuard;
  policy: Pick<PolicyStore, 'current'>;
  keeper: Pick<KeyKeeper, 'requireFreshNonce' | 'mint' | 'delete'>;
  clock: Pick<Clock, 'now'>;
  audit: Audit;
  metrics: Metrics;
}

/** Checks, in this order: token, nonce, policy, limits, Neon. The size of the body has already been checked. */
export function createService(options: ServiceOptions): BrokerService {
  return {
    createKey: (request) => issueKey(request, options),
    deleteKey: (request) => deleteKey(request, options),
  };
}

async function issueKey(
  { authorization, body, callerGone, requestId }: Parameters<BrokerService['createKey']>[0],
  options: ServiceOptions,
): Promise<IssuedKey> {
  const { replays, policy, keeper, metrics } = options;
  const { payload, caller } = await authenticate(authorization, options);
  if (!replays.use(payload.jti, (payload.iat + maxTokenAgeSeconds + 60) * 1000)) throw new TokenError('replayed');
  const { policy: current, hash } = policy.current();
  const entry = { event: 'mint', request_id: requestId, policy: hash, claims: payload } as const;
  return audited(entry, options, async (line) => {
    const { project_id: projectId, nonce, label } = readKeyRequest(body);
    line.project_id = projectId;
    keeper.requireFreshNonce(caller.run, nonce);
    const { name: grant, lifetime: lifetimeSeconds } = requireGrant(decide(current, caller, projectId), metrics);
    line.grant = grant;
    const request = { run: caller.run, projectId, nonce, label, lifetimeSeconds, requestId, callerGone };
    const { id, name, key, created_at } = await countMint(keeper.mint(request), metrics);
    Object.assign(line, { outcome: 'minted', key_id: id, key_name: name });
    const createdMs = timeOf(created_at, options.clock.now());
    const expires_at = isoTime(createdMs + lifetimeSeconds * 1000);
    return { id, name, key, project_id: projectId, created_at: isoTime(createdMs), expires_at };
  });
}

/** Requires a token from a repository of the policy's owner, but no grant. */
async function deleteKey(
  { authorization, nonce: text, requestId }: Parameters<BrokerService['deleteKey']>[0],
  options: ServiceOptions,
): Promise<Deletion> {
  const { policy, keeper } = options;
  const { payload, caller } = await authenticate(authorization, options);
  const { policy: current, hash } = policy.current();
  const entry = { event: 'delete', request_id: requestId, policy: hash, claims: payload } as const;
  return audited(entry, options, async (line) => {
    const nonce = readNonce(text);
    if (caller.ownerId !== current.owner_id) throw denied({ reason: 'foreign-owner', examined: [] });
    const deletion = await keeper.delete(caller.run, nonce, requestId);
    line.outcome = deletion.pending ? 'pending' : 'deleted';
    line.key_id = deletion.revoked.join(',') || undefined;
    return deletion;
  });
}

/** @throws TokenError */
async function authenticate(
  authorization: string | undefined,
  { signingKeys, issuer, serverUrl, policy, clock }: ServiceOptions,
): Promise<{ payload: TimedPayload; caller: Caller }> {
  const token = /^Bearer +([\w.-]+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new TokenError(authorization === undefined ? 'missing' : 'malformed');
  const { audience } = policy.current().policy;
  const payload = await verifyIdToken(token, { keys: signingKeys, issuer, audience, nowMs: clock.now() });
  try {
    return { payload, caller: readCaller(payload, serverUrl) };
  } catch (error) {
    if (error instanceof ClaimsError) throw new TokenError('claims', error.message);
    throw error;
  }
}

/** Writes one line for every decision. */
async function audited<T>(
  known: Omit<AuditEntry, 'outcome'>,
  { audit }: Pick<ServiceOptions, 'audit'>,
  work: (entry: AuditEntry) => Promise<T>,
): Promise<T> {
  const entry: AuditEntry = { ...known, outcome: 'failed' };
  try {
    return await work(entry);
  } catch (error) {
    if (error instanceof Problem || error instanceof TokenError) {
      entry.outcome = error instanceof Problem ? error.code : error.problem;
      entry.reason = reasonOf(error);
    }
    throw error;
  } finally {
    audit(entry);
  }
}

/** The names of the claims that did not match, or the message. The values are in `claims`. */
function reasonOf(error: Problem | TokenError): string {
  if (!(error instanceof Problem) || !error.grants?.length) return error.message;
  return error.grants.map(({ grant, failed }) => `${grant}: ${failed.map(({ claim }) => claim).join(', ')}`).join('; ');
}

/** @throws Problem */
function requireGrant(decision: Decision, metrics: Metrics): Grant {
  if (decision.allowed) return decision.grant;
  metrics.count('neon_broker_denials_total', { reason: decision.reason });
  throw denied(decision);
}

const denials = {
  'foreign-owner': 'The owner of this repository is not the `owner_id` of the policy.',
  'no-grant': 'The policy has no grant for the ID of this repository.',
  'conditions-failed': 'No grant for this repository matches this job.',
};

function denied({ reason, examined }: Pick<Extract<Decision, { allowed: false }>, 'reason' | 'examined'>): Problem {
  const grants = examined.map(({ grant, conditions }) => toFailedGrant(grant.name, conditions));
  return new Problem('denied', denials[reason], { grants });
}

async function countMint<T>(work: Promise<T>, metrics: Metrics): Promise<T> {
  const count = (outcome: string) => metrics.count('neon_broker_mints_total', { outcome });
  try {
    const result = await work;
    count('minted');
    return result;
  } catch (error) {
    count(error instanceof Problem ? error.code : 'failed');
    throw error;
  }
}

/** By Neon's clock, or by the host's if `created_at` cannot be read. */
function timeOf(createdAt: string, now: number): number {
  const createdMs = Date.parse(createdAt);
  return Number.isNaN(createdMs) ? now : createdMs;
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
