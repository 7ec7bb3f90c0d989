import { defaultOf, type InputName, type OperationName } from './declarations.ts';
import { list } from './parsers.ts';

/** What no single input can know, from the inputs as they are written. */
export const rules: { [O in OperationName]?: (written: Written) => string[] } = {
  'create-key': (written) => [
    ...(written('scope') === 'account' ? ['`scope: account` is for `rotate-key` only'] : []),
    ...reachRule(written),
    ...secretRule(written),
    ...jobSecretRule(written),
  ],
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
  const scope = written('scope');
  const wide = scope === 'organization' || scope === 'account';
  if (wide && written('project_id')) return [`\`project_id\` and \`scope: ${scope}\` exclude each other`];
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
