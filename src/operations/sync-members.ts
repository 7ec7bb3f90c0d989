import { runSync } from '../members/steps.ts';
import type { Operation } from './context.ts';

/** Makes members and their roles match CODEOWNERS and the people file. */
export const syncMembers: Operation<'sync-members'> = (inputs, context) => runSync(inputs, true, context);
