import { createRedactor, type Redactor } from '../src/lib/redact.ts';

/** The secrets that the broker holds. Neon, or a proxy in front of it, may quote them in any part of a response. */
interface Secrets {
  /** Hides the admin key and the previous one. */
  noteAdminKey(key: string): void;
  /** Hides the token of a new key, until 100 more are created. */
  noteToken(token: string): void;
  /** Replaces each secret, and each of its usual encodings, by `***`. */
  redact(text: string): string;
}

const rememberedAdminKeys = 2;
const rememberedTokens = 100;

export function createSecrets(): Secrets {
  const adminKeys = new Map<string, Redactor>();
  const tokens = new Map<string, Redactor>();
  const note = (secrets: Map<string, Redactor>, secret: string, most: number) => {
    const redactor = secrets.get(secret) ?? createRedactor();
    redactor.add(secret);
    // As it appears in JSON.
    redactor.add(JSON.stringify(secret).slice(1, -1));
    secrets.delete(secret);
    secrets.set(secret, redactor);
    for (const oldest of [...secrets.keys()].slice(0, -most)) secrets.delete(oldest);
  };
  return {
    noteAdminKey: (key) => note(adminKeys, key, rememberedAdminKeys),
    noteToken: (token) => note(tokens, token, rememberedTokens),
    redact: (text) =>
      [...adminKeys.values(), ...tokens.values()].reduce((clean, redactor) => redactor.redact(clean), text),
  };
}
