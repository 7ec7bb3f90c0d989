// What a client receives under a fault.
import type { ServerResponse } from 'node:http';
import { conditionOf, type Picked } from './faults.ts';

export interface EmulatedResponse {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

/** The responses that a fault may send. */
export interface FaultResponses {
  /** The service's own response; undefined if the request was not carried out. */
  own: EmulatedResponse | undefined;
  /** The previous response of the same operation. */
  previous: EmulatedResponse | undefined;
  /** The service's error with a status, for a fault that has no body. */
  scripted(status: number): Omit<EmulatedResponse, 'status'>;
  now: Date;
}

/** Sends the response that the faults determine. @returns its status; null if none was sent */
export function send(
  response: ServerResponse,
  { failure, conditions }: Picked,
  responses: FaultResponses,
): number | null {
  const { own, previous } = responses;
  const sendResponse = (chosen: EmulatedResponse | undefined, part: Part = 'whole') =>
    chosen ? write(response, changed(chosen, conditions, responses.now), part) : null;
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
      const { headers, body } = responses.scripted(failure.status);
      const { status } = failure;
      return sendResponse({ status, headers: { ...headers, ...failure.headers }, body: failure.body ?? body });
    }
    case 'previous-response':
      return sendResponse(own && previous ? { ...own, body: previous.body } : own);
    case 'garble':
      return sendResponse({ status: 200, headers: { 'content-type': 'application/json' }, body: '{"garbled": tru' });
    case 'stall':
      return sendResponse(own, 'half');
    case 'cut':
      return sendResponse(own, 'half, then closed');
    default:
      return sendResponse(own);
  }
}

/** Applies the conditions that change a response, and adds a `Date` from the service's clock. */
function changed(response: EmulatedResponse, conditions: Picked['conditions'], now: Date): EmulatedResponse {
  const offMs = conditionOf(conditions, 'date')?.ms ?? 0;
  const headers: Record<string, string> = { date: new Date(now.getTime() + offMs).toUTCString(), ...response.headers };
  for (const name of conditionOf(conditions, 'without-headers')?.names ?? []) delete headers[name.toLowerCase()];
  const patch = conditionOf(conditions, 'merge')?.patch;
  const isPatched = patch !== undefined && response.status < 300 && typeof response.body === 'string';
  return { ...response, headers, body: isPatched ? merged(String(response.body), patch) : response.body };
}

// JSON.parse with source text and JSON.rawJSON keep int64 IDs exact. Both are in Node 24, but not in TypeScript's es2024.
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

function write(response: ServerResponse, { status, headers, body }: EmulatedResponse, part: Part): number {
  const bytes = Buffer.from(body);
  // A response without content has no length either (RFC 9110, 8.6).
  const length = status === 204 ? {} : { 'content-length': bytes.length };
  // Node would add its own Date if a fault removed it.
  response.sendDate = false;
  response.writeHead(status, { ...headers, ...length });
  if (part === 'whole') response.end(bytes);
  else
    response.write(bytes.subarray(0, bytes.length / 2), () => {
      if (part === 'half, then closed') response.destroy();
    });
  return status;
}
