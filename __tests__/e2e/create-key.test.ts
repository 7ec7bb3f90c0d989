import { describe, expect, it } from 'vitest';
import { inWorld, organizationKeyRights } from './world.ts';

describe('create-key with its post step', () => {
  it('mints a working key for one project, which is revoked after the job', () =>
    inWorld(async ({ neon, job, mint, mintedKeys, requests, expectNoLeak }) => {
      const step = job.step(mint);
      const main = await step.main();
      expect(main.exitCode).toBe(0);
      const { api_key, key_id, key_name, created_at, ...rest } = main.outputs as Record<string, string>;
      expect(rest).toEqual({ changed: 'true', project_id: neon.projectId });
      expect(mintedKeys()).toEqual([{ id: key_id, name: key_name, project_id: neon.projectId }]);
      expect(key_name).toMatch(/^shop integration-tests ~gha\.[0-9a-z]+\.[0-9a-z]+-1\.j\.[0-9a-z]{10}$/);
      expect(new Date(created_at as string).getTime()).toBeGreaterThan(0);
      expect(neon.isLive(api_key as string)).toBe(true);
      expect(requests()).toEqual(['createOrgApiKey']);

      const post = await step.post();
      expect(post.exitCode).toBe(0);
      expect(neon.isLive(api_key as string)).toBe(false);
      expect(requests()).toEqual(['createOrgApiKey', 'revokeOrgApiKey', 'listOrgApiKeys']);
      expectNoLeak(main, post);
    }));

  it('masks the admin key before any other output, and the new key before it saves the ID', () =>
    inWorld(async ({ neon, job, mint }) => {
      const { stdout, outputs } = await job.step(mint).main();
      const lines = stdout.split(/\r?\n/);
      const firstOther = lines.findIndex((line) => !line.startsWith('::add-mask::'));
      expect(lines[0]).toBe(`::add-mask::${neon.tokens.admin}`);
      expect(lines[firstOther]).toBe('::group::neon-org-action: create-key');
      expect(lines.indexOf(`::add-mask::${outputs['api_key']}`)).toBeLessThan(
        lines.findIndex((line) => line.startsWith('Created key')),
      );
    }));

  it('writes a summary and a log that contain everything except the token', () =>
    inWorld(async ({ job, mint }) => {
      const step = job.step(mint);
      const { summary, log } = await step.main();
      expect(summary).toContain('### 🔑 New Neon key for this job');
      expect(summary).toContain('only project `cool-river-87654321`');
      expect(log.join('\n')).toMatch(
        /Created key \d+ "shop integration-tests ~gha\..*for project cool-river-87654321. It is valid until the post step revokes it at the end of this job/,
      );
      expect((await step.post()).summary).toContain('✅ revoked');
    }));

  it('masks the new key in the log of later steps, in all encodings in which keys leak', () =>
    inWorld(async ({ job, mint }) => {
      const { outputs } = await job.step(mint).main();
      const key = outputs['api_key'] as string;
      const leaks = [key, Buffer.from(key).toString('hex'), Buffer.from(`neon:${key}@host`).toString('base64url')];
      const { log } = await job.run(process.execPath, ['-e', `console.log(${JSON.stringify(leaks.join('\n'))})`]);
      expect(log[0]).toBe('***');
      expect(log[1]).toBe('***');
      // The text around the key, and three characters at each end that are encoded together with it.
      expect(log[2]?.length).toBeLessThanOrEqual(
        Buffer.from('neon:@host').toString('base64url').length + '***'.length + 6,
      );
    }));

  it('sets NEON_API_KEY only with `export_env: true`', () =>
    inWorld(async ({ job, mint, expectNoLeak }) => {
      expect((await job.step(mint).main()).variables).toEqual({});
      const run = await job.step({ ...mint, export_env: 'true' }).main();
      expect(run.variables).toEqual({ NEON_API_KEY: run.outputs['api_key'] });
      expectNoLeak(run);
    }));

  it('keeps a key with `lifetime: manual` active, without a request in the post step', () =>
    inWorld(async ({ job, mint, mintedKeys, requests, expectNoLeak }) => {
      const step = job.step({ ...mint, lifetime: 'manual', key_name: 'deploys' });
      const main = await step.main();
      const post = await step.post();
      expect([main.exitCode, post.exitCode]).toEqual([0, 0]);
      expect(mintedKeys()).toHaveLength(1);
      expect(main.outputs['key_name']).toMatch(/^deploys ~gha\..*\.m\./);
      expect(requests()).toEqual(['createOrgApiKey']);
      expect(post.stdout + post.stderr).toBe('');
      expectNoLeak(main, post);
    }));

  it('mints a key for the whole organization with `scope: organization` and without `project_id`', () =>
    inWorld(async ({ job, base, mintedKeys }) => {
      const step = job.step({ operation: 'create-key', scope: 'organization', ...base });
      const { outputs, summary } = await step.main();
      expect(outputs['project_id']).toBe('');
      expect(mintedKeys()[0]).not.toHaveProperty('project_id');
      expect(summary).toContain('⚠️ every project of the organization');
      await step.post();
      expect(mintedKeys()).toEqual([]);
    }));

  it('mints two keys in one job, each of which is revoked by its own post step', () =>
    inWorld(async ({ job, mint, mintedKeys }) => {
      const [one, two] = [job.step(mint), job.step(mint)];
      const first = await one.main();
      const second = await two.main();
      await two.post();
      expect(mintedKeys().map(({ id }) => id)).toEqual([first.outputs['key_id']]);
      await one.post();
      expect(mintedKeys()).toEqual([]);
      expect(first.outputs['key_id']).not.toBe(second.outputs['key_id']);
    }));

  it('keeps IDs beyond 2^53 exact', () =>
    inWorld(
      async ({ job, mint, mintedKeys }) => {
        const step = job.step(mint);
        expect((await step.main()).outputs['key_id']).toBe('9007199254740993');
        await step.post();
        expect(mintedKeys()).toEqual([]);
      },
      { seed: { next_key_id: '9007199254740993' } },
    ));

  it('writes no summary with `summary: false`, in main and post', () =>
    inWorld(async ({ job, mint }) => {
      const step = job.step({ ...mint, summary: 'false' });
      expect((await step.main()).summary + (await step.post()).summary).toBe('');
    }));

  it.each(['GITHUB_STATE', 'GITHUB_OUTPUT', 'GITHUB_ENV'])('sends no request if %s is missing', (name) =>
    inWorld(async ({ job, mint, requests }) => {
      const main = await job.step(mint).main({ env: { [name]: '/nowhere/at/all' } });
      expect(main.exitCode).toBe(1);
      expect(main.stdout).toContain(`::error::${name} must be set to the path of an existing file`);
      expect(requests()).toEqual([]);
    }),
  );

  it('works if the runner does not support job summaries', () =>
    inWorld(async ({ job, mint, mintedKeys }) => {
      const step = job.step(mint);
      const env = { GITHUB_STEP_SUMMARY: '' };
      expect((await step.main({ env })).exitCode).toBe(0);
      expect((await step.post({ env })).exitCode).toBe(0);
      expect(mintedKeys()).toEqual([]);
    }));
});

describe('the post step of create-key', () => {
  it('fails if the saved state is damaged, so that no lease is lost silently', () =>
    inWorld(async ({ job, mint, requests }) => {
      const step = job.step(mint);
      const { state } = await step.main();
      const damaged = (state['leases'] as string).replace(/"id":"\d+"/, '"id":"50000x1"');
      const post = await step.post({ env: { STATE_leases: damaged } });
      expect(post.exitCode).toBe(1);
      expect(post.stdout).toContain(
        '::error::The post step could not revoke the key of this step. The state that the main step saved is invalid.',
      );
      expect(requests()).toEqual(['createOrgApiKey']);
    }));

  it('revokes the key even if the summary cannot be written', () =>
    inWorld(async ({ job, mint, mintedKeys }) => {
      const step = job.step(mint);
      const env = { GITHUB_STEP_SUMMARY: '/nowhere/at/all' };
      const main = await step.main({ env });
      expect(main.exitCode).toBe(0);
      expect(main.stdout).toContain('::warning::The job summary could not be written');
      expect((await step.post({ env })).exitCode).toBe(0);
      expect(mintedKeys()).toEqual([]);
    }));

  it('reports every key that may still be active in one error and in the summary', () =>
    inWorld(async ({ neon, job, mint }) => {
      neon.faults = [{ operation: 'createOrgApiKey', times: 2, fault: { type: 'status-after', status: 503 } }];
      const step = job.step(mint);
      const main = await step.main();
      neon.faults = [{ fault: { type: 'status', status: 403 } }];
      const post = await step.post();
      expect(post.stdout.match(/^::error::/gm)).toHaveLength(1);
      expect(post.stdout).toMatch(/^::error::.*A key named .*%0AA key named /m);
      expect(post.stdout).toContain(`Key ${main.outputs['key_id']} "`);
      expect(post.summary).toContain('### ❌ 3 Neon keys may still be active');
      expect(post.summary.match(/may still be (active|created)\*\*/g)).toHaveLength(3);
    }));

  it('does not fail for a key that was already revoked', () =>
    inWorld(async ({ job, base, mint, requests, expectNoLeak }) => {
      const step = job.step(mint);
      const { outputs } = await step.main();
      await job.step({ operation: 'revoke-key', ...base, key_id: outputs['key_id'] as string }).main();
      const post = await step.post();
      expect(post.exitCode).toBe(0);
      expect(post.stdout).not.toMatch(/::(warning|error|notice)::/);
      expect(post.log.join('\n')).toContain('was already revoked, so there is nothing to revoke.');
      expect(post.summary).toContain('### 🔒 No Neon key to revoke after the job');
      expect(requests().slice(2)).toEqual(['revokeOrgApiKey', 'listOrgApiKeys']);
      expectNoLeak(post);
    }));

  it('does nothing if main was stopped by an invalid input', () =>
    inWorld(async ({ job, mint, requests }) => {
      const step = job.step({ ...mint, lifetime: 'for ever' });
      expect((await step.main()).exitCode).toBe(1);
      const post = await step.post();
      expect([post.exitCode, post.stdout, post.stderr]).toEqual([0, '', '']);
      expect(requests()).toEqual([]);
    }));

  it.each([
    ['fail', 1, 'error'],
    ['warn', 0, 'warning'],
  ])('reports the active key and the command that revokes it with `on_revoke_failure: %s`', (choice, exitCode, level) =>
    inWorld(async ({ neon, job, mint, expectNoLeak }) => {
      const step = job.step({ ...mint, on_revoke_failure: choice });
      const main = await step.main();
      neon.faults = [{ fault: { type: 'status', status: 403 } }];
      const post = await step.post();
      expect(post.exitCode).toBe(exitCode);
      expect(post.stdout).toContain(
        `::${level}::Key ${main.outputs['key_id']} "${main.outputs['key_name']}" may still be active. revokeOrgApiKey`,
      );
      expect(post.stdout).toContain(
        `curl -H "Authorization: Bearer $ADMIN_KEY" -X DELETE ${neon.apiHost}/organizations/${neon.organizationId}/api_keys/${main.outputs['key_id']}`,
      );
      expect(post.stdout).toContain('docs/troubleshooting.md#may-still-be-active');
      expectNoLeak(main, post);
    }),
  );

  it('never suggests a command with the key that Neon refused', () =>
    inWorld(async ({ neon, job, mint }) => {
      const step = job.step(mint);
      const { outputs } = await step.main();
      neon.change(({ credentials }) => {
        for (const credential of credentials) if (credential.token === neon.tokens.admin) credential.revoked = true;
      });
      const post = await step.post();
      expect(post.exitCode).toBe(1);
      const log = post.log.join('\n');
      // Unlike stdout, the log has no masks, one of which could contain this word by chance.
      expect(log).not.toContain('curl');
      expect(log).toContain(
        `in the Neon Console, or run \`revoke-key\` with \`key_id: ${outputs['key_id']}\` and the key of another admin.`,
      );
    }));

  it('revokes the duplicate if the request was delivered twice', () =>
    inWorld(
      async ({ neon, job, mint, mintedKeys }) => {
        neon.faults = [{ operation: 'createOrgApiKey', nth: 1, fault: { type: 'duplicate' } }];
        const step = job.step(mint);
        await step.main();
        expect(mintedKeys()).toHaveLength(2);
        expect((await step.post()).exitCode).toBe(0);
        expect(mintedKeys()).toEqual([]);
      },
      { seed: { unique_key_names: false } },
    ));

  it('neither returns nor revokes the key of another step', () =>
    inWorld(async ({ neon, job, mint, mintedKeys }) => {
      const [first, second] = [job.step(mint), job.step(mint)];
      const { outputs } = await first.main();
      neon.faults = [{ operation: 'createOrgApiKey', nth: 1, fault: { type: 'previous-response' } }];
      const main = await second.main();
      expect(main.exitCode).toBe(0);
      expect(main.outputs['key_id']).not.toBe(outputs['key_id']);
      await second.post();
      expect(mintedKeys().map(({ id }) => id)).toEqual([outputs['key_id']]);
      await first.post();
      expect(mintedKeys()).toEqual([]);
    }));

  it.each(['', 'x', 'two\nlines-that-are-no-key'])('reports that `api_key` has changed to %j', (changed) =>
    inWorld(async ({ job, mint, requests }) => {
      const step = job.step(mint);
      const main = await step.main();
      step.inputs['api_key'] = changed;
      const post = await step.post();
      expect(post.exitCode).toBe(1);
      expect(post.stdout).toContain(`::error::Key ${main.outputs['key_id']} `);
      expect(post.stdout).toContain('In the post step, `api_key` is empty or not a Neon API key.');
      expect(requests()).toEqual(['createOrgApiKey']);
    }),
  );

  it('revokes the key at the API where it was minted, even if the inputs have changed', () =>
    inWorld(async ({ job, mint, mintedKeys }) => {
      const step = job.step(mint);
      await step.main();
      Object.assign(step.inputs, {
        org_id: 'another',
        api_host: 'https://example.com',
        timeout: 'x',
        summary: 'x',
        lifetime: 'x',
      });
      expect((await step.post()).exitCode).toBe(0);
      expect(mintedKeys()).toEqual([]);
    }));

  it.each(organizationKeyRights)(
    'revokes by ID with an organization key, even if it may not list keys (rights according to %s)',
    (reading) =>
      inWorld(
        async ({ neon, job, mint, mintedKeys, requests }) => {
          const step = job.step(mint);
          await step.main();
          step.inputs['api_key'] = neon.tokens.organization;
          const post = await step.post();
          expect(post.exitCode).toBe(0);
          expect(mintedKeys()).toEqual([]);
          expect(requests().slice(0, 3)).toEqual([
            'createOrgApiKey',
            'revokeOrgApiKey',
            expect.stringMatching(/list|Auth/),
          ]);
          const couldList = reading === 'docs';
          expect(post.stdout.includes('::warning::Whether Neon has another key named')).toBe(!couldList);
        },
        { seed: { organization_key_rights: reading } },
      ),
  );

  it('does not report a key as revoked after a 404 that refuses the kind of key', () =>
    inWorld(
      async ({ neon, job, mint, mintedKeys }) => {
        const step = job.step(mint);
        await step.main();
        step.inputs['api_key'] = neon.tokens.project;
        const post = await step.post();
        expect(post.exitCode).toBe(1);
        expect(post.stdout).toContain('not allowed to perform actions outside the project');
        expect(mintedKeys()).toHaveLength(1);
      },
      { seed: { key_refusal_status: 404 } },
    ));
});
