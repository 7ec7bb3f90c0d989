import { describe, expect, it } from 'vitest';
import { invitationsOf, readInvitationsOf } from '../../src/members/member.ts';
import {
  leaverInvitationsJson,
  leaverInvitationsSection,
  leaverInvitationsText,
} from '../../src/members/render-member.ts';
import type { Invitation } from '../../src/neon/endpoints.ts';
import { fakeClock } from '../fake-clock.ts';
import { FakeNeon, failing } from '../fake-neon.ts';
import { row } from './sync-world.ts';

const joined = { ...row('leaver@x.io') };
joined.member = { ...joined.member, joined_at: '2026-02-01T00:00:00Z' };
const rows = [row('root@x.io', 'admin'), joined];
const invitation = (email: string, by: string, at: string): Invitation => ({
  id: `${email} ${at}`,
  email,
  org_id: 'org-a',
  invited_by: `u-${by}`,
  invited_at: at,
  role: 'admin',
});

describe('the invitations that outlast a member', () => {
  const accepted = invitation('leaver@x.io', 'root@x.io', '2026-01-31T00:00:00Z');
  const later = invitation('Leaver@x.io', 'root@x.io', '2026-03-01T00:00:00Z');
  const friend = invitation('friend@y.org', 'leaver@x.io', '2026-03-01T00:00:00Z');
  const colleague = invitation('root@x.io', 'leaver@x.io', '2026-03-01T00:00:00Z');
  const unrelated = invitation('new@x.io', 'root@x.io', '2026-03-01T00:00:00Z');

  it('are those sent to them after they joined, and those they sent to people who are not members', () => {
    const all = [accepted, later, friend, colleague, unrelated];
    expect(invitationsOf(joined, rows, all)).toEqual({ received: [later], sent: [friend] });
  });

  it('include those with an unknown time', () => {
    expect(invitationsOf(row('leaver@x.io'), rows, [accepted]).received).toEqual([accepted]);
    const undated = { ...accepted, invited_at: 'x' };
    expect(invitationsOf(joined, rows, [undated]).received).toEqual([undated]);
  });

  it('are listed with instructions', () => {
    const read = invitationsOf(joined, rows, [later, friend]);
    expect(leaverInvitationsText(read)).toBe(
      "2 invitations to or by this person may still be pending: Leaver@x.io as admin, friend@y.org as admin. Neon's API cannot withdraw an invitation. If it is still pending, withdraw it in the Neon Console.",
    );
    const section = leaverInvitationsSection(read, String);
    expect(section).toContain('| `friend@y.org` | admin | 2026-03-01 00:00 UTC | by this person |');
    expect(leaverInvitationsText({ received: [], sent: [] })).toBe('');
  });

  it('are unknown if Neon refuses the list', async () => {
    const read = await readInvitationsOf(joined, rows, new FakeNeon(fakeClock(), [failing('refused', 403)]));
    expect(leaverInvitationsJson(read)).toBeNull();
    expect(leaverInvitationsText(read)).toContain('could not be read');
    expect(leaverInvitationsSection(read, String)).toContain('Invitations unknown');
  });
});
