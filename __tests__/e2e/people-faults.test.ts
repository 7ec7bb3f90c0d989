import type { ChildProcess } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { push } from '../../emulator/events.ts';
import type { Fault } from '../../emulator/faults.ts';
import type { OperationId } from '../../emulator/operations.ts';
import { type GitHubWorld, type GitHubWorldOptions, inGitHubWorld } from './world.ts';

const faults: [name: string, fault: Fault][] = [
  ['dropped before the request was carried out', { type: 'drop-before' }],
  ['dropped after the request was carried out', { type: 'drop-after' }],
  ['429', { type: 'status', status: 429 }],
  ['423', { type: 'status', status: 423 }],
  ['503', { type: 'status', status: 503 }],
  ['503 after the request was carried out', { type: 'status-after', status: 503 }],
  ['500', { type: 'status', status: 500 }],
  ['500 after the request was carried out', { type: 'status-after', status: 500 }],
  ['403 by a gateway that blocks the response', { type: 'status-after', status: 403, body: '<html>blocked</html>' }],
  ['400', { type: 'status', status: 400 }],
  ['403', { type: 'status', status: 403 }],
  ['garbled', { type: 'garble' }],
  ['cut', { type: 'cut' }],
  ['no response, not carried out', { type: 'hang-before' }],
  ['no response, but carried out', { type: 'hang-after' }],
];

/** The requests of the run below, in order. The members are listed again before an admin is removed. */
const requests: [operation: OperationId, nth: number, writes: boolean][] = [
  ['getOrganizationMembers', 1, false],
  ['getOrganizationInvitations', 1, false],
  ['getCurrentUserInfo', 1, false],
  ['createOrganizationInvitations', 1, true],
  ['updateOrganizationMember', 1, true],
  ['getOrganizationMembers', 2, true],
  ['removeOrganizationMember', 1, true],
];

const options: GitHubWorldOptions = {
  event: push(),
  token: 'app',
  github: {
    files: {
      '.github/CODEOWNERS': '* @ada @linus @acme/platform-db new@example.com\n/x @octocat\n',
      '.github/neon-people.yml':
        'people:\n  ada: { email: ada@example.com, role: admin }\n  linus: { email: linus@example.com, role: viewer }\n',
    },
  },
};
const manage = { operation: 'sync-members', max_removals: '1', identity_sources: 'people-file, verified-domain' };

/** The members with their roles, and the recipients of e-mails. */
function stateOf({ neon }: GitHubWorld) {
  const { members, users, emails_sent } = neon.state();
  const roles = members.map(({ user_id, role }) => [users.find(({ id }) => id === user_id)?.email, role]);
  return { roles: Object.fromEntries(roles), mailed: emails_sent.map(({ to }) => to).sort() };
}

const wanted = {
  roles: { 'ada@example.com': 'admin', 'linus@example.com': 'viewer' },
  mailed: ['new@example.com', 'octo@example.com'],
};
const untouched = {
  roles: { 'ada@example.com': 'admin', 'grace@example.com': 'admin', 'linus@example.com': 'member' },
  mailed: [],
};

/** Faults of reads, for which it does not matter whether they were carried out. */
const whenReading = faults.filter(([name]) => !/although|after it|though done/.test(name));

describe.concurrent.each(requests)('a sync with a fault at %s (%i)', (operation, nth, writes) => {
  it.each(writes ? faults : whenReading)(
    'sends no address two e-mails, reports the truth, and completes in the next run: %s',
    (_name, fault) =>
      inGitHubWorld(async (world) => {
        const { neon, job, base, expectNoLeak } = world;
        neon.faults = [{ operation, nth, fault }];
        const first = await job.step({ ...manage, ...base }).main();
        const { roles, mailed } = stateOf(world);
        expect(new Set(mailed).size).toBe(mailed.length);
        expect(roles['ada@example.com']).toBe('admin');
        if (first.exitCode === 0) expect({ roles, mailed }).toEqual(wanted);
        else if (!writes) expect({ roles, mailed }).toEqual(untouched);
        for (const { email } of JSON.parse(first.outputs['invited'] ?? '[]')) expect(mailed).toContain(email);
        for (const { email } of JSON.parse(first.outputs['removed'] ?? '[]')) expect(roles).not.toHaveProperty([email]);
        neon.faults = [];
        const second = await job.step({ ...manage, ...base }).main();
        expect(second.exitCode).toBe(0);
        expect(stateOf(world)).toEqual(wanted);
        expect(neon.requests.filter((one) => one.operation === operation && !one.performed).length).toBeLessThanOrEqual(
          1,
        );
        expectNoLeak(first, second);
      }, options),
  );
});

describe.concurrent('a sync with a fault at GitHub', () => {
  const reads = [
    'getRepository',
    'getCommit',
    'getContent',
    'getCodeownersErrors',
    'listTeamMembers',
    'graphql',
  ] as const;
  const always: [string, Fault][] = [
    ['500', { type: 'status', status: 500 }],
    ['a response that is cut', { type: 'cut' }],
    ['a garbled response', { type: 'garble' }],
    ['an empty object', { type: 'status', status: 200, body: '{}' }],
    ['an empty list', { type: 'status', status: 200, body: '[]' }],
  ];
  const all = reads
    .flatMap((operation) => always.map(([name, fault]) => [operation, name, fault] as const))
    // A team may be empty.
    .filter(([operation, name]) => operation !== 'listTeamMembers' || name !== 'an empty list');

  it.each(all)('changes nothing and fails: %s with %s', (operation, _name, fault) =>
    inGitHubWorld(async (world) => {
      const { github, job, base, neon, expectNoLeak } = world;
      github.faults = [{ operation, fault }];
      const run = await job.step({ ...manage, ...base }).main();
      expect(run.exitCode).toBe(1);
      expect(run.log.join('\n')).toContain('Error: `sync-members` failed: ');
      expect(neon.requests.every(({ method }) => method === 'GET')).toBe(true);
      expect(stateOf(world)).toEqual(untouched);
      expectNoLeak(run);
    }, options),
  );

  it.each(reads)('repeats a read after one lost response: %s', (operation) =>
    inGitHubWorld(async (world) => {
      world.github.faults = [{ operation, nth: 1, fault: { type: 'drop-after' } }];
      const run = await world.job.step({ ...manage, ...world.base }).main();
      expect(run.exitCode).toBe(0);
      expect(stateOf(world)).toEqual(wanted);
    }, options),
  );
});

/** Resolves when the step has logged that it was cancelled. */
function noticesSignal({ stdout }: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    stdout?.on('data', (chunk) => {
      if (String(chunk).includes('SIGINT')) resolve();
    });
  });
}

describe.concurrent('a cancelled sync', () => {
  it.each(requests)(
    'completes the request at %s (%i), begins no other, and completes in the next run',
    (operation, nth) => {
      let child: ChildProcess | undefined;
      const at: NonNullable<GitHubWorldOptions['at']> = async (point, request) => {
        if (point !== 'received' || request.operation !== operation || request.nth !== nth || !child) return;
        const noticed = noticesSignal(child);
        child.kill('SIGINT');
        // Neon's response comes after that, or a busy machine could read it before the signal.
        await noticed;
      };
      return inGitHubWorld(
        async (world) => {
          const { job, base } = world;
          const run = await job.step({ ...manage, ...base }).main({
            started: (started) => {
              child = started;
            },
          });
          child = undefined;
          // The signal may come too late for a step without further work.
          expect(operation === 'removeOrganizationMember' ? [0, 130] : [130]).toContain(run.exitCode);
          if (run.exitCode === 130)
            expect(run.log.join('\n')).toContain('Received SIGINT: finishing the request in progress.');
          if (operation === 'createOrganizationInvitations') {
            expect(run.log.join('\n')).toContain('Did not remove g***e@example.com. The step was cancelled.');
          }
          const { mailed } = stateOf(world);
          expect(new Set(mailed).size).toBe(mailed.length);
          expect((await job.step({ ...manage, ...base }).main()).exitCode).toBe(0);
          expect(stateOf(world)).toEqual(wanted);
        },
        { ...options, at },
      );
    },
  );
});
