import { describe, expect, it } from 'vitest';
import { identitySources } from '../../src/members/address-book.ts';
import { parseCodeowners } from '../../src/members/codeowners.ts';
import { type IdentifyOptions, identify, loginsToLookUp } from '../../src/members/identify.ts';
import { type Owner, parseEntry } from '../../src/members/owner.ts';
import { parsePeopleFile } from '../../src/members/people-file.ts';
import { uniteOwners } from '../../src/members/read-codeowners.ts';
import { doubtName } from '../../src/members/sentences.ts';
import type { Sources } from '../../src/members/sources.ts';
import { emptyGitHub, fakeGitHub } from './fake-github.ts';
import { prepare, type World } from './named-world.ts';
import { ownFile } from './sync-world.ts';

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

describe('identify', () => {
  const identifyWith = async (exclude: string[], apps: string[] = []) => {
    const fake = fakeGitHub({ ...emptyGitHub, users: [{ login: 'ada', id: 1 }] }).github;
    const lookedUp: string[] = [];
    const send = (route: string, parameters: { username: string }) => {
      if (route !== 'GET /users/{username}') return fake.request(route, parameters);
      const name = parameters.username;
      lookedUp.push(name);
      return apps.includes(name) ? { data: { type: 'Bot' } } : fake.request(route, parameters);
    };
    const request = async (...sent: [string, { username: string }]) => send(...sent);
    const github = { ...fake, request } as unknown as typeof fake;
    const people = await parsePeopleFile('people: { ada: ada@x.io, linus: linus@x.io }', 'f');
    const codeowners = uniteOwners([{ file: ownFile, codeowners: parseCodeowners('* @ada') }]);
    const options = {
      identitySources: ['people-file'],
      allowedDomains: [],
      exclude: exclude.map((text) => parseEntry(text) as Owner),
      managesMembers: true,
      mayRemove: true,
    } satisfies IdentifyOptions;
    const identities = await identify(options, { codeowners, people, at: ownFile } as unknown as Sources, github);
    return { doubts: identities.exclusionDoubts.map(doubtName), lookedUp };
  };

  it('is not in doubt about an excluded login that is an app', async () => {
    expect(await identifyWith(['deploy'], ['deploy[bot]'])).toEqual({ doubts: [], lookedUp: ['deploy[bot]'] });
  });

  it('is in doubt about an excluded login that is neither an app nor an account', async () => {
    expect(await identifyWith(['deploy'])).toEqual({ doubts: ['@deploy'], lookedUp: ['deploy[bot]'] });
  });

  it('looks up no app for a login that is an account, is in the people file, or is known as a bot', async () => {
    expect((await identifyWith(['ada', 'linus', 'dependabot', 'ci[bot]'])).lookedUp).toEqual([]);
  });
});
