// What a client gets under a fault.
import type { ServerResponse } from 'node:http';
import { conditionOf, type Picked } from './faults.ts';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

/** The answers that a fault may send. */
export interface Answers {
  /** The service's own; undefined if the request was not carried out. */
  own: Answer | undefined;
  /** The previous one of the same operation. */
  previous: Answer | undefined;
  /** The service's error with a status, for a fault that has no body. */
  scripted(status: number): Omit<Answer, 'status'>;
  now: Date;
}

/** Sends the answer that the faults ask for; returns its status, or null if none was sent. */
export function send(response: ServerResponse, { failure, conditions }: Picked, answers: Answers): number | null {
  const { own, previous } = answers;
  const answered = (answer: Answer | undefined, part: Part = 'whole') =>
    answer ? write(response, changed(answer, conditions, answers.now), part) : null;
  switch (failure?.type) {
    case 'hang-before':
    case 'hang-after':
      return null;
    case 'drop-before':
    case 'drop-after':
    case 'late':
      response.destroy();
      return null;
    case 'status':
    case 'status-after': {
      const { headers, body } = answers.scripted(failure.status);
      const given = { status: failure.status, body: failure.body ?? body };
      return answered({ ...given, headers: { ...headers, ...failure.headers } });
    }
    case 'previous-answer':
      return answered(own && previous ? { ...own, body: previous.body } : own);
    case 'garble':
      return answered({ status: 200, headers: { 'content-type': 'application/json' }, body: '{"garbled": tru' });
    case 'stall':
      return answered(own, 'half');
    case 'cut':
      return answered(own, 'half, then closed');
    default:
      return answered(own);
  }
}

/** Applies the conditions that change an answer. Every answer gets a `Date` of the service's clock. */
function changed(answer: Answer, conditions: Picked['conditions'], now: Date): Answer {
  const offMs = conditionOf(conditions, 'date')?.ms ?? 0;
  const headers: Record<string, string> = { date: new Date(now.getTime() + offMs).toUTCString(), ...answer.headers };
  for (const name of conditionOf(conditions, 'without-headers')?.names ?? []) delete headers[name.toLowerCase()];
  const patch = conditionOf(conditions, 'merge')?.patch;
  const isPatched = patch !== undefined && answer.status < 300 && typeof answer.body === 'string';
  return { ...answer, headers, body: isPatched ? merged(String(answer.body), patch) : answer.body };
}

// JSON.parse with source text and JSON.rawJSON keep int64 ids exact. Both are in Node 24, but not in TypeScript's es2024.
const { parse, rawJSON, stringify } = JSON as unknown as {
  parse(text: string, revive: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
  rawJSON(text: string): unknown;
  stringify(value: unknown): string;
};

function merged(body: string, patch: Record<string, unknown>): string {
  const exact = parse(body, (_, value, { source }) =>
    typeof value === 'number' && source !== undefined ? rawJSON(source) : value,
  );
  return stringify(mergePatch(exact, patch));
}

/** RFC 7396. */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const isObject = typeof target === 'object' && target !== null && !Array.isArray(target);
  const result: Record<string, unknown> = isObject ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = mergePatch(result[name], value);
  }
  return result;
}

type Part = 'whole' | 'half' | 'half, then closed';

function write(response: ServerResponse, { status, headers, body }: Answer, part: Part): number {
  const bytes = Buffer.from(body);
  // An answer without content has no length either (RFC 9110, 8.6).
  const length = status === 204 ? {} : { 'content-length': bytes.length };
  // Node would add a Date of its own where a fault removes it.
  response.sendDate = false;
  response.writeHead(status, { ...headers, ...length });
  if (part === 'whole') response.end(bytes);
  else
    response.write(bytes.subarray(0, bytes.length / 2), () => {
      if (part === 'half, then closed') response.destroy();
    });
  return status;
}
