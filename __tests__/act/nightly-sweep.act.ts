import { describe, expect, it } from 'vitest';
import { schedule, workflowDispatch } from '../../emulator/events.ts';
import { SEED } from '../../emulator/github/state.ts';
import { composeKeyName, type Lifetime } from '../../src/keys/name.ts';
import { inWorld, type World } from './world.ts';

const example = 'nightly-sweep.yml';
const day = 24 * 3_600_000;
const other = 5;
const unseen = 6;

/** A key of yesterday that this action could have minted. */
function key(label: string, lifetime: Lifetime, repositoryId: number = SEED.repositoryId, runId = 1) {
  const nonce = label.replaceAll(' ', '');
  const name = composeKeyName(label, { repositoryId, runId, runAttempt: 1, lifetime, nonce });
  return { name, created_at: new Date(Date.now() - day).toISOString() };
}

const keys = [
  key('run over', { kind: 'job' }),
  key('run going', { kind: 'job' }, SEED.repositoryId, 2),
  key('pull open', { kind: 'pull-request', number: 1 }),
  key('pull closed', { kind: 'pull-request', number: 2 }),
  key('hour past', { kind: 'duration', seconds: 3600 }),
  key('week not past', { kind: 'duration', seconds: 7 * 86_400 }),
  key('manual', { kind: 'manual' }),
  key('other over', { kind: 'job' }, other, 3),
  key('other going', { kind: 'job' }, other, 4),
  key('unseen', { kind: 'job' }, unseen, 5),
];

const world = {
  neon: { seed: { keys } },
  github: {
    pulls: ['open' as const, 'closed' as const],
    seed: {
      repositories: [{ id: other, name: 'other' }],
      runs: [
        { id: 1 },
        { id: 2, status: 'in_progress' as const },
        { id: 3, repository: 'acme/other' },
        { id: 4, repository: 'acme/other', status: 'in_progress' as const },
      ],
    },
  },
};

/** The labels of all active keys except those of the emulator's own users. The first one was not created by this action. */
const live = ({ neon }: World) => neon.liveKeys().map(({ name }) => name.split(' ~')[0]);
const kept = ['ci (do not delete!!)', 'run going', 'pull open', 'week not past', 'manual'];

describe(example, () => {
  it.each([
    ['on schedule', schedule()],
    ['by hand', workflowDispatch()],
  ])(
    'revokes, in the job repository and %s, exactly the keys of this repository that have ended, and is safe to re-run',
    (_how, event) =>
      inWorld(async (all) => {
        const first = await all.run(example, { event, job: 'repository' });
        expect(first.exitCode).toBe(0);
        expect(live(all)).toEqual([...kept, 'other over', 'other going', 'unseen']);
        const requests = all.github.requests.map(({ operation }) => operation).sort();
        // The closed pull request is requested again right before its key is revoked.
        expect(requests).toEqual(['getPull', 'getPull', 'getPull', 'getWorkflowRun', 'getWorkflowRun']);

        const again = await all.run(example, { event, job: 'repository' });
        expect(again.exitCode).toBe(0);
        expect(again.output.join('\n')).not.toContain('Revoked key');
        expect(live(all)).toEqual([...kept, 'other over', 'other going', 'unseen']);
      }, world),
  );

  it('revokes, in the job organization, keys that have ended in any repository, and reports keys of invisible repositories as in doubt', () =>
    inWorld(async (all) => {
      const { exitCode, log } = await all.run(example, { event: schedule(), job: 'organization' });
      expect(exitCode).toBe(0);
      expect(live(all)).toEqual([...kept, 'other going', 'unseen']);
      expect(log).toContain('1 key was kept because it could not be determined');
      expect(log).toContain(`Repository ${unseen} was deleted, or is not visible to the token in \`github_token\`.`);
    }, world));

  it.each(['repository', 'organization'])(
    'only plans in the job %s when it is started by hand on another branch',
    (job) =>
      inWorld(async (all) => {
        const before = live(all);
        const { exitCode, output } = await all.run(example, { event: workflowDispatch({ branch: 'change' }), job });
        expect(exitCode).toBe(0);
        expect(output.join('\n')).toContain(
          'Plan only. The event is `workflow_dispatch` on a branch other than the default branch.',
        );
        expect(live(all)).toEqual(before);
      }, world),
  );
});
