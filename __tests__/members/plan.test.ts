import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesToApply, type Plan } from '../../src/members/change.ts';
import type { Doubt } from '../../src/members/doubt.ts';
import { planPeople, type Rules, type Situation } from '../../src/members/plan.ts';
import type { Desired } from '../../src/members/resolve.ts';
import { isSameRole, lesserRole, roles } from '../../src/members/roles.ts';
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

describe('invitations', () => {
  it('go to people who are named and not members', () => {
    const made = plan({ desired: [person('b@x.io'), person('a@x.io')], members: [member('b@x.io')] });
    expect(made.changes).toEqual([{ kind: 'invite', email: 'a@x.io', name: '@a', origins: [], role: 'member' }]);
    expect(texts(made)).toEqual(['b@x.io: Already a member (member).']);
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

  it('are not sent again, because a pending invitation looks like that of a person who left', () => {
    const made = plan({ desired: [person('a@x.io')], invitations: [invitation('a@x.io')] });
    expect(invited(made)).toEqual([]);
    expect(texts(made)).toEqual([
      'a@x.io: Invited on 2026-11-01 and not a member: the invitation is pending, or the person has left. `reinvite: true` invites again.',
    ]);
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
    expect(texts(made).map((text) => text.includes('It is less than a day old.'))).toEqual([true, true]);
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
      'that of a line, also when another entry has the same address',
      [{}, { role: 'admin' }, { teamRoles: ['viewer'] }],
      'admin',
    ],
  ])('with the role: %s', (_case, entries, role) => {
    expect(plan({ desired: entries.map((entry) => person('a@x.io', entry)) }).changes).toMatchObject([{ role }]);
  });

  it('say so when two teams disagree about a role', () => {
    const made = plan({
      desired: [
        person('a@x.io', { teamRoles: ['admin', 'member'] }),
        person('b@x.io', { teamRoles: ['admin', 'admin'] }),
      ],
    });
    expect(notices(made)).toEqual([
      '@a has several roles: admin and member. The one that permits least counts: member.',
    ]);
  });

  it('of two logins with one address are one', () => {
    const made = plan({ desired: [person('a@x.io', { login: 'b' }), person('a@x.io', { login: 'a' })] });
    expect(invites(made)).toMatchObject([{ email: 'a@x.io', name: '@a @b', role: 'member' }]);
  });

  it.each([
    ['a@x.io', false],
    ['a@X.IO', false],
    ['a@sub.x.io', true],
    ['a@evilx.io', true],
    ['a@x.io.evil.com', true],
  ])('stay inside `allowed_domains`: %s is refused: %s', (email, refused) => {
    const made = plan({ desired: [person(email)] }, { allowedDomains: ['x.io'] });
    expect(invites(made)).toHaveLength(refused ? 0 : 1);
    if (refused) expect(reasons(made)).toEqual({ [email]: 'domain' });
  });

  it('skip people who are excluded or outside the domains, and say so', () => {
    const desired = [person('b@y.io'), person('A@x.io')];
    const made = plan({ desired, excluded: new Set(['a@x.io']) }, { allowedDomains: ['x.io'] });
    expect(texts(made)).toEqual(['a@x.io: Excluded.', 'b@y.io: y.io is not in `allowed_domains`.']);
  });

  it('show members whose account is deactivated', () => {
    const made = plan({ desired: [person('a@x.io')], members: [member('a@x.io', 'member', { deactivated: true })] });
    expect(texts(made)).toEqual(['a@x.io: The account was deactivated on 2026-01-02.']);
  });

  it('touch no member', () => {
    const made = plan(
      { desired: [person('a@x.io', { role: 'admin' })], members: [member('a@x.io'), member('b@x.io')] },
      { maxRemovals: { count: 5 } },
    );
    expect(made.changes).toEqual([]);
  });
});

it('reports a protected address that is not a member’s, because it may be misspelled', () => {
  const protectedEmails = new Set(['a@x.io', 'z@x.io']);
  const situation = { members: [member('A@x.io', 'admin')], desired: [person('a@x.io', { role: 'admin' })] };
  expect(notices(manage(situation, { protectedEmails }))).toEqual([
    'z@x.io in `protected_emails` is not the address of a member or owner. Check the spelling.',
  ]);
});

describe('without a role for everybody', () => {
  const { defaultRole: _, ...unsaid } = managing;
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

  it('members without an explicit role keep theirs, and people who are invited become members', () => {
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

  it('stay while a name that is not settled may be theirs, and the plan says which', () => {
    const situation = { self, members: [me, member('a@x.io')], desired: [person('b@x.io')] };
    const line: Doubt = { code: 'invalid-line', line: { line: 3, code: 'negation', file: ownFile } };
    const made = manage({ ...situation, doubts: [noAddress('octocat'), line] });
    expect(removed(made)).toEqual([]);
    expect(texts(made)).toContain(
      'a@x.io: The removal is withheld until this is settled: @octocat, line 3 of CODEOWNERS.',
    );
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
        excluded: new Set(['e@x.io']),
      },
      { protectedEmails: new Set(['p@x.io']), allowedDomains: ['x.io'] },
    );
    expect(texts(made)).toEqual([
      'd@x.io: The account was deactivated on 2026-01-02.',
      'e@x.io: Excluded.',
      'me@x.io: Owns the key in use. Not named in the files, and not removed.',
      'o@y.io: y.io is not in `allowed_domains`.',
      'p@x.io: In `protected_emails`. The role viewer is asked for, and not set.',
    ]);
    expect(made.skips.map(({ name }) => name)).toEqual(['@d', 'e@x.io', 'me@x.io', '@o', '@p']);
    const alone = manage({ members: [member('a@x.io')] }, { maxRemovals: { count: 0 } });
    expect(texts(alone)[0]).toBe('a@x.io: Not named in the files. Nobody is removed, because `max_removals` is 0.');
    const last = manage({ members: [member('a@x.io', 'admin')], desired: [person('b@x.io')] });
    expect(texts(last)[0]).toBe('a@x.io: The last active admin is never removed or demoted.');
    const nobody = manage({ self, members: [me, member('a@x.io')] });
    expect(texts(nobody)[0]).toBe('a@x.io: The removal is withheld until this is settled: no names at all.');
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
    expect([changed(made), removed(made)]).toEqual([[], []]);
    expect(reasons(made)).toMatchObject({ 'a@y.io': 'domain' });
  });
});

describe('caps', () => {
  const people = (count: number) => Array.from({ length: count }, (_, i) => person(`p${i}@x.io`));
  const members = (count: number) => Array.from({ length: count }, (_, i) => member(`m${i}@x.io`));

  it('let through as many as they say, and stop the whole plan at one more', () => {
    expect(changesToApply(plan({ desired: people(25) }))).toHaveLength(25);
    const made = plan({ desired: people(26) });
    expect(exceeded(made)).toEqual(['`max_invitations` allows 25, and 26 would be invited.']);
    expect(changesToApply(made)).toEqual([]);
    expect(invites(made)).toHaveLength(26);
  });

  it.each([
    [20, 57, 11],
    [100, 3, 3],
    [20, 4, 1],
    [10, 9, 1],
    [0, 9, 0],
  ])('as a share: %i %% of %i members is %i', (percent, count, most) => {
    const within = plan({ desired: people(most), members: members(count) }, { maxInvitations: { percent } });
    expect(within.exceeded).toEqual([]);
    const over = plan({ desired: people(most + 1), members: members(count) }, { maxInvitations: { percent } });
    expect(exceeded(over)).toEqual([
      `\`max_invitations\` allows ${most} (${percent}% of ${count} members), and ${most + 1} would be invited.`,
    ]);
  });

  it('each stops everything, and all that are exceeded are reported', () => {
    const made = manage(
      { self: 'u-m0@x.io', members: members(4), desired: [...people(2), person('m1@x.io', { role: 'viewer' })] },
      { maxInvitations: { count: 1 }, maxRoleChanges: { count: 0 }, maxRemovals: { count: 1 } },
    );
    expect(exceeded(made)).toEqual([
      '`max_invitations` allows 1, and 2 would be invited.',
      '`max_role_changes` allows 0, and 1 would get another role.',
      '`max_removals` allows 1, and 2 would be removed.',
    ]);
    expect(changesToApply(made)).toEqual([]);
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

  /** What the organization is after the steps, with every invitation accepted. */
  function carryOut(situation: Situation, made: Plan): Situation {
    const steps = { ...made, changes: changesToApply(made) };
    const gone = new Set(removals(steps).map(({ memberId }) => memberId));
    const to = new Map(roleChanges(steps).map((change) => [change.memberId, change.to]));
    const stay = situation.members
      .filter(({ member: { id } }) => !gone.has(id))
      .map((row) => ({ ...row, member: { ...row.member, role: to.get(row.member.id) ?? row.member.role } }));
    return { ...situation, members: [...stay, ...invites(steps).map(({ email, role: as }) => member(email, as))] };
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
      if (made.exceeded.length > 0 || made.skips.some(({ reason }) => reason.code === 'last-admin')) return;
      const again = planPeople(carryOut(situation, made), any);
      // A member under another spelling is removed once the wanted one is in.
      expect(again.changes.filter(({ kind }) => kind !== 'remove')).toEqual([]);
    });
  });

  it('leaves an active admin, if there was one', () => {
    check((situation, _any, made) => {
      const admins = ({ members: all }: Situation) =>
        all.filter(({ member: { role: has }, user }) => has === 'admin' && !user.deactivated_at);
      const old = new Set(situation.members.map(({ member: { id } }) => id));
      const left = admins(
        carryOut(
          { ...situation, desired: [] },
          { ...made, changes: made.changes.filter(({ kind }) => kind !== 'invite') },
        ),
      ).filter(({ member: { id } }) => old.has(id));
      if (admins(situation).length > 0) expect(left.length).toBeGreaterThan(0);
    });
  });

  it('never touches the owner of the key, protected or excluded people', () => {
    check(({ self, members: all, excluded }, any, made) => {
      const mine = all.find(({ member: { user_id } }) => user_id === self)?.member.id;
      for (const { memberId, email } of [...roleChanges(made), ...removals(made)]) {
        expect(memberId).not.toBe(mine);
        expect(any.protectedEmails.has(email) || excluded.has(email)).toBe(false);
      }
      for (const { email } of invites(made)) expect(excluded.has(email)).toBe(false);
    });
  });

  it('invites nobody who is a member, was just invited or is outside the domains, and nobody twice', () => {
    check((situation, any, made) => {
      const is = new Set(situation.members.map(({ user }) => low(user.email)));
      const asked = new Set(situation.invitations.map(({ email }) => low(email)));
      for (const { email } of invites(made)) {
        expect(is.has(email)).toBe(false);
        if (!any.reinvite) expect(asked.has(email)).toBe(false);
        if (any.allowedDomains.length > 0) expect(email).toMatch(/@x\.io$/);
        expect(situation.desired.some((one) => low(one.email) === email)).toBe(true);
      }
      expect(new Set(invites(made).map(({ email }) => email)).size).toBe(invites(made).length);
    });
  });

  it('makes admins only where a line says so', () => {
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

  it('holds its caps, whole or not at all', () => {
    check(({ members: { length } }, any, made) => {
      const most = (limit: Rules['maxRemovals']) =>
        'count' in limit ? limit.count : Math.max((length * limit.percent) / 100, limit.percent > 0 ? 1 : 0);
      const steps = { ...made, changes: changesToApply(made) };
      expect(invites(steps).length).toBeLessThanOrEqual(most(any.maxInvitations));
      expect(roleChanges(steps).length).toBeLessThanOrEqual(most(any.maxRoleChanges));
      expect(removals(steps).length).toBeLessThanOrEqual(most(any.maxRemovals));
    });
  });

  it('removes nobody when it is not sure, nor when nobody is asked for, nor in `sync-invitations`', () => {
    check(({ desired: all, doubts }, any, made) => {
      if (doubts.length > 0 || all.length === 0 || !any.managesMembers) expect(removed(made)).toEqual([]);
    });
  });

  it('says of everybody who is asked for what happens to them, once', () => {
    check((situation, _any, made) => {
      const reported = [...invites(made), ...roleChanges(made), ...made.skips].map(({ email }) => email);
      for (const { email } of situation.desired) expect(reported.filter((one) => one === low(email))).toHaveLength(1);
    });
  });
});

describe('roles', () => {
  it('the lesser one is the same from both sides, and never more than either', () => {
    for (const a of roles)
      for (const b of roles) {
        expect(isSameRole(lesserRole(a, b), lesserRole(b, a))).toBe(true);
        expect(roles.indexOf(lesserRole(a, b))).toBe(Math.max(roles.indexOf(a), roles.indexOf(b)));
      }
  });
});

describe('a removal', () => {
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
    ['nothing is in doubt', {}, false],
    ['a name may be anybody’s, and so may the address', { doubts: [noAddress('octocat')] }, true],
    [
      'the people file says whose the address is',
      { doubts: [noAddress('octocat')], knownLogins: known('ghopper') },
      false,
    ],
    ['the name may be a misspelling of theirs', { doubts: [noAddress('ghoper')], knownLogins: known('ghopper') }, true],
    ['the name may be meant for their address', { doubts: [noAddress('grace.hoper')], knownLogins: known('g') }, true],
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
    ['a team may have them', { doubts: [team], knownLogins: known('ghopper') }, true],
    ['an unknown address is their own', { doubts: [emailOwner('grace.hopper@x.io')] }, true],
    ['an unknown address is another one', { doubts: [emailOwner('docs@x.io')] }, false],
    ['an excluded name may be theirs', { exclusionDoubts: [noAddress('carl', true)] }, true],
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
  ])('when %s', (_case, more, isWithheld) => {
    expect(withheld(more)).toBe(isWithheld);
  });

  it.each([
    ['grace.hoper@x.io', true],
    ['grace.hopper@x.oi', true],
    ['somebody.else@x.io', false],
  ])('is withheld while %s in a list may be a misspelling of the address: %s', (email, isWithheld) => {
    expect(withheld({}, { protectedEmails: new Set([email]) })).toBe(isWithheld);
    expect(withheld({ excluded: new Set([email]) }, { excludedEmails: new Set([email]) })).toBe(isWithheld);
  });

  it.each([
    ['grace.hopper+neon@x.io', 'grace.hopper@x.io'],
    ['grace.hopper@x.io', 'grace.hopper+neon@x.io'],
    ['grace.hopper@gmail.com', 'gracehopper@googlemail.com'],
  ])('of %s is withheld while %s is wanted and not in', (has, wanted) => {
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

  it('never happens to a member whose address cannot be compared', () => {
    const made = manage({ ...situation, members: [owner, member('"grace hopper"@x.io')] });
    expect(removed(made)).toEqual([]);
    expect(reasons(made)['"grace hopper"@x.io']).toBe('unreadable-address');
  });

  it('knows an internationalized address in both of its spellings', () => {
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

  it('people without a role of their own are neither changed nor invited', () => {
    const made = manage({
      ...situation,
      desired: [...(situation.desired ?? []), person('new2@x.io', { role: 'editor' })],
    });
    expect(changed(made)).toEqual(['own@x.io viewer → editor']);
    expect(invited(made)).toEqual(['new2@x.io editor']);
    expect(reasons(made)).toMatchObject({ 'new@x.io': 'role-in-doubt' });
  });

  it('a role that the team could only repeat is not in doubt', () => {
    const made = manage({ ...situation, desired: [person('new@x.io', { teamRoles: ['viewer'] })] });
    expect(invited(made)).toEqual(['new@x.io viewer']);
  });

  it('a member who would get the default role keeps theirs', () => {
    const { defaultRole: _, ...unsaid } = managing;
    const made = planPeople({ ...nothing, ...situation, desired: [person('own@x.io')] }, unsaid);
    expect(changed(made)).toEqual([]);
  });
});

describe('`member` and `editor`', () => {
  it.each([
    ['member', 'editor'],
    ['editor', 'member'],
  ] as const)('are one role: %s is not changed to %s', (has, asked) => {
    const made = manage({ members: [member('a@x.io', has)], desired: [person('a@x.io', { role: asked })] });
    expect(made.changes).toEqual([]);
    expect(reasons(made)).toEqual({ 'a@x.io': 'member' });
  });

  it('do not differ between two teams', () => {
    const made = plan({ desired: [person('a@x.io', { teamRoles: ['member', 'editor'] })] });
    expect(made.notices).toEqual([]);
  });
});

describe('an invitation as admin', () => {
  const asAdmin = (email: string): Invitation => ({ ...invitation(email), role: 'admin' });
  it.each<[string, Partial<Situation>, boolean]>([
    ['of somebody who is not named', {}, true],
    ['of somebody who is to be a viewer', { desired: [person('a@x.io', { role: 'viewer' })] }, true],
    ['of somebody who is to be admin', { desired: [person('a@x.io', { role: 'admin' })] }, false],
    ['of somebody who is a member', { members: [member('a@x.io')] }, false],
    ['of somebody who is excluded', { excluded: new Set(['a@x.io']) }, false],
  ])('%s is reported while it may be pending: %s', (_case, situation, isReported) => {
    const made = plan({ invitations: [asAdmin('A@x.io')], ...situation });
    expect(made.notices.map(({ code }) => code)).toEqual(isReported ? ['pending-admin'] : []);
  });
});
