import type { GitHub } from '../github/client.ts';
import type { WorkflowEvent } from '../github/event.ts';
import type { WorkflowRun } from '../github/run.ts';
import type { InputsOf, OperationName } from '../inputs/declarations.ts';
import type { Ledger } from '../keys/ledger.ts';
import type { Clock } from '../lib/clock.ts';
import type { Neon } from '../neon/endpoints.ts';
import type { Result } from '../runner/result.ts';

/** Everything that an operation uses, apart from its inputs. */
export interface OperationContext {
  neon: Neon;
  /** Connects to the same organization with another key, and passes the connection to `work`. */
  withKey: <T>(apiKey: string, work: (neon: Neon) => Promise<T>) => Promise<T>;
  clock: Clock;
  /** A number in [0, 1). */
  random: () => number;
  /** Lower-case letters and digits, new at every call. */
  newNonce: () => string;
  ledger: Ledger;
  /** @throws Error if variables of the runner are missing */
  workflowRun: () => WorkflowRun;
  /** @throws Error if the payload of the event is not JSON */
  event: () => WorkflowEvent;
  /** Opens GitHub's API with `github_token`. @throws Error without a token */
  github: () => Promise<GitHub>;
  mask: (secret: string) => void;
  /** Redacts a text, and masks its addresses regardless of `show_emails`. */
  forPublic: (text: string) => string;
  info: (line: string) => void;
  notice: (line: string) => void;
  warning: (line: string) => void;
  /** Once aborted, no new request is sent. */
  cancelled: AbortSignal;
}

export type Operation<O extends OperationName> = (inputs: InputsOf<O>, context: OperationContext) => Promise<Result>;
