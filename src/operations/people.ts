import { lowerCase } from '../lib/email.ts';
import { oneLine } from '../lib/text.ts';
import { type Change, carryOut, type Deed } from '../members/apply.ts';
import type { Steps } from '../members/plan.ts';
import type { Invitation, MemberWithUser, NeonReader } from '../neon/endpoints.ts';
import { NeonError } from '../neon/errors.ts';
import { decide, type Mode, type Trust } from '../runner/mode.ts';
import { decision } from '../runner/render-mode.ts';
import type { OperationContext } from './context.ts';

/** What `mode` comes to; a line of the log says so. */
export function decideAloud(mode: Mode, context: OperationContext): Trust {
  const trust = decide(mode, context.event());
  context.info(decision(trust));
  return trust;
}

/**
 * Whose personal key is in use.
 * @returns undefined for a key that is nobody's: with it one can plan, and nothing else
 * @throws NeonError
 */
export async function ownerOfKey(neon: NeonReader, { apply }: Trust): Promise<string | undefined> {
  try {
    return (await neon.getCurrentUserInfo()).id;
  } catch (error) {
    const isNobodys = error instanceof NeonError && error.facts.kind === 'refused' && error.facts.status !== 401;
    if (isNobodys && !apply) return undefined;
    throw error;
  }
}

/** Carries the steps out and tells of each. */
export async function apply(steps: Steps, before: readonly Invitation[], context: OperationContext): Promise<Deed[]> {
  const onOutcome = (deed: Deed) => context.info(sentence(deed));
  return carryOut(steps, before, { ...context, onOutcome });
}

/** One line for the log. */
function sentence({ change, how, why = '' }: Deed): string {
  const [did, infinitive] = verbs[change.kind];
  const who = change.name === change.email ? change.email : `${change.name} (${change.email})`;
  const as = change.kind === 'invite' ? ` as ${change.role}` : change.kind === 'change-role' ? ` to ${change.to}` : '';
  const reason = why && `: ${oneLine(why)}`;
  if (how === 'done') return `${did} ${who}${as}.`;
  if (how === 'already') return `${who} ${why}: nothing to do.`;
  return how === 'unknown'
    ? `Nobody can tell whether it did ${infinitive} ${who}${as}${reason}`
    : `Did not ${infinitive} ${who}${as}${reason}`;
}

const verbs: Record<Change['kind'], [did: string, infinitive: string]> = {
  invite: ['Invited', 'invite'],
  'change-role': ['Changed the role of', 'change the role of'],
  remove: ['Removed', 'remove'],
};

/** What went wrong, each reason once; undefined when nothing did. */
export function failureOf(deeds: readonly Deed[]): string | undefined {
  const open = deeds.filter(({ how }) => how !== 'done' && how !== 'already');
  if (open.length === 0) return undefined;
  const reasons = Map.groupBy(open, ({ how, why }) => `${outcomes[how]}: ${why}`);
  const lines = [...reasons].slice(0, 5).map(([reason, some]) => {
    const names = some.slice(0, 5).map(({ change }) => change.name);
    return `${names.join(', ')}${some.length > 5 ? ` and ${some.length - 5} more` : ''} ${reason}`;
  });
  return `${open.length} of ${deeds.length} changes not made for sure. Run it again: what is done is not done twice.\n${lines.join('\n')}`;
}

export const outcomes: Record<Deed['how'], string> = {
  done: '✅ done',
  already: '☑️ done before',
  failed: '❌ not done',
  unknown: '❓ not known',
  'not-begun': '⏸️ not begun',
};

/** @returns the member that is meant, with their address; undefined when there is none */
export function findMember(
  rows: readonly MemberWithUser[],
  { member_id, email }: { member_id?: string; email?: string },
): MemberWithUser | undefined {
  return rows.find(({ member, user }) =>
    member_id === undefined ? lowerCase(user.email) === email : member.id === member_id,
  );
}

/** A member as one object, with their address. */
export function flat({ member, user }: MemberWithUser): object {
  return { ...member, ...user };
}
