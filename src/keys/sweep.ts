import type { GitHub } from '../github/client.ts';
import { repositoryIds } from '../github/repositories.ts';
import { repositoryOf, type WorkflowRun } from '../github/run.ts';
import type { Clock } from '../lib/clock.ts';
import type { NeonReader } from '../neon/endpoints.ts';
import { type Lifecycle, type LifecycleReader, lifecycleReader } from './lifecycle.ts';
import type { GitHubDoubt, LifecycleSubject } from './lifecycle-requests.ts';
import { isFrom } from './name.ts';
import { type Revocation, type RevokeEffects, revokeKeys, targetOf } from './revoke.ts';
import {
  isChangeable,
  judge,
  lifecycleSubjectOf,
  type MarkedKey,
  markedKeys,
  newestOfSecrets,
  type Verdict,
} from './sweep-rule.ts';

export interface SweepRequest {
  run: WorkflowRun;
  /** The repositories whose keys are swept, as `owner/name`; `*`: all; undefined: the one of the run. */
  repositories?: '*' | string[] | undefined;
  maxAgeMs?: number | undefined;
  /** Whether keys are revoked; otherwise they are only judged. */
  apply: boolean;
}

export interface SweepEffects {
  clock: Clock;
  cancelled?: AbortSignal | undefined;
  neon: RevokeEffects['neon'] & Pick<NeonReader, 'now' | 'hasTime'>;
  /** Opens GitHub's API. Called only if a key depends on a run or a pull request, or `repositories` contains names. */
  github: () => Promise<GitHub>;
  /** Called after each request about a single run or pull request. */
  onResult: () => void;
  /** Called after all keys are judged and before the first one is revoked. */
  onPlan: (sweep: Sweep) => void;
  onRevocation: (revocation: Revocation) => void;
  onWait?: RevokeEffects['onWait'];
}

export interface Sweep {
  /** The number of keys in Neon's list, with and without our mark. */
  listed: number;
  /** One for each key in scope, in the order of Neon's list. */
  verdicts: Verdict[];
  revocations: Revocation[];
  /** Why nothing could be read from GitHub: it refused the token, or the token cannot see this repository. */
  blindness?: GitHubDoubt | undefined;
  /** The current time by Neon's clock, in milliseconds since the epoch. */
  now: number;
}

/**
 * Judges the keys that this action created, and revokes those whose run, pull request or time has ended.
 * @throws NeonError if the list cannot be read; GitHubError if a repository of `repositories` cannot be found; the reason
 * of a cancellation
 */
export async function sweep(request: SweepRequest, effects: SweepEffects): Promise<Sweep> {
  const all = await effects.neon.listOrgApiKeys();
  const keys = await keysInScope(markedKeys(all, request.run.server), request, effects.github);
  const judgeAll = judgeWith(request, effects);
  const { verdicts, blindness } = await judgeAll(keys);
  const planned: Sweep = { listed: all.length, verdicts, revocations: [], blindness, now: effects.neon.now() };
  effects.onPlan(planned);
  return request.apply ? applyPlan(planned, judgeAll, effects) : planned;
}

async function keysInScope(
  keys: MarkedKey[],
  { repositories, run }: SweepRequest,
  github: SweepEffects['github'],
): Promise<MarkedKey[]> {
  if (repositories === '*') return keys;
  if (repositories === undefined) return keys.filter(({ mark }) => isFrom(mark, run));
  const ids = await repositoryIds(await github(), repositories);
  return keys.filter(({ mark }) => ids.has(mark.repositoryId));
}

type JudgeAll = (keys: MarkedKey[]) => Promise<Pick<Sweep, 'verdicts' | 'blindness'>>;

function judgeWith({ run, maxAgeMs }: SweepRequest, effects: SweepEffects): JudgeAll {
  const { neon, clock } = effects;
  const own = () => ({ ...repositoryOf(run), repositoryId: run.repositoryId });
  let reader: LifecycleReader | undefined;

  async function readLifecycles(subjects: LifecycleSubject[]): Promise<Map<LifecycleSubject, Lifecycle>> {
    if (subjects.length === 0) return new Map();
    reader ??= lifecycleReader(await effects.github(), own(), clock.now);
    return reader.read(subjects, effects.onResult);
  }

  return async (keys) => {
    const subjects = new Map(keys.map((key) => [key, lifecycleSubjectOf(key)]));
    const toCheck = [...subjects.values()].filter((subject) => subject !== undefined);
    const lifecycles = await readLifecycles(toCheck.filter((subject) => !isOwnRun(subject, run)));
    const ahead = reader?.clockAheadMs();
    const times = [clock.now()];
    if (neon.hasTime()) times.push(neon.now());
    if (ahead !== undefined) times.push(clock.now() + ahead);
    const lifecycleOf = (key: MarkedKey): Lifecycle =>
      lifecycles.get(subjects.get(key) as LifecycleSubject) ?? { state: 'active' };
    const rules = { times, maxAgeMs, lifecycleOf, newest: newestOfSecrets(keys) };
    const verdicts = keys.map((key) => ({ ...key, ...judge(key, rules) }));
    return { verdicts, blindness: blindnessOf(lifecycles.values(), run) };
  };
}

/** This run is active, regardless of what GitHub returns. */
function isOwnRun({ kind, repositoryId, number, attempt }: LifecycleSubject, run: WorkflowRun): boolean {
  return kind === 'run' && repositoryId === run.repositoryId && number === run.runId && attempt === run.runAttempt;
}

function blindnessOf(lifecycles: Iterable<Lifecycle>, { repositoryId }: WorkflowRun): GitHubDoubt | undefined {
  for (const lifecycle of lifecycles) {
    if (lifecycle.state !== 'unknown') continue;
    const { doubt } = lifecycle;
    if (doubt.code === 'token-refused') return doubt;
    const isHidden = doubt.code === 'repository-not-visible' || doubt.code === 'repository-replaced';
    if (isHidden && doubt.repositoryId === repositoryId) return doubt;
  }
  return undefined;
}

/** Few enough that little time passes between the second judgement of a key and its revocation. */
const judgeBatchSize = 100;

/** Revokes the planned keys. Those whose verdict can have changed are judged again immediately before. */
async function applyPlan(planned: Sweep, judgeAll: JudgeAll, effects: SweepEffects): Promise<Sweep> {
  const latest = new Map(planned.verdicts.map((verdict) => [verdict.key, verdict]));
  const toRevoke = planned.verdicts.filter(({ action }) => action === 'revoke');
  const changeable = toRevoke.filter(isChangeable);
  const revocations = await revokeVerdicts(
    toRevoke.filter((verdict) => !isChangeable(verdict)),
    effects,
  );
  let { blindness } = planned;
  for (let start = 0; start < changeable.length; start += judgeBatchSize) {
    const batch = changeable.slice(start, start + judgeBatchSize);
    const again = await judgeAll(batch.map(({ key, mark }) => ({ key, mark })));
    blindness ??= again.blindness;
    for (const verdict of again.verdicts) latest.set(verdict.key, verdict);
    revocations.push(...(await revokeVerdicts(again.verdicts, effects)));
  }
  return { ...planned, verdicts: [...latest.values()], revocations, blindness };
}

async function revokeVerdicts(verdicts: Verdict[], effects: SweepEffects): Promise<Revocation[]> {
  const targets = verdicts.filter(({ action }) => action === 'revoke').map(({ key }) => targetOf(key));
  return targets.length === 0 ? [] : revokeKeys(targets, { ...effects, onOutcome: effects.onRevocation });
}
