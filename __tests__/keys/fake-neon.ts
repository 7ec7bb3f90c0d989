import type { KeyEndpoints, KeyId, ListedKey, NewKey, RevokedKey } from '../../src/neon/endpoints.ts';
import { type FailureFacts, type FailureKind, NeonError } from '../../src/neon/errors.ts';

/** What happens to one request. `late`: the answer is lost, and it is carried out that many milliseconds later. */
export type Fate = 'done' | FailureKind | 'done-but-unavailable' | 'done-but-unknown' | { late: number };

/** A Neon of plain data, whose requests meet the fates it is given, in their order, and `done` after the last. */
export class FakeNeon implements KeyEndpoints {
  readonly live = new Map<KeyId, ListedKey>();
  readonly calls: string[] = [];
  private readonly pending: { at: number; work: () => void }[] = [];
  readonly now: () => number;
  private fates: Fate[];
  private lastId = 9_007_199_254_740_992n;

  constructor(now: () => number, fates: Fate[] = []) {
    this.now = now;
    this.fates = fates;
  }

  /** From now on every request succeeds. */
  recover(): void {
    this.fates = [];
  }

  /** Carries out what is still under way somewhere. */
  catchUp(until = this.now()): void {
    for (const { at, work } of this.pending.splice(0)) {
      if (at <= until) work();
      else this.pending.push({ at, work });
    }
  }

  add(name: string, projectId?: string): KeyId {
    this.lastId += 1n;
    const id = String(this.lastId);
    const created_at = new Date(this.now()).toISOString();
    const created_by = { id: 'ada', name: 'Ada', image: '' };
    const key: ListedKey = { id, name, created_at, created_by, last_used_at: null, last_used_from_addr: '' };
    this.live.set(id, projectId === undefined ? key : { ...key, project_id: projectId });
    return id;
  }

  /** Somebody uses a key. @throws NeonError when it is not live */
  use(token: string): void {
    const key = this.live.get(token.replace('token-of-', ''));
    if (!key) throw failure('getAuthDetails', 'refused', 401);
    key.last_used_at = new Date(this.now()).toISOString();
  }

  createOrgApiKey({ key_name, project_id }: { key_name: string; project_id?: string }): Promise<NewKey> {
    return this.request('createOrgApiKey', () => {
      const key = this.live.get(this.add(key_name, project_id)) as ListedKey;
      return { ...key, created_by: '', key: `token-of-${key.id}` };
    });
  }

  listOrgApiKeys(): Promise<ListedKey[]> {
    return this.request('listOrgApiKeys', () => [...this.live.values()]);
  }

  revokeOrgApiKey(id: KeyId): Promise<RevokedKey> {
    return this.request('revokeOrgApiKey', () => {
      const key = this.live.get(id);
      if (!key) throw failure('revokeOrgApiKey', 'refused', 404);
      this.live.delete(id);
      return { ...key, created_by: '', revoked: true };
    });
  }

  private async request<T>(operationId: string, work: () => T): Promise<T> {
    this.catchUp();
    this.calls.push(operationId);
    const fate = this.fates.shift() ?? 'done';
    if (fate === 'done') return work();
    if (typeof fate === 'object') {
      this.pending.push({ at: this.now() + fate.late, work: () => tryWork(work) });
      throw failure(operationId, 'unknown');
    }
    if (fate === 'done-but-unavailable' || fate === 'done-but-unknown') {
      tryWork(work);
      throw failure(operationId, fate === 'done-but-unknown' ? 'unknown' : 'unavailable');
    }
    throw failure(operationId, fate, fate === 'refused' ? 403 : undefined);
  }
}

function tryWork(work: () => unknown): void {
  try {
    work();
  } catch {
    // Nobody hears the answer.
  }
}

function failure(operationId: string, kind: FailureKind, status?: number): NeonError {
  const facts: FailureFacts = { operationId, method: 'X', path: '/', kind, reason: 'by its fate', requestId: 'r' };
  return new NeonError(status === undefined ? facts : { ...facts, status });
}
