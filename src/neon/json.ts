/** `JSON.parse`'s third reviver argument (ECMAScript 2026), which the compiler's library lacks. */
type SourceReviver = (key: string, value: unknown, context: { source?: string }) => unknown;

const exactIntegers: SourceReviver = (_key, value, { source }) =>
  !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source) ? source : value;

/**
 * Parses JSON. An integer beyond 2^53 becomes its decimal text, because as a number it would identify another key (IDs are
 * int64 in Neon's OpenAPI document).
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  return JSON.parse(text, exactIntegers as (key: string, value: unknown) => unknown);
}

/** Writes the decimal text of an int64 as the JSON number that Neon sent, exact beyond 2^53. */
export function jsonInteger(text: string): unknown {
  return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(text);
}
