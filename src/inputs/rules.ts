import { defaultOf, type InputName, type OperationName } from './declarations.ts';
import { splitList } from './parsers.ts';

/** Rules across inputs. Each takes the inputs as written, and returns problems as complete sentences. */
export const inputRules: { [O in OperationName]?: (raw: RawInput) => string[] } = {
  'create-key': (raw) => (raw('broker_url') ? brokerRule(raw) : directRule(raw)),
  'revoke-key': (raw) =>
    raw('key_id') || raw('key_name') || raw('secret_name')
      ? secretRule(raw)
      : ['`key_id`, `key_name` or `secret_name` is required to identify the keys to revoke.'],
  'rotate-key': (raw) => [
    ...(raw('secret_name') ? [] : ['`secret_name` is required: the name of the secret that contains the key.']),
    ...accessRule(raw),
    ...secretRule(raw),
  ],
  invite: (raw) => [
    ...(raw('emails') ? [] : ['`emails` is required: the addresses to invite.']),
    ...defaultRoleRule(raw),
  ],
  'sync-invitations': syncRule,
  'list-members': (raw) =>
    splitList(raw('identity_sources')).includes('profile')
      ? [
          '`identity_sources: profile` cannot be used with `list-members`, because people choose the address in their profile themselves.',
        ]
      : [],
  'get-member': memberRule,
  'update-member': (raw) => [
    ...memberRule(raw),
    ...(raw('role') ? [] : ["`role` is required: the member's new role."]),
  ],
  'remove-member': memberRule,
  'sync-members': syncRule,
};

function syncRule(raw: RawInput): string[] {
  return [
    ...defaultRoleRule(raw),
    ...profileRule(raw),
    ...(raw('repositories') === '*'
      ? ['`repositories: *` is only for `sweep-keys`. List the repositories whose CODEOWNERS files to use.']
      : []),
  ];
}

function memberRule(raw: RawInput): string[] {
  const [id, address] = [raw('member_id'), raw('email')];
  if (id && address) return ['`member_id` and `email` cannot be used together.'];
  return id || address ? [] : ['`member_id` or `email` is required to identify the member.'];
}

/** `admin` is assigned per person, never as a default. */
function defaultRoleRule(raw: RawInput): string[] {
  return raw('role') === 'admin'
    ? ['`role: admin` cannot be the default. Assign `admin` per person in `emails` or the people file.']
    : [];
}

function profileRule(raw: RawInput): string[] {
  const readsProfiles = splitList(raw('identity_sources')).includes('profile');
  return readsProfiles && !raw('allowed_domains') ? ['`identity_sources: profile` requires `allowed_domains`.'] : [];
}

type RawInput = (name: InputName) => string;

/** `create-key` with an admin key. */
function directRule(raw: RawInput): string[] {
  return [
    ...(raw('scope') === 'account' ? ['`scope: account` is only for `rotate-key`.'] : []),
    ...accessRule(raw),
    ...secretRule(raw),
    ...jobSecretRule(raw),
  ];
}

/** Inputs that a key broker replaces, or that do not apply to its keys. */
const excludedByBroker = [
  'api_key',
  'org_id',
  'api_host',
  'secret_name',
  'secret_scope',
  'secret_environment',
] as const;

/** `create-key` with a key broker. */
function brokerRule(raw: RawInput): string[] {
  const isSet = (name: InputName) => raw(name) !== '' && raw(name) !== defaultOf(name);
  const excluded = excludedByBroker
    .filter(isSet)
    .map((name) => `\`broker_url\` and \`${name}\` cannot be used together.`);
  return [
    ...excluded,
    ...(isSet('scope')
      ? [
          `\`broker_url\` and \`scope: ${raw('scope')}\` cannot be used together, because a key broker creates keys for one project.`,
        ]
      : []),
    ...(isSet('lifetime')
      ? ['`broker_url` requires `lifetime: job`, because the policy of the broker limits how long a key is valid.']
      : []),
    ...(raw('project_id') ? [] : ['`project_id` is required: the key is limited to this project.']),
  ];
}

function accessRule(raw: RawInput): string[] {
  const scope = raw('scope');
  const wide = scope === 'organization' || scope === 'account';
  if (wide && raw('project_id')) return [`\`project_id\` and \`scope: ${scope}\` cannot be used together.`];
  if (wide || raw('project_id')) return [];
  return [
    '`project_id` is required: the key is limited to this project. For a key to every project, set `scope: organization`.',
  ];
}

function secretRule(raw: RawInput): string[] {
  const scoped = raw('secret_scope') === 'environment';
  const alone = !raw('secret_name') && (scoped || raw('secret_scope') === 'organization');
  return [
    ...(alone ? ['`secret_scope` has no effect without `secret_name`.'] : []),
    ...(scoped && !raw('secret_environment') ? ['`secret_scope: environment` requires `secret_environment`.'] : []),
    ...(!scoped && raw('secret_environment') ? ['`secret_environment` requires `secret_scope: environment`.'] : []),
  ];
}

function jobSecretRule(raw: RawInput): string[] {
  const job = ['', defaultOf('lifetime')].includes(raw('lifetime'));
  return job && raw('secret_name')
    ? [
        '`secret_name` requires a `lifetime` other than `job`, because otherwise the secret would contain a revoked key after the job.',
      ]
    : [];
}
