import type { Clock } from '../src/lib/clock.ts';
import type {
  CurrentUser,
  Invitation,
  KeyEndpoints,
  KeyId,
  ListedKey,
  Member,
  MemberWithUser,
  Neon,
  NewKey,
  RevokedKey,
  Role,
} from '../src/neon/endpoints.ts';
import { type FailureFacts, type FailureKind, NeonError } from '../src/neon/errors.ts';

/** The facts of a failed response. The fake adds the others. */
export type Failure = Partial<FailureFacts> & { kind: FailureKind };

/** What happens to one request. By default, it is carried out at once and succeeds. */
export interface Fate {
  /** Milliseconds until the request reaches Neon. */
  delayMs?: number;
  failure?: Failure | undefined;
  /** When each copy of the request is carried out, in milliseconds after it has reached Neon. Default: `[0]`, with a failure `[]`. */
  doneAfterMs?: number[];
  /** How old the returned list of keys is. */
  behindMs?: number;
  /** The fields in which the response differs from the key that was created. */
  response?: Partial<NewKey>;
}

/** The request fails, and is not carried out. */
export function failing(kind: FailureKind, status?: number): Fate {
  return { failure: { kind, status } };
}

/** The request is carried out, but its response is a failure. */
export function doneBut(kind: FailureKind, status?: number): Fate {
  return { failure: { kind, status }, doneAfterMs: [0] };
}

/** An error of Neon's client. */
export function neonError(failure: Failure): NeonError {
  const common = { operationId: 'x', method: 'X', path: '/', reason: 'as the test decided' };
  return new NeonError({ ...common, requestId: 'neon-request-1', ...failure });
}

interface FakeKey {
  listed: ListedKey;
  createdAt: number;
  /** Infinity while the key is active. */
  revokedAt: number;
}

type Served = KeyEndpoints &
  Pick<Neon, 'now' | 'hasTime' | 'getCurrentUserInfo' | 'getOrganizationMembers' | 'getOrganizationMember'> &
  Pick<Neon, 'getOrganizationInvitations' | 'createOrganizationInvitations' | 'updateOrganizationMember'> &
  Pick<Neon, 'removeOrganizationMember'>;

/** The operation ID of a request. */
export type Operation = Exclude<keyof Served, 'now' | 'hasTime'>;

/** Neon's client for an organization of plain data. Its methods are properties, so a test can replace one. */
export class FakeNeon implements Served {
  readonly calls: Operation[] = [];
  /** Every key that was ever created. */
  readonly keys: FakeKey[] = [];
  readonly members = new Map<string, MemberWithUser>();
  readonly invitations: Invitation[] = [];
  /** The recipients of invitations, one entry for each e-mail. */
  readonly mails: string[] = [];
  /** Addresses that Neon refuses to invite. */
  readonly refusedAddresses = new Set<string>();
  /** The owner of the key in use; undefined for an organization key. */
  currentUser: CurrentUser | undefined;
  /** Whether Neon refuses a second key of the same name. */
  hasUniqueNames = false;
  /** Milliseconds by which Neon's clock is ahead. */
  aheadMs = 0;
  /** Decides what happens to the next request. */
  fate: (operation: Operation) => Fate;
  private readonly clock: Pick<Clock, 'now' | 'sleep'>;
  private readonly latencyMs: number;

  /**
   * @param fates what happens to the first requests, in their order; the others succeed
   * @param latencyMs how long each response takes on its way back
   */
  constructor(clock: Pick<Clock, 'now' | 'sleep'>, fates: readonly Fate[] = [], latencyMs = 0) {
    this.clock = clock;
    this.latencyMs = latencyMs;
    const left = [...fates];
    this.fate = () => left.shift() ?? {};
  }

  now = (): number => this.clock.now() + this.aheadMs;
  hasTime = (): boolean => true;

  /** Adds a key. @param createdAt by the test's clock; default: now */
  add(name: string, facts: Partial<ListedKey> = {}, createdAt = this.clock.now()): KeyId {
    const id = String(this.keys.length + 1);
    const created_at = new Date(createdAt + this.aheadMs).toISOString();
    const created_by = { id: 'ada', name: 'Ada', image: '' };
    const listed = { id, name, created_at, created_by, last_used_at: null, last_used_from_addr: '', ...facts };
    this.keys.push({ listed, createdAt, revokedAt: Number.POSITIVE_INFINITY });
    return id;
  }

  /** The keys that no request so far revokes, including keys that a delayed request has yet to create. */
  get active(): ListedKey[] {
    return this.keys.filter(({ revokedAt }) => revokedAt === Number.POSITIVE_INFINITY).map(({ listed }) => listed);
  }

  isActive(id: KeyId): boolean {
    return this.active.some((key) => key.id === id);
  }

  /** Adds a member. @returns the member's ID */
  join(email: string, role: Role = 'member'): string {
    const id = `m-${email}`;
    this.members.set(id, { member: { id, user_id: `u-${email}`, org_id: 'org-a', role }, user: { email } });
    return id;
  }

  listOrgApiKeys = (): Promise<ListedKey[]> =>
    this.request('listOrgApiKeys', (now, { behindMs = 0 }) =>
      this.keys.filter((key) => isActiveAt(key, now - behindMs)).map(({ listed }) => ({ ...listed })),
    );

  createOrgApiKey = ({ key_name, project_id }: { key_name: string; project_id?: string | undefined }) =>
    this.request('createOrgApiKey', (now, { response }): NewKey => {
      if (this.hasUniqueNames && this.active.some(({ name }) => name === key_name)) {
        throw neonError({ operationId: 'createOrgApiKey', kind: 'refused', status: 409 });
      }
      const id = this.add(key_name, project_id === undefined ? {} : { project_id }, now);
      const listed = this.keys.at(-1)?.listed as ListedKey;
      return { ...listed, created_by: 'ada', key: `token-of-${id}`, ...response };
    });

  revokeOrgApiKey = (id: KeyId): Promise<RevokedKey> =>
    this.request('revokeOrgApiKey', (now) => {
      const key = this.keys.find((one) => one.listed.id === id && isActiveAt(one, now));
      if (!key) throw neonError({ operationId: 'revokeOrgApiKey', kind: 'refused', status: 404 });
      key.revokedAt = now;
      return { ...key.listed, created_by: 'ada', revoked: true };
    });

  getCurrentUserInfo = (): Promise<CurrentUser> =>
    this.request('getCurrentUserInfo', () => {
      if (!this.currentUser) throw neonError({ operationId: 'getCurrentUserInfo', kind: 'refused', status: 404 });
      return this.currentUser;
    });

  getOrganizationMembers = (): Promise<MemberWithUser[]> =>
    this.request('getOrganizationMembers', () => [...this.members.values()]);

  getOrganizationMember = (id: string): Promise<Member> =>
    this.request('getOrganizationMember', () => this.findMember(id).member);

  getOrganizationInvitations = (): Promise<Invitation[]> =>
    this.request('getOrganizationInvitations', () => [...this.invitations]);

  createOrganizationInvitations = (people: readonly { email: string; role: Role }[]): Promise<Invitation[]> =>
    this.request('createOrganizationInvitations', (now) => {
      if (people.some(({ email }) => this.refusedAddresses.has(email))) {
        throw neonError({ operationId: 'createOrganizationInvitations', kind: 'refused', status: 400 });
      }
      return people.map(({ email, role }) => {
        const id = `i-${this.invitations.length}`;
        const invited_at = new Date(now).toISOString();
        const invitation = { id, email, role, org_id: 'org-a', invited_by: 'u', invited_at };
        this.invitations.push(invitation);
        this.mails.push(email);
        return invitation;
      });
    });

  updateOrganizationMember = (id: string, role: Role): Promise<Member> =>
    this.request('updateOrganizationMember', () => {
      const row = this.findMember(id);
      const member = { ...row.member, role };
      this.members.set(id, { ...row, member });
      return member;
    });

  removeOrganizationMember = (id: string): Promise<void> =>
    this.request('removeOrganizationMember', () => {
      this.findMember(id);
      this.members.delete(id);
    });

  private findMember(id: string): MemberWithUser {
    const row = this.members.get(id);
    if (!row) throw neonError({ kind: 'refused', status: 404 });
    return row;
  }

  /** @param work carries the request out at a time of the test's clock, and makes Neon's response */
  private async request<T>(operationId: Operation, work: (now: number, fate: Fate) => T): Promise<T> {
    this.calls.push(operationId);
    const fate = this.fate(operationId);
    const { delayMs = 0, failure, doneAfterMs = failure ? [] : [0] } = fate;
    if (delayMs > 0) await this.clock.sleep(delayMs);
    const now = this.clock.now();
    const outcomes = doneAfterMs.map((ms) => attempt(() => work(now + ms, fate)));
    if (this.latencyMs > 0) await this.clock.sleep(this.latencyMs);
    if (failure) throw neonError({ operationId, ...failure });
    return (outcomes[0] as () => T)();
  }
}

function isActiveAt({ createdAt, revokedAt }: FakeKey, at: number): boolean {
  return createdAt <= at && at < revokedAt;
}

/** Does the work now. @returns a function that returns its result, or throws its error */
function attempt<T>(work: () => T): () => T {
  try {
    const result = work();
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
