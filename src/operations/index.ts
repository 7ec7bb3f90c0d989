import type { AnyInputs, OperationName } from '../inputs/declarations.ts';
import type { Result } from '../runner/result.ts';
import type { Operation, OperationContext } from './context.ts';
import { createKey } from './create-key.ts';

/** `create-key` is part of every job that needs a key; the others are loaded when they run. */
const operations: { [O in OperationName]: Operation<O> } = {
  'create-key': createKey,
  'revoke-key': async (inputs, context) => (await import('./revoke-key.ts')).revokeKey(inputs, context),
  'list-keys': async (inputs, context) => (await import('./list-keys.ts')).listKeys(inputs, context),
  'sweep-keys': async (inputs, context) => (await import('./sweep-keys.ts')).sweepKeys(inputs, context),
  'rotate-key': async (inputs, context) => (await import('./rotate-key.ts')).rotateKey(inputs, context),
  invite: async (inputs, context) => (await import('./member-operations.ts')).invite(inputs, context),
  'list-invitations': async (inputs, context) =>
    (await import('./member-operations.ts')).listInvitations(inputs, context),
  'sync-invitations': async (inputs, context) =>
    (await import('./member-operations.ts')).syncInvitations(inputs, context),
  'list-members': async (inputs, context) => (await import('./member-operations.ts')).listMembers(inputs, context),
  'get-member': async (inputs, context) => (await import('./member-operations.ts')).getMember(inputs, context),
  'update-member': async (inputs, context) => (await import('./member-operations.ts')).updateMember(inputs, context),
  'remove-member': async (inputs, context) => (await import('./member-operations.ts')).removeMember(inputs, context),
  'sync-members': async (inputs, context) => (await import('./member-operations.ts')).syncMembers(inputs, context),
  'get-organization': async (inputs, context) =>
    (await import('./get-organization.ts')).getOrganization(inputs, context),
};

/** Runs the operation that the inputs name. */
export function perform(inputs: AnyInputs, context: OperationContext): Promise<Result> {
  const operation = operations[inputs.operation] as Operation<OperationName>;
  return operation(inputs as never, context);
}
