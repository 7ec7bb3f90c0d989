import { describe, expect, it } from 'vitest';
import { pullRequest, push, schedule, workflowDispatch } from '../../emulator/events.ts';
import { inWorld, type World } from './world.ts';

const example = 'members.yml';
const codeowners = '.github/CODEOWNERS';
const peopleFile = `people:
  octocat: { email: octo@example.com, role: editor }
  grace: { email: grace@example.com, role: admin }
include:
  - ada@example.com # owns the admin key
`;
const github = { files: { [codeowners]: '* @octocat @grace\n', '.github/neon-people.yml': peopleFile } };

function members({ neon }: World): string[] {
  const { members, users } = neon.state();
  const emailOf = (id: string) => users.find((user) => user.id === id)?.email;
  return members.map(({ user_id, role }) => `${emailOf(user_id)} ${role}`).sort();
}
const mailed = ({ neon }: World) => neon.state().emails_sent.map(({ to }) => to);

describe(example, () => {
  it('shows the plan of a pull request, and changes nothing', () =>
    inWorld(
      async (world) => {
        const before = members(world);
        const number = await world.github.openPull({ [codeowners]: '* @octocat @grace docs@example.com\n' });
        const { exitCode, output } = await world.run(example, { event: pullRequest('opened', { number }) });
        expect(exitCode).toBe(0);
        expect(output.join('\n')).toContain('Plan: 2 invitations, 0 role changes, 1 removal;');
        expect([members(world), mailed(world)]).toEqual([before, []]);
      },
      { github },
    ));

  it.each([
    ['the merge', push()],
    ['the daily schedule', schedule()],
  ])('invites and removes on %s, and changes nothing the second time', (_, event) =>
    inWorld(
      async (world) => {
        const before = members(world);
        expect((await world.run(example, { event })).exitCode).toBe(0);
        const after = members(world);
        expect(after).toEqual(before.filter((member) => member !== 'linus@example.com member'));
        expect(mailed(world)).toEqual(['octo@example.com']);
        expect((await world.run(example, { event })).exitCode).toBe(0);
        expect([members(world), mailed(world)]).toEqual([after, ['octo@example.com']]);
      },
      { github },
    ),
  );

  it('only plans in a run started by hand on another branch', () =>
    inWorld(
      async (world) => {
        const before = members(world);
        const { exitCode } = await world.run(example, { event: workflowDispatch({ branch: 'change' }) });
        expect([exitCode, members(world), mailed(world)]).toEqual([0, before, []]);
      },
      { github },
    ));
});
