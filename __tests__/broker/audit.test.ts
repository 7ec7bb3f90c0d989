import { describe, expect, it } from 'vitest';
import { createAudit } from '../../broker/audit.ts';

/** @returns the line that an entry with these claims becomes */
function lineOf(claims: Record<string, unknown>): string {
  const lines: string[] = [];
  createAudit((line) => lines.push(line), { now: () => 0 })({ event: 'mint', outcome: 'denied', claims });
  expect(lines).toHaveLength(1);
  return lines[0] as string;
}

describe('createAudit', () => {
  it('keeps at most 200 characters of a claim, and only known claims', () => {
    const line = JSON.parse(lineOf({ ref: 'r'.repeat(500), sub: 'secret', token: 'secret', actor: 'ada' }));
    expect(line.claims).toEqual({ ref: 'r'.repeat(200), actor: 'ada' });
  });

  it('writes one line of printable characters for any claim', () => {
    const ref = 'a\nb\u0000c\u001b[31md\u2028e\u202ef\u200bg\u0085h\u{E0001}i';
    const line = lineOf({ ref });
    expect(line).toMatch(/^[^\p{Cc}\p{Cf}\u2028\u2029]*$/u);
    expect(JSON.parse(line).claims.ref).toBe(ref);
  });
});
