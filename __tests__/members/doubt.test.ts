import { describe, expect, it } from 'vitest';
import { type Doubt, indexDoubts, type Known, mailboxesOf, mayConcern, sameMailbox } from '../../src/members/doubt.ts';
import type { Owner } from '../../src/members/owner.ts';
import { ownFile } from './sync-world.ts';

const user = (login: string): Owner => ({ kind: 'user', login });
const team: Owner = { kind: 'team', org: 'acme', slug: 'platform' };
const owner = (of: Owner, more: { isExcluded?: boolean; mayBeTeam?: boolean } = {}): Doubt => ({
  ...{ code: 'owner', owner: of, why: { code: 'not-listed' }, isExcluded: false },
  ...more,
});
const unknown: Known = { email: 'linus@x.io' };
const linus: Known = { email: 'linus@x.io', login: 'linus' };
const named: Known = { ...linus, isNamed: true };

describe('mayConcern', () => {
  it.each<[boolean, string, Doubt, Known]>([
    [true, 'an owner, and the account of the member is unknown', owner(user('octo')), unknown],
    [false, 'an owner with another login', owner(user('octo')), linus],
    [true, 'an owner whose login has two letters swapped', owner(user('linsu')), linus],
    [false, 'an owner whose login has three typos', owner(user('lnxx')), linus],
    [true, 'an owner whose login is similar to the address only', owner(user('linux')), { ...linus, login: 'tv' }],
    [false, 'a similar login, and CODEOWNERS names the member exactly', owner(user('linux')), named],
    [true, 'a similar excluded login', owner(user('linux'), { isExcluded: true }), named],
    [true, 'an app whose name is similar', owner(user('linux[bot]')), linus],
    [true, 'a login that may be a team', owner(user('octo'), { mayBeTeam: true }), named],
    [true, 'a similar address', owner({ kind: 'email', email: 'linux@x.io' }), named],
    [false, 'another address, even if the account is unknown', owner({ kind: 'email', email: 'octo@x.io' }), unknown],
    [true, 'an entry that matches no one and is similar', entry(user('linux')), named],
    [false, 'an entry that matches no one and is not similar', entry(user('octo')), unknown],
    [false, 'a team that matches no one', entry(team), unknown],
    [true, 'another spelling of the address', same('linus@x.io'), named],
    [false, 'another spelling of another address', same('octo@x.io'), unknown],
    [true, 'an invalid line', { code: 'invalid-line', line: { file: ownFile, line: 1 } as never }, named],
    [true, 'a source that cannot be used', { code: 'source', source: 'saml', why: 'refused' as never }, named],
    [true, 'a list that names no one', { code: 'no-one-named' }, named],
  ])('returns %s for %s', (expected, _what, doubt, known) => {
    expect(mayConcern(doubt, known)).toBe(expected);
    const { shared, own } = indexDoubts([doubt])(known);
    expect([...shared, ...own]).toEqual(expected ? [doubt] : []);
  });

  it('shares one list of doubts among all people whose accounts are unknown', () => {
    const all = [owner(user('octo')), owner(user('linux')), owner({ kind: 'email', email: 'linux@x.io' }), entry(team)];
    const find = indexDoubts(all);
    const one = find(unknown);
    const other = find({ email: 'octo@x.io' });
    expect(one.shared).toEqual(all.slice(0, 2));
    expect(one.own).toEqual([all[2]]);
    expect(other.shared).toBe(one.shared);
  });

  function entry(of: Owner): Doubt {
    return { code: 'unmatched', entry: of, list: 'exclude' };
  }

  function same(email: string): Doubt {
    return { code: 'same-mailbox', email, wanted: 'other@x.io' };
  }
});

describe('sameMailbox', () => {
  const find = (email: string, wanted: string[]) =>
    sameMailbox(email, mailboxesOf(wanted)).map((doubt) => doubt.code === 'same-mailbox' && doubt.wanted);

  it.each([
    ['linus@x.io', 'linus+neon@x.io'],
    ['l.inus@gmail.com', 'linus@googlemail.com'],
    ['jose@x.io', 'josé@x.io'],
    ['josé@x.io', 'jose@x.io'],
  ])('finds for %s the wanted address %s', (email, wanted) => {
    expect(find(email, ['octo@x.io', wanted])).toEqual([wanted]);
  });

  it.each([
    ['jose@x.io', 'josef@x.io'],
    ['l.inus@x.io', 'linus@x.io'],
    ['linus@x.io', 'linus@y.io'],
  ])('finds nothing for %s, although %s is wanted', (email, wanted) => {
    expect(find(email, [wanted])).toEqual([]);
  });
});
