// Checks of response bodies. A response that lacks what the endpoint promises counts as no response.

/** @returns the body if it is an object, and not a list */
export function asObject<T extends object>(body: unknown): T | undefined {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as T) : undefined;
}

/** @returns the body if it is `{}`. Anything else, such as an error with status 200, does not confirm anything */
export function asEmpty(body: unknown): object | undefined {
  const object = asObject(body);
  return object !== undefined && Object.keys(object).length === 0 ? object : undefined;
}

/** Whether the body is an object with a string that is not empty under each name. */
export function hasTexts(body: unknown, ...names: string[]): boolean {
  const object = asObject<Record<string, unknown>>(body);
  return object !== undefined && names.every((name) => typeof object[name] === 'string' && object[name] !== '');
}
