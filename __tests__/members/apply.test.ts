import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges, batchSize, type ChangeOutcome } from '../../src/members/apply.ts';
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
  // Every organization has members.
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
  const apply = (changes: readonly Change[]) => applyChanges(changes, [...neon.invitations], effects);
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

describe('carryOut, for invitations', () => {
  it.each([
    [0, 0],
    [1, 1],
    [100, 1],
    [101, 2],
    [250, 3],
  ])('invites %i people with %i requests', async (count, requests) => {
    const { neon, apply } = world();
    expect(kindsOf(await apply(invites(count)))).toEqual(Array(count).fill('done'));
    expect(neon.calls).toHaveLength(requests);
    expect(neon.mails).toHaveLength(count);
  });

  it("returns Neon's invitation with each outcome", async () => {
    const { neon, apply } = world([doneBut('unknown', 500)]);
    const outcomes = await apply(invites(2));
    expect(outcomes.map((one) => ('invitation' in one ? one.invitation : undefined))).toEqual(neon.invitations);
  });

  it('finds an invalid address by halving the batch, and invites the others', async () => {
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

  it('sends one request if the key may not invite', async () => {
    const { neon, apply } = world([failing('refused', 403)]);
    expect(kindsOf(await apply(invites(101)))).toEqual([...Array(100).fill('failed'), 'not-started']);
    expect(neon.calls).toHaveLength(1);
  });

  it('sends a request again after a wait if it had no effect (423, 429)', async () => {
    const { neon, clock, apply } = world([failing('not-done'), failing('not-done')]);
    expect(kindsOf(await apply(invites(2)))).toEqual(['done', 'done']);
    expect(neon.calls).toEqual(Array(3).fill('createOrganizationInvitations'));
    expect(clock.waits).toEqual([250, 500]);
  });

  it('looks for an invitation after a 503 before it sends it again', async () => {
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

  it('reports an invitation as sent if Neon lists it after a lost response', async () => {
    const { neon, apply } = world([doneBut('unknown', 500)]);
    expect(kindsOf(await apply(invites(3)))).toEqual(['done', 'done', 'done']);
    expect(neon.calls).toEqual(['createOrganizationInvitations', 'getOrganizationInvitations']);
  });

  it('reports an invitation as sent if the person is a member after a lost response', async () => {
    const { neon, apply } = world([failing('unknown')]);
    neon.join('P0@x.io');
    expect(byEmail(await apply(invites(1)))).toEqual(['p0@x.io: done']);
  });

  it('neither sends an invitation again that is not listed after a lost response, nor begins further changes', async () => {
    const { neon, clock, apply } = world([failing('unknown')]);
    const outcomes = await apply(invites(101));
    expect(kindsOf(outcomes)).toEqual([...Array(100).fill('unknown'), 'not-started']);
    expect(neon.calls.filter((call) => call === 'createOrganizationInvitations')).toHaveLength(1);
    expect(clock.waits).toEqual([1000, 2000, 4000]);
  });

  it('does not count an older invitation after a lost response', async () => {
    const { neon, apply } = world([{}, failing('unknown')]);
    await apply(invites(1));
    expect(kindsOf(await apply(invites(1)))).toEqual(['unknown']);
    expect(neon.mails).toHaveLength(1);
  });

  it('reports an unknown outcome if the lists cannot be read after a lost response', async () => {
    const { apply } = world([doneBut('unknown', 500), failing('unavailable')]);
    const [outcome] = await apply(invites(1));
    expect(outcome?.outcome).toBe('unknown');
    expect(whyOf(outcome)).toMatch(
      /\nThe lists that would show the outcome could not be read either: getOrganizationInvitations \(X \/\) failed/,
    );
  });

  it('begins no further change after an unknown outcome, and reports that outcome as the reason', async () => {
    const { apply } = world([doneBut('unknown', 500), failing('unavailable')]);
    const outcomes = await apply(invites(101));
    expect(kindsOf(outcomes)).toEqual([...Array(100).fill('unknown'), 'not-started']);
    expect(whyOf(outcomes[100])).toBe(whyOf(outcomes[0]));
  });

  it('finds invitations after a lost response among the invitations and the members', async () => {
    const { neon, apply } = world();
    const invite = neon.createOrganizationInvitations;
    neon.createOrganizationInvitations = async ([first, second]) => {
      if (first) await invite([first]);
      if (second) neon.join(second.email);
      throw neonError({ kind: 'unknown' });
    };
    expect(kindsOf(await apply(invites(2)))).toEqual(['done', 'done']);
  });

  it('reports each invitation of a lost response separately', async () => {
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
  ])('does not repeat invitations that were sent despite a failed response: %s', async (_kind, fate) => {
    const { neon, apply } = world([fate]);
    expect(kindsOf(await apply(invites(2)))).toEqual(['done', 'done']);
    expect(neon.mails).toEqual(['p0@x.io', 'p1@x.io']);
  });

  it.each<[string, (all: Invitation[]) => Invitation[]]>([
    ['is empty', () => []],
    ['has another address', (all) => all.map((one) => ({ ...one, email: 'other@x.io' }))],
  ])('does not report an invitation as sent if the response %s', async (_case, alter) => {
    const { neon, apply } = world();
    neon.createOrganizationInvitations = async (people) =>
      alter(people.map(({ email, role }) => ({ ...invitation, email, role })));
    expect(await apply(invites(1))).toMatchObject([{ outcome: 'unknown', reason: { code: 'not-confirmed' } }]);
  });

  it('reports an invitation as sent if the response lacks it and a list contains it', async () => {
    const { neon, apply } = world();
    const invite = neon.createOrganizationInvitations;
    neon.createOrganizationInvitations = async (people) => {
      await invite(people);
      return [];
    };
    expect(kindsOf(await apply(invites(2)))).toEqual(['done', 'done']);
  });

  it.each([
    ['viewer', 'failed'],
    ['editor', 'done'],
  ] as const)('reports an invitation with the role %s instead of member as %s', async (role, outcome) => {
    const { neon, apply } = world();
    neon.createOrganizationInvitations = async (people) => people.map(({ email }) => ({ ...invitation, email, role }));
    expect(kindsOf(await apply(invites(1)))).toEqual([outcome]);
  });

  it('gives up after five attempts', async () => {
    const { neon, apply } = world(Array(9).fill(failing('not-done')));
    expect(kindsOf(await apply(invites(1)))).toEqual(['failed']);
    expect(neon.calls).toHaveLength(5);
  });
});

describe('carryOut, for roles and removals', () => {
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
    userId: `u-${email}`,
    email,
    name: email,
    role,
  });

  it('sends one request per change, and reads the members before it removes or demotes an admin', async () => {
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

  it('does not change an admin who has become the last one', async () => {
    const { neon, apply, role } = world();
    neon.join('a', 'admin');
    neon.join('b', 'member');
    const outcomes = await apply([change('a', 'admin', 'member'), removal('a', 'admin')]);
    expect(kindsOf(outcomes)).toEqual(['failed', 'failed']);
    expect(outcomes[0]).toMatchObject({ reason: { code: 'last-admin' } });
    expect(role('a')).toBe('admin');
  });

  it('does not remove an admin if the other admins cannot be read', async () => {
    const { neon, apply, role } = world([failing('unavailable')]);
    for (const email of ['a', 'b']) neon.join(email, 'admin');
    const outcomes = await apply([removal('a', 'admin')]);
    expect(outcomes).toMatchObject([{ outcome: 'failed', reason: { code: 'admins-unknown' } }]);
    expect(whyOf(outcomes[0])).toMatch(
      /^It could not be determined whether another active admin is left\. getOrganizationMembers \(X/,
    );
    expect(role('a')).toBe('admin');
  });

  it.each<[string, Fate, string]>([
    ['a lost response', doneBut('unknown', 500), 'done'],
    ['a lost request', failing('unknown'), 'failed'],
    ['a 503', failing('unavailable'), 'failed'],
    ['a 429', failing('not-done'), 'failed'],
    ['a refusal', failing('refused', 400), 'failed'],
  ])('reads the member after %s, and reports the change as %s', async (_what, fate, how) => {
    for (const steps of [[change('a', 'member', 'admin')], [removal('a')]]) {
      const { neon, apply } = world([fate]);
      neon.join('a');
      expect(kindsOf(await apply(steps))).toEqual([how]);
    }
  });

  it('reports an unknown outcome if the member cannot be read after a lost response', async () => {
    const { neon, apply } = world([doneBut('unknown', 500), failing('unavailable')]);
    neon.join('a');
    expect(kindsOf(await apply([removal('a')]))).toEqual(['unknown']);
  });

  it('does not fail for a member who has already been removed', async () => {
    const { apply } = world();
    const outcomes = await apply([removal('a')]);
    expect(outcomes).toMatchObject([{ outcome: 'already' }]);
  });

  it('reports a failure for a member who is still listed after two 404s', async () => {
    const { neon, apply } = world();
    neon.join('a');
    const refuse = () => Promise.reject(neonError({ kind: 'refused', status: 404 }));
    Object.assign(neon, { removeOrganizationMember: refuse, getOrganizationMember: refuse });
    expect(await apply([removal('a')])).toMatchObject([{ outcome: 'failed', reason: { code: 'still-listed' } }]);
  });

  it('reports a member as removed who is not found after a lost response', async () => {
    const { neon, apply } = world();
    neon.removeOrganizationMember = () => Promise.reject(neonError({ kind: 'refused', status: 404, maybeDone: true }));
    expect(await apply([removal('a')])).toMatchObject([{ outcome: 'done' }]);
  });

  it('reports a failure for the role of a former member, and changes the other roles', async () => {
    const { neon, apply } = world();
    neon.join('b');
    const outcomes = await apply([change('a', 'member', 'admin'), change('b', 'member', 'admin')]);
    expect(kindsOf(outcomes)).toEqual(['failed', 'done']);
  });

  it.each<[string, Failure, string, string]>([
    ['is not found', { kind: 'refused', status: 404 }, 'done', 'unknown'],
    ['may not be read', { kind: 'refused', status: 403 }, 'unknown', 'unknown'],
    ['is hidden by a gateway', { kind: 'unknown', status: 404 }, 'unknown', 'unknown'],
  ])('reports the outcome after a lost response if the member %s', async (_what, failure, removed, changed) => {
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

  it('begins no further change after one with an unknown effect', async () => {
    const { neon, apply } = world([failing('unknown')]);
    for (const email of ['a', 'b']) neon.join(email);
    const outcomes = await apply([removal('a'), removal('b')]);
    expect(kindsOf(outcomes)).toEqual(['failed', 'not-started']);
    expect(whyOf(outcomes[1])).toBe(whyOf(outcomes[0]));
  });

  it('does not read the member after a change that had no effect', async () => {
    const { neon, apply } = world([failing('not-done')]);
    neon.join('a');
    await apply([removal('a')]);
    expect(neon.calls).toEqual(['removeOrganizationMember']);
  });

  it('does not count an admin with a deactivated account', async () => {
    const { neon, apply, role } = world();
    for (const email of ['a', 'b']) neon.join(email, 'admin');
    Object.assign(neon.members.get('m-b')?.user ?? {}, { deactivated_at: '2026-01-01T00:00:00Z' });
    const outcomes = await apply([removal('a', 'admin')]);
    expect(outcomes).toMatchObject([{ outcome: 'failed', reason: { code: 'last-admin' } }]);
    expect(role('a')).toBe('admin');
  });

  it('continues after a refused change, but not after a forbidden one', async () => {
    for (const [status, rest] of [
      [400, 'done'],
      [403, 'not-started'],
    ] as const) {
      const { neon, apply } = world([failing('refused', status)]);
      for (const email of ['a', 'b']) neon.join(email);
      expect(kindsOf(await apply([removal('a'), removal('b')]))).toEqual(['failed', rest]);
    }
  });
});

describe('carryOut, when the step is cancelled', () => {
  const one = { userId: 'u-a', memberId: 'm-a', email: 'a', name: 'a', origins: [] };
  const demotion: Change = { kind: 'change-role', ...one, from: 'admin', to: 'member' };

  it('begins no further change, and reports the changes that it has not begun', async () => {
    const { neon, cancel, apply } = world();
    neon.join('a');
    const invite = neon.createOrganizationInvitations;
    neon.createOrganizationInvitations = async (people) => {
      cancel.abort(new Error('cancelled'));
      return invite(people);
    };
    const outcomes = await apply([...invites(101), { kind: 'remove', ...one, role: 'member' }]);
    expect(kindsOf(outcomes)).toEqual([...Array(100).fill('done'), 'not-started', 'not-started']);
    expect(whyOf(outcomes.at(-1))).toBe('The step was cancelled.');
  });

  /** Cancels the step during this request, which then fails with the reason. */
  function cancelAt({ neon, cancel }: ReturnType<typeof world>, operation: Operation): void {
    Object.assign(neon, {
      [operation]: async () => {
        cancel.abort(new Error('cancelled'));
        throw cancel.signal.reason;
      },
    });
  }

  it.each<[string, Operation, Change[]]>([
    ['sends invitations', 'createOrganizationInvitations', invites(2)],
    ['removes a member', 'removeOrganizationMember', [{ kind: 'remove', ...one, role: 'member' }]],
    ['changes a role', 'updateOrganizationMember', [{ kind: 'change-role', ...one, from: 'member', to: 'viewer' }]],
    ['looks for another admin', 'getOrganizationMembers', [demotion]],
  ])('reports a change as not begun if it is cancelled while it %s', async (_what, method, steps) => {
    const all = world();
    all.neon.join('a', 'admin');
    cancelAt(all, method);
    const outcomes = await all.apply(steps);
    expect(new Set(kindsOf(outcomes))).toEqual(new Set(['not-started']));
    expect(new Set(outcomes.map(whyOf))).toEqual(new Set(['The step was cancelled.']));
    expect(outcomes).toHaveLength(steps.length);
  });

  it('reports an unknown outcome if it is cancelled while it looks for invitations, and sends no more', async () => {
    const all = world([doneBut('unknown', 500)]);
    cancelAt(all, 'getOrganizationInvitations');
    const outcomes = await all.apply(invites(101));
    expect(kindsOf(outcomes)).toEqual([...Array(100).fill('unknown'), 'not-started']);
    expect(whyOf(outcomes[0])).toMatch(/could not be read either, because the step was cancelled\.$/);
    expect(whyOf(outcomes[100])).toBe('The step was cancelled.');
  });

  it('reports an unknown outcome if it is cancelled while it reads a member', async () => {
    const all = world([doneBut('unknown', 500)]);
    all.neon.join('a');
    cancelAt(all, 'getOrganizationMember');
    expect(kindsOf(await all.apply([{ kind: 'remove', ...one, role: 'member' }]))).toEqual(['unknown']);
  });

  it('passes on another error', async () => {
    const { neon, apply } = world();
    neon.createOrganizationInvitations = () => Promise.reject(new TypeError('a mistake of ours'));
    await expect(apply(invites(1))).rejects.toThrow('a mistake of ours');
  });
});

it('carryOut reports one true outcome per change and sends no address two e-mails, for any responses of Neon', async () => {
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
      const subject = (email: string) => ({
        memberId: `m-${email}`,
        userId: `u-${email}`,
        email,
        name: email,
        origins: [],
      });
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
        if (outcome === 'failed' || outcome === 'not-started') expect(isDone).toBe(false);
        expect(whyOf(one) !== '').toBe(outcome !== 'done' && outcome !== 'already');
      }
    }),
    { numRuns: 2000 },
  );
});
