// Hostile text in every input of the built action must remain text in the log, the summary and the command files.
import { describe, expect, it } from 'vitest';
import { pullRequest, push, schedule, type WorkflowEvent } from '../../emulator/events.ts';
import { SEED as GITHUB } from '../../emulator/github/state.ts';
import type { NeonState } from '../../emulator/model.ts';
import { type Run, workflowRun } from '../../emulator/runner.ts';
import { composeKeyName, type Lifetime, parseKeyName } from '../../src/keys/name.ts';
import { maskEmails } from '../../src/lib/email.ts';
import { encodedForms } from '../../src/lib/redact.ts';
import { oneLine } from '../../src/lib/text.ts';
import { docsSections, docsUrl } from '../../src/runner/docs.ts';
import { commandsIn } from '../commands.ts';
import { readable, readGfm } from '../gfm.ts';
import { fragments } from '../hostile.ts';
import { type GitHubWorld, inGitHubWorld, inWorld, type World } from './world.ts';

/** Each fragment alone, all of them in one text, and a very long one. */
const all = fragments.join(' ');
const texts = [...fragments, all, 'x'.repeat(100_000), '🔑'.repeat(10_000)].map((text) => text.toWellFormed());
/** Text that an environment variable can contain. */
const typed = texts
  .map((text) => text.replaceAll('\0', ''))
  .filter((text) => text.length < 10_000 && text.trim() !== '');
/** Text that a person can enter into an input. */
const input = fragments.filter((text) => !/[\p{Cc}\p{Cf}\u2028\u2029\p{Cs}]/u.test(text)).join(' ');

const bigId = (index: number) => String(2n ** 53n + 1n + BigInt(index));
const links =
  /^https:\/\/github\.com\/acme\/shop\/(?:actions\/runs\/\d+\/attempts\/\d+|commit\/[0-9a-f]{40}|pull\/\d+|blob\/[0-9a-f]{40}\/[\w./-]+(?:#L\d+)?)$/;
const docsLinks = Object.values(docsSections).map((section) => `${docsUrl}/${section}`);

/** Removes zero-width spaces, which the action adds. */
const unprintable = /[^\P{C}\n\u200b\p{Cn}\p{Co}]|[\u2028\u2029]/u;

/** Fails if a run contains an unexpected workflow command, control sequence, Markdown, HTML or output. */
function expectTame(run: Run, world: World, outputs: string[]): void {
  const log = run.stdout.replaceAll('\r\n', '\n');
  const secrets = Object.values({
    ...world.neon.tokens,
    ...('github' in world ? (world as GitHubWorld).github.tokens : {}),
  });
  const minted = world.neon.state().credentials.map(({ token }) => token);
  const masks = new Set([...secrets, ...minted].flatMap((token) => [token, ...encodedForms(token)]));
  for (const { name, message } of commandsIn(log)) {
    expect(['add-mask', 'debug', 'group', 'endgroup', 'notice', 'warning', 'error']).toContain(name);
    if (name === 'add-mask') expect(masks).toContain(message);
  }
  expect(log).not.toMatch(unprintable);
  expect(run.stderr).toBe('');
  expect(Object.keys(run.outputs).sort()).toEqual([...outputs].sort());
  expect(run.variables).toEqual({});
  expect(Object.keys(run.state).filter((name) => name !== 'leases')).toEqual([]);
  const read = readGfm(run.summary);
  expect({ ...read, links: read.links.filter((link) => !links.test(link) && !docsLinks.includes(link)) }).toMatchObject(
    {
      links: [],
      images: [],
      html: [],
      mentions: [],
    },
  );
}

/** Fails if a row of the summary has another number of cells than its header. */
function expectEvenTables({ summary }: Run): void {
  for (const [head, ...rows] of readGfm(summary).tables) {
    for (const row of rows) expect(row).toHaveLength(head?.length ?? 0);
  }
  for (const block of summary.split(/\n\n+/).filter((part) => part.startsWith('| '))) {
    expect(
      new Set(
        block
          .trim()
          .split('\n')
          .map((line) => line.match(/\|/g)?.length),
      ).size,
    ).toBe(1);
  }
}

/** The text as a cell of a summary shows it. */
const shown = (text: string) => readable(maskEmails(oneLine(text)));

describe('hostile names of keys and people at Neon', () => {
  const keys = texts.map((name, index) => ({ name, id: bigId(index) }));

  it('are shown as text by list-keys', () =>
    inWorld(
      async (world) => {
        const { neon, job, base } = world;
        neon.change(({ users }) => {
          for (const user of users) user.name = all;
        });
        const run = await job.step({ operation: 'list-keys', ...base }).main();
        const result = ['changed', 'key_count', run.outputs['result_file'] ? 'result_file' : 'keys'];
        expectTame(run, world, result);
        expect(run.exitCode).toBe(0);
        const [table = []] = readGfm(run.summary).tables;
        for (const { name, id } of keys) {
          const row = table.find(([cell]) => cell === id);
          expect(row?.slice(0, 3)).toEqual([id, shown(name), '⚠️ every project']);
          expect(row?.[4]).toBe(shown(all));
          expect(row).toHaveLength(7);
        }
      },
      { seed: { keys } },
    ));

  it('are unchanged in the outputs of list-keys', () =>
    inWorld(
      async (world) => {
        const run = await world.job.step({ operation: 'list-keys', ...world.base }).main();
        const listed = run.outputs['keys'] ?? '';
        expect(JSON.parse(listed).map(({ name }: { name: string }) => name)).toEqual(
          expect.arrayContaining(fragments.map((name) => name.toWellFormed())),
        );
        for (const [index] of fragments.entries()) expect(listed).toContain(`{"id":${bigId(index)},`);
        expect(({} as Record<string, unknown>)['x']).toBeUndefined();
      },
      { seed: { keys: keys.slice(0, fragments.length) } },
    ));

  it('match exactly one key in revoke-key', () =>
    inWorld(
      async (world) => {
        const { neon, job, base } = world;
        const run = await job.step({ operation: 'revoke-key', ...base, key_name: input }).main();
        expectTame(run, world, ['changed', 'revoked_count', 'revoked_key_ids']);
        expect(run.outputs['revoked_key_ids']).toBe(`[${bigId(1)}]`);
        expect(neon.liveKeys().map(({ id }) => id)).toEqual(['1000005', bigId(0)]);
        expect(readGfm(run.summary).tables[0]?.[1]).toEqual([shown(input), bigId(1), '✅ revoked']);
      },
      {
        seed: {
          keys: [
            { name: `${input} `, id: bigId(0) },
            { name: input, id: bigId(1) },
          ],
        },
      },
    ));

  it('are shown as text by get-organization', () =>
    inWorld(async (world) => {
      const { neon, job, base } = world;
      for (const text of [all, ...texts.filter((_, index) => index % 20 === 0)]) {
        neon.change(({ organizations: [organization] }) => {
          Object.assign(organization ?? {}, {
            name: text,
            handle: text,
            plan: text,
            managed_by: text,
            created_at: text,
          });
        });
        const run = await job.step({ operation: 'get-organization', ...base }).main();
        expectTame(run, world, ['changed', 'organization']);
        expect(JSON.parse(run.outputs['organization'] ?? '')).toMatchObject({ name: text, plan: text });
        expect(readGfm(run.summary).tables[0]?.[1]).toEqual(['Handle', shown(text)]);
      }
    }));
});

describe('sweep-keys with hostile text', () => {
  const lifetimes: Lifetime[] = [
    { kind: 'job' },
    { kind: 'pull-request', number: 1 },
    { kind: 'duration', seconds: 1 },
    { kind: 'manual' },
    { kind: 'rotation', graceSeconds: 1, secretId: '0123456789' },
  ];
  const created_at = new Date(Date.now() - 86_400_000).toISOString();
  const names = fragments.map((label, index) => {
    const lifetime = lifetimes[index % lifetimes.length] as Lifetime;
    const mark = { repositoryId: GITHUB.repositoryId, runId: 7, runAttempt: 1, lifetime, nonce: `n${index}` };
    return composeKeyName(label, mark);
  });
  const others = ['~gha.1.2-1.j.n', `${all} ~gha.dfndxq.7-1.j.N`, `x ~gha.${'z'.repeat(300)}.7-1.j.n`, '__proto__'];
  const keys = [...names, ...others].map((name, index) => ({ name, id: bigId(index), created_at }));
  const outputs = ['changed', 'revoked_count', 'kept_count', 'failed_count', 'doubt_count', 'revoked_key_ids', 'plan'];

  const inSweptWorld = (event: WorkflowEvent, work: (world: GitHubWorld) => Promise<void>) =>
    inGitHubWorld(work, { event, seed: { keys }, github: { pulls: ['closed'], seed: { runs: [{ id: 7 }] } } });

  it('plans and revokes by exact IDs', () =>
    inSweptWorld(schedule(), async (world) => {
      const { neon, job, base } = world;
      const planned = await job.step({ operation: 'sweep-keys', ...base, mode: 'plan' }).main();
      expectTame(planned, world, outputs);
      const plan = planned.outputs['plan'] ?? '';
      for (const [index] of names.entries()) expect(plan).toContain(`{"key_id":${bigId(index)},`);
      expect(JSON.parse(plan).map(({ key_name }: { key_name: string }) => key_name)).toEqual(names);
      const toRevoke = JSON.parse(plan).flatMap(({ action }: { action: string }, index: number) =>
        action === 'revoke' ? [bigId(index)] : [],
      );
      expect(toRevoke.length).toBeGreaterThan(20);

      const applied = await job.step({ operation: 'sweep-keys', ...base }).main();
      expectTame(applied, world, outputs);
      expect((applied.outputs['revoked_key_ids'] ?? '').slice(1, -1).split(',').sort()).toEqual(toRevoke);
      const live = neon.liveKeys().map(({ id }) => id);
      expect(live.filter((id) => toRevoke.includes(id))).toEqual([]);
      expect(live).toHaveLength(keys.length + 1 - toRevoke.length);
      const [table = []] = readGfm(applied.summary).tables;
      for (const id of toRevoke) {
        const { label = '' } = parseKeyName(names[Number(BigInt(id) - BigInt(bigId(0)))] as string) ?? {};
        expect(table.find(([, cell]) => cell === id)).toEqual([
          shown(label) || '–',
          id,
          expect.any(String),
          '24\u00a0h',
          'never',
          expect.stringMatching(/^run \d+/),
          '✅ revoked',
        ]);
      }
    }));

  it("shows GitHub's error as text", () =>
    inSweptWorld(schedule(), async (world) => {
      const { github, job, base } = world;
      const body = JSON.stringify({ message: all, documentation_url: all });
      github.faults = [{ operation: 'any', fault: { type: 'status', status: 403, body } }];
      const run = await job.step({ operation: 'sweep-keys', ...base }).main();
      expectTame(run, world, outputs);
      expect(run.stdout).toContain('could not be determined');
      expect(run.summary).toContain('evil');
    }));

  it.each(['default_branch', 'action', 'ref'])('only plans on an event with a hostile %s', async (place) => {
    const { payload } = push();
    const event = {
      ...push(),
      name: place === 'action' ? 'pull_request' : 'push',
      ref: place === 'ref' ? `refs/heads/${typed.at(-1)}` : push().ref,
      payload: JSON.parse(
        JSON.stringify({ ...payload, action: all, repository: { default_branch: all, fork: false } }).replace(
          '{',
          '{"__proto__":{"merged":true,"fork":false},"constructor":{"prototype":{"merged":true}},',
        ),
      ),
    };
    await inSweptWorld(event, async (world) => {
      const run = await world.job.step({ operation: 'sweep-keys', ...world.base }).main();
      expectTame(run, world, outputs);
      expect(run.outputs['revoked_count']).toBe('0');
    });
  });
});

// Some wait before the next attempt.
describe.concurrent('hostile responses of Neon and the network', () => {
  const hostileError = JSON.stringify({ code: all, message: all, request_id: all });
  const nested = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;

  it.each<[string, number, string]>([
    ['a refusal', 400, hostileError],
    ['a refused key', 401, hostileError],
    ['a missing permission', 403, hostileError],
    ['not found', 404, hostileError],
    ['a failure', 500, hostileError],
    ['HTML', 502, `<html>${all}</html>`],
    ['a prototype', 400, '{"__proto__":{"code":"x","message":"y"},"constructor":{"name":"z"}}'],
    ['a redirect', 302, hostileError],
    ['something nested 50,000 deep', 200, nested],
    ['a huge number', 200, `{"id":${'9'.repeat(5000)},"name":"x","key":"y"}`],
    ['a key without a token', 200, JSON.stringify({ id: 7, name: all, key: all, created_at: all })],
  ])('are shown as text in the error of create-key: %s', (_what, status, body) =>
    inWorld(async (world) => {
      const { neon, job, mint } = world;
      const headers = { location: 'https://evil.example/::error::x', 'retry-after': '99999999999999999999' };
      neon.faults = [{ operation: 'createOrgApiKey', fault: { type: 'status', status, body, headers } }];
      const step = job.step(mint);
      const run = await step.main();
      expectTame(run, world, []);
      expect(run.exitCode).toBe(1);
      expect(commandsIn(run.stdout).filter(({ name }) => name === 'error')).toHaveLength(1);
      const post = await step.post();
      expectTame(post, world, []);
      expect(post.exitCode).toBe(0);
    }),
  );

  it('are returned as text if they surround the name of a new key, which is revoked', () =>
    inWorld(async (world) => {
      const { neon, job, mint, mintedKeys } = world;
      neon.faults = [
        { operation: 'createOrgApiKey', fault: { type: 'merge', patch: { created_at: all, created_by: all } } },
      ];
      const step = job.step(mint);
      const run = await step.main();
      expectTame(run, world, ['changed', 'api_key', 'key_id', 'key_name', 'project_id', 'created_at']);
      expect(run.outputs['created_at']?.replaceAll('\r\n', '\n')).toBe(all.toWellFormed().replaceAll('\r\n', '\n'));
      const post = await step.post();
      expectTame(post, world, []);
      expect(mintedKeys()).toEqual([]);
    }));

  it('are rejected if they are about a key with another name, which is not revoked by its ID', () =>
    inWorld(async (world) => {
      const { neon, job, mint } = world;
      const foreign = neon.liveKeys()[0]?.id as string;
      const patch = { id: Number(foreign), name: all };
      neon.faults = [{ operation: 'createOrgApiKey', fault: { type: 'merge', patch } }];
      const step = job.step(mint);
      const run = await step.main();
      expectTame(run, world, []);
      expect(run.exitCode).toBe(1);
      const post = await step.post();
      expectTame(post, world, []);
      expect(neon.liveKeys().map(({ id }) => id)).toEqual([foreign]);
    }));
});

describe('hostile inputs and variables', () => {
  it('become exactly the key name at Neon and in the outputs, or cause an error before any request', () =>
    inWorld(async (world) => {
      const { job, mint, requests, mintedKeys } = world;
      for (const key_name of typed.filter((_, index) => index % 8 === 0)) {
        const before = requests().length;
        const step = job.step({ ...mint, key_name });
        const run = await step.main();
        if (run.exitCode === 0) {
          expectTame(run, world, ['changed', 'api_key', 'key_id', 'key_name', 'project_id', 'created_at']);
          expect(mintedKeys().map(({ name }) => name)).toEqual([run.outputs['key_name']]);
        } else {
          expectTame(run, world, []);
          expect(requests()).toHaveLength(before);
        }
        expectTame(await step.post(), world, []);
        expect(mintedKeys()).toEqual([]);
      }
    }));

  it.each([
    'org_id',
    'project_id',
    'api_host',
    'operation',
    'lifetime',
    'key_id',
    'repositories',
    'emails',
    'exclude',
    'secret_name',
  ])('are an error before any request in `%s`', (name) =>
    inWorld(async (world) => {
      const { job, mint, requests } = world;
      const run = await job.step({ ...mint, [name]: typed.at(-1) as string }).main();
      expectTame(run, world, []);
      expect([run.exitCode, requests()]).toEqual([1, []]);
    }),
  );

  it('are shown as text in variables of the runner', () =>
    inWorld(async (world) => {
      const { job, mint, mintedKeys } = world;
      const env = Object.fromEntries(
        ['GITHUB_JOB', 'GITHUB_REPOSITORY', 'GITHUB_EVENT_NAME', 'GITHUB_REF'].map((name) => [
          name,
          typed.at(-1) as string,
        ]),
      );
      const step = job.step(mint);
      const run = await step.main({ env });
      expectTame(run, world, ['changed', 'api_key', 'key_id', 'key_name', 'project_id', 'created_at']);
      expectTame(await step.post({ env }), world, []);
      expect(mintedKeys()).toEqual([]);
    }));

  it('are used as the name of an environment, and shown as text', () => {
    const environment = input.slice(0, 255).trim();
    const github = { seed: { environments: [environment] } };
    return inGitHubWorld(
      async (world) => {
        const { job, mint } = world;
        const secret = {
          secret_name: 'NEON',
          secret_scope: 'environment',
          secret_environment: environment,
        };
        const step = job.step({ ...mint, lifetime: 'manual', ...secret });
        const run = await step.main();
        expectTame(run, world, ['changed', 'api_key', 'key_id', 'key_name', 'project_id', 'created_at']);
        expect(readGfm(run.summary).tables[0]?.[3]?.[1]).toContain(shown(environment));
        const gone = await job.step({ operation: 'revoke-key', ...world.base, ...secret }).main();
        expectTame(gone, world, ['changed', 'revoked_count', 'revoked_key_ids']);
        expect(gone.exitCode).toBe(0);
      },
      { github, token: 'app' },
    );
  });
});

describe('hostile text about members', () => {
  const outputs = ['changed', 'invited_count', 'invited', 'skipped', 'failed', 'unresolved', 'plan'];
  const sync = { operation: 'sync-invitations' };
  const prototypes = '* @constructor @tostring @hasownproperty @valueof @acme/constructor\n';

  it('is reported and invites no one in lines of CODEOWNERS', () =>
    inGitHubWorld(
      async (world) => {
        const run = await world.job.step({ ...sync, ...world.base }).main();
        expectTame(run, world, outputs);
        expect(run.outputs['invited']).toBe('[]');
        expectEvenTables(run);
      },
      {
        event: push(),
        github: {
          files: { '.github/CODEOWNERS': prototypes + fragments.map((text) => `/x ${text} @${text}\n`).join('') },
        },
      },
    ));

  it.each<[string, string]>([
    [
      'prototype keys',
      'people:\n  __proto__: mallory@evil.example\n  constructor: { email: x@evil.example, __proto__: x }\n',
    ],
    [
      'aliases of aliases',
      `people:\n  a: &a [x, x]\n${[...'bcdefghij'].map((name, i) => `  ${name}: &${name} [${`*${'abcdefghij'[i]}, `.repeat(9)}]\n`).join('')}`,
    ],
    ['a merge key', 'people:\n  a: &a { email: a@evil.example }\n  b: { <<: *a }\n'],
    ['a tag', 'people: !!js/function "x"\n'],
    [
      'huge numbers',
      `people:\n  a: { email: a@x.io, github_id: ${'9'.repeat(400)} }\n  b: { email: b@x.io, github_id: 1e400 }\n`,
    ],
    [
      'hostile keys and values',
      `people:\n${fragments.map((text) => `  ${JSON.stringify(text)}: ${JSON.stringify(text)}\n`).join('')}`,
    ],
    ['hostile sections', fragments.map((text) => `${JSON.stringify(text)}: ${JSON.stringify(text)}\n`).join('')],
    ['nesting', `people: ${'['.repeat(20_000)}`],
  ])('causes only an error in a people file with %s', (_what, file) =>
    inGitHubWorld(
      async (world) => {
        const run = await world.job.step({ ...sync, ...world.base }).main();
        expectTame(run, world, []);
        expect(run.exitCode).toBe(1);
        expect(run.stdout).toContain('neon-people.yml:');
        expect(world.requests()).toEqual([]);
      },
      { event: push(), github: { files: { '.github/CODEOWNERS': '* @a\n', '.github/neon-people.yml': file } } },
    ),
  );

  /** Fills the organization with people whose texts are all hostile. */
  function fill({ members, users, invitations }: NeonState): void {
    const [member, user, invitation] = [members.at(-1), users.at(-1), invitations[0]];
    for (const [index, text] of texts.filter((one) => one !== '').entries()) {
      const of = { user_id: `u${index}`, role: text as 'admin', joined_at: text };
      users.push({ ...(user as (typeof users)[0]), id: of.user_id, email: text, name: text });
      members.push({ ...(member as (typeof members)[0]), ...of, id: text });
      invitations.push({ ...(invitation as (typeof invitations)[0]), ...of, id: text, email: text, invited_at: text });
    }
  }

  it.each([
    ['list-members', {}, ['changed', 'member_count', 'members', 'people_file']],
    ['list-invitations', {}, ['changed', 'invitation_count', 'invitations']],
    [
      'sync-members',
      { max_removals: '100%', mode: 'plan', people_file: 'none' },
      [...outputs, 'role_changes', 'removed', 'withheld_count'],
    ],
  ])('is shown as text for members, invitations and roles at Neon by %s', (operation, inputs, names) =>
    inGitHubWorld(
      async (world) => {
        world.neon.change(fill);
        for (const show_emails of ['true', 'false']) {
          const run = await world.job.step({ operation, ...world.base, ...inputs, show_emails }).main();
          expect(run.exitCode).toBe(0);
          const short = names.filter((name) => /^changed|count$|^people_file$/.test(name));
          expectTame(run, world, run.outputs['result_file'] === undefined ? names : [...short, 'result_file']);
          expectEvenTables(run);
        }
      },
      {
        event: push(),
        seed: { invitations: [{ email: 'x@example.com' }] },
        github: { files: { '.github/CODEOWNERS': '* ada@example.com\n' } },
      },
    ),
  );

  it('is shown as text in the branch and head of a pull request', () => {
    const event = pullRequest('opened', { branch: typed.at(-1) as string, sha: typed.at(-1) as string });
    return inGitHubWorld(
      async (world) => {
        const run = await world.job.step({ ...sync, ...world.base }).main();
        expectTame(run, world, []);
        expect(run.exitCode).toBe(1);
      },
      { event, github: { files: { '.github/CODEOWNERS': '* @a\n' } } },
    );
  });
});

it('the stand-in for the runner sets the variables of a real run', () => {
  expect(links.test(`https://github.com/${workflowRun.GITHUB_REPOSITORY}/actions/runs/1/attempts/1`)).toBe(true);
});
