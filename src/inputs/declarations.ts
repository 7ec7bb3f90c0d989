import { parseApiUrl } from '../lib/api-url.ts';
import { modes } from '../runner/mode.ts';
import {
  boolean,
  brokerUrl,
  cap,
  creator,
  domains,
  duration,
  email,
  emailList,
  environmentName,
  exclusions,
  githubToken,
  identifier,
  identitySourceList,
  invitees,
  keyIds,
  keyLifetime,
  label,
  maxAge,
  memberId,
  oneOf,
  repositories,
  repositoryPath,
  role,
  secretName,
  timeLimit,
  token,
} from './parsers.ts';

/** How an input is read. Its description is in action.yml, and a test compares the two. */
export interface Declaration<T> {
  /** The default in action.yml. An input with this value does not count as set. The runner evaluates expressions. */
  default?: string;
  /** Whether the value is masked in logs. */
  secret?: true;
  /**
   * @param text not empty, without leading or trailing white space
   * @throws Error whose message completes the sentence "`name` …", and never contains a value that may be a secret
   */
  parse(text: string): T;
}

export const declarations = {
  operation: { parse: (text: string) => text },
  api_key: { secret: true, parse: token },
  org_id: { parse: identifier('an organization ID such as org-sunny-meadow-12345678') },
  broker_url: { parse: brokerUrl },
  api_host: { default: 'https://console.neon.tech/api/v2', parse: parseApiUrl },
  timeout: { default: '30s', parse: timeLimit },
  summary: { default: 'true', parse: boolean },
  show_emails: { default: 'false', parse: boolean },
  github_token: { default: '${{ github.token }}', secret: true, parse: githubToken },
  github_api_url: { default: '${{ github.api_url }}', parse: parseApiUrl },
  mode: { default: 'auto', parse: oneOf(...modes) },
  project_id: { parse: identifier('a project ID such as cool-river-87654321') },
  scope: { default: 'project', parse: oneOf('project', 'organization', 'account') },
  key_name: { parse: label },
  lifetime: { default: 'job', parse: keyLifetime },
  secret_name: { parse: secretName },
  secret_scope: { default: 'repository', parse: oneOf('repository', 'environment', 'organization') },
  secret_environment: { parse: environmentName },
  export_env: { default: 'false', parse: boolean },
  on_revoke_failure: { default: 'fail', parse: oneOf('fail', 'warn') },
  key_id: { parse: keyIds },
  created_by: { parse: creator },
  max_age: { parse: maxAge },
  repositories: { parse: repositories },
  on_doubt: { default: 'warn', parse: oneOf('warn', 'fail') },
  grace: { default: '24h', parse: duration },
  emails: { parse: invitees },
  role: { parse: role },
  reinvite: { default: 'false', parse: boolean },
  member_id: { parse: memberId },
  email: { parse: email },
  codeowners_path: { parse: repositoryPath },
  people_file: { default: '.github/neon-people.yml', parse: repositoryPath },
  identity_sources: { default: 'people-file', parse: identitySourceList },
  allowed_domains: { parse: domains },
  exclude: { parse: exclusions },
  on_unresolved: { default: 'warn', parse: oneOf('warn', 'fail', 'ignore') },
  max_invitations: { default: '25', parse: cap },
  max_role_changes: { default: '10', parse: cap },
  max_removals: { default: '0', parse: cap },
  protected_emails: { parse: emailList },
  comment: { default: 'false', parse: boolean },
} as const satisfies Record<string, Declaration<unknown>>;

type Declarations = typeof declarations;
export type InputName = keyof Declarations;
export const inputNames = Object.keys(declarations) as InputName[];

/** Inputs of every operation, in addition to `operation`. */
export const shared = [
  'api_key',
  'org_id',
  'api_host',
  'timeout',
  'summary',
  'show_emails',
  'github_token',
  'github_api_url',
] as const;
/** Inputs that have no default and must be set. */
export const required = ['operation', 'api_key', 'org_id'] as const;

/** The place of a GitHub secret. */
const secret = ['secret_name', 'secret_scope', 'secret_environment'] as const;

/** Who should be a member, and how many may be invited. */
const people = [
  'mode',
  'repositories',
  'codeowners_path',
  'people_file',
  'identity_sources',
  'role',
  'allowed_domains',
  'exclude',
  'max_invitations',
  'on_unresolved',
  'reinvite',
  'comment',
] as const;

/** The other inputs of each operation. */
export const operationInputs = {
  'create-key': [
    'broker_url',
    'project_id',
    'scope',
    'key_name',
    'lifetime',
    'export_env',
    'on_revoke_failure',
    ...secret,
  ],
  'revoke-key': ['key_id', 'key_name', ...secret],
  'list-keys': ['key_name', 'created_by'],
  'sweep-keys': ['mode', 'max_age', 'repositories', 'on_doubt', 'comment'],
  'rotate-key': [...secret, 'project_id', 'scope', 'grace', 'on_revoke_failure'],
  invite: ['mode', 'emails', 'role', 'reinvite'],
  'list-invitations': [],
  'sync-invitations': people,
  'list-members': ['identity_sources'],
  'get-member': ['member_id', 'email'],
  'update-member': ['mode', 'member_id', 'email', 'role'],
  'remove-member': ['mode', 'member_id', 'email'],
  'sync-members': [...people, 'max_role_changes', 'max_removals', 'protected_emails'],
  'get-organization': [],
} as const satisfies Record<string, readonly InputName[]>;

export type OperationName = keyof typeof operationInputs;
export const operationNames = Object.keys(operationInputs) as OperationName[];

type Value<N extends InputName> = ReturnType<Declarations[N]['parse']>;
type Shared = (typeof shared)[number];
type AcceptedInput<O extends OperationName> = Shared | (typeof operationInputs)[O][number];
type AlwaysPresent =
  | (typeof required)[number]
  | { [N in InputName]: HasDefault<Declarations[N]> extends true ? N : never }[InputName];
/** An expression can evaluate to an empty string. */
type HasDefault<D> = D extends { default: infer S } ? (S extends `\${{${string}` ? false : true) : false;

/** The inputs of one operation; those without a default may be missing. */
export type InputsOf<O extends OperationName> = { operation: O } & {
  [N in Extract<AcceptedInput<O>, AlwaysPresent>]: Value<N>;
} & { [N in Exclude<AcceptedInput<O>, AlwaysPresent>]?: Value<N> };

/** The inputs of `create-key` with a key broker: a project, and no admin key. */
export type KeylessInputs = Omit<InputsOf<'create-key'>, 'api_key' | 'org_id'> & {
  broker_url: string;
  project_id: string;
};

/** Whether a key broker creates the key. */
export function isKeyless(inputs: AnyInputs | KeylessInputs): inputs is KeylessInputs {
  return 'broker_url' in inputs;
}

export type AnyInputs = { [O in OperationName]: InputsOf<O> }[OperationName];

/** The default of an input, as in action.yml. */
export function defaultOf(name: InputName): string | undefined {
  return (declarations[name] as Declaration<unknown>).default;
}
