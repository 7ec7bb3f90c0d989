import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { closest } from 'fastest-levenshtein';
import type { Fault, FaultRule } from '../emulator/faults.ts';
import { parseFaults } from '../emulator/faults.ts';
import { OPERATIONS as GITHUB_OPERATIONS, type OperationId as GitHubOperation } from '../emulator/github/operations.ts';
import { OPERATIONS as NEON_OPERATIONS, type OperationId as NeonOperation } from '../emulator/operations.ts';
import { type InputName, inputNames, type OperationName, operationNames } from '../src/inputs/declarations.ts';

/** What started the workflow. `pull_request` is an open one with the changed files. */
export const EVENTS = [
  'push',
  'schedule',
  'workflow_dispatch',
  'pull_request',
  'pull_request_target',
  'pull_request_merged',
  'pull_request_closed',
] as const;
export type EventName = (typeof EVENTS)[number];

/** What to try. */
export interface Trial {
  operation: OperationName;
  inputs: Partial<Record<InputName, string>>;
  event: EventName;
  /** Contents by path in the repository; null deletes. */
  files: Record<string, string | null>;
  neonFaults: FaultRule<NeonOperation>[];
  githubFaults: FaultRule<GitHubOperation>[];
  /** The number of workflow runs. */
  times: number;
}

/** An invalid argument. */
export class UsageError extends Error {}

export const USAGE = `Usage: npm run try -- <operation> [<input>=<value> ...] [options]

Operations: ${operationNames.join(', ')}
Inputs:     see docs/reference.md; api_key, org_id, api_host, github_token and github_api_url are set

Options:
  --event <name>           what started the workflow (default: push): ${EVENTS.join(', ')}
  --file <path>=<file>     a file of the repository, such as .github/CODEOWNERS=my-owners; without <file> it is deleted
  --fault <call>=<fault>   a fault at the first call of an operation of Neon or GitHub, such as createOrgApiKey=drop-after,
                           or listOrgApiKeys='{"type":"status","status":503}'
  --times <number>         how many times to run it (default: 1)`;

const NONE: string[] = [];
const OPTIONS = {
  event: { type: 'string' as const, default: 'push' },
  file: { type: 'string' as const, multiple: true as const, default: NONE },
  fault: { type: 'string' as const, multiple: true as const, default: NONE },
  times: { type: 'string' as const, default: '1' },
};

/**
 * Reads the arguments of `npm run try`.
 * @throws UsageError for the first invalid argument
 */
export function readArguments(args: string[]): Trial {
  const { values, positionals } = parsed(args);
  const [operation, ...pairs] = positionals;
  if (operation === undefined) throw new UsageError('The operation is missing.');
  const faults = values.fault.map(readFault);
  return {
    operation: oneOf(operationNames, operation, 'operation'),
    inputs: Object.fromEntries(pairs.map(readInput)),
    event: oneOf(EVENTS, values.event, 'event'),
    files: Object.fromEntries(values.file.map(readFile)),
    neonFaults: faults.filter(isNeonRule),
    githubFaults: faults.filter(isGitHubRule),
    times: readTimes(values.times),
  };
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function oneOf<Name extends string>(names: readonly Name[], text: string, kind: string): Name {
  const name = names.find((candidate) => candidate === text);
  if (name !== undefined) return name;
  throw new UsageError(`Unknown ${kind}: ${text}. Did you mean ${closest(text, names)}?`);
}

/** Splits at the first `=`. */
function split(text: string, form: string): [before: string, after: string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`"${text}" is not in the form ${form}.`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function readInput(text: string): [InputName, string] {
  const [name, value] = split(text, '<input>=<value>');
  return [oneOf(inputNames, name, 'input'), value];
}

function readFile(text: string): [string, string | null] {
  const [path, local] = split(text, '<path>=<file>');
  if (local === '') return [path, null];
  if (!existsSync(local)) throw new UsageError(`The file ${local} for ${path} does not exist.`);
  return [path, readFileSync(local, 'utf8')];
}

function readTimes(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new UsageError(`--times must be a number from 1 to 99, not ${text}.`);
  return Number(text);
}

type AnyRule = FaultRule<NeonOperation | GitHubOperation>;

function readFault(text: string): AnyRule {
  const [call, fault] = split(text, '<call>=<fault>');
  const calls = [...Object.keys(NEON_OPERATIONS), ...Object.keys(GITHUB_OPERATIONS)];
  const operation = oneOf(calls, call, 'call');
  try {
    const json: Fault = fault.startsWith('{') ? JSON.parse(fault) : { type: fault };
    const [rule] = parseFaults<NeonOperation | GitHubOperation>(JSON.stringify([{ operation, nth: 1, fault: json }]));
    return rule as AnyRule;
  } catch (error) {
    throw new UsageError(`The fault of ${call} is invalid: ${(error as Error).message}`);
  }
}

function isNeonRule(rule: AnyRule): rule is FaultRule<NeonOperation> {
  return Object.hasOwn(NEON_OPERATIONS, rule.operation ?? '');
}

function isGitHubRule(rule: AnyRule): rule is FaultRule<GitHubOperation> {
  return Object.hasOwn(GITHUB_OPERATIONS, rule.operation ?? '');
}
