import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inWorld, organizationKeyRights, type World } from './world.ts';

describe('revoke-key', () => {
  it('revokes by ID, and reports on a second run that nothing changed', () =>
    inWorld(async ({ job, base, mint, mintedKeys, expectNoLeak }) => {
      const { outputs } = await job.step(mint).main();
      const revoke = { operation: 'revoke-key', ...base, key_id: outputs['key_id'] as string };
      const first = await job.step(revoke).main();
      expect(first.outputs).toEqual({ changed: 'true', revoked_count: '1', revoked_key_ids: `[${outputs['key_id']}]` });
      expect(mintedKeys()).toEqual([]);
      const second = await job.step(revoke).main();
      expect(second.exitCode).toBe(0);
      expect(second.outputs).toEqual({ changed: 'false', revoked_count: '0', revoked_key_ids: '[]' });
      expect(second.summary).toContain('was not active');
      expect(second.log).toContain(
        "1 key is missing from Neon's list, which may be out of date. The step tries again in 10 s.",
      );
      expectNoLeak(first, second);
    }));

  it('revokes all keys of this repository with a label, and none with a similar label', () =>
    inWorld(async ({ neon, job, base, mint }) => {
      const labelled = { ...mint, key_name: 'preview', lifetime: 'manual' };
      await job.step(labelled).main();
      await job.step(labelled).main({ env: { GITHUB_RUN_ID: '42' } });
      await job.step(labelled).main({ env: { GITHUB_REPOSITORY_ID: '7' } });
      await job.step({ ...labelled, key_name: 'preview 2' }).main();
      const run = await job.step({ operation: 'revoke-key', ...base, key_name: 'preview' }).main();
      expect(run.outputs['revoked_count']).toBe('2');
      expect(neon.liveKeys().map(({ name }) => name.split(' ~')[0])).toEqual([
        'ci (do not delete!!)',
        'preview',
        'preview 2',
      ]);
    }));

  it('revokes by exact name a key that this action did not mint', () =>
    inWorld(async ({ neon, job, base }) => {
      const run = await job.step({ operation: 'revoke-key', ...base, key_name: 'ci (do not delete!!)' }).main();
      expect(run.outputs['changed']).toBe('true');
      expect(neon.liveKeys()).toEqual([]);
    }));

  it('reports nothing to do for an unknown name', () =>
    inWorld(async ({ job, base, requests }) => {
      const run = await job.step({ operation: 'revoke-key', ...base, key_name: 'no such key' }).main();
      expect(run.exitCode).toBe(0);
      expect(run.outputs['revoked_count']).toBe('0');
      expect(requests()).toEqual(['listOrgApiKeys']);
    }));

  it('reports which keys are revoked and which are still active, and fails', () =>
    inWorld(async ({ neon, job, base, mint }) => {
      const ids: string[] = [];
      for (const _ of [1, 2]) ids.push((await job.step(mint).main()).outputs['key_id'] as string);
      neon.faults = [{ operation: 'revokeOrgApiKey', nth: 2, times: 9, fault: { type: 'status', status: 403 } }];
      const run = await job.step({ operation: 'revoke-key', ...base, key_id: ids.join(', ') }).main();
      expect(run.exitCode).toBe(1);
      expect(run.outputs).toEqual({ changed: 'true', revoked_count: '1', revoked_key_ids: `[${ids[0]}]` });
      expect(run.stdout).toContain(
        `::error::1 of 2 keys could not be revoked.%0AKey ${ids[1]} may still be active. revokeOrgApiKey`,
      );
      expect(run.summary).toContain('❌ **may still be active**');
    }));

  it('reports a key as revoked if only the response was lost', () =>
    inWorld(async ({ neon, job, base, mint }) => {
      const { outputs } = await job.step(mint).main();
      neon.faults = [{ operation: 'revokeOrgApiKey', nth: 1, fault: { type: 'drop-after' } }];
      const run = await job.step({ operation: 'revoke-key', ...base, key_id: outputs['key_id'] as string }).main();
      expect(run.outputs).toEqual({ changed: 'true', revoked_count: '1', revoked_key_ids: `[${outputs['key_id']}]` });
    }));

  it('continues with the next key if one is refused', () =>
    inWorld(async ({ neon, job, base, mint, mintedKeys }) => {
      const ids: string[] = [];
      for (const _ of [1, 2]) ids.push((await job.step(mint).main()).outputs['key_id'] as string);
      neon.faults = [{ operation: 'revokeOrgApiKey', nth: 1, fault: { type: 'status', status: 400 } }];
      const run = await job.step({ operation: 'revoke-key', ...base, key_id: ids.join() }).main();
      expect(run.exitCode).toBe(1);
      expect(run.outputs['revoked_key_ids']).toBe(`[${ids[1]}]`);
      expect(mintedKeys().map(({ id }) => id)).toEqual([ids[0]]);
    }));

  it('revokes keys with IDs beyond 2^53', () =>
    inWorld(
      async ({ job, base, mint, mintedKeys }) => {
        for (const _ of [1, 2]) await job.step(mint).main();
        const run = await job.step({ operation: 'revoke-key', ...base, key_id: '9007199254740993' }).main();
        expect(run.outputs['revoked_key_ids']).toBe('[9007199254740993]');
        expect(mintedKeys().map(({ id }) => id)).toEqual(['9007199254740994']);
      },
      { seed: { next_key_id: '9007199254740993' } },
    ));
});

describe('list-keys', () => {
  it('lists everything about every key except its token, newest first', () =>
    inWorld(async ({ neon, job, base, mint, expectNoLeak }) => {
      const minted = await job.step(mint).main();
      const run = await job.step({ operation: 'list-keys', ...base }).main();
      const keys = JSON.parse(run.outputs['keys'] as string) as Record<string, unknown>[];
      expect(run.outputs['changed']).toBe('false');
      expect(run.outputs['key_count']).toBe(String(keys.length));
      expect(keys[0]).toMatchObject({
        id: Number(minted.outputs['key_id']),
        project_id: neon.projectId,
        created_by: { name: 'Ada Lovelace' },
      });
      expect(keys.every((key) => !('key' in key))).toBe(true);
      expect(run.summary).toContain('`ci (do not delete!!)`');
      expectNoLeak(run);
    }));

  it('filters by the same rule as revoke-key', () =>
    inWorld(async ({ job, base, mint }) => {
      await job.step({ ...mint, key_name: 'preview' }).main();
      const run = await job.step({ operation: 'list-keys', ...base, key_name: 'preview' }).main();
      expect(run.outputs['key_count']).toBe('1');
    }));

  it.each(organizationKeyRights)(
    'lists with an organization key, or explains the refusal (rights according to %s)',
    (reading) =>
      inWorld(
        async ({ neon, job, base }) => {
          const run = await job.step({ operation: 'list-keys', ...base, api_key: neon.tokens.organization }).main();
          const mayList = reading === 'docs';
          expect(run.exitCode).toBe(mayList ? 0 : 1);
          const log = run.log.join('\n');
          expect(log.includes('is an organization API key, or scoped to a project. listOrgApiKeys requires')).toBe(
            !mayList,
          );
          expect(run.outputs['key_count']).toBe(mayList ? '3' : undefined);
        },
        { seed: { organization_key_rights: reading } },
      ),
  );

  it('writes ten thousand keys to a file, and as many as fit to the summary', () =>
    inWorld(
      async ({ job, base }) => {
        const run = await job.step({ operation: 'list-keys', ...base, timeout: '5m' }).main();
        expect(run.outputs).not.toHaveProperty('keys');
        expect(Number(run.outputs['key_count'])).toBeGreaterThan(10_000);
        const { keys } = JSON.parse(readFileSync(run.outputs['result_file'] as string, 'utf8'));
        expect(keys).toHaveLength(Number(run.outputs['key_count']));
        expect(Buffer.byteLength(run.summary)).toBeLessThan(1024 * 1024);
        expect(run.summary).toContain('more lines, which do not fit into GitHub');
      },
      { seed: { keys: Array.from({ length: 10_000 }, (_, index) => ({ name: `key number ${index}` })) } },
    ));
});

describe('get-organization', () => {
  it('returns the details of the organization', () =>
    inWorld(async ({ neon, job, base, expectNoLeak }) => {
      const run = await job.step({ operation: 'get-organization', ...base }).main();
      expect(JSON.parse(run.outputs['organization'] as string)).toMatchObject({
        id: neon.organizationId,
        plan: 'scale',
      });
      expect(run.summary).toContain('### 🏢 Sunny Meadow');
      expectNoLeak(run);
    }));
});

describe('refused requests and invalid inputs', () => {
  const refused: [name: string, inputs: (world: World) => Record<string, string>, says: string][] = [
    [
      'a key that Neon does not know',
      () => ({ api_key: 'an-unknown-key-of-the-test' }),
      'Neon does not accept the key in `api_key` at all',
    ],
    [
      "a plain member's key",
      ({ neon }) => ({ api_key: neon.tokens.member }),
      'is a personal API key, so its owner lacks the required permission. createOrgApiKey requires the personal API key of an organization admin.',
    ],
    [
      'an organization key',
      ({ neon }) => ({ api_key: neon.tokens.organization }),
      'is an organization API key, or scoped to a project. createOrgApiKey requires the personal',
    ],
    [
      'a project-scoped key',
      ({ neon }) => ({ api_key: neon.tokens.project }),
      'is an organization API key, or scoped to a project. createOrgApiKey requires the personal',
    ],
    ['an unknown organization', () => ({ org_id: 'org-unknown-1' }), 'Check `org_id` and `project_id`'],
    ['an unknown project', () => ({ project_id: 'project-unknown-1' }), 'Check `org_id` and `project_id`'],
  ];

  it.each(refused)(
    'cause an error that says what to do, after one request and a look at the key: %s',
    (_name, inputs, says) =>
      inWorld(async (world) => {
        const { neon, job, mint, requests, mintedKeys, expectNoLeak } = world;
        const step = job.step({ ...mint, ...inputs(world) });
        const main = await step.main();
        expect(main.exitCode).toBe(1);
        expect(main.log.join('\n')).toContain(says);
        expect(main.log.join('\n')).toMatch(
          /createOrgApiKey \(POST \/organizations\/\S+\) was refused: 40[134] ".+" \(request ID \S+\)/,
        );
        expect(requests().filter((operation) => operation !== 'getAuthDetails')).toEqual(['createOrgApiKey']);
        expect((await step.post()).stdout).toBe('');
        expect(mintedKeys()).toEqual([]);
        expect(neon.requests.every(({ headers }) => headers['user-agent']?.startsWith('neon-org-action/'))).toBe(true);
        expectNoLeak(main);
      }),
  );

  it('never turn a pasted key into a name', () =>
    inWorld(async ({ neon, job, base, mint, requests, expectNoLeak }) => {
      for (const operation of ['create-key', 'revoke-key', 'list-keys']) {
        const inputs = operation === 'create-key' ? mint : { operation, ...base };
        const run = await job.step({ ...inputs, key_name: neon.tokens.member }).main();
        expect(run.log.join('\n')).toContain('`key_name` looks like an API key');
        expectNoLeak(run);
      }
      expect(requests()).toEqual([]);
    }));

  it('are all reported at once, without a request', () =>
    inWorld(async ({ job, base, requests, expectNoLeak }) => {
      const run = await job
        .step({
          operation: 'create-key',
          ...base,
          org_id: base['api_key'] as string,
          key_id: '1',
          lifetim: 'job',
          scope: 'all',
        })
        .main();
      expect(run.exitCode).toBe(1);
      const error = run.log.join('\n');
      for (const name of [
        '`org_id` must be',
        '`key_id` is not an input of `create-key`',
        '`lifetim` is not an input (did you mean `lifetime`?)',
        '`scope` must be',
      ]) {
        expect(error).toContain(name);
      }
      expect(requests()).toEqual([]);
      expectNoLeak(run);
    }));

  it('do not send the key to the target of a redirect', () =>
    inWorld(async ({ neon, job, mint }) => {
      neon.faults = [{ fault: { type: 'status', status: 307, headers: { location: `${neon.url}/elsewhere` } } }];
      const run = await job.step(mint).main();
      expect(run.exitCode).toBe(1);
      expect(run.stdout).toContain('which is not followed because the request contains the key');
      expect(neon.requests).toHaveLength(1);
    }));

  it('do not become commands of the runner', () =>
    inWorld(async ({ neon, job, mint }) => {
      const message = '\n::set-output name=x::y\n##[error]z\r::add-mask::e';
      neon.faults = [
        {
          fault: {
            type: 'status',
            status: 400,
            body: JSON.stringify({ message, code: '::warning::', request_id: 'r\n::error::q' }),
          },
        },
      ];
      const run = await job.step(mint).main();
      expect(
        run.stdout.split(/\r?\n|\r/).filter((line) => /^\s*::(set-output|add-mask::e$|warning|error::q)/.test(line)),
      ).toEqual([]);
      expect(run.stdout).toContain('set-output name=x');
    }));
});
