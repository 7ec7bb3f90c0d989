import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parse } from 'yaml';
import { type OperationName, operationInputs } from '../../src/inputs/declarations.ts';
import { InputError, readInputs } from '../../src/inputs/read.ts';

export interface ActionInput {
  description: string;
  required?: boolean;
  default?: string;
}

export const action = parse(readFileSync(join(import.meta.dirname, '../../action.yml'), 'utf8')) as {
  inputs: Record<string, ActionInput>;
};
export const declared = Object.entries(action.inputs);
export const operations = Object.keys(operationInputs) as OperationName[];
export const token = 'token-'.padEnd(40, 'x');
export const githubToken = 'github-'.padEnd(40, 'y');

export function operationsWith(name: string): OperationName[] {
  return operations.filter((operation) => (operationInputs[operation] as readonly string[]).includes(name));
}

/** The variables that the runner sets: the defaults of action.yml, replaced by `with:`. */
export function variables(inputs: Record<string, string>): Record<string, string> {
  const expressions: Record<string, string> = {
    '${{ github.token }}': githubToken,
    '${{ github.api_url }}': 'https://api.github.com',
  };
  const defaults = declared.map(([name, { default: text = '' }]) => [name, expressions[text] ?? text]);
  const all = { ...Object.fromEntries(defaults), ...inputs } as Record<string, string>;
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
}

/** Reads inputs in addition to a valid key and organization, which '' removes. */
export function read(inputs: Record<string, string>) {
  return readInputs(variables({ api_key: token, org_id: 'org-sunny-meadow-12345678', ...inputs }));
}

/** The error about the inputs; '' if they are valid. */
export async function complaint(inputs: Record<string, string>): Promise<string> {
  try {
    await read(inputs);
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).message;
  }
}
