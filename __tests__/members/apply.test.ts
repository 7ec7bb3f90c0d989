import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchSize, carryOut, type Deed } from '../../src/members/apply.ts';
import type { Steps } from '../../src/members/plan.ts';
import { type FailureFacts, NeonError } from '../../src/neon/errors.ts';
import { fakeClock } from '../fake-clock.ts';
import { FakeNeon, type Fate } from './fake-neon.ts';

const nobody: Steps = { invite: [], changeRole: [], remove: [] };
const invites = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ email: `p${i}@x.io`, name: `@p${i}`, role: 'member' as const }));

function world(fates: Fate[] = []) {
  const neon = new FakeNeon(fates);
  const clock = fakeClock();
  const cancel = new AbortController();
  const heard: Deed[] = [];
  const effects = {
    neon,
    clock,
    random: () => 0,
    cancelled: cancel.signal,
    onOutcome: (deed: Deed) => void heard.push(deed),
  };
  const apply = (steps: Partial<Steps>) => carryOut({ ...nobody, ...steps }, [...neon.invitations], effects);
  const role = (email: string) => neon.members.get(`m-${email}`)?.member.role;
  return { neon, clock, cancel, heard, apply, role };
}

const lost: FailureFacts = { operationId: 'x', method: 'X', path: '/', kind: 'unknown', reason: 'r', requestId: 'r' };

const told = (deeds: Deed[]) => deeds.map(({ change, how }) => `${change.email}: ${how}`);
const hows = (deeds: Deed[]) => deeds.map(({ how }) => how);

describe('invitations', () => {
  it.each([
    [0, 0],
    [1, 1],
    [100, 1],
    [101, 2],
    [250, 3],
  ])('%i people take %i requests', async (count, requests) => {
    const { neon, apply } = world();
    expect(hows(await apply({ invite: invites(count) }))).toEqual(Array(count).fill('done'));
    expect(neon.calls).toHaveLength(requests);
    expect(neon.mails).toHaveLength(count);
  });

  it('have what Neon says of each', async () => {
    const { neon, apply } = world(['done-but-unknown']);
    const deeds = await apply({ invite: invites(2) });
    expect(deeds.map(({ invitation }) => invitation)).toEqual(neon.invitations);
  });

  it('one bad address of many is found by halves, and the others go through', async () => {
    const { neon, apply } = world();
    neon.bad.add('p13@x.io');
    const deeds = await apply({ invite: invites(100) });
    expect(deeds.filter(({ how }) => how !== 'done').map(({ change }) => change.email)).toEqual(['p13@x.io']);
    expect(neon.mails).toHaveLength(99);
    const posts = neon.calls.filter((call) => call.startsWith('createOrganizationInvitations'));
    expect(posts.length).toBeLessThanOrEqual(1 + 2 * Math.ceil(Math.log2(batchSize)));
  });

  it('who may not invite is told so once', async () => {
    const { neon, apply } = world(['forbidden']);
    expect(hows(await apply({ invite: invites(101) }))).toEqual([...Array(100).fill('failed'), 'not-begun']);
    expect(neon.calls).toHaveLength(1);
  });

  it('what Neon has not begun (423, 429) is sent again, after a wait', async () => {
    const { neon, clock, apply } = world(['not-done', 'not-done']);
    expect(hows(await apply({ invite: invites(2) }))).toEqual(['done', 'done']);
    expect(neon.calls).toEqual(['invite 2', 'invite 2', 'invite 2']);
    expect(clock.waits).toEqual([250, 500]);
  });

  it('what is unavailable is looked for before it is sent again', async () => {
    const { neon, apply } = world(['unavailable', 'done', 'done', 'done']);
    expect(hows(await apply({ invite: invites(1) }))).toEqual(['done']);
    expect(neon.calls).toEqual(['invite 1', 'invitations', 'members', 'invite 1']);
    const done = world(['done-but-unavailable']);
    expect(hows(await done.apply({ invite: invites(1) }))).toEqual(['done']);
    expect(done.neon.mails).toEqual(['p0@x.io']);
  });

  it('a lost answer is settled by the lists: it was done', async () => {
    const { neon, apply } = world(['done-but-unknown']);
    expect(hows(await apply({ invite: invites(3) }))).toEqual(['done', 'done', 'done']);
    expect(neon.calls).toEqual(['invite 3', 'invitations']);
  });

  it('a lost answer is settled by the lists: who joined at once is a member', async () => {
    const { neon, apply } = world(['unknown']);
    neon.join('P0@x.io');
    expect(told(await apply({ invite: invites(1) }))).toEqual(['p0@x.io: done']);
  });

  it('a lost answer is settled by the lists: it is not there, and is not sent again, nor anything after it', async () => {
    const { neon, clock, apply } = world(['unknown']);
    const deeds = await apply({ invite: invites(101) });
    expect(hows(deeds)).toEqual([...Array(100).fill('unknown'), 'not-begun']);
    expect(neon.calls.filter((call) => call.startsWith('invite '))).toHaveLength(1);
    expect(clock.waits).toEqual([1000, 2000, 4000]);
  });

  it('an old invitation is no proof that the lost one went out', async () => {
    const { neon, apply } = world(['done', 'unknown']);
    await apply({ invite: invites(1) });
    expect(hows(await apply({ invite: invites(1) }))).toEqual(['unknown']);
    expect(neon.mails).toHaveLength(1);
  });

  it('when the lists cannot be had either, nobody can tell', async () => {
    const { apply } = world(['done-but-unknown', 'unavailable']);
    const [deed] = await apply({ invite: invites(1) });
    expect(deed?.how).toBe('unknown');
    expect(deed?.why).toMatch(/\nLooking for them failed too: x \(X \/\) was not done/);
  });

  it('after which nobody can tell are the last: nothing is begun any more, for the reason that came first', async () => {
    const { apply } = world(['done-but-unknown', 'unavailable']);
    const deeds = await apply({ invite: invites(101) });
    expect(hows(deeds)).toEqual([...Array(100).fill('unknown'), 'not-begun']);
    expect(deeds[100]?.why).toBe(deeds[0]?.why);
  });

  it('that were lost are there in both ways: as an invitation, and as a member who joined at once', async () => {
    const { neon, apply } = world();
    const invite = neon.createOrganizationInvitations;
    neon.createOrganizationInvitations = async ([first, second]) => {
      if (first) await invite([first]);
      if (second) neon.join(second.email);
      throw new NeonError(lost);
    };
    expect(hows(await apply({ invite: invites(2) }))).toEqual(['done', 'done']);
  });

  it('that are found in part are told apart', async () => {
    const { neon, apply } = world(['unknown']);
    neon.join('p0@x.io');
    const deeds = await apply({ invite: invites(2) });
    expect(told(deeds)).toEqual(['p0@x.io: done', 'p1@x.io: unknown']);
    expect(deeds[0]).not.toHaveProperty('why');
  });

  it('are given up after some attempts', async () => {
    const { neon, apply } = world(Array(9).fill('not-done'));
    expect(hows(await apply({ invite: invites(1) }))).toEqual(['failed']);
    expect(neon.calls).toHaveLength(5);
  });
});

describe('roles and removals', () => {
  const change = (email: string, from: 'admin' | 'member', to: 'admin' | 'member') => ({
    memberId: `m-${email}`,
    email,
    name: email,
    from,
    to,
  });
  const removal = (email: string, role: 'admin' | 'member' = 'member') => ({
    memberId: `m-${email}`,
    email,
    name: email,
    role,
  });

  it('take one request each, two where an admin goes', async () => {
    const { neon, apply, role } = world();
    for (const email of ['a', 'b', 'c']) neon.join(email, 'admin');
    neon.join('d');
    const deeds = await apply({
      changeRole: [change('d', 'member', 'admin'), change('a', 'admin', 'member')],
      remove: [removal('b', 'admin')],
    });
    expect(hows(deeds)).toEqual(['done', 'done', 'done']);
    expect(neon.calls).toEqual(['update', 'members', 'update', 'members', 'remove']);
    expect([role('a'), role('b'), role('d')]).toEqual(['member', undefined, 'admin']);
  });

  it('the admin who has become the last one meanwhile stays', async () => {
    const { neon, apply, role } = world();
    neon.join('a', 'admin');
    neon.join('b', 'member');
    const deeds = await apply({ changeRole: [change('a', 'admin', 'member')], remove: [removal('a', 'admin')] });
    expect(hows(deeds)).toEqual(['failed', 'failed']);
    expect(deeds[0]?.why).toBe('is the last admin by now, and stays');
    expect(role('a')).toBe('admin');
  });

  it('no admin goes when nobody can tell whether another one is left', async () => {
    const { neon, apply, role } = world(['unavailable']);
    for (const email of ['a', 'b']) neon.join(email, 'admin');
    const deeds = await apply({ remove: [removal('a', 'admin')] });
    expect(deeds).toMatchObject([
      { how: 'failed', why: expect.stringMatching(/^whether another admin is left could not be read: x \(X/) },
    ]);
    expect(role('a')).toBe('admin');
  });

  it.each<[Fate, string]>([
    ['done-but-unknown', 'done'],
    ['unknown', 'failed'],
    ['unavailable', 'failed'],
    ['not-done', 'failed'],
    ['refused', 'failed'],
  ])('%s: %s, by what Neon says of the member', async (fate, how) => {
    for (const steps of [{ changeRole: [change('a', 'member', 'admin')] }, { remove: [removal('a')] }]) {
      const { neon, apply } = world([fate]);
      neon.join('a');
      expect(hows(await apply(steps))).toEqual([how]);
    }
  });

  it('nobody can tell when the member cannot be read either', async () => {
    const { neon, apply } = world(['done-but-unknown', 'unavailable']);
    neon.join('a');
    expect(hows(await apply({ remove: [removal('a')] }))).toEqual(['unknown']);
  });

  it('who is gone already is no failure', async () => {
    const { apply } = world();
    const deeds = await apply({ remove: [removal('a')] });
    expect(deeds).toMatchObject([{ how: 'already', why: 'was not a member any more' }]);
  });

  it('who is gone after a lost answer was removed by us', async () => {
    const { neon, apply } = world();
    neon.removeOrganizationMember = () =>
      Promise.reject(new NeonError({ ...lost, kind: 'refused', status: 404, maybeDone: true }));
    expect(await apply({ remove: [removal('a')] })).toMatchObject([{ how: 'done' }]);
  });

  it('the role of somebody who is gone is not changed, and the others’ are', async () => {
    const { neon, apply } = world();
    neon.join('b');
    const deeds = await apply({ changeRole: [change('a', 'member', 'admin'), change('b', 'member', 'admin')] });
    expect(hows(deeds)).toEqual(['failed', 'done']);
  });

  it.each<[string, Partial<FailureFacts>, string, string]>([
    ['is gone', { kind: 'refused', status: 404 }, 'done', 'unknown'],
    ['may not be read', { kind: 'refused', status: 403 }, 'unknown', 'unknown'],
    ['is hidden by a gateway', { kind: 'unknown', status: 404 }, 'unknown', 'unknown'],
  ])('after a lost answer, when the member %s', async (_what, facts, removed, changed) => {
    const cases: [Partial<Steps>, string][] = [
      [{ remove: [removal('a')] }, removed],
      [{ changeRole: [change('a', 'member', 'admin')] }, changed],
    ];
    for (const [steps, how] of cases) {
      const { neon, apply } = world(['done-but-unknown']);
      neon.join('a');
      neon.getOrganizationMember = () => Promise.reject(new NeonError({ ...lost, ...facts }));
      expect(hows(await apply(steps))).toEqual([how]);
    }
  });

  it('after one whose effect is not known, nothing is begun any more', async () => {
    const { neon, apply } = world(['unknown']);
    for (const email of ['a', 'b']) neon.join(email);
    const deeds = await apply({ remove: [removal('a'), removal('b')] });
    expect(hows(deeds)).toEqual(['failed', 'not-begun']);
    expect(deeds[1]?.why).toBe(deeds[0]?.why);
  });

  it('one that Neon did not begin is not looked for', async () => {
    const { neon, apply } = world(['not-done']);
    neon.join('a');
    await apply({ remove: [removal('a')] });
    expect(neon.calls).toEqual(['remove']);
  });

  it('an admin whose account is deactivated is no other admin', async () => {
    const { neon, apply, role } = world();
    for (const email of ['a', 'b']) neon.join(email, 'admin');
    Object.assign(neon.members.get('m-b')?.user ?? {}, { deactivated_at: '2026-01-01T00:00:00Z' });
    const deeds = await apply({ remove: [removal('a', 'admin')] });
    expect(deeds).toMatchObject([{ how: 'failed', why: 'is the last admin by now, and stays' }]);
    expect(role('a')).toBe('admin');
  });

  it('one that is refused does not keep the others from being done, one that is forbidden does', async () => {
    for (const [fate, rest] of [
      ['refused', 'done'],
      ['forbidden', 'not-begun'],
    ] as const) {
      const { neon, apply } = world([fate]);
      for (const email of ['a', 'b']) neon.join(email);
      expect(hows(await apply({ remove: [removal('a'), removal('b')] }))).toEqual(['failed', rest]);
    }
  });
});

describe('a cancelled run', () => {
  it('begins nothing new, and says what it has not begun', async () => {
    const { neon, cancel, apply } = world();
    neon.join('a');
    const invite = neon.createOrganizationInvitations;
    neon.createOrganizationInvitations = async (asked) => {
      cancel.abort(new Error('cancelled'));
      return invite(asked);
    };
    const removal = { memberId: 'm-a', email: 'a', name: 'a', role: 'member' as const };
    const deeds = await apply({ invite: invites(101), remove: [removal] });
    expect(hows(deeds)).toEqual([...Array(100).fill('done'), 'not-begun', 'not-begun']);
    expect(deeds.at(-1)?.why).toBe('the step was cancelled');
  });

  /** Cancels while this is asked for, which then gives up with the reason. */
  function cancelAt({ neon, cancel }: ReturnType<typeof world>, method: keyof FakeNeon): void {
    Object.assign(neon, {
      [method]: async () => {
        cancel.abort(new Error('cancelled'));
        throw cancel.signal.reason;
      },
    });
  }
  const one = { memberId: 'm-a', email: 'a', name: 'a' };
  const demotion = { ...one, from: 'admin' as const, to: 'member' as const };

  it.each<[string, keyof FakeNeon, Partial<Steps>]>([
    ['invites', 'createOrganizationInvitations', { invite: invites(2) }],
    ['removes', 'removeOrganizationMember', { remove: [{ ...one, role: 'member' }] }],
    ['gives a role', 'updateOrganizationMember', { changeRole: [{ ...one, from: 'member', to: 'viewer' }] }],
    ['looks for another admin', 'getOrganizationMembers', { changeRole: [demotion] }],
  ])('that is cancelled while it %s has not begun that, and says so once', async (_what, method, steps) => {
    const all = world();
    all.neon.join('a', 'admin');
    cancelAt(all, method);
    const deeds = await all.apply(steps);
    expect(new Set(hows(deeds))).toEqual(new Set(['not-begun']));
    expect(new Set(deeds.map(({ why }) => why))).toEqual(new Set(['the step was cancelled']));
    expect(deeds).toHaveLength(steps.invite?.length ?? 1);
  });

  it('that is cancelled while it looks for lost invitations: nobody can tell of those, and no more are sent', async () => {
    const all = world(['done-but-unknown']);
    cancelAt(all, 'getOrganizationInvitations');
    const deeds = await all.apply({ invite: invites(101) });
    expect(hows(deeds)).toEqual([...Array(100).fill('unknown'), 'not-begun']);
    expect(deeds[0]?.why).toMatch(/\nLooking for them failed too$/);
    expect(deeds[100]?.why).toBe('the step was cancelled');
  });

  it('that is cancelled while it reads a member: nobody can tell what became of them', async () => {
    const all = world(['done-but-unknown']);
    all.neon.join('a');
    cancelAt(all, 'getOrganizationMember');
    expect(hows(await all.apply({ remove: [{ ...one, role: 'member' }] }))).toEqual(['unknown']);
  });

  it('does not hide another error', async () => {
    const { neon, apply } = world();
    neon.createOrganizationInvitations = () => Promise.reject(new TypeError('a mistake of ours'));
    await expect(apply({ invite: invites(1) })).rejects.toThrow('a mistake of ours');
  });
});

it('whatever goes wrong: each change has one deed, told at once and true, and nobody gets two e-mails', async () => {
  const fate = fc.constantFrom<Fate>(
    'done',
    'refused',
    'forbidden',
    'not-done',
    'unavailable',
    'unknown',
    'done-but-unknown',
    'done-but-unavailable',
  );
  const fates = fc.array(fate, { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fates, fc.nat(5), fc.subarray(['p0@x.io', 'p3@x.io']), async (schedule, count, bad) => {
      const { neon, heard, apply, role } = world(schedule);
      for (const email of bad) neon.bad.add(email);
      for (const email of ['a', 'b']) neon.join(email, 'admin');
      neon.join('c');
      const steps: Steps = {
        invite: invites(count),
        changeRole: [{ memberId: 'm-c', email: 'c', name: 'c', from: 'member', to: 'viewer' }],
        remove: (['a', 'b'] as const).map((email) => ({
          memberId: `m-${email}`,
          email,
          name: email,
          role: 'admin' as const,
        })),
      };
      const deeds = await apply(steps);
      expect(heard).toEqual(deeds);
      expect(deeds.map(({ change }) => change.email)).toHaveLength(count + 3);
      expect(new Set(deeds.map(({ change }) => change.email)).size).toBe(count + 3);
      expect(new Set(neon.mails).size).toBe(neon.mails.length);
      expect([role('a'), role('b')]).toContain('admin');
      for (const { change, how, why } of deeds) {
        const isDone = {
          invite: neon.mails.includes(change.email),
          'change-role': role('c') === 'viewer',
          remove: !neon.members.has(`m-${change.email}`),
        }[change.kind];
        if (how === 'done' || how === 'already') expect(isDone).toBe(true);
        if (how === 'failed' || how === 'not-begun') expect(isDone).toBe(false);
        expect(why !== undefined).toBe(how !== 'done');
      }
    }),
    { numRuns: 2000 },
  );
});
