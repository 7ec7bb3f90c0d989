import { parseKeyName, type RunMark } from '../keys/name.ts';
import { backoffMs } from '../lib/backoff.ts';
import type { Clock } from '../lib/clock.ts';
import type { BrokerClient, BrokerKey } from './broker-client.ts';
import { BrokerError } from './errors.ts';
import { nextAttemptLine, wrongKey } from './render.ts';
import type { OpenNonce } from './state.ts';

export interface KeylessRequest {
  run: RunMark;
  projectId: string;
  label: string;
}

export interface KeylessEffects {
  broker: BrokerClient;
  clock: Clock;
  /** Saves the open nonces for the post step immediately. */
  save: (nonces: OpenNonce[]) => void;
  /** Lower-case letters and digits, new at every call. */
  newNonce: () => string;
  /** A number in [0, 1). */
  random: () => number;
  mask: (token: string) => void;
  info: (line: string) => void;
  /** Whether the post step has started: in a job container, it can run at the same time as the main step. */
  hasPostStarted: () => boolean;
  /** Once aborted, no other attempt begins. */
  cancelled: AbortSignal;
}

const maxAttempts = 5;
/** Long enough for the broker's limit per minute. */
const longestWaitMs = 60_000;
/** The last attempt begins within this time. */
const attemptsBeginWithinMs = 2 * 60_000;

/**
 * Has the broker mint a key. Each attempt uses a new ID token and a new nonce, which is saved before the request is sent.
 * While a key with this nonce may exist, the nonce stays saved, so that the post step has the key revoked.
 * @throws BrokerError of the last attempt
 * @throws Error if the response is about another key
 */
export async function mintKeyless(request: KeylessRequest, effects: KeylessEffects): Promise<BrokerKey> {
  const { clock, random, info, cancelled } = effects;
  const mustBeginBy = clock.now() + attemptsBeginWithinMs;
  const open: OpenNonce[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await attemptMint(request, open, effects);
    if (!(outcome instanceof BrokerError)) return outcome;
    const waitMs = waitBeforeAttempt(outcome, attempt, random());
    const isLast = attempt >= maxAttempts || waitMs === undefined || clock.now() + waitMs > mustBeginBy;
    if (isLast || cancelled.aborted || effects.hasPostStarted()) throw outcome;
    info(nextAttemptLine(outcome, attempt + 1, maxAttempts, waitMs));
    await clock.sleep(waitMs, cancelled);
  }
}

/** @returns the key, or the error that explains why there is no key */
async function attemptMint(
  { run, projectId, label }: KeylessRequest,
  open: OpenNonce[],
  { broker, clock, save, newNonce, mask, hasPostStarted }: KeylessEffects,
): Promise<BrokerKey | BrokerError> {
  const entry: OpenNonce = { nonce: newNonce(), requestedAt: clock.now() };
  open.push(entry);
  save(open);
  if (hasPostStarted()) throw new Error('The post step has already started, so no key was requested.');
  let key: BrokerKey;
  try {
    key = await broker.createKey({ project_id: projectId, nonce: entry.nonce, label });
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error;
    if (!error.facts.keyMayExist) {
      open.splice(open.indexOf(entry), 1);
      save(open);
    }
    return error;
  }
  mask(key.key);
  if (!isOwnKey(key, run, entry.nonce)) return foreignResponse();
  const { id, name, expires_at: expiresAt } = key;
  Object.assign(entry, { respondedAt: clock.now(), id, name, expiresAt } satisfies Partial<OpenNonce>);
  save(open);
  if (key.project_id !== projectId) throw new Error(wrongKey(key, projectId));
  if (hasPostStarted())
    throw new Error(
      'The post step has already started, so the step does not return the key, and the post step has it revoked.',
    );
  return key;
}

/** A cache or proxy returned the response to another request: the outcome of this one is unknown, and the key is not ours. */
function foreignResponse(): BrokerError {
  return new BrokerError({
    request: 'POST /v1/keys',
    code: 'outcome-unknown',
    detail: 'The response is for another request. Check the caches and proxies in front of the broker.',
    requestId: 'unknown',
    keyMayExist: true,
  });
}

/** Whether the name of a key has the mark of this run and nonce, and an expiry. */
function isOwnKey({ name }: BrokerKey, run: RunMark, nonce: string): boolean {
  const mark = parseKeyName(name)?.mark;
  if (mark?.lifetime.kind !== 'duration' || mark.nonce !== nonce) return false;
  return (['server', 'repositoryId', 'runId', 'runAttempt'] as const).every((part) => mark[part] === run[part]);
}

const firstMintWaitMs = 1000;
/** The codes of errors that may be temporary. */
const transientCodes = new Set([
  'busy',
  'neon-unavailable',
  'outcome-unknown',
  'nonce-used',
  'limit-reached',
  'internal-error',
]);
/** The reasons for which an ID token is rejected although the next one may be accepted. */
const transientReasons = new Set(['replayed', 'unknown-kid', 'not-yet-valid', 'expired', 'too-old']);

/** @returns milliseconds; undefined if another attempt would fail in the same way */
function waitBeforeAttempt({ facts }: BrokerError, attempt: number, random: number): number | undefined {
  if (facts.isWithoutIdentity || !isTransient(facts)) return undefined;
  const ceiling = backoffMs(attempt, firstMintWaitMs);
  // Part of the wait is random, so that jobs that were refused together do not retry together.
  const waitMs = Math.max(facts.retryAfterMs ?? 0, ceiling / 2) + (random * ceiling) / 2;
  return waitMs <= longestWaitMs + ceiling ? waitMs : undefined;
}

function isTransient({ code, status = 500, reason }: BrokerError['facts']): boolean {
  // Without a code, the response is not from the broker. Without a status, there was no response.
  if (code === undefined) return status >= 500 || status === 429;
  // Earlier versions of the broker send no reason.
  if (code === 'invalid-token') return reason === undefined || transientReasons.has(reason);
  return transientCodes.has(code);
}

const labelLength = 24;

/** Converts a text to a label that the broker accepts: letters, digits, spaces and `._/-`. */
export function toBrokerLabel(text: string): string {
  const allowed = text.replace(/[^A-Za-z0-9 ._/-]+/g, '-');
  return allowed.slice(0, labelLength).trim();
}
