// How answers are read: whatever lacks what the endpoint promises is no answer.

/** @returns the body if it is an object, and not a list */
export function asObject<T extends object>(body: unknown): T | undefined {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as T) : undefined;
}

/** Whether the body is an object that has a text under each name. */
export function hasTexts(body: unknown, ...names: string[]): boolean {
  const object = asObject<Record<string, unknown>>(body);
  return object !== undefined && names.every((name) => typeof object[name] === 'string' && object[name] !== '');
}
