import type { KeyId } from '../neon/endpoints.ts';
import { mayBeInSecret, parseKeyName } from './name.ts';

/** A key that the post step must revoke, unless the lease is forgotten first. */
export interface Lease {
  /** Unique to this lease. */
  name: string;
  /** When the key was requested, in milliseconds since the epoch. Missing: it may not have been requested yet. */
  requestedAt?: number | undefined;
  /** When Neon's own response ended the request, in milliseconds since the epoch. Missing: it may still be in progress. */
  respondedAt?: number | undefined;
  /** Missing: it is unknown whether the key exists. */
  id?: KeyId | undefined;
}

/** The post step has started while this step is still running: no key may be minted or handed out. */
export class PostStarted extends Error {
  override readonly name = 'PostStarted';
  constructor() {
    super('The job has ended: its post step started while this step was still running.');
  }
}

/** The leases of this step. Every change is saved immediately, because the process can end at any moment. */
export interface Ledger {
  /** Saves the names that may be requested from now on. They replace the previously planned names. */
  plan(names: readonly string[]): void;
  /** Saves a lease: before its request is sent, and again after the response. @throws PostStarted, with the lease saved */
  save(lease: Lease): void;
  forget(name: string): void;
  /**
   * Forgets a key that a secret may hold from now on, so that no post step revokes it, not even one with an older state.
   * @throws PostStarted, or the error of the file system; then the lease is still open
   */
  release(name: string): void;
  /** Saves the lease of a released key that is certainly not in the secret. @throws PostStarted, with the lease saved */
  reopen(lease: Lease): void;
  /** All leases: saved ones, then planned ones. */
  open(): Lease[];
}

/**
 * The leases that a post step must end. Only keys that may be in a secret can be released: otherwise another step of the
 * job could keep a key of the job active by marking it.
 */
export function unreleased(leases: Lease[], isReleased: (name: string) => boolean): Lease[] {
  return leases.filter(({ name }) => {
    const lifetime = parseKeyName(name)?.mark.lifetime;
    return !(lifetime && mayBeInSecret(lifetime) && isReleased(name));
  });
}

/** Marks keep post steps from revoking a key, even those with an older state. */
interface ReleaseMarks {
  add(name: string): void;
  remove(name: string): void;
}

/**
 * @param write saves the open leases outside the process
 * @param hasPostStarted whether the post step has started
 */
export function createLedger(
  write: (leases: Lease[]) => void,
  marks: ReleaseMarks = { add: () => {}, remove: () => {} },
  hasPostStarted: () => boolean = () => false,
): Ledger {
  const leases = new Map<string, Lease>();
  let planned: Lease[] = [];
  const open = () => [...leases.values(), ...planned.filter(({ name }) => !leases.has(name))];
  const throwIfPostStarted = () => {
    if (hasPostStarted()) throw new PostStarted();
  };
  const forget = (name: string) => {
    const lease = leases.get(name);
    if (!lease) return;
    leases.delete(name);
    try {
      write(open());
    } catch (error) {
      leases.set(name, lease);
      throw error;
    }
  };
  const save = (lease: Lease) => {
    leases.set(lease.name, lease);
    write(open());
    throwIfPostStarted();
  };
  return {
    plan(names) {
      planned = names.map((name) => ({ name }));
      write(open());
    },
    save,
    forget,
    release(name) {
      // Post writes its marker before it reads the marks, so either this step sees the marker or post sees the mark.
      marks.add(name);
      try {
        throwIfPostStarted();
        forget(name);
      } catch (error) {
        marks.remove(name);
        throw error;
      }
    },
    reopen(lease) {
      marks.remove(lease.name);
      save(lease);
    },
    open,
  };
}
