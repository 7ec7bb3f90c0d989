import { describe, expect, it } from 'vitest';
import { createLedger, type Lease, unreleased } from '../../src/keys/ledger.ts';

describe('a ledger', () => {
  it('marks a key as released before the state says so', () => {
    const events: unknown[] = [];
    const ledger = createLedger(
      (leases) => events.push(leases.map(({ name }) => name)),
      (name) => events.push(`released ${name}`),
    );
    ledger.save({ name: 'a', askedAt: 1 });
    ledger.release('a');
    expect(events).toEqual([['a'], 'released a', []]);
  });
});

describe('unreleased', () => {
  const lease = (name: string): Lease => ({ name, askedAt: 1 });
  const inSecret = lease('NEON ~gha.1.2-1.sp7.a');
  const rotated = lease('NEON ~gha.1.2-1.r0-abcdefghij.b');
  const ofJob = lease('ci ~gha.1.2-1.j.c');

  it('leaves out released keys that a secret may hold', () => {
    expect(unreleased([inSecret, rotated], new Set([inSecret.name]))).toEqual([rotated]);
    expect(unreleased([inSecret, rotated], new Set([inSecret.name, rotated.name]))).toEqual([]);
  });

  it('keeps the key of a job, whatever another step of the job has written', () => {
    expect(unreleased([ofJob, lease('ci')], new Set([ofJob.name, 'ci']))).toEqual([ofJob, lease('ci')]);
  });
});
