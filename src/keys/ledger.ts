import type { KeyId } from '../neon/endpoints.ts';
import { mayBeInSecret, parseKeyName } from './name.ts';

/** A key that the post step must revoke, unless the lease is forgotten first. */
export interface Lease {
  /** Unique to this lease. */
  name: string;
  /** When the key was requested, in milliseconds since the epoch. Missing: not requested yet, as far as is known. */
  requestedAt?: number | undefined;
  /** When Neon's own response ended the request, in milliseconds since the epoch. Missing: the request may still be under way. */
  respondedAt?: number | undefined;
  /** Missing: it is unknown whether the key exists. */
  id?: KeyId | undefined;
}

/** The post step has started while this step is still running: nothing may be minted or handed out. */
export class PostStarted extends Error {
  override readonly name = 'PostStarted';
  constructor() {
    super('The job is over: its post step has started while this step was still running.');
  }
}

/** The leases of this step. Every change is saved at once, because the process can end at any moment. */
export interface Ledger {
  /** Saves the names that may be requested from now on. They replace the names planned before. */
  plan(names: readonly string[]): void;
  /** Saves a lease: before its request leaves, and again after the response. @throws PostStarted, with the lease saved */
  save(lease: Lease): void;
  forget(name: string): void;
  /**
   * Forgets a key that a secret may hold from now on: no post step may revoke it, not even one with an older state.
   * @throws PostStarted, with the lease still open
   */
  release(name: string): void;
  /** All leases: saved ones, then planned ones. */
  open(): Lease[];
}

/**
 * The leases that a post step has to end. Only a key that may be in a secret can be released: other steps of the job could
 * write released names too, and must not keep a key of the job active.
 */
export function unreleased(leases: Lease[], released: ReadonlySet<string>): Lease[] {
  return leases.filter(({ name }) => {
    const lifetime = parseKeyName(name)?.mark.lifetime;
    return !(released.has(name) && lifetime && mayBeInSecret(lifetime));
  });
}

/**
 * @param write saves the open leases outside the process
 * @param markReleased keeps post steps from revoking a key, also one with an older state
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
      // Post reads the released names after it has written its marker, so one of the two sees the other.
      markReleased(name);
      throwIfPostStarted();
      forget(name);
    },
    open,
  };
}
