import type { WorkflowEvent } from '../../src/github/event.ts';
import type { Change } from '../../src/members/change.ts';
import { planSync, type SyncOptions, type SyncPlan } from '../../src/members/sync.ts';
import type { Invitation, MemberWithUser, Role } from '../../src/neon/endpoints.ts';
import { fakeClock } from '../fake-clock.ts';
import { FakeNeon } from '../fake-neon.ts';
import { emptyGitHub, type FakeGitHubState, fakeGitHub } from './fake-github.ts';

export const codeowners = '.github/CODEOWNERS';
export const peopleFile = '.github/neon-people.yml';
export const ownFile = { owner: 'acme', repo: 'shop', sha: 'a'.repeat(40), path: codeowners, isOwn: true, url: '' };

export function row(email: string, role: Role = 'member'): MemberWithUser {
  return { member: { id: `m-${email}`, user_id: `u-${email}`, org_id: 'org-a', role }, user: { email } };
}

interface SyncWorld {
  github: Partial<FakeGitHubState>;
  members: MemberWithUser[];
  invitations?: Invitation[];
  /** The address of the owner of the key; missing: the key has none. */
  keyOwner?: string | undefined;
  event?: WorkflowEvent;
  isApplied?: boolean;
  managesMembers?: boolean;
  options?: Partial<SyncOptions>;
}

const defaults: SyncOptions = {
  people_file: peopleFile,
  identity_sources: ['people-file'],
  on_unresolved: 'warn',
  reinvite: false,
  max_invitations: { count: 25 },
  max_role_changes: { count: 25 },
  max_removals: { count: 25 },
};

/** Plans a sync on plain data. */
export async function sync(world: SyncWorld): Promise<SyncPlan & { requests: string[]; options: SyncOptions }> {
  const { github, requests } = fakeGitHub({ ...emptyGitHub, ...world.github });
  const neon = new FakeNeon(fakeClock(Date.UTC(2026, 10, 24)));
  for (const { member, user } of world.members) neon.members.set(member.id, { member, user });
  neon.invitations.push(...(world.invitations ?? []));
  if (world.keyOwner !== undefined) neon.currentUser = { id: `u-${world.keyOwner}`, email: world.keyOwner };
  const from = {
    repository: { owner: 'acme', repo: 'shop' },
    serverUrl: 'https://github.com',
    event: world.event ?? { name: 'push', ref: 'refs/heads/main', payload: {} },
    isApplied: world.isApplied ?? true,
    managesMembers: world.managesMembers ?? true,
  };
  const options = { ...defaults, ...world.options };
  return { ...(await planSync(options, from, { github, neon })), requests, options };
}

/** What may be carried out, in short. */
export function changesOf({ plan, stops }: Pick<SyncPlan, 'plan' | 'stops'>): string[] {
  return stops.length > 0 ? [] : plan.changes.map(changeText).sort();
}

function changeText(change: Change): string {
  if (change.kind === 'remove') return `remove ${change.email}`;
  // `member` and `editor` are one role.
  const role = (change.kind === 'invite' ? change.role : change.to).replace('editor', 'member');
  return change.kind === 'invite' ? `invite ${change.email} as ${role}` : `make ${change.email} ${role}`;
}
