import type { GitHub } from '../github/client.ts';
import { cannotSee } from '../github/errors.ts';
import { type AddressSource, findAccounts, type GitHubAccount, type Unusable } from '../github/identities.ts';
import { listOrganizationMembers } from '../github/teams.ts';
import { isNoreply, parseEmail } from '../lib/email.ts';
import { byCodeUnits } from '../lib/text.ts';
import type { MemberWithUser, Role } from '../neon/endpoints.ts';
import { emailOf } from './member.ts';
import { parseName } from './owner.ts';
import { parseRole } from './roles.ts';

/** A member as a line of a people file. */
export interface DraftLine {
  email: string;
  /** Missing if this action does not know the role. */
  role?: Role | undefined;
  /** Missing if someone must look up the person. */
  account?: { login: string; id: number } | undefined;
  /** Why a people file cannot contain this member. */
  problem?: 'address' | 'noreply' | 'duplicate' | undefined;
}

export type Accounts = ReadonlyMap<string, GitHubAccount>;

/** Accounts by login, and the sources of addresses that could not be used. */
export interface KnownAccounts {
  accounts: Accounts;
  unusable: ReadonlyMap<AddressSource, Unusable>;
  /** Whether GitHub refused to list the members of the organization. */
  isHidden: boolean;
}

/**
 * Reads the accounts in a GitHub organization, and their addresses.
 * @throws GitHubError, and Error for an incomplete response
 */
export async function readKnownAccounts(
  github: GitHub,
  organization: string,
  sources: readonly AddressSource[],
): Promise<KnownAccounts> {
  try {
    const members = await listOrganizationMembers(github, organization);
    const logins = members.filter(({ isBot }) => !isBot).map(({ login }) => login);
    const { found, unusable } = await findAccounts(github, organization, [...new Set(logins)].sort(), sources);
    return { accounts: found, unusable, isHidden: false };
  } catch (error) {
    if (cannotSee(error)) return { accounts: new Map(), unusable: new Map(), isHidden: true };
    throw error;
  }
}

/**
 * Drafts one line of a people file for each member, sorted by address. A login is filled in if all sources that have
 * addresses of the account have this one, and no other account has it.
 */
export function draftPeople(members: readonly MemberWithUser[], accounts: Accounts): DraftLine[] {
  const byAddress = accountsByAddress(accounts);
  const lines = members.map((row): DraftLine => {
    const email = emailOf(row);
    const [account, ...others] = byAddress.get(email) ?? [];
    const role = parseRole(row.member.role);
    return { email, role, account: others.length === 0 ? account : undefined, problem: problemOf(row) };
  });
  lines.sort((a, b) => byCodeUnits(a.email, b.email));
  const seen = new Map(Map.groupBy(lines, ({ account }) => account?.login));
  return lines.map((line, index) => ({
    ...line,
    // If two members have the same account, someone must decide.
    account: (seen.get(line.account?.login)?.length ?? 0) > 1 ? undefined : line.account,
    problem: lines[index - 1]?.email === line.email ? 'duplicate' : line.problem,
  }));
}

function problemOf({ user }: MemberWithUser): DraftLine['problem'] {
  const email = parseEmail(user.email);
  if (email === undefined) return 'address';
  return isNoreply(email) ? 'noreply' : undefined;
}

function accountsByAddress(accounts: Accounts): Map<string, { login: string; id: number }[]> {
  const byAddress = new Map<string, { login: string; id: number }[]>();
  for (const [login, { id, addresses }] of accounts) {
    if (parseName(login)?.kind !== 'user') continue;
    const lists = Object.values(addresses).map((some) => some.flatMap((address) => parseEmail(address) ?? []));
    const agreed = lists.reduce((left, right) => left.filter((email) => right.includes(email)), lists[0] ?? []);
    for (const email of new Set(agreed)) byAddress.set(email, [...(byAddress.get(email) ?? []), { login, id }]);
  }
  return byAddress;
}
