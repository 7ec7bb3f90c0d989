/** The runner sent a signal that cancels the step. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  readonly signal: NodeJS.Signals;
  constructor(signal: NodeJS.Signals) {
    super(`cancelled by ${signal}`);
    this.signal = signal;
  }
}

/** The runner sends its second signal 7.5 s after the first, and kills the process 2.5 s later. The time left is for saving the state. */
const abandonAfterMs = 6500;

export interface Cancellation {
  /** Aborts on the signal. From then on, no new request is sent. */
  cancelled: AbortSignal;
  /** Aborts 6.5 s later, and with it the request that is still in progress. */
  abandoned: AbortSignal;
}

/**
 * @param signals the process: without a listener, it would end immediately, while Neon may still carry out its request
 * @param onSignal called once, with the first signal
 */
export function listenForCancel(signals: Pick<NodeJS.Process, 'on'>, onSignal: (signal: string) => void): Cancellation {
  const soon = new AbortController();
  const now = new AbortController();
  const cancel = (signal: NodeJS.Signals) => {
    if (soon.signal.aborted) return;
    soon.abort(new Cancelled(signal));
    onSignal(signal);
    setTimeout(() => now.abort(new Cancelled(signal)), abandonAfterMs).unref();
  };
  signals.on('SIGINT', cancel);
  signals.on('SIGTERM', cancel);
  return { cancelled: soon.signal, abandoned: now.signal };
}
