import { expect, it } from 'vitest';
import { createRevocations } from '../../../broker/keys/revocations.ts';
import { createMetrics } from '../../../broker/metrics.ts';
import type { KeyId } from '../../../src/neon/endpoints.ts';
import { fakeClock } from '../../fake-clock.ts';
import { FakeNeon } from '../../fake-neon.ts';

it('reports a key that this replica has just revoked without another request and without a wait', async () => {
  const clock = fakeClock(Date.UTC(2026, 10, 24));
  const neon = new FakeNeon(clock);
  const id = neon.add('a');
  const revoked = new Set<KeyId>();
  const { revoke } = createRevocations({
    gate: neon,
    list: { fresh: () => Promise.reject(new Error('no list is needed')) },
    activeKeys: { noteRevoked: (key) => void revoked.add(key), isRevoked: (key) => revoked.has(key) },
    clock,
    audit: () => {},
    metrics: createMetrics(),
    log: () => {},
  });
  expect(await revoke([{ id, name: 'a' }], 'abandoned')).toEqual({ revoked: [id], failed: [] });
  expect(await revoke([{ id, name: 'a' }], 'deleted')).toEqual({ revoked: [id], failed: [] });
  expect(neon.calls).toEqual(['revokeOrgApiKey']);
  expect(clock.waits).toEqual([]);
});
