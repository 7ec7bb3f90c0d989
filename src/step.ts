import { randomBytes } from 'node:crypto';
import type { GitHub } from './github/client.ts';
import { readEvent } from './github/event.ts';
import { readWorkflowRun } from './github/run.ts';
import { type AnyInputs, isKeyless, type KeylessInputs } from './inputs/declarations.ts';
import { createLedger, type Lease, PostStarted } from './keys/ledger.ts';
import type { Revocation } from './keys/revoke.ts';
import { type LeaseState, stateName, writeState } from './keys/state.ts';
import type { Cancellation } from './lib/cancel.ts';
import { systemClock as clock } from './lib/clock.ts';
import { userAgent } from './lib/version.ts';
import { connectNeon } from './neon/connect.ts';
import { type Neon, personalKeys } from './neon/endpoints.ts';
import { perform } from './operations/index.ts';
import { createRunner, type Runner } from './runner/commands.ts';
import { consoleFooter } from './runner/console.ts';
import type { Log } from './runner/log.ts';
import { hasPostStarted, postBudgetMs } from './runner/post-marker.ts';
import { releaseMarks } from './runner/released.ts';
import { type Result, reportResult } from './runner/result.ts';

/**
 * Runs the operation and reports its result.
 * @throws Error of the operation; the reason of the cancellation
 */
export async function performStep(
  inputs: AnyInputs | KeylessInputs,
  env: NodeJS.ProcessEnv,
  log: Log,
  cancellation: Cancellation,
): Promise<void> {
  const runner = createRunner(log);
  const { operation, summary } = inputs;
  const work = () =>
    isKeyless(inputs)
      ? performKeyless(inputs, env, runner, cancellation)
      : performWithKey(inputs, env, runner, cancellation);
  const result = await runner.group(`neon-org-action: ${operation}`, work);
  // A key that was minted in the meantime is not returned. It is in the state, so the post step revokes it.
  cancellation.cancelled.throwIfAborted();
  const fileName = `neon-${operation}-${newNonce()}.json`;
  const footer = isKeyless(inputs) ? '' : consoleFooter(inputs);
  const complete = { ...result, summary: result.summary + footer };
  reportResult(complete, runner, { summary, folder: env['RUNNER_TEMP'] ?? '', fileName });
}

/** Loads the code for key brokers only for steps that use one. */
async function performKeyless(
  inputs: KeylessInputs,
  env: NodeJS.ProcessEnv,
  runner: Runner,
  cancellation: Cancellation,
): Promise<Result> {
  const { createKeylessKey } = await import('./keyless/create-keyless-key.ts');
  return createKeylessKey(inputs, { env, runner, cancellation, clock, random: Math.random, newNonce });
}

async function performWithKey(
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
    releaseMarks(env),
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
      if (error instanceof PostStarted) await revokeOwnLeases(stateOf(ledger.open()), neon, runner);
      throw error;
    }
  });
}

/** Post may have read the state before the last names were saved, so a step that finds post running revokes its own keys. */
async function revokeOwnLeases(state: LeaseState, neon: Neon, { info, fail }: Runner): Promise<void> {
  const [{ endLeases }, { activeKeys }, { revocationLine }, { withHelp }] = await Promise.all([
    import('./keys/end-leases.ts'),
    import('./keys/render-post.ts'),
    import('./keys/render.ts'),
    import('./runner/help.ts'),
  ]);
  const { timeoutMs, leases, isPersonal } = state;
  const keys = isPersonal ? personalKeys(neon) : neon;
  const onOutcome = (revocation: Revocation) => info(revocationLine(revocation));
  const until = clock.now() + postBudgetMs;
  const revocations = await endLeases(leases, { neon: keys, clock, timeoutMs, until, onOutcome });
  const active = activeKeys(revocations, state);
  if (active) fail(withHelp(active));
}

/** Loads GitHub's API only for steps that use it. */
async function openGitHub(
  { github_token: token, github_api_url, timeout: timeoutMs }: AnyInputs,
  env: NodeJS.ProcessEnv,
  { notice, debug }: Runner,
  cancelled: AbortSignal,
): Promise<GitHub> {
  if (token === undefined)
    throw new Error(
      '`github_token` is empty, but this operation reads from GitHub. Set it to a token, or remove it to use the default.',
    );
  const apiUrl = github_api_url ?? new URL(env['GITHUB_API_URL'] || 'https://api.github.com');
  const { connectGitHub } = await import('./github/client.ts');
  return connectGitHub({ apiUrl, token, userAgent, timeoutMs, env, cancelled, notice, debug });
}

/** 48 random bits as ten lower-case letters and digits. */
function newNonce(): string {
  return randomBytes(6).readUIntBE(0, 6).toString(36).padStart(10, '0');
}
