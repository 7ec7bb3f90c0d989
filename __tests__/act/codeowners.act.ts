import { describe, expect, it } from 'vitest';
import { pullRequest, push, workflowDispatch } from '../../emulator/events.ts';
import { inWorld, type World } from './world.ts';

const example = 'codeowners.yml';
const codeowners = '.github/CODEOWNERS';
const peopleFile = `people:
  octocat: { email: octo@example.com, role: editor }
  linus: torvalds@example.com
`;
/** A person, and a team whose one member is linus. */
const files = { [codeowners]: '* @octocat\n/db @acme/platform-db\n', '.github/neon-people.yml': peopleFile };
const github = { files };
/** An e-mail address that is not masked. */
const address = /(?:octo|docs|torvalds)@/;

const mailed = ({ neon }: World) =>
  neon
    .state()
    .emails_sent.map(({ to }) => to)
    .sort();
const used = ({ neon }: World, token: string) =>
  neon.state().credentials.find((one) => one.token === token)?.last_used_at ?? null;

describe(example, () => {
  it('shows on a pull request who would be invited, also from teams, with a key that cannot invite', () =>
    inWorld(
      async (world) => {
        const { neon, github } = world;
        const before = used(world, neon.tokens.admin);
        const number = await github.openPull({ [codeowners]: '* @octocat docs@example.com\n/db @acme/platform-db\n' });
        const sha = await github.commit({ 'README.md': 'x' }, `change-${number}`);
        const { exitCode, output, log } = await world.run(example, { event: pullRequest('opened', { number, sha }) });
        expect(exitCode).toBe(0);
        const text = output.join('\n');
        expect(text).toContain(`from the merge result of pull request #${number}, commit `);
        expect(text).toContain('Plan only. `mode` is `plan`.');
        expect(text).toContain('Plan: 3 invitations, 0 role changes, 0 removals; 0 skipped, 0 without an address.');
        expect(text).not.toMatch(address);
        expect(log).toContain('d***s@example.com');
        expect(mailed(world)).toEqual([]);
        expect(used(world, neon.tokens.admin)).toBe(before);
      },
      { github },
    ));

  it.each([
    ['on a merge', push()],
    ['by hand', workflowDispatch()],
  ])('invites people who are named and are not members once, %s', (_how, event) =>
    inWorld(
      async (world) => {
        const first = await world.run(example, { event });
        expect(first.exitCode).toBe(0);
        expect(first.output.join('\n')).not.toMatch(address);
        expect(mailed(world)).toEqual(['octo@example.com', 'torvalds@example.com']);
        const again = await world.run(example, { event });
        expect(again.exitCode).toBe(0);
        expect(mailed(world)).toEqual(['octo@example.com', 'torvalds@example.com']);
      },
      { github },
    ),
  );

  it('invites no one when it is started by hand on another branch', () =>
    inWorld(
      async (world) => {
        const { exitCode } = await world.run(example, { event: workflowDispatch({ branch: 'change' }) });
        expect([exitCode, mailed(world)]).toEqual([0, []]);
      },
      { github },
    ));

  it.each([
    ['a fork', { from: 'stranger/shop' }],
    ['Dependabot', { author: 'dependabot[bot]' }],
  ])('starts no job on a pull request of %s', (_who, details) =>
    inWorld(
      async (world) => {
        const { exitCode, output } = await world.run(example, { event: pullRequest('opened', details) });
        expect([exitCode, output]).toEqual([0, []]);
        expect(world.neon.requests).toEqual([]);
      },
      { github },
    ),
  );
});
