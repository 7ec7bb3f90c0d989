import type { AnyInputs, OperationName } from '../inputs.ts';
import type { Result } from '../report/result.ts';
import { createKey } from './create-key.ts';
import { getOrganization } from './get-organization.ts';
import { listKeys } from './list-keys.ts';
import type { Operation, Step } from './operation.ts';
import { revokeKey } from './revoke-key.ts';

/** Those of every job at once; the others are loaded when they are asked for. */
const operations: { [O in OperationName]: Operation<O> } = {
  'create-key': createKey,
  'revoke-key': revokeKey,
  'list-keys': listKeys,
  'sweep-keys': async (inputs, step) => (await import('./sweep-keys.ts')).sweepKeys(inputs, step),
  'rotate-key': async (inputs, step) => (await import('./rotate-key.ts')).rotateKey(inputs, step),
  invite: async (inputs, step) => (await import('./of-people.ts')).invite(inputs, step),
  'list-invitations': async (inputs, step) => (await import('./of-people.ts')).listInvitations(inputs, step),
  'sync-invitations': async (inputs, step) => (await import('./of-people.ts')).syncPeople(inputs, step),
  'list-members': async (inputs, step) => (await import('./of-people.ts')).listMembers(inputs, step),
  'get-member': async (inputs, step) => (await import('./of-people.ts')).getMember(inputs, step),
  'update-member': async (inputs, step) => (await import('./of-people.ts')).updateMember(inputs, step),
  'remove-member': async (inputs, step) => (await import('./of-people.ts')).removeMember(inputs, step),
  'sync-members': async (inputs, step) => (await import('./of-people.ts')).syncPeople(inputs, step),
  'get-organization': getOrganization,
};

/** Runs the operation that the inputs name. */
export function perform(inputs: AnyInputs, step: Step): Promise<Result> {
  const operation = operations[inputs.operation] as Operation<OperationName>;
  return operation(inputs as never, step);
}
