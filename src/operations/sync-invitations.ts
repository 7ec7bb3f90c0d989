import { runSync } from '../members/steps.ts';
import type { Operation } from './context.ts';

/** Invites people named in CODEOWNERS or the people file who are not members yet. */
export const syncInvitations: Operation<'sync-invitations'> = (inputs, context) => runSync(inputs, false, context);
