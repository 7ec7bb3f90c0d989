import type { KeyId } from '../neon/endpoints.ts';
import { mayBeInSecret, parseName } from './name.ts';

/** A key that the post step must see dead, unless it is forgotten first. */
export interface Lease {
  name: string;
  /** When Neon was asked for it, in milliseconds since the epoch. */
  askedAt: number;
  /** Missing while nobody knows whether the key exists. */
  id?: KeyId;
}

/** The leases this step has open; every change is saved at once, because the next line may never run. */
export interface Ledger {
  save(lease: Lease): void;
  forget(name: string): void;
  /** Forgets a key that a secret may hold from now on: no post step may revoke it, not even one with an older state. */
  release(name: string): void;
}

/**
 * The leases that a post step has to end. Only a key that may be in a secret can be released: other steps of the job can
 * write the released names too, and must not keep a key alive that the job was given.
 */
export function unreleased(leases: Lease[], released: ReadonlySet<string>): Lease[] {
  return leases.filter(({ name }) => {
    const lifetime = parseName(name)?.mark.lifetime;
    return !(released.has(name) && lifetime && mayBeInSecret(lifetime));
  });
}

/**
 * @param write makes the open leases outlive the process
 * @param markReleased keeps a post step from revoking a key, whatever state it was given
 */
export function createLedger(
  write: (leases: Lease[]) => void,
  markReleased: (name: string) => void = () => {},
): Ledger {
  const leases = new Map<string, Lease>();
  const forget = (name: string) => {
    if (leases.delete(name)) write([...leases.values()]);
  };
  return {
    save(lease) {
      leases.set(lease.name, lease);
      write([...leases.values()]);
    },
    forget,
    release(name) {
      markReleased(name);
      forget(name);
    },
  };
}
