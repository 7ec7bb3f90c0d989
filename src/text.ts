/**
 * Text from outside, made fit for one line of a log: no control or direction characters, 500 characters at the most.
 * It is cut between two words: half a token would not be redacted.
 */
export function oneLine(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
  return clean.length > 500 ? `${clean.slice(0, 500).replace(/\S*$/, '')}…` : clean;
}

/** `1 key`, `2 keys`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Text as HTML entities but for letters, digits, spaces and hyphens: nothing in it is HTML, Markdown, a link or a mention. */
export function entities(text: string): string {
  return text.replace(/[^\p{L}\p{N} -]/gu, (character) => `&#${character.codePointAt(0)};`);
}
