import { vi } from 'vitest';

/** What the tests of one process share, by name. Values are compared by identity. */
export type SharedState = ReadonlyMap<string, unknown>;

/** `@hono/node-server` replaces these, and does not restore them. */
const replacedForGood = ['globalThis.Request', 'globalThis.Response'];

export function sharedState(): SharedState {
  const state = new Map<string, unknown>([
    ['process.cwd()', process.cwd()],
    ['process.exitCode', process.exitCode],
    ['fake timers', vi.isFakeTimers()],
  ]);
  // Vitest's variables identify the worker.
  for (const [name, value] of Object.entries(process.env))
    if (!name.startsWith('VITEST')) state.set(`process.env.${name}`, value);
  for (const event of process.eventNames())
    state.set(`listeners of process for ${String(event)}`, process.listenerCount(event));
  const objects = { globalThis, process, console, 'process.stdout': process.stdout, 'process.stderr': process.stderr };
  for (const [path, object] of Object.entries(objects))
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(object)))
      if (typeof value === 'function' && !name.startsWith('_')) state.set(`${path}.${name}`, value);
  for (const name of replacedForGood) state.delete(name);
  return state;
}

/** The names of what differs. */
export function changesSince(before: SharedState): string[] {
  const after = sharedState();
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => !Object.is(before.get(name), after.get(name)),
  );
}
