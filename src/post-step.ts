import { readPostInputs, secretInputs } from './inputs/read.ts';
import { createRunner, type Runner } from './runner/commands.ts';

/** What a post step works with. */
export interface PostStep {
  runner: Runner;
  inputs: ReturnType<typeof readPostInputs>;
  /** Reports a key that may be active: as an error, or as a warning if `on_revoke_failure` is `warn`. */
  reportProblem: (text: string) => void;
}

export interface PostTexts {
  /** Reported when the process ends before the work does. */
  endedEarly: string;
  /** Reported when the work fails. */
  failed: (error: unknown) => string;
  /** Adds advice to each of the texts. */
  withAdvice?: ((text: string) => string) | undefined;
}

/** Does the work of a post step, even after a signal. Never throws; a failure is an exit code and an error. */
export async function performPost(
  env: NodeJS.ProcessEnv,
  { endedEarly, failed, withAdvice = (text) => text }: PostTexts,
  work: (step: PostStep) => Promise<void>,
): Promise<void> {
  const runner = createRunner();
  // Without a listener, the process would end immediately and leave keys active.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => runner.info(`Received ${signal}: still revoking keys.`));
  }
  for (const secret of secretInputs(env)) runner.mask(secret);
  const inputs = readPostInputs(env);
  const reportProblem = (text: string) => (inputs.warnOnly ? runner.warning : runner.fail)(withAdvice(text));
  const unfinished = () => reportProblem(endedEarly);
  process.once('exit', unfinished);
  try {
    await work({ runner, inputs, reportProblem });
  } catch (error) {
    reportProblem(failed(error));
    runner.debug((error as Error)?.stack ?? '');
  }
  process.off('exit', unfinished);
}
