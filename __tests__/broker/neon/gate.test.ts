import { describe, expect, it } from 'vitest';
import { createNeonGate, type NeonGate } from '../../../broker/neon/gate.ts';
import { createRateShare } from '../../../broker/neon/rate-share.ts';
import { fakeClock } from '../../fake-clock.ts';
import { FakeNeon, failing, type Operation } from '../../fake-neon.ts';

const requests = {
  listOrgApiKeys: (gate: NeonGate) => gate.listOrgApiKeys(),
  createOrgApiKey: (gate: NeonGate) => gate.createOrgApiKey({ key_name: 'a' }),
  revokeOrgApiKey: (gate: NeonGate) => gate.revokeOrgApiKey('1'),
} satisfies Partial<Record<Operation, unknown>>;

type Requested = keyof typeof requests;

/** Sends one request that Neon refuses. */
async function gateAfter(operation: Requested, status: number) {
  const clock = fakeClock();
  const neon = new FakeNeon(clock, [failing('refused', status)]);
  neon.add('one');
  const share = createRateShare(clock, 1);
  const gate = createNeonGate({
    readAdminKey: async () => 'admin-key',
    connect: async () => neon,
    share,
    clock,
    onToken: () => {},
  });
  await gate.reread();
  await expect(requests[operation](gate)).rejects.toThrow();
  return gate;
}

describe('adminKeyProblem', () => {
  it.each<Requested>(['listOrgApiKeys', 'createOrgApiKey', 'revokeOrgApiKey'])(
    'is `refused` after a 401 for %s, until Neon carries out any request',
    async (operation) => {
      const gate = await gateAfter(operation, 401);
      expect(gate.adminKeyProblem()).toBe('refused');
      await gate.listOrgApiKeys();
      expect(gate.adminKeyProblem()).toBeUndefined();
    },
  );

  it.each<Requested>(['listOrgApiKeys', 'createOrgApiKey'])(
    'is `refused` after a 403 for %s, until Neon carries out such a request',
    async (operation) => {
      const gate = await gateAfter(operation, 403);
      expect(gate.adminKeyProblem()).toBe('refused');
      await gate.revokeOrgApiKey('1');
      expect(gate.adminKeyProblem()).toBe('refused');
      await requests[operation](gate);
      expect(gate.adminKeyProblem()).toBeUndefined();
    },
  );

  it.each([403, 404, 409])('is not set by a %i for one key', async (status) => {
    const gate = await gateAfter('revokeOrgApiKey', status);
    expect(gate.adminKeyProblem()).toBeUndefined();
  });
});
