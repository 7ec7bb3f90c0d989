/** Control and direction characters, and characters that some programs treat as the end of a line. */
const unprintable = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu;

/** A text of several lines without characters that a terminal would execute or show in another order. */
export function printable(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(unprintable, ' '))
    .join('\n');
}

/**
 * Makes text from outside fit for one line of a log: without control or direction characters, and at most 500 characters
 * long. It is cut between two words, because part of a token would not be redacted.
 */
export function oneLine(text: string): string {
  const clean = text.replace(unprintable, ' ').trim();
  return clean.length > 500 ? `${clean.slice(0, 500).replace(/\S*$/, '')}…` : clean;
}

/** What looks like a token: one of Neon's, or more letters and digits than a request id has. */
const tokens = /\bnapi_\w+|\w{40,}/g;

/** Text from outside that may quote a token which is not known, such as the one of a key whose creation failed. */
export function withoutTokens(text: string): string {
  return oneLine(text.replace(tokens, '***'));
}

/** The title of a page of HTML, by which proxies and gateways say what they are; '' without one. */
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

/** By code units: the same on every machine. */
export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
