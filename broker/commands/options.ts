import type { parseArgs } from 'node:util';

/** The options of all commands. */
export const options = {
  policy: { type: 'string' },
  claims: { type: 'string' },
  project: { type: 'string' },
  all: { type: 'boolean' },
  repository: { type: 'string' },
} as const;

export type CommandOptions = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
