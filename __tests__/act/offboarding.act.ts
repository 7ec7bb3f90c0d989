import { describe, expect, it } from 'vitest';
import { workflowDispatch } from '../../emulator/events.ts';
import { SEED } from '../../emulator/state.ts';
import { inWorld, type World } from './world.ts';

const example = 'offboarding.yml';
const leaver = SEED.member;
const event = workflowDispatch({ inputs: { email: leaver.email } });

/** Makes the leaver the creator of two of the organization's keys. */
const hand = ({ neon }: World) =>
  neon.change((state) => {
    for (const key of state.credentials) if (['1000003', '1000004'].includes(key.id)) key.created_by = leaver.id;
  });
const isActive = ({ neon }: World, id: string) =>
  neon.state().credentials.find((key) => key.id === id)?.revoked === false;
const isMember = ({ neon }: World) => neon.state().members.some(({ user_id }) => user_id === leaver.id);

describe(example, () => {
  it('removes the member, and then revokes exactly the keys that the member created', () =>
    inWorld(async (world) => {
      hand(world);
      const { exitCode, output } = await world.run(example, { event });
      expect(exitCode).toBe(0);
      expect(isMember(world)).toBe(false);
      expect(output.join('\n')).toContain('2 active keys created by this person.');
      expect(['1000003', '1000004', '1000005'].map((id) => isActive(world, id))).toEqual([false, false, true]);
    }));

  it('removes the member and keeps the keys until the second job is approved', () =>
    inWorld(async (world) => {
      hand(world);
      const { exitCode } = await world.run(example, { event, job: 'remove' });
      expect(exitCode).toBe(0);
      expect(isMember(world)).toBe(false);
      expect(['1000003', '1000004'].map((id) => isActive(world, id))).toEqual([true, true]);
    }));

  it.each([
    ['a member without keys', leaver.email],
    ['a person who is not a member', 'absent@example.com'],
  ])('starts no second job for %s', (_who, email) =>
    inWorld(async (world) => {
      const { exitCode, output } = await world.run(example, { event: workflowDispatch({ inputs: { email } }) });
      expect(exitCode).toBe(0);
      expect(output.join('\n')).not.toContain('revoke');
      expect(isMember(world)).toBe(email !== leaver.email);
      expect(world.neon.requests.map(({ operation }) => operation)).not.toContain('revokeOrgApiKey');
    }),
  );
});
