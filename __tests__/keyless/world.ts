import { expect } from 'vitest';
import type { BrokerClient, BrokerKey } from '../../src/keyless/broker-client.ts';
import { BrokerError } from '../../src/keyless/errors.ts';
import { type KeylessEffects, mintKeyless } from '../../src/keyless/mint.ts';
import type { OpenNonce } from '../../src/keyless/state.ts';
import { composeKeyName } from '../../src/keys/name.ts';
import { type FakeClock, fakeClock } from '../fake-clock.ts';

const run = { repositoryId: 812345678, runId: 19876543210, runAttempt: 1 };
const projectId = 'cool-river-87654321';

export interface Reply {
  /** Whether the broker mints. */
  isDone?: boolean;
  status?: number;
  code?: string;
  keyMayExist?: boolean;
  retryAfterMs?: number;
  isWithoutIdentity?: boolean;
  reason?: string;
}

/** A broker of plain data that returns the replies in their order, and then succeeds. */
export function world(replies: Reply[] = []) {
  const clock: FakeClock = fakeClock(1_000_000);
  const keys = new Map<string, BrokerKey>();
  let saved: OpenNonce[] = [];
  let nonces = 0;
  const fail = (request: string, { status, code, keyMayExist = true, ...more }: Reply) =>
    new BrokerError({ request, status, code, keyMayExist, detail: 'as the test decided.', requestId: 'r', ...more });
  const isFailure = (reply: Reply | undefined): reply is Reply => reply !== undefined && Object.keys(reply).length > 0;
  const broker: BrokerClient = {
    async createKey({ nonce, project_id }) {
      expect(saved.map((entry) => entry.nonce)).toContain(nonce);
      const reply = replies.shift();
      const name = composeKeyName('', { ...run, nonce, lifetime: { kind: 'duration', seconds: 3600 } });
      const key = {
        id: String(keys.size + 1),
        name,
        key: `token-of-key-${nonce}`,
        project_id,
        created_at: 'x',
        expires_at: 'y',
      };
      if (!isFailure(reply) || reply.isDone) keys.set(nonce, key);
      if (isFailure(reply)) throw fail('POST /v1/keys', reply);
      return key;
    },
    async deleteKey(nonce) {
      const reply = replies.shift();
      if (isFailure(reply)) throw fail(`DELETE /v1/keys/${nonce}`, reply);
      const key = keys.get(nonce);
      keys.delete(nonce);
      return { nonce, revoked: key ? [key.id] : [], pending: false };
    },
  };
  const masked: string[] = [];
  const effects: KeylessEffects = {
    ...{ broker, clock, random: () => 0, info: () => {}, cancelled: new AbortController().signal },
    save: (open) => {
      saved = structuredClone(open);
    },
    newNonce() {
      nonces += 1;
      return `nonce${String(nonces).padStart(5, '0')}`;
    },
    mask: (token) => masked.push(token),
    hasPostStarted: () => false,
  };
  return { clock, keys, effects, masked, broker, saved: () => saved };
}

export const mintIn = ({ effects }: ReturnType<typeof world>) => mintKeyless({ run, projectId, label: '' }, effects);
export const refused = (code: string): Reply => ({ status: 400, code, keyMayExist: false });
export const lost: Reply = { keyMayExist: true, isDone: true };
