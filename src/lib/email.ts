import { domainToASCII, domainToUnicode } from 'node:url';

// Compiling a pattern with Unicode classes takes a millisecond, so each is behind a function: most steps need none.

/** The longest address that Neon accepts (OpenAPI document). */
const maxEmailLength = 256;
const localPart = () => /^[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}$/u;
const asciiDomain = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;

/**
 * Parses an e-mail address, including internationalized ones (RFC 6531). The result is in lower case and has the domain in
 * its ASCII form, so that two spellings of one address are equal.
 * @returns undefined if it is not an address, contains invisible characters or compatibility characters such as full-width
 * letters, or mixes alphabets
 */
export function parseEmail(text: string): string | undefined {
  if (text.length > maxEmailLength || text.normalize('NFKC') !== text) return undefined;
  const at = text.lastIndexOf('@');
  const local = lowerCase(text.slice(0, at));
  const domain = at < 1 ? undefined : parseDomain(text.slice(at + 1));
  if (domain === undefined || !localPart().test(local) || (!isAscii(local) && isDeceptive(local))) return undefined;
  return `${local}@${domain}`;
}

/** @returns the domain in lower case and in its ASCII form; undefined if it is not a domain */
export function parseDomain(text: string): string | undefined {
  const lower = lowerCase(text);
  const ascii = asciiDomain.test(lower) ? lower : domainToASCII(lower);
  if (!asciiDomain.test(ascii)) return undefined;
  if (!isInternational(ascii)) return ascii === lower ? ascii : undefined;
  const readable = domainToUnicode(ascii);
  if (readable.split('.').some(mixesAlphabets)) return undefined;
  // IDNA maps some letters to others: such a domain does not survive the round trip.
  return lower === ascii || readable === lower.toLowerCase() ? ascii : undefined;
}

/** Whether a word may look like another one: it contains invisible characters, or mixes alphabets. */
function isDeceptive(word: string): boolean {
  // An accented letter is one character. A separate mark after an ASCII letter is hard to see.
  return /\p{Default_Ignorable_Code_Point}|\p{ASCII}\p{M}/u.test(word) || mixesAlphabets(word);
}

/** Alphabets that do not occur together in one word; the scripts of East Asia do. The last pattern matches all other alphabets. */
const alphabets = () => [
  /\p{Script=Latin}/v,
  /\p{Script=Cyrillic}/v,
  /\p{Script=Greek}/v,
  /[\p{L}--[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Common}\p{Script=Inherited}]]/v,
];

/** Whether a word contains letters of several alphabets, such as a Cyrillic letter that looks like a Latin one. */
function mixesAlphabets(word: string): boolean {
  return !isAscii(word) && alphabets().filter((alphabet) => alphabet.test(word)).length > 1;
}

function isAscii(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text);
}

/** Whether an address or a domain contains letters that are not ASCII, even if it is in its ASCII form. */
function isInternational(text: string): boolean {
  return !isAscii(text) || /(?:^|[@.])xn--/i.test(text);
}

/** Stands for a letter that may look like any other. */
const anyLetter = '\ufffd';
/** ASCII letters and digits that look the same in many fonts. */
const sameLooks: [RegExp, string][] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/cl/g, 'd'],
  [/[1i|]/g, 'l'],
  [/0/g, 'o'],
];

/**
 * How the mailbox of an address looks: without marks and invisible characters, and with one letter for all that look like
 * it. Any letter that is not ASCII may look like any other.
 */
export function lookOf(email: string): string {
  const mailbox = mailboxOf(email);
  const readable = `${localPartOf(mailbox)}@${domainToUnicode(domainOf(mailbox)) || domainOf(mailbox)}`;
  const letters = isAscii(readable) ? readable : readable.normalize('NFKD').replace(marks(), '');
  const ascii = sameLooks.reduce((text, [letter, look]) => text.replace(letter, look), letters.toLowerCase());
  return ascii.replace(/\P{ASCII}/gu, anyLetter);
}

const marks = () => /[\p{M}\p{Default_Ignorable_Code_Point}]/gu;

/** Whether a look contains a letter that may look like any other, so that looks must be compared one by one. */
export function isUncertain(look: string): boolean {
  return look.includes(anyLetter);
}

/** Whether two addresses may look the same. @param one a result of `lookOf` @param other another one */
export function mayLookAlike(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i += 1) {
    if (one[i] !== other[i] && one[i] !== anyLetter && other[i] !== anyLetter) return false;
  }
  return true;
}

/** The same text for all spellings of one address. An invalid address is only lower-cased. */
export function addressKey(text: string): string {
  return parseEmail(text) ?? lowerCase(text);
}

/** Domains at which addresses with and without dots are one mailbox. */
const withoutDots = ['gmail.com', 'googlemail.com'];

/** The mailbox that an address probably leads to: without its plus tag and, at Gmail, without dots. */
export function mailboxOf(email: string): string {
  const key = addressKey(email);
  const domain = domainOf(key);
  const local = localPartOf(key).replace(/(?<=.)\+.*$/s, '');
  return withoutDots.includes(domain) ? `${local.replaceAll('.', '')}@gmail.com` : `${local}@${domain}`;
}

/** Lower-cases ASCII letters only: lower-casing other scripts could turn a name into that of another person. */
export function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Whether it is an address without a mailbox, such as GitHub's `…@users.noreply.github.com`. */
export function isNoreply(email: string): boolean {
  return /(?:^|[.@])no-?reply[.@]/i.test(email);
}

/** The part before the last `@`. */
export function localPartOf(email: string): string {
  return email.slice(0, email.lastIndexOf('@'));
}

/** The part after the last `@`, in lower case. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}

/**
 * Anything in a text that may be an address. If something before `@john.smith@example.com` makes `john.smith` look like a
 * domain, the match extends to the last domain. Lengths are bounded, so that matching takes linear time.
 */
const inText = () =>
  /(?:"[^"\n@]{1,64}"|[^\s@"<>()[\],;:\\\u200b]{1,64})@(?=(?:[\p{L}\p{M}\p{N}-]+\.)|\[)[\p{L}\p{M}\p{N}.:[\]-]{1,255}(?:[^\s@"<>()[\],;:\\\u200b`|]{0,64}@[\p{L}\p{M}\p{N}.:[\]-]{1,255})*/gu;

/** How a text is shown in logs and summaries: with its addresses, or with masked ones. */
export type Shown = (text: string) => string;

/** @param showEmails the input `show_emails` */
export function shownWith(showEmails: boolean): Shown {
  return showEmails ? (text) => text : maskEmails;
}

/** Masks the addresses in a text: `octo@example.com` becomes `o***o@example.com`. */
export function maskEmails(text: string): string {
  // Most texts have none, and compiling the pattern takes 2 ms.
  if (!text.includes('@')) return text;
  return text.replace(inText(), (email) => {
    const at = email.lastIndexOf('@');
    // Quotes, backticks and bars before an address are usually not part of it, so they stay.
    const [, before = '', name = ''] = /^(['`|{}=~"]*)(.*)$/su.exec(email.slice(0, at)) ?? [];
    return before + maskName(name) + email.slice(at);
  });
}

/** Masks the part before each `@` of an invalid address. A text that begins with `@` is a handle and stays. */
export function maskInvalid(text: string): string {
  if (text.startsWith('@')) return text;
  const parts = text.split('@');
  return parts.map((part, index) => (part === '' || index === parts.length - 1 ? part : maskName(part))).join('@');
}

function maskName(name: string): string {
  // Already masked: a summary is masked where it is built, and again where it is written.
  if (/^.?\*{3}.?$/su.test(name)) return name;
  const letters = [...name];
  const [first = '', last = ''] = [letters[0], letters.at(-1)];
  // The first and last letter would reveal most of a short name.
  if (letters.length > 3) return `${first}***${last}`;
  return letters.length > 1 ? `${first}***` : '***';
}
