// The operations on members are loaded together, because separate chunks would each contain a copy of their shared code.
export { getMember } from './get-member.ts';
export { invite } from './invite.ts';
export { listInvitations } from './list-invitations.ts';
export { listMembers } from './list-members.ts';
export { removeMember } from './remove-member.ts';
export { syncInvitations } from './sync-invitations.ts';
export { syncMembers } from './sync-members.ts';
export { updateMember } from './update-member.ts';
