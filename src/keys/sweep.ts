import type { Lifecycle } from '../github/lifecycle.ts';
import type { ListedKey } from '../neon/endpoints.ts';
import { type Lifetime, type Mark, mayBeInSecret, parseName } from './name.ts';
import { storedWithinMs } from './rotation.ts';

/** A key of Neon's list that carries our mark. */
export interface MarkedKey {
  key: ListedKey;
  mark: Mark;
}

/** What becomes of a key, and why, for people. */
export interface Verdict extends MarkedKey {
  action: 'revoke' | 'keep';
  why: string;
  /** Kept only because GitHub did not tell. */
  doubt?: true;
}

export interface SweepRules {
  /** Milliseconds since the epoch. */
  now: number;
  /** Milliseconds after which a key goes that nothing else ends; missing: it stays. */
  maxAgeMs?: number;
  /** Of a key that `asksGitHub`. */
  reasonOf: (key: MarkedKey) => Lifecycle;
}

/**
 * @param server the own one, as in a mark: another server's runs and repositories have the same numbers
 * @returns the keys that carry our mark; no other key is ever touched
 */
export function markedKeys(keys: ListedKey[], server?: string): MarkedKey[] {
  return keys.flatMap((key) => {
    const mark = parseName(key.name)?.mark;
    return mark && mark.server === server ? [{ key, mark }] : [];
  });
}

/**
 * GitHub cancels a run after 35 days (GitHub documentation, "Actions limits"): what was minted in one that is older is
 * over, and nobody needs to be asked.
 */
const longestRunMs = 36 * 24 * 3_600_000;

/** Whether GitHub has to be asked about the key's reason to live. */
export function asksGitHub({ key, mark }: MarkedKey, now: number): boolean {
  if (mark.lifetime.kind === 'pull-request') return true;
  // An age that cannot be read is no great age.
  return mark.lifetime.kind === 'job' && !(ageOf(key, now) >= longestRunMs);
}

/** Judges each key by its reason to live. A key whose reason holds, or may hold, is kept. */
export function judge(keys: MarkedKey[], rules: SweepRules): Verdict[] {
  return keys.map((one) => ({ ...one, ...judgeKey(one, rules) }));
}

type Judgement = Pick<Verdict, 'action' | 'why' | 'doubt'>;

function judgeKey(one: MarkedKey, rules: SweepRules): Judgement {
  // Only `rotate-key` sees when the secret was written.
  if (one.mark.lifetime.kind === 'rotation') return keep('its secret may hold it, and `rotate-key` revokes it');
  const judgement = judgeLifetime(one, rules);
  if (judgement.action === 'keep' || !mayBeInSecret(one.mark.lifetime)) return judgement;
  // An age that cannot be read is no great age.
  return ageOf(one.key, rules.now) > storedWithinMs
    ? judgement
    : keep('a step may still be storing it in a secret, because it is younger than two hours');
}

function judgeLifetime(one: MarkedKey, rules: SweepRules): Judgement {
  const { lifetime } = one.mark;
  if (lifetime.kind === 'duration') return judgeDuration(one, lifetime, rules.now);
  if (lifetime.kind === 'manual') return judgeAge(one, rules) ?? keep('it lives until somebody revokes it');
  return judgeReason(one, rules);
}

function judgeDuration({ key }: MarkedKey, { seconds }: Lifetime & { kind: 'duration' }, now: number): Judgement {
  const end = Date.parse(key.created_at) + seconds * 1000;
  // A time that cannot be read is no time that is past.
  if (!(end <= now)) return keep('its time is not over');
  return revoke('its time is over');
}

function judgeReason(one: MarkedKey, rules: SweepRules): Judgement {
  const what = one.mark.lifetime.kind === 'job' ? 'its run' : 'its pull request';
  const reason = asksGitHub(one, rules.now) ? rules.reasonOf(one) : 'over';
  if (reason === 'over') return revoke(`${what} is over`);
  if (reason === 'holds') return keep(`${what} is not over`);
  return judgeAge(one, rules) ?? { ...keep(`whether ${what} is over is not known: ${reason.unknown}`), doubt: true };
}

/** `max_age` does not end a key in a secret: whoever set it need not know of the secret. */
function judgeAge({ key, mark }: MarkedKey, { now, maxAgeMs }: SweepRules): Judgement | undefined {
  if (mayBeInSecret(mark.lifetime)) return undefined;
  return maxAgeMs !== undefined && ageOf(key, now) > maxAgeMs ? revoke('it is older than `max_age`') : undefined;
}

function ageOf(key: ListedKey, now: number): number {
  return now - Date.parse(key.created_at);
}

function keep(why: string): Judgement {
  return { action: 'keep', why };
}

function revoke(why: string): Judgement {
  return { action: 'revoke', why };
}
