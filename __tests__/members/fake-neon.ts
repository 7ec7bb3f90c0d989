import type { Invitation, Member, MemberWithUser, Role } from '../../src/neon/endpoints.ts';
import { type FailureFacts, type FailureKind, NeonError } from '../../src/neon/errors.ts';

/** What happens to one request: nothing special, not carried out, or carried out although the answer is a failure. */
export type Fate =
  | 'done'
  | 'refused'
  | 'forbidden'
  | 'not-done'
  | 'unavailable'
  | 'unknown'
  | 'done-but-unavailable'
  | 'done-but-unknown'
  | 'done-but-429';

/** An organization of plain data, whose requests meet the fates it is given, in their order, and `done` after the last. */
export class FakeNeon {
  readonly members = new Map<string, MemberWithUser>();
  readonly invitations: Invitation[] = [];
  /** One entry an e-mail. */
  readonly mails: string[] = [];
  readonly calls: string[] = [];
  /** Addresses that no invitation may have. */
  readonly bad = new Set<string>();
  private readonly fates: Fate[];

  constructor(fates: Fate[] = []) {
    this.fates = [...fates];
  }

  join(email: string, role: Role = 'member'): string {
    const id = `m-${email}`;
    this.members.set(id, { member: { id, user_id: `u-${email}`, org_id: 'org-a', role }, user: { email } });
    return id;
  }

  createOrganizationInvitations = (asked: readonly { email: string; role: Role }[]): Promise<Invitation[]> =>
    this.request(`invite ${asked.length}`, () => {
      if (asked.some(({ email }) => this.bad.has(email))) throw failure('refused', 400);
      return asked.map(({ email, role }) => {
        const id = `i-${this.invitations.length}`;
        const invitation = { id, email, role, org_id: 'org-a', invited_by: 'u', invited_at: '2026-11-24T00:00:00Z' };
        this.invitations.push(invitation);
        this.mails.push(email);
        return invitation;
      });
    });

  getOrganizationInvitations = (): Promise<Invitation[]> => this.request('invitations', () => [...this.invitations]);

  getOrganizationMembers = (): Promise<MemberWithUser[]> => this.request('members', () => [...this.members.values()]);

  getOrganizationMember = (id: string): Promise<Member> => this.request('member', () => this.find(id).member);

  updateOrganizationMember = (id: string, role: Role): Promise<Member> =>
    this.request('update', () => {
      const row = this.find(id);
      const member = { ...row.member, role };
      this.members.set(id, { ...row, member });
      return member;
    });

  removeOrganizationMember = (id: string): Promise<void> =>
    this.request('remove', () => {
      this.find(id);
      this.members.delete(id);
    });

  private find(id: string): MemberWithUser {
    const row = this.members.get(id);
    if (!row) throw failure('refused', 404);
    return row;
  }

  private async request<T>(call: string, work: () => T): Promise<T> {
    this.calls.push(call);
    const fate = this.fates.shift() ?? 'done';
    if (fate === 'done') return work();
    if (fate === 'forbidden') throw failure('refused', 403);
    if (fate.startsWith('done-but-')) {
      work();
      const [kind, status] = failures[fate as keyof typeof failures];
      throw failure(kind, status);
    }
    throw failure(fate as FailureKind, fate === 'refused' ? 400 : undefined);
  }
}

const failures = {
  'done-but-unavailable': ['unavailable', 503],
  'done-but-unknown': ['unknown', 500],
  'done-but-429': ['not-done', 429],
} as const;

function failure(kind: FailureKind, status?: number): NeonError {
  const facts: FailureFacts = { operationId: 'x', method: 'X', path: '/', kind, reason: 'by its fate', requestId: 'r' };
  return new NeonError(status === undefined ? facts : { ...facts, status });
}
