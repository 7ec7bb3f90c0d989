// What the files and the inputs name, from short texts.
import type { GitHubAccount, GitHubAccounts } from '../../src/github/identities.ts';
import type { TeamMember, TeamRead } from '../../src/github/teams.ts';
import type { IdentitySource } from '../../src/members/address-book.ts';
import { parseCodeowners } from '../../src/members/codeowners.ts';
import { namedIn } from '../../src/members/identify.ts';
import { type Owner, ownerName, parseEntry } from '../../src/members/owner.ts';
import { parsePeopleFile } from '../../src/members/people-file.ts';
import { uniteOwners } from '../../src/members/read-codeowners.ts';
import { rosterOf } from '../../src/members/roster.ts';
import { ownFile } from './sync-world.ts';

export interface World {
  owners: string;
  peopleFile?: string;
  exclude?: string[];
  sources?: IdentitySource[];
  /** `hidden` or `empty`: as GitHub shows it. */
  teams?: Record<string, (TeamMember | string)[] | 'hidden' | 'empty'>;
  apps?: string[];
  /** Owners that GitHub calls unknown. */
  unknown?: string[];
  accounts?: Record<string, Partial<GitHubAccount>>;
  unusable?: GitHubAccounts['unusable'];
  domains?: string[];
}

/** What a world names, and its roster. */
export async function prepare(world: World) {
  const { owners, peopleFile = '', exclude = [], sources = ['people-file'], teams = {}, unknown = [] } = world;
  const people = await parsePeopleFile(peopleFile, 'f');
  const { owners: written, ...rest } = uniteOwners([{ file: ownFile, codeowners: parseCodeowners(`* ${owners}`) }]);
  const codeowners = {
    ...rest,
    owners: written.filter(({ owner }) => !unknown.includes(ownerName(owner))),
    unknown: unknown.map((name) => ({ owner: parseEntry(name) as Owner, places: [{ file: ownFile, line: 1 }] })),
  };
  const excluded = exclude.map((text) => parseEntry(text) as Owner);
  const named = namedIn({ codeowners, people }, { exclude: excluded, identitySources: sources });
  const read = new Map(Object.entries(teams).map(([team, members]) => [team, teamOf(members)]));
  return { named, roster: rosterOf(named, read) };
}

function teamOf(members: NonNullable<World['teams']>[string]): TeamRead {
  if (typeof members === 'string') return { state: members, members: [] };
  return {
    state: 'read',
    members: members.map((one) => (typeof one === 'string' ? { login: one, id: one.length, isBot: false } : one)),
  };
}
