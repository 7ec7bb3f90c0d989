import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchSize, type ChangeOutcome, carryOut } from '../../src/members/apply.ts';
import type { Change, Invite, Removal, RoleChange } from '../../src/members/change.ts';
import { outcomeReasonText } from '../../src/members/sentences.ts';
import type { Invitation } from '../../src/neon/endpoints.ts';
import { fakeClock } from '../fake-clock.ts';
import { doneBut, type Failure, FakeNeon, type Fate, failing, neonError, type Operation } from '../fake-neon.ts';

const invites = (count: number) =>
  Array.from(
    { length: count },
    (_, i): Invite => ({ kind: 'invite', email: `p${i}@x.io`, name: `@p${i}`, origins: [], role: 'member' }),
  );

function world(fates: Fate[] = []) {
  const clock = fakeClock();
  const neon = new FakeNeon(clock, fates);
  // No organization is without members.
  neon.join('bystander');
  const cancel = new AbortController();
  const reported: ChangeOutcome[] = [];
  const effects = {
    neon,
    clock,
    random: () => 0,
    cancelled: cancel.signal,
    onOutcome: (outcome: ChangeOutcome) => void reported.push(outcome),
  };
  const apply = (changes: readonly Change[]) => carryOut(changes, [...neon.invitations], effects);
  const role = (email: string) => neon.members.get(`m-${email}`)?.member.role;
  return { neon, clock, cancel, reported, apply, role };
}

const invitation: Invitation = {
  id: 'i-new',
  email: '',
  org_id: 'org-a',
  invited_by: 'u',
  invited_at: '2026-11-24T00:00:00Z',
  role: 'member',
};

const byEmail = (all: ChangeOutcome[]) => all.map(({ change, outcome }) => `${change.email}: ${outcome}`);
const kindsOf = (all: ChangeOutcome[]) => all.map(({ outcome }) => outcome);
const whyOf = (one: ChangeOutcome | undefined) => (one && 'reason' in one ? outcomeReasonText(one.reason) : '');

describe('invitations', () => {
  it.each([
    [0, 0],
    [1, 1],
    [100, 1],
    [101, 2],
    [250, 3],
  ])('%i people take %i requests', async (count, requests) => {
    const { neon, apply } = world();
    expect(kindsOf(await apply(invites(count)))).toEqual(Array(count).fill('done'));
    expect(neon.calls).toHaveLength(requests);
    expect(neon.mails).toHaveLength(count);
  });

  it('have what Neon says of each', async () => {
    const { neon, apply } = world([doneBut('unknown', 500)]);
    const outcomes = await apply(invites(2));
    expect(outcomes.map((one) => ('invitation' in one ? one.invitation : undefined))).toEqual(neon.invitations);
  });

  it('one bad address of many is found by halves, and the others go through', async () => {
    const { neon, apply } = world();
    neon.refusedAddresses.add('p13@x.io');
    const outcomes = await apply(invites(100));
    expect(outcomes.filter(({ outcome }) => outcome !== 'done').map(({ change }) => change.email)).toEqual([
      'p13@x.io',
    ]);
    expect(neon.mails).toHaveLength(99);
    const posts = neon.calls.filter((call) => call === 'createOrganizationInvitations');
    expect(posts.length).toBeLessThanOrEqual(1 + 2 * Math.ceil(Math.log2(batchSize)));
  });

  it('a key that may not invite is refused once', async () => {
    const { neon, apply } = world([failing('refused', 403)]);
    expect(kindsOf(await apply(invites(101)))).toEqual([...Array(100).fill('failed'), 'not-begun']);
    expect(neon.calls).toHaveLength(1);
  });

  it('what Neon has not begun (423, 429) is sent again, after a wait', async () => {
    const { neon, clock, apply } = world([failing('not-done'), failing('not-done')]);
    expect(kindsOf(await apply(invites(2)))).toEqual(['done', 'done']);
    expect(neon.calls).toEqual(Array(3).fill('createOrganizationInvitations'));
    expect(clock.waits).toEqual([250, 500]);
  });

  it('what is unavailable is looked for before it is sent again', async () => {
    const { neon, apply } = world([failing('unavailable')]);
    expect(kindsOf(await apply(invites(1)))).toEqual(['done']);
    const look = ['getOrganizationInvitations', 'getOrganizationMembers'];
    expect(neon.calls).toEqual([
      'createOrganizationInvitations',
      ...[...look, ...look, ...look, ...look],
      'createOrganizationInvitations',
    ]);
    const done = world([doneBut('unavailable', 503)]);
    expect(kindsOf(await done.apply(invites(1)))).toEqual(['done']);
    expect(done.neon.mails).toEqual(['p0@x.io']);
  });

  it('a lost answer is settled by the lists: it was done', async () => {
    const { neon, apply } = world([doneBut('unknown', 500)]);
    expect(kindsOf(await apply(invites(3)))).toEqual(['done', 'done', 'done']);
    expect(neon.calls).toEqual(['createOrganizationInvitations', 'getOrganizationInvitations']);
  });

  it('a lost answer is settled by the lists: who joined at once is a member', async () => {
    const { neon, apply } = world([failing('unknown')]);
    neon.join('P0@x.io');
    expect(byEmail(await apply(invites(1)))).toEqual(['p0@x.io: done']);
  });

  it('a lost answer is settled by the lists: it is not there, and is not sent again, nor anything after it', async () => {
    const { neon, clock, apply } = world([failing('unknown')]);
    const outcomes = await apply(invites(101));
    expect(kindsOf(outcomes)).toEqual([...Array(100).fill('unknown'), 'not-begun']);
    expect(neon.calls.filter((call) => call === 'createOrganizationInvitations')).toHaveLength(1);
    expect(clock.waits).toEqual([1000, 2000, 4000]);
  });

  it('an old invitation is no proof that the lost one went out', async () => {
    const { neon, apply } = world([{}, failing('unknown')]);
    await apply(invites(1));
    expect(kindsOf(await apply(invites(1)))).toEqual(['unknown']);
    expect(neon.mails).toHaveLength(1);
  });

  it('are unknown when the lists cannot be read either', async () => {
    const { apply } = world([doneBut('unknown', 500), failing('unavailable')]);
    const [outcome] = await apply(invites(1));
    expect(outcome?.outcome).toBe('unknown');
    expect(whyOf(outcome)).toMatch(
      /\nThe look at the lists that was to settle it failed too: getOrganizationInvitations \(X \/\) was not done/,
    );
  });

  it('whose outcome is unknown end the run: nothing else is begun, for the same reason', async () => {
    const { apply } = world([doneBut('unknown', 500), failing('unavailable')]);
    const outcomes = await apply(invites(101));
    expect(kindsOf(outcomes)).toEqual([...Array(100).fill('unknown'), 'not-begun']);
    expect(whyOf(outcomes[100])).toBe(whyOf(outcomes[0]));
  });

  it('that were lost are there in both ways: as an invitation, and as a member who joined at once', async () => {
    const { neon, apply } = world();
    const invite = neon.createOrganizationInvitations;
    neon.createOrganizationInvitations = async ([first, second]) => {
      if (first) await invite([first]);
      if (second) neon.join(second.email);
      throw neonError({ kind: 'unknown' });
    };
    expect(kindsOf(await apply(invites(2)))).toEqual(['done', 'done']);
  });

  it('that are found in part are reported one by one', async () => {
    const { neon, apply } = world([failing('unknown')]);
    neon.join('p0@x.io');
    const outcomes = await apply(invites(2));
    expect(byEmail(outcomes)).toEqual(['p0@x.io: done', 'p1@x.io: unknown']);
    expect(outcomes[0]).not.toHaveProperty('reason');
  });

  it.each<[string, Fate]>([
    ['not-done', doneBut('not-done', 429)],
    ['unavailable', doneBut('unavailable', 503)],
    ['unknown', doneBut('unknown', 500)],
  ])('that were sent although the answer is a failure are not sent again: %s', async (_kind, fate) => {
    const { neon, apply } = world([fate]);
    expect(kindsOf(await apply(invites(2)))).toEqual(['done', 'done']);
    expect(neon.mails).toEqual(['p0@x.io', 'p1@x.io']);
  });

  it.each<[string, (all: Invitation[]) => Invitation[]]>([
    ['is empty', () => []],
    ['has another address', (all) => all.map((one) => ({ ...one, email: 'other@x.io' }))],
  ])('count as sent only when Neon has them: the answer %s', async (_case, alter) => {
    const { neon, apply } = world();
    neon.createOrganizationInvitations = async (asked) =>
      alter(asked.map(({ email, role }) => ({ ...invitation, email, role })));
    expect(await apply(invites(1))).toMatchObject([{ outcome: 'unknown', reason: { code: 'not-confirmed' } }]);
  });

  it('that are missing in the answer and found in a list were sent', async () => {
    const { neon, apply } = world();
    const invite = neon.createOrganizationInvitations;
    neon.createOrganizationInvitations = async (asked) => {
      await invite(asked);
      return [];
    };
    expect(kindsOf(await apply(invites(2)))).toEqual(['done', 'done']);
  });

  it.each([
    ['viewer', 'failed'],
    ['editor', 'done'],
  ] as const)('that come back with the role %s instead of member: %s', async (role, outcome) => {
    const { neon, apply } = world();
    neon.createOrganizationInvitations = async (asked) => asked.map(({ email }) => ({ ...invitation, email, role }));
    expect(kindsOf(await apply(invites(1)))).toEqual([outcome]);
  });

  it('are given up after some attempts', async () => {
    const { neon, apply } = world(Array(9).fill(failing('not-done')));
    expect(kindsOf(await apply(invites(1)))).toEqual(['failed']);
    expect(neon.calls).toHaveLength(5);
  });
});

describe('roles and removals', () => {
  const change = (email: string, from: 'admin' | 'member', to: 'admin' | 'viewer' | 'member'): RoleChange => ({
    kind: 'change-role',
    origins: [],
    memberId: `m-${email}`,
    email,
    name: email,
    from,
    to,
  });
  const removal = (email: string, role: 'admin' | 'member' = 'member'): Removal => ({
    kind: 'remove',
    origins: [],
    memberId: `m-${email}`,
    email,
    name: email,
    role,
  });

  it('take one request each, two where an admin goes', async () => {
    const { neon, apply, role } = world();
    for (const email of ['a', 'b', 'c']) neon.join(email, 'admin');
    neon.join('d');
    const outcomes = await apply([
      removal('b', 'admin'),
      change('d', 'member', 'admin'),
      change('a', 'admin', 'member'),
    ]);
    expect(kindsOf(outcomes)).toEqual(['done', 'done', 'done']);
    expect(neon.calls).toEqual([
      'updateOrganizationMember',
      'getOrganizationMembers',
      'updateOrganizationMember',
      'getOrganizationMembers',
      'removeOrganizationMember',
    ]);
    expect([role('a'), role('b'), role('d')]).toEqual(['member', undefined, 'admin']);
  });

  it('the admin who has become the last one meanwhile stays', async () => {
    const { neon, apply, role } = world();
    neon.join('a', 'admin');
    neon.join('b', 'member');
    const outcomes = await apply([change('a', 'admin', 'member'), removal('a', 'admin')]);
    expect(kindsOf(outcomes)).toEqual(['failed', 'failed']);
    expect(outcomes[0]).toMatchObject({ reason: { code: 'last-admin' } });
    expect(role('a')).toBe('admin');
  });

  it('no admin is removed when the other admins cannot be read', async () => {
    const { neon, apply, role } = world([failing('unavailable')]);
    for (const email of ['a', 'b']) neon.join(email, 'admin');
    const outcomes = await apply([removal('a', 'admin')]);
    expect(outcomes).toMatchObject([{ outcome: 'failed', reason: { code: 'admins-unknown' } }]);
    expect(whyOf(outcomes[0])).toMatch(/^Whether another admin is left could not be read: getOrganizationMembers \(X/);
    expect(role('a')).toBe('admin');
  });

  it.each<[string, Fate, string]>([
    ['a lost answer', doneBut('unknown', 500), 'done'],
    ['a lost request', failing('unknown'), 'failed'],
    ['a 503', failing('unavailable'), 'failed'],
    ['a 429', failing('not-done'), 'failed'],
    ['a refusal', failing('refused', 400), 'failed'],
  ])('%s: %s, by what Neon says of the member', async (_what, fate, how) => {
    for (const steps of [[change('a', 'member', 'admin')], [removal('a')]]) {
      const { neon, apply } = world([fate]);
      neon.join('a');
      expect(kindsOf(await apply(steps))).toEqual([how]);
    }
  });

  it('the outcome is unknown when the member cannot be read either', async () => {
    const { neon, apply } = world([doneBut('unknown', 500), failing('unavailable')]);
    neon.join('a');
    expect(kindsOf(await apply([removal('a')]))).toEqual(['unknown']);
  });

  it('who is gone already is no failure', async () => {
    const { apply } = world();
    const outcomes = await apply([removal('a')]);
    expect(outcomes).toMatchObject([{ outcome: 'already' }]);
  });

  it('a member who is still listed after two 404s is not removed', async () => {
    const { neon, apply } = world();
    neon.join('a');
    const refuse = () => Promise.reject(neonError({ kind: 'refused', status: 404 }));
    Object.assign(neon, { removeOrganizationMember: refuse, getOrganizationMember: refuse });
    expect(await apply([removal('a')])).toMatchObject([{ outcome: 'failed', reason: { code: 'still-listed' } }]);
  });

  it('who is gone after a lost answer was removed by us', async () => {
    const { neon, apply } = world();
    neon.removeOrganizationMember = () => Promise.reject(neonError({ kind: 'refused', status: 404, maybeDone: true }));
    expect(await apply([removal('a')])).toMatchObject([{ outcome: 'done' }]);
  });

  it('the role of somebody who is gone is not changed, and the others’ are', async () => {
    const { neon, apply } = world();
    neon.join('b');
    const outcomes = await apply([change('a', 'member', 'admin'), change('b', 'member', 'admin')]);
    expect(kindsOf(outcomes)).toEqual(['failed', 'done']);
  });

  it.each<[string, Failure, string, string]>([
    ['is gone', { kind: 'refused', status: 404 }, 'done', 'unknown'],
    ['may not be read', { kind: 'refused', status: 403 }, 'unknown', 'unknown'],
    ['is hidden by a gateway', { kind: 'unknown', status: 404 }, 'unknown', 'unknown'],
  ])('after a lost answer, when the member %s', async (_what, failure, removed, changed) => {
    const cases: [Change[], string][] = [
      [[removal('a')], removed],
      [[change('a', 'member', 'admin')], changed],
    ];
    for (const [steps, how] of cases) {
      const { neon, apply } = world([doneBut('unknown', 500)]);
      neon.join('a');
      neon.getOrganizationMember = () => Promise.reject(neonError(failure));
      expect(kindsOf(await apply(steps))).toEqual([how]);
    }
  });

  it('after one whose effect is not known, nothing is begun any more', async () => {
    const { neon, apply } = world([failing('unknown')]);
    for (const email of ['a', 'b']) neon.join(email);
    const outcomes = await apply([removal('a'), removal('b')]);
    expect(kindsOf(outcomes)).toEqual(['failed', 'not-begun']);
    expect(whyOf(outcomes[1])).toBe(whyOf(outcomes[0]));
  });

  it('one that Neon did not begin is not looked for', async () => {
    const { neon, apply } = world([failing('not-done')]);
    neon.join('a');
    await apply([removal('a')]);
    expect(neon.calls).toEqual(['removeOrganizationMember']);
  });

  it('an admin whose account is deactivated is no other admin', async () => {
    const { neon, apply, role } = world();
    for (const email of ['a', 'b']) neon.join(email, 'admin');
    Object.assign(neon.members.get('m-b')?.user ?? {}, { deactivated_at: '2026-01-01T00:00:00Z' });
    const outcomes = await apply([removal('a', 'admin')]);
    expect(outcomes).toMatchObject([{ outcome: 'failed', reason: { code: 'last-admin' } }]);
    expect(role('a')).toBe('admin');
  });

  it('one that is refused does not keep the others from being done, one that is forbidden does', async () => {
    for (const [status, rest] of [
      [400, 'done'],
      [403, 'not-begun'],
    ] as const) {
      const { neon, apply } = world([failing('refused', status)]);
      for (const email of ['a', 'b']) neon.join(email);
      expect(kindsOf(await apply([removal('a'), removal('b')]))).toEqual(['failed', rest]);
    }
  });
});

describe('a cancelled run', () => {
  const one = { memberId: 'm-a', email: 'a', name: 'a', origins: [] };
  const demotion: Change = { kind: 'change-role', ...one, from: 'admin', to: 'member' };

  it('begins nothing new, and says what it has not begun', async () => {
    const { neon, cancel, apply } = world();
    neon.join('a');
    const invite = neon.createOrganizationInvitations;
    neon.createOrganizationInvitations = async (asked) => {
      cancel.abort(new Error('cancelled'));
      return invite(asked);
    };
    const outcomes = await apply([...invites(101), { kind: 'remove', ...one, role: 'member' }]);
    expect(kindsOf(outcomes)).toEqual([...Array(100).fill('done'), 'not-begun', 'not-begun']);
    expect(whyOf(outcomes.at(-1))).toBe('The step was cancelled.');
  });

  /** Cancels while this is asked for, which then gives up with the reason. */
  function cancelAt({ neon, cancel }: ReturnType<typeof world>, operation: Operation): void {
    Object.assign(neon, {
      [operation]: async () => {
        cancel.abort(new Error('cancelled'));
        throw cancel.signal.reason;
      },
    });
  }

  it.each<[string, Operation, Change[]]>([
    ['invites', 'createOrganizationInvitations', invites(2)],
    ['removes', 'removeOrganizationMember', [{ kind: 'remove', ...one, role: 'member' }]],
    ['gives a role', 'updateOrganizationMember', [{ kind: 'change-role', ...one, from: 'member', to: 'viewer' }]],
    ['looks for another admin', 'getOrganizationMembers', [demotion]],
  ])('that is cancelled while it %s has not begun that, and says so once', async (_what, method, steps) => {
    const all = world();
    all.neon.join('a', 'admin');
    cancelAt(all, method);
    const outcomes = await all.apply(steps);
    expect(new Set(kindsOf(outcomes))).toEqual(new Set(['not-begun']));
    expect(new Set(outcomes.map(whyOf))).toEqual(new Set(['The step was cancelled.']));
    expect(outcomes).toHaveLength(steps.length);
  });

  it('that is cancelled while it looks for lost invitations: their outcome is unknown, and no more are sent', async () => {
    const all = world([doneBut('unknown', 500)]);
    cancelAt(all, 'getOrganizationInvitations');
    const outcomes = await all.apply(invites(101));
    expect(kindsOf(outcomes)).toEqual([...Array(100).fill('unknown'), 'not-begun']);
    expect(whyOf(outcomes[0])).toMatch(/failed too, because the step was cancelled\.$/);
    expect(whyOf(outcomes[100])).toBe('The step was cancelled.');
  });

  it('that is cancelled while it reads a member: the outcome is unknown', async () => {
    const all = world([doneBut('unknown', 500)]);
    all.neon.join('a');
    cancelAt(all, 'getOrganizationMember');
    expect(kindsOf(await all.apply([{ kind: 'remove', ...one, role: 'member' }]))).toEqual(['unknown']);
  });

  it('does not hide another error', async () => {
    const { neon, apply } = world();
    neon.createOrganizationInvitations = () => Promise.reject(new TypeError('a mistake of ours'));
    await expect(apply(invites(1))).rejects.toThrow('a mistake of ours');
  });
});

it('whatever goes wrong: each change has one outcome, reported at once and true, and nobody gets two e-mails', async () => {
  const fate = fc.constantFrom<Fate>(
    {},
    failing('refused', 400),
    failing('refused', 403),
    failing('not-done'),
    failing('unavailable'),
    failing('unknown'),
    doneBut('unknown', 500),
    doneBut('unavailable', 503),
    doneBut('not-done', 429),
  );
  const fates = fc.array(fate, { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fates, fc.nat(5), fc.subarray(['p0@x.io', 'p3@x.io']), async (schedule, count, bad) => {
      const { neon, reported, apply, role } = world(schedule);
      for (const email of bad) neon.refusedAddresses.add(email);
      for (const email of ['a', 'b']) neon.join(email, 'admin');
      neon.join('c');
      const subject = (email: string) => ({ memberId: `m-${email}`, email, name: email, origins: [] });
      const steps: Change[] = [
        ...invites(count),
        { kind: 'change-role', ...subject('c'), from: 'member', to: 'viewer' },
        ...['a', 'b'].map((email): Change => ({ kind: 'remove', ...subject(email), role: 'admin' })),
      ];
      const outcomes = await apply(steps);
      expect(reported).toEqual(outcomes);
      expect(outcomes.map(({ change }) => change.email)).toHaveLength(count + 3);
      expect(new Set(outcomes.map(({ change }) => change.email)).size).toBe(count + 3);
      expect(new Set(neon.mails).size).toBe(neon.mails.length);
      expect([role('a'), role('b')]).toContain('admin');
      expect(outcomes.map(({ change }) => change).every((change) => steps.includes(change))).toBe(true);
      for (const one of outcomes) {
        const { change, outcome } = one;
        const isDone = {
          invite: neon.mails.includes(change.email),
          'change-role': role('c') === 'viewer',
          remove: !neon.members.has(`m-${change.email}`),
        }[change.kind];
        if (outcome === 'done' || outcome === 'already') expect(isDone).toBe(true);
        if (outcome === 'failed' || outcome === 'not-begun') expect(isDone).toBe(false);
        expect(whyOf(one) !== '').toBe(outcome !== 'done' && outcome !== 'already');
      }
    }),
    { numRuns: 2000 },
  );
});
