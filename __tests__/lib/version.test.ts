import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { userAgent } from '../../src/lib/version.ts';

it('userAgent contains the version in package.json', () => {
  const text = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
  expect(userAgent).toBe(`neon-org-action/${(JSON.parse(text) as { version: string }).version}`);
});
