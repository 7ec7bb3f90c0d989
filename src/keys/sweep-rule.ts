import type { ListedKey } from '../neon/endpoints.ts';
import type { GitHubDoubt, LifecycleSubject } from './ask-github.ts';
import type { Lifecycle } from './lifecycle.ts';
import { type Mark, mayBeInSecret, parseKeyName, storedWithinMs } from './name.ts';

/** A key of Neon's list that carries our mark. */
export interface MarkedKey {
  key: ListedKey;
  mark: Mark;
}

/** What keeps a key active. `storing`: a step may still be writing it to a secret. */
export type KeepReason =
  | 'run-active'
  | 'pull-request-active'
  | 'duration-not-elapsed'
  | 'manual'
  | 'rotation'
  | 'storing';

/** What ended. `max-age`: older than the input, and nothing else could end it. */
export type EndReason =
  | 'run-ended'
  | 'run-missing'
  | 'pull-request-closed'
  | 'pull-request-missing'
  | 'duration-elapsed'
  | 'max-age';

/** Why a key is kept although it may have ended. */
export type KeyDoubt = GitHubDoubt | ClockDoubt;

/** `clocks-disagree`: by some clocks it has elapsed, by others it has not. `one-clock`: nothing confirms this machine's. */
type ClockDoubt = { code: 'clocks-disagree' | 'one-clock' };

/** What becomes of a key, and why. */
export type Judgement =
  | { action: 'keep'; reason: KeepReason }
  | { action: 'keep'; reason: 'in-doubt'; doubt: KeyDoubt }
  | { action: 'revoke'; reason: EndReason };

export type Verdict = MarkedKey & Judgement;

export interface SweepRules {
  /** The present by every clock that is known, in milliseconds since the epoch. */
  times: number[];
  /** Milliseconds after which a key is revoked that nothing else ends; undefined: never. */
  maxAgeMs?: number | undefined;
  /** What GitHub answered about the subject of the key. */
  lifecycleOf: (key: MarkedKey) => Lifecycle;
}

/**
 * Finds the keys that carry our mark; no other key is ever touched.
 * @param server this GitHub server as in a mark: ids of another one mean nothing here
 */
export function markedKeys(keys: ListedKey[], server: string | undefined): MarkedKey[] {
  return keys.flatMap((key) => {
    const mark = parseKeyName(key.name)?.mark;
    return mark && mark.server === server ? [{ key, mark }] : [];
  });
}

/** The run or pull request that keeps a key active; undefined when it depends on neither. */
export function lifecycleSubjectOf({ mark }: MarkedKey): LifecycleSubject | undefined {
  const { repositoryId, runId, runAttempt, lifetime } = mark;
  if (lifetime.kind === 'job') return { kind: 'run', repositoryId, number: runId, attempt: runAttempt };
  if (lifetime.kind !== 'pull-request') return undefined;
  return { kind: 'pull-request', repositoryId, number: lifetime.number, attempt: 1 };
}

/** Judges a key by what keeps it active. When that is in doubt, the key is kept. */
export function judge(key: MarkedKey, rules: SweepRules): Judgement {
  // Only `rotate-key` knows when the secret was written.
  if (key.mark.lifetime.kind === 'rotation') return keep('rotation');
  const judgement = judgeLifetime(key, rules);
  if (judgement.action === 'keep' || !mayBeInSecret(key.mark.lifetime)) return judgement;
  return onceOlder(key, storedWithinMs, rules, judgement, keep('storing'));
}

const changeable: readonly Judgement['reason'][] = [
  'run-missing',
  'pull-request-closed',
  'pull-request-missing',
  'max-age',
];

/**
 * Whether a second look can change the verdict: a pull request can be reopened, a 404 can be an error of the moment, and
 * GitHub may answer again about a key that only `max_age` decided about.
 */
export function isChangeable({ reason }: Judgement): boolean {
  return changeable.includes(reason);
}

function judgeLifetime(key: MarkedKey, rules: SweepRules): Judgement {
  const { lifetime } = key.mark;
  if (lifetime.kind === 'duration') {
    return onceOlder(key, lifetime.seconds * 1000, rules, revoke('duration-elapsed'), keep('duration-not-elapsed'));
  }
  if (lifetime.kind === 'manual') return onceMaxAge(key, rules, keep('manual'));
  return judgeLifecycle(key, rules);
}

function judgeLifecycle(key: MarkedKey, rules: SweepRules): Judgement {
  const isRun = key.mark.lifetime.kind === 'job';
  const lifecycle = rules.lifecycleOf(key);
  switch (lifecycle.state) {
    case 'active':
      return keep(isRun ? 'run-active' : 'pull-request-active');
    case 'ended':
      return revoke(isRun ? 'run-ended' : 'pull-request-closed');
    case 'missing':
      return revoke(isRun ? 'run-missing' : 'pull-request-missing');
    case 'unknown':
      return onceMaxAge(key, rules, inDoubt(lifecycle.doubt));
  }
}

/** `max_age` does not end a key in a secret: those who set it need not know of the secret. */
function onceMaxAge(key: MarkedKey, rules: SweepRules, otherwise: Judgement): Judgement {
  if (rules.maxAgeMs === undefined || mayBeInSecret(key.mark.lifetime)) return otherwise;
  return onceOlder(key, rules.maxAgeMs, rules, revoke('max-age'), otherwise);
}

/** Clocks that differ by less count as equal: it is then only a matter of minutes until all agree. */
const toleranceMs = 5 * 60_000;

/**
 * A time has elapsed when it has by every clock, and at least two are known: a clock that is wrong revokes nothing.
 * @returns `then` or `otherwise`; a doubt when only some clocks say that the time has elapsed
 */
function onceOlder(
  { key }: MarkedKey,
  ms: number,
  { times }: SweepRules,
  then: Judgement,
  otherwise: Judgement,
): Judgement {
  // A date that cannot be read makes every comparison false.
  const late = times.filter((time) => time - Date.parse(key.created_at) >= ms);
  if (late.length === 0) return otherwise;
  if (late.length === times.length) return times.length > 1 ? then : inDoubt({ code: 'one-clock' });
  return Math.max(...times) - Math.min(...times) > toleranceMs ? inDoubt({ code: 'clocks-disagree' }) : otherwise;
}

function keep(reason: KeepReason): Judgement {
  return { action: 'keep', reason };
}

function inDoubt(doubt: KeyDoubt): Judgement {
  return { action: 'keep', reason: 'in-doubt', doubt };
}

function revoke(reason: EndReason): Judgement {
  return { action: 'revoke', reason };
}
