import { describe, expect, it } from 'vitest';
import { createLedger, type Lease, PostStarted, unreleased } from '../../src/keys/ledger.ts';

function ledger(hasPostStarted = () => false) {
  const written: Lease[][] = [];
  return {
    written,
    ...createLedger(
      (leases) => void written.push(leases),
      () => {},
      hasPostStarted,
    ),
  };
}

describe('the ledger', () => {
  it('saves the state at every change', () => {
    const { plan, save, forget, written } = ledger();
    plan(['a', 'b']);
    save({ name: 'a', requestedAt: 1 });
    save({ name: 'a', requestedAt: 1, respondedAt: 2, id: '7' });
    plan([]);
    forget('a');
    expect(written).toEqual([
      [{ name: 'a' }, { name: 'b' }],
      [{ name: 'a', requestedAt: 1 }, { name: 'b' }],
      [{ name: 'a', requestedAt: 1, respondedAt: 2, id: '7' }, { name: 'b' }],
      [{ name: 'a', requestedAt: 1, respondedAt: 2, id: '7' }],
      [],
    ]);
  });

  it('keeps saved leases when the planned names are discarded', () => {
    const { plan, save, open } = ledger();
    save({ name: 'x', requestedAt: 1 });
    plan(['a']);
    plan([]);
    expect(open()).toEqual([{ name: 'x', requestedAt: 1 }]);
  });

  it('saves nothing when it forgets an unknown name', () => {
    const { forget, written } = ledger();
    forget('a');
    expect(written).toEqual([]);
  });

  it('saves a lease before it throws because the post step has started', () => {
    const { save, written, open } = ledger(() => {
      expect(written).toHaveLength(1);
      return true;
    });
    expect(() => save({ name: 'a', requestedAt: 1 })).toThrow(PostStarted);
    expect(open()).toEqual([{ name: 'a', requestedAt: 1 }]);
  });

  it('can forget and plan names while the post step runs, because that sends no request', () => {
    const { plan, forget } = ledger(() => true);
    expect(() => plan(['a'])).not.toThrow();
    expect(() => forget('a')).not.toThrow();
  });
});

describe('release', () => {
  it('throws while the post step runs, with the key marked and the lease still open', () => {
    const marked: string[] = [];
    let hasStarted = false;
    const { save, release, open } = createLedger(
      () => {},
      (name) => void marked.push(name),
      () => hasStarted,
    );
    save({ name: 'a', requestedAt: 1 });
    hasStarted = true;
    expect(() => release('a')).toThrow(PostStarted);
    expect(marked).toEqual(['a']);
    expect(open()).toHaveLength(1);
  });

  it('marks a key as released before it saves the state', () => {
    const events: unknown[] = [];
    const ledger = createLedger(
      (leases) => events.push(leases.map(({ name }) => name)),
      (name) => events.push(`released ${name}`),
    );
    ledger.save({ name: 'a', requestedAt: 1 });
    ledger.release('a');
    expect(events).toEqual([['a'], 'released a', []]);
  });
});

describe('unreleased', () => {
  const lease = (name: string): Lease => ({ name, requestedAt: 1 });
  const inSecret = lease('NEON ~gha.1.2-1.sp7.a');
  const rotated = lease('NEON ~gha.1.2-1.r0-abcdefghij.b');
  const ofJob = lease('ci ~gha.1.2-1.j.c');

  it('leaves out released keys that a secret may hold', () => {
    expect(unreleased([inSecret, rotated], new Set([inSecret.name]))).toEqual([rotated]);
    expect(unreleased([inSecret, rotated], new Set([inSecret.name, rotated.name]))).toEqual([]);
  });

  it('keeps the key of a job, even if another step of the job has marked it', () => {
    expect(unreleased([ofJob, lease('ci')], new Set([ofJob.name, 'ci']))).toEqual([ofJob, lease('ci')]);
  });
});
