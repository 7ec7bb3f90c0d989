import type { ChildProcess } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { pullRequest } from '../../emulator/events.ts';
import { inWorld, type World } from './world.ts';

/** A user's program that prints its key, reads the project with it, and then runs `end`. */
function integrationTests({ neon }: World, end: string): Record<string, string> {
  const program = `#!/usr/bin/env node
console.log('my key is ' + process.env.NEON_API_KEY);
const response = await fetch('https://console.neon.tech/api/v2/projects/${neon.projectId}', {
  headers: { authorization: 'Bearer ' + process.env.NEON_API_KEY },
});
console.log('the project says ' + response.status);
${end}
`;
  return { 'integration-tests': program };
}

describe('job-key.yml', () => {
  it('gives the tests a working key that the log hides, and revokes it after them', () =>
    inWorld(async (world) => {
      const files = integrationTests(world, '');
      let live: string[] = [];
      world.when('getProject', () => {
        live = world.mintedKeys();
      });
      const { exitCode, output } = await world.run('job-key.yml', { event: pullRequest('opened'), files });
      expect(exitCode).toBe(0);
      expect(output).toContain('my key is ***');
      expect(output).toContain('the project says 200');
      expect(live).toEqual([expect.stringMatching(/^shop integration-tests ~gha\./)]);
      expect(world.github.requests).toEqual([]);
      expect(world.mintedKeys()).toEqual([]);
    }));

  it('revokes the key after tests that fail', () =>
    inWorld(async (world) => {
      const files = integrationTests(world, 'process.exitCode = 1;');
      const { exitCode, output } = await world.run('job-key.yml', { event: pullRequest('opened'), files });
      expect(exitCode).toBe(1);
      expect(output).toContain('the project says 200');
      expect(output.at(-1)).toMatch(/^Revoked key /);
      expect(world.mintedKeys()).toEqual([]);
    }));

  it('revokes the key after tests that are cancelled', () =>
    inWorld(async (world) => {
      const files = integrationTests(world, 'setTimeout(() => {}, 600_000);');
      let act: ChildProcess | undefined;
      world.when('getProject', () => act?.kill('SIGINT'));
      const started = (child: ChildProcess) => {
        act = child;
      };
      const { exitCode, output } = await world.run('job-key.yml', { event: pullRequest('opened'), files, started });
      expect(exitCode).not.toBe(0);
      expect(output.at(-1)).toMatch(/^Revoked key /);
      expect(world.mintedKeys()).toEqual([]);
    }));
});
