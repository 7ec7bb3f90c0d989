import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { pullRequest, push } from '../../emulator/events.ts';
import type { FaultRule } from '../../emulator/faults.ts';
import type { OperationId } from '../../emulator/github/operations.ts';
import { SEED } from '../../emulator/github/state.ts';
import { inGitHubWorld } from './world.ts';

const preview = { lifetime: 'pull-request', key_name: 'preview 7', secret_name: 'NEON_API_KEY_PR_7' };
const opened = pullRequest('opened', { number: 7 });

describe('a key for a pull request', () => {
  it('is stored as a secret, lives on after the job, and `revoke-key` removes both', () =>
    inGitHubWorld(
      async ({ neon, github, job, base, mint, mintedKeys, expectNoLeak }) => {
        const step = job.step({ ...mint, ...preview });
        const main = await step.main();
        const post = await step.post();
        expect([main.exitCode, post.exitCode]).toEqual([0, 0]);
        expect(post.log).toEqual([]);
        expect(main.outputs['key_name']).toMatch(/^preview 7 ~gha\.[0-9a-z.]+-1\.p7\.[0-9a-z]+$/);
        const { value = '' } = github.secret('repository', 'NEON_API_KEY_PR_7') ?? {};
        expect(value).toBe(main.outputs['api_key']);
        expect(neon.isLive(value)).toBe(true);
        expect(main.summary).toContain('until pull request 7 is closed');
        const { key_name, secret_name } = preview;
        const revoke = { operation: 'revoke-key', ...base, key_name, secret_name };
        const first = await job.step(revoke).main();
        expect(first.outputs).toMatchObject({ changed: 'true', revoked_count: '1' });
        expect([mintedKeys(), github.secret('repository', secret_name)]).toEqual([[], undefined]);
        const second = await job.step(revoke).main();
        expect([second.exitCode, second.outputs['changed']]).toEqual([0, 'false']);
        expect(second.log.join('\n')).toContain(`There is no repository secret ${secret_name}: nothing to delete.`);
        expectNoLeak(main, post, first, second);
      },
      { event: opened, token: 'app' },
    ));

  it.each([
    ['a push', push(), '`lifetime: pull-request` needs the event'],
    ['a pull request that is closed', pullRequest('closed', { number: 7 }), 'Pull request 7 is closed'],
  ])('is not minted on %s', (_what, event, told) =>
    inGitHubWorld(
      async ({ job, mint, requests }) => {
        const main = await job.step({ ...mint, lifetime: 'pull-request' }).main();
        expect(main.exitCode).toBe(1);
        expect(main.stdout).toContain(told);
        expect(requests()).toEqual([]);
      },
      { event },
    ),
  );
});

describe('a secret', () => {
  const kept = { lifetime: '24h', secret_name: 'NEON' };

  it.each([
    ['environment', { secret_scope: 'environment', secret_environment: SEED.environment }],
    ['organization', { secret_scope: 'organization' }],
  ] as const)('of the scope %s', (scope, place) =>
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

  it('of an organization keeps its readers when it is written again', () =>
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

  it('cannot be written by the token of a job: that is told before a key is minted', () =>
    inGitHubWorld(async ({ job, mint, requests, expectNoLeak }) => {
      const main = await job.step({ ...mint, ...kept }).main();
      expect(main.exitCode).toBe(1);
      expect(main.stdout).toMatch(
        /^::error::`create-key` failed: GitHub answered GET \/repos\/acme\/shop\/actions\/secrets\/public-key with 403 "Resource not accessible by integration" \(request id [^)]+\)\.%0AThe token in `github_token` needs the permission "Secrets: read and write" of the repository, which a GitHub App/m,
      );
      expect(requests()).toEqual([]);
      expectNoLeak(main);
    }));

  it('of an environment that does not exist', () =>
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
  const sure = 'was not stored, and is revoked again.';
  const unsure =
    'is revoked again. Whether the repository secret NEON holds it all the same is not known; if so, it is dead there. Run this job again.';
  const troubles: [name: string, faults: FaultRule<OperationId>[], told: string][] = [
    ['refused', [{ operation: put, fault: { type: 'status', status: 422 } }], sure],
    ['always unavailable', [{ operation: put, fault: { type: 'status', status: 503 } }], unsure],
    ['always lost', [{ operation: put, fault: { type: 'drop-after' } }], unsure],
  ];

  it.each(troubles)('whose write is %s: the key is revoked again, and said to be', (_name, faults, told) =>
    inGitHubWorld(
      async ({ github, job, mint, mintedKeys, expectNoLeak }) => {
        github.faults = faults;
        const step = job.step({ ...mint, ...kept });
        const main = await step.main();
        expect(main.exitCode).toBe(1);
        expect(main.stdout).toMatch(/::error::`create-key` failed: GitHub (?:answered|did not answer) PUT /);
        expect(main.stdout).toContain(told);
        expect(main.outputs).toEqual({});
        expect(mintedKeys()).toEqual([]);
        const post = await step.post();
        expect(post.log).toEqual([]);
        expectNoLeak(main, post);
      },
      { token: 'app' },
    ),
  );

  it('of an organization keeps its readers also when GitHub does not tell them all', () =>
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
  ])('gets over %o', (fault) =>
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

describe.concurrent.each(['SIGTERM', 'SIGKILL'] as const)(
  'a step that gets %s while it puts a key into a secret',
  (signal) => {
    const moments = (['getRepoPublicKey', 'createOrgApiKey', 'createOrUpdateRepoSecret'] as const).flatMap(
      (operation) => [[operation, 'received'] as const, [operation, 'performed'] as const],
    );

    it.each(moments)('at %s, %s: no key is live after the post step', (operation, point) => {
      let child: ChildProcess | undefined;
      const at = async (reached: string, request: { operation: string }) => {
        if (reached !== point || request.operation !== operation || !child || child.exitCode !== null) return;
        const noticed = signal === 'SIGKILL' ? once(child, 'exit') : undefined;
        child.kill(signal);
        await noticed;
      };
      return inGitHubWorld(
        async ({ job, mint, mintedKeys, expectNoLeak }) => {
          const step = job.step({ ...mint, lifetime: '24h', secret_name: 'NEON' });
          const main = await step.main({
            started: (process) => {
              child = process;
            },
          });
          expect(main.exitCode ?? main.signal).toBe({ SIGTERM: 143, SIGKILL: 'SIGKILL' }[signal]);
          child = undefined;
          const post = await step.post();
          expect(post.exitCode).toBe(0);
          expect(mintedKeys()).toEqual([]);
          expectNoLeak(main, post);
        },
        { token: 'app', at, github: { at } },
      );
    });
  },
);

it('a post step that cannot revoke does not say that the key in the secret is dead', () => {
  let child: ChildProcess | undefined;
  const at = async (point: string, { operation }: { operation: string }) => {
    if (point !== 'performed' || operation !== 'createOrUpdateRepoSecret' || !child) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  return inGitHubWorld(
    async ({ neon, job, mint, mintedKeys }) => {
      const step = job.step({ ...mint, lifetime: '24h', secret_name: 'NEON' });
      await step.main({
        started: (process) => {
          child = process;
        },
      });
      neon.faults = [{ operation: 'revokeOrgApiKey', fault: { type: 'status', status: 403 } }];
      const post = await step.post();
      expect(post.exitCode).toBe(1);
      expect(mintedKeys()).toHaveLength(1);
      expect(post.stdout).toContain('may still be live');
      expect(post.stdout).not.toContain('it is dead there');
    },
    { token: 'app', github: { at } },
  );
});

describe('revoke-key of a secret', () => {
  const into = { lifetime: 'manual', key_name: 'NEON', secret_name: 'NEON' };

  it('says what the token may not do before it revokes a key that the secret would go on to hold', () =>
    inGitHubWorld(async ({ github, job, base, mint, requests }) => {
      await job.step({ ...mint, ...into, github_token: github.tokens.app }).main();
      const revoke = { operation: 'revoke-key', ...base, key_name: 'NEON', secret_name: 'NEON' };
      for (const github_token of [github.tokens.default, '']) {
        const run = await job.step({ ...revoke, github_token }).main();
        expect(run.exitCode).toBe(1);
      }
      expect(requests()).toEqual(['createOrgApiKey']);
    }));

  it('leaves the secret alone when its key is live still', () =>
    inGitHubWorld(
      async ({ neon, github, job, base, mint }) => {
        await job.step({ ...mint, ...into }).main();
        neon.faults = [{ operation: 'revokeOrgApiKey', fault: { type: 'status', status: 403 } }];
        const run = await job.step({ operation: 'revoke-key', ...base, key_name: 'NEON', secret_name: 'NEON' }).main();
        expect(run.exitCode).toBe(1);
        expect(github.secret('repository', 'NEON')).toBeDefined();
      },
      { token: 'app' },
    ));

  it('by `secret_name` alone touches no key that only has its name, and tells that it found none', () =>
    inGitHubWorld(
      async ({ neon, github, job, base, mint }) => {
        await job.step({ ...mint, ...into }).main();
        await job.step({ ...mint, key_name: 'NEON' }).main();
        const run = await job.step({ operation: 'revoke-key', ...base, secret_name: 'NEON' }).main();
        expect(run.outputs).toMatchObject({ changed: 'true', revoked_count: '0' });
        expect(run.stdout).toContain('::warning::Deleted the repository secret NEON. No key was found beside it');
        expect(github.secret('repository', 'NEON')).toBeUndefined();
        expect(neon.liveKeys().length).toBe(4);
      },
      { token: 'app', seed: { keys: [{ name: 'NEON' }] } },
    ));

  it('by the label of a secret does not touch the key that the secret holds', () =>
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
