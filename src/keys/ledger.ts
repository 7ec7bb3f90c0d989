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
   * @throws PostStarted, with the lease still open
   */
  release(name: string): void;
  /** All leases: saved ones, then planned ones. */
  open(): Lease[];
}

/**
 * The leases that a post step must end. Only keys that may be in a secret can be released: otherwise another step of the
 * job could keep a key of the job active by writing its name.
 */
export function unreleased(leases: Lease[], released: ReadonlySet<string>): Lease[] {
  return leases.filter(({ name }) => {
    const lifetime = parseKeyName(name)?.mark.lifetime;
    return !(released.has(name) && lifetime && mayBeInSecret(lifetime));
  });
}

/**
 * @param write saves the open leases outside the process
 * @param markReleased keeps post steps from revoking a key, even those with an older state
 * @param hasPostStarted whether the post step has started
 */
export function createLedger(
  write: (leases: Lease[]) => void,
  markReleased: (name: string) => void = () => {},
  hasPostStarted: () => boolean = () => false,
): Ledger {
  const leases = new Map<string, Lease>();
  let planned: Lease[] = [];
  const open = () => [...leases.values(), ...planned.filter(({ name }) => !leases.has(name))];
  const throwIfPostStarted = () => {
    if (hasPostStarted()) throw new PostStarted();
  };
  const forget = (name: string) => {
    if (leases.delete(name)) write(open());
  };
  return {
    plan(names) {
      planned = names.map((name) => ({ name }));
      write(open());
    },
    save(lease) {
      leases.set(lease.name, lease);
      write(open());
      throwIfPostStarted();
    },
    forget,
    release(name) {
      // Post writes its marker before it reads the released names, so either this step sees the marker or post sees the name.
      markReleased(name);
      throwIfPostStarted();
      forget(name);
    },
    open,
  };
}
