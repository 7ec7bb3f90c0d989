import type { RunMark } from '../../src/keys/name.ts';
import { targetOf } from '../../src/keys/revoke.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { Audit } from '../audit.ts';
import type { OperatorLog } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { describeFailure } from '../neon/describe.ts';
import type { NeonGate } from '../neon/gate.ts';
import type { RateShare } from '../neon/rate-share.ts';
import { createActiveKeys } from './active-keys.ts';
import { type Deletion, deleteNonce } from './deletion.ts';
import { clockReadings, type FirstSeen, findExpired, noteFirstSeen } from './expiry.ts';
import { createMinting, type Minting } from './minting.ts';
import { createNonces, isBrokerKey, type Nonces } from './nonces.ts';
import { createRevocations, type RevokeSummary } from './revocations.ts';
import { createSharedList, type KeySnapshot, type SeenKey } from './shared-list.ts';
import { type SweepOutcome, sweepOnce } from './sweeper.ts';

/** Everything that the broker does with keys. */
export interface KeyKeeper extends Minting {
  /** @throws Problem while a key may be active */
  delete(run: RunMark, nonce: string, requestId: string): Promise<Deletion>;
  /** One pass over all keys. @throws NeonError if they could not be listed */
  sweep(): Promise<SweepOutcome>;
  /** Revokes every active key that matches. @throws NeonError if they could not be listed */
  revokeWhere(matches: (key: SeenKey) => boolean): Promise<RevokeSummary>;
  lastList(): KeySnapshot | undefined;
  /** For each expired key that is still active, the milliseconds since its expiry. */
  overdues(): number[];
}

export interface KeyKeeperOptions {
  gate: NeonGate;
  share: RateShare;
  clock: Clock;
  audit: Audit;
  metrics: Metrics;
  log: OperatorLog;
}

export function createKeyKeeper({ gate, share, clock, audit, metrics, log }: KeyKeeperOptions): KeyKeeper {
  const firstSeen: FirstSeen = new Map();
  const stuck = new Set<string>();
  const nonces = createNonces(clock);
  const activeKeys = createActiveKeys(clock);
  const list = createSharedList({ list: gate.listOrgApiKeys, neonAheadMs: gate.neonAheadMs, clock, onSnapshot });
  const revocations = createRevocations({ gate, list, activeKeys, clock, audit, metrics, log });
  const inBackground = (work: Promise<unknown>) => {
    work.catch((error) => log('error', 'background-work-failed', { error: describeFailure(error) }));
  };

  function onSnapshot(snapshot: KeySnapshot): void {
    noteFirstSeen(firstSeen, snapshot);
    activeKeys.noteSnapshot(snapshot);
    const appeared = snapshot.keys.filter((key) => isAbandoned(key, nonces)).map(({ key }) => targetOf(key));
    if (appeared.length > 0) inBackground(revocations.revoke(appeared, 'abandoned'));
  }

  return {
    ...createMinting({ gate, share, list, nonces, activeKeys, revocations, clock, log, inBackground }),
    delete: (run, nonce, requestId) => deleteNonce(run, nonce, requestId, { list, nonces, revocations, log }),
    sweep: () => sweepOnce({ list, firstSeen, stuck, revocations, clock, metrics }),
    async revokeWhere(matches) {
      const { keys } = await list.fresh();
      return revocations.revoke(
        keys.filter(matches).map(({ key }) => targetOf(key)),
        'break-glass',
      );
    },
    lastList: list.last,
    overdues() {
      const last = list.last();
      if (!last) return [];
      const expired = findExpired(last, clockReadings(clock.now(), last.neonAheadMs), firstSeen);
      return expired.filter(({ key }) => !activeKeys.isRevoked(key.id)).map(({ overdueMs }) => overdueMs);
    },
  };
}

function isAbandoned({ mark }: SeenKey, nonces: Nonces): boolean {
  return isBrokerKey(mark) && nonces.get(mark, mark.nonce)?.abandoned === true;
}
