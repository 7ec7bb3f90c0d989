import { lowerCase, parseEmail } from '../lib/email.ts';

/** Somebody whom a CODEOWNERS file or an exclusion names. All names are in lower case: GitHub compares them without it. */
export type Owner =
  | { kind: 'user'; login: string }
  | { kind: 'team'; org: string; slug: string }
  | { kind: 'email'; email: string };

/** GitHub's own rule plus the underscore, with which logins of managed users end: `octocat_acme`. */
const login = /^[a-z0-9][a-z0-9_-]{0,99}$/;
const slug = /^[a-z0-9_][a-z0-9_.-]{0,254}$/;

/** @returns undefined when the text is not `@user`, `@org/team` or an e-mail address, whole */
export function parseOwner(text: string): Owner | undefined {
  if (text.startsWith('@')) return parseName(text.slice(1));
  const email = parseEmail(text);
  return email === undefined ? undefined : { kind: 'email', email };
}

/** @returns the user or team of a name without its `@`: `user`, `org/team` */
export function parseName(text: string): Exclude<Owner, { kind: 'email' }> | undefined {
  const [org = '', team, ...rest] = lowerCase(text).split('/');
  if (rest.length > 0 || !login.test(org)) return undefined;
  if (team === undefined) return { kind: 'user', login: org };
  return slug.test(team) ? { kind: 'team', org, slug: team } : undefined;
}

/** As people write it: `@octocat`, `@acme/platform`, `octo@example.com`. Equal for the same owner. */
export function ownerName(owner: Owner): string {
  if (owner.kind === 'email') return owner.email;
  return owner.kind === 'user' ? `@${owner.login}` : `@${owner.org}/${owner.slug}`;
}

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
