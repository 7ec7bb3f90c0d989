import { randomUUID } from 'node:crypto';
import { systemClock as clock } from '../lib/clock.ts';
import { performPost } from '../post-step.ts';
import type { Runner } from '../runner/commands.ts';
import { postBudgetMs } from '../runner/post-marker.ts';
import { openBroker } from './broker-client.ts';
import { endNonces, type NonceOutcome } from './end.ts';
import { activeNonces, keylessEndedEarly, keylessPostFailed, keylessSummary, nonceSentence } from './render.ts';
import { type KeylessState, keylessStateName, readKeylessState } from './state.ts';

/** Short enough to leave time for another request. */
const longestBrokerRequestMs = 15_000;

/** After the job: has the broker revoke the keys of this step. Never throws; a key that may be active is an error. */
export async function runKeylessPost(env: NodeJS.ProcessEnv): Promise<void> {
  await performPost(env, { endedEarly: keylessEndedEarly, failed: keylessPostFailed }, async (step) => {
    const { runner, inputs, reportProblem } = step;
    const outcomes = await endOpenNonces(readKeylessState(env[`STATE_${keylessStateName}`] ?? ''), env, runner);
    if (inputs.summary) runner.appendSummary(keylessSummary(outcomes));
    const active = activeNonces(outcomes);
    if (active) reportProblem(active);
  });
}

async function endOpenNonces(
  state: KeylessState,
  env: NodeJS.ProcessEnv,
  { mask, info }: Runner,
): Promise<NonceOutcome[]> {
  const until = clock.now() + postBudgetMs;
  const timeoutMs = Math.min(state.timeoutMs, longestBrokerRequestMs);
  const broker = openBroker(state.brokerUrl, { env, mask, newRequestId: randomUUID, timeoutMs });
  return endNonces(state, { broker, clock, until, onOutcome: (outcome) => info(nonceSentence(outcome)) });
}
