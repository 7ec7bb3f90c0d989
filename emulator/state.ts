import { randomBytes, randomUUID } from 'node:crypto';
import {
  type Credential,
  type Member,
  type NeonState,
  type OrganizationKeyRights,
  ROLES,
  type Role,
  type User,
} from './model.ts';

interface SeedPerson {
  email: string;
  name?: string;
  role?: Role;
  joined_at?: string;
}

interface SeedKey {
  name: string;
  /** Default: the next ID from `next_key_id` on. */
  id?: string;
  /** Makes the key project-scoped. */
  project_id?: string;
  /** ISO 8601; default: now. */
  created_at?: string;
  last_used_at?: string;
}

export interface SeedOptions {
  now: () => Date;
  /** Returns a new token. */
  randomToken: () => string;
  /** Organization keys, in addition to the forgotten one. */
  keys: SeedKey[];
  /** Additional members, all with an account. */
  members: SeedPerson[];
  /** People with a Neon account who are not members. */
  users: SeedPerson[];
  /** Pending invitations, sent by the first admin; their e-mails are not in `emails_sent`. */
  invitations: SeedPerson[];
  next_key_id: string;
  key_refusal_status: 403 | 404;
  organization_key_rights: OrganizationKeyRights;
  unique_key_names: boolean;
}

/** What the seed always contains. */
export const SEED = {
  organizationId: 'org-sunny-meadow-12345678',
  projectId: 'cool-river-87654321',
  secondProjectId: 'quiet-forest-13572468',
  admin: { id: '11111111-1111-4111-8111-111111111111', email: 'ada@example.com', name: 'Ada Lovelace' },
  secondAdmin: { id: '22222222-2222-4222-8222-222222222222', email: 'grace@example.com', name: 'Grace Hopper' },
  member: { id: '33333333-3333-4333-8333-333333333333', email: 'linus@example.com', name: 'Linus Torvalds' },
  forgottenKey: 'ci (do not delete!!)',
} as const;

/** A token like `neon_emulated_<64 lower-case alphanumerics>` from the operating system's random source. */
export function randomToken(): string {
  // 48 bytes make more than 64 digits in base 36. Taking the last 64 leaves only a negligible bias.
  const digits = BigInt(`0x${randomBytes(48).toString('hex')}`).toString(36);
  return `neon_emulated_${digits.padStart(64, '0').slice(-64)}`;
}

/** A copy that shares the objects in the lists, so an object must be replaced and not changed. */
export function shallowCopy(state: NeonState): NeonState {
  const { organizations, users, members, invitations, projects, credentials, emails_sent } = state;
  return {
    ...state,
    organizations: [...organizations],
    users: [...users],
    members: [...members],
    invitations: [...invitations],
    projects: [...projects],
    credentials: [...credentials],
    emails_sent: [...emails_sent],
  };
}

/** Takes the next key ID from the state. */
export function takeKeyId(state: NeonState): string {
  const id = state.next_key_id;
  state.next_key_id = String(BigInt(id) + 1n);
  return id;
}

/** Finds a person by address, ignoring the case. */
export function userByEmail(state: NeonState, email: string): User | undefined {
  return state.users.find((user) => user.email.toLowerCase() === email.toLowerCase());
}

/** Adds a membership of a user to an organization. */
export function join(state: NeonState, member: Omit<Member, 'id'>): void {
  state.members.push({ id: randomUUID(), ...member });
}

/**
 * Does what Neon does when an invited person opens an account: accepts all their pending invitations, and makes them a member
 * with the invited role. Does nothing for an address without a pending invitation.
 */
export function acceptInvitation(state: NeonState, email: string, now: Date = new Date()): void {
  const pending = state.invitations.filter((i) => !i.accepted && i.email.toLowerCase() === email.toLowerCase());
  if (pending.length === 0) return;
  const user = userByEmail(state, email) ?? addUser(state, { email });
  user.has_account = true;
  for (const invitation of pending) {
    invitation.accepted = true;
    const { org_id, role } = invitation;
    const already = state.members.some((member) => member.user_id === user.id && member.org_id === org_id);
    if (!already) join(state, { user_id: user.id, org_id, role, joined_at: now.toISOString() });
  }
}

function addUser(state: NeonState, person: SeedPerson & { id?: string }): User {
  const { id = randomUUID(), email, name = email.split('@')[0] ?? email } = person;
  const user: User = { id, email, name, has_account: true };
  state.users.push(user);
  return user;
}

function addMember(state: NeonState, person: SeedPerson & { id?: string }, joined: string): void {
  const { role = 'member', joined_at = joined } = person;
  join(state, { user_id: addUser(state, person).id, org_id: SEED.organizationId, role, joined_at });
}

function addKey(state: NeonState, key: Partial<Credential> & Pick<Credential, 'name' | 'token' | 'created_at'>): void {
  state.credentials.push({
    id: key.id ?? takeKeyId(state),
    kind: key.project_id === undefined ? 'organization' : 'project',
    created_by: SEED.admin.id,
    last_used_at: null,
    last_used_from_addr: key.last_used_at ? '192.0.2.255' : '',
    revoked: false,
    ...(key.kind !== 'personal' && { org_id: SEED.organizationId }),
    ...key,
  });
}

function emptyState(options: Partial<SeedOptions>): NeonState {
  const created_at = '2023-01-09T09:00:00.000Z';
  const org_id = SEED.organizationId;
  return {
    organizations: [
      {
        id: org_id,
        name: 'Sunny Meadow',
        handle: `sunny-meadow-${org_id}`,
        plan: 'scale',
        managed_by: 'console',
        created_at,
        updated_at: created_at,
        require_mfa: false,
        available_roles: [...ROLES],
      },
    ],
    users: [],
    members: [],
    invitations: [],
    projects: [
      { id: SEED.projectId, name: 'cool-river', org_id, created_at },
      { id: SEED.secondProjectId, name: 'quiet-forest', org_id, created_at },
    ],
    credentials: [],
    emails_sent: [],
    next_key_id: options.next_key_id ?? '2000001',
    key_refusal_status: options.key_refusal_status ?? 403,
    organization_key_rights: options.organization_key_rights ?? 'docs',
    unique_key_names: options.unique_key_names ?? true,
  };
}

/**
 * The initial state: the organization "Sunny Meadow" with two projects, the admins Ada and Grace, the member Linus, a key of
 * every kind, one forgotten key from 2023, and what the options add.
 */
export function seedState(options: Partial<SeedOptions> = {}): NeonState {
  const { now = () => new Date(), randomToken: token = randomToken } = options;
  const state = emptyState(options);
  addMember(state, { ...SEED.admin, role: 'admin' }, '2023-01-09T09:00:00.000Z');
  addMember(state, { ...SEED.secondAdmin, role: 'admin' }, '2023-01-10T09:00:00.000Z');
  addMember(state, SEED.member, '2023-02-01T09:00:00.000Z');

  const created_at = '2024-05-02T08:00:00.000Z';
  const personal = { kind: 'personal', created_at } as const;
  const { admin, member, projectId } = SEED;
  addKey(state, { ...personal, id: '1000001', name: 'ada', token: token(), user_id: admin.id });
  addKey(state, {
    ...personal,
    id: '1000002',
    name: 'linus',
    token: token(),
    user_id: member.id,
    created_by: member.id,
  });
  addKey(state, { id: '1000003', name: 'the whole organization', token: token(), created_at });
  addKey(state, { id: '1000004', name: 'cool-river only', token: token(), created_at, project_id: projectId });
  const forgotten = { created_at: '2023-03-14T15:09:26.000Z', last_used_at: '2023-09-01T06:00:00.000Z' };
  addKey(state, { id: '1000005', name: SEED.forgottenKey, token: token(), ...forgotten });

  const time = now().toISOString();
  for (const person of options.members ?? []) addMember(state, person, time);
  for (const person of options.users ?? []) addUser(state, person);
  for (const { email, role = 'member' } of options.invitations ?? []) {
    const sent = { id: randomUUID(), org_id: SEED.organizationId, invited_by: admin.id, invited_at: time };
    state.invitations.push({ ...sent, email, role, accepted: false });
  }
  for (const key of options.keys ?? []) addKey(state, { created_at: time, ...key, token: token() });
  return state;
}
