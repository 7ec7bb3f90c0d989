import { runSync } from '../members/steps.ts';
import type { Operation } from './context.ts';

/** Brings members and their roles to what CODEOWNERS and the people file say. */
export const syncMembers: Operation<'sync-members'> = (inputs, context) => runSync(inputs, true, context);
