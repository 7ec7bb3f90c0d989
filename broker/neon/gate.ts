import type { Clock } from '../../src/lib/clock.ts';
import type { KeyEndpoints, Neon } from '../../src/neon/endpoints.ts';
import { NeonError } from '../../src/neon/errors.ts';
import { rateLimit } from '../../src/neon/rate-limit.ts';
import type { Lane, RateShare } from './rate-share.ts';

/** Neon's endpoints for keys, with the current admin key and within the broker's share of Neon's rate limit. */
export interface NeonGate extends KeyEndpoints {
  /** Milliseconds that Neon's clock is ahead of the host's, by the last response. */
  neonAheadMs(): number;
  /**
   * What is wrong with the admin key. `refused`: Neon returned 401 and has carried out nothing since, or it returned 403 to a
   * list or a mint and has carried out none since. A 403 to a revocation is about that one key.
   */
  adminKeyProblem(): 'unreadable' | 'refused' | undefined;
  /** Reads the admin key again, and reconnects if it has changed. @throws Error if it cannot be read */
  reread(): Promise<void>;
}

export interface NeonGateOptions {
  readAdminKey(): Promise<string>;
  connect(apiKey: string): Promise<KeyApi>;
  share: RateShare;
  clock: Clock;
  /** Called with the token of each new key, before anything else is done with the key. */
  onToken(token: string): void;
}

/** The part of Neon's API that the broker uses. */
export type KeyApi = KeyEndpoints & Pick<Neon, 'now'>;

/** 300 revocations a minute leave room for mints and lists within Neon's 700 requests. */
const revocationsPerSecond = 5;

/** Connects at the first `reread`. */
export function createNeonGate({ readAdminKey, connect, share, clock, onToken }: NeonGateOptions): NeonGate {
  const revocationTurn = rateLimit(clock, revocationsPerSecond, revocationsPerSecond);
  const refusals = createRefusals();
  let current: { neon: KeyApi; apiKey: string } | undefined;
  let isUnreadable = false;

  async function send<T>(operation: keyof KeyEndpoints, lane: Lane, request: (neon: KeyApi) => Promise<T>): Promise<T> {
    await share.enter(lane);
    if (!current) throw new Error('The admin key has not been read yet.');
    try {
      const response = await request(current.neon);
      refusals.noteSuccess(operation);
      return response;
    } catch (error) {
      if (error instanceof NeonError && error.facts.kind === 'refused') refusals.note(operation, error.facts.status);
      throw error;
    }
  }

  return {
    listOrgApiKeys: () => send('listOrgApiKeys', 'urgent', (neon) => neon.listOrgApiKeys()),
    async createOrgApiKey(request) {
      const key = await send('createOrgApiKey', 'mint', (neon) => neon.createOrgApiKey(request));
      onToken(key.key);
      return key;
    },
    async revokeOrgApiKey(id) {
      await revocationTurn();
      return send('revokeOrgApiKey', 'urgent', (neon) => neon.revokeOrgApiKey(id));
    },
    neonAheadMs: () => (current ? current.neon.now() - clock.now() : 0),
    adminKeyProblem: () =>
      isUnreadable || !current ? 'unreadable' : refusals.concernAdminKey() ? 'refused' : undefined,
    async reread() {
      const apiKey = await readAdminKey().catch((error) => {
        isUnreadable = true;
        throw error;
      });
      isUnreadable = false;
      if (apiKey === current?.apiKey) return;
      current = { neon: await connect(apiKey), apiKey };
      refusals.clear();
    },
  };
}

/** Remembers the refusals that are about the admin key, until Neon accepts it again. */
function createRefusals() {
  const forbidden = new Set<keyof KeyEndpoints>();
  let isUnauthorized = false;
  return {
    note(operation: keyof KeyEndpoints, status: number | undefined): void {
      if (status === 401) isUnauthorized = true;
      if (status === 403 && operation !== 'revokeOrgApiKey') forbidden.add(operation);
    },
    noteSuccess(operation: keyof KeyEndpoints): void {
      isUnauthorized = false;
      forbidden.delete(operation);
    },
    clear(): void {
      isUnauthorized = false;
      forbidden.clear();
    },
    concernAdminKey: () => isUnauthorized || forbidden.size > 0,
  };
}
