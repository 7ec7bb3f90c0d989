import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesToApply, type Plan } from '../../src/members/change.ts';
import type { Doubt } from '../../src/members/doubt.ts';
import { planPeople, type Rules, type Situation } from '../../src/members/plan.ts';
import type { Desired } from '../../src/members/resolve.ts';
import { roles } from '../../src/members/roles.ts';
import { planNoticeText, skipText, stopText } from '../../src/members/sentences.ts';
import type { Invitation, MemberWithUser, Role } from '../../src/neon/endpoints.ts';
import { ownFile } from './sync-world.ts';

const now = Date.UTC(2026, 10, 24, 12);
const rules: Rules = {
  defaultRole: 'member',
  managesMembers: false,
  allowedDomains: [],
  excludedEmails: new Set(),
  protectedEmails: new Set(),
  reinvite: false,
  maxInvitations: { count: 25 },
  maxRoleChanges: { count: 10 },
  maxRemovals: { count: 0 },
};
const managing: Rules = { ...rules, managesMembers: true, maxRemovals: { count: 10 } };
const nothing: Situation = {
  desired: [],
  members: [],
  invitations: [],
  now,
  excluded: new Set(),
  doubts: [],
  exclusionDoubts: [],
  hiddenRoles: [],
  knownLogins: new Map(),
};

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
  login: email.toLowerCase().split('@')[0],
  teamRoles: [],
  origins: [],
  ...more,
});

/** An owner whose address is not known. */
const noAddress = (login: string, isExcluded = false): Doubt => ({
  code: 'owner',
  owner: { kind: 'user', login },
  why: { code: 'not-listed' },
  isExcluded,
});

function plan(situation: Partial<Situation>, change: Partial<Rules> = {}): Plan {
  return planPeople({ ...nothing, ...situation }, { ...rules, ...change });
}
const manage = (situation: Partial<Situation>, change: Partial<Rules> = {}) =>
  plan(situation, { ...managing, ...change });

const invites = (made: Plan) => made.changes.filter((change) => change.kind === 'invite');
const roleChanges = (made: Plan) => made.changes.filter((change) => change.kind === 'change-role');
const removals = (made: Plan) => made.changes.filter((change) => change.kind === 'remove');
const reasons = ({ skips }: Plan) => Object.fromEntries(skips.map(({ email, reason }) => [email, reason.code]));
const texts = ({ skips }: Plan) => skips.map(({ email, reason }) => `${email}: ${skipText(reason)}`);
const notices = (made: Plan) => made.notices.map(planNoticeText);
const exceeded = (made: Plan) => made.exceeded.map((one) => stopText({ code: 'cap', exceeded: one }));
const invited = (made: Plan) => invites(made).map(({ email, role }) => `${email} ${role}`);
const changed = (made: Plan) => roleChanges(made).map(({ email, from, to }) => `${email} ${from} → ${to}`);
const removed = (made: Plan) => removals(made).map(({ email }) => email);

describe('planned invitations', () => {
  it('are for wanted people who are not members', () => {
    const made = plan({ desired: [person('b@x.io'), person('a@x.io')], members: [member('b@x.io')] });
    expect(made.changes).toEqual([
      { kind: 'invite', email: 'a@x.io', name: '@a', origins: [], addressFrom: [], role: 'member' },
    ]);
    expect(texts(made)).toEqual(['b@x.io: Already a member (member).']);
  });

  it('ignore letter case in addresses of members and invitations', () => {
    const made = plan({
      desired: [person('Ada@X.io'), person('bob@x.io'), person('BOB@x.io')],
      members: [member('ADA@x.IO')],
      invitations: [invitation('Bob@X.io')],
    });
    expect(invited(made)).toEqual([]);
    expect(reasons(made)).toEqual({ 'ada@x.io': 'member', 'bob@x.io': 'invited' });
  });

  it('are not repeated by default, because an old invitation may belong to a former member', () => {
    const made = plan({ desired: [person('a@x.io')], invitations: [invitation('a@x.io')] });
    expect(invited(made)).toEqual([]);
    expect(texts(made)).toEqual([
      'a@x.io: Invited on 2026-11-01 and not a member: the invitation is pending, or the person has left. `reinvite: true` invites again.',
    ]);
  });

  it('are repeated with `reinvite`, but not within a day', () => {
    const desired = [person('old@x.io'), person('new@x.io'), person('odd@x.io')];
    const invitations = [
      invitation('old@x.io'),
      invitation('new@x.io'),
      invitation('NEW@x.io', '2026-11-23T12:00:01Z'),
      invitation('odd@x.io', 'yesterday'),
    ];
    const made = plan({ desired, invitations }, { reinvite: true });
    expect(invited(made)).toEqual(['old@x.io member']);
    expect(texts(made).map((text) => text.includes('It is less than a day old.'))).toEqual([true, true]);
  });

  it('are repeated after exactly a day since the latest invitation', () => {
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

  it('do not include members with an accepted invitation', () => {
    const made = plan({
      desired: [person('a@x.io')],
      members: [member('a@x.io')],
      invitations: [invitation('a@x.io')],
    });
    expect(reasons(made)).toEqual({ 'a@x.io': 'member' });
  });

  it.each<[string, Partial<Desired>[], string]>([
    ['the default without an explicit role', [{}], 'member'],
    ['the role of the person', [{ role: 'admin' }], 'admin'],
    ['the role of a team', [{ teamRoles: ['admin'] }], 'admin'],
    ['the role of the person rather than that of the team', [{ role: 'viewer', teamRoles: ['admin'] }], 'viewer'],
    ['the lower role of two teams', [{ teamRoles: ['admin', 'editor'] }], 'editor'],
    [
      'the lesser one of two teams that name the person apart',
      [{ teamRoles: ['member'] }, { teamRoles: ['viewer'] }],
      'viewer',
    ],
    [
      'that of a line, also when another entry has the same address',
      [{}, { role: 'admin' }, { teamRoles: ['viewer'] }],
      'admin',
    ],
  ])('have the role: %s', (_case, entries, role) => {
    expect(plan({ desired: entries.map((entry) => person('a@x.io', entry)) }).changes).toMatchObject([{ role }]);
  });

  it('report when two teams have different roles', () => {
    const made = plan({
      desired: [
        person('a@x.io', { teamRoles: ['admin', 'member'] }),
        person('b@x.io', { teamRoles: ['admin', 'admin'] }),
      ],
    });
    expect(notices(made)).toEqual([
      '@a has several roles: admin and member. The role with the fewest permissions applies: member.',
    ]);
  });

  it('are sent once for two logins with the same address', () => {
    const made = plan({ desired: [person('a@x.io', { login: 'b' }), person('a@x.io', { login: 'a' })] });
    expect(invites(made)).toMatchObject([{ email: 'a@x.io', name: '@a @b', role: 'member' }]);
  });

  it.each([
    ['a@x.io', false],
    ['a@X.IO', false],
    ['a@sub.x.io', true],
    ['a@evilx.io', true],
    ['a@x.io.evil.com', true],
  ])('respect `allowed_domains`: %s is outside: %s', (email, refused) => {
    const made = plan({ desired: [person(email)] }, { allowedDomains: ['x.io'] });
    expect(invites(made)).toHaveLength(refused ? 0 : 1);
    if (refused) expect(reasons(made)).toEqual({ [email]: 'domain' });
  });

  it('skip and report people who are excluded or outside the domains', () => {
    const desired = [person('b@y.io'), person('A@x.io')];
    const made = plan({ desired, excluded: new Set(['a@x.io']) }, { allowedDomains: ['x.io'] });
    expect(texts(made)).toEqual(['a@x.io: Excluded.', 'b@y.io: y.io is not in `allowed_domains`.']);
  });

  it('report members with a deactivated account', () => {
    const made = plan({ desired: [person('a@x.io')], members: [member('a@x.io', 'member', { deactivated: true })] });
    expect(texts(made)).toEqual(['a@x.io: The account was deactivated on 2026-01-02.']);
  });

  it('change no member', () => {
    const made = plan(
      { desired: [person('a@x.io', { role: 'admin' })], members: [member('a@x.io'), member('b@x.io')] },
      { maxRemovals: { count: 5 } },
    );
    expect(made.changes).toEqual([]);
  });
});

it('planPeople reports a protected address without a member, because it may be misspelled', () => {
  const protectedEmails = new Set(['a@x.io', 'z@x.io']);
  const situation = { members: [member('A@x.io', 'admin')], desired: [person('a@x.io', { role: 'admin' })] };
  expect(notices(manage(situation, { protectedEmails }))).toEqual([
    'z@x.io in `protected_emails` matches no member or owner. Check the spelling.',
  ]);
});

describe('without a default role', () => {
  const { defaultRole: _, ...withoutDefault } = managing;
  const situation = {
    ...nothing,
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
  };

  it('members without an explicit role keep their role, and new people are invited as members', () => {
    const made = planPeople({ ...situation, self: 'u-d@x.io' }, withoutDefault);
    expect(changed(made)).toEqual(['b@x.io viewer → editor', 'c@x.io admin → member']);
    expect(invited(made)).toEqual(['n@x.io member']);
    expect(reasons(made)).toMatchObject({ 'a@x.io': 'member' });
  });
});

describe('planned changes of members', () => {
  const self = 'u-me@x.io';
  const me = member('me@x.io', 'admin');

  it('set the wanted role', () => {
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

  it('remove members that are not wanted, if removals are allowed', () => {
    const situation = { self, members: [me, member('a@x.io'), member('b@x.io')], desired: [person('b@x.io')] };
    expect(removed(manage(situation))).toEqual(['a@x.io']);
    for (const maxRemovals of [{ count: 0 }, { percent: 0 }]) {
      const never = manage(situation, { maxRemovals });
      expect(removed(never)).toEqual([]);
      expect(never.exceeded).toEqual([]);
      expect(reasons(never)).toMatchObject({ 'a@x.io': 'not-listed' });
    }
  });

  it("withhold a removal while an unresolved name may be the member's, and report the name", () => {
    const situation = { self, members: [me, member('a@x.io')], desired: [person('b@x.io')] };
    const line: Doubt = { code: 'invalid-line', line: { line: 3, code: 'negation', file: ownFile } };
    const made = manage({ ...situation, doubts: [noAddress('octocat'), line] });
    expect(removed(made)).toEqual([]);
    expect(texts(made)).toContain(
      'a@x.io: The removal is withheld until this is resolved: @octocat, line 3 of CODEOWNERS.',
    );
    expect(invited(made)).toEqual(['b@x.io member']);
  });

  it('remove no member if no person is wanted', () => {
    const made = manage({ self, members: [me, member('a@x.io'), member('b@x.io')] }, { maxRemovals: { percent: 100 } });
    expect(removed(made)).toEqual([]);
    expect(reasons(made)).toEqual({ 'a@x.io': 'withheld', 'b@x.io': 'withheld', 'me@x.io': 'self' });
  });

  it('never concern the owner of the key, protected or excluded members', () => {
    const made = manage(
      {
        self,
        members: [me, member('p@x.io', 'admin'), member('e@x.io', 'admin'), member('P2@x.io')],
        desired: [person('me@x.io'), person('p@x.io'), person('e@x.io')],
        excluded: new Set(['e@x.io']),
      },
      { protectedEmails: new Set(['p@x.io', 'p2@x.io']) },
    );
    expect([changed(made), removed(made)]).toEqual([[], []]);
    expect(reasons(made)).toEqual({
      'e@x.io': 'excluded',
      'me@x.io': 'self',
      'p@x.io': 'protected',
      'p2@x.io': 'protected',
    });
  });

  it('report why a member is kept', () => {
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
        excluded: new Set(['e@x.io']),
      },
      { protectedEmails: new Set(['p@x.io']), allowedDomains: ['x.io'] },
    );
    expect(texts(made)).toEqual([
      'd@x.io: The account was deactivated on 2026-01-02.',
      'e@x.io: Excluded.',
      'me@x.io: The owner of the key in use. Not named in the files, and not removed.',
      'o@y.io: y.io is not in `allowed_domains`.',
      'p@x.io: Listed in `protected_emails`. The role should be viewer, but was not changed.',
    ]);
    expect(made.skips.map(({ name }) => name)).toEqual(['@d', 'e@x.io', 'me@x.io', '@o', '@p']);
    const alone = manage({ members: [member('a@x.io')] }, { maxRemovals: { count: 0 } });
    expect(texts(alone)[0]).toBe('a@x.io: Not named in the files. No one is removed, because `max_removals` is 0.');
    const last = manage({ members: [member('a@x.io', 'admin')], desired: [person('b@x.io')] });
    expect(texts(last)[0]).toBe('a@x.io: The last active admin is never removed or demoted.');
    const empty = manage({ self, members: [me, member('a@x.io')] });
    expect(texts(empty)[0]).toBe('a@x.io: The removal is withheld until this is resolved: no one is named.');
  });

  it('keep the last admin', () => {
    const made = manage({
      members: [member('a@x.io', 'admin'), member('b@x.io', 'admin'), member('c@x.io')],
      desired: [person('b@x.io'), person('c@x.io')],
    });
    expect(reasons(made)).toMatchObject({ 'b@x.io': 'last-admin' });
    expect(removed(made)).toEqual(['a@x.io']);
    expect(changed(made)).toEqual([]);
  });

  it('do not count an admin with a deactivated account', () => {
    const gone = member('a@x.io', 'admin', { deactivated: true });
    const made = manage({ members: [gone, member('b@x.io', 'admin')], desired: [person('a@x.io', { role: 'admin' })] });
    expect(removed(made)).toEqual([]);
    expect(reasons(made)).toEqual({ 'a@x.io': 'deactivated', 'b@x.io': 'last-admin' });
  });

  it('do not count an admin who is promoted in the same plan', () => {
    const made = manage({
      members: [member('a@x.io', 'admin'), member('b@x.io')],
      desired: [person('b@x.io', { role: 'admin' })],
    });
    expect(changed(made)).toEqual(['b@x.io member → admin']);
    expect(reasons(made)).toEqual({ 'a@x.io': 'last-admin' });
  });

  it('neither change nor remove a member whose wanted address is rejected', () => {
    const made = manage(
      {
        self,
        members: [me, member('a@y.io')],
        desired: [person('a@y.io', { role: 'admin' }), person('me@x.io', { role: 'admin' })],
      },
      { allowedDomains: ['x.io'] },
    );
    expect([changed(made), removed(made)]).toEqual([[], []]);
    expect(reasons(made)).toMatchObject({ 'a@y.io': 'domain' });
  });
});

describe('caps', () => {
  const people = (count: number) => Array.from({ length: count }, (_, i) => person(`p${i}@x.io`));
  const members = (count: number) => Array.from({ length: count }, (_, i) => member(`m${i}@x.io`));

  it('allow exactly as many changes, and stop the whole plan above that number', () => {
    expect(changesToApply(plan({ desired: people(25) }))).toHaveLength(25);
    const made = plan({ desired: people(26) });
    expect(exceeded(made)).toEqual(['`max_invitations` allows 25, but 26 would be invited.']);
    expect(changesToApply(made)).toEqual([]);
    expect(invites(made)).toHaveLength(26);
  });

  it.each([
    [20, 57, 11],
    [100, 3, 3],
    [20, 4, 1],
    [10, 9, 1],
    [0, 9, 0],
  ])('are rounded up: %i %% of %i members is %i', (percent, count, most) => {
    const within = plan({ desired: people(most), members: members(count) }, { maxInvitations: { percent } });
    expect(within.exceeded).toEqual([]);
    const over = plan({ desired: people(most + 1), members: members(count) }, { maxInvitations: { percent } });
    expect(exceeded(over)).toEqual([
      `\`max_invitations\` allows ${most} (${percent}% of ${count} members), but ${most + 1} would be invited.`,
    ]);
  });

  it('stop the whole plan, and are all reported if they are exceeded', () => {
    const made = manage(
      { self: 'u-m0@x.io', members: members(4), desired: [...people(2), person('m1@x.io', { role: 'viewer' })] },
      { maxInvitations: { count: 1 }, maxRoleChanges: { count: 0 }, maxRemovals: { count: 1 } },
    );
    expect(exceeded(made)).toEqual([
      '`max_invitations` allows 1, but 2 would be invited.',
      '`max_role_changes` allows 0, but 1 would get another role.',
      '`max_removals` allows 1, but 2 would be removed.',
    ]);
    expect(changesToApply(made)).toEqual([]);
  });
});

describe('planPeople, for any situation', () => {
  const emails = fc.constantFrom(
    ...['a', 'b', 'c', 'd', 'e', 'f'].flatMap((name) => [`${name}@x.io`, `${name.toUpperCase()}@x.io`]),
    'g@y.io',
  );
  const role = fc.constantFrom(...roles);
  const desired = fc.array(
    fc.record(
      {
        email: emails,
        login: fc.constantFrom('a', 'b', 'c'),
        role,
        teamRoles: fc.array(role, { maxLength: 2 }),
        origins: fc.constant([]),
      },
      { requiredKeys: ['email', 'teamRoles', 'origins'] },
    ),
    { maxLength: 8 },
  );
  const members = fc.uniqueArray(fc.record({ email: emails, role, deactivated: fc.boolean() }), {
    maxLength: 7,
    selector: ({ email }) => email.toLowerCase(),
  });
  const situations = fc
    .record({
      desired,
      members,
      invitations: fc.array(emails, { maxLength: 4 }),
      self: fc.nat(6),
      excluded: fc.subarray(['a@x.io', 'b@x.io', 'c@x.io', 'g@y.io']).map((list) => new Set(list)),
      doubts: fc.constantFrom<Doubt[]>([], [], [noAddress('octocat')]),
    })
    .map(({ desired, members: rows, invitations, self, excluded, doubts }): Situation => {
      const members = rows.map((row) => member(row.email, row.role, row.deactivated ? { deactivated: true } : {}));
      const id = members[self]?.member.user_id;
      return {
        ...nothing,
        desired,
        members,
        excluded,
        doubts,
        invitations: invitations.map((email) => invitation(email)),
        ...(id ? { self: id } : {}),
      };
    });
  const cap = fc.oneof(fc.record({ count: fc.nat(6) }), fc.record({ percent: fc.nat(100) }));
  const someEmails = fc.subarray(['a@x.io', 'b@x.io', 'c@x.io', 'g@y.io']).map((list) => new Set(list));
  const anyRules = fc.record({
    defaultRole: fc.constantFrom<Role>('member', 'viewer'),
    managesMembers: fc.boolean(),
    allowedDomains: fc.constantFrom([], ['x.io']),
    excludedEmails: fc.constant(new Set<string>()),
    protectedEmails: someEmails,
    reinvite: fc.boolean(),
    maxInvitations: cap,
    maxRoleChanges: cap,
    maxRemovals: cap,
  });

  const check = (property: (situation: Situation, rules: Rules, made: Plan) => void) =>
    fc.assert(
      fc.property(situations, anyRules, (situation, any) => property(situation, any, planPeople(situation, any))),
      { numRuns: 2000 },
    );
  const low = (text: string) => text.toLowerCase();

  /** The organization after the plan is carried out and every invitation is accepted. */
  function applyChanges(situation: Situation, made: Plan): Situation {
    const steps = { ...made, changes: changesToApply(made) };
    const gone = new Set(removals(steps).map(({ memberId }) => memberId));
    const to = new Map(roleChanges(steps).map((change) => [change.memberId, change.to]));
    const stay = situation.members
      .filter(({ member: { id } }) => !gone.has(id))
      .map((row) => ({ ...row, member: { ...row.member, role: to.get(row.member.id) ?? row.member.role } }));
    return { ...situation, members: [...stay, ...invites(steps).map(({ email, role: as }) => member(email, as))] };
  }

  it('does not depend on the order of its inputs', () => {
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

  it('leaves nothing to do once the plan is carried out', () => {
    check((situation, any, made) => {
      // If the last admin was kept, the next run can remove that person, because there is a new admin.
      if (made.exceeded.length > 0 || made.skips.some(({ reason }) => reason.code === 'last-admin')) return;
      const again = planPeople(applyChanges(situation, made), any);
      // A member with another spelling of a wanted address is removed once the wanted person is a member.
      expect(again.changes.filter(({ kind }) => kind !== 'remove')).toEqual([]);
    });
  });

  it('keeps an active admin if there was one', () => {
    check((situation, _any, made) => {
      const admins = ({ members: all }: Situation) =>
        all.filter(({ member: { role: has }, user }) => has === 'admin' && !user.deactivated_at);
      const old = new Set(situation.members.map(({ member: { id } }) => id));
      const left = admins(
        applyChanges(
          { ...situation, desired: [] },
          { ...made, changes: made.changes.filter(({ kind }) => kind !== 'invite') },
        ),
      ).filter(({ member: { id } }) => old.has(id));
      if (admins(situation).length > 0) expect(left.length).toBeGreaterThan(0);
    });
  });

  it('never changes the owner of the key, protected or excluded people', () => {
    check(({ self, members: all, excluded }, any, made) => {
      const mine = all.find(({ member: { user_id } }) => user_id === self)?.member.id;
      for (const { memberId, email } of [...roleChanges(made), ...removals(made)]) {
        expect(memberId).not.toBe(mine);
        expect(any.protectedEmails.has(email) || excluded.has(email)).toBe(false);
      }
      for (const { email } of invites(made)) expect(excluded.has(email)).toBe(false);
    });
  });

  it('never invites a member, a recently invited person, an address outside the domains, or an address twice', () => {
    check((situation, any, made) => {
      const is = new Set(situation.members.map(({ user }) => low(user.email)));
      const invited = new Set(situation.invitations.map(({ email }) => low(email)));
      for (const { email } of invites(made)) {
        expect(is.has(email)).toBe(false);
        if (!any.reinvite) expect(invited.has(email)).toBe(false);
        if (any.allowedDomains.length > 0) expect(email).toMatch(/@x\.io$/);
        expect(situation.desired.some((one) => low(one.email) === email)).toBe(true);
      }
      expect(new Set(invites(made).map(({ email }) => email)).size).toBe(invites(made).length);
    });
  });

  it('makes a person admin only by an explicit role', () => {
    check(({ desired: all }, _any, made) => {
      const promoted = [...invites(made).map(({ email, role: to }) => ({ email, to })), ...roleChanges(made)];
      for (const { email, to } of promoted) {
        if (to !== 'admin') continue;
        const lines = all
          .filter((one) => low(one.email) === email)
          .flatMap((one) => [one.role, ...(one.teamRoles ?? [])]);
        expect(lines).toContain('admin');
      }
    });
  });

  it('respects the caps, or plans no change', () => {
    check(({ members: { length } }, any, made) => {
      const most = (limit: Rules['maxRemovals']) =>
        'count' in limit ? limit.count : Math.max((length * limit.percent) / 100, limit.percent > 0 ? 1 : 0);
      const steps = { ...made, changes: changesToApply(made) };
      expect(invites(steps).length).toBeLessThanOrEqual(most(any.maxInvitations));
      expect(roleChanges(steps).length).toBeLessThanOrEqual(most(any.maxRoleChanges));
      expect(removals(steps).length).toBeLessThanOrEqual(most(any.maxRemovals));
    });
  });

  it('removes no member if there are doubts, if no person is wanted, or in `sync-invitations`', () => {
    check(({ desired: all, doubts }, any, made) => {
      if (doubts.length > 0 || all.length === 0 || !any.managesMembers) expect(removed(made)).toEqual([]);
    });
  });

  it('reports once what happens to each wanted person', () => {
    check((situation, _any, made) => {
      const reported = [...invites(made), ...roleChanges(made), ...made.skips].map(({ email }) => email);
      for (const { email } of situation.desired) expect(reported.filter((one) => one === low(email))).toHaveLength(1);
    });
  });
});

describe('a planned removal', () => {
  const self = 'u-owner@x.io';
  const owner = member('owner@x.io', 'admin');
  const situation: Partial<Situation> = {
    self,
    members: [owner, member('grace.hopper@x.io')],
    desired: [person('owner@x.io', { role: 'admin' })],
  };
  const known = (login: string, isNamed = false) => new Map([['grace.hopper@x.io', { login, isNamed }]]);
  const withheld = (more: Partial<Situation>, change: Partial<Rules> = {}) =>
    removed(manage({ ...situation, ...more }, change)).length === 0;
  const emailOwner = (email: string): Doubt => ({
    code: 'owner',
    owner: { kind: 'email', email },
    why: { code: 'unknown-owner', suggestion: undefined },
    isExcluded: false,
  });
  const team: Doubt = { code: 'team', team: { kind: 'team', org: 'acme', slug: 'a' }, why: { code: 'team-hidden' } };

  it.each<[string, Partial<Situation>, boolean]>([
    ['there is no doubt', {}, false],
    ['a name and the address may belong to anyone', { doubts: [noAddress('octocat')] }, true],
    [
      'the people file says whose the address is',
      { doubts: [noAddress('octocat')], knownLogins: known('ghopper') },
      false,
    ],
    [
      "the name may be a misspelling of the member's login",
      { doubts: [noAddress('ghoper')], knownLogins: known('ghopper') },
      true,
    ],
    [
      "the name may be a misspelling of the member's address",
      { doubts: [noAddress('grace.hoper')], knownLogins: known('g') },
      true,
    ],
    [
      'CODEOWNERS has their own name beside a similar one',
      { doubts: [noAddress('leaver1')], knownLogins: known('leaver2', true) },
      false,
    ],
    [
      'a name may be a team that has them',
      { doubts: [{ ...noAddress('acmeplatform'), mayBeTeam: true } as Doubt], knownLogins: known('ghopper') },
      true,
    ],
    ['an unreadable team may contain the member', { doubts: [team], knownLogins: known('ghopper') }, true],
    ["an unknown address is the member's", { doubts: [emailOwner('grace.hopper@x.io')] }, true],
    ["an unknown address is another person's", { doubts: [emailOwner('docs@x.io')] }, false],
    ['an excluded name may belong to the member', { exclusionDoubts: [noAddress('carl', true)] }, true],
    [
      'an excluded name is not theirs',
      { exclusionDoubts: [noAddress('carl', true)], knownLogins: known('ghopper') },
      false,
    ],
    [
      'an excluded name may be a misspelling of theirs',
      { exclusionDoubts: [noAddress('ghoper', true)], knownLogins: known('ghopper', true) },
      true,
    ],
  ])('is withheld as documented when %s', (_case, more, isWithheld) => {
    expect(withheld(more)).toBe(isWithheld);
  });

  it.each([
    ['grace.hoper@x.io', true],
    ['grace.hopper@x.oi', true],
    ['somebody.else@x.io', false],
  ])('is withheld if %s may be a misspelling of the address: %s', (email, isWithheld) => {
    expect(withheld({}, { protectedEmails: new Set([email]) })).toBe(isWithheld);
    expect(withheld({ excluded: new Set([email]) }, { excludedEmails: new Set([email]) })).toBe(isWithheld);
  });

  it.each([
    ['grace.hopper+neon@x.io', 'grace.hopper@x.io'],
    ['grace.hopper@x.io', 'grace.hopper+neon@x.io'],
    ['grace.hopper@gmail.com', 'gracehopper@googlemail.com'],
    ['grace@x.io', 'gr\u00e1ce@x.io'],
    ['gr\u00c1ce@x.io', 'gr\u00e1ce@x.io'],
    ['bitte@x.io', 'b\u0131tte@x.io'],
    ['grace@bucher.de', 'grace@xn--bcher-kva.de'],
  ])('of %s is withheld if %s is wanted and is not a member', (has, wanted) => {
    const made = manage({
      ...situation,
      members: [owner, member(has)],
      desired: [person('owner@x.io'), person(wanted)],
    });
    expect(removed(made)).toEqual([]);
    expect(invited(made)).toEqual([`${wanted} member`]);
    const later = manage({
      ...situation,
      members: [owner, member(has), member(wanted)],
      desired: [person('owner@x.io'), person(wanted)],
    });
    expect(removed(later)).toEqual([has]);
  });

  it('is not withheld for an internationalized address of another length', () => {
    const named = [person('owner@x.io'), person('gr\u00e1cie@x.io')];
    expect(removed(manage({ ...situation, members: [owner, member('grace@x.io')], desired: named }))).toEqual([
      'grace@x.io',
    ]);
  });

  it('never concerns a member whose address cannot be compared', () => {
    const made = manage({ ...situation, members: [owner, member('"grace hopper"@x.io')] });
    expect(removed(made)).toEqual([]);
    expect(reasons(made)['"grace hopper"@x.io']).toBe('unreadable-address');
  });

  it('recognizes both spellings of an internationalized address', () => {
    const members = [owner, member('grace@bücher.de')];
    const wanted = manage({ ...situation, members, desired: [person('owner@x.io'), person('grace@xn--bcher-kva.de')] });
    expect([removed(wanted), invited(wanted)]).toEqual([[], []]);
    const excluded = new Set(['grace@xn--bcher-kva.de']);
    expect(removed(manage({ ...situation, members, excluded }))).toEqual([]);
    expect(removed(manage({ ...situation, members }))).toEqual(['grace@xn--bcher-kva.de']);
  });
});

describe('while a team with a role cannot be read', () => {
  const interns = { team: { kind: 'team', org: 'acme', slug: 'interns' }, role: 'viewer' } as const;
  const situation: Partial<Situation> = {
    members: [member('root@x.io', 'admin'), member('team@x.io', 'editor'), member('own@x.io', 'viewer')],
    desired: [
      person('root@x.io', { role: 'admin' }),
      person('team@x.io', { teamRoles: ['member'] }),
      person('own@x.io', { role: 'editor' }),
      person('new@x.io'),
    ],
    hiddenRoles: [interns],
  };

  it('people without an explicit role are neither changed nor invited', () => {
    const made = manage({
      ...situation,
      desired: [...(situation.desired ?? []), person('new2@x.io', { role: 'editor' })],
    });
    expect(changed(made)).toEqual(['own@x.io viewer → editor']);
    expect(invited(made)).toEqual(['new2@x.io editor']);
    expect(reasons(made)).toMatchObject({ 'new@x.io': 'role-in-doubt' });
  });

  it('a role is not in doubt if the team has the same role', () => {
    const made = manage({ ...situation, desired: [person('new@x.io', { teamRoles: ['viewer'] })] });
    expect(invited(made)).toEqual(['new@x.io viewer']);
  });

  it('a member who would get the default role keeps the current role', () => {
    const { defaultRole: _, ...withoutDefault } = managing;
    const made = planPeople({ ...nothing, ...situation, desired: [person('own@x.io')] }, withoutDefault);
    expect(changed(made)).toEqual([]);
  });
});

describe('`member` and `editor`', () => {
  it.each([
    ['member', 'editor'],
    ['editor', 'member'],
  ] as const)('are the same role: %s is not changed to %s', (has, wanted) => {
    const made = manage({ members: [member('a@x.io', has)], desired: [person('a@x.io', { role: wanted })] });
    expect(made.changes).toEqual([]);
    expect(reasons(made)).toEqual({ 'a@x.io': 'member' });
  });

  it('are not reported as different roles of two teams', () => {
    const made = plan({ desired: [person('a@x.io', { teamRoles: ['member', 'editor'] })] });
    expect(made.notices).toEqual([]);
  });
});

describe('an invitation as admin', () => {
  const asAdmin = (email: string): Invitation => ({ ...invitation(email), role: 'admin' });
  it.each<[string, Partial<Situation>, boolean]>([
    ['of a person who is not wanted', {}, true],
    ['of a person who is wanted as viewer', { desired: [person('a@x.io', { role: 'viewer' })] }, true],
    ['of a person who is wanted as admin', { desired: [person('a@x.io', { role: 'admin' })] }, false],
    ['of a member', { members: [member('a@x.io')] }, false],
    ['of an excluded person', { excluded: new Set(['a@x.io']) }, false],
  ])('is reported if it may be pending, %s: %s', (_case, situation, isReported) => {
    const made = plan({ invitations: [asAdmin('A@x.io')], ...situation });
    expect(made.notices.map(({ code }) => code)).toEqual(isReported ? ['pending-admin'] : []);
  });
});
