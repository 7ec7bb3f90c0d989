import type { Organization } from '@neondatabase/api-client';
import {
  type CurrentUser,
  type Endpoints,
  type Invitation,
  isSameRole,
  type Member,
  type MemberWithUser,
} from './endpoints.ts';
import { NeonError } from './errors.ts';
import { checkOrganization, needs } from './needs.ts';
import type { Requester } from './requests.ts';
import { asEmpty, asObject, hasTexts } from './responses.ts';

type InvitationEndpoints = Pick<Endpoints, 'getOrganizationInvitations' | 'createOrganizationInvitations'>;
type MemberEndpoints = Pick<
  Endpoints,
  'getOrganizationMembers' | 'getOrganizationMember' | 'updateOrganizationMember' | 'removeOrganizationMember'
>;

/** The endpoints of an organization, its members and its invitations. */
export type OrganizationEndpoints = InvitationEndpoints &
  MemberEndpoints &
  Pick<Endpoints, 'getOrganization' | 'getCurrentUserInfo'>;

/** @param orgId checked to match `^[a-z0-9-]{1,60}$`, because it becomes part of a path */
export function organizationEndpoints(send: Requester, orgId: string): OrganizationEndpoints {
  const path = `/organizations/${orgId}`;
  return {
    getOrganization: () => send({ ...reading, operationId: 'getOrganization', path, read: asObject<Organization> }),

    getCurrentUserInfo: () =>
      send({
        ...reading,
        operationId: 'getCurrentUserInfo',
        path: '/users/me',
        needs: needs.personal,
        checkWhenNotFound: '',
        read: (body) => (hasTexts(body, 'id', 'email') ? (body as CurrentUser) : undefined),
      }),

    ...memberEndpoints(send, `${path}/members`),
    ...invitationEndpoints(send, `${path}/invitations`),
  };
}

/** What every GET has in common. */
const reading = {
  method: 'GET',
  idempotent: true,
  needs: needs.member,
  checkWhenNotFound: checkOrganization,
} as const;

const checkMember = 'Check `org_id` and the ID of the member: there is no such member in this organization.';

/** What requests about one member have in common. */
const aboutMember = { idempotent: true, needs: needs.admin, checkWhenNotFound: checkMember } as const;

/** Neon's largest page (OpenAPI document). */
const membersPerPage = 500;

function memberEndpoints(send: Requester, path: string): MemberEndpoints {
  const pathOf = (memberId: string) => `${path}/${inPath(memberId)}`;
  const pageQuery = `limit=${membersPerPage}&sort_by=joined_at&sort_order=asc`;
  const readPage = (cursor: string) =>
    send({
      ...reading,
      operationId: 'getOrganizationMembers',
      path: `${path}?${pageQuery}${cursor && `&cursor=${inPath(cursor)}`}`,
      read: asMembersPage,
    });

  return {
    getOrganizationMembers: () => readAllPages(readPage),

    getOrganizationMember: (memberId) =>
      send({
        ...reading,
        operationId: 'getOrganizationMember',
        path: pathOf(memberId),
        checkWhenNotFound: checkMember,
        read: asMember,
      }),

    updateOrganizationMember: (memberId, role) =>
      send({
        ...aboutMember,
        operationId: 'updateOrganizationMember',
        method: 'PATCH',
        path: pathOf(memberId),
        body: { role },
        // Only a response about this member with the new role counts.
        read: (body) => {
          const member = asMember(body);
          return member?.id === memberId && isSameRole(member.role, role) ? member : undefined;
        },
      }),

    removeOrganizationMember: async (memberId) => {
      const request = { operationId: 'removeOrganizationMember', method: 'DELETE', path: pathOf(memberId) } as const;
      await send({ ...aboutMember, ...request, read: asEmpty });
    },
  };
}

function invitationEndpoints(send: Requester, path: string): InvitationEndpoints {
  return {
    getOrganizationInvitations: () =>
      send({ ...reading, operationId: 'getOrganizationInvitations', path, read: asInvitations }),

    createOrganizationInvitations: (invitations) =>
      send({
        operationId: 'createOrganizationInvitations',
        method: 'POST',
        path,
        body: { invitations },
        idempotent: false,
        needs: needs.admin,
        checkWhenNotFound: checkOrganization,
        read: asInvitations,
      }),
  };
}

/** Text from Neon as one segment of a path. JSON can contain a lone surrogate, on which `encodeURIComponent` throws. */
function inPath(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

interface MembersPage {
  rows: MemberWithUser[];
  /** '' on the last page. */
  next: string;
}

/**
 * Reads pages up to one without a cursor. Two empty pages in a row also end the list: Neon's own clients stop at the first.
 * @throws NeonError if a page with a cursor contains only members of earlier pages
 */
async function readAllPages(readPage: (cursor: string) => Promise<MembersPage>): Promise<MemberWithUser[]> {
  const rows = new Map<string, MemberWithUser>();
  let wasEmpty = false;
  for (let cursor = ''; ; ) {
    const page = await readPage(cursor);
    const isEmpty = page.rows.length === 0;
    const known = rows.size;
    for (const row of page.rows) rows.set(row.member.id, row);
    if (page.next === '' || (isEmpty && wasEmpty)) return [...rows.values()];
    if (!isEmpty && rows.size === known) throw endlessPages();
    wasEmpty = isEmpty;
    cursor = page.next;
  }
}

function endlessPages(): NeonError {
  return new NeonError({
    operationId: 'getOrganizationMembers',
    method: 'GET',
    path: '/…/members',
    kind: 'unknown',
    reason: 'a page has a cursor for the next page, but only members of earlier pages',
    requestId: 'in the debug log',
  });
}

function asMembersPage(body: unknown): MembersPage | undefined {
  const { members, pagination } = asObject<{ members?: unknown; pagination?: unknown }>(body) ?? {};
  const next = asObject<{ next?: unknown }>(pagination)?.next ?? '';
  if (!Array.isArray(members) || typeof next !== 'string') return undefined;
  const isComplete = members.every((row) => asMember(row?.member) && hasTexts(row.user, 'email'));
  return isComplete ? { rows: (members as MemberWithUser[]).map(withoutNull), next } : undefined;
}

/** Neon may send `deactivated_at: null` for a member who was never deactivated. */
function withoutNull({ member, user }: MemberWithUser): MemberWithUser {
  const { deactivated_at, ...rest } = user;
  return { member, user: deactivated_at ? user : rest };
}

function asMember(body: unknown): Member | undefined {
  return hasTexts(body, 'id', 'user_id', 'role') ? (body as Member) : undefined;
}

function asInvitations(body: unknown): Invitation[] | undefined {
  const { invitations } = asObject<{ invitations?: unknown }>(body) ?? {};
  if (!Array.isArray(invitations)) return undefined;
  const isComplete = invitations.every((one) => hasTexts(one, 'id', 'email', 'role', 'invited_at'));
  return isComplete ? (invitations as Invitation[]) : undefined;
}
