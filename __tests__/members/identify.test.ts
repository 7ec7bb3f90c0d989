import { describe, expect, it } from 'vitest';
import { identitySources } from '../../src/members/address-book.ts';
import { loginsToLookUp } from '../../src/members/identify.ts';
import { prepare, type World } from './named-world.ts';

const all = [...identitySources];
const file = 'people:\n  octo: octo@x.io\n  hubot: { email: hubot@x.io, role: admin, github_id: 7 }\n';

describe('the logins to look up', () => {
  const loginsOf = async (world: World, mayRemove = false) => {
    const { named, roster } = await prepare(world);
    return loginsToLookUp(named, roster, mayRemove);
  };

  it.each<[string, World, string[]]>([
    ['leave out people with an address in the people file', { owners: '@octo', peopleFile: file, sources: all }, []],
    [
      'leave out everyone if there is no other source and no ID',
      { owners: '@octo @a', peopleFile: 'people: { octo: octo@x.io }' },
      [],
    ],
    ['include people with a pinned ID', { owners: '@octo @hubot', peopleFile: file }, ['hubot']],
    ['include unknown logins, which may be renamed', { owners: '@octo @a', peopleFile: file }, ['a']],
    [
      'leave out people whose ID a team has shown',
      { owners: '@acme/t', teams: { 'acme/t': ['hubot', 'a'] }, peopleFile: file },
      [],
    ],
    ['include everyone else', { owners: '@b @octo @a @B', peopleFile: file, sources: all }, ['a', 'b']],
    [
      'leave out apps',
      { owners: '@acme/t', teams: { 'acme/t': [{ login: 'r', id: 1, isBot: true }] }, sources: all },
      [],
    ],
    ['leave out addresses', { owners: 'a@x.io', sources: all }, []],
  ])('%s', async (_case, world, logins) => {
    expect(await loginsOf(world)).toEqual(logins);
  });

  it('include excluded people, but not apps', async () => {
    expect(await loginsOf({ owners: '@a @b', exclude: ['b', 'c[bot]', 'dependabot'], sources: all })).toEqual([
      'a',
      'b',
    ]);
    expect(
      await loginsOf({ owners: '@a', exclude: ['b', 'octo'], peopleFile: file, sources: ['people-file'] }),
    ).toEqual(['a', 'b']);
  });

  it('include unused logins of the people file if members may be removed', async () => {
    const world: World = { owners: '@a', peopleFile: 'people: { a: a@x.io, octo: octo@x.io }' };
    expect([await loginsOf(world), await loginsOf(world, true)]).toEqual([[], ['octo']]);
  });
});
