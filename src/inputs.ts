import { parseApiUrl } from './api-url.ts';
import { isNoreply, parseEmail } from './email.ts';
import { type Owner, parseExclusion } from './owner.ts';

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
  lifetime: { default: 'job', parse: lifetime },
  secret_name: { parse: secretName },
  secret_scope: { default: 'repository', parse: oneOf('repository', 'environment', 'organization') },
  secret_environment: { parse: environmentName },
  export_env: { default: 'false', parse: boolean },
  on_revoke_failure: { default: 'fail', parse: oneOf('fail', 'warn') },
  key_id: { parse: keyIds },
  max_age: { parse: maxAge },
  repositories: { parse: repositories },
  grace: { default: '24h', parse: duration },
  emails: { parse: invitees },
  role: { parse: role },
  reinvite: { default: 'false', parse: boolean },
  member_id: { parse: memberId },
  email: { parse: email },
  codeowners_path: { parse: repositoryPath },
  people_file: { default: '.github/neon-people.yml', parse: repositoryPath },
  identity_sources: { default: 'people-file', parse: identitySources },
  allowed_domains: { parse: domains },
  exclude: { parse: exclusions },
  on_unresolved: { default: 'warn', parse: oneOf('warn', 'fail', 'ignore') },
  max_invitations: { default: '25', parse: cap },
  max_role_changes: { default: '10', parse: cap },
  max_removals: { default: '0', parse: cap },
  protected_emails: { parse: emailList },
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

/** Where a secret is. */
const secret = ['secret_name', 'secret_scope', 'secret_environment'] as const;

/** Who should be in, and how many may be invited. */
const people = [
  'mode',
  'codeowners_path',
  'people_file',
  'identity_sources',
  'role',
  'allowed_domains',
  'exclude',
  'max_invitations',
  'on_unresolved',
  'reinvite',
] as const;

/** What each operation takes besides. */
export const operationInputs = {
  'create-key': ['project_id', 'scope', 'key_name', 'lifetime', 'export_env', 'on_revoke_failure', ...secret],
  'revoke-key': ['key_id', 'key_name', ...secret],
  'list-keys': ['key_name'],
  'sweep-keys': ['mode', 'max_age', 'repositories'],
  'rotate-key': [...secret, 'project_id', 'scope', 'grace', 'on_revoke_failure'],
  invite: ['mode', 'emails', 'role', 'reinvite'],
  'list-invitations': [],
  'sync-invitations': people,
  'list-members': [],
  'get-member': ['member_id', 'email'],
  'update-member': ['mode', 'member_id', 'email', 'role'],
  'remove-member': ['mode', 'member_id', 'email'],
  'sync-members': [...people, 'max_role_changes', 'max_removals', 'protected_emails'],
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
const rules: { [O in OperationName]?: (written: Written) => string[] } = {
  'create-key': (written) => [...reachRule(written), ...secretRule(written), ...jobSecretRule(written)],
  'revoke-key': (written) =>
    written('key_id') || written('key_name') || written('secret_name')
      ? secretRule(written)
      : ['`key_id`, `key_name` or `secret_name` is required: it says which key is to be revoked'],
  'rotate-key': (written) => [
    ...(written('secret_name') ? [] : ['`secret_name` is required: the secret that holds the key']),
    ...reachRule(written),
    ...secretRule(written),
  ],
  invite: (written) => [
    ...(written('emails') ? [] : ['`emails` is required: who is to be invited']),
    ...defaultRoleRule(written),
  ],
  'sync-invitations': (written) => [...defaultRoleRule(written), ...profileRule(written)],
  'get-member': memberRule,
  'update-member': (written) => [
    ...memberRule(written),
    ...(written('role') ? [] : ['`role` is required: the one that the member is to have']),
  ],
  'remove-member': memberRule,
  'sync-members': (written) => [...defaultRoleRule(written), ...profileRule(written)],
};

function memberRule(written: Written): string[] {
  const [id, address] = [written('member_id'), written('email')];
  if (id && address) return ['`member_id` and `email` exclude each other'];
  return id || address ? [] : ['`member_id` or `email` is required: it says which member is meant'];
}

/** A role for all is no line about a person. */
function defaultRoleRule(written: Written): string[] {
  return written('role') === 'admin' ? ['`role` is for everybody: who is to be admin needs a line that says so'] : [];
}

function profileRule(written: Written): string[] {
  const asked = list(written('identity_sources')).includes('profile');
  return asked && !written('allowed_domains') ? ['`identity_sources: profile` needs `allowed_domains`'] : [];
}

type Written = (name: InputName) => string;

function reachRule(written: Written): string[] {
  const wide = written('scope') === 'organization';
  if (wide && written('project_id')) return ['`project_id` and `scope: organization` exclude each other'];
  if (wide || written('project_id')) return [];
  return [
    '`project_id` is required: the key reaches this project only. For a key to all projects set `scope: organization`',
  ];
}

function secretRule(written: Written): string[] {
  const scoped = written('secret_scope') === 'environment';
  const alone = !written('secret_name') && (scoped || written('secret_scope') === 'organization');
  return [
    ...(alone ? ['`secret_scope` is of use with `secret_name` only'] : []),
    ...(scoped && !written('secret_environment') ? ['`secret_scope: environment` needs `secret_environment`'] : []),
    ...(!scoped && written('secret_environment') ? ['`secret_environment` needs `secret_scope: environment`'] : []),
  ];
}

function jobSecretRule(written: Written): string[] {
  const job = ['', defaultOf('lifetime')].includes(written('lifetime'));
  return job && written('secret_name')
    ? [
        '`secret_name` needs another `lifetime` than `job`: the secret would hold a key that is dead when the job is over',
      ]
    : [];
}

/** All that is wrong with the inputs, told at once. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** A shorter one is a word, as `act` is given for a token: hidden, it would be hidden wherever else it stands. */
const shortestSecret = 16;

/** The secrets among the inputs, to be masked before anything else is done. */
export function secretInputs(env: NodeJS.ProcessEnv): string[] {
  const names = inputNames.filter((name) => (declarations[name] as Declaration<unknown>).secret);
  return names.map((name) => rawInput(env, name)).filter((value) => value.length >= shortestSecret);
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
  if (text.length < shortestSecret) throw new Error('is too short to be a Neon key');
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

const unitSeconds: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** @returns seconds; NaN for what is no duration */
function seconds(text: string): number {
  const [, count, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  return Number(count) * (unitSeconds[unit ?? ''] ?? Number.NaN);
}

/** @returns milliseconds, from one second to ten minutes */
function timeLimit(text: string): number {
  const limit = seconds(text);
  if (!(limit >= 1 && limit <= 600)) throw new Error('must be from 1s to 10m, with its unit, such as 30s');
  return limit * 1000;
}

const longestSeconds = 3650 * 86_400;

/** @returns seconds, up to ten years */
function duration(text: string): number {
  const length = seconds(text);
  if (!(length <= longestSeconds))
    throw new Error('must be a duration of at most 3650d, with its unit, such as 90s, 15m, 24h or 7d');
  return length;
}

/** @returns seconds. Less than an hour would end what has hardly begun. */
function maxAge(text: string): number {
  const length = seconds(text);
  if (!(length >= 3600 && length <= longestSeconds))
    throw new Error('must be a duration from 1h to 3650d, such as 24h or 30d');
  return length;
}

/** How long a key lives; the number of the pull request is the event's. */
function lifetime(text: string): 'job' | 'pull-request' | 'manual' | { seconds: number } {
  if (text === 'job' || text === 'pull-request' || text === 'manual') return text;
  const length = seconds(text);
  if (!(length >= 1 && length <= longestSeconds)) {
    throw new Error('must be `job`, `pull-request`, `manual`, or a duration such as 24h or 7d');
  }
  return { seconds: length };
}

/** GitHub's rule for the names of secrets (GitHub documentation, "Using secrets in GitHub Actions"). */
function secretName(text: string): string {
  // A long name may be a key that was pasted here; it is not told either way.
  if (!/^[A-Z_][A-Z0-9_]{0,99}$/i.test(text) || /^GITHUB_/i.test(text)) {
    throw new Error(
      'must be letters, digits and `_`, must not begin with a digit or GITHUB_, and have at most 100 characters',
    );
  }
  return text;
}

function environmentName(text: string): string {
  if (text.length > 255 || /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text)) {
    throw new Error('must be the name of an environment: one line of at most 255 printable characters');
  }
  return text;
}

/** @returns `*` for every repository, or `owner/name` of each */
function repositories(text: string): '*' | string[] {
  const names = list(text);
  if (names.length === 1 && names[0] === '*') return '*';
  const wrong = names.findIndex((name) => !/^[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100}$/.test(name));
  if (wrong >= 0 || names.length === 0)
    throw new Error(
      `must be \`*\`, or names such as octo-org/shop by lines or commas${wrong >= 0 ? `; entry ${wrong + 1} is none` : ''}`,
    );
  return names;
}

/** Lines or commas. */
function list(text: string): string[] {
  const items = text.split(/[\n,]/).map((item) => item.trim());
  return [...new Set(items.filter((item) => item !== ''))];
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

function keyIds(text: string): string[] {
  const ids = list(text);
  const wrong = ids.findIndex((id) => !/^[1-9]\d{0,18}$/.test(id) || BigInt(id) > maxKeyId);
  if (wrong >= 0) throw new Error(`must be numbers, by lines or commas; entry ${wrong + 1} is not a number`);
  if (ids.length === 0) throw new Error('must be numbers, by lines or commas; the list is empty');
  return ids;
}

function role(text: string): 'admin' | 'member' | 'editor' | 'viewer' | 'collaborator' {
  return oneOf('admin', 'member', 'editor', 'viewer', 'collaborator')(text);
}

/** A UUID (OpenAPI document). */
function memberId(text: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) throw new Error('must be the id of a member, a UUID');
  return text.toLowerCase();
}

function email(text: string): string {
  const address = parseEmail(text);
  if (address === undefined) throw new Error('must be an e-mail address');
  return address;
}

/** Entries such as `octo@example.com` or `octo@example.com admin`. */
function invitees(text: string): { email: string; role?: ReturnType<typeof role> }[] {
  const entries = list(text).map((entry, index) => {
    const [address = '', as, ...rest] = entry.split(/[ \t]+/);
    const read = parseEmail(address);
    const wrong = `entry ${index + 1} must be an e-mail address, or one and a role such as \`octo@example.com admin\``;
    if (read === undefined || isNoreply(read) || rest.length > 0) throw new Error(`is wrong: ${wrong}`);
    return as === undefined ? { email: read } : { email: read, role: roleOf(as, wrong) };
  });
  const twice = entries.findIndex((entry, index) => entries.findIndex((other) => other.email === entry.email) < index);
  if (twice >= 0) throw new Error(`is wrong: entry ${twice + 1} has an address that stands there twice`);
  if (entries.length === 0) throw new Error('is empty');
  return entries;
}

function roleOf(text: string, wrong: string): ReturnType<typeof role> {
  try {
    return role(text);
  } catch (error) {
    throw new Error(`is wrong: ${wrong}; the role ${(error as Error).message}`);
  }
}

function repositoryPath(text: string): string {
  const parts = text.split('/');
  const odd = parts.some((part) => part === '' || part === '.' || part === '..') || /[\p{Cc}\\]/u.test(text);
  if (odd || text.length > 1000)
    throw new Error('must be the path of a file from the root of the repository, such as docs/CODEOWNERS');
  return text;
}

function identitySources(text: string): ('people-file' | 'saml' | 'verified-domain' | 'profile')[] {
  return list(text).map(oneOf('people-file', 'saml', 'verified-domain', 'profile'));
}

function domains(text: string): string[] {
  return entriesOf(text, 'domains such as example.com', (entry) =>
    parseEmail(`a@${entry}`) === undefined ? undefined : entry.toLowerCase(),
  );
}

function emailList(text: string): string[] {
  return entriesOf(text, 'e-mail addresses', parseEmail);
}

function exclusions(text: string): Owner[] {
  return entriesOf(text, 'logins, teams such as acme/platform, or e-mail addresses', parseExclusion);
}

function entriesOf<T>(text: string, what: string, parse: (entry: string) => T | undefined): T[] {
  return list(text).map((entry, index) => {
    const value = parse(entry);
    if (value === undefined) throw new Error(`must be ${what}, by lines or commas; entry ${index + 1} is none`);
    return value;
  });
}

/** A number of people, or a share of the members. */
function cap(text: string): { count: number } | { percent: number } {
  const [, number, sign] = /^(\d{1,6})(%?)$/.exec(text) ?? [];
  if (number === undefined || (sign && Number(number) > 100))
    throw new Error('must be a number such as 25, or a share of the members such as 20%');
  return sign ? { percent: Number(number) } : { count: Number(number) };
}
