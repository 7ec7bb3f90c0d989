import { describe, expect, it } from 'vitest';
import { allowedClaims, startBrokerServer } from '../../emulator/broker.ts';
import { push } from '../../emulator/events.ts';
import { startOidc } from '../../emulator/oidc.ts';
import { inWorld } from './world.ts';

/** A user's program that prints its key and reads the project with it. */
const program = (projectId: string) => `#!/usr/bin/env node
console.log('my key is ' + process.env.NEON_API_KEY);
const response = await fetch('https://console.neon.tech/api/v2/projects/${projectId}', {
  headers: { authorization: 'Bearer ' + process.env.NEON_API_KEY },
});
console.log('the project says ' + response.status);
`;

describe('keyless.yml', () => {
  it('mints through the key broker without a secret, and revokes the key after the job', () =>
    inWorld(async (world) => {
      const oidc = await startOidc();
      const server = await startBrokerServer({ neon: world.neon, oidc });
      try {
        const { exitCode, output } = await world.run('keyless.yml', {
          event: push(),
          files: { 'integration-tests': program(world.neon.projectId) },
          vars: { NEON_BROKER_URL: server.url },
          env: oidc.grant({ claims: allowedClaims }),
        });
        expect(output).toContain('my key is ***');
        expect(output).toContain('the project says 200');
        expect(exitCode).toBe(0);
        expect(server.audit.map(({ event, outcome }) => `${event} ${outcome}`)).toEqual([
          'mint minted',
          'revoke revoked',
          'delete deleted',
        ]);
        expect(world.mintedKeys()).toEqual([]);
      } finally {
        await server.close();
        await oidc.close();
      }
    }));
});
