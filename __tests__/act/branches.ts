import type { ChildProcess } from 'node:child_process';
import { expect, it } from 'vitest';
import { type BranchServer, startBranches } from '../../emulator/branches.ts';
import { pullRequest } from '../../emulator/events.ts';
import { inWorld } from './world.ts';

interface Example {
  example: string;
  files?: Record<string, string>;
  actions?: Record<string, Record<string, string>>;
  /** Whether the log hides the address of the database. */
  masked: boolean;
}

interface Outcome {
  exitCode: number | null;
  output: string[];
  /** Neon's state after the branch was created. */
  created: { branch: string; lifetimeMs: number; password: string; keys: string[] };
  /** Neon's state at the end. */
  left: { branches: string[]; keys: string[] };
}

/** A user's program that prints the address of its database, which shows whether the log hides it. */
const program = (end: string) => `#!/usr/bin/env node
console.log('my database is ' + process.env.DATABASE_URL);
${end}
`;

/** Runs an example whose tests end with `end`. */
async function run({ example, files, actions = {} }: Example, end: string, cancel = false): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  let server: BranchServer | undefined;
  let act: ChildProcess | undefined;
  await inWorld(
    async (world) => {
      const created: Outcome['created'][] = [];
      if (server === undefined) throw new Error('The front was not started.');
      const { branches, password } = server;
      server.created = ({ id, name, created_at, expires_at = '' }) => {
        const lifetimeMs = Date.parse(expires_at) - Date.parse(created_at);
        created.push({ branch: name, lifetimeMs, password: password(id), keys: world.mintedKeys() });
        if (cancel) act?.kill('SIGINT');
      };
      const { exitCode, output } = await world.run(example, {
        event: pullRequest('opened'),
        actions,
        files: { ...files, 'integration-tests': program(end) },
        started: (child) => {
          act = child;
        },
      });
      const left = { branches: branches.map(({ name }) => name), keys: world.mintedKeys() };
      outcomes.push(...created.map((one) => ({ exitCode, output, created: one, left })));
    },
    {
      front: async (neon) => {
        server = await startBranches(neon);
        return server;
      },
    },
  );
  const [outcome, ...more] = outcomes;
  if (outcome === undefined || more.length > 0) throw new Error(`${outcomes.length} branches were created, not one.`);
  return outcome;
}

/** The tests of an example that creates a branch with the job's key and deletes it at the end. */
export function testBranchExample(given: Example): void {
  const nothingLeft = { branches: ['main'], keys: [] };

  it('gives the tests a branch, then deletes it and revokes the key', async () => {
    const { exitCode, output, created, left } = await run(given, '');
    expect(exitCode).toBe(0);
    expect(created.keys).toEqual([expect.stringMatching(/^shop test ~gha\./)]);
    expect(created.branch).toMatch(/^ci-\d+-\d+$/);
    expect(created.lifetimeMs).toBeGreaterThan(3_600_000);
    expect(left).toEqual(nothingLeft);
    const log = output.join('\n');
    if (given.masked) expect(output).toContain('my database is ***');
    else expect(log).toContain(`my database is postgresql://neondb_owner:${created.password}@`);
    expect(log.includes(created.password)).toBe(!given.masked);
  });

  it('deletes the branch and revokes the key after tests that fail', async () => {
    const { exitCode, left } = await run(given, 'process.exitCode = 1;');
    expect([exitCode, left]).toEqual([1, nothingLeft]);
  });

  it('deletes the branch and revokes the key of a job that is cancelled while Neon creates the branch', async () => {
    const { exitCode, output, left } = await run(given, '', true);
    expect(exitCode).not.toBe(0);
    expect(output.join('\n')).not.toContain('my database is');
    expect(left).toEqual(nothingLeft);
  });

  it.each([
    ['a fork', { from: 'stranger/shop' }],
    ['Dependabot', { author: 'dependabot[bot]' }],
  ])('starts no job on a pull request of %s', (_who, details) =>
    inWorld(async (world) => {
      const event = pullRequest('opened', details);
      const { exitCode, output } = await world.run(given.example, { event, actions: given.actions ?? {} });
      expect([exitCode, output, world.neon.requests]).toEqual([0, [], []]);
    }),
  );
}
