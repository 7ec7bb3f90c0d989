import { randomUUID } from 'node:crypto';
import { readPostInputs, secretInputs } from '../inputs/read.ts';
import { systemClock as clock } from '../lib/clock.ts';
import { createRunner, type Runner } from '../runner/commands.ts';
import { openBroker } from './broker-client.ts';
import { endNonces, type NonceOutcome } from './end.ts';
import { activeNonces, keylessSummary, nonceSentence } from './render.ts';
import { type KeylessState, keylessStateName, readKeylessState } from './state.ts';

/** For all of the post step: a cancelled job leaves its post steps less than five minutes together. */
const budgetMs = 60_000;
/** One request gets no more than this, so that there is time for another. */
const longestRequestMs = 15_000;

/** After the job: has the broker revoke what the step left open. It never throws; a key that may be active is an error. */
export async function run(env: NodeJS.ProcessEnv): Promise<void> {
  const runner = createRunner();
  // The default is to end at once; what is being revoked has to be finished.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => runner.info(`${signal}: still revoking.`));
  }
  for (const secret of secretInputs(env)) runner.mask(secret);
  const { warnOnly, summary } = readPostInputs(env);
  const complain = warnOnly ? runner.warning : runner.fail;
  const unfinished = () => complain('The post step ended before the key of this step was confirmed as revoked.');
  process.once('exit', unfinished);
  try {
    const outcomes = await endAll(readKeylessState(env[`STATE_${keylessStateName}`] ?? ''), env, runner);
    if (summary) runner.appendSummary(keylessSummary(outcomes));
    const active = activeNonces(outcomes);
    if (active) complain(active);
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    complain(`The post step could not revoke what this step minted: ${message}`);
    runner.debug(stack ?? '');
  }
  process.off('exit', unfinished);
}

async function endAll(state: KeylessState, env: NodeJS.ProcessEnv, { mask, info }: Runner): Promise<NonceOutcome[]> {
  const until = clock.now() + budgetMs;
  const timeoutMs = Math.min(state.timeoutMs, longestRequestMs);
  const broker = openBroker(state.brokerUrl, { env, mask, newRequestId: randomUUID, timeoutMs });
  return endNonces(state, { broker, clock, until, onOutcome: (outcome) => info(nonceSentence(outcome)) });
}
