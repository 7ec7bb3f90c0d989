import type { ListedKey } from '../neon/endpoints.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { GitHubDoubt, LifecycleSubject } from './lifecycle-requests.ts';
import { type Mark, mayBeInSecret, parseKeyName, storedWithinMs } from './name.ts';

/** A listed key whose name contains our mark. */
export interface MarkedKey {
  key: ListedKey;
  mark: Mark;
}

/**
 * What keeps a key active. `storing`: a step may still be writing it to a secret. `too-new`: GitHub returned 404 for its run
 * or pull request, but may not show it yet.
 */
export type KeepReason =
  | 'run-active'
  | 'pull-request-active'
  | 'duration-not-elapsed'
  | 'manual'
  | 'rotation'
  | 'storing'
  | 'too-new';

/** Why a key is revoked. `max-age`: it is older than `max_age`, and nothing else decides about it. */
export type EndReason =
  | 'run-ended'
  | 'run-missing'
  | 'pull-request-closed'
  | 'pull-request-missing'
  | 'duration-elapsed'
  | 'max-age';

/** Why a key is kept although it may no longer be needed. */
export type KeyDoubt = GitHubDoubt | ClockDoubt | RotationDoubt;

/** `clocks-disagree`: the time has elapsed only by some clocks. `one-clock`: no other clock confirms this machine's. */
type ClockDoubt = { code: 'clocks-disagree' | 'one-clock' };

/** No rotation has replaced the key within `max_age`: the secret may be unused, or its workflow may no longer run. */
type RotationDoubt = { code: 'not-rotated' };

/** What happens to a key, and why. */
export type Judgement =
  | { action: 'keep'; reason: KeepReason }
  | { action: 'keep'; reason: 'in-doubt'; doubt: KeyDoubt }
  | { action: 'revoke'; reason: EndReason };

export type Verdict = MarkedKey & Judgement;

export interface SweepRules {
  /** The current time by each known clock, in milliseconds since the epoch. */
  times: number[];
  /**
   * A key that reaches this age, in milliseconds, is revoked if nothing else decides about it. At that age, the newest key
   * of a rotated secret is in doubt. Undefined: no limit.
   */
  maxAgeMs?: number | undefined;
  /** The state of the run or pull request that the key depends on. */
  lifecycleOf: (key: MarkedKey) => Lifecycle;
  /** The newest key of each secret that is rotated. */
  newest: ReadonlySet<ListedKey>;
}

/**
 * Finds the keys that have our mark; no other key is ever touched.
 * @param server this GitHub server as in a mark; the ids of another server mean nothing here
 */
export function markedKeys(keys: ListedKey[], server: string | undefined): MarkedKey[] {
  return keys.flatMap((key) => {
    const mark = parseKeyName(key.name)?.mark;
    return mark && mark.server === server ? [{ key, mark }] : [];
  });
}

/** The run or pull request that keeps a key active; undefined if the key depends on neither. */
export function lifecycleSubjectOf({ mark }: MarkedKey): LifecycleSubject | undefined {
  const { repositoryId, runId, runAttempt, lifetime } = mark;
  if (lifetime.kind === 'job') return { kind: 'run', repositoryId, number: runId, attempt: runAttempt };
  if (lifetime.kind !== 'pull-request') return undefined;
  return { kind: 'pull-request', repositoryId, number: lifetime.number, attempt: 1 };
}

/** Judges a key by what keeps it active. If that is in doubt, the key is kept. */
export function judge(key: MarkedKey, rules: SweepRules): Judgement {
  if (key.mark.lifetime.kind === 'rotation') return judgeRotated(key, rules);
  const judgement = judgeLifetime(key, rules);
  if (judgement.action === 'keep' || !mayBeInSecret(key.mark.lifetime)) return judgement;
  return judgeElapsed(key, storedWithinMs, rules, judgement, keep('storing'));
}

const changeable: readonly Judgement['reason'][] = [
  'run-missing',
  'pull-request-closed',
  'pull-request-missing',
  'max-age',
];

/**
 * Whether the verdict can change when the key is judged again: a pull request can be reopened, a 404 can be a temporary
 * error, and GitHub may be available again for a key that only `max_age` decided about.
 */
export function isChangeable({ reason }: Judgement): boolean {
  return changeable.includes(reason);
}

function judgeLifetime(key: MarkedKey, rules: SweepRules): Judgement {
  const { lifetime } = key.mark;
  if (lifetime.kind === 'duration') {
    return judgeElapsed(key, lifetime.seconds * 1000, rules, revoke('duration-elapsed'), keep('duration-not-elapsed'));
  }
  if (lifetime.kind === 'manual') return judgeMaxAge(key, rules, keep('manual'));
  return judgeLifecycle(key, rules);
}

/**
 * How long after its mint a key is kept although its run or pull request is missing, in milliseconds. GitHub does not document
 * how far its lists can lag; an hour is ample, and delays only the keys of deleted runs and pull requests.
 */
const shownWithinMs = 3_600_000;

function judgeLifecycle(key: MarkedKey, rules: SweepRules): Judgement {
  const isRun = key.mark.lifetime.kind === 'job';
  const lifecycle = rules.lifecycleOf(key);
  switch (lifecycle.state) {
    case 'active':
      return keep(isRun ? 'run-active' : 'pull-request-active');
    case 'ended':
      return revoke(isRun ? 'run-ended' : 'pull-request-closed');
    case 'missing': {
      const reason = isRun ? 'run-missing' : 'pull-request-missing';
      return judgeElapsed(key, shownWithinMs, rules, revoke(reason), keep('too-new'));
    }
    case 'unknown':
      return judgeMaxAge(key, rules, inDoubt(lifecycle.doubt));
  }
}

/** A sweep never revokes a rotated key, because only `rotate-key` reads when the secret was written. */
function judgeRotated(key: MarkedKey, rules: SweepRules): Judgement {
  if (rules.maxAgeMs === undefined || !rules.newest.has(key.key)) return keep('rotation');
  return judgeElapsed(key, rules.maxAgeMs, rules, inDoubt({ code: 'not-rotated' }), keep('rotation'));
}

/** Finds the newest key of each secret that is rotated. */
export function newestOfSecrets(keys: readonly MarkedKey[]): Set<ListedKey> {
  const newest = new Map<string, ListedKey>();
  for (const { key, mark } of keys) {
    if (mark.lifetime.kind !== 'rotation') continue;
    const last = newest.get(mark.lifetime.secretId);
    if (last === undefined || Date.parse(key.created_at) > Date.parse(last.created_at))
      newest.set(mark.lifetime.secretId, key);
  }
  return new Set(newest.values());
}

/** `max_age` does not apply to a key in a secret, because the author of the sweep may not know about the secret. */
function judgeMaxAge(key: MarkedKey, rules: SweepRules, otherwise: Judgement): Judgement {
  if (rules.maxAgeMs === undefined || mayBeInSecret(key.mark.lifetime)) return otherwise;
  return judgeElapsed(key, rules.maxAgeMs, rules, revoke('max-age'), otherwise);
}

/** Clocks that differ by no more than this count as equal. */
const toleranceMs = 5 * 60_000;

/**
 * A time has elapsed if it has by all known clocks, and at least two are known: a single wrong clock revokes nothing.
 * @returns `ifElapsed` or `otherwise`; a doubt if the time has elapsed only by some clocks, or by the only one
 */
function judgeElapsed(
  { key }: MarkedKey,
  ms: number,
  { times }: SweepRules,
  ifElapsed: Judgement,
  otherwise: Judgement,
): Judgement {
  // With an unreadable date, every comparison is false.
  const late = times.filter((time) => time - Date.parse(key.created_at) >= ms);
  if (late.length === 0) return otherwise;
  if (late.length === times.length) return times.length > 1 ? ifElapsed : inDoubt({ code: 'one-clock' });
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
