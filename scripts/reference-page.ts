import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { operationInputs } from '../src/inputs/declarations.ts';

interface Action {
  inputs: Record<string, { description: string; required?: boolean; default?: string }>;
  outputs: Record<string, { description: string }>;
}

const operations = Object.entries(operationInputs);

/** @returns the text of docs/reference.md: the inputs and outputs in action.yml, and which operation has which */
export function referencePage(): string {
  const { inputs, outputs } = parse(readFileSync(join(import.meta.dirname, '../action.yml'), 'utf8')) as Action;
  const commonInputs = Object.keys(inputs).filter(
    (name) => !operations.some(([, accepted]) => includes(accepted, name)),
  );
  return `# Inputs and outputs

Generated from [action.yml](../action.yml) and [src/inputs/declarations.ts](../src/inputs/declarations.ts) by
\`npm run reference\`. A test keeps them in sync.

Setting an input that the operation does not accept is an error, so typos never go unnoticed. All invalid inputs are
reported at once, before the first request.

- Durations have a unit: \`90s\`, \`15m\`, \`24h\`, \`7d\`.
- Lists are separated by commas or newlines.
- Booleans are \`true\` or \`false\`.

## By operation

Every operation accepts ${codes(commonInputs)} and sets \`changed\`.

${table(
  ['Operation', 'Inputs', 'Outputs'],
  operations.map(([name, accepted]) => [code(name), codes([...accepted]), codes(setBy(name, outputs))]),
)}

## Inputs

${table(
  ['Input', 'Default', 'Description'],
  Object.entries(inputs).map(([name, input]) => [code(name), defaultOf(input), input.description]),
)}

## Outputs

${table(
  ['Output', 'Description'],
  Object.entries(outputs).map(([name, { description }]) => [code(name), description]),
)}
`;
}

function defaultOf(input: Action['inputs'][string]): string {
  if (input.required) return 'required';
  return input.default === undefined ? '' : code(input.default);
}

/** The outputs whose description begins with the operation's name. */
function setBy(operation: string, outputs: Action['outputs']): string[] {
  return Object.keys(outputs).filter((name) => operationsIn(outputs[name]?.description ?? '').includes(operation));
}

/** The operations that a description is about: those before a colon at the start of the description or of a sentence. */
function operationsIn(description: string): string[] {
  const headings = description.matchAll(/(?:^|\.\s+)((?:`[a-z-]+`(?:,| or| and)? ?)+):/g);
  return [...headings].flatMap(([, heading = '']) => heading.match(/[a-z-]{3,}(?=`)/g) ?? []);
}

function includes(names: readonly string[], name: string): boolean {
  return names.includes(name);
}

function code(text: string): string {
  return `\`${text}\``;
}

function codes(names: string[]): string {
  return names.map(code).join(', ');
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.trim().replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
