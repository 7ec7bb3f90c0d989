import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { pullRequest } from '../../emulator/events.ts';
import { inWorld, type World } from './world.ts';

const example = 'preview-environments.yml';
const secret = 'NEON_API_KEY_PR_7';
const github = { seed: { environments: ['previews'] } };
type Action = 'opened' | 'reopened' | 'synchronize' | 'closed';
const event = (action: Action) => pullRequest(action, { number: 7 });

/** A user's program that prints its key and reads the project with it. */
const files = ({ neon }: World) => ({
  'deploy-preview': `#!/usr/bin/env node
console.log('my key is ' + process.env.NEON_API_KEY);
const response = await fetch('https://console.neon.tech/api/v2/projects/${neon.projectId}', {
  headers: { authorization: 'Bearer ' + process.env.NEON_API_KEY },
});
console.log('the project says ' + response.status);
process.exitCode = response.ok ? 0 : 1;
`,
});

/** All secrets of GitHub, and whether the key in each works. */
const secrets = ({ neon, github }: World) =>
  github.state().secrets.map(({ environment, name, value }) => [environment, name, neon.isLive(value)]);

const live = [['previews', secret, true]];
const key = expect.stringMatching(/^preview 7 ~gha\.[0-9a-z.]+-1\.sp7\.[0-9a-z]+$/);

/** Makes every key older. */
function passHours({ neon }: World, hours: number): void {
  neon.change(({ credentials }) => {
    for (const one of credentials)
      one.created_at = new Date(Date.parse(one.created_at) - hours * 3_600_000).toISOString();
  });
}

describe(example, () => {
  it('stores a key in the environment when a pull request is opened, keeps it after the job, and masks it in the log', () =>
    inWorld(
      async (world) => {
        const { exitCode, output } = await world.run(example, { event: event('opened'), job: 'key' });
        expect(exitCode).toBe(0);
        expect(world.mintedKeys()).toEqual([key]);
        expect(secrets(world)).toEqual(live);
        expect(output.join('\n')).toContain(`It is in the environment secret ${secret} of previews.`);
      },
      { github },
    ));

  it('uses the key of the same run in the preview when a pull request is opened', () => {
    let next: string | undefined;
    const randomToken = () => next ?? `neon_emulated_${randomUUID()}`;
    return inWorld(
      async (world) => {
        // act reads all secrets when it starts, and GitHub those of an environment when a job starts, so act gets them before.
        next = `neon_emulated_${randomUUID()}`;
        const secrets = { [secret]: next };
        const run = await world.run(example, { event: event('opened'), secrets, files: files(world) });
        expect(run.exitCode).toBe(0);
        expect(run.output).toContain('my key is ***');
        expect(run.output).toContain('the project says 200');
        expect(world.github.secret('environment', secret)?.value).toBe(next);
      },
      { github, neon: { seed: { randomToken } } },
    );
  });

  it('uses the existing key on a push, and deletes the secret and later revokes the key when the pull request is closed', () =>
    inWorld(
      async (world) => {
        await world.run(example, { event: event('opened'), job: 'key' });
        const pushed = await world.run(example, { event: event('synchronize'), files: files(world) });
        expect(pushed.exitCode).toBe(0);
        expect(pushed.output).toContain('my key is ***');
        expect(pushed.output).toContain('the project says 200');
        expect(world.mintedKeys()).toEqual([key]);

        const closed = await world.run(example, { event: event('closed') });
        expect(closed.exitCode).toBe(0);
        expect([world.mintedKeys(), secrets(world)]).toEqual([[key], []]);

        passHours(world, 3);
        const again = await world.run(example, { event: event('closed') });
        expect(again.exitCode).toBe(0);
        expect(world.mintedKeys()).toEqual([]);

        const harmless = await world.run(example, { event: event('closed') });
        expect(harmless.exitCode).toBe(0);
        expect(harmless.output).toContain('No matching key is active, so there is nothing to revoke.');
      },
      { github },
    ));

  it('stores the newer key when a pull request is reopened, and revokes both keys when it is closed', () =>
    inWorld(
      async (world) => {
        await world.run(example, { event: event('opened'), job: 'key' });
        await world.run(example, { event: event('reopened'), job: 'key' });
        expect(world.mintedKeys()).toEqual([key, key]);
        expect(secrets(world)).toEqual(live);
        passHours(world, 3);
        await world.run(example, { event: event('closed') });
        expect([world.mintedKeys(), secrets(world)]).toEqual([[], []]);
      },
      { github },
    ));

  it('keeps the keys of other pull requests when one is closed', () =>
    inWorld(
      async (world) => {
        await world.run(example, { event: event('opened'), job: 'key' });
        await world.run(example, { event: pullRequest('closed', { number: 70 }) });
        expect(world.mintedKeys()).toEqual([key]);
        expect(secrets(world)).toEqual(live);
      },
      { github },
    ));

  const strangers = { 'a fork': { from: 'stranger/shop' }, Dependabot: { author: 'dependabot[bot]' } };
  const actions: Action[] = ['opened', 'reopened', 'synchronize', 'closed'];
  it.each(Object.entries(strangers).flatMap(([who, details]) => actions.map((action) => ({ who, action, details }))))(
    'starts no job and sends no request for a pull request of $who, $action',
    ({ action, details }) =>
      inWorld(
        async (world) => {
          const stranger = pullRequest(action, { number: 7, ...details });
          const { exitCode, output } = await world.run(example, { event: stranger, files: files(world) });
          expect([exitCode, output]).toEqual([0, []]);
          expect([world.neon.requests, world.github.requests]).toEqual([[], []]);
        },
        { github },
      ),
  );
});
