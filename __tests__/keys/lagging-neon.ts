import type { KeyEndpoints, KeyId, ListedKey, NewKey, RevokedKey } from '../../src/neon/endpoints.ts';
import { type FailureFacts, NeonError } from '../../src/neon/errors.ts';
import type { FakeClock } from '../fake-clock.ts';

/** How the answer to a request fails; without one it is Neon's own. */
export type Failure = Pick<FailureFacts, 'kind' | 'status' | 'code' | 'retryAfterMs'>;

/**
 * What happens to one request. `at`: milliseconds after it was sent at which it is carried out, once for each number; none:
 * it is not carried out. `failure`: how it is answered. `foreign`: answered with another key. `behindMs`: how old the list is.
 */
export interface Plot {
  at?: number[];
  failure?: Failure;
  foreign?: boolean;
  behindMs?: number;
}

interface Key {
  id: KeyId;
  name: string;
  createdAt: number;
  revokedAt: number;
}

/** A Neon whose requests take time, get lost, are carried out late or twice, and whose list is behind. */
export class LaggingNeon implements KeyEndpoints {
  readonly calls: string[] = [];
  private readonly keys: Key[] = [];
  private readonly clock: FakeClock;
  private plots: Plot[];

  constructor(clock: FakeClock, plots: Plot[] = []) {
    this.clock = clock;
    this.plots = plots;
  }

  /** From now on, requests meet these plots, and none after the last. */
  plot(plots: Plot[]): void {
    this.plots = plots;
  }

  /** A key that is there from the beginning of time, or from `createdAt`. */
  add(name: string, createdAt = 0): KeyId {
    const id = String(this.keys.length + 1);
    this.keys.push({ id, name, createdAt, revokedAt: Number.POSITIVE_INFINITY });
    return id;
  }

  /** The active keys once everything that is under way has been carried out. */
  activeInTheEnd(): { id: KeyId; name: string }[] {
    return this.keys.filter(({ revokedAt }) => revokedAt === Number.POSITIVE_INFINITY);
  }

  async createOrgApiKey({ key_name, project_id }: { key_name: string; project_id?: string }): Promise<NewKey> {
    const sentAt = this.clock.now();
    const plot = this.begin('createOrgApiKey');
    const ids = (plot.at ?? (plot.failure ? [] : [0])).map((ms) => this.add(key_name, sentAt + ms));
    if (plot.failure) throw this.failed('createOrgApiKey', plot.failure);
    const [id = '0'] = ids;
    const created_at = new Date(sentAt).toISOString();
    const key = { id, name: key_name, key: `token-of-${id}`, created_at, created_by: '' };
    const own = project_id === undefined ? key : { ...key, project_id };
    return plot.foreign ? { ...own, id: '999', name: 'someone else’s ~gha.1.2-1.j.foreign' } : own;
  }

  async listOrgApiKeys(): Promise<ListedKey[]> {
    const seenAt = this.clock.now() - (this.plots[0]?.behindMs ?? 0);
    const plot = this.begin('listOrgApiKeys');
    if (plot.failure) throw this.failed('listOrgApiKeys', plot.failure);
    const seen = this.keys.filter(({ createdAt, revokedAt }) => createdAt <= seenAt && seenAt < revokedAt);
    return seen.map(({ id, name }) => ({ id, name }) as ListedKey);
  }

  async revokeOrgApiKey(id: KeyId): Promise<RevokedKey> {
    const plot = this.begin('revokeOrgApiKey');
    const now = this.clock.now();
    const key = this.keys.find((one) => one.id === id && one.createdAt <= now && now < one.revokedAt);
    if (key && (!plot.failure || plot.at)) key.revokedAt = now;
    if (plot.failure) throw this.failed('revokeOrgApiKey', plot.failure);
    if (!key) throw this.failed('revokeOrgApiKey', { kind: 'refused', status: 404, code: '' });
    return { id, name: key.name, revoked: true } as RevokedKey;
  }

  private begin(operation: string): Plot {
    this.calls.push(operation);
    this.clock.advance(50);
    return this.plots.shift() ?? {};
  }

  private failed(operationId: string, failure: Failure): NeonError {
    return new NeonError({ operationId, method: 'X', path: '/', reason: 'by its plot', requestId: 'r', ...failure });
  }
}
