import { readPostInputs, secretInputs } from './inputs/read.ts';
import { unreleased } from './keys/ledger.ts';
import { revocationsTable, sentence } from './keys/render.ts';
import { type Revocation, revokeKeys, type Target } from './keys/revoke.ts';
import { type LeaseState, readState, stateName } from './keys/state.ts';
import { systemClock as clock } from './lib/clock.ts';
import { connectNeon } from './neon/connect.ts';
import { personalKeys } from './neon/endpoints.ts';
import { createRunner, type Runner } from './runner/commands.ts';
import { releasedNames } from './runner/released.ts';

/** All of the post step: a cancelled job leaves its posts less than five minutes together. */
const budgetMs = 60_000;
/** One request gets no more than this, so that there is time for another. */
const longestRequestMs = 10_000;
/** A lost request that was not carried out until then is not going to be. */
const settleMs = 30_000;

type Options = ReturnType<typeof readPostInputs>;

/** After the job: ends the leases that the step left open. It never throws; a key that may be live is an error. */
export async function run(env: NodeJS.ProcessEnv): Promise<void> {
  const runner = createRunner();
  for (const secret of secretInputs(env)) runner.mask(secret);
  // The default is to die at once; what is being revoked has to be finished.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => runner.info(`${signal}: still revoking.`));
  }
  const options = readPostInputs(env);
  const complain = options.warnOnly ? runner.warning : runner.fail;
  const unfinished = () => complain('The post step ended before it knew that the key of this step is gone.');
  process.once('exit', unfinished);
  try {
    const saved = readState(env[`STATE_${stateName}`] ?? '');
    const state = { ...saved, leases: unreleased(saved.leases, releasedNames(env)) };
    for (const problem of await endLeases(state, options, env, runner)) complain(problem);
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    complain(`The post step could not revoke what this step minted: ${message}`);
    runner.debug(stack ?? '');
  }
  process.off('exit', unfinished);
}

/** @returns what people must know: one text for each key that may be live */
async function endLeases(
  state: LeaseState,
  options: Options,
  env: NodeJS.ProcessEnv,
  runner: Runner,
): Promise<string[]> {
  if (state.leases.length === 0) return [];
  if (options.apiKey === '') {
    const reason = '`api_key` is empty or no key in the post step; GitHub evaluates it anew there.';
    return state.leases.map((lease) => liveKey(lease, state, reason));
  }
  const revocations = await revokeLeases(state, options, env, runner);
  if (options.summary) runner.appendSummary(`### 🔒 After the job: the Neon key\n\n${revocationsTable(revocations)}\n`);
  return revocations.flatMap((revocation) =>
    revocation.how === 'failed' ? [liveKey(revocation.target, state, revocation.error.message)] : [],
  );
}

async function revokeLeases(
  { orgId, apiHost, leases, isPersonal }: LeaseState,
  { apiKey, timeoutMs }: Options,
  env: NodeJS.ProcessEnv,
  { debug, info }: Runner,
): Promise<Revocation[]> {
  const { random } = Math;
  const limits = { timeoutMs: Math.min(timeoutMs, longestRequestMs), retry: { until: clock.now() + budgetMs } };
  const neon = await connectNeon({ apiHost, apiKey, orgId, clock, random, env, info, debug, ...limits });
  const onOutcome = (revocation: Revocation) => info(sentence(revocation));
  return revokeKeys(leases, { neon: isPersonal ? personalKeys(neon) : neon, clock, settleMs, onOutcome });
}

function liveKey(target: Target, { orgId, apiHost, isPersonal }: LeaseState, reason: string): string {
  const path = isPersonal ? '/api_keys' : `/organizations/${orgId}/api_keys`;
  const keys = `${apiHost.href.replace(/\/$/, '')}${path}`;
  const curl = (request: string) => `curl -H "Authorization: Bearer $ADMIN_KEY" ${request}`;
  return target.id === undefined
    ? `A key named "${target.name}" may be live. ${reason}\nWith the key of \`api_key\` in ADMIN_KEY, look for its id: ${curl(keys)} and revoke it: ${curl(`-X DELETE ${keys}/<id>`)}`
    : `Key ${target.id} "${target.name}" may still be live. ${reason}\nWith the key of \`api_key\` in ADMIN_KEY, revoke it: ${curl(`-X DELETE ${keys}/${target.id}`)}`;
}
