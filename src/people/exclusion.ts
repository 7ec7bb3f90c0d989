import { type Owner, ownerName, parseOwner } from './owner.ts';

/** An app's account: `dependabot[bot]`. CODEOWNERS never names one, and people exclude them all the same. */
const bot = /^@?([a-z0-9][a-z0-9-]*)\[bot\]$/i;

/**
 * Reads one entry of `exclude`: a login, `org/team` or an e-mail address; an `@` before a name may be left out.
 * @returns undefined when it is none of them
 */
export function parseExclusion(text: string): Owner | undefined {
  const name = bot.exec(text)?.[1];
  if (name !== undefined) return { kind: 'user', login: `${name.toLowerCase()}[bot]` };
  return parseOwner(text) ?? parseOwner(`@${text}`);
}

/** Who is not managed: neither invited nor removed nor changed. */
export interface Exclusions {
  logins: ReadonlySet<string>;
  /** `org/team`. */
  teams: ReadonlySet<string>;
  emails: ReadonlySet<string>;
}

export function exclusionsOf(owners: Iterable<Owner>): Exclusions {
  const names = (kind: Owner['kind']) =>
    new Set([...owners].filter((owner) => owner.kind === kind).map((owner) => ownerName(owner).replace(/^@/, '')));
  return { logins: names('user'), teams: names('team'), emails: names('email') };
}
