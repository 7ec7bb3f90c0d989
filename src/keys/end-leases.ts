import { backoffMs, waitWithin } from '../lib/backoff.ts';
import type { Clock } from '../lib/clock.ts';
import type { KeyEndpoints, KeyId, ListedKey } from '../neon/endpoints.ts';
import { NeonError } from '../neon/errors.ts';
import type { Lease } from './ledger.ts';
import { hasMarkOf } from './name.ts';
import { listLagMs, mayHaveRevoked, type Revocation, type Target, tryRevoke } from './revoke.ts';

export interface LeaseEffects {
  neon: Pick<KeyEndpoints, 'listOrgApiKeys' | 'revokeOrgApiKey'>;
  clock: Clock;
  /** The time limit of the requests that created the keys, in milliseconds. */
  timeoutMs: number;
  /** When to stop, in milliseconds since the epoch. At least one pass is made. */
  until: number;
  /** Called with each outcome as soon as it is known. */
  onOutcome: (revocation: Revocation) => void;
}

/** How long a request can still take effect after it was sent, in milliseconds, unless its own time limit is longer. */
export const landingMs = 30_000;
const firstPassWaitMs = 1000;
/** The time limit once only duplicates are left to rule out, in milliseconds from the start. */
const duplicatesMs = 15_000;

/** A key whose revocation is not confirmed. */
interface OpenKey {
  target: Target;
  lease: Lease;
  attempts: number;
  /** Whether one of the attempts may have revoked it. */
  mayHaveRevoked: boolean;
  error?: NeonError | undefined;
}

/**
 * Revokes all keys of the leases, and retries until that is confirmed or the time is up. These are the keys whose ids are
 * known, and the keys that Neon lists under the name of a lease: a request may be carried out late, twice, or without a
 * response.
 *
 * A key counts as revoked after `revoked: true`, or when a recent enough list lacks it. No other response counts.
 * A list is recent enough for a lease if it must contain every key that the lease's request can have created. A list may
 * lag by `listLagMs`, but if it contains a key of these leases, it is at least as recent as that key.
 * @returns the outcome of each key, and `not-found` or `unsettled` for leases without a key
 * @throws the reason of a cancellation; never NeonError
 */
export async function endLeases(leases: readonly Lease[], effects: LeaseEffects): Promise<Revocation[]> {
  const work = new LeaseWork(leases, effects);
  if (work.hasYoungKey()) await work.readList();
  for (let pass = 1; !work.isDone(); pass += 1) {
    await work.revokeOpen();
    if (!work.isDone()) await work.readList();
    if (work.hasUntried()) continue;
    const waitMs = work.waitAfter(pass);
    if (work.isDone() || waitMs === undefined) break;
    await effects.clock.sleep(waitMs);
  }
  return work.finish();
}

class LeaseWork {
  private readonly leases: readonly Lease[];
  private readonly effects: LeaseEffects;
  private readonly startedAt: number;
  /** Leases that may have a key that no list has shown yet. */
  private readonly unsettled: Set<Lease>;
  private readonly open = new Map<KeyId, OpenKey>();
  /** Leases with at least one known key. */
  private readonly leasesWithKey = new Set<Lease>();
  /** Every key that was opened. */
  private readonly known = new Set<KeyId>();
  private readonly revocations: Revocation[] = [];
  private listError: NeonError | undefined;

  constructor(leases: readonly Lease[], effects: LeaseEffects) {
    this.leases = leases;
    this.effects = effects;
    this.startedAt = effects.clock.now();
    this.unsettled = new Set(leases);
    for (const lease of leases) if (lease.id !== undefined) this.add(lease, lease, lease.id);
  }

  isDone(): boolean {
    return this.open.size === 0 && this.unsettled.size === 0;
  }

  hasUntried(): boolean {
    return [...this.open.values()].some(({ attempts }) => attempts === 0);
  }

  /** A list that contains a young key is known to be recent, so it is read before that key is revoked. */
  hasYoungKey(): boolean {
    return this.leases.some(
      ({ id, respondedAt }) => id !== undefined && (respondedAt ?? 0) > this.startedAt - listLagMs,
    );
  }

  async revokeOpen(): Promise<void> {
    await Promise.all(
      [...this.open].map(async ([id, key]) => {
        const error = await tryRevoke(id, this.effects.neon);
        if (!error) return this.end(id, { target: key.target, how: 'revoked' });
        key.attempts += 1;
        key.error = error;
        key.mayHaveRevoked ||= mayHaveRevoked(error);
      }),
    );
  }

  async readList(): Promise<void> {
    const { neon, clock } = this.effects;
    const requestedAt = clock.now();
    try {
      const keys = await neon.listOrgApiKeys();
      this.listError = undefined;
      this.applyList(keys, requestedAt);
    } catch (error) {
      if (!(error instanceof NeonError)) throw error;
      this.listError = error;
    }
  }

  /** @returns milliseconds until the next pass, at most half of the time left; undefined if the time is up */
  waitAfter(pass: number): number | undefined {
    const now = this.effects.clock.now();
    const leftMs =
      Math.min(this.effects.until, this.hasOnlyDuplicates() ? this.startedAt + duplicatesMs : Infinity) - now;
    const errors = [this.listError, ...[...this.open.values()].map(({ error }) => error)];
    const retryAfterMs = Math.max(0, ...errors.map((error) => error?.facts.retryAfterMs ?? 0));
    const waitMs = waitWithin(leftMs, Math.max(backoffMs(pass, firstPassWaitMs), retryAfterMs));
    if (waitMs === undefined) return undefined;
    // Nothing failed: wait only until a list is recent enough.
    const hasOnlyToSettle = this.open.size === 0 && !this.listError;
    return hasOnlyToSettle ? Math.max(0, Math.min(waitMs, this.settledAt([...this.unsettled]) - now)) : waitMs;
  }

  /** Whether all known keys are revoked, and only duplicates of returned keys are left to rule out. */
  private hasOnlyDuplicates(): boolean {
    return this.open.size === 0 && [...this.unsettled].every(({ id }) => id !== undefined);
  }

  /** @returns all outcomes, including those of open keys and unsettled leases */
  finish(): Revocation[] {
    for (const [id, { target, lease, attempts, error }] of this.open) {
      if (!error) continue;
      this.unsettled.delete(lease);
      this.end(id, { target, how: 'failed', error: error.with({ attempts }) });
    }
    for (const lease of this.unsettled) {
      this.report({ target: lease, how: 'unsettled', until: this.settledAt([lease]), error: this.listError });
    }
    return this.revocations;
  }

  private applyList(keys: readonly ListedKey[], requestedAt: number): void {
    const listed = new Set(keys.map(({ id }) => id));
    const witnesses = this.leases.filter(({ id }) => id !== undefined && listed.has(id));
    const recentTo = Math.max(requestedAt - listLagMs, ...witnesses.map((lease) => lease.respondedAt ?? 0));
    for (const lease of this.leases) {
      for (const { id, name } of keys) if (hasMarkOf(name, lease.name)) this.add({ id, name }, lease, id);
      if (this.lastKeyAt(lease) <= recentTo) this.settle(lease, listed);
    }
  }

  /** All keys of the lease are now known, and those that are not in the list are revoked. */
  private settle(lease: Lease, listed: ReadonlySet<KeyId>): void {
    const wasUnsettled = this.unsettled.delete(lease);
    for (const [id, key] of this.open) {
      if (key.lease === lease && !listed.has(id))
        this.end(id, { target: key.target, how: key.mayHaveRevoked ? 'revoked' : 'already-revoked' });
    }
    const wasRequested = lease.requestedAt !== undefined;
    if (wasUnsettled && wasRequested && !this.leasesWithKey.has(lease))
      this.report({ target: lease, how: 'not-found' });
  }

  private add(target: Target, lease: Lease, id: KeyId): void {
    this.leasesWithKey.add(lease);
    if (this.known.has(id)) return;
    this.known.add(id);
    this.open.set(id, { target, lease, attempts: 0, mayHaveRevoked: false });
  }

  private end(id: KeyId, revocation: Revocation): void {
    this.open.delete(id);
    this.report(revocation);
  }

  private report(revocation: Revocation): void {
    this.revocations.push(revocation);
    this.effects.onOutcome(revocation);
  }

  /** The latest time at which a lease's request can have created a key. A clock that was set back must not make it later. */
  private lastKeyAt({ requestedAt, respondedAt }: Lease): number {
    if (respondedAt !== undefined) return Math.min(respondedAt, this.startedAt);
    return Math.min(requestedAt ?? this.startedAt, this.startedAt) + Math.max(landingMs, this.effects.timeoutMs);
  }

  private settledAt(leases: readonly Lease[]): number {
    return Math.max(...leases.map((lease) => this.lastKeyAt(lease) + listLagMs));
  }
}
