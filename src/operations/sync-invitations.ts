import { runSync } from '../members/steps.ts';
import type { Operation } from './context.ts';

/** Invites the people of CODEOWNERS and the people file who are not in the organization yet. */
export const syncInvitations: Operation<'sync-invitations'> = (inputs, context) => runSync(inputs, false, context);
