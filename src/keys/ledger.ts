import type { KeyId } from '../neon/endpoints.ts';

/** A key that the post step must see dead, unless it is forgotten first. */
export interface Lease {
  name: string;
  /** When Neon was asked for it, in milliseconds since the epoch. */
  askedAt: number;
  /** Missing while nobody knows whether the key exists. */
  id?: KeyId;
  /** The secret that may hold the key already, in words: once the key is revoked, it is dead. */
  secret?: string;
}

/** The leases this step has open; every change is saved at once, because the next line may never run. */
export interface Ledger {
  save(lease: Lease): void;
  forget(name: string): void;
}

/** @param write makes the open leases outlive the process */
export function createLedger(write: (leases: Lease[]) => void): Ledger {
  const leases = new Map<string, Lease>();
  return {
    save(lease) {
      leases.set(lease.name, lease);
      write([...leases.values()]);
    },
    forget(name) {
      if (leases.delete(name)) write([...leases.values()]);
    },
  };
}
