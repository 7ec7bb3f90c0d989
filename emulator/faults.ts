import type { OperationId } from './operations.ts';

/** What goes wrong with a request. "Done" means that the service carried it out. */
export type Fault =
  /** The connection is closed, nothing was done. */
  | { type: 'drop-before' }
  /** Done; the connection is closed without an answer. */
  | { type: 'drop-after' }
  /** Answered so, nothing was done; the default body is an error in the service's form. */
  | { type: 'status'; status: number; headers?: Record<string, string>; body?: string }
  /** Done, but answered so. */
  | { type: 'status-after'; status: number; headers?: Record<string, string>; body?: string }
  /** Done; answered after this many milliseconds. */
  | { type: 'delay'; ms: number }
  /** Nothing was done, never answered. */
  | { type: 'hang-before' }
  /** Done, never answered. */
  | { type: 'hang-after' }
  /** Done; the headers with the full content-length and half of the body, then the connection is closed. */
  | { type: 'cut' }
  /** Done; 200 and a content-type of JSON, but a body that is none. */
  | { type: 'garble' };

/**
 * When a fault strikes. `nth` (1-based) counts the requests that match `operation` (default: any); with `nth` the fault
 * strikes that one and, by `times` (default 1), those after it. Without `nth` it strikes every matching request that no
 * earlier rule took, at most `times` times (default: always). `Operation`: the names of a service's operations (default:
 * those of Neon).
 */
export interface FaultRule<Operation extends string = OperationId> {
  operation?: Operation | 'any';
  nth?: number;
  times?: number;
  fault: Fault;
}

const TYPES: Record<Fault['type'], true> = {
  'drop-before': true,
  'drop-after': true,
  status: true,
  'status-after': true,
  delay: true,
  'hang-before': true,
  'hang-after': true,
  cut: true,
  garble: true,
};

/** Makes a function that picks the fault for the next request; it keeps the counts, the rules stay plain data. */
export function faultPicker(): (rules: readonly FaultRule<string>[], operation: string) => Fault | undefined {
  const counts = new WeakMap<FaultRule<string>, { seen: number; struck: number }>();

  function strikes(rule: FaultRule<string>): boolean {
    const { seen, struck } = counts.get(rule) ?? { seen: 0, struck: 0 };
    if (rule.nth === undefined) return struck < (rule.times ?? Number.POSITIVE_INFINITY);
    return seen >= rule.nth && seen < rule.nth + (rule.times ?? 1);
  }

  return (rules, operation) => {
    const matching = rules.filter((rule) => [undefined, 'any', operation].includes(rule.operation));
    for (const rule of matching) {
      const count = counts.get(rule) ?? { seen: 0, struck: 0 };
      counts.set(rule, { ...count, seen: count.seen + 1 });
    }
    const rule = matching.find(strikes);
    const count = rule && counts.get(rule);
    if (count) count.struck += 1;
    return rule?.fault;
  };
}

/** Whether the request is carried out under this fault. */
export function isDone(fault: Fault | undefined): boolean {
  return fault?.type !== 'drop-before' && fault?.type !== 'hang-before' && fault?.type !== 'status';
}

/** Reads a JSON array of fault rules; throws an Error that says what is wrong. */
export function parseFaults<Operation extends string>(text: string): FaultRule<Operation>[] {
  const rules: unknown = JSON.parse(text);
  if (!Array.isArray(rules)) throw new Error('an array of fault rules is expected');
  for (const rule of rules) {
    const type: unknown = rule?.fault?.type;
    if (typeof type !== 'string' || !Object.hasOwn(TYPES, type))
      throw new Error(`no such fault: ${String(type)}; there are ${Object.keys(TYPES).join(', ')}`);
    const status = type.startsWith('status') && !Number.isInteger(rule.fault.status);
    if (status || (type === 'delay' && !Number.isFinite(rule.fault.ms))) throw new Error(`${type} lacks its number`);
  }
  return rules;
}
