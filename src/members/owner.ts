import { lowerCase, parseEmail } from '../lib/email.ts';

export type User = { kind: 'user'; login: string };
export type Team = { kind: 'team'; org: string; slug: string };
type Address = { kind: 'email'; email: string };

/** A person or team named in a CODEOWNERS file or a people file. Names are in lower case, because GitHub ignores case. */
export type Owner = User | Team | Address;

/** GitHub's rule, plus the underscore in logins of managed users, such as `octocat_acme`. Old logins may end in `-`. */
const login = /^[a-z0-9][a-z0-9_-]{0,99}$/;
const slug = /^[a-z0-9_][a-z0-9_-]{0,254}$/;

/** @returns undefined unless the whole text is `@user`, `@org/team` or an e-mail address */
export function parseOwner(text: string): Owner | undefined {
  if (text.startsWith('@')) return parseName(text.slice(1));
  const email = parseEmail(text);
  return email === undefined ? undefined : { kind: 'email', email };
}

/** Parses `user` or `org/team`, without the `@`. */
export function parseName(text: string): User | Team | undefined {
  const [org = '', team, ...rest] = lowerCase(text).split('/');
  if (rest.length > 0 || !login.test(org)) return undefined;
  if (team === undefined) return { kind: 'user', login: org };
  return slug.test(team) ? { kind: 'team', org, slug: team } : undefined;
}

/**
 * Whether a text is a CODEOWNERS pattern without a space before a user or team, such as `*.js@octocat`. It contains no
 * address, because names have no dots, but the domain of an address has at least one.
 */
export function isPatternWithName(text: string): boolean {
  const at = text.indexOf('@');
  return /^[\w./*-]*(?:\*(?:\.[\w-]+)*|\/)$/.test(text.slice(0, at)) && parseName(text.slice(at + 1)) !== undefined;
}

/** As people write it: `@octocat`, `@acme/platform`, `octo@example.com`. The same owner always has the same name. */
export function ownerName(owner: Owner): string {
  if (owner.kind === 'email') return owner.email;
  return owner.kind === 'user' ? `@${owner.login}` : `@${teamPath(owner)}`;
}

export function isSameOwner(a: Owner, b: Owner): boolean {
  return ownerName(a) === ownerName(b);
}

/** `org/slug`, the key by which teams are read and looked up. */
export function teamPath({ org, slug: name }: Team): string {
  return `${org}/${name}`;
}

export function isTeam(owner: Owner): owner is Team {
  return owner.kind === 'team';
}

export function isUser(owner: Owner): owner is User {
  return owner.kind === 'user';
}

/** The account of an app, such as `dependabot[bot]`. CODEOWNERS never names apps, but people exclude them. */
const botLogin = /^@?([a-z0-9][a-z0-9-]*)\[bot\]$/i;
/** Apps that people exclude by their name alone. No GitHub user with such a name could be a member. */
const wellKnownBots = ['dependabot', 'dependabot-preview', 'renovate', 'github-actions', 'copilot'];

export function isBotLogin(text: string): boolean {
  return botLogin.test(text) || wellKnownBots.includes(text);
}

/**
 * Reads one entry of `exclude` or `include`: a login, `org/team` or an e-mail address. The `@` before a name is optional.
 * @returns undefined for any other text
 */
export function parseEntry(text: string): Owner | undefined {
  const name = botLogin.exec(text)?.[1];
  if (name !== undefined) return { kind: 'user', login: `${name.toLowerCase()}[bot]` };
  return parseOwner(text) ?? parseOwner(`@${text}`);
}
