import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withheldRemovals } from '../../src/members/change.ts';
import { releasesOf } from '../../src/members/tables.ts';
import type { MemberWithUser, Role } from '../../src/neon/endpoints.ts';
import type { FakeGitHubState } from './fake-github.ts';
import { changesOf, codeowners, peopleFile, row, sync } from './sync-world.ts';

/** Names that are not misspellings of each other. */
const names = ['adelaide', 'bartholomew', 'clementine', 'dominic', 'evangeline', 'frederick', 'guinevere', 'harrison'];
const emailOf = (name: string) => `${name}@x.io`;

interface Person {
  name: string;
  namedBy: 'login' | 'address' | 'platform' | 'include' | 'nothing';
  /** Whether the people file has the address; else the verified domain has it. */
  isListed: boolean;
  ownRole: Role | undefined;
  isIntern: boolean;
  excludedBy: 'login' | 'address' | 'team' | undefined;
  isProtected: boolean;
  neonRole: Role | undefined;
}

interface Organization {
  people: Person[];
  /** The role of the team `interns`, if it has one. */
  internRole: Role | undefined;
  defaultRole: Role | undefined;
}

const person = (name: string): fc.Arbitrary<Person> =>
  fc.record({
    name: fc.constant(name),
    namedBy: fc.constantFrom('login', 'login', 'address', 'platform', 'include', 'nothing', 'nothing'),
    isListed: fc.boolean(),
    ownRole: fc.constantFrom<(Role | undefined)[]>(undefined, undefined, 'admin', 'viewer', 'editor'),
    isIntern: fc.boolean(),
    excludedBy: fc.constantFrom(undefined, undefined, undefined, undefined, 'login', 'address', 'team'),
    isProtected: fc.boolean().chain((maybe) => fc.boolean().map((sure) => maybe && sure)),
    neonRole: fc.constantFrom<(Role | undefined)[]>(undefined, 'admin', 'member', 'viewer', 'editor'),
  });

const organizations: fc.Arbitrary<Organization> = fc.record({
  people: fc.tuple(...names.map(person)),
  internRole: fc.constantFrom<(Role | undefined)[]>(undefined, 'viewer', 'editor'),
  defaultRole: fc.constantFrom<(Role | undefined)[]>(undefined, 'member', 'viewer'),
});

/** The default branch's files and the inputs, as lines that a fault can spoil. */
interface Written {
  owners: string[];
  people: string[];
  teams: string[];
  exclude: string[];
  include: string[];
  protectedEmails: string[];
}

function write({ people, internRole }: Organization): Written {
  const by = (kind: Person['namedBy']) => people.filter(({ namedBy }) => namedBy === kind).map(({ name }) => name);
  const out = (kind: Person['excludedBy']) =>
    people.filter(({ excludedBy }) => excludedBy === kind).map(({ name }) => name);
  const isNamed = ({ excludedBy, namedBy }: Person) => !(excludedBy !== undefined && namedBy === 'include');
  return {
    owners: ['root', ...by('login')].map((name) => `@${name}`).concat('@acme/platform', by('address').map(emailOf)),
    people: [
      'root: { email: root@x.io, role: admin }',
      ...people
        .filter(({ isListed }) => isListed)
        .map(({ name, ownRole }) => `${name}: { email: ${emailOf(name)}${ownRole ? `, role: ${ownRole}` : ''} }`),
    ],
    teams: internRole ? [`acme/interns: { role: ${internRole} }`] : [],
    exclude: [...out('login'), ...out('address').map(emailOf), 'acme/contractors', 'dependabot'],
    include: people.filter((one) => one.namedBy === 'include' && isNamed(one)).map(({ name }) => name),
    protectedEmails: people.filter(({ isProtected }) => isProtected).map(({ name }) => emailOf(name)),
  };
}

function filesOf({ owners, people, teams, exclude, include }: Written): Record<string, string> {
  const map = (name: string, lines: string[]) => [`${name}:`, ...lines.map((line) => `  ${line}`)];
  const list = (name: string, lines: string[]) =>
    lines.length > 0
      ? map(
          name,
          lines.map((line) => `- ${line}`),
        )
      : [];
  const text = [
    ...map('people', people),
    ...(teams.length > 0 ? map('teams', teams) : []),
    ...list('exclude', exclude),
    ...list('include', include),
  ];
  return { [codeowners]: owners.map((owner, i) => `/path-${i} ${owner}\n`).join(''), [peopleFile]: text.join('\n') };
}

function githubOf({ people }: Organization, written: Written): FakeGitHubState {
  const inTeam = (is: (one: Person) => boolean) => people.filter(is).map(({ name }) => name);
  // More apps than a page holds, so that the people are on the second one.
  const apps = Array.from({ length: 100 }, (_, i) => `app-${i}[bot]`);
  return {
    files: filesOf(written),
    users: ['root', ...names].map((login, i) => {
      const isListed = people.find(({ name }) => name === login)?.isListed;
      return {
        login,
        id: i + 1,
        email: emailOf(login),
        ...(isListed === false ? { verified: emailOf(login), saml: emailOf(login) } : {}),
      };
    }),
    teams: {
      platform: [...apps, ...inTeam(({ namedBy }) => namedBy === 'platform')],
      interns: inTeam(({ isIntern }) => isIntern),
      contractors: ['app-1[bot]', ...inTeam(({ excludedBy }) => excludedBy === 'team')],
    },
    teamResponses: {},
    losesLinks: false,
    refused: [],
    hasNoProvider: false,
    deleted: [codeowners, peopleFile],
    hasMergeResult: true,
    others: {},
    renamed: {},
  };
}

/** A letter that is left out, doubled or swapped with the next one. */
const typo = fc.tuple(fc.constantFrom('drop', 'double', 'swap'), fc.nat(5)).map(([how, at]) => (text: string) => {
  const i = 2 + at;
  const [before, letter = '', next = '', after] = [text.slice(0, i), text[i], text[i + 1], text.slice(i + 2)];
  if (how === 'drop') return before + next + after;
  return how === 'double' ? before + letter + letter + next + after : before + next + letter + after;
});

interface World {
  github: FakeGitHubState;
  written: Written;
  members: MemberWithUser[];
}
/** A single fault. */
type Fault = [name: string, spoil: (world: World) => void];

const teamFault = fc
  .tuple(
    fc.constantFrom('platform', 'interns', 'contractors'),
    fc.constantFrom<FakeGitHubState['teamResponses'][string][]>(
      { status: 404 },
      { status: 403 },
      { data: null },
      { data: [] },
      { data: {} },
    ),
  )
  .map(
    ([team, response]): Fault => [
      `GitHub returns ${JSON.stringify(response)} for ${team}`,
      ({ github }) => {
        github.teamResponses[team] = response;
      },
    ],
  );

const partialTeam = fc.constantFrom('platform', 'contractors').map(
  (team): Fault => [
    `GitHub returns half of the members of ${team}`,
    ({ github }) => {
      const rows = (github.teams[team] ?? []).map((login) => ({
        login,
        id: github.users.find((user) => user.login === login)?.id ?? 10_000 + Number(/\d+/.exec(login)?.[0]),
        type: login.endsWith(']') ? 'Bot' : 'User',
      }));
      github.teamResponses[team] = { data: rows.slice(0, Math.floor(rows.length / 2)) };
    },
  ],
);

const sourceFault = fc.constantFrom<Fault>(
  ['SAML is refused', ({ github }) => void github.refused.push('saml')],
  ['verified domains are refused', ({ github }) => void github.refused.push('verified-domain')],
  ['there is no identity provider', ({ github }) => Object.assign(github, { hasNoProvider: true })],
);

const fileFault = fc
  .tuple(
    fc.constantFrom(codeowners, peopleFile),
    fc.constantFrom<(string | null | undefined)[]>(undefined, null, '# moved\n'),
  )
  .map(
    ([path, text]): Fault => [
      `${path} is ${text}`,
      ({ github }) => {
        delete github.files[path];
        if (text !== undefined) github.files[path] = text;
      },
    ],
  );

const listFault = fc.constantFrom<Fault>(
  ['the list of members is empty', (world) => Object.assign(world, { members: [] })],
  ['the list of members lacks the owner of the key', (world) => void world.members.shift()],
  ['the Link headers are lost', ({ github }) => Object.assign(github, { losesLinks: true })],
);

const typoFault = fc
  .tuple(fc.constantFrom('owners', 'people', 'teams', 'exclude', 'include', 'protectedEmails'), fc.nat(20), typo)
  .map(
    ([list, nth, spell]): Fault => [
      `a typo in ${list}`,
      ({ written, github }) => {
        const lines = written[list as keyof Written];
        // The owner of the key is an admin in any case, and well-known apps are not people.
        const open = lines.filter((line) => !/^(?:@?root|dependabot)/.test(line));
        const line = open[nth % Math.max(1, open.length)];
        if (line === undefined) return;
        const [name = line] = /^[^:]+/.exec(line) ?? [];
        lines[lines.indexOf(line)] = spell(name) + line.slice(name.length);
        github.files = filesOf(written);
      },
    ],
  );

const glued = fc.constantFrom('*.js', '/x\u00a0', 'docs\\ ', '*,').map(
  (before): Fault => [
    `an owner behind ${JSON.stringify(before)}`,
    ({ github, written }) => {
      const login = written.owners.find((owner) => /^@\w+$/.test(owner) && owner !== '@root');
      if (login === undefined) return;
      const text = github.files[codeowners] ?? '';
      github.files[codeowners] = text.replace(new RegExp(`\\S+ ${login}\\n`), `${before}${login}\n`);
    },
  ],
);

const faults = fc.oneof(teamFault, partialTeam, sourceFault, fileFault, listFault, typoFault, typoFault, glued);

function worldOf(organization: Organization): World {
  const written = write(organization);
  const members = organization.people.flatMap(({ name, neonRole }) => (neonRole ? [row(emailOf(name), neonRole)] : []));
  return { written, github: githubOf(organization, written), members: [row('root@x.io', 'admin'), ...members] };
}

async function plan({ github, written, members }: World, { defaultRole }: Organization, managesMembers: boolean) {
  return sync({
    github,
    members,
    managesMembers,
    keyOwner: 'root@x.io',
    options: {
      identity_sources: ['people-file', 'saml', 'verified-domain'],
      protected_emails: written.protectedEmails,
      role: defaultRole,
      max_removals: { percent: 100 },
    },
  });
}

describe('planSync, for any organization with one fault', () => {
  it('plans no change that it would not plan without the fault, and reports what it withholds', async () => {
    await fc.assert(
      fc.asyncProperty(organizations, faults, fc.boolean(), async (organization, [, spoil], managesMembers) => {
        const truth = changesOf(await plan(worldOf(organization), organization, managesMembers));
        const world = worldOf(organization);
        spoil(world);
        const made = await plan(world, organization, managesMembers).catch((error: Error) => error);
        if (made instanceof Error) {
          expect(made.message).toMatch(/^[A-Z.]/);
          return;
        }
        for (const change of changesOf(made)) expect(truth).toContain(change);
        const withheld = withheldRemovals(made.plan);
        if (withheld.length > 0) expect(releasesOf(made.plan).length).toBeGreaterThan(0);
        for (const { reason } of withheld)
          expect(reason.doubts.shared.length + reason.doubts.own.length).toBeGreaterThan(0);
      }),
      { numRuns: 1500 },
    );
  });

  it('plans all changes of the files without a fault', async () => {
    await fc.assert(
      fc.asyncProperty(organizations, async (organization) => {
        const made = await plan(worldOf(organization), organization, true);
        expect(made.stops).toEqual([]);
        expect(withheldRemovals(made.plan)).toEqual([]);
        const left = organization.people.filter(
          ({ namedBy, excludedBy, isProtected, neonRole }) =>
            namedBy === 'nothing' && excludedBy === undefined && !isProtected && neonRole !== undefined,
        );
        const removed = made.plan.changes.filter(({ kind }) => kind === 'remove').map(({ email }) => email);
        expect(removed).toEqual(left.map(({ name }) => emailOf(name)).sort());
      }),
      { numRuns: 300 },
    );
  });
});
