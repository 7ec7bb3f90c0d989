import type { KeyApi } from '../../broker/neon/gate.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { KeyEndpoints, KeyId, ListedKey } from '../../src/neon/endpoints.ts';
import { type FailureFacts, type FailureKind, NeonError } from '../../src/neon/errors.ts';

type Operation = keyof KeyEndpoints;

/** What happens to one request. */
export interface Fate {
  /** Milliseconds until it is carried out. */
  delayMs?: number;
  /** Whether it is carried out. */
  isDone?: boolean;
  /** Answered so, whether it was carried out or not. */
  failure?: { kind: FailureKind; status?: number; code?: string; reason?: string };
}

/** Neon's keys as plain data, shared by any number of brokers. */
export class NeonDouble {
  readonly keys = new Map<KeyId, ListedKey>();
  readonly calls: Operation[] = [];
  /** When a key was revoked, in milliseconds since the epoch. */
  readonly revokedAt = new Map<KeyId, number>();
  /** Decides what happens to the next request. */
  fate: (operation: Operation) => Fate = () => ({});
  /** Milliseconds by which the Date header is ahead. */
  aheadMs = 0;
  private lastId = 50_000;
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  add(name: string, facts: Partial<ListedKey> = {}): KeyId {
    this.lastId += 1;
    const id = String(this.lastId);
    const created_at = new Date(this.clock.now() + this.aheadMs).toISOString();
    const created_by = { id: 'ada', name: 'Ada', image: '' };
    this.keys.set(id, { id, name, created_at, created_by, last_used_at: null, last_used_from_addr: '', ...facts });
    return id;
  }

  connection(): KeyApi {
    return { now: () => this.clock.now() + this.aheadMs, ...this.endpoints() };
  }

  private endpoints(): KeyEndpoints {
    return {
      listOrgApiKeys: () => this.request('listOrgApiKeys', () => [...this.keys.values()].map((key) => ({ ...key }))),
      createOrgApiKey: ({ key_name, project_id }) =>
        this.request('createOrgApiKey', () => {
          if ([...this.keys.values()].some(({ name }) => name === key_name)) {
            throw failure('createOrgApiKey', { kind: 'refused', status: 409, reason: 'choose another unique name' });
          }
          const id = this.add(key_name, project_id === undefined ? {} : { project_id });
          return { ...(this.keys.get(id) as ListedKey), created_by: 'ada', key: `token-of-key-${id}` };
        }),
      revokeOrgApiKey: (id) =>
        this.request('revokeOrgApiKey', () => {
          const key = this.keys.get(id);
          if (!key) throw failure('revokeOrgApiKey', { kind: 'refused', status: 404, reason: 'no such key' });
          this.keys.delete(id);
          this.revokedAt.set(id, this.clock.now());
          return { ...key, created_by: 'ada', revoked: true };
        }),
    };
  }

  private async request<T>(operation: Operation, work: () => T): Promise<T> {
    this.calls.push(operation);
    const { delayMs = 0, isDone = true, failure: answer } = this.fate(operation);
    if (delayMs > 0) await this.clock.sleep(delayMs);
    const result = isDone ? work() : undefined;
    if (answer) throw failure(operation, answer);
    return result as T;
  }
}

function failure(operationId: string, { reason = 'as the test decided', ...rest }: NonNullable<Fate['failure']>) {
  const facts: FailureFacts = { operationId, method: 'X', path: '/', requestId: 'neon-request-1', reason, ...rest };
  return new NeonError(facts);
}
