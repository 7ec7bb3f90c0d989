import { describe, expect, it } from 'vitest';
import type { Owner } from '../../src/members/owner.ts';
import { mergeDesired } from '../../src/members/person.ts';
import type { Desired } from '../../src/members/resolve.ts';
import type { Role } from '../../src/neon/endpoints.ts';
import { ownFile } from './sync-world.ts';

const octo: Owner = { kind: 'user', login: 'octo' };
const team = { kind: 'team', org: 'acme', slug: 'platform' } as const;
const origin = (owner: Owner) => ({ owner, places: [{ file: ownFile, line: 1 }] }) as Desired['origins'][number];
const wanted = (more: Partial<Desired> = {}): Desired => ({ email: 'octo@x.io', teamRoles: [], origins: [], ...more });
const hidden = (role: Role) => ({ team, role }) as never;

function merge(desired: Desired[], hiddenRoles: never[] = [], defaultRole: Role = 'member') {
  const { byEmail, notices } = mergeDesired(desired, defaultRole, hiddenRoles);
  return { people: [...byEmail.values()], notices };
}

describe('mergeDesired', () => {
  it('returns one person for two spellings of an address, in the order of the addresses', () => {
    const { people } = merge([
      wanted({ email: 'z@x.io' }),
      wanted({ email: 'a@bücher.de', login: 'b' }),
      wanted({ email: 'a@xn--bcher-kva.de', login: 'a' }),
    ]);
    expect(people.map(({ name, login }) => [name, login])).toEqual([
      ['@a @b', 'b'],
      ['z@x.io', undefined],
    ]);
  });

  it.each<[Role, string, Partial<Desired>]>([
    ['member', 'the default role', {}],
    ['admin', 'their own role, even if it is higher than that of a team', { role: 'admin', teamRoles: ['viewer'] }],
    ['viewer', 'the lesser of two team roles', { teamRoles: ['editor', 'viewer'] }],
  ])('gives the role %s to a person with %s', (role, _what, more) => {
    const { people } = merge([wanted(more)]);
    expect(people.map((person) => [person.role, person.isStated])).toEqual([[role, Object.keys(more).length > 0]]);
  });

  it('reports different roles of teams once, with the role that applies', () => {
    const { notices } = merge([wanted({ login: 'octo', teamRoles: ['editor', 'viewer', 'editor'] })]);
    expect(notices).toMatchObject([{ code: 'roles-differ', name: '@octo', role: 'viewer' }]);
    expect(merge([wanted({ teamRoles: ['editor', 'member'] })]).notices).toEqual([]);
  });

  it('returns the role of an unreadable team only if it would change the role of the person', () => {
    const rolesOf = (desired: Partial<Desired>, role: Role) =>
      merge([wanted(desired)], [hidden(role)]).people[0]?.hiddenRoles.length;
    expect(rolesOf({}, 'viewer')).toBe(1);
    expect(rolesOf({}, 'editor')).toBe(0);
    expect(rolesOf({ teamRoles: ['viewer'] }, 'editor')).toBe(0);
    expect(rolesOf({ role: 'admin' }, 'viewer')).toBe(0);
  });

  it('lists each owner that names the person once', () => {
    const { people } = merge([wanted({ origins: [origin(octo), origin(team)] }), wanted({ origins: [origin(octo)] })]);
    expect(people[0]?.origins.map(({ owner }) => owner)).toEqual([octo, team]);
  });
});
