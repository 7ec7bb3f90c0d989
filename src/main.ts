import { readInputs, secretInputs } from './inputs/read.ts';
import { Cancelled, listenForCancel } from './lib/cancel.ts';
import { checkRunner } from './runner/check.ts';
import { withHelp } from './runner/help.ts';
import { createLog, type Log } from './runner/log.ts';

/** The step: reads the inputs, runs the operation, and reports. Never throws; a failure is an exit code and an error. */
export async function runMain(env: NodeJS.ProcessEnv): Promise<void> {
  const log = createLog();
  const cancellation = listenForCancel(process, (signal) =>
    log.info(`Received ${signal}: finishing the request in progress.`),
  );
  let operation: string | undefined;
  try {
    for (const secret of secretInputs(env)) log.mask(secret);
    checkRunner(env, process);
    const inputs = await readInputs(env, log.warning);
    if (inputs.show_emails) log.showEmails();
    operation = inputs.operation;
    // Loaded only now: an invalid input is reported sooner without it.
    const { performStep } = await import('./step.ts');
    await performStep(inputs, env, log, cancellation);
  } catch (error) {
    end(error, operation, log, cancellation.cancelled);
  }
}

const signalExitCodes: Partial<Record<NodeJS.Signals, number>> = { SIGINT: 130, SIGTERM: 143 };

function end(error: unknown, operation: string | undefined, log: Log, cancelled: AbortSignal): void {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  if (cancelled.reason instanceof Cancelled) {
    if (error !== cancelled.reason) log.info(message);
    log.info(`The step was ${cancelled.reason.message}. The post step revokes its remaining keys.`);
    process.exitCode = signalExitCodes[cancelled.reason.signal] ?? 1;
    // Octokit's waits cannot be aborted, and their results are not used.
    setTimeout(() => process.exit(), 500).unref();
  } else log.fail(withHelp(operation === undefined ? message : `\`${operation}\` failed: ${message}`));
  log.debug(stack ?? '');
}
