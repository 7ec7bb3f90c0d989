import {
  type AnyInputs,
  type Declaration,
  declarations,
  defaultOf,
  type InputName,
  inputNames,
  type KeylessInputs,
  type OperationName,
  operationInputs,
  operationNames,
  required,
  shared,
} from './declarations.ts';
import { boolean, shortestSecret, timeLimit, token } from './parsers.ts';
import { inputRules } from './rules.ts';

/** One error for all invalid inputs. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** @returns the values of secret inputs, which must be masked before anything else */
export function secretInputs(env: NodeJS.ProcessEnv): string[] {
  const names = inputNames.filter((name) => (declarations[name] as Declaration<unknown>).secret);
  return names.map((name) => rawInput(env, name)).filter((value) => value.length >= shortestSecret);
}

/**
 * Reads the inputs as the runner provides them (INPUT_<NAME>).
 * @param onWarning called with a problem that does not stop the step
 * @throws InputError, which names every invalid input
 */
export async function readInputs(
  env: NodeJS.ProcessEnv,
  onWarning: (text: string) => void = () => {},
): Promise<AnyInputs | KeylessInputs> {
  const operation = rawInput(env, 'operation');
  if (!isOperation(operation)) {
    throw inputError('This step', [await unknownOperation(operation), ...parseInputs(env, shared, required).problems]);
  }
  const accepted = [...shared, ...operationInputs[operation]];
  const isKeyless = operation === 'create-key' && rawInput(env, 'broker_url') !== '';
  const { values, problems } = parseInputs(env, accepted, isKeyless ? [] : required);
  problems.push(...(await unexpectedInputs(env, operation, ['operation', ...accepted], onWarning)));
  problems.push(...(inputRules[operation]?.((name) => rawInput(env, name)) ?? []));
  if (problems.length > 0) throw inputError(`\`${operation}\``, problems);
  return { operation, ...values } as AnyInputs | KeylessInputs;
}

function inputError(subject: string, problems: string[]): InputError {
  const list = problems.map((problem) => `- ${problem}`).join('\n');
  return new InputError(`${subject} did not start because of invalid inputs. Nothing was sent.\n${list}`);
}

function parseInputs(env: NodeJS.ProcessEnv, names: readonly InputName[], needed: readonly InputName[]) {
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const name of names) {
    const raw = rawInput(env, name) || literalDefault(name);
    try {
      if (raw !== '') values[name] = declarations[name].parse(raw);
      else if (needed.includes(name)) problems.push(missing(name));
    } catch (error) {
      problems.push(`\`${name}\` ${(error as Error).message}.`);
    }
  }
  return { values, problems };
}

/** Reads what post needs. GitHub evaluates inputs again for it. An invalid input must not keep a key active, so its default applies. */
export function readPostInputs(env: NodeJS.ProcessEnv): {
  apiKey: string;
  timeoutMs: number;
  warnOnly: boolean;
  summary: boolean;
} {
  const read = <T>(name: InputName, parse: (text: string) => T) => {
    try {
      return parse(rawInput(env, name));
    } catch {
      return parse(defaultOf(name) as string);
    }
  };
  return {
    apiKey: usableKey(rawInput(env, 'api_key')),
    timeoutMs: read('timeout', timeLimit),
    warnOnly: rawInput(env, 'on_revoke_failure') === 'warn',
    summary: read('summary', boolean),
  };
}

/** @returns '' if it cannot be a key: the post step reports that instead of failing */
function usableKey(raw: string): string {
  try {
    return token(raw);
  } catch {
    return '';
  }
}

/** The default of an input; '' if only the runner can evaluate it. */
function literalDefault(name: InputName): string {
  const value = defaultOf(name) ?? '';
  return value.startsWith('${{') ? '' : value;
}

/** @returns the value of an input; '' if it is not set */
function rawInput(env: NodeJS.ProcessEnv, name: string): string {
  return (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
}

function isOperation(name: string): name is OperationName {
  return Object.hasOwn(operationInputs, name);
}

async function unknownOperation(name: string): Promise<string> {
  const list = `The operations are ${operationNames.join(', ')}.`;
  if (name === '') return `\`operation\` is required. ${list}`;
  const { didYouMean } = await import('../lib/did-you-mean.ts');
  return `\`operation\` is not a known operation${didYouMean(name, operationNames)}. ${list}`;
}

/**
 * Finds inputs that are set but have no effect. A typo must not be ignored, but a variable that resembles no input may have
 * another purpose, such as `env: INPUT_VERSION` of a job.
 */
async function unexpectedInputs(
  env: NodeJS.ProcessEnv,
  operation: OperationName,
  accepted: readonly InputName[],
  onWarning: (text: string) => void,
): Promise<string[]> {
  const problems: string[] = [];
  for (const variable of Object.keys(env).filter((key) => key.startsWith('INPUT_'))) {
    const name = variable.slice('INPUT_'.length).toLowerCase();
    const value = rawInput(env, name);
    if (value === '' || (accepted as readonly string[]).includes(name)) continue;
    if (!Object.hasOwn(declarations, name)) {
      const { didYouMean } = await import('../lib/did-you-mean.ts');
      const suggestion = didYouMean(name, inputNames);
      if (suggestion) problems.push(`\`${name}\` is not an input${suggestion}.`);
      else
        onWarning(`\`${name}\` is not an input and was ignored. It comes from \`with:\` or the variable ${variable}.`);
    } else if (value !== defaultOf(name as InputName)) problems.push(notAnInputOf(name as InputName, operation));
  }
  return problems;
}

function notAnInputOf(name: InputName, operation: OperationName): string {
  const acceptedBy = operationNames.filter((other) => (operationInputs[other] as readonly InputName[]).includes(name));
  return `\`${name}\` is not an input of \`${operation}\`, only of ${acceptedBy.map((accepting) => `\`${accepting}\``).join(', ')}.`;
}

function missing(name: InputName): string {
  if (name !== 'api_key') return `\`${name}\` is required.`;
  return '`api_key` is required. If it is set from a secret, the secret does not exist or is not available to this event, such as a pull request from a fork or from Dependabot.';
}
