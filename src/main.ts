import { randomBytes } from 'node:crypto';
import type { GitHub } from './github/client.ts';
import { readEvent } from './github/event.ts';
import { readWorkflowRun } from './github/run.ts';
import { type AnyInputs, isKeyless, type KeylessInputs } from './inputs/declarations.ts';
import { readInputs, secretInputs } from './inputs/read.ts';
import { endLeases } from './keys/end-leases.ts';
import { createLedger, type Lease, PostStarted } from './keys/ledger.ts';
import { activeKeys } from './keys/post-render.ts';
import { sentence } from './keys/render.ts';
import type { Revocation } from './keys/revoke.ts';
import { type LeaseState, stateName, writeState } from './keys/state.ts';
import { type Cancellation, Cancelled, listenForCancel } from './lib/cancel.ts';
import { systemClock as clock } from './lib/clock.ts';
import { userAgent } from './lib/version.ts';
import { connectNeon } from './neon/connect.ts';
import { type Neon, personalKeys } from './neon/endpoints.ts';
import { perform } from './operations/index.ts';
import { checkRunner, createRunner, type Runner } from './runner/commands.ts';
import { withHelp } from './runner/help.ts';
import { hasPostStarted } from './runner/post-marker.ts';
import { markReleased } from './runner/released.ts';
import { type Result, report } from './runner/result.ts';

/** The step: reads the inputs, runs the operation, reports. It never throws; a failure is the exit code and an error. */
export async function run(env: NodeJS.ProcessEnv): Promise<void> {
  const runner = createRunner();
  const cancellation = listenForCancel(process, (signal) => runner.info(`${signal}: finishing the request under way.`));
  let operation: string | undefined;
  try {
    for (const secret of secretInputs(env)) runner.mask(secret);
    checkRunner(env, process);
    const inputs = await readInputs(env, runner.warning);
    if (inputs.show_emails) runner.showEmails();
    operation = inputs.operation;
    const work = () =>
      isKeyless(inputs)
        ? performKeyless(inputs, env, runner, cancellation)
        : performStep(inputs, env, runner, cancellation);
    const result = await runner.group(`neon-org-action: ${operation}`, work);
    // What was minted meanwhile is in the state and not handed out: the post step revokes it.
    cancellation.cancelled.throwIfAborted();
    const fileName = `neon-${operation}-${newNonce()}.json`;
    report(result, runner, { summary: inputs.summary, folder: env['RUNNER_TEMP'] ?? '', fileName });
  } catch (error) {
    end(error, operation, runner, cancellation.cancelled);
  }
}

/** Loads what a key broker needs: most steps have no use for it. */
async function performKeyless(
  inputs: KeylessInputs,
  env: NodeJS.ProcessEnv,
  runner: Runner,
  cancellation: Cancellation,
): Promise<Result> {
  const { createKeyByBroker } = await import('./keyless/create-keyless-key.ts');
  return createKeyByBroker(inputs, { env, runner, cancellation, clock, random: Math.random, newNonce });
}

async function performStep(
  inputs: AnyInputs,
  env: NodeJS.ProcessEnv,
  runner: Runner,
  { cancelled, abandoned }: Cancellation,
): Promise<Result> {
  const { api_host: apiHost, org_id: orgId, timeout: timeoutMs } = inputs;
  const { random } = Math;
  const { info, debug } = runner;
  const withKey = async <T>(apiKey: string, work: (neon: Neon) => Promise<T>) => {
    const options = { apiHost, apiKey, orgId, timeoutMs, clock, random, env, cancelled, abandoned, info, debug };
    return work(await connectNeon(options));
  };
  const isPersonal = 'scope' in inputs && inputs.scope === 'account';
  const stateOf = (leases: Lease[]): LeaseState => ({ orgId, apiHost, timeoutMs, leases, isPersonal });
  const ledger = createLedger(
    (leases) => runner.saveState(stateName, writeState(stateOf(leases))),
    (name) => markReleased(name, env),
    () => hasPostStarted(env),
  );
  const workflowRun = () => readWorkflowRun(env);
  const github = () => openGitHub(inputs, env, runner, cancelled);
  const context = {
    ...runner,
    withKey,
    clock,
    random,
    newNonce,
    ledger,
    workflowRun,
    event: readEvent,
    github,
    cancelled,
  };
  return withKey(inputs.api_key, async (neon) => {
    try {
      return await perform(inputs, { ...context, neon });
    } catch (error) {
      if (error instanceof PostStarted) await revokeLeases(stateOf(ledger.open()), neon, runner);
      throw error;
    }
  });
}

/** Post may have read the state before the last names were in it, so a step that finds it running revokes by itself. */
async function revokeLeases(state: LeaseState, neon: Neon, { info, fail }: Runner): Promise<void> {
  const { timeoutMs, leases, isPersonal } = state;
  const keys = isPersonal ? personalKeys(neon) : neon;
  const onOutcome = (revocation: Revocation) => info(sentence(revocation));
  const revocations = await endLeases(leases, { neon: keys, clock, timeoutMs, until: clock.now() + 60_000, onOutcome });
  const active = activeKeys(revocations, state);
  if (active) fail(withHelp(active));
}

/** Loads and opens GitHub's API: most steps do not need it. */
async function openGitHub(
  { github_token: token, github_api_url, timeout: timeoutMs }: AnyInputs,
  env: NodeJS.ProcessEnv,
  { notice, debug }: Runner,
  cancelled: AbortSignal,
): Promise<GitHub> {
  if (token === undefined)
    throw new Error(
      '`github_token` is empty, but this operation reads from GitHub. Set it, or remove it to use the default.',
    );
  const apiUrl = github_api_url ?? new URL(env['GITHUB_API_URL'] || 'https://api.github.com');
  const { connectGitHub } = await import('./github/client.ts');
  return connectGitHub({ apiUrl, token, userAgent, timeoutMs, env, cancelled, notice, debug });
}

/** 48 random bits as ten lower-case letters and digits. */
function newNonce(): string {
  return randomBytes(6).readUIntBE(0, 6).toString(36).padStart(10, '0');
}

const signalExitCodes: Partial<Record<NodeJS.Signals, number>> = { SIGINT: 130, SIGTERM: 143 };

function end(error: unknown, operation: string | undefined, runner: Runner, cancelled: AbortSignal): void {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  if (cancelled.reason instanceof Cancelled) {
    if (error !== cancelled.reason) runner.info(message);
    runner.info(`The step was ${cancelled.reason.message}. Its post step revokes what it leaves behind.`);
    process.exitCode = signalExitCodes[cancelled.reason.signal] ?? 1;
    // Octokit's waits do not end with a signal, and their results are not used.
    setTimeout(() => process.exit(), 500).unref();
  } else runner.fail(withHelp(operation === undefined ? message : `\`${operation}\` failed: ${message}`));
  runner.debug(stack ?? '');
}
