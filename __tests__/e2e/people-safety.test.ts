import { describe, expect, it } from 'vitest';
import { push } from '../../emulator/events.ts';
import type { Fault } from '../../emulator/faults.ts';
import { type GitHubWorld, type GitHubWorldOptions, inGitHubWorld } from './world.ts';

// An organization with ada and grace (admins) and linus. Everyone is named, so only a fault can make a member look unwanted.
const codeowners = '.github/CODEOWNERS';
const peopleFile = '.github/neon-people.yml';
const owners = '* @ada\n/x @acme/staff\n/y linus@example.com\n';
const people = `people:
  ada: { email: ada@example.com, role: admin }
  grace: { email: grace@example.com, role: admin }
teams: { acme/interns: { role: viewer } }
exclude: [acme/contractors]
`;
const inputs = {
  operation: 'sync-members',
  identity_sources: 'people-file, saml, verified-domain',
  max_removals: '100%',
  role: 'viewer',
  max_role_changes: '100%',
};
const options: GitHubWorldOptions = {
  event: push(),
  token: 'app',
  github: {
    files: { [codeowners]: owners, [peopleFile]: people },
    seed: {
      members: [{ login: 'carl', verified_emails: ['carl@example.com'] }],
      teams: [
        { slug: 'staff', members: ['grace', 'carl'] },
        { slug: 'interns', members: ['linus'] },
        { slug: 'contractors', members: ['carl'] },
      ],
    },
  },
};

/** The addresses and roles of the members, and the recipients of e-mails. */
function stateOf({ neon }: GitHubWorld) {
  const { members, users, emails_sent } = neon.state();
  const rows = members.map(({ user_id, role }) => [users.find(({ id }) => id === user_id)?.email, role]);
  return { roles: Object.fromEntries(rows), mailed: emails_sent.map(({ to }) => to) };
}
const asBefore = {
  roles: { 'ada@example.com': 'admin', 'grace@example.com': 'admin', 'linus@example.com': 'member' },
  mailed: [],
};

const responses: [string, Fault][] = [
  ['404', { type: 'status', status: 404 }],
  ['403', { type: 'status', status: 403 }],
  ['null', { type: 'status', status: 200, body: 'null' }],
  ['an empty list', { type: 'status', status: 200, body: '[]' }],
  ['an empty object', { type: 'status', status: 200, body: '{}' }],
  ['an empty body', { type: 'status', status: 200, body: '' }],
];
const files: [string, Record<string, string | null>][] = [
  ['the people file is deleted', { [peopleFile]: null }],
  ['the people file is renamed', { [peopleFile]: null, '.github/people.yml': people }],
  ['the people file has a comment only', { [peopleFile]: '# moved\n' }],
  ['a login is misspelled', { [codeowners]: owners.replace('@ada', '@aad') }],
  ['a team is misspelled', { [codeowners]: owners.replace('@acme/staff', '@acme/staf') }],
  ['an address is misspelled', { [codeowners]: owners.replace('linus@', 'lnius@') }],
  ['an excluded team is misspelled', { [peopleFile]: people.replace('contractors', 'contractor') }],
  ['a login of the people file is misspelled', { [peopleFile]: people.replace('  grace', '  grcae') }],
  ['an owner is glued to a pattern', { [codeowners]: owners.replace('/x @acme', '*.js@acme') }],
];

describe.concurrent('a sync removes, demotes and invites no one', () => {
  const operations = ['getContent', 'getCodeownersErrors', 'listTeamMembers', 'graphql'] as const;
  const cases = operations.flatMap((operation) => responses.map(([name, fault]) => [operation, name, fault] as const));

  it.each(cases)('if %s answers %s', (operation, _name, fault) =>
    inGitHubWorld(async (world) => {
      world.github.faults = [{ operation, fault }];
      await world.job.step({ ...inputs, ...world.base }).main();
      expect(stateOf(world)).toEqual(asBefore);
    }, options),
  );

  it.each(files)('if %s', (_name, changed) =>
    inGitHubWorld(async (world) => {
      await world.github.commit(changed);
      const run = await world.job.step({ ...inputs, ...world.base }).main();
      const { roles, mailed } = stateOf(world);
      expect(Object.keys(roles)).toEqual(Object.keys(asBefore.roles));
      expect([roles['ada@example.com'], roles['grace@example.com'], mailed]).toEqual(['admin', 'admin', []]);
      // A withheld removal is reported, or the step fails.
      if (run.exitCode === 0 && run.outputs['withheld_count'] !== '0') expect(run.stdout).toContain('withheld');
    }, options),
  );
});

describe('off-boarding on the built action', () => {
  it.each<[string, Record<string, string | null>]>([
    [
      'who was deleted from all files',
      {
        [codeowners]: '* @ada @grace\n',
        [peopleFile]: people.replace('exclude: [acme/contractors]', 'exclude: [dependabot]'),
      },
    ],
    [
      'who is only in the people file',
      {
        [codeowners]: '* @ada @grace @gone-linus\n',
        [peopleFile]: people
          .replace('exclude: [acme/contractors]', '')
          .replace('teams:', '  gone-linus: linus@example.com\nteams:'),
      },
    ],
  ])('removes a former member %s', (_name, changed) =>
    inGitHubWorld(async (world) => {
      await world.github.commit(changed);
      const run = await world.job.step({ ...inputs, ...world.base, identity_sources: 'people-file' }).main();
      expect(run.exitCode).toBe(0);
      expect(JSON.parse(run.outputs['removed'] ?? '[]')).toMatchObject([{ email: 'linus@example.com' }]);
      expect(run.outputs['withheld_count']).toBe('0');
    }, options),
  );
});
