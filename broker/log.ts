import type { Clock } from '../src/lib/clock.ts';
import { toJsonLine } from './audit.ts';

/** Writes what operators need to know, one line of JSON each. `code` names the kind of event; never a token. */
export type OperatorLog = (level: 'info' | 'warning' | 'error', code: string, facts?: Record<string, unknown>) => void;

export function createOperatorLog(write: (line: string) => void, clock: Pick<Clock, 'now'>): OperatorLog {
  return (level, code, facts = {}) =>
    write(toJsonLine({ time: new Date(clock.now()).toISOString(), level, code, ...facts }));
}
