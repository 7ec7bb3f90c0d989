import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { schedule } from '../../emulator/events.ts';
import type { Fault, FaultRule } from '../../emulator/faults.ts';
import type { OperationId as GitHubOperation } from '../../emulator/github/operations.ts';
import type { OperationId as NeonOperation } from '../../emulator/operations.ts';
import {
  type GitHubWorld,
  type GitHubWorldOptions,
  inGitHubWorld,
  type MovableClock,
  movableClock,
  worldOn,
} from './world.ts';

const into = { secret_name: 'NEON', grace: '0s' };
/** A week between rotations, so that no other run is in progress. */
const week = 7 * 24 * 3_600_000;

function rotation({ base, neon }: GitHubWorld, more: Record<string, string> = {}) {
  return { operation: 'rotate-key', ...base, project_id: neon.projectId, ...into, ...more };
}

function expectLiveSecret({ neon, github }: GitHubWorld): void {
  const secret = github.secret('repository', 'NEON');
  if (secret) expect(neon.isLive(secret.value), 'the secret holds a dead key').toBe(true);
}

const world = (clock: MovableClock, more: GitHubWorldOptions = {}) => worldOn(clock, { event: schedule(), ...more });

describe('rotate-key', () => {
  it('replaces the key in the secret, and revokes the previous key without a grace', () => {
    const clock = movableClock();
    return inGitHubWorld(async (all) => {
      const { neon, github, job, mintedKeys, expectNoLeak } = all;
      const first = await job.step(rotation(all)).main();
      expect(first.outputs).toMatchObject({ changed: 'true', revoked_count: '0', revoked_key_ids: '[]' });
      expect(first.outputs).not.toHaveProperty('api_key');
      expect(first.outputs['key_name']).toMatch(/^NEON ~gha\..*\.r0-[0-9a-z]{10}\.[0-9a-z]+$/);
      const before = github.secret('repository', 'NEON')?.value as string;
      expect(neon.isLive(before)).toBe(true);
      clock.advance(week);
      const step = job.step(rotation(all));
      const second = await step.main({ later: clock.later });
      const post = await step.post({ later: clock.later });
      expect(post.log).toEqual([]);
      expect(second.outputs['revoked_key_ids']).toBe(`[${first.outputs['key_id']}]`);
      expect(mintedKeys().map(({ id }) => id)).toEqual([second.outputs['key_id']]);
      expect(neon.isLive(before)).toBe(false);
      expectLiveSecret(all);
      expectNoLeak(first, second, post);
    }, world(clock));
  });

  it('keeps the previous key for its grace and until the next rotation, even during sweeps', () => {
    const clock = movableClock();
    return inGitHubWorld(async (all) => {
      const { job, base, mintedKeys } = all;
      const rotate = () => job.step(rotation(all, { grace: '24h' })).main({ later: clock.later });
      const first = await rotate();
      clock.advance(week);
      const second = await rotate();
      expect(second.outputs['revoked_count']).toBe('0');
      expect(second.summary).toContain(`${first.outputs['key_id']}\` | active; the first rotation after`);
      clock.advance(week - 3_600_000);
      const sweep = { operation: 'sweep-keys', ...base, max_age: '1d' };
      expect((await job.step(sweep).main({ later: clock.later })).outputs['revoked_count']).toBe('0');
      clock.advance(3_600_000);
      const third = await rotate();
      expect(third.outputs['revoked_key_ids']).toBe(`[${first.outputs['key_id']}]`);
      expect(mintedKeys().map(({ id }) => id)).toEqual([second.outputs['key_id'], third.outputs['key_id']]);
    }, world(clock));
  });

  it('revokes previous keys even if the owner of the admin key changes', () => {
    const clock = movableClock();
    return inGitHubWorld(async (all) => {
      const { neon, job, mintedKeys } = all;
      const rotate = (api_key: string) =>
        job.step(rotation(all, { grace: '24h', api_key })).main({ later: clock.later });
      await rotate(neon.tokens.admin);
      neon.change(({ members }) => {
        for (const member of members) member.role = 'admin';
      });
      for (let run = 1; run <= 4; run += 1) {
        clock.advance(week);
        expect((await rotate(neon.tokens.member)).exitCode).toBe(0);
        expect(mintedKeys()).toHaveLength(2);
      }
    }, world(clock));
  });

  it.each<[string, FaultRule[]]>([
    ['lists are two seconds behind', [{ operation: 'listOrgApiKeys', fault: { type: 'behind', ms: 2000 } }]],
    ['a new key is accepted after a second', [{ fault: { type: 'new-key-refused', ms: 1000 } }]],
  ])('succeeds even if %s', (_what, faults) => {
    const clock = movableClock();
    return inGitHubWorld(async (all) => {
      const { neon, job, mintedKeys } = all;
      neon.faults = faults;
      for (let run = 1; run <= 3; run += 1) {
        const main = await job.step(rotation(all)).main({ later: clock.later });
        expect(main.exitCode).toBe(0);
        expectLiveSecret(all);
        clock.advance(week);
      }
      expect(mintedKeys()).toHaveLength(1);
    }, world(clock));
  });

  it('warns if the secret may have contained a key of another origin', () => {
    const clock = movableClock();
    return inGitHubWorld(async (all) => {
      const { job, mint, neon } = all;
      await job.step({ ...mint, lifetime: 'manual', secret_name: 'NEON' }).main();
      clock.advance(week);
      const run = await job.step(rotation(all)).main({ later: clock.later });
      expect(run.stdout).toMatch(
        /::warning::The repository secret NEON may have held a key that `rotate-key` did not create\. That key stays active\./,
      );
      expect(neon.liveKeys().length).toBe(3);
      clock.advance(week);
      const next = await job.step(rotation(all)).main({ later: clock.later });
      expect(next.stdout).not.toContain('::warning::');
    }, world(clock));
  });

  it('does not report an invalid `api_key` if Neon does not accept the new key', () => {
    const clock = movableClock();
    return inGitHubWorld(async (all) => {
      all.neon.faults = [{ operation: 'getAuthDetails', fault: { type: 'date', ms: 5 * 60_000 } }];
      const main = await all.job.step(rotation(all)).main();
      expect(main.exitCode).toBe(1);
      expect(main.stdout).toMatch(
        /::error::`rotate-key` failed: The new key \d+ is 5 minutes old, too old to be stored/,
      );
      expect(main.stdout).toContain('was not stored and has been revoked. The secret is unchanged.');
      expect([all.mintedKeys(), all.github.secret('repository', 'NEON')]).toEqual([[], undefined]);
    }, world(clock));
  });

  it('distinguishes the keys of environments whose names are shortened to the same label', () => {
    const clock = movableClock();
    const environments = ['preview-of-pull-request-2878', 'preview-of-pull-request-4078'];
    return inGitHubWorld(
      async (all) => {
        const { neon, github, job } = all;
        const into = (secret_environment = '') =>
          job
            .step(rotation(all, { secret_scope: 'environment', secret_environment, secret_name: 'NEON_API_KEY' }))
            .main({ later: clock.later });
        for (const environment of environments) {
          expect((await into(environment)).exitCode).toBe(0);
          clock.advance(week);
        }
        for (const { value } of github.state().secrets) expect(neon.isLive(value)).toBe(true);
      },
      world(clock, { github: { seed: { environments } } }),
    );
  });

  it('continues with a changed `grace`', () => {
    const clock = movableClock();
    return inGitHubWorld(async (all) => {
      const long = { secret_name: 'NEON_API_KEY_FOR_INTEGRATION_TESTS' };
      const first = await all.job.step(rotation(all, { ...long, grace: '24h' })).main();
      clock.advance(week);
      const second = await all.job.step(rotation(all, long)).main({ later: clock.later });
      expect(second.outputs['revoked_key_ids']).toBe(`[${first.outputs['key_id']}]`);
    }, world(clock));
  });

  it('can be undone by `revoke-key` with the same secret', () => {
    const clock = movableClock();
    return inGitHubWorld(async (all) => {
      const { github, job, base, mintedKeys } = all;
      await job.step(rotation(all)).main();
      const run = await job.step({ operation: 'revoke-key', ...base, secret_name: 'NEON' }).main();
      expect(run.outputs).toMatchObject({ changed: 'true', revoked_count: '1' });
      expect([mintedKeys(), github.secret('repository', 'NEON')]).toEqual([[], undefined]);
    }, world(clock));
  });
});

describe('rotate-key with `scope: account`', () => {
  const personal = ({ neon }: GitHubWorld) =>
    neon.state().credentials.filter(({ name, revoked }) => name.includes('~gha.') && !revoked);

  /** A rotation of the personal key in the secret, which was created by hand at first. */
  function rotate(all: GitHubWorld, more: Record<string, string> = {}) {
    const api_key = all.github.secret('repository', 'NEON')?.value ?? all.neon.tokens.member;
    return all.job.step({ operation: 'rotate-key', scope: 'account', ...all.base, ...into, api_key, ...more });
  }

  it('replaces the personal key in `api_key` with a new key of the same owner, even for a plain member', () => {
    const clock = movableClock();
    return inGitHubWorld(async (all) => {
      const owner = all.neon.state().credentials.find(({ token }) => token === all.neon.tokens.member)?.user_id;
      const runs = [];
      for (let run = 1; run <= 3; run += 1) {
        const step = rotate(all);
        const main = await step.main({ later: clock.later });
        const post = await step.post({ later: clock.later });
        expect([main.exitCode, post.log]).toEqual([0, []]);
        expect(personal(all)).toMatchObject([{ kind: 'personal', user_id: owner, id: main.outputs['key_id'] }]);
        expectLiveSecret(all);
        runs.push(main, post);
        clock.advance(week);
      }
      expect(runs[0]?.outputs['project_id']).toBe('');
      expect(runs[0]?.summary).toContain('everything that its owner can access');
      expect(all.neon.isLive(all.neon.tokens.member)).toBe(true);
      all.expectNoLeak(...runs);
    }, world(clock));
  });

  it.each(['received', 'performed'])('leaves no personal key if the step is killed when the POST was %s', (point) => {
    const clock = movableClock();
    let child: ChildProcess | undefined;
    const at = async (reached: string, { operation }: { operation: string }) => {
      if (!child || reached !== point || operation !== 'createApiKey') return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    };
    return inGitHubWorld(
      async (all) => {
        const step = rotate(all);
        await step.main({
          started: (process) => {
            child = process;
          },
        });
        child = undefined;
        const post = await step.post();
        expect([post.exitCode, personal(all)]).toEqual([0, []]);
      },
      world(clock, { at }),
    );
  });

  it.each([
    ['project_id', { project_id: 'cool-river-87654321' }, '`project_id` and `scope: account` cannot be used together'],
    ['create-key', { operation: 'create-key', lifetime: '1h', grace: '' }, '`scope: account` is only for `rotate-key`'],
  ])('is rejected with %s', (_what, more, message) => {
    const clock = movableClock();
    return inGitHubWorld(async (all) => {
      const main = await rotate(all, more).main();
      expect(main.stdout).toContain(message);
      expect(all.requests()).toEqual([]);
    }, world(clock));
  });
});

const faults: [name: string, fault: Fault][] = [
  ['dropped before the request was carried out', { type: 'drop-before' }],
  ['dropped after the request was carried out', { type: 'drop-after' }],
  ['429', { type: 'status', status: 429, headers: { 'retry-after': '1' } }],
  ['403', { type: 'status', status: 403 }],
  ['503', { type: 'status', status: 503 }],
  ['500 after the request was carried out', { type: 'status-after', status: 500 }],
  [
    '403 by a gateway after the request was carried out',
    { type: 'status-after', status: 403, body: '<html>blocked</html>' },
  ],
  ['408 after the request was carried out', { type: 'status-after', status: 408 }],
  ['garbled', { type: 'garble' }],
  ['no response, but carried out', { type: 'hang-after' }],
];
const atGitHub: [GitHubOperation, number][] = [
  ['getRepoSecret', 1],
  ['getRepoPublicKey', 1],
  ['createOrUpdateRepoSecret', 1],
];
const atNeon: [NeonOperation, number][] = [
  ['createOrgApiKey', 1],
  ['getAuthDetails', 1],
  ['listOrgApiKeys', 1],
  ['revokeOrgApiKey', 1],
];

/** A rotation with faults a week after a successful one, its post step, and a successful one a week later. */
async function inTrouble(all: GitHubWorld, clock: MovableClock, trouble: () => Promise<unknown>): Promise<void> {
  const { neon, github, job, mintedKeys } = all;
  await job.step(rotation(all)).main();
  clock.advance(week);
  await trouble();
  expectLiveSecret(all);
  neon.faults = [];
  github.faults = [];
  clock.advance(week);
  const good = await job.step(rotation(all)).main({ later: clock.later });
  expect(good.exitCode).toBe(0);
  expectLiveSecret(all);
  expect(mintedKeys().length).toBe(1);
}

describe.concurrent.each([
  ...atGitHub.map((at) => ['GitHub', ...at] as const),
  ...atNeon.map((at) => ['Neon', ...at] as const),
])('rotate-key with a fault at %s: %s %i', (place, operation, nth) => {
  it.each(faults)('leaves an active key in the secret, and the next rotation cleans up: %s', (_name, fault) => {
    const clock = movableClock();
    return inGitHubWorld(async (all) => {
      await inTrouble(all, clock, async () => {
        // The emulators count requests from their start.
        const passed = (place === 'Neon' ? all.neon : all.github).requests.filter(
          (one) => one.operation === operation,
        ).length;
        const rule = { nth: nth + passed, fault };
        if (place === 'Neon') all.neon.faults = [{ ...rule, operation: operation as NeonOperation }];
        else all.github.faults = [{ ...rule, operation: operation as GitHubOperation }];
        const step = all.job.step(rotation(all));
        const main = await step.main({ later: clock.later });
        const post = await step.post({ later: clock.later });
        all.expectNoLeak(main, post);
      });
    }, world(clock));
  });
});

describe.concurrent.each(['SIGTERM', 'SIGKILL'] as const)('rotate-key that gets %s', (signal) => {
  const moments = [
    ...atGitHub.map((at) => ['GitHub', ...at] as const),
    ...atNeon.map((at) => ['Neon', ...at] as const),
  ].flatMap((at) => [[...at, 'received'] as const, [...at, 'performed'] as const]);

  it.each(moments)(
    'leaves an active key in the secret, and the next rotation cleans up: at %s, %s %i, %s',
    (place, operation, nth, point) => {
      const clock = movableClock();
      let child: ChildProcess | undefined;
      let seen = 0;
      const at = async (reached: string, request: { operation: string }) => {
        if (!child || reached !== point || request.operation !== operation) return;
        seen += 1;
        if (seen !== nth || child.exitCode !== null) return;
        child.kill(signal);
        if (signal === 'SIGKILL') await once(child, 'exit');
      };
      return inGitHubWorld(
        async (all) => {
          await inTrouble(all, clock, async () => {
            const step = all.job.step(rotation(all));
            const main = await step.main({
              later: clock.later,
              started: (process) => {
                child = process;
              },
            });
            child = undefined;
            const post = await step.post({ later: clock.later });
            all.expectNoLeak(main, post);
          });
        },
        world(clock, place === 'Neon' ? { at } : { github: { at } }),
      );
    },
  );
});

it('two concurrent rotations leave an active key in the secret', () => {
  const clock = movableClock();
  return inGitHubWorld(async (all) => {
    await inTrouble(all, clock, () =>
      Promise.all([1, 2].map(() => all.job.step(rotation(all)).main({ later: clock.later }))),
    );
  }, world(clock));
});
