import { describe, expect, it } from 'vitest';
import { pullRequest, push, schedule, workflowDispatch } from '../../emulator/events.ts';
import type { NeonState } from '../../emulator/model.ts';
import type { Run } from '../../emulator/runner.ts';
import { acceptInvitation, SEED } from '../../emulator/state.ts';
import { commentsOf, type GitHubWorld, type GitHubWorldOptions, inGitHubWorld, inWorld, type World } from './world.ts';

const codeowners = '.github/CODEOWNERS';
const peopleFile = '.github/neon-people.yml';
const sync = { operation: 'sync-invitations' };

/** Runs in a world in which a push has added these files to the default branch. */
function withFiles(
  files: Record<string, string>,
  work: (world: GitHubWorld) => Promise<void>,
  more: GitHubWorldOptions = {},
) {
  return inGitHubWorld(work, { event: push(), ...more, github: { ...more.github, files } });
}

const json = (run: Run, name: string) => JSON.parse(run.outputs[name] ?? 'null');
const emails = (run: Run, name: string) => json(run, name).map(({ email }: { email: string }) => email);
const mailed = ({ neon }: World) =>
  neon
    .state()
    .emails_sent.map(({ to }) => to)
    .sort();
const memberOf = (state: NeonState, email: string) => {
  const user = state.users.find((one) => one.email === email);
  return state.members.find(({ user_id }) => user_id === user?.id);
};

/** Fails if the log, the summary or an annotation shows an address. */
function expectNoAddress(...runs: Run[]): void {
  const address = /[a-z0-9+]+@(?:example\.com|x\.io)/gi;
  for (const run of runs) {
    for (const text of [
      run.stdout,
      run.stderr,
      run.summary.replaceAll('&#8203;', '').replaceAll('&#64;', '@').replaceAll('&#46;', '.'),
    ]) {
      const shown = (text.match(address) ?? []).filter((found) => !text.includes(`***${found}`));
      expect(shown).toEqual([]);
    }
  }
}

describe('sync-invitations', () => {
  const files = {
    [codeowners]: '* @octocat docs@example.com # ask bob@example.com\n/x @ada @typo\n[S] @y\n',
    [peopleFile]: 'people:\n  octocat: { email: octo@example.com, role: admin }\n  ada: ada@example.com\n',
  };

  it('invites people who are named and not members, and no one on a second run', () =>
    withFiles(files, async (world) => {
      const { job, base, requests, githubRequests, expectNoLeak } = world;
      const first = await job.step({ ...sync, ...base }).main();
      expect(first.exitCode).toBe(0);
      expect(first.outputs).toMatchObject({ changed: 'true', invited_count: '2' });
      expect(json(first, 'invited')).toEqual([
        {
          email: 'docs@example.com',
          name: 'docs@example.com',
          role: 'member',
          action: 'invite',
          named_by: ['CODEOWNERS:1'],
        },
        { email: 'octo@example.com', name: '@octocat', role: 'admin', action: 'invite', named_by: ['CODEOWNERS:1'] },
      ]);
      expect(emails(first, 'skipped')).toEqual(['ada@example.com']);
      expect(first.log.join('\n')).toContain('Applying changes. This is a push to the default branch.');
      expect(first.log.join('\n')).toMatch(
        /Read \.github\/CODEOWNERS and \.github\/neon-people\.yml from the default branch main, commit [0-9a-f]{40}\./,
      );
      expect(first.log.join('\n')).toContain(
        '@typo: GitHub does not accept this owner: make sure @typo exists and has write access to the repository.',
      );
      expect(first.log.join('\n')).toContain('CODEOWNERS has 1 invalid line.');
      expect(first.summary).toMatch(
        /\| `@octocat` \| `o\*\*\*o@example\.com` \| people file \| admin \| \[line 1\]\(\S+CODEOWNERS#L1\) \| ✅ done \|/,
      );
      expect(requests()).toEqual([
        'getOrganizationMembers',
        'getOrganizationInvitations',
        'getCurrentUserInfo',
        'createOrganizationInvitations',
      ]);
      expect(githubRequests()).toEqual([
        'getRepository',
        'getCommit',
        'getContent',
        'getCodeownersErrors',
        'getContent',
      ]);

      const second = await job.step({ ...sync, ...base }).main();
      expect(second.outputs).toMatchObject({ changed: 'false', invited_count: '0', invited: '[]' });
      expect(second.summary).toContain('### 👥 Neon organization: 1 owner without an address');
      expect(mailed(world)).toEqual(['docs@example.com', 'octo@example.com']);
      expectNoAddress(first, second);
      expectNoLeak(first, second);
    }));

  it('shows addresses with `show_emails: true`', () =>
    withFiles(files, async ({ job, base }) => {
      const run = await job.step({ ...sync, ...base, show_emails: 'true' }).main();
      expect(run.stdout).toContain('Invited @octocat (octo@example.com) as admin.');
      expect(run.summary).toContain('`octo@example.com`');
      expect(() => expectNoAddress(run)).toThrow();
    }));

  it.each([
    [
      'a push to another branch',
      push({ branch: 'topic' }),
      'The event is `push` on a branch other than the default branch',
    ],
    ['an opened pull request', pullRequest('opened', { merged: false }), 'The pull request is not merged yet'],
    [
      'pull_request_target',
      pullRequest('opened', { event: 'pull_request_target' }),
      'does not apply changes on the event `pull_request_target`',
    ],
    [
      'a run by hand on another branch',
      workflowDispatch({ branch: 'topic' }),
      'on a branch other than the default branch',
    ],
  ])('only plans on %s, with the same table', (_case, event, why) =>
    inGitHubWorld(
      async (world) => {
        const { github, job, base } = world;
        const number = await github.openPull({ 'README.md': 'x' });
        const head = await github.commit({ 'README.md': 'y' }, `change-${number}`);
        const payload = {
          ...event.payload,
          ...('pull_request' in event.payload ? { pull_request: { number, head: { sha: head } } } : {}),
        };
        const run = await job.step({ ...sync, ...base }).main({ env: await eventFile(job, payload) });
        expect(run.exitCode).toBe(0);
        expect(run.log.join('\n')).toContain(why);
        expect(run.outputs).toMatchObject({ changed: 'false', invited_count: '0' });
        expect(json(run, 'plan')).toHaveLength(3);
        expect(run.summary).toMatch(
          /\| `@octocat` \| `o\*\*\*o@example\.com` \| people file \| admin \| \[line 1\]\(\S+CODEOWNERS#L1\) \| planned \|/,
        );
        expect(run.summary).toContain('2 to invite');
        expect(mailed(world)).toEqual([]);
      },
      { event, github: { files } },
    ),
  );

  it('also fails a plan because of an owner without an address with `on_unresolved: fail`', () =>
    inGitHubWorld(
      async (world) => {
        const step = { ...sync, ...world.base, mode: 'plan', on_unresolved: 'fail', max_invitations: '0' };
        const run = await world.job.step(step).main();
        expect(run.exitCode).toBe(1);
        expect(run.log.join('\n')).toContain(
          'Error: This plan would not be applied. `max_invitations` allows 0, but 1 would be invited. `on_unresolved: fail`: 1 owner without an address.',
        );
      },
      { event: push(), github: { files: { [codeowners]: '* @ada docs@example.com' } } },
    ));

  it.each([
    ['a schedule', schedule()],
    ['a run by hand on the default branch', workflowDispatch()],
    ['a merged pull request', pullRequest('closed', { merged: true })],
  ])('applies on %s', (_case, event) =>
    inGitHubWorld(
      async ({ job, base }) => {
        expect((await job.step({ ...sync, ...base }).main()).outputs['invited_count']).toBe('2');
      },
      { event, github: { files } },
    ),
  );

  it('plans from the merge result of a pull request, and applies from the default branch only', () =>
    inGitHubWorld(
      async (world) => {
        const { github, job, base } = world;
        const number = await github.openPull({ [codeowners]: '* mallory@example.com\n' });
        const sha = await github.commit(
          { [codeowners]: '* mallory@example.com eve@example.com\n' },
          `change-${number}`,
        );
        const env = await eventFile(job, {
          repository: { default_branch: 'main' },
          action: 'opened',
          pull_request: { number, head: { sha } },
        });
        const planned = await job.step({ ...sync, ...base }).main({ env });
        expect(emails(planned, 'plan')).toEqual(['eve@example.com', 'mallory@example.com']);
        expect(planned.log.join('\n')).toContain(`from the merge result of pull request #${number}, commit `);
        expect(mailed(world)).toEqual([]);
        const applied = await job.step({ ...sync, ...base, mode: 'apply' }).main({ env });
        expect(applied.log.join('\n')).toContain('the default branch main');
        expect(mailed(world)).toEqual(['docs@example.com', 'octo@example.com']);
      },
      { event: pullRequest('opened'), github: { files } },
    ));

  it('expands teams with their child teams, and looks up each login once in SAML and verified domains', () =>
    withFiles(
      {
        [codeowners]: '* @acme/platform @octocat @newbie @torn\n',
        [peopleFile]: 'teams:\n  acme/platform: { role: viewer }\n',
      },
      async (world) => {
        const { job, base, githubRequests } = world;
        const run = await job.step({ ...sync, ...base, identity_sources: 'people-file, saml, verified-domain' }).main();
        expect(run.exitCode).toBe(0);
        expect(json(run, 'invited')).toMatchObject([
          { name: '@newbie', email: 'newbie@example.com', role: 'member' },
          { name: '@octocat', email: 'octo@example.com', role: 'member' },
        ]);
        expect(emails(run, 'skipped').sort()).toEqual(['ada@example.com', 'grace@example.com', 'linus@example.com']);
        expect(json(run, 'unresolved')).toEqual([
          {
            name: '@torn',
            reason: 'The sources disagree: saml has a@example.com, verified-domain has b@example.com.',
            bot: false,
          },
        ]);
        expect(run.summary).toContain('  torn: { email: …, github_id: 77 }');
        expect(githubRequests().filter((operation) => operation === 'graphql')).toHaveLength(1);
        expectNoAddress(run);
      },
      {
        token: 'app',
        github: {
          seed: {
            members: [
              { login: 'newbie', id: 76 },
              { login: 'torn', id: 77, verified_emails: ['b@example.com'] },
            ],
            saml_identities: [
              { login: 'newbie', name_id: 'Newbie@example.com', emails: [] },
              { login: 'torn', name_id: 'n', emails: ['a@example.com'] },
            ],
          },
        },
      },
    ));

  it('reports a missing permission once, and still works without it', () =>
    withFiles(
      {
        [codeowners]: '* @octocat @acme/platform @acme/platform-db @ada @grace\n',
        [peopleFile]: 'people: { octocat: octo@example.com }',
      },
      async ({ job, base }) => {
        const run = await job.step({ ...sync, ...base, identity_sources: 'people-file, saml, verified-domain' }).main();
        expect(run.exitCode).toBe(0);
        expect(emails(run, 'invited')).toEqual(['octo@example.com']);
        const notices = run.stdout.match(/::notice::.*/g) ?? [];
        expect(notices).toHaveLength(1);
        expect(notices[0]).toContain(
          'The identity source `verified-domain` cannot be used. GitHub responded with "Resource not accessible by integration". The source requires the permission "Members: read" on the organization',
        );
        expect(notices[0]).toContain('The identity source `saml` cannot be used');
        expect(run.stdout).toContain('@acme/platform: The members of the team could not be read.');
      },
    ));

  it('works with a GitHub Enterprise Server', () =>
    withFiles(
      { [codeowners]: '* @octocat @acme/platform\n' },
      async ({ job, base }) => {
        const run = await job.step({ ...sync, ...base, identity_sources: 'verified-domain' }).main();
        expect(emails(run, 'invited')).toEqual(['octo@example.com']);
      },
      { token: 'app', github: { enterprise: true } },
    ));

  it('does not invite a login that another account has taken, but invites a renamed account', () =>
    withFiles(
      {
        [codeowners]: '* @reborn @octocat\n',
        [peopleFile]:
          'people:\n  reborn: { email: old@example.com, github_id: 5 }\n  octo-before: { email: octo@example.com, github_id: 583231 }\n',
      },
      async ({ job, base }) => {
        const run = await job.step({ ...sync, ...base }).main();
        expect(json(run, 'invited')).toMatchObject([{ name: '@octocat', email: 'octo@example.com' }]);
        expect(json(run, 'unresolved')).toMatchObject([
          {
            name: '@reborn',
            reason: 'The people file pins the account 5, but the login now belongs to the account 90.',
          },
        ]);
      },
      { github: { seed: { members: [{ login: 'reborn', id: 90 }] } } },
    ));

  it('repeats an invitation only with `reinvite`, and not within a day', () =>
    withFiles(
      { [codeowners]: '* gone@example.com\n' },
      async (world) => {
        const { job, base, neon } = world;
        neon.change((state) => {
          for (const invitation of state.invitations) invitation.invited_at = '2026-01-01T00:00:00Z';
          acceptInvitation(state, 'gone@example.com');
          state.members = state.members.filter((member) => member !== memberOf(state, 'gone@example.com'));
        });
        const still = await job.step({ ...sync, ...base }).main();
        expect(json(still, 'skipped')[0]).toMatchObject({ reason: 'invited' });
        for (const _ of [1, 2]) await job.step({ ...sync, ...base, reinvite: 'true' }).main();
        expect(mailed(world)).toEqual(['gone@example.com']);
      },
      { seed: { invitations: [{ email: 'Gone@Example.com' }] } },
    ));

  it.each<[string, Record<string, string>, Record<string, string>, string]>([
    [
      'there is no CODEOWNERS file',
      { 'README.md': '' },
      {},
      'There is no .github/CODEOWNERS or CODEOWNERS or docs/CODEOWNERS at commit',
    ],
    [
      'the people file is invalid',
      { [codeowners]: '* @a', [peopleFile]: 'people:\n  a: a\nteems: 1\n' },
      {},
      '.github/neon-people.yml:2: `a` is not an e-mail address\n.github/neon-people.yml:3: `teems` is not a key',
    ],
    [
      'the given people file is missing',
      { [codeowners]: '* @a' },
      { people_file: 'people.yml' },
      'There is no people.yml at commit',
    ],
    [
      'an owner has no address, with `on_unresolved: fail`',
      { [codeowners]: '* @ada x@example.com' },
      { on_unresolved: 'fail' },
      'Nothing was changed. `on_unresolved: fail`: 1 owner without an address.',
    ],
    [
      'there are too many invitations',
      { [codeowners]: '* a@example.com b@example.com' },
      { max_invitations: '1' },
      'Nothing was changed. `max_invitations` allows 1, but 2 would be invited.',
    ],
    [
      'there are more than the share',
      { [codeowners]: '* a@example.com b@example.com' },
      { max_invitations: '34%' },
      '`max_invitations` allows 1 (34% of 3 members), but 2 would be invited.',
    ],
    [
      '`role` would make everybody admin',
      { [codeowners]: '* a@example.com' },
      { role: 'admin' },
      '`role: admin` cannot be the default',
    ],
  ])('changes nothing and fails if %s', (_case, files, inputs, says) =>
    withFiles(files, async (world) => {
      const run = await world.job.step({ ...sync, ...world.base, ...inputs }).main();
      expect(run.exitCode).toBe(1);
      expect(run.log.join('\n')).toContain(says);
      expect(world.neon.requests.every(({ method }) => method === 'GET')).toBe(true);
    }),
  );

  it('reads the first of the three locations, or the one in the input, and never the workspace', () =>
    withFiles(
      {
        'docs/CODEOWNERS': '* docs@example.com',
        CODEOWNERS: '* root@example.com',
        'other/OWNERS': '* other@example.com',
      },
      async ({ job, base }) => {
        const plan = { ...sync, ...base, mode: 'plan' };
        expect(emails(await job.step(plan).main(), 'plan')).toEqual(['root@example.com']);
        expect(emails(await job.step({ ...plan, codeowners_path: 'docs/CODEOWNERS' }).main(), 'plan')).toEqual([
          'docs@example.com',
        ]);
        expect(emails(await job.step({ ...plan, codeowners_path: 'other/OWNERS' }).main(), 'plan')).toEqual([
          'other@example.com',
        ]);
      },
    ));

  it('reads a CODEOWNERS file of up to 3 MB, and rejects a larger one, which GitHub does not load', () => {
    const line = `/services/${'x'.repeat(80)}/ @octocat docs@example.com\n`;
    const text = line.repeat(Math.floor((3 * 1024 * 1024) / line.length));
    return withFiles({ [codeowners]: text, [peopleFile]: 'people: { octocat: octo@example.com }' }, async (world) => {
      const { github, job, base } = world;
      const run = await job.step({ ...sync, ...base, timeout: '5m' }).main();
      expect(run.outputs['invited_count']).toBe('2');
      await github.commit({ [codeowners]: text + line });
      const larger = await job.step({ ...sync, ...base, timeout: '5m' }).main();
      expect(larger.exitCode).toBe(1);
      expect(larger.log.join('\n')).toContain('.github/CODEOWNERS is larger than 3 MB. GitHub does not load it');
    });
  });

  it('sends valid invitations if a batch is refused, and reports the invalid one', () =>
    withFiles({ [codeowners]: '* a@example.com b@example.com c@example.com' }, async (world) => {
      const { job, base, neon } = world;
      const fault = {
        type: 'status',
        status: 400,
        body: '{"code":"","message":"bad@example.com is not an address"}',
      } as const;
      neon.faults = [1, 2].map((nth) => ({ operation: 'createOrganizationInvitations' as const, nth, fault }));
      neon.faults.push({ operation: 'createOrganizationInvitations', nth: 3, fault });
      const run = await job.step({ ...sync, ...base }).main();
      expect(run.exitCode).toBe(1);
      expect(json(run, 'failed')).toMatchObject([{ email: 'a@example.com', outcome: 'failed' }]);
      expect(mailed(world)).toEqual(['b@example.com', 'c@example.com']);
      expectNoAddress(run);
      expect((await job.step({ ...sync, ...base }).main()).outputs['invited_count']).toBe('1');
    }));
});

describe('sync-members', () => {
  const files = {
    [codeowners]: '* @ada @linus @newcomer\n',
    [peopleFile]: `people:
  ada: { email: ada@example.com, role: admin }
  linus: { email: linus@example.com, role: viewer }
  newcomer: newcomer@example.com
`,
  };
  const manage = { operation: 'sync-members' };
  const github = { seed: { members: [{ login: 'newcomer' }] } };

  it('invites, changes roles, removes no one by default, and changes nothing on a second run', () =>
    withFiles(
      files,
      async (world) => {
        const { job, base, neon, requests } = world;
        const run = await job.step({ ...manage, ...base }).main();
        expect(run.exitCode).toBe(0);
        expect(emails(run, 'invited')).toEqual(['newcomer@example.com']);
        expect(json(run, 'role_changes')).toMatchObject([
          { email: 'linus@example.com', from: 'member', role: 'viewer' },
        ]);
        expect(json(run, 'removed')).toEqual([]);
        expect(json(run, 'skipped')).toMatchObject([
          { reason: 'member' },
          { email: 'grace@example.com', reason: 'not-listed' },
        ]);
        expect(memberOf(neon.state(), 'linus@example.com')?.role).toBe('viewer');
        const sent = requests().length;
        const again = await job.step({ ...manage, ...base }).main();
        expect(again.outputs['changed']).toBe('false');
        expect(requests().slice(sent)).toEqual([
          'getOrganizationMembers',
          'getOrganizationInvitations',
          'getCurrentUserInfo',
        ]);
        expectNoAddress(run, again);
      },
      { github },
    ));

  it('removes members who are not named if removals are allowed', () =>
    withFiles(
      files,
      async ({ job, base, neon }) => {
        const run = await job.step({ ...manage, ...base, max_removals: '50%' }).main();
        expect(run.exitCode).toBe(0);
        expect(emails(run, 'removed')).toEqual(['grace@example.com']);
        expect(memberOf(neon.state(), 'grace@example.com')).toBeUndefined();
        expect(run.summary).toContain('1 removed');
      },
      { github },
    ));

  it.each<[string, Record<string, string>, Record<string, string>, string]>([
    ['an owner has no address', { [codeowners]: '* @ada @linus @newcomer @octocat' }, {}, 'withheld'],
    ['a line is invalid', { [codeowners]: '* @ada @linus\n[S] @grace' }, {}, 'withheld'],
    ['they are protected', {}, { protected_emails: 'Grace@Example.com' }, 'protected'],
    ['they are excluded', {}, { exclude: 'grace@example.com' }, 'excluded'],
    ['an excluded team cannot be seen', {}, { exclude: 'acme/contractors' }, 'withheld'],
  ])('removes no one if %s', (_case, more, inputs, reason) =>
    withFiles(
      { ...files, ...more },
      async ({ job, base, neon }) => {
        const run = await job.step({ ...manage, ...base, max_removals: '5', ...inputs }).main();
        // The run stops, because the excluded people are unknown.
        expect(run.exitCode).toBe(inputs['exclude']?.includes('/') ? 1 : 0);
        expect(memberOf(neon.state(), 'grace@example.com')).toBeDefined();
        expect(json(run, 'skipped')).toContainEqual(expect.objectContaining({ email: 'grace@example.com', reason }));
      },
      { github },
    ),
  );

  it('removes no one if CODEOWNERS names no one', () =>
    withFiles({ [codeowners]: '# no owner yet\n' }, async ({ job, base, neon }) => {
      const run = await job.step({ ...manage, ...base, people_file: 'none', max_removals: '100%' }).main();
      expect(run.exitCode).toBe(0);
      expect(neon.state().members).toHaveLength(3);
    }));

  it('plans with an organization key, but does not apply', () =>
    withFiles(files, async ({ job, base, neon }) => {
      const step = { ...manage, ...base, api_key: neon.tokens.organization };
      const planned = await job.step({ ...step, mode: 'plan' }).main();
      expect(planned.exitCode).toBe(0);
      expect(planned.stdout).toContain('`api_key` is not a personal API key.');
      const applied = await job.step(step).main();
      expect(applied.exitCode).toBe(1);
      expect(applied.log.join('\n')).toContain('getCurrentUserInfo requires a personal API key');
      expect(neon.requests.every(({ method }) => method === 'GET')).toBe(true);
    }));
});

describe('invite', () => {
  it('invites the listed people with their roles, and no one on a second run', () =>
    inWorld(async (world) => {
      const { job, base } = world;
      const step = { operation: 'invite', ...base, mode: 'apply', emails: 'a@x.io\nB@x.io admin, ada@example.com' };
      const run = await job.step(step).main();
      expect(json(run, 'invited')).toMatchObject([
        { email: 'a@x.io', role: 'member' },
        { email: 'b@x.io', role: 'admin' },
      ]);
      expect(emails(run, 'invitations')).toEqual(['a@x.io', 'b@x.io']);
      expect(json(run, 'skipped')).toMatchObject([{ email: 'ada@example.com', reason: 'member' }]);
      const again = await job.step(step).main();
      expect(again.outputs).toMatchObject({ changed: 'false', invited_count: '0', invitations: '[]' });
      expect(mailed(world)).toEqual(['a@x.io', 'b@x.io']);
      expectNoAddress(run, again);
    }));

  it('only plans if nothing allows it to apply', () =>
    inWorld(async (world) => {
      const run = await world.job.step({ operation: 'invite', ...world.base, emails: 'a@x.io' }).main();
      expect(emails(run, 'plan')).toEqual(['a@x.io']);
      expect(mailed(world)).toEqual([]);
    }));

  it('names the required role if the key belongs to a plain member', () =>
    inWorld(async ({ job, base, neon }) => {
      const run = await job
        .step({ operation: 'invite', ...base, api_key: neon.tokens.member, mode: 'apply', emails: 'a@x.io' })
        .main();
      expect(run.exitCode).toBe(1);
      expect(run.log.join('\n')).toContain(
        'createOrganizationInvitations requires the personal API key of an organization admin',
      );
    }));
});

describe('list-invitations and list-members', () => {
  it('list-invitations reports who has accepted', () =>
    inWorld(
      async ({ job, base, neon }) => {
        neon.change((state) => acceptInvitation(state, 'a@x.io'));
        const run = await job.step({ operation: 'list-invitations', ...base }).main();
        expect(run.outputs).toMatchObject({ changed: 'false', invitation_count: '2' });
        const accepted = json(run, 'invitations').map((one: { email: string; accepted: boolean }) => [
          one.email,
          one.accepted,
        ]);
        expect(Object.fromEntries(accepted)).toEqual({ 'a@x.io': true, 'b@x.io': false });
        expectNoAddress(run);
      },
      { seed: { invitations: [{ email: 'a@x.io' }, { email: 'b@x.io' }] } },
    ));

  it('list-members writes a people file to start from', () =>
    inGitHubWorld(
      async ({ job, base, githubRequests, expectNoLeak }) => {
        const plain = await job.step({ operation: 'list-members', ...base }).main();
        expect(plain.outputs['people_file']).toContain('# LOGIN: { email: ada@example.com, role: admin }');
        expect(githubRequests()).toEqual([]);
        const inputs = { operation: 'list-members', identity_sources: 'verified-domain', ...base };
        const run = await job.step(inputs).main();
        expect(run.exitCode).toBe(0);
        expect(run.outputs['people_file']?.split('\n').slice(1)).toEqual([
          'people:',
          '  ada: { email: ada@example.com, role: admin, github_id: 1001 }',
          '  grace: { email: grace@example.com, role: admin, github_id: 1002 }',
          '  linus: { email: linus@example.com, role: member, github_id: 1003 }',
          '',
        ]);
        expect(run.summary).toContain('linus: { email: l***s@example.com, role: member, github_id: 1003 }');
        expect(githubRequests()).toEqual(['listOrgMembers', 'graphql']);
        expectNoAddress(plain, run);
        expectNoLeak(plain, run);
      },
      { token: 'app' },
    ));

  it('list-members reports when GitHub hides the logins', () =>
    inGitHubWorld(async ({ job, base }) => {
      const run = await job.step({ operation: 'list-members', identity_sources: 'saml', ...base }).main();
      expect(run.exitCode).toBe(0);
      expect(run.log.join('\n')).toContain('The members of the GitHub organization could not be read');
      expect(run.outputs['people_file']).toContain('# LOGIN: { email: linus@example.com');
    }));

  it('list-members reads every page', () =>
    inWorld(
      async ({ job, base, requests }) => {
        const run = await job.step({ operation: 'list-members', ...base }).main();
        expect(run.outputs['member_count']).toBe('1203');
        expect(requests()).toEqual(Array(3).fill('getOrganizationMembers'));
        expectNoAddress(run);
      },
      { seed: { members: Array.from({ length: 1200 }, (_, i) => ({ email: `m${i}@x.io` })) } },
    ));
});

describe('get-member, update-member and remove-member', () => {
  const linus = memberIdOf;

  it('reads a member by address or by ID', () =>
    inWorld(async ({ job, base, neon }) => {
      const byAddress = await job.step({ operation: 'get-member', ...base, email: 'Linus@Example.com' }).main();
      const byId = await job.step({ operation: 'get-member', ...base, member_id: linus(neon.state()) }).main();
      expect(json(byAddress, 'member')).toMatchObject({ email: SEED.member.email, role: 'member' });
      expect(byId.outputs['member']).toBe(byAddress.outputs['member']);
      const missing = await job.step({ operation: 'get-member', ...base, email: 'x@x.io' }).main();
      expect(missing.exitCode).toBe(1);
      expectNoAddress(byAddress, byId, missing);
    }));

  it('changes a role, and nothing on a second run', () =>
    inWorld(async ({ job, base, neon }) => {
      const step = { operation: 'update-member', ...base, mode: 'apply', email: 'linus@example.com', role: 'viewer' };
      const planned = await job.step({ ...step, mode: 'plan' }).main();
      expect(planned.outputs['changed']).toBe('false');
      expect(memberOf(neon.state(), 'linus@example.com')?.role).toBe('member');
      const run = await job.step(step).main();
      expect(run.outputs['changed']).toBe('true');
      expect(json(run, 'member')).toMatchObject({ role: 'viewer' });
      expect(memberOf(neon.state(), 'linus@example.com')?.role).toBe('viewer');
      const again = await job.step(step).main();
      expect(again.outputs['changed']).toBe('false');
      expect(again.log.join('\n')).toContain('already has the role viewer.');
      expectNoAddress(planned, run, again);
    }));

  it('removes a member, and reports on a second run that there is nothing to do', () =>
    inWorld(async ({ job, base, neon }) => {
      const step = { operation: 'remove-member', ...base, mode: 'apply', member_id: linus(neon.state()) };
      expect((await job.step({ ...step, mode: 'auto' }).main()).outputs['changed']).toBe('false');
      expect((await job.step(step).main()).outputs['changed']).toBe('true');
      expect(memberOf(neon.state(), 'linus@example.com')).toBeUndefined();
      const again = await job.step(step).main();
      expect(again.outputs).toMatchObject({ changed: 'false', member: 'null' });
      expect(again.log.join('\n')).toContain('is not a member of the organization, so no one was removed.');
    }));

  it('does not remove a member if data for the report is missing', () =>
    inWorld(async ({ job, base, neon }) => {
      const step = job.step({ operation: 'remove-member', ...base, mode: 'apply', email: 'linus@example.com' });
      const run = await step.main({ env: { GITHUB_RUN_ID: '' } });
      expect(run.exitCode).toBe(1);
      expect(run.log.join('\n')).toContain('GITHUB_RUN_ID must be set');
      expect(memberOf(neon.state(), 'linus@example.com')).toBeDefined();
    }));

  it('reports the keys and invitations of a removed member', () =>
    inWorld(
      async ({ job, base, neon, expectNoLeak }) => {
        const { id: user_id } = SEED.member;
        neon.change((state) => {
          for (const key of state.credentials) if (key.id === '1000004') key.created_by = user_id;
          for (const one of state.invitations) one.invited_by = user_id;
        });
        const step = { operation: 'remove-member', ...base, email: 'linus@example.com' };
        const planned = await job.step({ ...step, mode: 'plan' }).main();
        const run = await job.step({ ...step, mode: 'apply' }).main();
        for (const one of [planned, run]) {
          expect(one.exitCode).toBe(0);
          expect(json(one, 'keys')).toMatchObject([
            { id: 1000004, name: 'cool-river only', created_by: { id: user_id } },
          ]);
          expect(emails(one, 'invitations')).toEqual(['friend@x.io']);
          expect(one.summary).toContain('#### 🔑 1 active key created by this person');
          expect(one.summary).toContain('#### ✉️ 1 invitation to withdraw by hand');
          expect(one.log.join('\n')).toContain('1 invitation to or by this person may still be pending: f***d@x.io');
        }
        expect(neon.state().credentials.find(({ id }) => id === '1000004')).toMatchObject({ revoked: false });
        // After the removal, the member is found by the user ID, not by the address or the member ID.
        const list = { operation: 'list-keys', ...base };
        const left = await job.step({ ...list, created_by: user_id }).main();
        expect(json(left, 'keys')).toMatchObject([{ id: 1000004 }]);
        const gone = await job.step({ ...list, created_by: 'linus@example.com' }).main();
        expect([gone.exitCode, gone.outputs['keys']]).toEqual([1, undefined]);
        expect(gone.log.join('\n')).toContain('set `created_by` to their user ID');
        const memberId = json(planned, 'member').id;
        const wrong = await job.step({ ...list, created_by: memberId }).main();
        expect(wrong.log.join('\n')).toContain('is not a member and created none of these keys.');
        const own = await job.step({ ...list, created_by: 'Ada@example.com' }).main();
        expect(json(own, 'keys').map(({ id }: { id: number }) => id)).toEqual([1000003, 1000005]);
        expectNoAddress(planned, run, left, gone, wrong, own);
        expectNoLeak(planned, run, left);
      },
      { seed: { invitations: [{ email: 'friend@x.io', role: 'admin' }] } },
    ));

  it.each(['listOrgApiKeys', 'getOrganizationInvitations'] as const)(
    'removes a member even if %s is refused, and reports what is unknown',
    (operation) =>
      inWorld(async ({ job, base, neon }) => {
        const body = JSON.stringify({ code: '', message: 'not allowed' });
        neon.faults = [{ operation, times: 9, fault: { type: 'status', status: 403, body } }];
        const step = { operation: 'remove-member', ...base, mode: 'apply', email: 'linus@example.com' };
        const run = await job.step(step).main();
        expect([run.exitCode, run.outputs['changed']]).toEqual([0, 'true']);
        expect(run.outputs[operation === 'listOrgApiKeys' ? 'keys' : 'invitations']).toBe('null');
        expect(run.log.join('\n')).toMatch(/this person (?:created )?could not be read/);
      }),
  );

  it('never removes the owner of the key or the last admin', () =>
    inWorld(async ({ job, base, neon }) => {
      const modes = [{ operation: 'remove-member' }, { operation: 'update-member', role: 'member' }];
      for (const operation of modes) {
        const run = await job.step({ ...operation, ...base, mode: 'apply', email: 'ada@example.com' }).main();
        expect(run.exitCode).toBe(1);
        expect(run.log.join('\n')).toContain('a***@example.com owns the key in use');
      }
      neon.change((state) => {
        (memberOf(state, 'ada@example.com') as { role: string }).role = 'member';
      });
      const last = await job
        .step({ operation: 'remove-member', ...base, mode: 'plan', email: 'grace@example.com' })
        .main();
      expect(last.log.join('\n')).toContain('is the last active admin');
      expect(neon.state().members).toHaveLength(3);
    }));
});

function memberIdOf(state: NeonState): string {
  return memberOf(state, 'linus@example.com')?.id ?? '';
}

/** Writes the payload of the event to a file, like the runner. */
async function eventFile(job: World['job'], payload: object): Promise<Record<string, string>> {
  const script =
    'const f=require("node:path").join(process.env.RUNNER_TEMP,"event-of-test.json");require("node:fs").writeFileSync(f,process.argv[1]);console.log(f)';
  const { stdout } = await job.run(process.execPath, ['-e', script, JSON.stringify(payload)]);
  return { GITHUB_EVENT_PATH: stdout.trim() };
}

describe('syncs, in cases that have failed before', () => {
  const all = '* ada@example.com grace@example.com linus@example.com\n';
  const manage = { operation: 'sync-members', role: 'viewer', max_role_changes: '5', max_removals: '5' };
  const app = { token: 'app' } as const;
  const roles = ({ neon }: World) => neon.state().members.map(({ role }) => role);
  const asBefore = ['admin', 'admin', 'member'];

  it.each(['sync-invitations', 'sync-members'])('%s stops if an excluded team cannot be read', (operation) =>
    withFiles(
      {
        [codeowners]: '* @octocat\n',
        [peopleFile]: 'people: { octocat: octo@example.com }\nexclude: [acme/contractors]\n',
      },
      async (world) => {
        const run = await world.job.step({ operation, ...world.base }).main();
        expect(run.exitCode).toBe(1);
        expect(run.stdout).toMatch(
          /Nothing was changed\. The members of the excluded team @acme\/contractors could not be read\. .*Members: read/,
        );
        expect([mailed(world), roles(world)]).toEqual([[], asBefore]);
      },
      { github: { seed: { teams: [{ slug: 'contractors', members: ['octocat'] }] } } },
    ),
  );

  it.each([583231, 42])(
    'an excluded login is excluded with its address in the people file, even with another pinned ID (%i)',
    (id) =>
      withFiles(
        {
          [codeowners]: '* octo@example.com\n',
          [peopleFile]: `people: { octocat: { email: octo@example.com, github_id: ${id} } }\nexclude: [octocat]\n`,
        },
        async (world) => {
          await world.job.step({ ...sync, ...world.base }).main();
          expect(mailed(world)).toEqual([]);
        },
      ),
  );

  it('a commit that GitHub does not know yet does not count as a missing people file', () =>
    withFiles(
      { [codeowners]: all, [peopleFile]: 'people: { grace: { email: grace@example.com, role: admin } }\n' },
      async (world) => {
        const body = JSON.stringify({
          message: 'No commit found for the ref abc',
          documentation_url: 'https://docs.github.com',
        });
        world.github.faults = [
          { operation: 'getContent', nth: 2, times: 9, fault: { type: 'status', status: 404, body } },
        ];
        const run = await world.job.step({ ...manage, ...world.base }).main();
        expect([run.exitCode, roles(world)]).toEqual([1, asBefore]);
      },
    ));

  it('a member whose `deactivated_at` is null is not deactivated', () =>
    withFiles({ [codeowners]: all }, async (world) => {
      const headers = { authorization: `Bearer ${world.neon.tokens.admin}` };
      const response = await fetch(`${world.neon.apiHost}/organizations/${world.neon.organizationId}/members`, {
        headers,
      });
      const body = (await response.json()) as { members: { user: object }[] };
      for (const { user } of body.members) Object.assign(user, { deactivated_at: null });
      const fault = { type: 'status', status: 200, body: JSON.stringify(body) } as const;
      world.neon.faults = [{ operation: 'getOrganizationMembers', fault }];
      const inputs = { operation: 'sync-members', people_file: 'none', ...world.base };
      const run = await world.job.step(inputs).main();
      expect(run.exitCode).toBe(0);
      expect(run.summary).not.toContain('deactivated');
    }));

  it('an unknown role is not changed', () =>
    withFiles({ [codeowners]: '* ada@example.com grace@example.com\n' }, async (world) => {
      world.neon.change(({ members }) => Object.assign(members[2] ?? {}, { role: 'owner' }));
      const run = await world.job
        .step({ operation: 'sync-members', max_removals: '5', people_file: 'none', ...world.base })
        .main();
      expect([run.exitCode, roles(world)]).toEqual([0, ['admin', 'admin', 'owner']]);
      expect(run.outputs['skipped']).toContain('Has the role owner, which this action does not know.');
    }));

  it('the head of a `pull_request_target` is not read, because its author could name a secret team', () =>
    withFiles(
      { [codeowners]: all },
      async ({ job, base }) => {
        const run = await job.step({ ...sync, ...base }).main();
        expect(run.log.join('\n')).toContain('from the default branch main');
      },
      { ...app, event: pullRequest('opened', { event: 'pull_request_target' }) },
    ));

  it('people whose role may depend on an unreadable team are neither invited nor changed', () =>
    withFiles(
      {
        [codeowners]: '* @acme/platform\n/x @acme/interns\n',
        [peopleFile]:
          'people: { octocat: octo@example.com, ada: ada@example.com, grace: grace@example.com, linus: linus@example.com }\n' +
          'teams: { acme/platform: { role: editor }, acme/interns: { role: viewer } }\n',
      },
      async (world) => {
        world.github.change(({ teams }) => teams[0]?.members.push('octocat'));
        const { documentation_url, ...rest } = { documentation_url: 'https://docs.github.com', message: 'Not Found' };
        const body = JSON.stringify({ ...rest, documentation_url });
        // The teams are read in their order, four requests at once, so the second request is for the interns.
        world.github.faults = [{ operation: 'listTeamMembers', nth: 2, fault: { type: 'status', status: 404, body } }];
        const run = await world.job.step({ operation: 'sync-members', ...world.base }).main();
        expect(run.exitCode).toBe(0);
        expect([json(run, 'invited'), json(run, 'role_changes')]).toEqual([[], []]);
        expect(json(run, 'skipped')).toContainEqual(
          expect.objectContaining({ email: 'octo@example.com', reason: 'role-in-doubt' }),
        );
      },
      { ...app, github: { seed: { teams: [{ slug: 'interns', members: ['octocat'] }] } } },
    ));

  it('a batch that was sent despite a refusal is not sent again in halves', () =>
    inWorld(async (world) => {
      world.neon.faults = [
        { operation: 'createOrganizationInvitations', nth: 1, fault: { type: 'status-after', status: 400 } },
      ];
      const run = await world.job
        .step({ operation: 'invite', mode: 'apply', emails: 'a@x.io, b@x.io', ...world.base })
        .main();
      expect(run.exitCode).toBe(0);
      expect(mailed(world)).toEqual(['a@x.io', 'b@x.io']);
    }));

  it('a removal that is refused with 404 is not reported as a removal', () =>
    withFiles({ [codeowners]: '* ada@example.com grace@example.com\n' }, async (world) => {
      const body = JSON.stringify({ code: '', message: 'organization not found' });
      world.neon.faults = [{ operation: 'removeOrganizationMember', fault: { type: 'status', status: 404, body } }];
      const run = await world.job
        .step({ operation: 'sync-members', max_removals: '5', people_file: 'none', ...world.base })
        .main();
      expect([run.exitCode, roles(world)]).toEqual([1, asBefore]);
      expect(json(run, 'failed')).toHaveLength(1);
    }));

  it('a member who moves between two pages of a team is not removed', () => {
    const members = Array.from({ length: 101 }, (_, i) => ({ login: `m${i}`, verified_emails: [`m${i}@example.com`] }));
    let leave = () => {};
    return withFiles(
      { [codeowners]: '* @acme/big ada@example.com grace@example.com linus@example.com\n' },
      async (world) => {
        leave = () => world.github.change(({ teams }) => teams.at(-1)?.members.shift());
        const inputs = {
          operation: 'sync-members',
          people_file: 'none',
          identity_sources: 'verified-domain',
          max_invitations: '200',
          max_removals: '5',
        };
        const run = await world.job.step({ ...inputs, ...world.base }).main();
        expect(run.exitCode).toBe(0);
        expect(json(run, 'removed')).toEqual([]);
        expect(memberOf(world.neon.state(), 'm100@example.com')).toBeDefined();
      },
      {
        ...app,
        seed: { members: [{ email: 'm100@example.com' }] },
        github: {
          seed: { members, teams: [{ slug: 'big', members: members.map(({ login }) => login) }] },
          // A member of the first page leaves before the second page is read.
          at: (point, { operation, nth }) => {
            if (point === 'received' && operation === 'listTeamMembers' && nth === 2) leave();
          },
        },
      },
    );
  });
});

describe('several repositories', () => {
  const shop = {
    [codeowners]: '* @ada @grace\n',
    [peopleFile]: `people:
  ada: { email: ada@example.com, role: admin }
  grace: { email: grace@example.com, role: admin }
  linus: linus@example.com
  octocat: octo@example.com
`,
  };
  const github = { files: shop, seed: { repositories: [{ id: 7, name: 'billing' }] } };
  const inputs = { operation: 'sync-members', repositories: 'acme/billing', max_removals: '5' };

  it('are combined, and a member that none of them names is removed', () =>
    inGitHubWorld(
      async ({ github: server, job, base, neon, expectNoLeak }) => {
        await server.commit({ CODEOWNERS: '* @linus\n/x @octocat\n' }, 'main', 'acme/billing');
        const first = await job.step({ ...inputs, ...base }).main();
        expect(first.exitCode).toBe(0);
        expect(json(first, 'removed')).toEqual([]);
        expect(json(first, 'invited')).toMatchObject([{ name: '@octocat', named_by: ['acme/billing/CODEOWNERS:2'] }]);
        expect(first.log.join('\n')).toMatch(
          /Read acme\/billing\/CODEOWNERS from its default branch, commit [0-9a-f]{40}\./,
        );
        await server.commit({ CODEOWNERS: '* @octocat\n' }, 'main', 'acme/billing');
        const second = await job.step({ ...inputs, ...base }).main();
        expect(emails(second, 'removed')).toEqual(['linus@example.com']);
        expect(memberOf(neon.state(), 'linus@example.com')).toBeUndefined();
        expectNoAddress(first, second);
        expectNoLeak(first, second);
      },
      { event: push(), token: 'app', github },
    ));

  it.each([
    ['has no CODEOWNERS', 'app', 'There is no .github/CODEOWNERS or CODEOWNERS or docs/CODEOWNERS at commit'],
    ['is hidden from the token', 'default', 'GitHub responded to GET /repos/acme/billing with 404'],
  ] as const)('change nothing if one %s', (_case, token, message) =>
    inGitHubWorld(
      async ({ job, base, requests }) => {
        const run = await job.step({ ...inputs, ...base }).main();
        expect(run.exitCode).toBe(1);
        expect(run.log.join('\n')).toContain(message);
        expect(requests()).toEqual([]);
      },
      { event: push(), token, github },
    ),
  );
});

describe('a comment on the pull request', () => {
  const files = { [codeowners]: '* @octocat\n', [peopleFile]: 'people:\n  octocat: octo@example.com\n' };
  const inputs = { ...sync, comment: 'true', show_emails: 'true' };
  const writer = { contents: 'read', metadata: 'read', pull_requests: 'write' } as const;
  const github = { files, pulls: ['open' as const], seed: { permissions: writer } };
  const event = pullRequest('opened', { number: 1 });
  const marker = '<!-- neon-org-action:sync-invitations:org-sunny-meadow-12345678 -->';

  it('contains the plan with masked addresses, and is updated until no change is planned', () =>
    inGitHubWorld(
      async (world) => {
        const { job, base, neon, github: server, expectNoLeak } = world;
        const first = await job.step({ ...inputs, ...base }).main();
        expect(first.exitCode).toBe(0);
        expect(first.log.join('\n')).toContain('Wrote a comment on pull request #1.');
        const [comment, ...more] = await commentsOf(world);
        expect(more).toEqual([]);
        expect(comment?.body.split('\n')[0]).toBe(marker);
        expect(comment?.body).toContain('| `@octocat` | `o***o@example.com` |');
        expect(comment?.body).not.toContain('octo@');
        expect(comment?.body).toContain('/acme/shop/actions/runs/');
        await server.commit({ [codeowners]: '* @octocat docs@example.com\n' });
        const second = await job.step({ ...inputs, ...base }).main();
        expect(second.log.join('\n')).toContain('Updated the comment on pull request #1.');
        expect((await commentsOf(world)).map(({ fullDatabaseId }) => fullDatabaseId)).toEqual([
          comment?.fullDatabaseId,
        ]);
        neon.change((state) => {
          const [one] = state.users;
          state.users.push({ ...(one as (typeof state.users)[0]), id: 'u-octo', email: 'octo@example.com' });
          const [member] = state.members;
          state.members.push({
            ...(member as (typeof state.members)[0]),
            id: 'm-octo',
            user_id: 'u-octo',
            role: 'member',
          });
        });
        await server.commit({ [codeowners]: '* @octocat\n' });
        const third = await job.step({ ...inputs, ...base }).main();
        const [last] = await commentsOf(world);
        expect(last?.fullDatabaseId).toBe(comment?.fullDatabaseId);
        expect(last?.body).toContain('nothing to change');
        expectNoLeak(first, second, third);
      },
      { event, github },
    ));

  it('is not written twice if the response to its creation is lost', () =>
    inGitHubWorld(
      async (world) => {
        const { job, base, github: server } = world;
        server.faults = [{ operation: 'createIssueComment', nth: 1, fault: { type: 'drop-after' } }];
        const first = await job.step({ ...inputs, ...base }).main();
        expect(first.log.join('\n')).toContain('The comment on pull request #1 could not be written.');
        expect(await commentsOf(world)).toHaveLength(1);
        const second = await job.step({ ...inputs, ...base }).main();
        expect(second.log.join('\n')).toContain('The comment on pull request #1 is up to date.');
        expect(await commentsOf(world)).toHaveLength(1);
      },
      { event, github },
    ));

  it('is not written by a token without the permission, and the plan is still in the summary', () =>
    inGitHubWorld(
      async (world) => {
        const run = await world.job.step({ ...inputs, ...world.base }).main();
        expect(run.exitCode).toBe(0);
        expect(run.log.join('\n')).toContain('The comment on pull request #1 could not be written.');
        expect(run.log.join('\n')).toContain('permissions: pull-requests: write');
        expect(json(run, 'plan')).toHaveLength(1);
        expect(await commentsOf(world)).toEqual([]);
      },
      { event, github: { files, pulls: ['open'] } },
    ));

  it('is not written on another event', () =>
    inGitHubWorld(
      async (world) => {
        const { job, base } = world;
        const pushed = await job.step({ ...inputs, ...base, mode: 'plan' }).main();
        expect(pushed.log.join('\n')).toContain('`comment` has no effect');
        expect(world.githubRequests()).not.toContain('createIssueComment');
      },
      { event: push(), github },
    ));
});
