// A simulated Neon, GitHub and any number of runs of the real `rotate`, on a virtual clock. Every choice comes from a seed.
import { GitHubError } from '../../src/github/errors.ts';
import type { Secret } from '../../src/github/secrets.ts';
import { endLeases } from '../../src/keys/end-leases.ts';
import { createLedger, type Lease } from '../../src/keys/ledger.ts';
import { type RotationEffects, rotate } from '../../src/keys/rotate.ts';
import { judge, markedKeys, newestOfSecrets } from '../../src/keys/sweep-rule.ts';
import type { KeyId, ListedKey, NewKey } from '../../src/neon/endpoints.ts';
import { type FailureKind, NeonError } from '../../src/neon/errors.ts';
import { type Random, seededRandom } from '../seeded-random.ts';
import { type VirtualClock, virtualClock } from '../virtual-clock.ts';

const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;

/** How often faults happen. */
export interface Weather {
  /** Share of requests that fail in some way. */
  faults: number;
  /** Share of the points of a run at which it is killed. */
  crashes: number;
  /** Share of the points of a run at which its machine freezes, for up to three hours. */
  freezes: number;
}

/** GitHub carries out a write at most this long after it has checked the token. */
const slowestWriteMs = 15 * minute;

const storm: Weather = { faults: 0.12, crashes: 0.04, freezes: 0.04 };
export const calm: Weather = { faults: 0, crashes: 0, freezes: 0 };

interface Key {
  id: KeyId;
  name: string;
  createdAt: number;
  /** Infinity while it is active. */
  revokedAt: number;
  /** When Neon begins to accept the key. */
  acceptedAt: number;
}

export class World {
  readonly clock: VirtualClock;
  readonly keys = new Map<KeyId, Key>();
  /** The ID of the key in the secret. */
  held: KeyId | undefined;
  /** The times at which the secret contained a revoked key. */
  readonly violations: string[] = [];
  weather = storm;
  /** Whether GitHub never receives the request to write the secret. */
  putsAreLost = false;
  /**
   * Whether the token expires, as that of a GitHub App does. With one that does not, a machine that is frozen for over two
   * hours right before one of its PUTs can write a revoked key: a known limit, so there is no such freeze then.
   */
  readonly tokenExpires: boolean;
  readonly random: Random;
  /** Milliseconds by which the clocks are ahead, ten minutes at most. */
  private readonly ahead: { neon: number; database: number; github: number };
  private writtenAt: number | undefined;
  private lastId = 0;

  constructor(seed: number) {
    this.random = seededRandom(seed);
    this.clock = virtualClock(Date.parse('2026-11-24T12:00:00Z'));
    this.tokenExpires = this.chance(0.7);
    const neon = this.between(-10 * minute, 10 * minute);
    this.ahead = {
      neon,
      database: Math.max(-10 * minute, Math.min(10 * minute, neon + this.between(-3 * minute, 3 * minute))),
      github: this.between(-10 * minute, 10 * minute),
    };
  }

  between(low: number, high: number): number {
    return Math.round(low + this.random() * (high - low));
  }

  chance(share: number): boolean {
    return this.random() < share;
  }

  pick<T>(...values: T[]): T {
    return values[Math.floor(this.random() * values.length)] as T;
  }

  get active(): Key[] {
    return [...this.keys.values()].filter(({ revokedAt }) => revokedAt === Number.POSITIVE_INFINITY);
  }

  /** A change of the repositories that can read the secret, which changes only its time. */
  editReaders(): void {
    if (this.held !== undefined) this.writtenAt = this.clock.now();
  }

  write(id: KeyId): void {
    this.held = id;
    this.writtenAt = this.clock.now();
    this.check(`key ${id} was written to the secret`);
  }

  create(name: string): Key {
    this.lastId += 1;
    const createdAt = this.clock.now();
    const acceptedAt = createdAt + (this.chance(this.weather.faults) ? this.between(0, 90 * second) : 0);
    const key = { id: String(this.lastId), name, createdAt, revokedAt: Number.POSITIVE_INFINITY, acceptedAt };
    this.keys.set(key.id, key);
    return key;
  }

  revoke(id: KeyId): void {
    const key = this.keys.get(id) as Key;
    key.revokedAt = Math.min(key.revokedAt, this.clock.now());
    this.check(`key ${id} was revoked`);
  }

  private check(event: string): void {
    if (this.held === undefined || this.keys.get(this.held)?.revokedAt === Number.POSITIVE_INFINITY) return;
    this.violations.push(`${new Date(this.clock.now()).toISOString()}: ${event}, and the secret holds ${this.held}`);
  }

  /** Neon's list, which may be outdated. */
  list(): ListedKey[] {
    const at = this.clock.now() - (this.chance(this.weather.faults) ? this.between(0, 5 * second) : 0);
    return [...this.keys.values()]
      .filter(({ createdAt, revokedAt }) => createdAt <= at && revokedAt > at)
      .map((key) => this.shown(key));
  }

  shown({ id, name, createdAt }: Key): ListedKey {
    const created_at = iso(createdAt + this.ahead.database);
    return { id, name, created_at, created_by: { id: '', name: '', image: '' }, last_used_from_addr: '' };
  }

  /** The `Date` header of a response of Neon. */
  date(): number {
    return Math.floor((this.clock.now() + this.ahead.neon) / second) * second;
  }

  updatedAt(): string | undefined {
    return this.writtenAt === undefined ? undefined : iso(this.writtenAt + this.ahead.github);
  }
}

function iso(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** A step of a job, whose machine can freeze or be killed, and whose requests can be lost. */
class Process {
  readonly clock: RotationEffects['clock'];
  readonly cancel = new AbortController();
  leases: Lease[] = [];
  /** The runner has ended the step: its process does nothing more. */
  private isKilled = false;
  private readonly world: World;
  private readonly tokenUntil: number;
  private ahead = 0;
  private nonces = 0;
  private readonly number: number;

  constructor(world: World, number: number) {
    this.world = world;
    this.number = number;
    const offset = world.between(-10 * minute, 10 * minute);
    this.clock = {
      now: () => world.clock.now() + offset,
      sleep: async (ms, signal) => {
        await world.clock.sleep(ms);
        signal?.throwIfAborted();
      },
    };
    // GitHub's token of an app expires after one hour, and was created by an earlier step.
    const tokenMs = world.tokenExpires ? hour - world.between(0, 10 * minute) : Number.POSITIVE_INFINITY;
    this.tokenUntil = world.clock.now() + tokenMs;
  }

  /** Lets time pass on the machine, which may freeze or never continue. */
  private async live(steady = false): Promise<void> {
    const { world } = this;
    if (world.chance(world.weather.crashes)) await new Promise(() => {});
    const frozenMs = !steady && world.chance(world.weather.freezes) ? world.between(0, 3 * hour) : 0;
    await world.clock.sleep(world.between(1, 2 * second) + frozenMs);
    if (this.isKilled) await new Promise(() => {});
  }

  /**
   * Sends a request. The service carries out `work` when the request arrives, later, or never.
   * @param lost makes the error of a request without a response
   * @param steady the legs on which the machine is not frozen
   */
  private async request<T>(
    work: () => T,
    lost: () => Error,
    steady: { there?: boolean; back?: boolean } = {},
  ): Promise<T> {
    const { world } = this;
    await this.live(steady.there);
    const fate = world.chance(world.weather.faults) ? world.pick('lost', 'done', 'late') : 'received';
    if (fate === 'late') world.clock.sleep(world.between(0, 30 * minute)).then(() => attempt(work));
    const response = fate === 'received' ? work() : undefined;
    if (fate === 'done') attempt(work);
    const date = world.date();
    await this.live(steady.back);
    if (fate !== 'received') throw lost();
    this.ahead = date - this.clock.now();
    return response as T;
  }

  private neonRequest<T>(operationId: string, work: () => T, steady = {}): Promise<T> {
    return this.request(work, () => neonError(operationId, 'unknown'), steady);
  }

  private endpoints(): RotationEffects['neon'] {
    const { world } = this;
    return {
      now: () => this.clock.now() + this.ahead,
      hasTime: () => true,
      listOrgApiKeys: () => this.neonRequest('listOrgApiKeys', () => world.list()),
      createOrgApiKey: ({ key_name }) =>
        this.neonRequest('createOrgApiKey', () => {
          const key = world.create(key_name);
          return { ...world.shown(key), key: `token-of-${key.id}`, created_by: '' } as NewKey;
        }),
      revokeOrgApiKey: (id) =>
        this.neonRequest('revokeOrgApiKey', () => {
          const key = world.keys.get(id) as Key;
          if (key.revokedAt !== Number.POSITIVE_INFINITY) throw neonError('revokeOrgApiKey', 'refused', 404);
          world.revoke(id);
          return { ...world.shown(key), created_by: '', revoked: true };
        }),
    };
  }

  private secret(): Secret {
    const { world } = this;
    const steady = { there: !world.tokenExpires, back: !world.tokenExpires };
    const gitHubRequest = <T>(work: () => T, steady = {}) =>
      this.request(
        () => {
          if (world.clock.now() > this.tokenUntil) throw gitHubError(401, false);
          return work();
        },
        () => gitHubError(undefined, true),
        steady,
      );
    return {
      updatedAt: () => gitHubRequest(() => (world.chance(world.weather.faults / 4) ? undefined : world.updatedAt())),
      prepare: async () => {
        await gitHubRequest(() => undefined);
        return (token) => () => this.put(token.replace('token-of-', ''), (work) => gitHubRequest(work, steady));
      },
      remove: () => Promise.reject(new Error('a rotation deletes no secret')),
    };
  }

  /** Up to four attempts, as octokit sends them. A cancelled attempt may still arrive. */
  private async put(id: KeyId, send: <T>(work: () => T) => Promise<T>): Promise<void> {
    const { world } = this;
    let maybeDone = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const sent = send(() => {
          if (world.putsAreLost) throw gitHubError(502, true);
          if (world.chance(world.weather.faults / 2)) throw gitHubError(422, false);
          if (!world.chance(world.weather.faults)) return world.write(id);
          // It is accepted now and carried out later; the response does not wait for that.
          world.clock.sleep(world.between(0, slowestWriteMs)).then(() => world.write(id));
          throw gitHubError(502, true);
        });
        return await this.untilCancelled(sent);
      } catch (error) {
        if (!(error instanceof GitHubError)) throw error;
        maybeDone ||= error.facts.maybeDone === true;
        if (!error.facts.maybeDone || attempt === 4) throw gitHubError(error.facts.status, maybeDone);
        await world.clock.sleep(world.between(0, 5 * second));
      }
    }
  }

  private untilCancelled<T>(work: Promise<T>): Promise<T> {
    const { signal } = this.cancel;
    return new Promise((resolve, reject) => {
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      work.then(resolve, reject);
    });
  }

  private effects(): RotationEffects {
    const { world } = this;
    const neon = this.endpoints();
    return {
      neon,
      clock: this.clock,
      secret: this.secret(),
      ledger: createLedger((leases) => {
        this.leases = leases;
      }),
      newNonce: () => {
        this.nonces += 1;
        return `n${this.number.toString(36)}z${this.nonces}`;
      },
      random: world.random,
      mask: () => {},
      info: () => {},
      notice: () => {},
      onOutcome: () => {},
      cancelled: this.cancel.signal,
      withRevoker: (_newKey, work) => work(neon),
      withKey: (token, work) => work({ now: neon.now, getAuthDetails: () => this.useKey(token) }),
    };
  }

  private useKey(token: string): Promise<never> {
    const { world } = this;
    return this.neonRequest(
      'getAuthDetails',
      () => {
        const key = world.keys.get(token.replace('token-of-', '')) as Key;
        // A key that was just revoked may be accepted a little longer.
        const isKnown = world.clock.now() < key.revokedAt + (world.chance(world.weather.faults) ? 5 * second : 0);
        if (world.clock.now() < key.acceptedAt || !isKnown) throw neonError('getAuthDetails', 'refused', 401);
        return {} as never;
      },
      { back: !world.tokenExpires },
    );
  }

  async rotate(graceMs: number, secretId: string): Promise<void> {
    const lifetime = { kind: 'rotation', graceSeconds: graceMs / second, secretId } as const;
    const mark = { repositoryId: 1, runId: this.number, runAttempt: 1, lifetime };
    await rotate({ label: 'NEON', mark }, this.effects());
  }

  kill(): void {
    this.isKilled = true;
  }

  /** The post step of an ended step: another process with the state that the first one saved. */
  async post(after: Process): Promise<void> {
    await endLeases(after.leases, {
      neon: this.endpoints(),
      clock: this.clock,
      timeoutMs: 30 * second,
      until: this.clock.now() + 60 * second,
      onOutcome: () => {},
    });
  }

  async sweep(): Promise<void> {
    const neon = this.endpoints();
    const keys = markedKeys(await neon.listOrgApiKeys(), undefined);
    const rules = {
      times: [neon.now(), this.clock.now()],
      maxAgeMs: 1,
      lifecycleOf: () => ({ state: 'ended' }) as const,
      newest: newestOfSecrets(keys),
    };
    for (const key of keys) if (judge(key, rules).action === 'revoke') await neon.revokeOrgApiKey(key.key.id);
  }
}

function attempt(work: () => unknown): void {
  try {
    work();
  } catch {
    // The response is lost.
  }
}

function neonError(operationId: string, kind: FailureKind, status?: number): NeonError {
  const facts = { operationId, method: 'X', path: '/', kind, reason: 'by chance', requestId: 'r' };
  return new NeonError(status === undefined ? facts : { ...facts, status });
}

function gitHubError(status: number | undefined, maybeDone: boolean): GitHubError {
  const facts = { method: 'PUT', route: '/secrets', reason: 'by chance' };
  return new GitHubError({
    ...facts,
    ...(status === undefined ? {} : { status }),
    ...(maybeDone ? { maybeDone: true as const } : {}),
  });
}

/** GitHub's limit for a job. */
const jobLimitMs = 6 * hour;
let processes = 0;

/** One run of `rotate-key` with its post step. @returns whether it succeeded */
export async function runRotation(world: World, graceMs: number, secretId = 'abcdefghij'): Promise<boolean> {
  processes += 1;
  const process = new Process(world, processes);
  if (world.chance(world.weather.crashes * 4)) {
    world.clock.sleep(world.between(0, 20 * second)).then(() => process.cancel.abort(new Error('cancelled')));
  }
  const rotation = process.rotate(graceMs, secretId).then(
    () => true,
    () => false,
  );
  const succeeded = await Promise.race([rotation, world.clock.sleep(jobLimitMs).then(() => false)]);
  process.kill();
  // The runner itself may have died, and its post step with it.
  if (!world.chance(world.weather.crashes * 5)) {
    const post = new Process(world, processes).post(process).catch(() => {});
    await Promise.race([post, world.clock.sleep(jobLimitMs)]);
  }
  return succeeded;
}

export async function runSweep(world: World): Promise<void> {
  processes += 1;
  const sweep = new Process(world, processes).sweep().catch(() => {});
  await Promise.race([sweep, world.clock.sleep(jobLimitMs)]);
}
