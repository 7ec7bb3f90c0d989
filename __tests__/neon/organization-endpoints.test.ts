import { describe, expect, it } from 'vitest';
import { neonEndpoints } from '../../src/neon/connect.ts';
import type { Endpoints } from '../../src/neon/endpoints.ts';
import type { NeonRequest } from '../../src/neon/requests.ts';
import { limit, memberId, orgId, respondingWith } from './endpoint-calls.ts';

describe('endpoints for members', () => {
  const row = (id: string, email = `${id}@x.io`) => ({
    member: { id, user_id: `u-${id}`, role: 'member' },
    user: { email },
  });

  /** The endpoints with a transport that returns these pages by their cursors, and the requested cursors. */
  function paged(pages: Record<string, unknown>): { neon: Endpoints; cursors: (string | null)[] } {
    const cursors: (string | null)[] = [];
    const send = async <T>(request: NeonRequest<T>) => {
      const query = new URLSearchParams(request.path.split('?')[1]);
      cursors.push(query.get('cursor'));
      return request.read(pages[query.get('cursor') ?? '']) as T;
    };
    return { neon: neonEndpoints(send, orgId, limit), cursors };
  }

  it('read all pages', async () => {
    const { neon, cursors } = paged({
      '': { members: [row('a'), row('b')], pagination: { next: 'x+/=&y' } },
      'x+/=&y': { members: [], pagination: { next: 'z' } },
      z: { members: [row('b'), row('c')], pagination: {} },
    });
    expect((await neon.getOrganizationMembers()).map(({ member: { id } }) => id)).toEqual(['a', 'b', 'c']);
    expect(cursors).toEqual([null, 'x+/=&y', 'z']);
  });

  it('accept a list without pages', async () => {
    expect(await paged({ '': { members: [row('a')] } }).neon.getOrganizationMembers()).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['an empty text', ''],
    ['missing', undefined],
  ])('stop at a page whose cursor is %s', async (_case, next) => {
    const { neon } = paged({ '': { members: [row('a')], pagination: { next } } });
    expect(await neon.getOrganizationMembers()).toHaveLength(1);
  });

  it('stop at an empty last page, and at the second empty page with a cursor', async () => {
    const first = { members: [row('a')], pagination: { next: 'x' } };
    expect(await paged({ '': first, x: { members: [] } }).neon.getOrganizationMembers()).toHaveLength(1);
    const empty = (next: string) => ({ members: [], pagination: { next } });
    const endless = paged({ '': first, x: empty('y'), y: empty('z'), z: empty('x') });
    expect(await endless.neon.getOrganizationMembers()).toHaveLength(1);
    expect(endless.cursors).toEqual([null, 'x', 'y']);
  });

  it('reject a page that has a new cursor and repeats members', async () => {
    const { neon, cursors } = paged({
      '': { members: [row('a')], pagination: { next: 'x' } },
      x: { members: [row('b')], pagination: { next: 'y' } },
      y: { members: [row('a'), row('b')], pagination: { next: 'z' } },
    });
    await expect(neon.getOrganizationMembers()).rejects.toMatchObject({
      message:
        'getOrganizationMembers (GET /…/members) got no usable response: a page has a cursor for the next page, but only members of earlier pages (request ID in the debug log).',
    });
    expect(cursors).toHaveLength(3);
  });

  it.each([
    ['member', 'editor', true],
    ['editor', 'member', true],
    ['viewer', 'member', false],
  ] as const)('accept a role that is returned under its other name: %s for %s', async (wanted, returned, isSet) => {
    const send = async <T>(request: NeonRequest<T>) =>
      request.read({ id: 'a', user_id: 'u', org_id: orgId, role: returned }) as T;
    const member = await neonEndpoints(send, orgId, limit).updateOrganizationMember('a', wanted);
    expect(member !== undefined).toBe(isSet);
  });

  it.each<[string, unknown]>([
    ['no list', {}],
    ['null', null],
    ['a member without an address', { members: [{ ...row('a'), user: {} }] }],
    ['an empty address', { members: [row('a', '')] }],
    ['a member without an id', { members: [{ member: { user_id: 'u', role: 'admin' }, user: { email: 'a@x.io' } }] }],
    ['null among members', { members: [null] }],
    ['a cursor that is not text', { members: [], pagination: { next: 5 } }],
  ])('reject a list without members: %s', async (_what, body) => {
    await expect(respondingWith(JSON.stringify(body)).getOrganizationMembers()).rejects.toMatchObject({
      facts: { kind: 'unknown', status: 200 },
    });
  });

  it('accept a changed role in the returned member', async () => {
    const member = { id: memberId, user_id: 'u', role: 'admin' };
    expect(await respondingWith(JSON.stringify(member)).updateOrganizationMember(memberId, 'admin')).toEqual(member);
  });

  it.each([
    ['another role', { id: memberId, user_id: 'u', role: 'member' }],
    ['another member', { id: 'x', user_id: 'u', role: 'admin' }],
    ['nothing', {}],
  ])('reject a changed role if the response is about %s', async (_what, body) => {
    await expect(
      respondingWith(JSON.stringify(body)).updateOrganizationMember(memberId, 'admin'),
    ).rejects.toMatchObject({
      facts: { kind: 'unknown' },
    });
  });

  it.each([
    ['an error', { code: 'FORBIDDEN', message: 'not allowed', request_id: 'r' }],
    ['a member', { id: memberId, user_id: 'u', role: 'member' }],
    ['a failure', { success: false }],
    ['a list', []],
    ['nothing', null],
  ])('do not report a member as removed if the response contains %s', async (_what, body) => {
    await expect(respondingWith(JSON.stringify(body)).removeOrganizationMember(memberId)).rejects.toMatchObject({
      facts: { kind: 'unknown' },
    });
  });

  it('escape the ID of a member in the path', async () => {
    const paths: string[] = [];
    const send = async <T>({ path }: NeonRequest<T>) => {
      paths.push(path);
      return undefined as T;
    };
    const { removeOrganizationMember } = neonEndpoints(send, orgId, limit);
    await removeOrganizationMember('../api_keys/7?x');
    await removeOrganizationMember('half \ud800');
    expect(paths).toEqual([
      `/organizations/${orgId}/members/..%2Fapi_keys%2F7%3Fx`,
      `/organizations/${orgId}/members/half%20%EF%BF%BD`,
    ]);
  });
});

describe('endpoints for invitations', () => {
  const invitation = { id: 'i', email: 'a@x.io', role: 'member', invited_at: '2026-11-24T12:00:00Z' };

  it('return every invitation that Neon lists', async () => {
    const invitations = [invitation, { ...invitation, id: 'j' }];
    expect(await respondingWith(JSON.stringify({ invitations })).getOrganizationInvitations()).toEqual(invitations);
    expect(await respondingWith('{"invitations":[]}').getOrganizationInvitations()).toEqual([]);
  });

  it.each<unknown>([
    {},
    null,
    { invitations: 5 },
    ...Object.keys(invitation).flatMap((name) => [
      { invitations: [invitation, { ...invitation, [name]: '' }] },
      { invitations: [{ ...invitation, [name]: 5 }, invitation] },
    ]),
  ])('never report an unexpected response as no invitations: %j', async (body) => {
    await expect(respondingWith(JSON.stringify(body)).getOrganizationInvitations()).rejects.toMatchObject({
      facts: { kind: 'unknown' },
    });
  });
});
