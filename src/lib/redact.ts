import { entities } from './text.ts';

/** Shorter encoded forms occur in ordinary text, and hiding them would make logs unreadable. */
const shortestForm = 8;
/** Where `base64` (GNU, macOS with -b), `openssl base64` and `fold` break lines, in columns. */
const base64Columns = [76, 64, 60];
/** Where `xxd -p` breaks lines. */
const hexColumns = 60;

/** Hides secrets in texts. */
export interface Redactor {
  /** @returns the secret and its encoded forms, all of which are hidden from now on */
  add(secret: string): string[];
  redact(text: string): string;
}

export function createRedactor(): Redactor {
  const forms = new Set<string>();
  let longestFirst: string[] = [];
  return {
    add(secret) {
      const all = [secret, ...encodedForms(secret)];
      for (const form of all) forms.add(form).add(entities(form));
      // One secret may be the beginning of another.
      longestFirst = [...forms].sort((a, b) => b.length - a.length);
      return all;
    },
    redact: (text) => longestFirst.reduce((clean, form) => clean.replaceAll(form, '***'), text),
  };
}

/**
 * Common encodings of a leaked secret that the runner does not mask itself: hex, base64url, base64 with other text around it,
 * and the lines into which `base64` and `xxd -p` break a secret without other text.
 */
export function encodedForms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const forms = new Set([hex, hex.toUpperCase(), ...linesOf(hex, hexColumns)]);
  // Base64 encodes groups of three bytes. The secret can start at any of three positions in a group, and only groups inside
  // the secret do not depend on the text around it.
  for (const skip of [0, 1, 2]) {
    const inside = bytes.subarray(skip, bytes.length - ((bytes.length - skip) % 3));
    forms.add(inside.toString('base64')).add(inside.toString('base64url'));
  }
  const alone = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');
  for (const columns of base64Columns) for (const line of linesOf(alone, columns)) forms.add(line);
  forms.add(Buffer.from(`${secret}:`).toString('base64'));
  return [...forms].filter((form) => form.length >= shortestForm && form !== secret);
}

function linesOf(text: string, columns: number): string[] {
  return text.match(new RegExp(`.{1,${columns}}`, 'g')) ?? [];
}
