import { defaultOf, type InputName, type OperationName } from './declarations.ts';
import { splitList } from './parsers.ts';

/** Rules across inputs. Each takes the inputs as written, and returns problems as sentences without a full stop. */
export const inputRules: { [O in OperationName]?: (written: Written) => string[] } = {
  'create-key': (written) => (written('broker_url') ? brokerRule(written) : directRule(written)),
  'revoke-key': (written) =>
    written('key_id') || written('key_name') || written('secret_name')
      ? secretRule(written)
      : ['`key_id`, `key_name` or `secret_name` is required to identify the keys to revoke'],
  'rotate-key': (written) => [
    ...(written('secret_name') ? [] : ['`secret_name` is required: the name of the secret that contains the key']),
    ...accessRule(written),
    ...secretRule(written),
  ],
  invite: (written) => [
    ...(written('emails') ? [] : ['`emails` is required: the addresses to invite']),
    ...defaultRoleRule(written),
  ],
  'sync-invitations': syncRule,
  'list-members': (written) =>
    splitList(written('identity_sources')).includes('profile')
      ? [
          '`identity_sources: profile` cannot be used with `list-members`, because people choose the address in their profile themselves',
        ]
      : [],
  'get-member': memberRule,
  'update-member': (written) => [
    ...memberRule(written),
    ...(written('role') ? [] : ["`role` is required: the member's new role"]),
  ],
  'remove-member': memberRule,
  'sync-members': syncRule,
};

function syncRule(written: Written): string[] {
  return [
    ...defaultRoleRule(written),
    ...profileRule(written),
    ...(written('repositories') === '*'
      ? ['`repositories: *` is only for `sweep-keys`. List the repositories whose CODEOWNERS to use']
      : []),
  ];
}

function memberRule(written: Written): string[] {
  const [id, address] = [written('member_id'), written('email')];
  if (id && address) return ['`member_id` and `email` cannot be used together'];
  return id || address ? [] : ['`member_id` or `email` is required to identify the member'];
}

/** `admin` is assigned per person, never as a default. */
function defaultRoleRule(written: Written): string[] {
  return written('role') === 'admin'
    ? ['`role: admin` cannot be the default. Assign `admin` per person in `emails` or the people file']
    : [];
}

function profileRule(written: Written): string[] {
  const asked = splitList(written('identity_sources')).includes('profile');
  return asked && !written('allowed_domains') ? ['`identity_sources: profile` requires `allowed_domains`'] : [];
}

type Written = (name: InputName) => string;

/** `create-key` with an admin key. */
function directRule(written: Written): string[] {
  return [
    ...(written('scope') === 'account' ? ['`scope: account` is only for `rotate-key`'] : []),
    ...accessRule(written),
    ...secretRule(written),
    ...jobSecretRule(written),
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
function brokerRule(written: Written): string[] {
  const isSet = (name: InputName) => written(name) !== '' && written(name) !== defaultOf(name);
  const excluded = excludedByBroker
    .filter(isSet)
    .map((name) => `\`broker_url\` and \`${name}\` cannot be used together`);
  return [
    ...excluded,
    ...(isSet('scope')
      ? [
          `\`broker_url\` and \`scope: ${written('scope')}\` cannot be used together, because a key broker creates keys for one project`,
        ]
      : []),
    ...(isSet('lifetime')
      ? ['`broker_url` requires `lifetime: job`, because the policy of the broker limits how long a key is valid']
      : []),
    ...(written('project_id') ? [] : ['`project_id` is required: the key is limited to this project']),
  ];
}

function accessRule(written: Written): string[] {
  const scope = written('scope');
  const wide = scope === 'organization' || scope === 'account';
  if (wide && written('project_id')) return [`\`project_id\` and \`scope: ${scope}\` cannot be used together`];
  if (wide || written('project_id')) return [];
  return [
    '`project_id` is required: the key is limited to this project. For a key to all projects, set `scope: organization`',
  ];
}

function secretRule(written: Written): string[] {
  const scoped = written('secret_scope') === 'environment';
  const alone = !written('secret_name') && (scoped || written('secret_scope') === 'organization');
  return [
    ...(alone ? ['`secret_scope` has no effect without `secret_name`'] : []),
    ...(scoped && !written('secret_environment') ? ['`secret_scope: environment` requires `secret_environment`'] : []),
    ...(!scoped && written('secret_environment') ? ['`secret_environment` requires `secret_scope: environment`'] : []),
  ];
}

function jobSecretRule(written: Written): string[] {
  const job = ['', defaultOf('lifetime')].includes(written('lifetime'));
  return job && written('secret_name')
    ? [
        '`secret_name` requires a `lifetime` other than `job`, because otherwise the secret would contain a revoked key after the job',
      ]
    : [];
}
