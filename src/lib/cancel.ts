/** The runner asked the step to end. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  readonly signal: NodeJS.Signals;
  constructor(signal: NodeJS.Signals) {
    super(`cancelled by ${signal}`);
    this.signal = signal;
  }
}

/** After the first signal the runner waits 7.5 s, then another 2.5 s, then it kills: the rest is for the state file. */
const graceMs = 6500;

export interface Cancellation {
  /** Aborts with the signal: nothing new is begun. */
  cancelled: AbortSignal;
  /** Aborts 6.5 s later: what is under way, and so far allowed to finish, is given up. */
  abandoned: AbortSignal;
}

/**
 * @param signals the process, whose default is to die at once, leaving a POST behind that is still carried out
 * @param onSignal is called once, with the first signal
 */
export function listenForCancel(signals: Pick<NodeJS.Process, 'on'>, onSignal: (signal: string) => void): Cancellation {
  const soon = new AbortController();
  const now = new AbortController();
  const cancel = (signal: NodeJS.Signals) => {
    if (soon.signal.aborted) return;
    soon.abort(new Cancelled(signal));
    onSignal(signal);
    setTimeout(() => now.abort(new Cancelled(signal)), graceMs).unref();
  };
  signals.on('SIGINT', cancel);
  signals.on('SIGTERM', cancel);
  return { cancelled: soon.signal, abandoned: now.signal };
}
