import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import GithubSlugger from 'github-slugger';
import { describe, expect, it } from 'vitest';
import { docsLink, docsSections } from '../../src/runner/docs.ts';

function anchorsOf(page: string): string[] {
  const text = readFileSync(join(import.meta.dirname, '../../docs', page), 'utf8');
  const slugger = new GithubSlugger();
  return [...text.matchAll(/^#{1,6} (.*)$/gm)].map(([, heading = '']) => slugger.slug(heading));
}

describe('docsLink', () => {
  it.each(Object.keys(docsSections) as (keyof typeof docsSections)[])(
    'links %s to a heading that exists',
    (section) => {
      const [page = '', anchor] = docsSections[section].split('#');
      expect(anchorsOf(page)).toContain(anchor);
      expect(docsLink('More', section)).toBe(
        `[More](https://github.com/neon-org-action/neon-org-action/blob/main/docs/${page}#${anchor})`,
      );
    },
  );
});
