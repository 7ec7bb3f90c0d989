import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pullRequest, push, schedule } from '../../emulator/events.ts';
import { secondaryRateLimit } from '../../emulator/github/answer.ts';
import { SEED } from '../../emulator/github/state.ts';
import { SEED as NEON_SEED } from '../../emulator/state.ts';
import { composeName, type Lifetime } from '../../src/keys/name.ts';
import { type GitHubWorldOptions, inGitHubWorld } from './world.ts';

const day = 24 * 3_600_000;
/** Linus, a plain member. */
const SEED_MEMBER = NEON_SEED.member.id;

interface Key {
  lifetime: Lifetime;
  label?: string;
  repositoryId?: number;
  runId?: number;
  runAttempt?: number;
  /** In days. */
  age?: number;
  used?: boolean;
}

let nonces = 0;

/** A seeded key that this action could have minted. */
function key({
  label = 'ci',
  repositoryId = SEED.repositoryId,
  runId = 42,
  runAttempt = 1,
  lifetime,
  age = 1,
  used = false,
}: Key) {
  nonces += 1;
  const name = composeName(label, { repositoryId, runId, runAttempt, lifetime, nonce: `n${nonces}` });
  const at = new Date(Date.now() - age * day).toISOString();
  return { name, created_at: at, ...(used ? { last_used_at: at } : {}) };
}

const job = { kind: 'job' } as const;
const manual = { kind: 'manual' } as const;
const pull = (number: number) => ({ kind: 'pull-request', number }) as const;
const rotation = { kind: 'rotation', graceSeconds: 3600, secretId: 'abcdefghij' } as const;

/** Every reason to live, held and not. */
const seeded = [
  key({ label: 'over', lifetime: job, runId: 1 }),
  key({ label: 'going', lifetime: job, runId: 2 }),
  key({ label: 'earlier attempt', lifetime: job, runId: 3, runAttempt: 1 }),
  key({ label: 'this attempt', lifetime: job, runId: 3, runAttempt: 2 }),
  key({ label: 'gone', lifetime: job, runId: 999 }),
  key({ label: 'ancient', lifetime: job, runId: 4, age: 40 }),
  key({ label: 'open', lifetime: pull(1), age: 90 }),
  key({ label: 'closed', lifetime: pull(2) }),
  key({ label: 'merged', lifetime: pull(3) }),
  key({ label: 'long', lifetime: { kind: 'duration', seconds: 7 * 86_400 } }),
  key({ label: 'short', lifetime: { kind: 'duration', seconds: 3600 } }),
  key({ label: 'kept', lifetime: manual, age: 300 }),
  key({ label: 'SECRET', lifetime: rotation, age: 9 }),
  key({ label: 'SECRET', lifetime: rotation, age: 2, used: true }),
  key({ label: 'elsewhere', lifetime: job, repositoryId: 5, runId: 1 }),
];

function world(more: GitHubWorldOptions = {}): GitHubWorldOptions {
  return {
    event: schedule(),
    seed: { keys: seeded },
    ...more,
    github: {
      pulls: ['open', 'closed', 'merged'],
      ...more.github,
      seed: {
        runs: [
          { id: 1 },
          { id: 2, status: 'in_progress' },
          { id: 3, status: 'queued', run_attempt: 2 },
          { id: 4, status: 'in_progress' },
        ],
        ...more.github?.seed,
      },
    },
  };
}

const labels = (keys: { name: string }[]) => keys.map(({ name }) => name.split(' ~')[0]).sort();
const forgotten = 'ci (do not delete!!)';

describe('sweep-keys', () => {
  it('revokes what is over, keeps what is not, and touches nothing else', () =>
    inGitHubWorld(async ({ neon, job, base, expectNoLeak }) => {
      const run = await job.step({ operation: 'sweep-keys', ...base }).main();
      expect(run.exitCode).toBe(0);
      expect(labels(neon.liveKeys())).toEqual(
        [forgotten, 'SECRET', 'elsewhere', 'going', 'kept', 'long', 'open', 'this attempt'].sort(),
      );
      expect(run.outputs).toMatchObject({ changed: 'true', revoked_count: '8', kept_count: '6', failed_count: '0' });
      const plan = JSON.parse(run.outputs['plan'] as string) as { action: string; reason: string }[];
      expect(plan.map(({ action }) => action).filter((action) => action === 'revoke').length).toBe(8);
      expect(run.stdout).not.toMatch(/::(warning|error)/);
      const again = await job.step({ operation: 'sweep-keys', ...base }).main();
      expect(again.outputs).toMatchObject({ changed: 'false', revoked_count: '0', revoked_key_ids: '[]' });
      expectNoLeak(run, again);
    }, world()));

  it('asks GitHub once for each run and pull request', () =>
    inGitHubWorld(async ({ neon, job, base, githubRequests, requests }) => {
      neon.change(({ credentials }) => {
        for (const one of credentials.filter(({ name }) => name.startsWith('going')))
          credentials.push({ ...one, id: `${one.id}9` });
      });
      await job.step({ operation: 'sweep-keys', ...base, mode: 'plan' }).main();
      const asked = githubRequests()
        .filter((operation) => operation !== 'getRepositoryById')
        .sort();
      // Runs 1, 2, 3 and 999, and three pull requests; the ancient run is not asked about.
      expect(asked).toEqual([...Array(3).fill('getPull'), ...Array(4).fill('getWorkflowRun')]);
      expect(requests()).toEqual(['listOrgApiKeys']);
    }, world()));

  it.each([
    ['`mode: plan`', { mode: 'plan' }, schedule()],
    ['a pull request that is not merged', {}, pullRequest('opened')],
    ['a push to a branch', {}, push({ branch: 'feature' })],
  ])('only plans on %s, with the same table', (_what, inputs, event) =>
    inGitHubWorld(async ({ neon, job, base, requests }) => {
      const run = await job.step({ operation: 'sweep-keys', ...base, ...inputs }).main();
      expect(run.outputs).toMatchObject({ changed: 'false', revoked_count: '0', kept_count: '6' });
      expect(run.summary).toContain('### 🧹 8 Neon keys would be swept');
      expect(run.summary).toMatch(/Nothing was done, this is a plan: ./);
      const link = '\\[run 1\\]\\(https://github.com/acme/shop/actions/runs/1/attempts/1\\)';
      expect(run.summary).toMatch(
        new RegExp(
          `^\\| \`over\` \\| \`\\d+\` \\| its run is over \\| 24.h \\| never \\| ${link} \\| planned \\|$`,
          'm',
        ),
      );
      expect(neon.liveKeys().length).toBe(seeded.length + 1);
      expect(requests()).toEqual(['listOrgApiKeys']);
    }, world({ event })),
  );

  it('max_age ends keys to keep, and nothing whose reason holds', () =>
    inGitHubWorld(async ({ neon, job, base }) => {
      await job.step({ operation: 'sweep-keys', ...base, max_age: '60d' }).main();
      const live = labels(neon.liveKeys());
      expect(live).not.toContain('kept');
      expect(live).toContain('open');
      expect(live).toContain('SECRET');
    }, world()));

  it('sweeps every repository, where the token sees it', () =>
    inGitHubWorld(
      async ({ neon, job, base }) => {
        const run = await job.step({ operation: 'sweep-keys', ...base, repositories: '*' }).main();
        expect(labels(neon.liveKeys())).not.toContain('elsewhere');
        expect(run.outputs['revoked_count']).toBe('9');
      },
      world({
        token: 'app',
        github: {
          seed: {
            repositories: [{ id: 5, name: 'other' }],
            runs: [
              { id: 1, repository: 'acme/other' },
              { id: 1 },
              { id: 2, status: 'in_progress' },
              { id: 3, run_attempt: 2, status: 'queued' },
            ],
          },
        },
      }),
    ));

  it('sweeps only the repositories that are named', () =>
    inGitHubWorld(
      async ({ neon, job, base }) => {
        await job.step({ operation: 'sweep-keys', ...base, repositories: 'acme/other' }).main();
        expect(neon.liveKeys().length).toBe(seeded.length);
        expect(labels(neon.liveKeys())).not.toContain('elsewhere');
      },
      world({
        token: 'app',
        github: { seed: { repositories: [{ id: 5, name: 'other' }], runs: [{ id: 1, repository: 'acme/other' }] } },
      }),
    ));

  it('keeps what GitHub does not tell of, and says why, once', () =>
    inGitHubWorld(
      async ({ neon, job, base, githubRequests }) => {
        const run = await job.step({ operation: 'sweep-keys', ...base, repositories: '*' }).main();
        expect(run.exitCode).toBe(0);
        expect(labels(neon.liveKeys())).toEqual(expect.arrayContaining(['over', 'closed', 'elsewhere', 'gone']));
        expect(run.outputs['revoked_count']).toBe('3');
        expect(run.stdout.match(/::warning::/g)?.length).toBe(1);
        expect(run.stdout).toMatch(/::warning::9 keys kept in doubt; .*needs the permission "Actions: read"/);
        expect(run.stdout).toMatch(/::warning::.*repository 5 is gone, or the token in `github_token` may not see it/);
        expect(githubRequests().length).toBeLessThan(14);
      },
      world({ github: { seed: { permissions: { metadata: 'read' } } } }),
    ));

  it.each([503, 401, 429])('keeps everything in doubt when GitHub answers %i to everything', (status) =>
    inGitHubWorld(async ({ neon, github, job, base }) => {
      github.faults = [{ fault: { type: 'status', status } }];
      const run = await job.step({ operation: 'sweep-keys', ...base }).main();
      expect(run.exitCode).toBe(0);
      expect(run.outputs['revoked_count']).toBe('3');
      expect(labels(neon.liveKeys())).toEqual(expect.arrayContaining(['over', 'closed', 'gone', 'open', 'going']));
    }, world()),
  );

  it('never ends a key of the run that it is in, though nobody can tell of others', () =>
    inGitHubWorld(
      async ({ neon, job, base, mint }) => {
        const { outputs } = await job.step({ ...mint, key_name: 'mine' }).main();
        neon.change(({ credentials }) => {
          for (const one of credentials)
            if (one.id === outputs['key_id']) one.created_at = new Date(Date.now() - day).toISOString();
        });
        await job.step({ operation: 'sweep-keys', ...base, max_age: '1h' }).main();
        expect(neon.isLive(outputs['api_key'] ?? '')).toBe(true);
      },
      world({ github: { seed: { permissions: { metadata: 'read' } } } }),
    ));

  it('goes by the clock of Neon: that of a runner may be wrong by days', () =>
    inGitHubWorld(async ({ neon, job, base }) => {
      await job.step({ operation: 'sweep-keys', ...base }).main({ later: 30 * day });
      expect(labels(neon.liveKeys())).toEqual(expect.arrayContaining(['long', 'open', 'going']));
    }, world()));

  it('a member who names a key like that of a secret does not end the one that the secret holds', () =>
    inGitHubWorld(
      async ({ neon, job, base }) => {
        neon.change(({ credentials }) => {
          for (const one of credentials.slice(-1)) Object.assign(one, { created_by: SEED_MEMBER });
        });
        const run = await job.step({ operation: 'sweep-keys', ...base }).main();
        expect(run.outputs['revoked_count']).toBe('0');
      },
      world({
        seed: {
          keys: [
            key({ label: 'SECRET', lifetime: { ...rotation, graceSeconds: 0 }, age: 9, used: true }),
            key({ label: 'SECRET', lifetime: { ...rotation, graceSeconds: 0 }, age: 2, used: true }),
          ],
        },
      }),
    ));

  it('tells which keys could not be revoked, and fails', () =>
    inGitHubWorld(async ({ neon, job, base }) => {
      neon.faults = [{ operation: 'revokeOrgApiKey', nth: 3, fault: { type: 'status', status: 400 } }];
      const run = await job.step({ operation: 'sweep-keys', ...base }).main();
      expect(run.exitCode).toBe(1);
      expect(run.outputs).toMatchObject({ revoked_count: '7', failed_count: '1' });
      expect(run.stdout).toContain('::error::1 key of 8 not revoked.');
    }, world()));

  it('ended by SIGTERM, it has lost nothing, and says where it stood', () => {
    let child: ChildProcess | undefined;
    return inGitHubWorld(
      async ({ neon, job, base }) => {
        const sweep = { operation: 'sweep-keys', ...base };
        const run = await job.step(sweep).main({
          started: (process) => {
            child = process;
          },
        });
        expect(run.exitCode).toBe(143);
        const [, done] = /Dealt with (\d+) of 30 keys; the next sweep does the rest\./.exec(run.log.join('\n')) ?? [];
        expect(Number(done)).toBe(31 - neon.liveKeys().length);
        const rest = await job.step(sweep).main();
        expect(Number(rest.outputs['revoked_count'])).toBe(30 - Number(done));
      },
      world({
        seed: { keys: Array.from({ length: 30 }, () => key({ lifetime: { kind: 'duration', seconds: 1 } })) },
        at: async (point, { operation, nth }) => {
          if (operation !== 'revokeOrgApiKey' || nth !== 3 || point !== 'received') return;
          const told = new Promise((resolve) =>
            child?.stdout?.on('data', (chunk) => String(chunk).includes('SIGTERM') && resolve(0)),
          );
          child?.kill('SIGTERM');
          await told;
        },
      }),
    );
  });

  it('ended by SIGTERM, it does not sit out a rate limit of GitHub', { timeout: 30_000 }, () => {
    let child: ChildProcess | undefined;
    return inGitHubWorld(async ({ neon, github, job, base }) => {
      github.faults = [{ fault: secondaryRateLimit(59) }];
      const run = await job.step({ operation: 'sweep-keys', ...base }).main({
        started: (process) => {
          child = process;
          process.stdout?.on('data', (chunk) => String(chunk).includes('waits 59 s') && child?.kill('SIGTERM'));
        },
      });
      expect(run.exitCode).toBe(143);
      expect(neon.liveKeys().length).toBe(seeded.length + 1);
    }, world());
  });

  it('of many keys writes the plan to a file', () =>
    inGitHubWorld(
      async ({ job, base }) => {
        const run = await job.step({ operation: 'sweep-keys', ...base, mode: 'plan' }).main();
        expect(run.outputs).toMatchObject({ revoked_count: '0', kept_count: '0' });
        const result = JSON.parse(readFileSync(run.outputs['result_file'] as string, 'utf8'));
        expect(result.plan.length).toBe(2000);
        expect(run.log.length).toBeLessThan(50);
      },
      world({
        seed: { keys: Array.from({ length: 2000 }, () => key({ lifetime: { kind: 'duration', seconds: 1 } })) },
      }),
    ));
});
