import { describe, expect, it } from 'vitest';
import { complaint, read, token } from './reading.ts';

describe('the values of inputs', () => {
  it.each([
    ['job', 'job'],
    ['pull-request', 'pull-request'],
    ['manual', 'manual'],
    ['90s', { seconds: 90 }],
    ['15m', { seconds: 900 }],
    ['24h', { seconds: 86_400 }],
    ['7d', { seconds: 604_800 }],
    ['3650d', { seconds: 315_360_000 }],
  ])('include the lifetime %s', async (written, lifetime) => {
    expect(await read({ operation: 'create-key', project_id: 'a-1', lifetime: written })).toMatchObject({ lifetime });
  });

  it.each(['0s', '3651d', '24', '24 h', '1h30m', '-1h', '1.5h', 'pull_request', 'Job', '1w', '٣h'])(
    'do not include the lifetime %s',
    async (written) => {
      expect(await complaint({ operation: 'create-key', project_id: 'a-1', lifetime: written })).toContain(
        '`lifetime` must be `job`, `pull-request`, `manual`, or a duration',
      );
    },
  );

  it.each([
    ['0s', 0],
    ['1h', 3600],
  ])('include the grace %s', async (written, grace) => {
    expect(await read({ operation: 'rotate-key', project_id: 'a-1', secret_name: 'A', grace: written })).toMatchObject({
      grace,
    });
  });

  it.each(['A', '_a1', 'NEON_API_KEY_PR_12', 'x'.repeat(100)])('include the secret name %s', async (written) => {
    expect(await read({ operation: 'revoke-key', secret_name: written })).toMatchObject({ secret_name: written });
  });

  it.each(['1A', 'A-B', 'GITHUB_TOKEN', 'github_x', 'A B', 'x'.repeat(101), 'É'])(
    'do not include the secret name %s',
    async (written) => {
      expect(await complaint({ operation: 'revoke-key', secret_name: written })).toContain(
        '`secret_name` must consist of',
      );
    },
  );

  it.each([
    ['*', '*'],
    ['octo-org/shop', ['octo-org/shop']],
    ['octo-org/shop, octo-org/.github\nocto-org/shop', ['octo-org/shop', 'octo-org/.github']],
  ])('include the repositories %j', async (written, repositories) => {
    expect(await read({ operation: 'sweep-keys', repositories: written })).toMatchObject({ repositories });
  });

  it.each(['shop', '*, octo-org/shop', 'octo-org/*', 'https://github.com/octo-org/shop', 'a/b/c', ','])(
    'do not include the repositories %j',
    async (written) => {
      expect(await complaint({ operation: 'sweep-keys', repositories: written })).toContain(
        '`repositories` must be `*`, or a list of repositories',
      );
    },
  );

  it.each(['two\nlines', 'x'.repeat(256)])('do not include the environment %j', async (written) => {
    const inputs = {
      operation: 'revoke-key',
      secret_name: 'A',
      secret_scope: 'environment',
      secret_environment: written,
    };
    expect(await complaint(inputs)).toContain('`secret_environment` must be one line of at most 255');
  });

  it.each([
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['false', false],
    ['False', false],
    ['FALSE', false],
  ])('include the boolean %s', async (written, value) => {
    expect(await read({ operation: 'list-keys', summary: written })).toMatchObject({ summary: value });
  });

  it.each(['yes', 'no', 'on', 'off', 'y', '1', '0', 'tRUE', 'truefalse', 'null'])(
    'do not include %s, which is not a boolean in YAML 1.2',
    async (written) => {
      expect(await complaint({ operation: 'list-keys', summary: written })).toContain(
        '`summary` must be true or false',
      );
    },
  );

  it.each([
    ['1s', 1000],
    ['90s', 90_000],
    ['10m', 600_000],
    ['600s', 600_000],
  ])('include the duration %s, which is %i ms', async (written, ms) => {
    expect(await read({ operation: 'list-keys', timeout: written })).toMatchObject({ timeout: ms });
  });

  it.each(['30', '30 s', 's', '1.5m', '-5s', '+5s', '1e1s', '5S', '5ms', '٣s', '1m30s', '1000000s'])(
    'do not include the duration %s',
    async (written) => {
      expect(await complaint({ operation: 'list-keys', timeout: written })).toContain(
        '`timeout` must be a duration from 1s to 10m',
      );
    },
  );

  it.each(['0s', '601s', '11m', '1h', '7d'])('do not include the time limit %s for a request', async (written) => {
    expect(await complaint({ operation: 'list-keys', timeout: written })).toContain(
      '`timeout` must be a duration from 1s to 10m',
    );
  });

  it.each([
    ['1', ['1']],
    ['1,2', ['1', '2']],
    ['1\n2\r\n3', ['1', '2', '3']],
    [' 1 ,, 2,\n', ['1', '2']],
    ['2,1,2\n1', ['2', '1']],
    ['9007199254740993,9007199254740992', ['9007199254740993', '9007199254740992']],
    ['9223372036854775807', ['9223372036854775807']],
  ])('include the list of key IDs %j', async (written, ids) => {
    expect(await read({ operation: 'revoke-key', key_id: written })).toMatchObject({ key_id: ids });
  });

  it.each([
    '0',
    '-1',
    '1.0',
    '1e3',
    '0x1f',
    '01',
    '1 2',
    '[1,2]',
    '1;2',
    '9223372036854775808',
    '12345678901234567890',
  ])('do not include the list of key IDs %s', async (written) => {
    expect(await complaint({ operation: 'revoke-key', key_id: written })).toContain(
      '`key_id` must be a list of key IDs',
    );
  });

  it('do not include an invalid key ID, which is reported by its position', async () => {
    expect(await complaint({ operation: 'revoke-key', key_id: '5,x,7' })).toContain('entry 2 is invalid');
  });

  it.each([',', '\n,\n', ' , , '])('do not include a list without key IDs (%j)', async (written) => {
    expect(await complaint({ operation: 'revoke-key', key_id: written })).toContain('it is empty');
  });

  it.each(['Org-A', 'org_a', 'org a', '../org', 'org/a', 'org?', 'ö', 'a'.repeat(61)])(
    'do not include the organization ID %s',
    async (written) => {
      expect(await complaint({ operation: 'list-keys', org_id: written })).toContain('`org_id` must be');
    },
  );

  it.each(['a\u0000b', 'a\tb', 'a\u202eb', 'a\u200bb', 'a\u2028b', 'a\r\nb'])(
    'do not include a key name with invisible characters (%j)',
    async (written) => {
      expect(await complaint({ operation: 'list-keys', key_name: written })).toContain('`key_name` must be one line');
    },
  );

  it('do not include a key that is too short, because masking it would hide much of the log', async () => {
    expect(await complaint({ operation: 'list-keys', api_key: 'x'.repeat(15) })).toContain('`api_key` is too short');
    expect(await complaint({ operation: 'list-keys', api_key: 'x'.repeat(16) })).toBe('');
  });

  it.each([token.replace('-', '_'), `for ${'a1'.repeat(15)}`])(
    'do not include a key name that looks like a key (%s), because names are visible',
    async (written) => {
      const text = await complaint({ operation: 'list-keys', key_name: written });
      expect(text).toContain('`key_name` looks like an API key');
      expect(text).not.toContain(written);
    },
  );

  it.each(['e2e on main, job 5', 'ключ 🔑', 'integration-tests/a-long-name-that-people-may-well-give'])(
    'include the key name %s',
    async (written) => {
      expect(await read({ operation: 'list-keys', key_name: written })).toMatchObject({ key_name: written });
    },
  );

  it.each(['two words', 'ünï', 'tab\tinside', 'line\nbreak', 'zero\u200bwidth'])(
    'do not include the key %j',
    async (written) => {
      expect(await complaint({ operation: 'list-keys', api_key: written.repeat(8) })).toContain(
        '`api_key` contains white space or',
      );
    },
  );
});

describe('the inputs for members', () => {
  const sync = { operation: 'sync-members' };

  it('have safe defaults', async () => {
    expect(await read(sync)).toMatchObject({
      mode: 'auto',
      people_file: '.github/neon-people.yml',
      identity_sources: ['people-file'],
      reinvite: false,
      on_unresolved: 'warn',
      max_invitations: { count: 25 },
      max_role_changes: { count: 10 },
      max_removals: { count: 0 },
    });
  });

  it.each<[string, string, string, unknown]>([
    ['invite', 'emails', 'a@x.io', [{ email: 'a@x.io' }]],
    [
      'invite',
      'emails',
      ' A@x.io  admin\n\nb@x.io\tviewer, c@x.io ',
      [{ email: 'a@x.io', role: 'admin' }, { email: 'b@x.io', role: 'viewer' }, { email: 'c@x.io' }],
    ],
    ['get-member', 'email', 'Octo@Example.com', 'octo@example.com'],
    ['get-member', 'member_id', '5FEE13AC-957b-40cd-8de0-4d494cc28e28', '5fee13ac-957b-40cd-8de0-4d494cc28e28'],
    ['sync-members', 'max_removals', '20%', { percent: 20 }],
    ['sync-members', 'max_removals', '7', { count: 7 }],
    ['sync-members', 'allowed_domains', 'Example.com, sub.example.org', ['example.com', 'sub.example.org']],
    ['sync-members', 'protected_emails', 'A@x.io\nb@x.io', ['a@x.io', 'b@x.io']],
    ['sync-members', 'codeowners_path', 'docs/CODEOWNERS', 'docs/CODEOWNERS'],
    ['sync-members', 'identity_sources', 'saml, people-file', ['saml', 'people-file']],
    [
      'sync-members',
      'exclude',
      '@Octo, acme/T, renovate[bot], x@x.io',
      [
        { kind: 'user', login: 'octo' },
        { kind: 'team', org: 'acme', slug: 't' },
        { kind: 'user', login: 'renovate[bot]' },
        { kind: 'email', email: 'x@x.io' },
      ],
    ],
  ])('accept, for %s and %s, the value %j', async (operation, name, written, value) => {
    expect(await read({ operation, [name]: written })).toMatchObject({ [name]: value });
  });

  it.each([
    ['invite', 'emails', 'a', '`emails` must be a list of e-mail addresses'],
    [
      'invite',
      'emails',
      'a@x.io, b@x.io boss',
      'each optionally followed by a space and a role (`admin`, `member`, `editor`, `viewer` or `collaborator`); entry 2 is invalid.',
    ],
    ['invite', 'emails', 'a@x.io admin member', 'entry 1 is invalid.'],
    ['invite', 'emails', 'a@x.io\nA@X.io admin', '`emails` has a duplicate address in entry 2'],
    ['invite', 'emails', '1+a@users.noreply.github.com', 'entry 1 is invalid.'],
    ['invite', 'emails', ',', '`emails` is empty'],
    ['invite', 'role', 'admin', '`role: admin` cannot be the default'],
    ['sync-invitations', 'role', 'admin', '`role: admin` cannot be the default'],
    ['sync-members', 'role', 'owner', '`role` must be `admin`, `member`, `editor`, `viewer` or `collaborator`'],
    ['get-member', 'email', 'octo', '`email` must be an e-mail address'],
    ['get-member', 'member_id', '../x', '`member_id` must be the ID of a member, which is a UUID'],
    ['sync-members', 'max_removals', '101%', '`max_removals` must be a number such as 25'],
    ['sync-members', 'max_removals', '-1', '`max_removals` must be a number such as 25'],
    ['sync-members', 'max_removals', '0.2', '`max_removals` must be a number such as 25'],
    [
      'sync-members',
      'allowed_domains',
      'example.com, @x',
      '`allowed_domains` must be a list of domains such as example.com; entry 2 is invalid',
    ],
    ['sync-members', 'allowed_domains', '*.example.com', '`allowed_domains` must be a list of domains'],
    ['sync-members', 'exclude', 'a b', '`exclude` must be a list of logins'],
    ['sync-members', 'protected_emails', 'octo', '`protected_emails` must be a list of e-mail addresses'],
    ['sync-members', 'codeowners_path', '../CODEOWNERS', '`codeowners_path` must be the path of a file'],
    ['sync-members', 'people_file', '/etc/passwd', '`people_file` must be the path of a file'],
    [
      'sync-members',
      'identity_sources',
      'commits',
      '`identity_sources` must be `people-file`, `saml`, `verified-domain` or `profile`',
    ],
    ['sync-members', 'identity_sources', 'profile', '`identity_sources: profile` requires `allowed_domains`'],
    ['list-keys', 'created_by', 'octocat', '`created_by` must be the e-mail address or the ID of a member'],
    ['list-members', 'identity_sources', 'saml, profile', '`identity_sources: profile` cannot be used with'],
    ['sync-members', 'repositories', '*', '`repositories: *` is only for `sweep-keys`'],
    ['sync-invitations', 'repositories', '*', '`repositories: *` is only for `sweep-keys`'],
  ])('reject, for %s and %s, the value %j', async (operation, name, written, shown) => {
    expect(await complaint({ operation, [name]: written })).toContain(shown);
  });

  it.each([
    ['invite', {}, '`emails` is required'],
    ['get-member', {}, '`member_id` or `email` is required'],
    [
      'remove-member',
      { member_id: '5fee13ac-957b-40cd-8de0-4d494cc28e28', email: 'a@x.io' },
      'cannot be used together',
    ],
    ['update-member', { email: 'a@x.io' }, '`role` is required'],
  ])('are reported for %s with %o: %s', async (operation, inputs, shown) => {
    expect(await complaint({ operation, ...inputs })).toContain(shown);
  });

  it('accept the role admin for update-member, which is about one person', async () => {
    expect(await complaint({ operation: 'update-member', email: 'a@x.io', role: 'admin' })).toBe('');
  });
});
