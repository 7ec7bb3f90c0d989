import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { pullRequest, push } from '../../emulator/events.ts';
import type { FaultRule } from '../../emulator/faults.ts';
import type { OperationId } from '../../emulator/github/operations.ts';
import { SEED } from '../../emulator/github/state.ts';
import { inGitHubWorld, movableClock, worldOn } from './world.ts';

const preview = { lifetime: 'pull-request', key_name: 'preview 7', secret_name: 'NEON_API_KEY_PR_7' };
const opened = pullRequest('opened', { number: 7 });
const hour = 3_600_000;

describe('create-key for a pull request', () => {
  it('stores a key in a secret, which `revoke-key` deletes, and whose key a sweep later revokes', () => {
    const clock = movableClock();
    return inGitHubWorld(
      async ({ neon, github, job, base, mint, mintedKeys, expectNoLeak }) => {
        const step = job.step({ ...mint, ...preview });
        const main = await step.main();
        const post = await step.post();
        expect([main.exitCode, post.exitCode]).toEqual([0, 0]);
        expect(post.log).toEqual([]);
        expect(main.outputs['key_name']).toMatch(/^preview 7 ~gha\.[0-9a-z.]+-1\.sp7\.[0-9a-z]+$/);
        const { value = '' } = github.secret('repository', 'NEON_API_KEY_PR_7') ?? {};
        expect(value).toBe(main.outputs['api_key']);
        expect(neon.isLive(value)).toBe(true);
        expect(main.summary).toContain('runs after pull request 7 is closed');
        const { key_name, secret_name } = preview;
        const revoke = { operation: 'revoke-key', ...base, key_name, secret_name };
        const first = await job.step(revoke).main();
        expect(first.outputs).toMatchObject({ changed: 'true', revoked_count: '0' });
        expect(first.stdout).toMatch(
          /^::notice::Key \d+ "preview 7 .*" was not revoked: it is less than two hours old/m,
        );
        expect(first.summary).toContain('#### Left to `sweep-keys`');
        expect([mintedKeys().length, github.secret('repository', secret_name)]).toEqual([1, undefined]);
        const second = await job.step(revoke).main();
        expect([second.exitCode, second.outputs['changed']]).toEqual([0, 'false']);
        expect(second.log.join('\n')).toContain(`There is no repository secret ${secret_name} to delete.`);
        clock.advance(2 * hour + 60_000);
        const third = await job.step(revoke).main({ later: clock.later });
        expect(third.outputs).toMatchObject({ changed: 'true', revoked_count: '1' });
        expect(mintedKeys()).toEqual([]);
        expectNoLeak(main, post, first, second, third);
      },
      worldOn(clock, { event: opened }),
    );
  });

  it('lets a sweep revoke the key two hours after its creation if the pull request is closed', () => {
    const clock = movableClock();
    return inGitHubWorld(
      async ({ github, job, base, mint, mintedKeys }) => {
        await job.step({ ...mint, ...preview, lifetime: 'pull-request' }).main();
        const sweep = { operation: 'sweep-keys', ...base, mode: 'apply', github_token: github.tokens.default };
        expect((await job.step(sweep).main()).outputs['revoked_count']).toBe('0');
        clock.advance(2 * hour + 60_000);
        expect((await job.step(sweep).main({ later: clock.later })).outputs['revoked_count']).toBe('1');
        expect(mintedKeys()).toEqual([]);
      },
      worldOn(clock, {
        event: pullRequest('opened', { number: 1 }),
        github: { pulls: ['closed'] },
      }),
    );
  });

  it.each([
    ['a push', push(), '`lifetime: pull-request` needs the event'],
    ['a pull request that is closed', pullRequest('closed', { number: 7 }), 'Pull request 7 is closed'],
  ])('mints no key on %s', (_what, event, message) =>
    inGitHubWorld(
      async ({ job, mint, requests }) => {
        const main = await job.step({ ...mint, lifetime: 'pull-request' }).main();
        expect(main.exitCode).toBe(1);
        expect(main.stdout).toContain(message);
        expect(requests()).toEqual([]);
      },
      { event },
    ),
  );
});

describe('create-key with a secret', () => {
  const kept = { lifetime: '24h', secret_name: 'NEON' };

  it.each([
    ['environment', { secret_scope: 'environment', secret_environment: SEED.environment }],
    ['organization', { secret_scope: 'organization' }],
  ] as const)('stores the key in a secret with the scope %s', (scope, place) =>
    inGitHubWorld(
      async ({ github, job, mint }) => {
        const main = await job.step({ ...mint, ...kept, ...place }).main();
        expect(main.exitCode).toBe(0);
        const owner = scope === 'organization' ? SEED.organization : SEED.repository;
        const secret = github.secret(scope, 'NEON', owner);
        expect(secret?.value).toBe(main.outputs['api_key']);
        if (scope === 'organization') {
          expect(secret).toMatchObject({ visibility: 'selected', selected_repository_ids: [SEED.repositoryId] });
        }
      },
      { token: 'app' },
    ),
  );

  it("keeps the readers of an organization's secret", () =>
    inGitHubWorld(
      async ({ github, job, mint }) => {
        const into = { ...mint, ...kept, secret_scope: 'organization' };
        await job.step(into).main();
        github.change(({ secrets }) => secrets[0]?.selected_repository_ids.push(5));
        await job.step(into).main();
        expect(github.state().secrets).toMatchObject([{ selected_repository_ids: [SEED.repositoryId, 5] }]);
        github.change(({ secrets }) =>
          Object.assign(secrets[0] ?? {}, { visibility: 'all', selected_repository_ids: [] }),
        );
        await job.step(into).main();
        expect(github.state().secrets).toMatchObject([{ visibility: 'all' }]);
      },
      { token: 'app', github: { seed: { repositories: [{ id: 5, name: 'other' }] } } },
    ));

  it.each([1, 2, 5])("keeps the readers of an organization's secret after %i temporary 404s", (times) =>
    inGitHubWorld(
      async ({ github, job, mint }) => {
        const into = { ...mint, ...kept, secret_scope: 'organization' };
        await job.step(into).main();
        github.change(({ secrets }) => Object.assign(secrets[0] ?? {}, { visibility: 'all' }));
        github.faults = Array.from({ length: times }, (_, i) => ({
          operation: 'getOrgSecret',
          nth: i + 1,
          fault: { type: 'status', status: 404 },
        }));
        expect((await job.step(into).main()).exitCode).toBe(0);
        expect(github.state().secrets).toMatchObject([{ visibility: 'all' }]);
      },
      { token: 'app' },
    ),
  );

  it('reports that the token of a job cannot write secrets before it mints a key', () =>
    inGitHubWorld(async ({ job, mint, requests, expectNoLeak }) => {
      const main = await job.step({ ...mint, ...kept }).main();
      expect(main.exitCode).toBe(1);
      expect(main.stdout).toMatch(
        /^::error::`create-key` failed: GitHub responded to GET \/repos\/acme\/shop\/actions\/secrets\/public-key with 403 "Resource not accessible by integration" \(request ID [^)]+\)\.%0AThe token in `github_token` requires the permission "Secrets: read and write" on the repository, which a GitHub App/m,
      );
      expect(requests()).toEqual([]);
      expectNoLeak(main);
    }));

  it('reports an environment that does not exist', () =>
    inGitHubWorld(
      async ({ job, mint, requests }) => {
        const place = { secret_scope: 'environment', secret_environment: 'nowhere' };
        const main = await job.step({ ...mint, ...kept, ...place }).main();
        expect(main.exitCode).toBe(1);
        expect(main.stdout).toContain('Either it does not exist, or the token in `github_token` lacks the permission');
        expect(requests()).toEqual([]);
      },
      { token: 'app' },
    ));

  const put = 'createOrUpdateRepoSecret' as OperationId;
  const troubles: [name: string, faults: FaultRule<OperationId>[], isKept: boolean][] = [
    ['refused', [{ operation: put, fault: { type: 'status', status: 422 } }], false],
    ['always unavailable', [{ operation: put, fault: { type: 'status', status: 503 } }], true],
    ['always lost', [{ operation: put, fault: { type: 'drop-after' } }], true],
    [
      'carried out and always answered with 502',
      [{ operation: put, fault: { type: 'status-after', status: 502 } }],
      true,
    ],
    [
      'carried out and answered with 502, then with 401',
      [
        { operation: put, nth: 1, fault: { type: 'status-after', status: 502 } },
        { operation: put, from: 2, fault: { type: 'status', status: 401 } },
      ],
      true,
    ],
    [
      'carried out and answered with 502, then with 422',
      [
        { operation: put, nth: 1, fault: { type: 'status-after', status: 502 } },
        { operation: put, from: 2, fault: { type: 'status', status: 422 } },
      ],
      true,
    ],
    ['carried out and answered with 404', [{ operation: put, fault: { type: 'status-after', status: 404 } }], true],
  ];

  it.each(troubles)('never leaves a revoked key in a secret whose write is %s', (_name, faults, isKept) =>
    inGitHubWorld(
      async ({ neon, github, job, mint, mintedKeys, expectNoLeak }) => {
        await job.step({ ...mint, ...kept }).main();
        github.faults = faults;
        const step = job.step({ ...mint, ...kept });
        const main = await step.main();
        const post = await step.post();
        expect(main.exitCode).toBe(1);
        expect(main.stdout).toMatch(
          /::error::`create-key` failed: GitHub (?:responded|sent no usable response) to PUT /,
        );
        expect(main.stdout).toContain(
          isKept ? 'is unknown, so the key stays active.' : 'was not stored and has been revoked.',
        );
        expect(main.outputs).toEqual({});
        expect(mintedKeys()).toHaveLength(isKept ? 2 : 1);
        expect(neon.isLive(github.secret('repository', 'NEON')?.value ?? '')).toBe(true);
        expect([post.exitCode, post.log]).toEqual([0, []]);
        expectNoLeak(main, post);
      },
      { token: 'app' },
    ),
  );

  it('leaves a key that can be neither stored nor revoked to the post step', () =>
    inGitHubWorld(
      async ({ neon, github, job, mint, mintedKeys }) => {
        github.faults = [{ operation: put, fault: { type: 'status', status: 422 } }];
        neon.faults = [{ operation: 'revokeOrgApiKey', nth: 1, fault: { type: 'status', status: 403 } }];
        const step = job.step({ ...mint, lifetime: 'manual', secret_name: 'NEON' });
        const main = await step.main();
        expect(main.stdout).toContain('was not stored and could not be revoked; the post step tries again.');
        expect(mintedKeys()).toHaveLength(1);
        const post = await step.post();
        expect([post.exitCode, mintedKeys()]).toEqual([0, []]);
      },
      { token: 'app' },
    ));

  it('leaves a working key in the secret even if the outputs cannot be written', () =>
    inGitHubWorld(
      async ({ neon, github, job, mint }) => {
        const step = job.step({ ...mint, ...kept });
        const main = await step.main({ env: { GITHUB_OUTPUT: '/dev/full' } });
        await step.post();
        expect(main.exitCode).toBe(1);
        expect(neon.isLive(github.secret('repository', 'NEON')?.value ?? '')).toBe(true);
      },
      { token: 'app' },
    ));

  it('leaves a working key in the secret even if the post step gets the state from before the write', () =>
    inGitHubWorld(
      async ({ neon, github, job, mint, expectNoLeak }) => {
        let saved = '';
        const main = await job.step({ ...mint, ...kept }).main();
        const { key_name: name, key_id: id } = main.outputs;
        saved = JSON.stringify({
          orgId: neon.organizationId,
          apiHost: neon.apiHost,
          timeoutMs: 2000,
          leases: [{ name, id, requestedAt: Date.now() }],
        });
        const post = await job.step({ ...mint, ...kept }).post({ env: { STATE_leases: saved } });
        expect(neon.isLive(github.secret('repository', 'NEON')?.value ?? '')).toBe(true);
        expectNoLeak(main, post);
      },
      { token: 'app' },
    ));

  it("keeps the readers of an organization's secret even if GitHub does not list all of them", () =>
    inGitHubWorld(
      async ({ github, job, mint, mintedKeys }) => {
        const into = { ...mint, ...kept, secret_scope: 'organization' };
        await job.step(into).main();
        github.faults = [{ operation: 'listSelectedReposForOrgSecret', fault: { type: 'cut' } }];
        const run = await job.step(into).main();
        expect(run.exitCode).toBe(1);
        expect(mintedKeys().length).toBe(1);
        expect(github.state().secrets).toMatchObject([{ selected_repository_ids: [SEED.repositoryId] }]);
      },
      { token: 'app' },
    ));

  it.each<FaultRule<OperationId>>([
    { operation: put, nth: 1, fault: { type: 'status', status: 502 } },
    { operation: put, nth: 1, fault: { type: 'drop-after' } },
    { operation: put, nth: 1, fault: { type: 'hang-after' } },
    { nth: 1, fault: { type: 'drop-before' } },
    { nth: 1, fault: { type: 'status', status: 500 } },
  ])('stores the key despite the fault %o', (fault) =>
    inGitHubWorld(
      async ({ github, job, mint }) => {
        github.faults = [fault];
        const main = await job.step({ ...mint, ...kept }).main();
        expect(main.exitCode).toBe(0);
        expect(github.secret('repository', 'NEON')?.value).toBe(main.outputs['api_key']);
      },
      { token: 'app' },
    ),
  );
});

function lineOf(stream: NodeJS.ReadableStream | null, text: string): Promise<void> {
  return new Promise((resolve) => {
    stream?.on('data', (chunk) => String(chunk).includes(text) && resolve());
  });
}

describe.concurrent.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  'create-key that gets %s while it stores a key',
  (signal) => {
    const moments = (['getRepoPublicKey', 'createOrgApiKey', 'createOrUpdateRepoSecret'] as const).flatMap(
      (operation) => [[operation, 'received'] as const, [operation, 'performed'] as const],
    );

    it.each(moments)('leaves no revoked key in the secret and no other active key: at %s, %s', (operation, point) => {
      let child: ChildProcess | undefined;
      const at = async (reached: string, request: { operation: string }) => {
        if (reached !== point || request.operation !== operation || !child || child.exitCode !== null) return;
        // Only then may the request continue.
        const noticed = signal === 'SIGKILL' ? once(child, 'exit') : lineOf(child.stdout, `${signal}:`);
        child.kill(signal);
        await noticed;
      };
      return inGitHubWorld(
        async ({ neon, github, job, mint, mintedKeys, expectNoLeak }) => {
          const step = job.step({ ...mint, lifetime: '24h', secret_name: 'NEON' });
          const main = await step.main({
            started: (process) => {
              child = process;
            },
          });
          expect(main.exitCode ?? main.signal).toBe({ SIGINT: 130, SIGTERM: 143, SIGKILL: 'SIGKILL' }[signal]);
          child = undefined;
          const post = await step.post();
          expect(post.exitCode).toBe(0);
          const secret = github.secret('repository', 'NEON');
          if (secret) expect(neon.isLive(secret.value)).toBe(true);
          // Once the write has begun, only a sweep may revoke the key.
          expect(mintedKeys()).toHaveLength(operation === 'createOrUpdateRepoSecret' ? 1 : 0);
          expectNoLeak(main, post);
        },
        { token: 'app', at, github: { at } },
      );
    });
  },
);

describe('revoke-key of a secret', () => {
  const into = { lifetime: 'manual', key_name: 'NEON', secret_name: 'NEON' };

  const revoke = { operation: 'revoke-key', key_name: 'NEON', secret_name: 'NEON' };

  it('lists the keys, deletes the secret, and then revokes the keys', () => {
    const order: string[] = [];
    const at = async (point: string, { operation }: { operation: string }) => {
      if (point === 'performed') order.push(operation);
    };
    return inGitHubWorld(
      async ({ job, base, mint }) => {
        await job.step({ ...mint, ...into }).main();
        order.length = 0;
        const run = await job.step({ ...revoke, ...base }).main();
        expect(run.outputs['revoked_count']).toBe('1');
        expect(order).toEqual(['listOrgApiKeys', 'deleteRepoSecret', 'revokeOrgApiKey']);
      },
      { token: 'app', at, github: { at } },
    );
  });

  it('revokes no key while the secret may contain it, and reports what to do', () =>
    inGitHubWorld(async ({ neon, github, job, base, mint, mintedKeys }) => {
      await job.step({ ...mint, ...into, github_token: github.tokens.app }).main();
      for (const github_token of [github.tokens.default, '']) {
        const run = await job.step({ ...revoke, ...base, github_token }).main();
        expect(run.exitCode).toBe(1);
      }
      github.faults = [{ operation: 'deleteRepoSecret', fault: { type: 'status', status: 503 } }];
      const run = await job.step({ ...revoke, ...base, github_token: github.tokens.app }).main();
      expect(run.exitCode).toBe(1);
      expect(run.stdout).toContain('The repository secret NEON could not be deleted, so no key was revoked.');
      expect(mintedKeys()).toHaveLength(1);
      expect(neon.isLive(github.secret('repository', 'NEON')?.value ?? '')).toBe(true);
    }));

  it("does not accept a 404 from a token that can no longer see the repository's secrets", () =>
    inGitHubWorld(
      async ({ github, job, base, mint, mintedKeys }) => {
        await job.step({ ...mint, ...into }).main();
        github.faults = [{ fault: { type: 'status', status: 404 } }];
        const run = await job.step({ ...revoke, ...base }).main();
        expect(run.exitCode).toBe(1);
        expect(mintedKeys()).toHaveLength(1);
      },
      { token: 'app' },
    ));

  it.each(['repository', 'environment', 'organization'] as const)(
    'does not accept a temporary 404 for a secret that exists: scope %s',
    (secret_scope) =>
      inGitHubWorld(
        async ({ neon, github, job, base, mint, mintedKeys }) => {
          const place = {
            secret_scope,
            ...(secret_scope === 'environment' && { secret_environment: SEED.environment }),
          };
          await job.step({ ...mint, ...into, ...place }).main();
          const operations = ['RepoSecret', 'EnvironmentSecret', 'OrgSecret'];
          github.faults = operations.flatMap((secret) =>
            [`delete${secret}`, `get${secret}`].map((operation) => ({
              operation: operation as OperationId,
              nth: 1,
              fault: { type: 'status', status: 404 },
            })),
          );
          const run = await job.step({ ...revoke, ...base, ...place }).main();
          expect(run.exitCode).toBe(1);
          expect(run.stdout).toContain('could not be deleted, so no key was revoked.');
          const [secret] = github.state().secrets;
          expect([mintedKeys().length, neon.isLive(secret?.value ?? '')]).toEqual([1, true]);
        },
        { token: 'app' },
      ),
  );

  it.each<[string, FaultRule<OperationId>[]]>([
    [
      'DELETE gets a 502 and then a 404',
      [{ operation: 'deleteRepoSecret', nth: 1, fault: { type: 'status-after', status: 502 } }],
    ],
    [
      'its DELETE is lost and the list gets a 502',
      [
        { operation: 'deleteRepoSecret', nth: 1, fault: { type: 'drop-after' } },
        { operation: 'listRepoSecrets', nth: 1, fault: { type: 'status', status: 502 } },
      ],
    ],
  ])('succeeds if %s', (_what, faults) =>
    inGitHubWorld(
      async ({ github, job, base, mint, mintedKeys }) => {
        await job.step({ ...mint, ...into }).main();
        github.faults = faults;
        const run = await job.step({ ...revoke, ...base }).main();
        expect(run.exitCode).toBe(0);
        expect(run.outputs).toMatchObject({ changed: 'true', revoked_count: '1' });
        expect(run.log.join('\n')).toContain('Deleted the repository secret NEON.');
        expect([mintedKeys(), github.secret('repository', 'NEON')]).toEqual([[], undefined]);
      },
      { token: 'app' },
    ),
  );

  it('revokes a key by ID at once, and reports its name', () =>
    inGitHubWorld(
      async ({ job, base, mint, requests }) => {
        const { outputs } = await job.step({ ...mint, lifetime: 'pull-request', secret_name: 'NEON' }).main();
        const key_id = outputs['key_id'] as string;
        const run = await job.step({ operation: 'revoke-key', ...base, key_id }).main();
        expect(run.outputs['revoked_count']).toBe('1');
        expect(run.log).toContain(`Revoked key ${key_id} "${outputs['key_name']}".`);
        expect(run.summary).toContain(`\`${outputs['key_name']}\``);
        expect(requests()).toEqual(['createOrgApiKey', 'revokeOrgApiKey']);
      },
      { token: 'app', event: opened },
    ));

  it('revokes no key that only has the name of the secret, and reports that it found none', () =>
    inGitHubWorld(
      async ({ neon, github, job, base, mint }) => {
        await job.step({ ...mint, ...into }).main();
        await job.step({ ...mint, key_name: 'NEON' }).main();
        const run = await job.step({ operation: 'revoke-key', ...base, secret_name: 'NEON' }).main();
        expect(run.outputs).toMatchObject({ changed: 'true', revoked_count: '0' });
        expect(run.stdout).toContain('::warning::Deleted the repository secret NEON, but found no key for it');
        expect(github.secret('repository', 'NEON')).toBeUndefined();
        expect(neon.liveKeys().length).toBe(4);
      },
      { token: 'app', seed: { keys: [{ name: 'NEON' }] } },
    ));

  it('does not revoke the key in a secret by the label of the secret', () =>
    inGitHubWorld(
      async ({ neon, github, job, base }) => {
        const rotate = { operation: 'rotate-key', ...base, project_id: neon.projectId, secret_name: 'NEON' };
        await job.step(rotate).main();
        const run = await job.step({ operation: 'revoke-key', ...base, key_name: 'NEON' }).main();
        expect(run.outputs['revoked_count']).toBe('0');
        expect(neon.isLive(github.secret('repository', 'NEON')?.value ?? '')).toBe(true);
      },
      { token: 'app' },
    ));
});
