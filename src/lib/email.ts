/** The most that Neon takes (OpenAPI document). */
const longest = 256;
const pattern = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;

/**
 * Reads an e-mail address. Letter case never counts, so it comes out in lower case: two spellings are one person.
 * @returns undefined when it is none: only ASCII, so that no address looks like another one
 */
export function parseEmail(text: string): string | undefined {
  if (text.length > longest) return undefined;
  const email = lowerCase(text);
  return pattern.test(email) ? email : undefined;
}

/** An address or a name without letter case, in ASCII only: some letters of other scripts would become another person's. */
export function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Addresses that GitHub gives to accounts, and that lead to nobody: `…@users.noreply.github.com`, also of a server. */
export function isNoreply(email: string): boolean {
  return /(?:^|[.@])no-?reply[.@]/i.test(email);
}

/** What stands after the `@`, in lower case. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}

/** Whatever looks like an address, in a text for people; bounded, so that it stays linear. */
const inText = /[^\s@"'`<>()[\]{},;:|=\u200b]{1,64}@(?=[\p{L}\p{N}-]+\.)[\p{L}\p{N}.-]{1,255}/gu;

/** How a text is shown to whoever reads logs and summaries: with its addresses, or without. */
export type Shown = (text: string) => string;

/** By the input `show_emails`. */
export function shownWith(showEmails: boolean): Shown {
  return showEmails ? (text) => text : maskEmails;
}

/** Hides the addresses in a text: `octo@example.com` becomes `o***o@example.com`. */
export function maskEmails(text: string): string {
  return text.replace(inText, (email) => {
    const at = email.indexOf('@');
    const name = email.slice(0, at);
    // Hidden before: a summary is masked where it is written, and once more where it leaves.
    if (/^.?\*{3}.?$/u.test(name)) return email;
    const [first = '', last = ''] = [name.slice(0, 1), name.slice(-1)];
    // Of a short name, first and last letter are too much of it.
    const shown = name.length > 3 ? `${first}***${last}` : name.length > 1 ? `${first}***` : '***';
    return shown + email.slice(at);
  });
}
