import type { Clock } from '../src/lib/clock.ts';
import { toJsonLine } from './audit.ts';

/** Writes one line of JSON for operators, which never contains a token. `code` is the kind of event. */
export type OperatorLog = (level: 'info' | 'warning' | 'error', code: string, facts?: Record<string, unknown>) => void;

export function createOperatorLog(write: (line: string) => void, clock: Pick<Clock, 'now'>): OperatorLog {
  return (level, code, facts = {}) =>
    write(toJsonLine({ time: new Date(clock.now()).toISOString(), level, code, ...facts }));
}
