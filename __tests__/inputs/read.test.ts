import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { parse } from 'yaml';
import {
  defaultOf,
  type InputName,
  type InputsOf,
  inputNames,
  type OperationName,
  operationInputs,
} from '../../src/inputs/declarations.ts';
import { InputError, readInputs, readPostInputs, secretInputs } from '../../src/inputs/read.ts';

interface ActionInput {
  description: string;
  required?: boolean;
  default?: string;
}

const action = parse(readFileSync(join(import.meta.dirname, '../../action.yml'), 'utf8')) as {
  inputs: Record<string, ActionInput>;
};
const declared = Object.entries(action.inputs);
const operations = Object.keys(operationInputs) as OperationName[];
const token = 'token-'.padEnd(40, 'x');
const githubToken = 'github-'.padEnd(40, 'y');

function takersOf(name: string): OperationName[] {
  return operations.filter((operation) => (operationInputs[operation] as readonly string[]).includes(name));
}

/** The variables that the runner sets: the defaults of action.yml, replaced by `with:`. */
function variables(inputs: Record<string, string>): Record<string, string> {
  const expressions: Record<string, string> = {
    '${{ github.token }}': githubToken,
    '${{ github.api_url }}': 'https://api.github.com',
  };
  const defaults = declared.map(([name, { default: text = '' }]) => [name, expressions[text] ?? text]);
  const all = { ...Object.fromEntries(defaults), ...inputs } as Record<string, string>;
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
}

/** Reads inputs in addition to a valid key and organization, which '' removes. */
function read(inputs: Record<string, string>) {
  return readInputs(variables({ api_key: token, org_id: 'org-sunny-meadow-12345678', ...inputs }));
}

/** The error about the inputs; '' if they are valid. */
async function complaint(inputs: Record<string, string>): Promise<string> {
  try {
    await read(inputs);
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).message;
  }
}

describe('action.yml and the declarations', () => {
  it('contain the same inputs', () => {
    expect(declared.map(([name]) => name).sort()).toEqual([...inputNames].sort());
  });

  it.each(declared)('have the same default for %s, as text', (name, input) => {
    expect(input.default).toBe(defaultOf(name as InputName));
  });

  it('mark an input as required if every operation needs it and it has no default', () => {
    const required = declared.filter(([, input]) => input.required === true).map(([name]) => name);
    expect(required.sort()).toEqual(['operation']);
    expect(declared.filter(([, input]) => input.required && input.default !== undefined)).toEqual([]);
  });

  it.each(declared)('name the operations that take %s, unless all operations do', (name) => {
    const { description } = action.inputs[name] as ActionInput;
    const headings = [...description.matchAll(/(?:^|\.\s+)((?:`[a-z-]+`(?:,| or| and)? ?)+):/g)];
    const named = headings.flatMap(([, heading = '']) => heading.match(/[a-z-]{3,}(?=`)/g) ?? []);
    expect(named.sort()).toEqual(takersOf(name).sort());
  });

  it('describe `operation` with the list of all operations', () => {
    const named = [...(action.inputs['operation'] as ActionInput).description.matchAll(/`([a-z-]+)`/g)];
    expect(named.map(([, name]) => name).sort()).toEqual([...operations].sort());
  });
});

describe('the values that an operation gets', () => {
  it('are its own inputs, parsed and with defaults', async () => {
    expect(await read({ operation: 'create-key', project_id: 'cool-river-87654321' })).toEqual({
      operation: 'create-key',
      api_key: token,
      org_id: 'org-sunny-meadow-12345678',
      api_host: new URL('https://console.neon.tech/api/v2'),
      timeout: 30_000,
      summary: true,
      show_emails: false,
      github_token: githubToken,
      github_api_url: new URL('https://api.github.com'),
      project_id: 'cool-river-87654321',
      scope: 'project',
      lifetime: 'job',
      secret_scope: 'repository',
      export_env: false,
      on_revoke_failure: 'fail',
    });
  });

  it('are the same if the runner does not set variables for defaults', async () => {
    const few = { INPUT_OPERATION: 'list-keys', INPUT_API_KEY: token, INPUT_ORG_ID: 'org-a' };
    const { github_token, github_api_url, ...all } = await read({ operation: 'list-keys', org_id: 'org-a' });
    expect(await readInputs(few)).toEqual(all);
    expect([github_token, github_api_url?.href]).toEqual([githubToken, 'https://api.github.com/']);
  });

  it('have no white space at their ends', async () => {
    expect(await read({ operation: ' list-keys\n', api_key: `\t${token}\n` })).toMatchObject({ api_key: token });
  });

  it('have a separate type for each operation', () => {
    expectTypeOf<InputsOf<'list-keys'>>().toHaveProperty('key_name').toEqualTypeOf<string | undefined>();
    expectTypeOf<InputsOf<'list-keys'>>().not.toHaveProperty('key_id');
    expectTypeOf<InputsOf<'get-organization'>>().not.toHaveProperty('key_name');
    expectTypeOf<InputsOf<'revoke-key'>>().toHaveProperty('key_id').toEqualTypeOf<string[] | undefined>();
    expectTypeOf<InputsOf<'revoke-key'>>().not.toHaveProperty('project_id');
    expectTypeOf<InputsOf<'create-key'>['operation']>().toEqualTypeOf<'create-key'>();
    expectTypeOf<InputsOf<'create-key'>['project_id']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<InputsOf<'create-key'>['scope']>().toEqualTypeOf<'project' | 'organization' | 'account'>();
    expectTypeOf<InputsOf<'create-key'>['export_env']>().toEqualTypeOf<boolean>();
    expectTypeOf<InputsOf<'create-key'>['api_host']>().toEqualTypeOf<URL>();
    expectTypeOf<InputsOf<'create-key'>['timeout']>().toEqualTypeOf<number>();
  });
});

describe('wrong inputs', () => {
  it('are all reported at once, one per line', async () => {
    const text = await complaint({
      operation: 'create-key',
      api_key: '',
      org_id: 'Not An Id',
      api_host: 'http://example.com',
      timeout: 'soon',
      summary: 'yes',
      scope: 'everything',
      key_name: 'two\nlines',
      export_env: '1',
      key_id: '5',
      projekt_id: 'cool-river-87654321',
    });
    const complained = [...text.matchAll(/^- `(\w+)` .+\.$/gm)].map(([, name]) => name);
    expect(complained.sort()).toEqual(
      // biome-ignore format: one list
      ['api_host', 'api_key', 'export_env', 'key_id', 'key_name', 'org_id', 'project_id', 'projekt_id', 'scope', 'summary', 'timeout'],
    );
    expect(text).toMatch(/^`create-key` did not start because of its inputs\. Nothing was sent\.\n/);
  });

  it("are reported together with violations of the operation's rules", async () => {
    const text = await complaint({ operation: 'create-key', org_id: '' });
    expect(text).toContain('`org_id` is required');
    expect(text).toContain('`project_id` is required');
  });

  it('are not also reported as missing', async () => {
    const text = await complaint({ operation: 'create-key', project_id: 'Cool River' });
    expect(text).toContain('`project_id` must be a project id');
    expect(text).not.toContain('required');
  });

  it.each([
    ['create-key', {}, '`project_id` is required'],
    ['create-key', { scope: 'organization', project_id: 'cool-river-1' }, 'cannot be used together'],
    ['revoke-key', {}, '`key_id`, `key_name` or `secret_name` is required'],
    ['rotate-key', { project_id: 'cool-river-1' }, '`secret_name` is required'],
    ['rotate-key', { secret_name: 'A' }, '`project_id` is required'],
    [
      'create-key',
      { project_id: 'cool-river-1', secret_name: 'A' },
      '`secret_name` requires a `lifetime` other than `job`',
    ],
    ['create-key', { secret_scope: 'organization' }, '`secret_scope` has no effect without `secret_name`'],
    ['create-key', { secret_name: 'A', secret_scope: 'environment' }, 'requires `secret_environment`'],
    ['revoke-key', { secret_name: 'A', secret_environment: 'staging' }, 'requires `secret_scope: environment`'],
  ])('are reported for %s with %o: %s', async (operation, inputs, shown) => {
    expect(await complaint({ operation, ...inputs })).toContain(shown);
  });

  it('include a missing operation, with the list of operations', async () => {
    const text = await complaint({ operation: '' });
    expect(text).toContain('`operation` is required');
    for (const operation of operations) expect(text).toContain(operation);
  });

  it.each([
    ['create_key', 'create-key'],
    ['Create-Key', 'create-key'],
    ['list-key', 'list-keys'],
    ['get-organisation', 'get-organization'],
  ])('suggest the operation for %s: %s', async (written, meant) => {
    expect(await complaint({ operation: written })).toContain(`did you mean \`${meant}\`?`);
  });

  it.each(['toString', '__proto__', 'constructor', 'zzzzzzzzzzzzzzz'])(
    'include the unknown operation %s, without a suggestion',
    async (operation) => {
      const text = await complaint({ operation });
      expect(text).toContain('`operation` is not a known operation');
      expect(text).not.toContain('did you mean');
    },
  );

  it.each([
    ['list-keys', 'keyname', 'key_name'],
    ['list-keys', 'org-id', 'org_id'],
    ['create-key', 'exportenv', 'export_env'],
    ['revoke-key', 'key_ids', 'key_id'],
  ])('suggest, for %s with %s, the input %s', async (operation, written, meant) => {
    const text = await complaint({ operation, project_id: '', key_name: 'a', [written]: 'a' });
    expect(text).toContain(`\`${written}\` is not an input (did you mean \`${meant}\`?)`);
  });

  it.each(['database_branch', 'version'])(
    'cause only a warning for a name that is not similar to an input: %s',
    async (name) => {
      const warnings: string[] = [];
      const inputs = { operation: 'list-keys', org_id: 'org-a-1', api_key: token, [name]: 'a' };
      await readInputs(variables(inputs), (text) => warnings.push(text));
      expect(warnings).toEqual([
        `\`${name}\` is not an input and was ignored. It comes from \`with:\` or the variable INPUT_${name.toUpperCase()}.`,
      ]);
    },
  );

  const notTaken = operations.flatMap((operation) =>
    inputNames
      .filter((name) => takersOf(name).length > 0 && !takersOf(name).includes(operation))
      .map((name) => [operation, name] as const),
  );

  it.each(notTaken)('include, for %s, the input %s of other operations, which are named', async (operation, name) => {
    const text = await complaint({ operation, [name]: 'anything' });
    const takers = takersOf(name).map((taker) => `\`${taker}\``);
    expect(text).toContain(`\`${name}\` is not an input of \`${operation}\`, only of ${takers.join(', ')}`);
  });

  it.each(notTaken)('do not include, for %s, the default of %s', async (operation, name) => {
    const text = await complaint({ operation, [name]: defaultOf(name) ?? '' });
    expect(text).not.toContain(`\`${name}\` is not an input of`);
  });
});

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
      '`key_id` must be a list of numbers',
    );
  });

  it('do not include an invalid key ID, which is reported by its position', async () => {
    expect(await complaint({ operation: 'revoke-key', key_id: '5,x,7' })).toContain('entry 2 is not a number');
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
    ['invite', 'emails', 'a', '`emails` has an invalid entry 1: an entry is an e-mail address'],
    [
      'invite',
      'emails',
      'a@x.io, b@x.io boss',
      '`emails` has an invalid entry 2: an entry is an e-mail address with an optional role',
    ],
    ['invite', 'emails', 'a@x.io admin member', '`emails` has an invalid entry 1'],
    ['invite', 'emails', 'a@x.io\nA@X.io admin', '`emails` has a duplicate address in entry 2'],
    ['invite', 'emails', '1+a@users.noreply.github.com', '`emails` has an invalid entry 1'],
    ['invite', 'emails', ',', '`emails` is empty'],
    ['invite', 'role', 'admin', '`role: admin` cannot be the default'],
    ['sync-invitations', 'role', 'admin', '`role: admin` cannot be the default'],
    ['sync-members', 'role', 'owner', '`role` must be `admin` or `member`'],
    ['get-member', 'email', 'octo', '`email` must be an e-mail address'],
    ['get-member', 'member_id', '../x', '`member_id` must be the id of a member, which is a UUID'],
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
    ['sync-members', 'identity_sources', 'commits', '`identity_sources` must be `people-file` or `saml`'],
    ['sync-members', 'identity_sources', 'profile', '`identity_sources: profile` requires `allowed_domains`'],
    ['list-keys', 'created_by', 'octocat', '`created_by` must be the e-mail address or the ID of a member'],
    ['list-members', 'identity_sources', 'saml, profile', '`identity_sources: profile` cannot be used with'],
    ['sync-members', 'repositories', '*', '`repositories: *` is for `sweep-keys` only'],
    ['sync-invitations', 'repositories', '*', '`repositories: *` is for `sweep-keys` only'],
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

describe('the secrets in inputs', () => {
  it('are the key and the token without surrounding white space, unless they are empty', () => {
    expect(secretInputs(variables({ api_key: ` ${token}\n` }))).toEqual([token, githubToken]);
    expect(secretInputs(variables({ api_key: '  ', github_token: '' }))).toEqual([]);
    expect(secretInputs({})).toEqual([]);
  });

  it('are not words that would be hidden in every line and in the names of keys', () => {
    expect(secretInputs(variables({ api_key: 'x'.repeat(15), github_token: 'shop' }))).toEqual([]);
    expect(secretInputs(variables({ api_key: 'x'.repeat(16), github_token: '' }))).toEqual(['x'.repeat(16)]);
  });

  it('may be words if the operation does not use GitHub', async () => {
    expect(await complaint({ operation: 'list-keys', github_token: 'token' })).toBe('');
  });

  it('are known even if another input is invalid', () => {
    expect(secretInputs(variables({ operation: 'nonsense', api_key: token }))).toEqual([token, githubToken]);
  });

  const secretLike = fc
    .string({ unit: 'grapheme-ascii', minLength: 20, maxLength: 80 })
    .map((text) => text.trim())
    .filter((text) => text.length >= 20);
  const anyName = fc.constantFrom(...inputNames, 'api_kye', 'neon_api_key');

  it('never occur in an error, even if they were pasted into another input', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...operations), anyName, secretLike, async (operation, name, secret) => {
        const text = await complaint({ operation, [name]: secret });
        expect(text).not.toContain(secret);
      }),
    );
  });

  it('never occur in an error, even if they were pasted into a valid value', async () => {
    const around = fc.constantFrom(
      ['https://', '@console.neon.tech'],
      ['https://console.neon.tech/?key=', ''],
      ['http://', '.example'],
      ['1,', ',2'],
      ['org-', ''],
      ['', 's'],
    );
    await fc.assert(
      fc.asyncProperty(anyName, around, secretLike, async (name, [before, after], secret) => {
        const text = await complaint({ operation: 'revoke-key', [name]: `${before}${secret}${after}` });
        expect(text).not.toContain(secret);
      }),
    );
  });
});

describe('the inputs of the post step', () => {
  it('are read as they are', () => {
    const inputs = variables({ api_key: token, timeout: '5s', on_revoke_failure: 'warn', summary: 'false' });
    expect(readPostInputs(inputs)).toEqual({ apiKey: token, timeoutMs: 5000, warnOnly: true, summary: false });
  });

  it('are the defaults if they are invalid or missing, so that the key is still revoked', () => {
    const defaults = { apiKey: '', timeoutMs: 30_000, warnOnly: false, summary: true };
    expect(readPostInputs({})).toEqual(defaults);
    const wrong = variables({ timeout: 'soon', on_revoke_failure: 'WARN', summary: 'yes' });
    expect(readPostInputs(wrong)).toEqual(defaults);
  });

  it.each(['too short', `${token} ${token}`, `${token}\nX-Header: a`])(
    'contain no key if it is missing (%j), which the post step then reports',
    (written) => {
      expect(readPostInputs(variables({ api_key: written })).apiKey).toBe('');
    },
  );

  it('are read in any environment', () => {
    const names = fc.constantFrom(...inputNames.map((name) => `INPUT_${name.toUpperCase()}`));
    const values = fc.option(fc.string({ unit: 'binary' }), { nil: undefined });
    fc.assert(
      fc.property(fc.dictionary(names, values), (environment) => {
        const { apiKey, timeoutMs, warnOnly, summary } = readPostInputs(environment);
        expect([typeof apiKey, typeof warnOnly, typeof summary]).toEqual(['string', 'boolean', 'boolean']);
        expect(timeoutMs).toBeGreaterThanOrEqual(1000);
        expect(timeoutMs).toBeLessThanOrEqual(600_000);
      }),
    );
  });
});
