import { domainToASCII, domainToUnicode } from 'node:url';

/** The longest address that Neon takes (OpenAPI document). */
const maxEmailLength = 256;
const localPart = /^[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}$/u;
const asciiDomain = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;

/**
 * Reads an e-mail address, also an internationalized one (RFC 6531). Letter case never counts, and the domain comes out
 * in its ASCII form: two spellings of one address are equal.
 * @returns undefined when it is not an address, or has characters that only look like others
 */
export function parseEmail(text: string): string | undefined {
  if (text.length > maxEmailLength || text.normalize('NFKC') !== text) return undefined;
  const at = text.lastIndexOf('@');
  const local = lowerCase(text.slice(0, at));
  const domain = at < 1 ? undefined : parseDomain(text.slice(at + 1));
  return domain !== undefined && localPart.test(local) ? `${local}@${domain}` : undefined;
}

/** @returns the domain in lower case and in its ASCII form; undefined when it is not the name of a domain */
export function parseDomain(text: string): string | undefined {
  const lower = lowerCase(text);
  if (asciiDomain.test(lower)) return lower;
  const ascii = domainToASCII(lower);
  // A domain that does not come back the same has letters that IDNA turns into others.
  return asciiDomain.test(ascii) && domainToUnicode(ascii) === lower.toLowerCase() ? ascii : undefined;
}

/** What two spellings of one address have in common. An address that cannot be read is compared as it is. */
export function addressKey(text: string): string {
  return parseEmail(text) ?? lowerCase(text);
}

/** Where addresses with and without dots are one mailbox. */
const withoutDots = ['gmail.com', 'googlemail.com'];

/** The mailbox that an address probably leads to: without its plus tag and, at Gmail, without dots. */
export function mailboxOf(email: string): string {
  const key = addressKey(email);
  const domain = domainOf(key);
  const local = key.slice(0, key.lastIndexOf('@')).replace(/(?<=.)\+.*$/s, '');
  return withoutDots.includes(domain) ? `${local.replaceAll('.', '')}@gmail.com` : `${local}@${domain}`;
}

/** An address or a name without letter case, in ASCII only: some letters of other scripts would become another person's. */
export function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Addresses that GitHub gives to accounts and that lead nowhere: `…@users.noreply.github.com`, also of a server. */
export function isNoreply(email: string): boolean {
  return /(?:^|[.@])no-?reply[.@]/i.test(email);
}

/** The part after the last `@`, in lower case. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}

/** An address in a text for people, or what may be one; bounded, so that it stays linear. */
const inText =
  /(?:"[^"\n@]{1,64}"|[^\s@"<>()[\],;:\\\u200b]{1,64})@(?=(?:[\p{L}\p{M}\p{N}-]+\.)|\[)[\p{L}\p{M}\p{N}.:[\]-]{1,255}/gu;

/** How a text is shown to those who read logs and summaries: with its addresses, or without. */
export type Shown = (text: string) => string;

/** By the input `show_emails`. */
export function shownWith(showEmails: boolean): Shown {
  return showEmails ? (text) => text : maskEmails;
}

/** Hides the addresses in a text: `octo@example.com` becomes `o***o@example.com`. */
export function maskEmails(text: string): string {
  // Most texts have none, and to compile the pattern takes 2 ms.
  if (!text.includes('@')) return text;
  return text.replace(inText, (email) => {
    const at = email.lastIndexOf('@');
    // Quotes, backticks and bars before an address are usually not part of it: they stay, and what follows is hidden.
    const [, before = '', name = ''] = /^(['`|{}=~"]*)(.*)$/su.exec(email.slice(0, at)) ?? [];
    return before + maskName(name) + email.slice(at);
  });
}

/** Hides what is before each `@` of a text that was to be an address, whatever follows the `@`; a handle begins with it. */
export function maskInvalid(text: string): string {
  return text.startsWith('@') ? text : text.replace(/[^@]+(?=@)/gsu, maskName);
}

function maskName(name: string): string {
  // Hidden before: a summary is masked where it is written, and once more where it leaves.
  if (/^.?\*{3}.?$/su.test(name)) return name;
  const letters = [...name];
  const [first = '', last = ''] = [letters[0], letters.at(-1)];
  // Of a short name, first and last letter are too much of it.
  if (letters.length > 3) return `${first}***${last}`;
  return letters.length > 1 ? `${first}***` : '***';
}
