import { systemClock as clock } from './clock.ts';
import { readPostInputs, secretInputs } from './inputs.ts';
import { revokeKeys, type Target } from './keys/revoke.ts';
import { type LeaseState, readState, stateName } from './keys/state.ts';
import { connectNeon } from './neon/connect.ts';
import { endingsTable, sentence } from './operations/endings.ts';
import { createRunner, type Runner } from './runner.ts';

/** All of the post step: a cancelled job leaves its posts less than five minutes together. */
const budgetMs = 60_000;
/** One request gets no more than this, so that there is time for another. */
const longestRequestMs = 10_000;
/** A lost request that was not carried out until then is not going to be. */
const longestSettleMs = 30_000;

/** After the job: ends the leases that the step left open. It never throws; a key that may be live is an error. */
export async function run(env: NodeJS.ProcessEnv): Promise<void> {
  const runner = createRunner();
  for (const secret of secretInputs(env)) runner.mask(secret);
  // The default is to die at once; what is being revoked has to be finished.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => runner.info(`${signal}: still revoking.`));
  const { warnOnly, ...options } = readPostInputs(env);
  try {
    const state = readState(env[`STATE_${stateName}`] ?? '');
    const problems = await endLeases(state, options, env, runner);
    if (problems.length > 0) complain(problems.join('\n\n'), warnOnly, runner);
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    complain(`The post step could not revoke what this step minted: ${message}`, warnOnly, runner);
    runner.debug(stack ?? '');
  }
}

type Options = Omit<ReturnType<typeof readPostInputs>, 'warnOnly'>;

/** @returns what people must know: one text for each key that may be live */
async function endLeases(
  state: LeaseState,
  options: Options,
  env: NodeJS.ProcessEnv,
  runner: Runner,
): Promise<string[]> {
  const { orgId, apiHost, leases } = state;
  if (options.apiKey === '') {
    return leases.map((lease) =>
      liveKey(lease, state, '`api_key` is empty in the post step; GitHub evaluates it anew there.'),
    );
  }
  const { neon, close } = await connectNeon({
    apiHost,
    apiKey: options.apiKey,
    orgId,
    timeoutMs: Math.min(options.timeoutMs, longestRequestMs),
    deadline: clock.now() + budgetMs,
    clock,
    random: Math.random,
    env,
    debug: runner.debug,
  });
  try {
    const endings = await revokeKeys(leases, { neon, clock, settleMs: Math.min(options.timeoutMs, longestSettleMs) });
    const told = endings.filter(({ how }) => how !== 'failed');
    for (const ending of told) runner.info(sentence(ending));
    if (options.summary && told.length > 0) {
      runner.appendSummary(`### 🔒 The Neon key of this step is gone\n\n${endingsTable(told)}\n`);
    }
    return endings.flatMap((ending) =>
      ending.how === 'failed' ? [liveKey(ending.target, state, ending.error.message)] : [],
    );
  } finally {
    await close();
  }
}

function liveKey(target: Target, { orgId, apiHost }: LeaseState, reason: string): string {
  const curl = (method: string, path: string) =>
    `curl -X ${method} -H "Authorization: Bearer $NEON_API_KEY" ${apiHost.href.replace(/\/$/, '')}/organizations/${orgId}/api_keys${path}`;
  return target.id === undefined
    ? `A key named "${target.name}" may be live. ${reason}\nLook for its id, and revoke it with -X DELETE …/api_keys/<id>: ${curl('GET', '')}`
    : `Key ${target.id} "${target.name}" may still be live. ${reason}\nRevoke it: ${curl('DELETE', `/${target.id}`)}`;
}

function complain(message: string, warnOnly: boolean, runner: Runner): void {
  if (warnOnly) runner.warning(message);
  else runner.fail(message);
}
