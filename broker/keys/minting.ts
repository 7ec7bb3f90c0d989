import { judgeFailedCreation } from '../../src/keys/creation.ts';
import { landingMs } from '../../src/keys/end-leases.ts';
import { composeKeyName, type Mark, parseKeyName, type RunMark } from '../../src/keys/name.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { KeyEndpoints, NewKey } from '../../src/neon/endpoints.ts';
import { NeonError } from '../../src/neon/errors.ts';
import type { OperatorLog } from '../log.ts';
import { describeFailure, describeForCaller } from '../neon/describe.ts';
import type { RateShare } from '../neon/rate-share.ts';
import { Problem } from '../problem.ts';
import { type ActiveKeys, limitNouns, limits, type Reservation } from './active-keys.ts';
import { areSkewed } from './expiry.ts';
import { belongsToNonce, type Nonces } from './nonces.ts';
import type { Revocations } from './revocations.ts';
import type { KeySnapshot, SharedList } from './shared-list.ts';

/** A caller's request that the policy allows. */
interface KeyRequest {
  run: RunMark;
  projectId: string;
  nonce: string;
  label: string;
  lifetimeSeconds: number;
  requestId: string;
  /** Aborts when the caller disconnects: then no one would receive the token. */
  callerGone: AbortSignal;
}

export interface Minting {
  /** @throws Problem if this replica or the last list has seen the nonce in this run */
  requireFreshNonce(run: RunMark, nonce: string): void;
  /** Mints one key, with one request to Neon. @throws Problem */
  mint(request: KeyRequest): Promise<NewKey>;
}

export interface MintingOptions {
  gate: Pick<KeyEndpoints, 'createOrgApiKey'>;
  share: Pick<RateShare, 'mintWaitMs'>;
  list: Pick<SharedList, 'last'>;
  nonces: Nonces;
  activeKeys: ActiveKeys;
  revocations: Revocations;
  clock: Clock;
  log: OperatorLog;
  /** Runs work that no request waits for, and logs its failure. */
  inBackground(work: Promise<unknown>): void;
}

/** With an older list, keys would not be revoked in time. */
const maxListAgeMs = 5 * 60_000;
const maxMintWaitMs = 5000;

export function createMinting(options: MintingOptions): Minting {
  const { gate, nonces, activeKeys } = options;

  function requireFreshNonce(run: RunMark, nonce: string): void {
    const listed = options.list.last()?.keys ?? [];
    if (nonces.get(run, nonce) || listed.some(({ mark }) => belongsToNonce(mark, run, nonce))) throw nonceUsed();
  }

  return {
    requireFreshNonce,
    async mint(request) {
      const { run, nonce } = request;
      requireFreshNonce(run, nonce);
      const mark: Mark = { ...run, lifetime: { kind: 'duration', seconds: request.lifetimeSeconds }, nonce };
      const name = keyNameFor(request.label, mark);
      const last = usableList(options);
      const reservation = activeKeys.reserve(name, mark, last);
      if (typeof reservation === 'string') {
        throw new Problem(
          'limit-reached',
          `The limit of ${limits[reservation]} ${limitNouns[reservation]} has been reached.`,
          {
            retryAfterSeconds: 60,
          },
        );
      }
      nonces.begin(run, nonce);
      try {
        const key = await gate.createOrgApiKey({ key_name: name, project_id: request.projectId });
        return await acceptKey(key, name, request, reservation, options);
      } catch (error) {
        if (error instanceof NeonError) throw failMint(error, name, request, reservation, options);
        throw error;
      }
    },
  };
}

/** @throws Problem if parsing the name would not return the same mark */
function keyNameFor(label: string, mark: Mark): string {
  const name = composeKeyName(label, mark);
  const parsed = parseKeyName(name)?.mark;
  const isSame = parsed && composeKeyName('', parsed) === composeKeyName('', mark);
  if (Buffer.byteLength(name) <= 64 && isSame) return name;
  throw new Problem('invalid-request', 'The name of the key would be longer than 64 bytes. Use a shorter nonce.');
}

/** @throws Problem if keys could not be counted, or could not be revoked when they expire */
function usableList({ list, share, clock }: MintingOptions): KeySnapshot {
  const last = list.last();
  if (!last)
    throw new Problem('busy', 'The broker has not listed the keys of the organization yet.', { retryAfterSeconds: 5 });
  if (clock.now() - last.startedAt > maxListAgeMs) {
    throw new Problem(
      'neon-unavailable',
      'The broker has not been able to list the keys of the organization for 5 minutes.',
    );
  }
  if (areSkewed(last.neonAheadMs)) {
    const seconds = Math.round(Math.abs(last.neonAheadMs) / 1000);
    throw new Problem('busy', `The clocks of the broker and of Neon differ by ${seconds} s, so no key is created.`);
  }
  if (share.mintWaitMs() > maxMintWaitMs) {
    throw new Problem('busy', "Too many requests are waiting because of Neon's rate limit.", { retryAfterSeconds: 5 });
  }
  return last;
}

/** A token is never returned twice. */
function nonceUsed(): Problem {
  return new Problem(
    'nonce-used',
    'A key was already requested with this nonce. Its token is returned only once, so use a new nonce.',
    {
      keyMayExist: true,
    },
  );
}

/** @throws Problem if the key is not the one that was requested, or the caller no longer waits for it */
async function acceptKey(
  key: NewKey,
  name: string,
  request: KeyRequest,
  reservation: Reservation,
  options: MintingOptions,
): Promise<NewKey> {
  const { run, nonce, projectId, requestId, callerGone } = request;
  const { nonces, revocations, clock } = options;
  reservation.settle();
  if (key.name !== name || key.project_id !== projectId) {
    lookForLostKey(name, request, options);
    const detail = `Neon returned key ${key.id}, which is not the key that was requested. The broker does not return its token.`;
    throw new Problem('outcome-unknown', detail, { keyMayExist: true });
  }
  nonces.settle(run, nonce, clock.now(), { id: key.id, name });
  const isAbandoned = nonces.get(run, nonce)?.abandoned === true;
  if (!isAbandoned && !callerGone.aborted) return key;
  nonces.abandon(run, nonce);
  const { failed } = await revocations.revoke([{ name, id: key.id }], 'abandoned', requestId);
  throw new Problem(
    'nonce-used',
    'The nonce was deleted, or the caller disconnected, while the key was being created.',
    {
      keyMayExist: failed.length > 0,
    },
  );
}

function failMint(
  error: NeonError,
  name: string,
  request: KeyRequest,
  reservation: Reservation,
  options: MintingOptions,
): Problem {
  const effect = judgeFailedCreation(error.facts);
  const detail = describeForCaller(error);
  options.log('warning', 'neon-request-failed', { request_id: request.requestId, error: describeFailure(error) });
  if (effect === 'not-created' || effect === 'turned-away') {
    reservation.release();
    options.nonces.forget(request.run, request.nonce);
    const code = error.facts.kind === 'refused' ? 'neon-refused' : 'neon-unavailable';
    const { retryAfterMs } = error.facts;
    return new Problem(code, detail, retryAfterMs === undefined ? {} : { retryAfterSeconds: retryAfterMs / 1000 });
  }
  reservation.settle();
  if (effect === 'name-exists') {
    // Another replica may be returning that key at this moment.
    options.nonces.settle(request.run, request.nonce, options.clock.now());
    return nonceUsed();
  }
  lookForLostKey(name, request, options);
  const code = error.facts.kind === 'unavailable' ? 'neon-unavailable' : 'outcome-unknown';
  return new Problem(code, detail, { keyMayExist: true });
}

/** In the background: no one has the token, so the key is revoked as soon as it appears. */
function lookForLostKey(name: string, { run, nonce, requestId }: KeyRequest, options: MintingOptions): void {
  const { nonces, revocations, clock, inBackground } = options;
  nonces.abandon(run, nonce);
  nonces.settle(run, nonce, clock.now() + landingMs);
  inBackground(revocations.revokeLost(name, landingMs, requestId));
}
