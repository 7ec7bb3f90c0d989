import { lowerCase, shownWith } from '../email.ts';
import type { Mode, Trust } from '../github/trust.ts';
import { type MemberWithUser, type Role, readOnly } from '../neon/endpoints.ts';
import { hasOtherAdmin, type Steps } from '../people/plan.ts';
import { code, facts, plain, prose } from '../report/markdown.ts';
import type { Result } from '../report/result.ts';
import type { Step } from './operation.ts';
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
export async function lookUp(inputs: Asked, step: Step): Promise<FoundMember> {
  const trust = decideAloud(inputs.mode, step);
  const neon = readOnly(step.neon);
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
  step: Step,
  to?: Role,
): Promise<Result> {
  const all = { invite: [], changeRole: [], remove: [], ...steps };
  const [deed] = trust.apply ? await apply(all, [], step) : [];
  const isDone = deed?.how === 'done';
  const failure = deed && failureOf([deed]);
  const after = isDone && to !== undefined ? { ...row, member: { ...row.member, role: to } } : row;
  const wanted = to === undefined ? 'be removed' : `have the role ${to}`;
  const outcome = deed ? outcomes[deed.how] : `would ${wanted}; this is a plan: ${trust.why}`;
  if (!deed) step.info(`${row.user.email} would ${wanted}.`);
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
