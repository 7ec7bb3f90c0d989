import { endLeases } from './keys/end-leases.ts';
import { unreleased } from './keys/ledger.ts';
import { revocationLine } from './keys/render.ts';
import {
  activeKeys,
  activeLeases,
  endedEarly,
  possibleDuplicates,
  postFailed,
  postSummary,
} from './keys/render-post.ts';
import type { Revocation } from './keys/revoke.ts';
import { type LeaseState, readState, stateName } from './keys/state.ts';
import { systemClock as clock } from './lib/clock.ts';
import { connectNeon } from './neon/connect.ts';
import { personalKeys } from './neon/endpoints.ts';
import { sendOnce } from './neon/retry.ts';
import { type PostStep, performPost } from './post-step.ts';
import { withHelp } from './runner/help.ts';
import { postBudgetMs } from './runner/post-marker.ts';
import { releaseMarks } from './runner/released.ts';

/** Short enough to leave time for another request. */
const longestRequestMs = 10_000;

/** After a job with a key from a broker. Never throws. */
export const runKeyless = async (env: NodeJS.ProcessEnv): Promise<void> =>
  (await import('./keyless/keyless-post.ts')).runKeylessPost(env);

/** After the job: revokes the keys that the step left open. Never throws; a key that may still be active is an error. */
export async function runPost(env: NodeJS.ProcessEnv): Promise<void> {
  const texts = { endedEarly, failed: postFailed, withAdvice: withHelp };
  await performPost(env, texts, async (step) => {
    const { runner, inputs, reportProblem } = step;
    const saved = readState(env[`STATE_${stateName}`] ?? '');
    const state = { ...saved, leases: unreleased(saved.leases, releaseMarks(env).has) };
    if (state.leases.length === 0) runner.debug('This step left no key to revoke.');
    else if (inputs.apiKey === '') reportProblem(activeLeases(state.leases, state));
    else reportRevocations(await revokeLeases(state, step, env), state, step);
  });
}

async function revokeLeases(
  { orgId, apiHost, timeoutMs, leases, isPersonal }: LeaseState,
  { inputs, runner: { debug, info } }: PostStep,
  env: NodeJS.ProcessEnv,
): Promise<Revocation[]> {
  const { apiKey } = inputs;
  const { random } = Math;
  const until = clock.now() + postBudgetMs;
  const outOfTime = new AbortController();
  const timer = setTimeout(() => outOfTime.abort(), postBudgetMs);
  // Each request is sent once, because `endLeases` chooses the next one by the response, and retries until the time is up.
  const limits = {
    timeoutMs: Math.min(inputs.timeoutMs, longestRequestMs),
    retry: sendOnce,
    abandoned: outOfTime.signal,
  };
  const neon = await connectNeon({ apiHost, apiKey, orgId, clock, random, env, info, debug, ...limits });
  try {
    const onOutcome = (revocation: Revocation) => info(revocationLine(revocation));
    const keys = isPersonal ? personalKeys(neon) : neon;
    return await endLeases(leases, { neon: keys, clock, timeoutMs, until, onOutcome });
  } finally {
    clearTimeout(timer);
  }
}

function reportRevocations(
  revocations: Revocation[],
  state: LeaseState,
  { inputs, runner, reportProblem }: PostStep,
): void {
  if (inputs.summary && revocations.length > 0) runner.appendSummary(postSummary(revocations));
  const active = activeKeys(revocations, state);
  if (active) reportProblem(active);
  const duplicates = possibleDuplicates(revocations);
  if (duplicates) runner.warning(duplicates);
}
