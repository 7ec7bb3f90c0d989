import { describe, expect, it } from 'vitest';
import { schedule, workflowDispatch } from '../../emulator/events.ts';
import { inWorld, type World } from './world.ts';

const example = 'weekly-rotation.yml';
const week = 7 * 24 * 3_600_000;

/** Lets a week pass by making keys and secrets older. */
function passWeek({ neon, github }: World): void {
  const earlier = (time: string) => new Date(Date.parse(time) - week).toISOString();
  neon.change(({ credentials }) => {
    for (const one of credentials) {
      one.created_at = earlier(one.created_at);
      one.last_used_at &&= earlier(one.last_used_at);
    }
  });
  github.change(({ secrets }) => {
    for (const one of secrets) one.updated_at = earlier(one.updated_at);
  });
}

const rotate = async (world: World, event = schedule()) => {
  const { exitCode } = await world.run(example, { event });
  expect(exitCode).toBe(0);
  const { scope, value = '' } = world.github.secret('repository', 'NEON_API_KEY') ?? {};
  expect([scope, world.neon.isLive(value)]).toEqual(['repository', true]);
  return value;
};

describe(example, () => {
  it('stores a new key each week, keeps the previous key for its grace, and revokes older keys', () =>
    inWorld(async (world) => {
      const { isLive } = world.neon;
      const first = await rotate(world);
      passWeek(world);
      const second = await rotate(world);
      expect([first, second].map(isLive)).toEqual([true, true]);
      passWeek(world);
      const third = await rotate(world);
      expect([first, second, third].map(isLive)).toEqual([false, true, true]);
      expect(new Set([first, second, third]).size).toBe(3);
      expect(world.mintedKeys()).toEqual(Array(2).fill(expect.stringMatching(/^NEON_API_KEY ~gha\./)));
    }));

  it('keeps every key that may be in the secret active when it is started by hand twice', () =>
    inWorld(async (world) => {
      const first = await rotate(world, workflowDispatch());
      const second = await rotate(world, workflowDispatch());
      expect([first, second].map(world.neon.isLive)).toEqual([true, true]);
    }));

  it('keeps the previous key and leaves no other key if the secret cannot be written', () =>
    inWorld(async (world) => {
      const before = await rotate(world);
      const keys = world.mintedKeys();
      world.github.faults = [{ operation: 'createOrUpdateRepoSecret', fault: { type: 'status', status: 422 } }];
      const { exitCode, log } = await world.run(example, { event: schedule() });
      expect(exitCode).toBe(1);
      expect(log).toContain('was not stored and has been revoked.');
      expect(world.github.secret('repository', 'NEON_API_KEY')?.value).toBe(before);
      expect([world.neon.isLive(before), world.mintedKeys()]).toEqual([true, keys]);
    }));
});
