import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Desired, type Plan, planPeople, type Rules, type Situation, stepsOf } from '../../src/members/plan.ts';
import { lesserRole, roles } from '../../src/members/roles.ts';
import type { Invitation, MemberWithUser, Role } from '../../src/neon/endpoints.ts';

const now = Date.UTC(2026, 10, 24, 12);
const rules: Rules = {
  defaultRole: 'member',
  members: false,
  allowedDomains: [],
  excluded: new Set(),
  protectedEmails: new Set(),
  reinvite: false,
  maxInvitations: { count: 25 },
  maxRoleChanges: { count: 10 },
  maxRemovals: { count: 0 },
  unsure: [],
};
const managing: Rules = { ...rules, members: true, maxRemovals: { count: 10 } };

function member(email: string, role: Role = 'member', more: { deactivated?: true; id?: string } = {}): MemberWithUser {
  const id = more.id ?? `m-${email.toLowerCase()}`;
  return {
    member: { id, user_id: `u-${email.toLowerCase()}`, org_id: 'org-a', role },
    user: { email, ...(more.deactivated ? { deactivated_at: '2026-01-02T03:04:05Z' } : {}) },
  };
}

function invitation(email: string, invited_at = '2026-11-01T00:00:00Z'): Invitation {
  return { id: `i-${email}`, email, org_id: 'org-a', invited_by: 'u', invited_at, role: 'member' };
}

const person = (email: string, more: Partial<Desired> = {}): Desired => ({
  email,
  name: `@${email.split('@')[0]}`,
  ...more,
});

function plan(situation: Partial<Situation>, change: Partial<Rules> = {}): Plan {
  return planPeople({ desired: [], members: [], invitations: [], now, ...situation }, { ...rules, ...change });
}
const manage = (situation: Partial<Situation>, change: Partial<Rules> = {}) =>
  plan(situation, { ...managing, ...change });

const reasons = ({ skip }: Plan) => Object.fromEntries(skip.map(({ email, reason }) => [email, reason]));
const invited = (made: Plan) => made.invite.map(({ email, role }) => `${email} ${role}`);
const changed = (made: Plan) => made.changeRole.map(({ email, from, to }) => `${email} ${from} → ${to}`);
const removed = (made: Plan) => made.remove.map(({ email }) => email);

describe('invitations', () => {
  it('go to whom is asked for and is not in', () => {
    const made = plan({ desired: [person('b@x.io'), person('a@x.io')], members: [member('b@x.io')] });
    expect(made.invite).toEqual([{ email: 'a@x.io', name: '@a', role: 'member' }]);
    expect(made.skip).toEqual([{ email: 'b@x.io', name: '@b', reason: 'member', why: 'is a member already (member)' }]);
  });

  it('compare addresses without letter case, of members and of invitations', () => {
    const made = plan({
      desired: [person('Ada@X.io'), person('bob@x.io'), person('BOB@x.io')],
      members: [member('ADA@x.IO')],
      invitations: [invitation('Bob@X.io')],
    });
    expect(invited(made)).toEqual([]);
    expect(reasons(made)).toEqual({ 'ada@x.io': 'member', 'bob@x.io': 'invited' });
  });

  it('are not sent again: nobody can tell who has not accepted yet from who has left', () => {
    const made = plan({ desired: [person('a@x.io')], invitations: [invitation('a@x.io')] });
    expect(invited(made)).toEqual([]);
    expect(made.skip[0]?.why).toBe(
      'was invited on 2026-11-01 and is not a member: has not accepted yet, or has left (`reinvite: true` invites again)',
    );
  });

  it('are sent again when asked, but not within a day: to run it twice sends one e-mail', () => {
    const desired = [person('old@x.io'), person('new@x.io'), person('odd@x.io')];
    const invitations = [
      invitation('old@x.io'),
      invitation('new@x.io'),
      invitation('NEW@x.io', '2026-11-23T12:00:01Z'),
      invitation('odd@x.io', 'yesterday'),
    ];
    const made = plan({ desired, invitations }, { reinvite: true });
    expect(invited(made)).toEqual(['old@x.io member']);
    expect(made.skip.map(({ why }) => why.includes('(not a day ago)'))).toEqual([true, true]);
  });

  it('are sent again after exactly a day; of several the latest counts, whatever their order', () => {
    const dayAgo = '2026-11-23T12:00:00Z';
    const again = (times: string[]) =>
      invited(
        plan(
          { desired: [person('a@x.io')], invitations: times.map((time) => invitation('a@x.io', time)) },
          { reinvite: true },
        ),
      ).length;
    expect(again([dayAgo])).toBe(1);
    expect(again(['2026-11-23T12:00:01Z', dayAgo])).toBe(0);
    expect(again([dayAgo, '2026-11-23T12:00:01Z'])).toBe(0);
  });

  it('an accepted invitation of a member is no pending one', () => {
    const made = plan({
      desired: [person('a@x.io')],
      members: [member('a@x.io')],
      invitations: [invitation('a@x.io')],
    });
    expect(reasons(made)).toEqual({ 'a@x.io': 'member' });
  });

  it.each<[string, Partial<Desired>[], string]>([
    ['the default, when no line says one', [{}], 'member'],
    ['that of the line about the person', [{ role: 'admin' }], 'admin'],
    ['that of a team', [{ teamRoles: ['admin'] }], 'admin'],
    ['that of the person before that of the team', [{ role: 'viewer', teamRoles: ['admin'] }], 'viewer'],
    ['the lesser one of two teams', [{ teamRoles: ['admin', 'editor'] }], 'editor'],
    [
      'the lesser one of two teams that name the person apart',
      [{ teamRoles: ['member'] }, { teamRoles: ['viewer'] }],
      'viewer',
    ],
    [
      'that of a line, whoever else names the same address',
      [{}, { role: 'admin' }, { teamRoles: ['viewer'] }],
      'admin',
    ],
  ])('with the role: %s', (_case, entries, role) => {
    expect(plan({ desired: entries.map((entry) => person('a@x.io', entry)) }).invite).toMatchObject([{ role }]);
  });

  it('say so when two teams disagree about a role', () => {
    const made = plan({
      desired: [
        person('a@x.io', { teamRoles: ['admin', 'member'] }),
        person('b@x.io', { teamRoles: ['admin', 'admin'] }),
      ],
    });
    expect(made.notices).toEqual(['@a is given the roles admin and member: the lesser one counts, member.']);
  });

  it('of two logins with one address are one', () => {
    const made = plan({ desired: [person('a@x.io', { name: '@b' }), person('a@x.io', { name: '@a' })] });
    expect(made.invite).toEqual([{ email: 'a@x.io', name: '@a @b', role: 'member' }]);
  });

  it.each([
    ['a@x.io', false],
    ['a@X.IO', false],
    ['a@sub.x.io', true],
    ['a@evilx.io', true],
    ['a@x.io.evil.com', true],
  ])('stay inside `allowed_domains`: %s is refused: %s', (email, refused) => {
    const made = plan({ desired: [person(email)] }, { allowedDomains: ['x.io'] });
    expect(made.invite).toHaveLength(refused ? 0 : 1);
    if (refused) expect(reasons(made)).toEqual({ [email]: 'domain' });
  });

  it('skip whom is excluded, or outside the domains, and say so', () => {
    const desired = [person('b@y.io'), person('A@x.io')];
    const made = plan({ desired }, { excluded: new Set(['a@x.io']), allowedDomains: ['x.io'] });
    expect(made.skip.map(({ email, reason, why }) => [email, reason, why])).toEqual([
      ['a@x.io', 'excluded', 'is excluded'],
      ['b@y.io', 'domain', 'y.io is not in `allowed_domains`'],
    ]);
  });

  it('show members whose account is deactivated', () => {
    const made = plan({ desired: [person('a@x.io')], members: [member('a@x.io', 'member', { deactivated: true })] });
    expect(made.skip).toMatchObject([
      { reason: 'deactivated', why: 'is a member whose account was deactivated on 2026-01-02' },
    ]);
  });

  it('touch no member', () => {
    const made = plan(
      { desired: [person('a@x.io', { role: 'admin' })], members: [member('a@x.io'), member('b@x.io')] },
      { maxRemovals: { count: 5 } },
    );
    expect([made.changeRole, made.remove]).toEqual([[], []]);
  });
});

it('an address that is protected and nobody’s is told: it may be mistyped', () => {
  const protectedEmails = new Set(['a@x.io', 'z@x.io']);
  const situation = { members: [member('A@x.io', 'admin')], desired: [person('a@x.io', { role: 'admin' })] };
  expect(manage(situation, { protectedEmails }).notices).toEqual([
    "z@x.io in `protected_emails` is no member's address.",
  ]);
  expect(plan(situation, { protectedEmails }).notices).toEqual([]);
});

describe('without a role for everybody', () => {
  const { defaultRole: _, ...unsaid } = managing;
  const situation = {
    members: [
      member('a@x.io', 'admin'),
      member('b@x.io', 'viewer'),
      member('c@x.io', 'admin'),
      member('d@x.io', 'admin'),
    ],
    desired: [
      person('a@x.io'),
      person('b@x.io', { teamRoles: ['editor'] }),
      person('c@x.io', { role: 'member' }),
      person('n@x.io'),
    ],
    invitations: [],
    now,
  };

  it('members whom no line gives one keep theirs, and whoever is invited becomes a member', () => {
    const made = planPeople({ ...situation, self: 'u-d@x.io' }, unsaid);
    expect(changed(made)).toEqual(['b@x.io viewer → editor', 'c@x.io admin → member']);
    expect(invited(made)).toEqual(['n@x.io member']);
    expect(reasons(made)).toMatchObject({ 'a@x.io': 'member' });
  });
});

describe('members', () => {
  const self = 'u-me@x.io';
  const me = member('me@x.io', 'admin');

  it('get the role that is asked for', () => {
    const made = manage({
      self,
      members: [me, member('a@x.io'), member('B@x.io', 'admin'), member('c@x.io', 'viewer')],
      desired: [
        person('me@x.io', { role: 'admin' }),
        person('a@x.io', { role: 'admin' }),
        person('b@x.io'),
        person('c@x.io', { role: 'viewer' }),
      ],
    });
    expect(changed(made)).toEqual(['a@x.io member → admin', 'b@x.io admin → member']);
    expect(removed(made)).toEqual([]);
  });

  it('go when nobody asks for them, if removals are allowed at all', () => {
    const situation = { self, members: [me, member('a@x.io'), member('b@x.io')], desired: [person('b@x.io')] };
    expect(removed(manage(situation))).toEqual(['a@x.io']);
    for (const maxRemovals of [{ count: 0 }, { percent: 0 }]) {
      const never = manage(situation, { maxRemovals });
      expect(removed(never)).toEqual([]);
      expect(never.exceeded).toEqual([]);
      expect(reasons(never)).toMatchObject({ 'a@x.io': 'not-listed' });
    }
  });

  it('stay when it is not sure who is asked for, and the plan says why', () => {
    const situation = { self, members: [me, member('a@x.io')], desired: [person('b@x.io')] };
    const made = manage(situation, { unsure: ['2 owners have no address', 'a line of CODEOWNERS is not understood'] });
    expect(removed(made)).toEqual([]);
    expect(made.skip.find(({ email }) => email === 'a@x.io')).toMatchObject({
      reason: 'withheld',
      why: 'is not named, and stays: 2 owners have no address; a line of CODEOWNERS is not understood',
    });
    expect(invited(made)).toEqual(['b@x.io member']);
  });

  it('stay, all of them, when nobody at all is asked for', () => {
    const made = manage({ self, members: [me, member('a@x.io'), member('b@x.io')] }, { maxRemovals: { percent: 100 } });
    expect(removed(made)).toEqual([]);
    expect(reasons(made)).toEqual({ 'a@x.io': 'withheld', 'b@x.io': 'withheld', 'me@x.io': 'self' });
  });

  it('are untouched: the owner of the key, protected and excluded ones, wherever they stand', () => {
    const made = manage(
      {
        self,
        members: [me, member('p@x.io', 'admin'), member('e@x.io', 'admin'), member('P2@x.io')],
        desired: [person('me@x.io'), person('p@x.io'), person('e@x.io')],
      },
      { protectedEmails: new Set(['p@x.io', 'p2@x.io']), excluded: new Set(['e@x.io']) },
    );
    expect([made.changeRole, made.remove]).toEqual([[], []]);
    expect(reasons(made)).toEqual({
      'e@x.io': 'excluded',
      'me@x.io': 'self',
      'p@x.io': 'protected',
      'p2@x.io': 'protected',
    });
  });

  it('say why they stay', () => {
    const made = manage(
      {
        self,
        members: [
          me,
          member('p@x.io'),
          member('e@x.io'),
          member('d@x.io', 'viewer', { deactivated: true }),
          member('o@y.io'),
        ],
        desired: [person('d@x.io'), person('p@x.io', { role: 'viewer' }), person('o@y.io', { role: 'viewer' })],
      },
      { protectedEmails: new Set(['p@x.io']), excluded: new Set(['e@x.io']), allowedDomains: ['x.io'] },
    );
    expect(made.skip.map(({ email, reason, why }) => [email, reason, why])).toEqual([
      ['d@x.io', 'deactivated', 'is a member whose account was deactivated on 2026-01-02'],
      ['e@x.io', 'excluded', 'is excluded'],
      ['me@x.io', 'self', 'owns the key in use (is not named)'],
      ['o@y.io', 'domain', 'y.io is not in `allowed_domains`'],
      ['p@x.io', 'protected', 'is in `protected_emails` (the role viewer is asked for)'],
    ]);
    expect(made.skip.map(({ name }) => name)).toEqual(['@d', 'e@x.io', 'me@x.io', '@o', '@p']);
    const alone = manage({ members: [member('a@x.io')] }, { maxRemovals: { count: 0 } });
    expect(alone.skip[0]?.why).toBe('is not named, and stays: `max_removals` is 0');
    const last = manage({ members: [member('a@x.io', 'admin')], desired: [person('b@x.io')] });
    expect(last.skip[0]?.why).toBe('stays: would be the last admin to go');
    const nobody = manage({ self, members: [me, member('a@x.io')] });
    expect(nobody.skip[0]?.why).toBe('is not named, and stays: nobody at all is named');
  });

  it('the last admin stays', () => {
    const made = manage({
      members: [member('a@x.io', 'admin'), member('b@x.io', 'admin'), member('c@x.io')],
      desired: [person('b@x.io'), person('c@x.io')],
    });
    expect(reasons(made)).toMatchObject({ 'b@x.io': 'last-admin' });
    expect(removed(made)).toEqual(['a@x.io']);
    expect(changed(made)).toEqual([]);
  });

  it('an admin whose account is deactivated is no admin to rely on', () => {
    const gone = member('a@x.io', 'admin', { deactivated: true });
    const made = manage({ members: [gone, member('b@x.io', 'admin')], desired: [person('a@x.io', { role: 'admin' })] });
    expect(removed(made)).toEqual([]);
    expect(reasons(made)).toEqual({ 'a@x.io': 'deactivated', 'b@x.io': 'last-admin' });
  });

  it('a promotion in the same plan does not make the last admin free to go', () => {
    const made = manage({
      members: [member('a@x.io', 'admin'), member('b@x.io')],
      desired: [person('b@x.io', { role: 'admin' })],
    });
    expect(changed(made)).toEqual(['b@x.io member → admin']);
    expect(reasons(made)).toEqual({ 'a@x.io': 'last-admin' });
  });

  it('who is asked for with an address that is refused is neither changed nor removed', () => {
    const made = manage(
      {
        self,
        members: [me, member('a@y.io')],
        desired: [person('a@y.io', { role: 'admin' }), person('me@x.io', { role: 'admin' })],
      },
      { allowedDomains: ['x.io'] },
    );
    expect([made.changeRole, made.remove]).toEqual([[], []]);
    expect(reasons(made)).toMatchObject({ 'a@y.io': 'domain' });
  });
});

describe('caps', () => {
  const people = (count: number) => Array.from({ length: count }, (_, i) => person(`p${i}@x.io`));
  const members = (count: number) => Array.from({ length: count }, (_, i) => member(`m${i}@x.io`));

  it('let through as many as they say, and stop the whole plan at one more', () => {
    expect(stepsOf(plan({ desired: people(25) })).invite).toHaveLength(25);
    const made = plan({ desired: people(26) });
    expect(made.exceeded).toEqual(['`max_invitations` allows 25, and 26 would be invited']);
    expect(stepsOf(made)).toEqual({ invite: [], changeRole: [], remove: [] });
    expect(made.invite).toHaveLength(26);
  });

  it.each([
    [20, 57, 11],
    [100, 3, 3],
    [20, 4, 0],
    [50, 0, 0],
  ])('as a share: %i %% of %i members is %i', (percent, count, most) => {
    const within = plan({ desired: people(most), members: members(count) }, { maxInvitations: { percent } });
    expect(within.exceeded).toEqual([]);
    const over = plan({ desired: people(most + 1), members: members(count) }, { maxInvitations: { percent } });
    expect(over.exceeded).toEqual([
      `\`max_invitations\` allows ${most} (${percent}% of ${count} members), and ${most + 1} would be invited`,
    ]);
  });

  it('each stops everything, and all that are exceeded are told', () => {
    const made = manage(
      { self: 'u-m0@x.io', members: members(4), desired: [...people(2), person('m1@x.io', { role: 'viewer' })] },
      { maxInvitations: { count: 1 }, maxRoleChanges: { count: 0 }, maxRemovals: { count: 1 } },
    );
    expect(made.exceeded).toEqual([
      '`max_invitations` allows 1, and 2 would be invited',
      '`max_role_changes` allows 0, and 1 would get another role',
      '`max_removals` allows 1, and 2 would be removed',
    ]);
    expect(stepsOf(made)).toEqual({ invite: [], changeRole: [], remove: [] });
  });
});

describe('any plan', () => {
  const emails = fc.constantFrom(
    ...['a', 'b', 'c', 'd', 'e', 'f'].flatMap((name) => [`${name}@x.io`, `${name.toUpperCase()}@x.io`]),
    'g@y.io',
  );
  const role = fc.constantFrom(...roles);
  const desired = fc.array(
    fc.record(
      { email: emails, name: fc.constantFrom('@a', '@b', '@c'), role, teamRoles: fc.array(role, { maxLength: 2 }) },
      { requiredKeys: ['email', 'name'] },
    ),
    { maxLength: 8 },
  );
  const members = fc.uniqueArray(fc.record({ email: emails, role, deactivated: fc.boolean() }), {
    maxLength: 7,
    selector: ({ email }) => email.toLowerCase(),
  });
  const situations = fc
    .record({ desired, members, invitations: fc.array(emails, { maxLength: 4 }), self: fc.nat(6) })
    .map(({ desired, members: rows, invitations, self }): Situation => {
      const members = rows.map((row) => member(row.email, row.role, row.deactivated ? { deactivated: true } : {}));
      const id = members[self]?.member.user_id;
      return {
        desired,
        members,
        invitations: invitations.map((email) => invitation(email)),
        now,
        ...(id ? { self: id } : {}),
      };
    });
  const cap = fc.oneof(fc.record({ count: fc.nat(6) }), fc.record({ percent: fc.nat(100) }));
  const someEmails = fc.subarray(['a@x.io', 'b@x.io', 'c@x.io', 'g@y.io']).map((list) => new Set(list));
  const anyRules = fc.record({
    defaultRole: fc.constantFrom<Role>('member', 'viewer'),
    members: fc.boolean(),
    allowedDomains: fc.constantFrom([], ['x.io']),
    excluded: someEmails,
    protectedEmails: someEmails,
    reinvite: fc.boolean(),
    maxInvitations: cap,
    maxRoleChanges: cap,
    maxRemovals: cap,
    unsure: fc.constantFrom([], [], ['an owner has no address']),
  });

  const check = (property: (situation: Situation, rules: Rules, made: Plan) => void) =>
    fc.assert(
      fc.property(situations, anyRules, (situation, any) => property(situation, any, planPeople(situation, any))),
      { numRuns: 2000 },
    );
  const low = (text: string) => text.toLowerCase();

  /** What the organization is after the steps, with every invitation accepted. */
  function carryOut(situation: Situation, made: Plan): Situation {
    const { invite, changeRole, remove } = stepsOf(made);
    const gone = new Set(remove.map(({ memberId }) => memberId));
    const to = new Map(changeRole.map((change) => [change.memberId, change.to]));
    const stay = situation.members
      .filter(({ member: { id } }) => !gone.has(id))
      .map((row) => ({ ...row, member: { ...row.member, role: to.get(row.member.id) ?? row.member.role } }));
    return { ...situation, members: [...stay, ...invite.map(({ email, role: as }) => member(email, as))] };
  }

  it('does not depend on the order of what it is given', () => {
    fc.assert(
      fc.property(situations, anyRules, fc.infiniteStream(fc.nat()), (situation, any, random) => {
        const shuffled = <T>(list: readonly T[]) =>
          list
            .map((item) => ({ item, at: random.next().value }))
            .sort((a, b) => a.at - b.at)
            .map(({ item }) => item);
        const other = {
          ...situation,
          desired: shuffled(situation.desired),
          members: shuffled(situation.members),
          invitations: shuffled(situation.invitations),
        };
        expect(planPeople(other, any)).toEqual(planPeople(situation, any));
      }),
    );
  });

  it('once carried out, leaves nothing to do', () => {
    check((situation, any, made) => {
      // Where the last admin had to stay, the next one frees them.
      if (made.exceeded.length > 0 || made.skip.some(({ reason }) => reason === 'last-admin')) return;
      const again = planPeople(carryOut(situation, made), any);
      expect([again.invite, again.changeRole, again.remove]).toEqual([[], [], []]);
    });
  });

  it('leaves an active admin, if there was one', () => {
    check((situation, _any, made) => {
      const admins = ({ members: all }: Situation) =>
        all.filter(({ member: { role: has }, user }) => has === 'admin' && !user.deactivated_at);
      const old = new Set(situation.members.map(({ member: { id } }) => id));
      const left = admins(carryOut({ ...situation, desired: [] }, { ...made, invite: [] })).filter(
        ({ member: { id } }) => old.has(id),
      );
      if (admins(situation).length > 0) expect(left.length).toBeGreaterThan(0);
    });
  });

  it('never touches the owner of the key, protected or excluded people', () => {
    check(({ self, members: all }, any, made) => {
      const mine = all.find(({ member: { user_id } }) => user_id === self)?.member.id;
      for (const { memberId, email } of [...made.changeRole, ...made.remove]) {
        expect(memberId).not.toBe(mine);
        expect(any.protectedEmails.has(email) || any.excluded.has(email)).toBe(false);
      }
      for (const { email } of made.invite) expect(any.excluded.has(email)).toBe(false);
    });
  });

  it('invites nobody who is a member, was just invited or is outside the domains, and nobody twice', () => {
    check((situation, any, made) => {
      const is = new Set(situation.members.map(({ user }) => low(user.email)));
      const asked = new Set(situation.invitations.map(({ email }) => low(email)));
      for (const { email } of made.invite) {
        expect(is.has(email)).toBe(false);
        if (!any.reinvite) expect(asked.has(email)).toBe(false);
        if (any.allowedDomains.length > 0) expect(email).toMatch(/@x\.io$/);
        expect(situation.desired.some((one) => low(one.email) === email)).toBe(true);
      }
      expect(new Set(made.invite.map(({ email }) => email)).size).toBe(made.invite.length);
    });
  });

  it('makes admins only where a line says so', () => {
    check(({ desired: all }, _any, made) => {
      const promoted = [...made.invite.map(({ email, role: to }) => ({ email, to })), ...made.changeRole];
      for (const { email, to } of promoted) {
        if (to !== 'admin') continue;
        const lines = all
          .filter((one) => low(one.email) === email)
          .flatMap((one) => [one.role, ...(one.teamRoles ?? [])]);
        expect(lines).toContain('admin');
      }
    });
  });

  it('holds its caps, whole or not at all', () => {
    check(({ members: { length } }, any, made) => {
      const most = (limit: Rules['maxRemovals']) => ('count' in limit ? limit.count : (length * limit.percent) / 100);
      const steps = stepsOf(made);
      expect(steps.invite.length).toBeLessThanOrEqual(most(any.maxInvitations));
      expect(steps.changeRole.length).toBeLessThanOrEqual(most(any.maxRoleChanges));
      expect(steps.remove.length).toBeLessThanOrEqual(most(any.maxRemovals));
    });
  });

  it('removes nobody when it is not sure, nor when nobody is asked for, nor in `sync-invitations`', () => {
    check(({ desired: all }, any, made) => {
      if (any.unsure.length > 0 || all.length === 0 || !any.members) expect(made.remove).toEqual([]);
    });
  });

  it('says of everybody who is asked for what happens to them, once', () => {
    check((situation, _any, made) => {
      const told = [...made.invite, ...made.changeRole, ...made.skip].map(({ email }) => email);
      for (const { email } of situation.desired) expect(told.filter((one) => one === low(email))).toHaveLength(1);
    });
  });
});

describe('roles', () => {
  it('the lesser one is the same from both sides, and never more than either', () => {
    for (const a of roles)
      for (const b of roles) {
        expect(lesserRole(a, b)).toBe(lesserRole(b, a));
        expect(roles.indexOf(lesserRole(a, b))).toBe(Math.max(roles.indexOf(a), roles.indexOf(b)));
      }
  });
});
