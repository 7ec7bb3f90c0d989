import { lowerCase, shownWith } from '../lib/email.ts';
import { hasOtherAdmin, type Steps } from '../members/plan.ts';
import { type MemberWithUser, type Role, readOnly } from '../neon/endpoints.ts';
import { code, facts, plain, prose } from '../runner/markdown.ts';
import type { Mode, Trust } from '../runner/mode.ts';
import { explainTrust } from '../runner/render-mode.ts';
import type { Result } from '../runner/result.ts';
import type { OperationContext } from './context.ts';
import { apply, decideAloud, failureOf, findMember, flat, outcomes, ownerOfKey } from './people.ts';

/** Who is meant; a rule of the inputs sees to it that one of the two is there. */
interface Asked {
  mode: Mode;
  member_id?: string;
  email?: string;
  show_emails: boolean;
}

export interface FoundMember {
  /** Undefined: there is no such member. */
  row: MemberWithUser | undefined;
  trust: Trust;
  /** Throws when the member is the last admin or owns the key in use. @param what ends the sentence: "…, and stays" */
  guard: (what: string) => void;
}

/** Reads who is meant, with a client that cannot write. @throws NeonError */
export async function lookUp(inputs: Asked, context: OperationContext): Promise<FoundMember> {
  const trust = decideAloud(inputs.mode, context);
  const neon = readOnly(context.neon);
  const rows = await neon.getOrganizationMembers();
  const row = findMember(rows, inputs);
  const self = row && (await ownerOfKey(neon, trust));
  const guard = (what: string) => {
    if (row !== undefined && row.member.user_id === self)
      throw new Error(`${row.user.email} owns the key in use, and ${what}.`);
    if (row?.member.role === 'admin' && !hasOtherAdmin(rows, row.member.id))
      throw new Error(`${row.user.email} is the last admin, and ${what}.`);
  };
  return { row, trust, guard };
}

/** How the person is called who was asked for. */
export function asked({ member_id, email }: Pick<Asked, 'member_id' | 'email'>): string {
  return member_id ?? email ?? '';
}

/** The part of a change or removal that says whom. */
export function personOf({ member, user }: MemberWithUser): { memberId: string; email: string; name: string } {
  const email = lowerCase(user.email);
  return { memberId: member.id, email, name: email };
}

/** Carries one step out, if it may be; `to`: the role afterwards. */
export async function changeMember(
  row: MemberWithUser,
  steps: Partial<Steps>,
  { trust }: FoundMember,
  { show_emails }: Asked,
  context: OperationContext,
  to?: Role,
): Promise<Result> {
  const all = { invite: [], changeRole: [], remove: [], ...steps };
  const [deed] = trust.apply ? await apply(all, [], context) : [];
  const isDone = deed?.how === 'done';
  const failure = deed && failureOf([deed]);
  const after = isDone && to !== undefined ? { ...row, member: { ...row.member, role: to } } : row;
  const wanted = to === undefined ? 'be removed' : `have the role ${to}`;
  const outcome = deed ? outcomes[deed.how] : `would ${wanted}; this is a plan: ${explainTrust(trust)}`;
  if (!deed) context.info(`${row.user.email} would ${wanted}.`);
  return {
    ...memberResult(after, show_emails, [[to === undefined ? 'Removal' : `Role ${to}`, prose(outcome)]]),
    changed: isDone,
    ...(failure ? { failure } : {}),
  };
}

/** A result that tells of one member, nothing changed. */
export function memberResult(row: MemberWithUser, showEmails: boolean, more: [string, string][] = []): Result {
  const rows: [string, string][] = [['Role', plain(row.member.role)], ...statusOf(row), ...more];
  return {
    changed: false,
    outputs: {},
    json: { member: flat(row) },
    summary: `### 👤 Neon member\n\n${facts([['E-mail', code(row.user.email, shownWith(showEmails))], ['Id', code(row.member.id)], ...rows])}\n`,
  };
}

function statusOf({ user }: MemberWithUser): [string, string][] {
  return user.deactivated_at === undefined ? [] : [['Deactivated', plain(user.deactivated_at.slice(0, 10))]];
}
