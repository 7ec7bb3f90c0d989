import { describe, expect, it } from 'vitest';
import { teamsToRead } from '../../src/members/roster.ts';
import { prepare } from './named-world.ts';

describe('the teams of CODEOWNERS and the people file', () => {
  it('are read if they own code, are excluded, or have a role', async () => {
    const peopleFile = 'teams: { acme/v: { role: viewer } }';
    const { named } = await prepare({ owners: '@acme/T @a', exclude: ['acme/u'], peopleFile });
    expect([...teamsToRead(named).keys()]).toEqual(['acme/t', 'acme/u', 'acme/v']);
  });
});

describe('rosterOf', () => {
  it('brings a person in once, with every owner that names them', async () => {
    const { roster } = await prepare({ owners: '@acme/t @octo', teams: { 'acme/t': ['octo', 'hubot'] } });
    const origins = [...roster.wanted].map(([login, account]) => [
      login,
      account.origins.map(({ owner }) => owner.kind),
    ]);
    expect(origins).toEqual([
      ['octo', ['team', 'user']],
      ['hubot', ['team']],
    ]);
  });

  it('wants no one who is excluded, by login or by team', async () => {
    const teams = { 'acme/t': ['octo', 'hubot', 'ada'], 'acme/u': ['hubot'] };
    const { roster } = await prepare({ owners: '@acme/t @acme/u', exclude: ['octo', 'acme/u'], teams });
    expect([...roster.wanted.keys()]).toEqual(['ada']);
    expect([...roster.excluded.keys()]).toEqual(['octo', 'hubot']);
  });

  it('gives the role of a team to its members, whichever owner brings them in', async () => {
    const peopleFile = 'teams: { acme/v: { role: viewer } }';
    const teams = { 'acme/v': ['octo', 'ada'] };
    const { roster } = await prepare({ owners: '@octo @hubot', peopleFile, teams });
    expect([...roster.wanted.values()].map(({ teamRoles }) => teamRoles)).toEqual([['viewer'], []]);
  });

  it('knows an app by its login or by its team', async () => {
    const teams = { 'acme/t': [{ login: 'r', id: 1, isBot: true }] };
    const { roster } = await prepare({ owners: '@acme/t @ada', exclude: ['c[bot]', 'dependabot'], teams });
    const bots = [...roster.wanted.values(), ...roster.excluded.values()].filter(({ isBot }) => isBot);
    expect(bots.map(({ login }) => login)).toEqual(['r', 'c[bot]', 'dependabot']);
  });
});
