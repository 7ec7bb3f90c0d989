import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const rows = readFileSync(join(root, 'SECURITY.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| (?!Who \|)/.test(line));
const testsIn = (text: string) => [...text.matchAll(/`(__tests__\/[^`]+)`/g)].map(([, file = '']) => file);

describe('SECURITY.md', () => {
  it('lists threats in a table', () => {
    expect(rows.length).toBeGreaterThan(10);
  });

  it.each(rows.map((row) => [row.split(' | ')[1] ?? '', row]))('names a test for the threat: %s', (_what, row) => {
    expect(testsIn(row.split('|').at(-2) ?? '').length).toBeGreaterThan(0);
  });

  it.each([...new Set(rows.flatMap(testsIn))])('refers to the existing test %s', (file) => {
    expect(existsSync(join(root, file))).toBe(true);
  });
});
