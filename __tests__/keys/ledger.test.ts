import { describe, expect, it } from 'vitest';
import { createLedger, type Lease, PostStarted, unreleased } from '../../src/keys/ledger.ts';

const full = new Error('ENOSPC: no space left on device, write');

/** A ledger whose writes fail while `disk.isFull`, and everything that it changed, in order. */
function ledger(hasPostStarted = () => false) {
  const written: Lease[][] = [];
  const marked = new Set<string>();
  const events: string[] = [];
  const disk = { isFull: false };
  const write = (leases: Lease[]) => {
    if (disk.isFull) throw full;
    written.push(leases);
    events.push(`state: ${leases.map(({ name }) => name).join()}`);
  };
  const marks = {
    add: (name: string) => {
      marked.add(name);
      events.push(`marked ${name}`);
    },
    remove: (name: string) => {
      marked.delete(name);
      events.push(`unmarked ${name}`);
    },
  };
  return { written, marked, events, disk, ...createLedger(write, marks, hasPostStarted) };
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
  it('marks a key as released before it saves the state', () => {
    const { save, release, events } = ledger();
    save({ name: 'a', requestedAt: 1 });
    release('a');
    expect(events).toEqual(['state: a', 'marked a', 'state: ']);
  });

  it('throws while the post step runs, with the lease still open and the mark removed', () => {
    let hasStarted = false;
    const { save, release, open, events, marked } = ledger(() => hasStarted);
    save({ name: 'a', requestedAt: 1 });
    hasStarted = true;
    expect(() => release('a')).toThrow(PostStarted);
    expect(events).toEqual(['state: a', 'marked a', 'unmarked a']);
    expect([open().length, marked.size]).toEqual([1, 0]);
  });

  it('throws if the state cannot be saved, with the lease still open and the mark removed', () => {
    const { save, release, open, disk, marked, written } = ledger();
    const lease = { name: 'a', requestedAt: 1, respondedAt: 2, id: '7' };
    save(lease);
    disk.isFull = true;
    expect(() => release('a')).toThrow(full);
    expect([open(), [...marked], written.at(-1)]).toEqual([[lease], [], [lease]]);
  });
});

describe('reopen', () => {
  it('removes the mark and saves the lease again', () => {
    const { save, release, reopen, events, open } = ledger();
    const lease = { name: 'a', requestedAt: 1, id: '7' };
    save(lease);
    release('a');
    events.length = 0;
    reopen(lease);
    expect(events).toEqual(['unmarked a', 'state: a']);
    expect(open()).toEqual([lease]);
  });

  it('removes the mark even if the state cannot be saved', () => {
    const { reopen, disk, marked } = ledger();
    marked.add('a');
    disk.isFull = true;
    expect(() => reopen({ name: 'a', requestedAt: 1 })).toThrow(full);
    expect([...marked]).toEqual([]);
  });
});

describe('unreleased', () => {
  const lease = (name: string): Lease => ({ name, requestedAt: 1 });
  const inSecret = lease('NEON ~gha.1.2-1.sp7.a');
  const rotated = lease('NEON ~gha.1.2-1.r0-abcdefghij.b');
  const ofJob = lease('ci ~gha.1.2-1.j.c');

  it('leaves out released keys that a secret may hold', () => {
    expect(unreleased([inSecret, rotated], (name) => name === inSecret.name)).toEqual([rotated]);
    expect(unreleased([inSecret, rotated], () => true)).toEqual([]);
  });

  it('keeps the key of a job, even if another step of the job has marked it', () => {
    expect(unreleased([ofJob, lease('ci')], () => true)).toEqual([ofJob, lease('ci')]);
  });
});
