import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { defaultOf, type InputsOf, inputNames } from '../../src/inputs/declarations.ts';
import { readInputs, readPostInputs, secretInputs } from '../../src/inputs/read.ts';
import { complaint, githubToken, operations, operationsWith, read, token, variables } from './reading.ts';

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
    expect(text).toMatch(/^`create-key` did not start because of invalid inputs\. Nothing was sent\.\n/);
  });

  it("are reported together with violations of the operation's rules", async () => {
    const text = await complaint({ operation: 'create-key', org_id: '' });
    expect(text).toContain('`org_id` is required');
    expect(text).toContain('`project_id` is required');
  });

  it('are not also reported as missing', async () => {
    const text = await complaint({ operation: 'create-key', project_id: 'Cool River' });
    expect(text).toContain('`project_id` must be a project ID');
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

  const foreignInputs = operations.flatMap((operation) =>
    inputNames
      .filter((name) => operationsWith(name).length > 0 && !operationsWith(name).includes(operation))
      .map((name) => [operation, name] as const),
  );

  it.each(foreignInputs)(
    'include, for %s, the input %s of other operations, which are named',
    async (operation, name) => {
      const text = await complaint({ operation, [name]: 'anything' });
      const others = operationsWith(name).map((one) => `\`${one}\``);
      expect(text).toContain(`\`${name}\` is not an input of \`${operation}\`, only of ${others.join(', ')}`);
    },
  );

  it.each(foreignInputs)('do not include, for %s, the default of %s', async (operation, name) => {
    const text = await complaint({ operation, [name]: defaultOf(name) ?? '' });
    expect(text).not.toContain(`\`${name}\` is not an input of`);
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
