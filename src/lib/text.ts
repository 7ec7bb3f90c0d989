/** Control and direction characters, and what some readers take for the end of a line. */
const unprintable = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu;

/** A text of several lines without what a terminal would obey, or show in another order. */
export function printable(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(unprintable, ' '))
    .join('\n');
}

/**
 * Text from outside, made fit for one line of a log: no control or direction characters, 500 characters at the most.
 * It is cut between two words: half a token would not be redacted.
 */
export function oneLine(text: string): string {
  const clean = text.replace(unprintable, ' ').trim();
  return clean.length > 500 ? `${clean.slice(0, 500).replace(/\S*$/, '')}…` : clean;
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
 * Text as HTML entities but for letters, digits, spaces and hyphens: nothing in it is HTML, Markdown, a link or a mention.
 * GitHub looks for addresses and mentions after it has decoded entities (cmark-gfm, `postprocess_text`): what they are
 * known by stands between zero-width spaces.
 */
export function entities(text: string): string {
  return text.replace(/[^\p{L}\p{N} -]/gu, (character) => {
    const entity = `&#${character.codePointAt(0)};`;
    return '#.:@'.includes(character) ? zeroWidthSpace + entity + zeroWidthSpace : entity;
  });
}
