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
  /** Keeps the open nonces for the post step, at once. */
  save: (nonces: OpenNonce[]) => void;
  /** Lower-case letters and digits, new at every call. */
  newNonce: () => string;
  /** A number in [0, 1). */
  random: () => number;
  mask: (token: string) => void;
  info: (line: string) => void;
  /** Whether the post step runs already, as it can beside a main step in a job container. */
  hasPostStarted: () => boolean;
  /** Once aborted, nothing new is begun. */
  cancelled: AbortSignal;
}

const maxAttempts = 5;
/** A limit of the broker is per minute. */
const longestWaitMs = 60_000;
/** The last attempt begins within this time. */
const longestMs = 2 * 60_000;

/**
 * Has the broker mint a key. Each attempt has a nonce of its own, which is saved before the request leaves, and an ID token
 * of its own. A nonce under which a key may exist stays saved: post has it revoked.
 * @throws BrokerError of the last attempt
 * @throws Error when the answer is about another key
 */
export async function mintKeyless(request: KeylessRequest, effects: KeylessEffects): Promise<BrokerKey> {
  const { clock, random, info, cancelled } = effects;
  const mustBeginBy = clock.now() + longestMs;
  const open: OpenNonce[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const answer = await attemptMint(request, open, effects);
    if (!(answer instanceof BrokerError)) return answer;
    const waitMs = waitBeforeAttempt(answer, attempt, random());
    const isLast = attempt >= maxAttempts || waitMs === undefined || clock.now() + waitMs > mustBeginBy;
    if (isLast || cancelled.aborted || effects.hasPostStarted()) throw answer;
    info(nextAttemptLine(answer, attempt + 1, maxAttempts, waitMs));
    await clock.sleep(waitMs, cancelled);
  }
}

/** @returns the key, or why no key is handed out */
async function attemptMint(
  { run, projectId, label }: KeylessRequest,
  open: OpenNonce[],
  { broker, clock, save, newNonce, mask, hasPostStarted }: KeylessEffects,
): Promise<BrokerKey | BrokerError> {
  const entry: OpenNonce = { nonce: newNonce(), askedAt: clock.now() };
  open.push(entry);
  save(open);
  if (hasPostStarted()) throw new Error('The post step runs already, so nothing is minted any more.');
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
  Object.assign(entry, { id: key.id, name: key.name, expiresAt: key.expires_at } satisfies Partial<OpenNonce>);
  save(open);
  if (!isOwnKey(key, run, entry.nonce) || key.project_id !== projectId) throw new Error(wrongKey(key, projectId));
  if (hasPostStarted()) throw new Error('The post step runs already, so the key is not handed out.');
  return key;
}

/** Whether a key's name says that it was minted for this run and nonce, and expires. */
function isOwnKey({ name }: BrokerKey, run: RunMark, nonce: string): boolean {
  const mark = parseKeyName(name)?.mark;
  if (mark?.lifetime.kind !== 'duration' || mark.nonce !== nonce) return false;
  return (['server', 'repositoryId', 'runId', 'runAttempt'] as const).every((part) => mark[part] === run[part]);
}

const firstMintWaitMs = 1000;
const worthRepeating = new Set([
  'busy',
  'neon-unavailable',
  'outcome-unknown',
  'nonce-used',
  'limit-reached',
  'internal-error',
  'invalid-token',
]);

/** @returns milliseconds; undefined when another attempt would end the same way */
function waitBeforeAttempt({ facts }: BrokerError, attempt: number, random: number): number | undefined {
  const { code, status, retryAfterMs } = facts;
  if (facts.isWithoutIdentity) return undefined;
  // Without a status nothing was answered; without a code it was not the broker that answered.
  const isPassing =
    code === undefined ? status === undefined || status >= 500 || status === 429 : worthRepeating.has(code);
  if (!isPassing) return undefined;
  const ceiling = backoffMs(attempt, firstMintWaitMs);
  // Jobs that were refused together must not come back together.
  const waitMs = Math.max(retryAfterMs ?? 0, ceiling / 2) + (random * ceiling) / 2;
  return waitMs <= longestWaitMs + ceiling ? waitMs : undefined;
}

const labelLength = 24;

/** What the broker takes as a label: letters, digits, spaces and `._/-`. */
export function toBrokerLabel(text: string): string {
  const allowed = text.replace(/[^A-Za-z0-9 ._/-]+/g, '-');
  return allowed.slice(0, labelLength).trim();
}
