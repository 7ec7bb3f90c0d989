import { parseApiUrl } from './api-url.ts';

/** How one input is read. Descriptions stand in action.yml; a test holds the two against each other. */
interface Declaration<T> {
  /** The same as in action.yml; a value equal to it does not count as set. An expression is evaluated by the runner. */
  default?: string;
  /** Hidden from logs. */
  secret?: true;
  /**
   * @param text not empty, without white space at its ends
   * @throws Error whose message ends the sentence "`name` …", and never holds what may be a secret
   */
  parse(text: string): T;
}

const declarations = {
  operation: { parse: (text: string) => text },
  api_key: { secret: true, parse: token },
  org_id: { parse: identifier('an organization id such as org-sunny-meadow-12345678') },
  api_host: { default: 'https://console.neon.tech/api/v2', parse: parseApiUrl },
  timeout: { default: '30s', parse: timeLimit },
  summary: { default: 'true', parse: boolean },
  show_emails: { default: 'false', parse: boolean },
  github_token: { default: '${{ github.token }}', secret: true, parse: githubToken },
  github_api_url: { default: '${{ github.api_url }}', parse: parseApiUrl },
  mode: { default: 'auto', parse: oneOf('auto', 'plan', 'apply') },
  project_id: { parse: identifier('a project id such as cool-river-87654321') },
  scope: { default: 'project', parse: oneOf('project', 'organization') },
  key_name: { parse: label },
  lifetime: { default: 'job', parse: oneOf('job', 'manual') },
  export_env: { default: 'false', parse: boolean },
  on_revoke_failure: { default: 'fail', parse: oneOf('fail', 'warn') },
  key_id: { parse: keyIds },
} as const satisfies Record<string, Declaration<unknown>>;

type Declarations = typeof declarations;
export type InputName = keyof Declarations;
export const inputNames = Object.keys(declarations) as InputName[];

/** What every operation takes, besides `operation`. */
const shared = [
  'api_key',
  'org_id',
  'api_host',
  'timeout',
  'summary',
  'show_emails',
  'github_token',
  'github_api_url',
] as const;
/** What has no default and must be set. */
const required = ['operation', 'api_key', 'org_id'] as const;

/** What each operation takes besides. */
export const operationInputs = {
  'create-key': ['project_id', 'scope', 'key_name', 'lifetime', 'export_env', 'on_revoke_failure'],
  'revoke-key': ['key_id', 'key_name'],
  'list-keys': ['key_name'],
  'get-organization': [],
} as const satisfies Record<string, readonly InputName[]>;

export type OperationName = keyof typeof operationInputs;
const operationNames = Object.keys(operationInputs) as OperationName[];

type Value<N extends InputName> = ReturnType<Declarations[N]['parse']>;
type Shared = (typeof shared)[number];
type Taken<O extends OperationName> = Shared | (typeof operationInputs)[O][number];
type Present =
  | (typeof required)[number]
  | { [N in InputName]: HasDefault<Declarations[N]> extends true ? N : never }[InputName];
/** A default that is an expression can come out empty. */
type HasDefault<D> = D extends { default: infer S } ? (S extends `\${{${string}` ? false : true) : false;

/** The values an operation sees: those that it takes and no other; without a default they may be missing. */
export type InputsOf<O extends OperationName> = { operation: O } & {
  [N in Extract<Taken<O>, Present>]: Value<N>;
} & { [N in Exclude<Taken<O>, Present>]?: Value<N> };

export type AnyInputs = { [O in OperationName]: InputsOf<O> }[OperationName];

/** What no single input can know, from the inputs as they are written. */
const rules: { [O in OperationName]?: (written: (name: InputName) => string) => string[] } = {
  'create-key': (written) => {
    const wide = written('scope') === 'organization';
    if (wide && written('project_id')) return ['`project_id` and `scope: organization` exclude each other'];
    if (wide || written('project_id')) return [];
    return [
      '`project_id` is required: the key reaches this project only. For a key to all projects set `scope: organization`',
    ];
  },
  'revoke-key': (written) =>
    written('key_id') || written('key_name')
      ? []
      : ['`key_id` or `key_name` is required: it says which key is to be revoked'],
};

/** All that is wrong with the inputs, told at once. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** The secrets among the inputs, to be masked before anything else is done. */
export function secretInputs(env: NodeJS.ProcessEnv): string[] {
  const names = inputNames.filter((name) => (declarations[name] as Declaration<unknown>).secret);
  return names.map((name) => rawInput(env, name)).filter((value) => value !== '');
}

/**
 * Reads the inputs as the runner hands them over (INPUT_<NAME>).
 * @throws InputError that names every wrong input
 */
export async function readInputs(env: NodeJS.ProcessEnv): Promise<AnyInputs> {
  const operation = rawInput(env, 'operation');
  if (!isOperation(operation)) {
    throw wrongInputs('This step', [await unknownOperation(operation), ...parseInputs(env, shared).problems]);
  }
  const taken = [...shared, ...operationInputs[operation]];
  const { values, problems } = parseInputs(env, taken);
  problems.push(...(await unexpectedInputs(env, operation, ['operation', ...taken])));
  problems.push(...(rules[operation]?.((name) => rawInput(env, name)) ?? []));
  if (problems.length > 0) throw wrongInputs(`\`${operation}\``, problems);
  return { operation, ...values } as AnyInputs;
}

function wrongInputs(who: string, problems: string[]): InputError {
  const list = problems.map((problem) => `- ${problem}.`).join('\n');
  return new InputError(`${who} cannot start, nothing was sent:\n${list}`);
}

function parseInputs(env: NodeJS.ProcessEnv, names: readonly InputName[]) {
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const name of names) {
    const raw = rawInput(env, name) || literalDefault(name);
    try {
      if (raw !== '') values[name] = declarations[name].parse(raw);
      else if ((required as readonly InputName[]).includes(name)) problems.push(missing(name));
    } catch (error) {
      problems.push(`\`${name}\` ${(error as Error).message}`);
    }
  }
  return { values, problems };
}

/** What the post step needs. Its inputs are evaluated anew, and a wrong one must not keep a key alive: defaults instead. */
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

/** @returns '' for what cannot be a key: the post step must say so rather than fail on it */
function usableKey(raw: string): string {
  try {
    return token(raw);
  } catch {
    return '';
  }
}

/** The default of an input, as action.yml has it. */
export function defaultOf(name: InputName): string | undefined {
  return (declarations[name] as Declaration<unknown>).default;
}

/** What an input is without the runner; '' when only the runner can tell. */
function literalDefault(name: InputName): string {
  const value = defaultOf(name) ?? '';
  return value.startsWith('${{') ? '' : value;
}

/** @returns the value of one input, '' when it is not set */
function rawInput(env: NodeJS.ProcessEnv, name: string): string {
  return (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
}

function isOperation(name: string): name is OperationName {
  return Object.hasOwn(operationInputs, name);
}

async function unknownOperation(name: string): Promise<string> {
  const list = `the operations are ${operationNames.join(', ')}`;
  if (name === '') return `\`operation\` is required; ${list}`;
  return `\`operation\` has an unknown value${await didYouMean(name, operationNames)}; ${list}`;
}

/** Inputs that are set but not taken: a typo must not be ignored. */
async function unexpectedInputs(
  env: NodeJS.ProcessEnv,
  operation: OperationName,
  taken: readonly InputName[],
): Promise<string[]> {
  const problems: string[] = [];
  for (const variable of Object.keys(env).filter((key) => key.startsWith('INPUT_'))) {
    const name = variable.slice('INPUT_'.length).toLowerCase();
    const value = rawInput(env, name);
    if (value === '' || (taken as readonly string[]).includes(name)) continue;
    if (!Object.hasOwn(declarations, name))
      problems.push(
        `\`${name}\` is not an input${await didYouMean(name, taken)}; it comes from \`with:\` or from an environment variable ${variable}`,
      );
    else if (value !== defaultOf(name as InputName)) problems.push(notTaken(name as InputName, operation));
  }
  return problems;
}

function notTaken(name: InputName, operation: OperationName): string {
  const takers = operationNames.filter((other) => (operationInputs[other] as readonly InputName[]).includes(name));
  return `\`${name}\` is not taken by \`${operation}\`, but by ${takers.map((taker) => `\`${taker}\``).join(', ')}`;
}

async function didYouMean(name: string, candidates: readonly string[]): Promise<string> {
  const { closest, distance } = await import('fastest-levenshtein');
  const best = closest(name, [...candidates]);
  return distance(name, best) <= Math.max(2, best.length / 3) ? ` (did you mean \`${best}\`?)` : '';
}

function missing(name: InputName): string {
  if (name !== 'api_key') return `\`${name}\` is required`;
  return '`api_key` is required. When it is set from a secret: the secret does not exist, or this event may not read it, such as a pull request from a fork or by Dependabot';
}

function token(text: string): string {
  if (text.length < 16) throw new Error('is too short to be a Neon key');
  if (!/^[\x21-\x7e]+$/.test(text))
    throw new Error('has white space or characters that no Neon key has; paste the key alone');
  return text;
}

function githubToken(text: string): string {
  if (!/^[\x21-\x7e]+$/.test(text)) throw new Error('has white space or characters that no token of GitHub has');
  return text;
}

/** Neon's pattern for ids (OpenAPI document). The value is not told: a key pasted into the wrong input must not leak. */
function identifier(what: string): (text: string) => string {
  return (text) => {
    if (!/^[a-z0-9-]{1,60}$/.test(text)) throw new Error(`must be ${what} (lower-case letters, digits and hyphens)`);
    return text;
  };
}

const unitMs: Record<string, number> = { s: 1000, m: 60_000 };

/** @returns milliseconds, from one second to ten minutes */
function timeLimit(text: string): number {
  const [, count, unit] = /^(\d{1,6})([sm])$/.exec(text) ?? [];
  const ms = Number(count) * (unitMs[unit ?? ''] ?? Number.NaN);
  if (!(ms >= 1000 && ms <= 600_000)) throw new Error('must be from 1s to 10m, with its unit, such as 30s');
  return ms;
}

/** YAML 1.2's core schema. */
function boolean(text: string): boolean {
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (/^(false|False|FALSE)$/.test(text)) return false;
  throw new Error('must be true or false');
}

function oneOf<const T extends string>(...allowed: T[]): (text: string) => T {
  return (text) => {
    const found = allowed.find((value) => value === text);
    if (found === undefined) throw new Error(`must be ${allowed.map((value) => `\`${value}\``).join(' or ')}`);
    return found;
  };
}

function label(text: string): string {
  // A name is seen by many: a token that was pasted here must not become one.
  if (/[A-Za-z0-9_]{30,}/.test(text)) throw new Error('looks like a key: it is a name, and everybody may see it');
  if (/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text)) throw new Error('must be one line of printable characters');
  return text;
}

/** Ids are int64 (OpenAPI document). */
const maxKeyId = 2n ** 63n - 1n;

/** Lines or commas. */
function keyIds(text: string): string[] {
  const ids = text
    .split(/[\n,]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
  const wrong = ids.findIndex((id) => !/^[1-9]\d{0,18}$/.test(id) || BigInt(id) > maxKeyId);
  if (wrong >= 0) throw new Error(`must be numbers, by lines or commas; entry ${wrong + 1} is not a number`);
  if (ids.length === 0) throw new Error('must be numbers, by lines or commas; the list is empty');
  return [...new Set(ids)];
}
