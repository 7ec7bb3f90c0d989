import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pullRequest, push, schedule } from '../../emulator/events.ts';
import { secondaryRateLimit } from '../../emulator/github/respond.ts';
import { SEED } from '../../emulator/github/state.ts';
import { composeKeyName, type Lifetime } from '../../src/keys/name.ts';
import { commentsOf, type GitHubWorld, type GitHubWorldOptions, inGitHubWorld, realTime } from './world.ts';

const day = 24 * 3_600_000;
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
  const name = composeKeyName(label, { repositoryId, runId, runAttempt, lifetime, nonce: `n${nonces}` });
  const at = new Date(Date.now() - age * day).toISOString();
  return { name, created_at: at, ...(used ? { last_used_at: at } : {}) };
}

const job = { kind: 'job' } as const;
const manual = { kind: 'manual' } as const;
const pull = (number: number) => ({ kind: 'pull-request', number }) as const;
const rotation = { kind: 'rotation', graceSeconds: 3600, secretId: 'abcdefghij' } as const;

/** Keys with every lifetime, ended and active. */
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
  key({ label: 'SECRET', lifetime: rotation, age: 9, used: true }),
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
/** A key of the emulator's seed that this action did not create. */
const foreign = 'ci (do not delete!!)';
const survivors = [
  foreign,
  'SECRET',
  'SECRET',
  'ancient',
  'elsewhere',
  'going',
  'kept',
  'long',
  'open',
  'this attempt',
];

describe('sweep-keys', () => {
  it('revokes keys that have ended, and keeps all other keys', () =>
    inGitHubWorld(async ({ neon, job, base, expectNoLeak }) => {
      const run = await job.step({ operation: 'sweep-keys', ...base }).main();
      expect(run.exitCode).toBe(0);
      expect(labels(neon.liveKeys())).toEqual(survivors.toSorted());
      expect(run.outputs).toMatchObject({
        changed: 'true',
        revoked_count: '6',
        kept_count: '8',
        doubt_count: '0',
        failed_count: '0',
      });
      const plan = JSON.parse(run.outputs['plan'] as string) as { action: string; reason: string }[];
      expect(plan.filter(({ action }) => action === 'revoke').map(({ reason }) => reason)).toEqual([
        'run-ended',
        'run-ended',
        'run-missing',
        'pull-request-closed',
        'pull-request-closed',
        'duration-elapsed',
      ]);
      expect(run.stdout).not.toMatch(/::(warning|error)/);
      const again = await job.step({ operation: 'sweep-keys', ...base }).main();
      expect(again.outputs).toMatchObject({ changed: 'false', revoked_count: '0', revoked_key_ids: '[]' });
      expectNoLeak(run, again);
    }, world()));

  it('requests each run and pull request once from GitHub', () =>
    inGitHubWorld(async ({ neon, job, base, githubRequests, requests }) => {
      neon.change(({ credentials }) => {
        for (const one of credentials.filter(({ name }) => name.startsWith('going')))
          credentials.push({ ...one, id: `${one.id}9` });
      });
      await job.step({ operation: 'sweep-keys', ...base, mode: 'plan' }).main();
      const requested = githubRequests().filter((operation) => /^get(?:Pull|WorkflowRun)$/.test(operation));
      expect(requested.sort()).toEqual([...Array(3).fill('getPull'), ...Array(5).fill('getWorkflowRun')]);
      expect(requests()).toEqual(['listOrgApiKeys']);
    }, world()));

  it.each([
    ['`mode: plan`', { mode: 'plan' }, schedule()],
    ['a pull request that is not merged', {}, pullRequest('opened')],
    ['a push to a branch', {}, push({ branch: 'feature' })],
  ])('only plans on %s, with the same table', (_what, inputs, event) =>
    inGitHubWorld(async ({ neon, job, base, requests }) => {
      const run = await job.step({ operation: 'sweep-keys', ...base, ...inputs }).main();
      expect(run.outputs).toMatchObject({ changed: 'false', revoked_count: '0', kept_count: '8' });
      expect(run.summary).toContain('### 🧹 6 Neon keys would be revoked\n');
      expect(run.summary).toMatch(/This is a plan, so nothing was changed\. ./);
      const link = '\\[run 1\\]\\(https://github.com/acme/shop/actions/runs/1/attempts/1\\)';
      expect(run.summary).toMatch(
        new RegExp(
          `^\\| \`over\` \\| \`\\d+\` \\| its run has ended \\| 24.h \\| never \\| ${link} \\| planned \\|$`,
          'm',
        ),
      );
      expect(neon.liveKeys().length).toBe(seeded.length + 1);
      expect(requests()).toEqual(['listOrgApiKeys']);
    }, world({ event })),
  );

  it('revokes manual keys older than `max_age`, and no key that is still used', () =>
    inGitHubWorld(async ({ neon, job, base }) => {
      await job.step({ operation: 'sweep-keys', ...base, max_age: '60d' }).main();
      const live = labels(neon.liveKeys());
      expect(live).not.toContain('kept');
      expect(live).toContain('open');
      expect(live).toContain('SECRET');
    }, world()));

  it('sweeps every repository that the token can see', () =>
    inGitHubWorld(
      async ({ neon, job, base }) => {
        const run = await job.step({ operation: 'sweep-keys', ...base, repositories: '*' }).main();
        expect(labels(neon.liveKeys())).not.toContain('elsewhere');
        expect(run.outputs['revoked_count']).toBe('8');
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

  it('sweeps only the given repositories', () =>
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

  it('keeps keys in doubt, and reports the reason once', () =>
    inGitHubWorld(
      async ({ neon, job, base, githubRequests }) => {
        const run = await job.step({ operation: 'sweep-keys', ...base, repositories: '*' }).main();
        expect(run.exitCode).toBe(0);
        expect(labels(neon.liveKeys())).toEqual(expect.arrayContaining(['over', 'closed', 'elsewhere', 'gone']));
        expect(run.outputs).toMatchObject({ revoked_count: '1', doubt_count: '10' });
        expect(run.summary).toContain('### 🧹 1 Neon key revoked, 10 in doubt\n');
        expect(run.summary).toContain('#### 10 keys in doubt\n');
        expect(run.stdout.match(/::warning::/g)?.length).toBe(1);
        expect(run.stdout).toMatch(/::warning::10 keys were kept .*requires the permission "Actions: read"/);
        expect(run.stdout).toMatch(/::warning::.*Repository 5 was deleted, or is not visible to the token/);
        expect(githubRequests().length).toBe(3);
      },
      world({ github: { seed: { permissions: { metadata: 'read' } } } }),
    ));

  it('fails because of keys in doubt with `on_doubt: fail`, after it has processed the other keys', () =>
    inGitHubWorld(
      async ({ job, base }) => {
        const run = await job.step({ operation: 'sweep-keys', ...base, on_doubt: 'fail' }).main();
        expect(run.exitCode).toBe(1);
        expect(run.outputs).toMatchObject({ revoked_count: '1', doubt_count: '9' });
        expect(run.stdout).toMatch(/::error::9 keys were kept because it could not be determined/);
        expect(run.stdout).not.toContain('::warning::');
      },
      world({ github: { seed: { permissions: { metadata: 'read' } } } }),
    ));

  it.each([503, 429])('keeps all keys as in doubt if GitHub answers every request with %i', (status) =>
    inGitHubWorld(async ({ neon, github, job, base }) => {
      github.faults = [{ fault: { type: 'status', status } }];
      const run = await job.step({ operation: 'sweep-keys', ...base }).main();
      expect(run.exitCode).toBe(0);
      expect(run.outputs['revoked_count']).toBe('1');
      expect(labels(neon.liveKeys())).toEqual(expect.arrayContaining(['over', 'closed', 'gone', 'open', 'going']));
    }, world()),
  );

  it.each([
    [
      'if GitHub refuses its token',
      401,
      'GitHub does not accept the token in `github_token`: it has expired or is mistyped.',
    ],
    ['if it cannot see its own repository', 404, `Repository ${SEED.repositoryId} was deleted, or is not visible`],
  ])('fails %s, and revokes only keys that do not depend on GitHub', (_which, status, reason) =>
    inGitHubWorld(async ({ neon, github, job, base }) => {
      github.faults = [{ fault: { type: 'status', status } }];
      const run = await job.step({ operation: 'sweep-keys', ...base }).main();
      expect(run.exitCode).toBe(1);
      expect(run.outputs).toMatchObject({ revoked_count: '1', doubt_count: '9' });
      expect(run.stdout).toContain('::error::Runs and pull requests could not be read from GitHub.');
      expect(run.stdout).toContain(reason);
      expect(run.summary).toContain('### ❌ No access to GitHub: 1 Neon key revoked, 9 in doubt');
      expect(labels(neon.liveKeys())).toEqual(expect.arrayContaining(['over', 'closed', 'gone', 'open', 'going']));
    }, world()),
  );

  it.each([1, 2, 3, 4, 5])(
    'revokes no key of an active run if the repository becomes invisible at request %i',
    (first) => {
      let hide = () => {};
      let received = 0;
      return inGitHubWorld(
        async ({ neon, github, job, base }) => {
          hide = () => github.change(({ tokens }) => Object.assign(tokens[0] as object, { repositories: [] }));
          const run = await job.step({ operation: 'sweep-keys', ...base }).main();
          expect(labels(neon.liveKeys())).toEqual(expect.arrayContaining(['going', 'this attempt', 'ancient', 'open']));
          expect(run.exitCode).toBe(1);
        },
        world({
          github: {
            at: (point) => {
              if (point === 'received') received += 1;
              if (received >= first) hide();
            },
          },
        }),
      );
    },
  );

  it.each([1, 4])('revokes no key of an active run that is answered with 404 %i times', (times) =>
    inGitHubWorld(async ({ neon, github, job, base }) => {
      github.faults = [
        { operation: 'getWorkflowRun', times, fault: { type: 'status', status: 404 } },
        { operation: 'getPull', times, fault: { type: 'status', status: 404 } },
      ];
      const run = await job.step({ operation: 'sweep-keys', ...base }).main();
      expect(run.exitCode).toBe(0);
      expect(labels(neon.liveKeys())).toEqual(expect.arrayContaining(['going', 'this attempt', 'ancient', 'open']));
    }, world()),
  );

  it('never revokes a key of its own run, even if other runs are in doubt', () =>
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

  it.each([
    ['this runner', { later: 40 * day }, []],
    ['Neon', {}, [{ fault: { type: 'date', ms: 40 * day } }]],
  ] as const)(
    'keeps keys that have not expired as in doubt if the clock of %s is 40 days ahead',
    (_whose, options, faults) =>
      inGitHubWorld(async ({ neon, job, base }) => {
        neon.faults = [...faults];
        const run = await job.step({ operation: 'sweep-keys', ...base }).main(options);
        expect(labels(neon.liveKeys())).toEqual(survivors.toSorted());
        expect(run.outputs['doubt_count']).toBe('1');
        expect(run.stdout).toMatch(/::warning::1 key was kept .*The clocks of Neon, GitHub and this runner disagree/);
      }, world()),
  );

  it('reports which keys could not be revoked, and fails', () =>
    inGitHubWorld(async ({ neon, job, base }) => {
      neon.faults = [{ operation: 'revokeOrgApiKey', nth: 3, fault: { type: 'status', status: 400 } }];
      const run = await job.step({ operation: 'sweep-keys', ...base }).main();
      expect(run.exitCode).toBe(1);
      expect(run.outputs).toMatchObject({ revoked_count: '5', failed_count: '1' });
      expect(run.summary).toContain('### 🧹 5 Neon keys revoked, 1 not revoked\n');
      expect(run.stdout).toContain('::error::1 of 6 keys could not be revoked.');
    }, world()));

  it('continues after a 403 for one key', () =>
    inGitHubWorld(async ({ neon, job, base }) => {
      neon.faults = [{ operation: 'revokeOrgApiKey', nth: 1, fault: { type: 'status', status: 403 } }];
      const run = await job.step({ operation: 'sweep-keys', ...base }).main();
      expect(run.exitCode).toBe(1);
      expect(run.outputs).toMatchObject({ revoked_count: '5', failed_count: '1' });
    }, world()));

  it('reports its progress when it is stopped by SIGTERM, and the next sweep continues', () => {
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
        const [, done] = /Stopped after (\d+) of 30 keys\. The next sweep continues\./.exec(run.log.join('\n')) ?? [];
        expect(Number(done)).toBe(31 - neon.liveKeys().length);
        const rest = await job.step(sweep).main();
        expect(Number(rest.outputs['revoked_count'])).toBe(30 - Number(done));
      },
      world({
        seed: { keys: Array.from({ length: 30 }, () => key({ lifetime: { kind: 'duration', seconds: 1 } })) },
        at: async (point, { operation, nth }) => {
          if (operation !== 'revokeOrgApiKey' || nth !== 3 || point !== 'received') return;
          const stopping = new Promise((resolve) =>
            child?.stdout?.on('data', (chunk) => String(chunk).includes('SIGTERM') && resolve(0)),
          );
          child?.kill('SIGTERM');
          await stopping;
        },
      }),
    );
  });

  it("does not wait for GitHub's rate limit when it is stopped by SIGTERM", { timeout: 30_000 }, () => {
    let child: ChildProcess | undefined;
    return inGitHubWorld(async ({ neon, github, job, base }) => {
      github.faults = [{ fault: secondaryRateLimit(59) }];
      const run = await job.step({ operation: 'sweep-keys', ...base }).main({
        env: realTime,
        started: (process) => {
          child = process;
          process.stdout?.on('data', (chunk) => String(chunk).includes('again in 59 s') && child?.kill('SIGTERM'));
        },
      });
      expect(run.exitCode).toBe(143);
      expect(neon.liveKeys().length).toBe(seeded.length + 1);
    }, world());
  });

  it('writes a long plan to a file', () =>
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

describe('a comment on the pull request', () => {
  const permissions = { actions: 'read', metadata: 'read', pull_requests: 'write' } as const;
  const inputs = { operation: 'sweep-keys', comment: 'true', mode: 'plan' };
  const event = pullRequest('opened', { number: 1 });
  const marker = '<!-- neon-org-action:sweep-keys:org-sunny-meadow-12345678 -->';
  const withComment = world({ event, github: { seed: { permissions } } });

  async function forge({ github }: GitHubWorld): Promise<void> {
    const headers = { authorization: `Bearer ${github.tokens.app}` };
    const body = JSON.stringify({ body: `${marker}\nforged` });
    const url = `${github.apiUrl}/repos/acme/shop/issues/1/comments`;
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(201);
  }

  it('contains the numbers but not the names of keys, and is updated until no change is planned', () =>
    inGitHubWorld(async (there) => {
      const { job, base, neon, expectNoLeak } = there;
      await forge(there);
      const planned = await job.step({ ...inputs, ...base }).main();
      expect(planned.log.join('\n')).toContain('Wrote a comment on pull request #1.');
      const applied = await job.step({ ...inputs, ...base, mode: 'apply' }).main();
      expect(applied.log.join('\n')).toContain('Updated the comment on pull request #1.');
      const [forged, ours, ...more] = await commentsOf(there);
      expect([forged?.body, more]).toEqual([`${marker}\nforged`, []]);
      expect(ours?.body).toContain('### 🧹 6 Neon keys revoked\n');
      expect(ours?.body).toContain('| 2 | its pull request is closed | ✅ revoked |');
      for (const { id, name } of neon.state().credentials.filter((one) => one.kind === 'organization')) {
        expect(ours?.body).not.toContain(name);
        expect(ours?.body).not.toContain(`\`${id}\``);
      }
      const again = await job.step({ ...inputs, ...base }).main();
      expect(again.log.join('\n')).toContain('Updated the comment on pull request #1.');
      expect((await commentsOf(there))[1]?.body).toContain('### 🧹 No Neon key to revoke\n');
      expectNoLeak(planned, applied, again);
    }, withComment));

  it('causes a warning if the token may not write it, and the sweep still revokes keys', () =>
    inGitHubWorld(async (there) => {
      const { job, base } = there;
      const run = await job.step({ ...inputs, ...base, mode: 'apply' }).main();
      expect([run.exitCode, run.outputs['revoked_count']]).toEqual([0, '6']);
      expect(run.stdout).toMatch(
        /::warning::The comment on pull request #1 could not be written\..*Pull requests: write/s,
      );
      expect(await commentsOf(there)).toEqual([]);
    }, world({ event })));
});
