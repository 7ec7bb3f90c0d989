// The operations on people, loaded in one piece: in pieces of their own, each would get a copy of what they share.
export { getMember } from './get-member.ts';
export { invite } from './invite.ts';
export { listInvitations } from './list-invitations.ts';
export { listMembers } from './list-members.ts';
export { removeMember } from './remove-member.ts';
export { syncPeople } from './sync.ts';
export { updateMember } from './update-member.ts';
