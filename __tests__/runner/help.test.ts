import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import GithubSlugger from 'github-slugger';
import { describe, expect, it } from 'vitest';
import { helpHeadings } from '../../scripts/help-headings.ts';
import { stopText } from '../../src/members/sentences.ts';
import { withHelp } from '../../src/runner/help.ts';
import { troubleshootingHeadings } from '../../src/runner/help-headings.ts';

const anchors = 'https://github.com/neon-org-action/neon-org-action/blob/main/docs/troubleshooting.md#';

describe('withHelp', () => {
  it.each(troubleshootingHeadings)('links an error with the text %j to its section', (heading) => {
    const text = `\`create-key\` failed: ${heading.replaceAll('…', 'something')}.`;
    const anchor = new GithubSlugger().slug(heading.replaceAll('`', ''));
    expect(withHelp(text)).toBe(`${text}\nHelp: ${anchors}${anchor}`);
  });

  it('links an error about an excluded team to its section, although the error also names a permission', () => {
    const exclusion = { team: { kind: 'team', org: 'acme', slug: 't' }, why: 'hidden', canSeeOthers: false } as const;
    const text = stopText({ code: 'unknown-exclusion', exclusion });
    expect(withHelp(text)).toBe(`${text}\nHelp: ${anchors}the-members-of-the-excluded-team--could-not-be-read`);
  });

  it('does not link an error about other data to the section about teams', () => {
    const text = 'The invitations to and by this person could not be read.';
    expect(withHelp(text)).toBe(text);
  });

  it('does not change an error without a section', () => {
    expect(withHelp('Something else.')).toBe('Something else.');
  });

  it('does not match the parts of a heading in another order', () => {
    const [before, after] = troubleshootingHeadings.find((text) => /^\S.*…./.test(text))?.split('…') ?? [];
    const text = `${after} ${before}`;
    expect(withHelp(text)).toBe(text);
  });
});

it('src/runner/help-headings.ts is the output of `npm run reference`', () => {
  const written = readFileSync(join(import.meta.dirname, '../../src/runner/help-headings.ts'), 'utf8');
  expect(written.replaceAll('\r\n', '\n')).toBe(helpHeadings());
});
