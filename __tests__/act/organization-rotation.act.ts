import { describe, expect, it } from 'vitest';
import { schedule, workflowDispatch } from '../../emulator/events.ts';
import { SEED as GITHUB } from '../../emulator/github/state.ts';
import { SEED as NEON } from '../../emulator/state.ts';
import { inWorld, type World } from './world.ts';

const example = 'organization-rotation.yml';
const projects = { NEON_API_KEY_SHOP: NEON.projectId, NEON_API_KEY_BILLING: NEON.secondProjectId };
const other = 5;

const secretsOf = ({ github }: World) => Object.keys(projects).map((name) => github.secret('organization', name));

/** The project that the key in each secret reaches; undefined if the key is not active. */
const reachedProjects = (world: World) =>
  secretsOf(world).map((secret) => {
    const key = world.neon.state().credentials.find(({ token }) => token === secret?.value);
    return key?.revoked === false ? key.project_id : undefined;
  });

describe(example, () => {
  it.each([
    ['on schedule', schedule()],
    ['by hand', workflowDispatch()],
  ])('stores a key for each project in its organization secret, %s', (_how, event) =>
    inWorld(async (world) => {
      const { exitCode } = await world.run(example, { event });
      expect(exitCode).toBe(0);
      expect(reachedProjects(world)).toEqual(Object.values(projects));
      expect(world.mintedKeys()).toHaveLength(2);
      expect(secretsOf(world)).toMatchObject(
        Array(2).fill({ visibility: 'selected', selected_repository_ids: [GITHUB.repositoryId] }),
      );
    }),
  );

  it('keeps the repositories that can read a secret', () =>
    inWorld(
      async (world) => {
        await world.run(example, { event: schedule() });
        const readers = [GITHUB.repositoryId, other];
        world.github.change(({ secrets }) => {
          for (const secret of secrets) secret.selected_repository_ids = readers;
        });
        const before = secretsOf(world).map((secret) => secret?.value);
        const { exitCode } = await world.run(example, { event: schedule() });
        expect(exitCode).toBe(0);
        const after = secretsOf(world);
        expect(after).toMatchObject(Array(2).fill({ visibility: 'selected', selected_repository_ids: readers }));
        expect(after.filter((secret, index) => secret?.value === before[index])).toEqual([]);
      },
      { github: { seed: { repositories: [{ id: other, name: 'other' }] } } },
    ));

  it('rotates the other secrets if one project fails, and fails the run', () =>
    inWorld(async (world) => {
      world.neon.change(({ projects: all }) => {
        const shop = all.find(({ id }) => id === projects.NEON_API_KEY_SHOP);
        all.splice(all.indexOf(shop as (typeof all)[number]), 1);
      });
      const { exitCode } = await world.run(example, { event: schedule() });
      expect(exitCode).toBe(1);
      expect(reachedProjects(world)).toEqual([undefined, projects.NEON_API_KEY_BILLING]);
    }));
});
