import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor, encodedForms } from '../../src/lib/redact.ts';

const token = 'napi_'.padEnd(40, 'x');

const fold = (text: string, columns: number) => (text.match(new RegExp(`.{1,${columns}}`, 'g')) ?? []).join('\n');

describe('encodedForms', () => {
  const visible = fc.stringMatching(/^[\x21-\x7e]{16,80}$/);
  const encodings = fc.constantFrom<BufferEncoding>('base64', 'base64url', 'hex');

  it('occur in the base64, base64url and hex of every text that contains the secret', () => {
    fc.assert(
      fc.property(fc.string(), visible, fc.string(), encodings, (before, secret, after, encoding) => {
        const leak = Buffer.from(before + secret + after).toString(encoding);
        expect(encodedForms(secret).some((form) => leak.includes(form))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('occur in the header of basic authentication with the secret as user or as password', () => {
    fc.assert(
      fc.property(visible, fc.string({ maxLength: 10 }), (secret, user) => {
        const forms = encodedForms(secret);
        expect(forms).toContain(Buffer.from(`${secret}:`).toString('base64'));
        const asPassword = Buffer.from(`${user}:${secret}`).toString('base64');
        expect(forms.some((form) => asPassword.includes(form))).toBe(true);
      }),
    );
  });

  it('include upper-case hex', () => {
    expect(encodedForms(token)).toContain(Buffer.from(token).toString('hex').toUpperCase());
  });

  /** What a shell prints for `printf %s "$KEY" | program`, or with `echo` for a newline at the end. */
  const wrapped: [program: string, encode: (text: string) => string][] = [
    ...[76, 64, 60].map((columns): [string, (text: string) => string] => [
      `base64 -w ${columns}`,
      (text) => fold(Buffer.from(text).toString('base64'), columns),
    ]),
    ['xxd -p', (text) => fold(Buffer.from(text).toString('hex'), 60)],
  ];

  it.each(wrapped)('leave at most a few characters of any line of %s', (_program, encode) => {
    const keys = fc.stringMatching(/^napi_[a-z0-9]{27,120}$/);
    fc.assert(
      fc.property(keys, fc.constantFrom('', '\n'), (key, end) => {
        const printed = encode(key + end);
        const masked = encodedForms(key)
          .sort((a, b) => b.length - a.length)
          .reduce((text, form) => text.replaceAll(form, '***'), printed);
        // The last line can be too short to hide, and the last group of base64 depends on what follows.
        for (const line of masked.split('\n').slice(0, -1)) expect(line).toMatch(/^\*+$/);
        expect((masked.split('\n').at(-1) ?? '').length).toBeLessThan(16);
      }),
    );
  });

  it('are fewer than 25', () => {
    expect(encodedForms('napi_'.padEnd(69, 'x1y')).length).toBeLessThan(25);
  });

  it('are distinct, differ from the secret, and have at least eight characters', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), (secret) => {
        const forms = encodedForms(secret);
        expect(forms.filter((form) => form.length < 8 || form === secret)).toEqual([]);
        expect(new Set(forms).size).toBe(forms.length);
      }),
    );
  });
});

describe('createRedactor', () => {
  it('hides a secret and its forms from the moment it is added', () => {
    const { add, redact } = createRedactor();
    expect(redact(token)).toBe(token);
    const forms = add(token);
    expect(forms).toEqual([token, ...encodedForms(token)]);
    expect(forms.map(redact)).toEqual(forms.map(() => '***'));
  });

  it('hides the longer of two secrets as a whole', () => {
    const { add, redact } = createRedactor();
    add(token);
    add(`${token}-and-the-rest`);
    expect(redact(`${token}-and-the-rest`)).toBe('***');
  });
});
