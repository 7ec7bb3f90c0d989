/** Control and direction characters, and characters that some programs treat as the end of a line. */
const unprintable = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu;

/** Removes characters that a terminal would execute, or that change the order of the text. */
export function printable(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(unprintable, ' '))
    .join('\n');
}

/**
 * Makes untrusted text fit for one line of a log: without control or direction characters, and at most 500 characters long.
 * It is cut between two words, because part of a token would not be redacted.
 */
export function oneLine(text: string): string {
  const clean = text.replace(unprintable, ' ').trim();
  return clean.length > 500 ? `${clean.slice(0, 500).replace(/\S*$/, '')}…` : clean;
}

/** Anything that resembles a token: one of Neon's, or more letters and digits than a request ID has. */
const tokens = /\bnapi_\w+|\w{40,}/g;

/** Hides tokens in untrusted text that are not masked, such as the token of a key whose creation failed. */
export function withoutTokens(text: string): string {
  return oneLine(text.replace(tokens, '***'));
}

/** The title of an HTML page, which identifies a proxy or gateway; '' without a title. */
export function pageTitle(html: string): string {
  return oneLine(/<title[^>]*>([^<]*)/i.exec(html.slice(0, 4096))?.[1] ?? '');
}

/** `1 key`, `2 keys`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

const zeroWidthSpace = '&#8203;';

/**
 * Writes all characters except letters, digits, spaces and hyphens as HTML entities, so that nothing in the text is HTML,
 * Markdown, a link or a mention. GitHub looks for addresses and mentions after decoding entities (cmark-gfm,
 * `postprocess_text`), so their characters are put between zero-width spaces.
 */
export function entities(text: string): string {
  return text.replace(/[^\p{L}\p{N} -]/gu, (character) => {
    const entity = `&#${character.codePointAt(0)};`;
    return '#.:@'.includes(character) ? zeroWidthSpace + entity + zeroWidthSpace : entity;
  });
}

/** Compares by code units, so that the order is the same on every machine. */
export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** The first items of a list, and the number of the others. */
export function someOf(items: readonly string[], most: number): string[] {
  const more = items.length - most;
  return more > 0 ? [...items.slice(0, most), `… and ${more} more`] : [...items];
}
