import { readPostInputs, secretInputs } from './inputs/read.ts';
import { endLeases } from './keys/end-leases.ts';
import { unreleased } from './keys/ledger.ts';
import {
  activeKeys,
  activeLeases,
  endedEarly,
  possibleDuplicates,
  postFailed,
  postSummary,
} from './keys/post-render.ts';
import { sentence } from './keys/render.ts';
import type { Revocation } from './keys/revoke.ts';
import { type LeaseState, readState, stateName } from './keys/state.ts';
import { systemClock as clock } from './lib/clock.ts';
import { connectNeon } from './neon/connect.ts';
import { personalKeys } from './neon/endpoints.ts';
import type { RetryPolicy } from './neon/retry.ts';
import { createRunner, type Runner } from './runner/commands.ts';
import { withHelp } from './runner/help.ts';
import { releasedNames } from './runner/released.ts';

/** For all of the post step: a cancelled job leaves its post steps less than five minutes together. */
const budgetMs = 60_000;
/** One request gets no more than this, so that there is time for another. */
const longestRequestMs = 10_000;
/** Each request is sent once: what to ask next depends on the answer, and `endLeases` retries until the time is up. */
const retry: RetryPolicy = { attempts: 1, longestWaitMs: 0 };

type Options = ReturnType<typeof readPostInputs>;

/** After a job whose key a broker minted. It never throws. */
export const runKeyless = async (env: NodeJS.ProcessEnv): Promise<void> =>
  (await import('./keyless/keyless-post.ts')).run(env);

/** After the job: revokes the keys that the step left open. It never throws; a key that may still be active is an error. */
export async function run(env: NodeJS.ProcessEnv): Promise<void> {
  const runner = createRunner();
  keepRevokingOnSignals(runner);
  for (const secret of secretInputs(env)) runner.mask(secret);
  const options = readPostInputs(env);
  const complain = (text: string) => (options.warnOnly ? runner.warning : runner.fail)(withHelp(text));
  const unfinished = () => complain(endedEarly);
  process.once('exit', unfinished);
  try {
    const saved = readState(env[`STATE_${stateName}`] ?? '');
    const state = { ...saved, leases: unreleased(saved.leases, releasedNames(env)) };
    if (state.leases.length === 0) runner.debug('No key of this step is left to be revoked.');
    else if (options.apiKey === '') complain(activeLeases(state.leases, state));
    else report(await revokeLeases(state, options, env, runner), state, options, runner, complain);
  } catch (error) {
    complain(postFailed(error));
    runner.debug((error as Error)?.stack ?? '');
  }
  process.off('exit', unfinished);
}

/** The default is to end at once; what is being revoked has to be finished. */
function keepRevokingOnSignals(runner: Runner): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => runner.info(`${signal}: still revoking.`));
  }
}

async function revokeLeases(
  { orgId, apiHost, timeoutMs, leases, isPersonal }: LeaseState,
  { apiKey, timeoutMs: ownTimeoutMs }: Options,
  env: NodeJS.ProcessEnv,
  { debug, info }: Runner,
): Promise<Revocation[]> {
  const { random } = Math;
  const until = clock.now() + budgetMs;
  const outOfTime = new AbortController();
  const timer = setTimeout(() => outOfTime.abort(), budgetMs);
  const limits = { timeoutMs: Math.min(ownTimeoutMs, longestRequestMs), retry, abandoned: outOfTime.signal };
  const neon = await connectNeon({ apiHost, apiKey, orgId, clock, random, env, info, debug, ...limits });
  try {
    const onOutcome = (revocation: Revocation) => info(sentence(revocation));
    const keys = isPersonal ? personalKeys(neon) : neon;
    return await endLeases(leases, { neon: keys, clock, timeoutMs, until, onOutcome });
  } finally {
    clearTimeout(timer);
  }
}

function report(
  revocations: Revocation[],
  state: LeaseState,
  { summary }: Options,
  runner: Runner,
  complain: (text: string) => void,
): void {
  if (summary && revocations.length > 0) runner.appendSummary(postSummary(revocations));
  const active = activeKeys(revocations, state);
  if (active) complain(active);
  const duplicates = possibleDuplicates(revocations);
  if (duplicates) runner.warning(duplicates);
}
