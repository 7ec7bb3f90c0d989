import { parseApiUrl, withoutTrailingSlash } from '../lib/api-url.ts';
import { isNoreply, parseDomain, parseEmail } from '../lib/email.ts';
import { type Owner, parseEntry } from '../members/owner.ts';
import { parseRole, roles } from '../members/roles.ts';
import type { Role } from '../neon/endpoints.ts';

/** A shorter value may be an ordinary word, such as a token for `act`, and masking it would hide that word everywhere. */
export const shortestSecret = 16;

export function token(text: string): string {
  if (text.length < shortestSecret) throw new Error('is too short to be a Neon API key');
  if (!/^[\x21-\x7e]+$/.test(text))
    throw new Error('contains white space or characters that are not allowed in a Neon API key. Paste only the key');
  return text;
}

export function githubToken(text: string): string {
  if (!/^[\x21-\x7e]+$/.test(text))
    throw new Error('contains white space or characters that are not allowed in a GitHub token');
  return text;
}

/** Neon's pattern for IDs (OpenAPI document). Errors never contain the value, because it may be a key. */
export function identifier(what: string): (text: string) => string {
  return (text) => {
    if (!/^[a-z0-9-]{1,60}$/.test(text)) throw new Error(`must be ${what} (lower-case letters, digits and hyphens)`);
    return text;
  };
}

const unitSeconds: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** @returns seconds; NaN if the text is not a duration */
function seconds(text: string): number {
  const [, count, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  return Number(count) * (unitSeconds[unit ?? ''] ?? Number.NaN);
}

/** @returns milliseconds, from one second to ten minutes */
export function timeLimit(text: string): number {
  const limit = seconds(text);
  if (!(limit >= 1 && limit <= 600)) throw new Error('must be a duration from 1s to 10m, such as 30s');
  return limit * 1000;
}

const longestSeconds = 3650 * 86_400;

/** @returns seconds, up to ten years */
export function duration(text: string): number {
  const length = seconds(text);
  if (!(length <= longestSeconds)) throw new Error('must be a duration of at most 3650d, such as 90s, 15m, 24h or 7d');
  return length;
}

/** @returns seconds, at least an hour: a shorter age would revoke keys that are in use */
export function maxAge(text: string): number {
  const length = seconds(text);
  if (!(length >= 3600 && length <= longestSeconds))
    throw new Error('must be a duration from 1h to 3650d, such as 24h or 30d');
  return length;
}

/** The lifetime of a key. The number of the pull request is in the event. */
export function keyLifetime(text: string): 'job' | 'pull-request' | 'manual' | { seconds: number } {
  if (text === 'job' || text === 'pull-request' || text === 'manual') return text;
  const length = seconds(text);
  if (!(length >= 1 && length <= longestSeconds)) {
    throw new Error('must be `job`, `pull-request`, `manual`, or a duration such as 24h or 7d');
  }
  return { seconds: length };
}

/** GitHub's rule for the names of secrets (GitHub documentation, "Using secrets in GitHub Actions"). */
export function secretName(text: string): string {
  if (!/^[A-Z_][A-Z0-9_]{0,99}$/i.test(text) || /^GITHUB_/i.test(text)) {
    throw new Error('must consist of at most 100 letters, digits and `_`, and must not start with a digit or GITHUB_');
  }
  return text;
}

export function environmentName(text: string): string {
  if (text.length > 255 || /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text)) {
    throw new Error('must be one line of at most 255 printable characters');
  }
  return text;
}

/** @returns `*` for every repository, or `owner/name` of each */
export function repositories(text: string): '*' | string[] {
  const names = splitList(text);
  if (names.length === 1 && names[0] === '*') return '*';
  const wrong = names.findIndex((name) => !/^[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100}$/.test(name));
  if (wrong >= 0 || names.length === 0)
    throw new Error(
      `must be \`*\`, or a list of repositories such as octo-org/shop${wrong >= 0 ? `; entry ${wrong + 1} is invalid` : '; it is empty'}`,
    );
  return names;
}

/** Entries separated by commas or newlines, without duplicates. */
export function splitList(text: string): string[] {
  const items = text.split(/[\n,]/).map((item) => item.trim());
  return [...new Set(items.filter((item) => item !== ''))];
}

/** YAML 1.2's core schema. */
export function boolean(text: string): boolean {
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (/^(false|False|FALSE)$/.test(text)) return false;
  throw new Error('must be true or false');
}

export function oneOf<const T extends string>(...allowed: T[]): (text: string) => T {
  return (text) => {
    const found = allowed.find((value) => value === text);
    if (found === undefined) throw new Error(`must be ${alternatives(allowed)}`);
    return found;
  };
}

/** `a`, `a or b`, or `a, b or c`, in backticks. */
function alternatives(values: readonly string[]): string {
  const quoted = values.map((value) => `\`${value}\``);
  return [quoted.slice(0, -1).join(', '), ...quoted.slice(-1)].filter(Boolean).join(' or ');
}

export function label(text: string): string {
  // Names are shown in logs, so a token must not be used as a name by mistake.
  if (/[A-Za-z0-9_]{30,}/.test(text))
    throw new Error('looks like an API key. It must be a name, because it is shown in logs and in Neon');
  if (/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text)) throw new Error('must be one line of printable characters');
  return text;
}

/** IDs are int64 (OpenAPI document). */
const maxKeyId = 2n ** 63n - 1n;

export function keyIds(text: string): string[] {
  const ids = splitList(text);
  const wrong = ids.findIndex((id) => !/^[1-9]\d{0,18}$/.test(id) || BigInt(id) > maxKeyId);
  if (wrong >= 0) throw new Error(`must be a list of key IDs such as 1234567; entry ${wrong + 1} is invalid`);
  if (ids.length === 0) throw new Error('must be a list of key IDs such as 1234567; it is empty');
  return ids;
}

export const role = oneOf(...roles);

/** A UUID (OpenAPI document). */
export function memberId(text: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text))
    throw new Error('must be the ID of a member, which is a UUID');
  return text.toLowerCase();
}

/** A member's address or ID, or a user's ID. */
export function creator(text: string): string {
  if (text.includes('@')) return email(text);
  try {
    return memberId(text);
  } catch {
    throw new Error('must be the e-mail address or the ID of a member, or the ID of a user');
  }
}

export function email(text: string): string {
  const address = parseEmail(text);
  if (address === undefined) throw new Error('must be an e-mail address');
  return address;
}

interface Invitee {
  email: string;
  role?: Role | undefined;
}

export function invitees(text: string): Invitee[] {
  const what = `e-mail addresses, each optionally followed by a space and a role (${alternatives(roles)})`;
  const entries = entriesOf(text, what, parseInvitee);
  const duplicateIndex = entries.findIndex(
    (entry, index) => entries.findIndex((other) => other.email === entry.email) < index,
  );
  if (duplicateIndex >= 0) throw new Error(`has a duplicate address in entry ${duplicateIndex + 1}`);
  if (entries.length === 0) throw new Error('is empty');
  return entries;
}

/** @param entry such as `octo@example.com` or `octo@example.com admin` */
function parseInvitee(entry: string): Invitee | undefined {
  const [address = '', roleName, ...rest] = entry.split(/[ \t]+/);
  const read = parseEmail(address);
  if (read === undefined || isNoreply(read) || rest.length > 0) return undefined;
  if (roleName === undefined) return { email: read };
  const as = parseRole(roleName);
  return as && { email: read, role: as };
}

export function repositoryPath(text: string): string {
  const parts = text.split('/');
  const isInvalid = parts.some((part) => part === '' || part === '.' || part === '..') || /[\p{Cc}\\]/u.test(text);
  if (isInvalid || text.length > 1000)
    throw new Error('must be the path of a file relative to the root of the repository, such as docs/CODEOWNERS');
  return text;
}

export function identitySourceList(text: string): ('people-file' | 'saml' | 'verified-domain' | 'profile')[] {
  return splitList(text).map(oneOf('people-file', 'saml', 'verified-domain', 'profile'));
}

export function domains(text: string): string[] {
  return entriesOf(text, 'domains such as example.com', parseDomain);
}

export function emailList(text: string): string[] {
  return entriesOf(text, 'e-mail addresses', parseEmail);
}

export function exclusions(text: string): Owner[] {
  return entriesOf(text, 'logins, teams such as acme/platform, or e-mail addresses', parseEntry);
}

function entriesOf<T>(text: string, what: string, parse: (entry: string) => T | undefined): T[] {
  return splitList(text).map((entry, index) => {
    const value = parse(entry);
    if (value === undefined) throw new Error(`must be a list of ${what}; entry ${index + 1} is invalid`);
    return value;
  });
}

/** A number of people, or a percentage of the members. */
export function cap(text: string): { count: number } | { percent: number } {
  const [, number, sign] = /^(\d{1,6})(%?)$/.exec(text) ?? [];
  if (number === undefined || (sign && Number(number) > 100))
    throw new Error('must be a number such as 25, or a percentage of the members such as 20%');
  return sign ? { percent: Number(number) } : { count: Number(number) };
}

/** @returns the URL without a trailing slash, because it is also the audience of the ID token */
export function brokerUrl(text: string): string {
  parseApiUrl(text);
  if (/\s/.test(text)) throw new Error('must not contain spaces');
  return withoutTrailingSlash(text);
}
