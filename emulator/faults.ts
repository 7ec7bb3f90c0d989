import type { OperationId } from './operations.ts';

/** How a response fails. "Carried out" means that the request had its effect. At most one failure affects a request. */
type Failure =
  /** The connection is closed; not carried out. */
  | { type: 'drop-before' }
  /** Carried out; the connection is closed without a response. */
  | { type: 'drop-after' }
  /** The connection is closed immediately; carried out `ms` milliseconds later. */
  | { type: 'late'; ms: number }
  /** The response has this status; not carried out. The default body is an error in the service's form. */
  | { type: 'status'; status: number; headers?: Record<string, string>; body?: string }
  /** The same, but carried out. For a redirect, a `Retry-After` or an empty 200, set headers or a body. */
  | { type: 'status-after'; status: number; headers?: Record<string, string>; body?: string }
  /** Delivered twice and carried out twice; the client gets the response to the first (default) or the second. */
  | { type: 'duplicate'; response?: 'first' | 'second' }
  /** Carried out; the response has the body of the operation's previous response, if there was one. */
  | { type: 'previous-response' }
  /** Not carried out; there is no response, and the connection stays open. */
  | { type: 'hang-before' }
  /** Carried out; there is no response, and the connection stays open. */
  | { type: 'hang-after' }
  /** Carried out; the headers and half of the body are sent, and the connection stays open. */
  | { type: 'stall' }
  /** Carried out; the headers with the full content-length and half of the body are sent, then the connection is closed. */
  | { type: 'cut' }
  /** Carried out; the response has status 200 and a JSON content type, but its body is not JSON. */
  | { type: 'garble' };

/** How the service or its response differs from usual. All conditions that match a request apply, even with a failure. */
type Condition =
  /** The response is sent `ms` milliseconds after the request was carried out. */
  | { type: 'delay'; ms: number }
  /** A read returns the state of `ms` milliseconds ago: new keys are missing, and revoked keys are listed. */
  | { type: 'behind'; ms: number }
  /** Neon: a key is unknown (401) until `ms` milliseconds after its creation. */
  | { type: 'new-key-refused'; ms: number }
  /** Neon: how the pages of members end. See `PageEnd`. */
  | { type: 'page-end'; end: PageEnd }
  /** The `Date` header is `ms` milliseconds ahead, or behind if `ms` is negative. */
  | { type: 'date'; ms: number }
  /** The response lacks these headers, such as `link`. */
  | { type: 'without-headers'; names: string[] }
  /** A successful JSON response is changed by this merge patch (RFC 7396), in which `null` removes a member. */
  | { type: 'merge'; patch: Record<string, unknown> };

export type Fault = Failure | Condition;

/**
 * `empty-page`: a cursor leads to an empty last page. `null`, `empty`: `next` is null or '' instead of missing.
 * `endless`: every page has a new cursor, even an empty one. `same`: the last page repeats its own cursor.
 */
export type PageEnd = 'empty-page' | 'null' | 'empty' | 'endless' | 'same';

/**
 * A fault and the requests that it affects. `operation` (default: any) and `path` (part of the request's path) select
 * requests; `nth` and `from` count the selected ones from 1. With `nth`, the fault affects `times` requests (default 1) from
 * that one on. With `from`, it affects that request and all later ones; otherwise all of them. Without `nth`, `times` is the
 * maximum. A failure affects only requests that no earlier failure affects.
 */
export interface FaultRule<Operation extends string = OperationId> {
  operation?: Operation | 'any';
  path?: string;
  nth?: number;
  from?: number;
  times?: number;
  fault: Fault;
}

/** The faults that affect one request. */
export interface Picked {
  failure: Failure | undefined;
  conditions: readonly Condition[];
}

interface Requested {
  operation: string;
  path: string;
}

/** Returns a function that picks the faults of the next request. It keeps the counts, so the rules are plain data. */
export function faultPicker(): (rules: readonly FaultRule<string>[], request: Requested) => Picked {
  const counts = new WeakMap<FaultRule<string>, { seen: number; hit: number }>();

  return (rules, request) => {
    const picked: { failure: Failure | undefined; conditions: Condition[] } = { failure: undefined, conditions: [] };
    for (const rule of rules.filter((candidate) => selects(candidate, request))) {
      const count = counts.get(rule) ?? { seen: 0, hit: 0 };
      counts.set(rule, count);
      count.seen += 1;
      if (!hits(rule, count)) continue;
      if (isCondition(rule.fault)) picked.conditions.push(rule.fault);
      else if (picked.failure === undefined) picked.failure = rule.fault;
      else continue;
      count.hit += 1;
    }
    return picked;
  };
}

function selects({ operation, path }: FaultRule<string>, request: Requested): boolean {
  return [undefined, 'any', request.operation].includes(operation) && request.path.includes(path ?? '');
}

function hits({ nth, from, times }: FaultRule<string>, { seen, hit }: { seen: number; hit: number }): boolean {
  if (nth !== undefined) return seen >= nth && seen < nth + (times ?? 1);
  return seen >= (from ?? 1) && hit < (times ?? Number.POSITIVE_INFINITY);
}

const CONDITIONS = ['delay', 'behind', 'new-key-refused', 'page-end', 'date', 'without-headers', 'merge'];

function isCondition(fault: Fault): fault is Condition {
  return CONDITIONS.includes(fault.type);
}

/** Whether the request is carried out before its response fails in this way. */
export function isCarriedOut(failure: Failure | undefined): boolean {
  return !['drop-before', 'late', 'hang-before', 'status'].includes(failure?.type ?? '');
}

/** The first condition of a type, if there is one. */
export function conditionOf<Type extends Condition['type']>(
  conditions: readonly Condition[],
  type: Type,
): Extract<Condition, { type: Type }> | undefined {
  return conditions.find((condition): condition is Extract<Condition, { type: Type }> => condition.type === type);
}

const isNumber = (value: unknown) => Number.isFinite(value);
const isText = (value: unknown) => typeof value === 'string';
const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isTexts = (value: unknown) => Array.isArray(value) && value.every(isText);
const oneOf =
  (...values: unknown[]) =>
  (value: unknown) =>
    values.includes(value);
const optional = (check: (value: unknown) => boolean) => (value: unknown) => value === undefined || check(value);

type Fields = Record<string, (value: unknown) => boolean>;
const STATUS: Fields = {
  status: (value) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599,
  headers: optional((value) => isObject(value) && Object.values(value as object).every(isText)),
  body: optional(isText),
};

const FIELDS: Record<Fault['type'], Fields> = {
  'drop-before': {},
  'drop-after': {},
  late: { ms: isNumber },
  status: STATUS,
  'status-after': STATUS,
  duplicate: { response: optional(oneOf('first', 'second')) },
  'previous-response': {},
  'hang-before': {},
  'hang-after': {},
  stall: {},
  cut: {},
  garble: {},
  delay: { ms: isNumber },
  behind: { ms: isNumber },
  'new-key-refused': { ms: isNumber },
  'page-end': { end: oneOf('empty-page', 'null', 'empty', 'endless', 'same') },
  date: { ms: isNumber },
  'without-headers': { names: isTexts },
  merge: { patch: isObject },
};

const isCount = optional((value) => Number.isInteger(value) && Number(value) >= 1);
const RULE: Fields = {
  operation: optional(isText),
  path: optional(isText),
  nth: isCount,
  from: isCount,
  times: isCount,
  fault: isObject,
};

/**
 * Reads a JSON array of fault rules.
 * @throws Error that names the invalid field
 */
export function parseFaults<Operation extends string>(text: string): FaultRule<Operation>[] {
  const rules: unknown = JSON.parse(text);
  if (!Array.isArray(rules)) throw new Error('Expected an array of fault rules.');
  for (const rule of rules) {
    if (!isObject(rule)) throw new Error('Each fault rule must be an object.');
    checkFields('rule', rule, RULE);
    const { type, ...fields } = rule.fault;
    if (typeof type !== 'string' || !Object.hasOwn(FIELDS, type)) {
      throw new Error(`Unknown fault: ${String(type)}. Known faults: ${Object.keys(FIELDS).join(', ')}.`);
    }
    checkFields(type, fields, FIELDS[type as Fault['type']]);
  }
  return rules;
}

function checkFields(name: string, value: Record<string, unknown>, fields: Fields): void {
  const unknown = Object.keys(value).find((field) => !Object.hasOwn(fields, field));
  if (unknown !== undefined) throw new Error(`${name} has an unknown field: ${unknown}.`);
  const invalid = Object.keys(fields).find((field) => !fields[field]?.(value[field]));
  if (invalid !== undefined) throw new Error(`${name} has an invalid or missing field: ${invalid}.`);
}
