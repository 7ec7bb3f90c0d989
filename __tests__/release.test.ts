import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { changelogProblems } from '../scripts/changelog-problems.ts';
import { type ActionMetadata, marketplaceProblems } from '../scripts/marketplace-problems.ts';
import { releaseProblems } from '../scripts/release-problems.ts';

const read = (file: string) => readFileSync(join(import.meta.dirname, '..', file), 'utf8');
const now = new Date('2026-11-25T12:00:00Z');
const changes = '### Added\n\n- Keys.\n';
const changelog = `# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-11-24\n\n${changes}`;
const action: ActionMetadata = {
  name: 'Neon organization keys',
  description: 'Mints keys.',
  author: 'the authors',
  branding: { icon: 'lock', color: 'green' },
};
const ready = {
  tag: 'v1.2.3',
  tags: ['v1', 'v1.2.2', 'v1.2.3', 'v0.9.9', 'v2.0.0', 'v10.0.0', 'test'],
  version: '1.2.3',
  changelog,
  action,
  now,
};

describe('releaseProblems', () => {
  it('accepts a release that is ready', () => {
    expect(releaseProblems(ready)).toEqual([]);
  });

  it.each([
    [{ tag: '1.2.3' }, 'The tag "1.2.3" is not of the form v1.2.3.'],
    [{ tag: 'v1.2.3-rc.1' }, 'The tag "v1.2.3-rc.1" is not of the form v1.2.3.'],
    [{ tag: 'v01.2.3' }, 'The tag "v01.2.3" is not of the form v1.2.3.'],
    [{ version: '1.2.4' }, 'The tag is v1.2.3, but package.json has version 1.2.4.'],
    [
      { tags: ['v1.2.3', 'v1.2.4', 'v1.10.0'] },
      'v1.2.4, v1.10.0 is newer: the tag of the major version would move back.',
    ],
    [{ changelog: '' }, 'The first heading of CHANGELOG.md is not "## [Unreleased]".'],
    [{ action: { ...action, name: '' } }, '`name` in action.yml must be one line of text.'],
  ])('rejects %j: %s', (change, problem) => {
    expect(releaseProblems({ ...ready, ...change })).toContain(problem);
  });

  it('reports all problems at once', () => {
    expect(releaseProblems({ ...ready, version: '0.1.0', changelog: '', action: {} })).toHaveLength(8);
  });
});

describe('changelogProblems', () => {
  const problemsOf = (text: string) => changelogProblems(text, '1.2.3', now);
  const released = (heading: string, body = changes) => `## [Unreleased]\n\n## ${heading}\n\n${body}`;

  it.each([
    [
      `## Unreleased\n\n## [1.2.3] - 2026-11-24\n\n${changes}`,
      'The first heading of CHANGELOG.md is not "## [Unreleased]".',
    ],
    [released('[1.2.3]'), 'The second heading of CHANGELOG.md is not "## [1.2.3] - <date>".'],
    [released('[1.2.30] - 2026-11-24'), 'The second heading of CHANGELOG.md is not "## [1.2.3] - <date>".'],
    [released('[1x2y3] - 2026-11-24'), 'The second heading of CHANGELOG.md is not "## [1.2.3] - <date>".'],
    [
      `## [Unreleased]\n\n## [1.2.2] - 2026-11-01\n\n${changes}\n## [1.2.3] - 2026-11-24\n\n${changes}`,
      'The second heading of CHANGELOG.md is not "## [1.2.3] - <date>".',
    ],
    [
      released('[1.2.3] - 2026-11-31'),
      'CHANGELOG.md dates 1.2.3 "2026-11-31". Write the day of the release, such as 2026-11-25.',
    ],
    [
      released('[1.2.3] - 2026-11-26'),
      'CHANGELOG.md dates 1.2.3 "2026-11-26". Write the day of the release, such as 2026-11-25.',
    ],
    [released('[1.2.3] - 2026-11-24', ''), 'CHANGELOG.md lists no changes for 1.2.3.'],
    [
      `## [Unreleased]\n\n- A forgotten change.\n\n## [1.2.3] - 2026-11-24\n\n${changes}`,
      'CHANGELOG.md lists changes under "## [Unreleased]". Move them under "## [1.2.3] - <date>".',
    ],
    [
      released('[1.2.3] - 2026-11-24', '### New\n\n- Keys.\n'),
      '"### New" under "## [1.2.3] - 2026-11-24" in CHANGELOG.md is not one of Added, Changed, Deprecated, Removed, Fixed, Security.',
    ],
    [
      released('[1.2.3] - 2026-11-24', `${changes}\n${changes}`),
      '"### Added" under "## [1.2.3] - 2026-11-24" in CHANGELOG.md is a duplicate.',
    ],
    [
      released('[1.2.3] - 2026-11-24', `${changes}\n### Fixed\n\n`),
      '"### Fixed" under "## [1.2.3] - 2026-11-24" in CHANGELOG.md is empty.',
    ],
  ])('reports %j', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it('accepts CHANGELOG.md once [Unreleased] is renamed as CONTRIBUTING describes', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    const renamed = read('CHANGELOG.md').replace('## [Unreleased]\n', `$&\n## [${version}] - 2026-11-25\n`);
    expect(changelogProblems(renamed, version, now)).toEqual([]);
  });
});

describe('marketplaceProblems', () => {
  it('accepts action.yml', () => {
    expect(marketplaceProblems(parse(read('action.yml')))).toEqual([]);
  });

  it('accepts a description of 124 characters and rejects one of 125', () => {
    expect(marketplaceProblems({ ...action, description: 'x'.repeat(124) })).toEqual([]);
    expect(marketplaceProblems({ ...action, description: 'x'.repeat(125) })).toEqual([
      '`description` in action.yml has 125 characters. The Marketplace accepts 1 to 124 characters.',
    ]);
  });

  it.each([
    [{ name: 'Neon\nkeys' }, '`name` in action.yml must be one line of text.'],
    [{ name: ' Neon' }, '`name` in action.yml must be one line of text.'],
    [{ author: '' }, '`author` in action.yml must be one line of text.'],
    [{ description: '' }, 'has 0 characters.'],
    [{ branding: { icon: 'Lock', color: 'green' } }, '`branding.icon` in action.yml must be'],
    [{ branding: { icon: 'lock', color: 'mauve' } }, '`branding.color` in action.yml must be one of'],
    [{ branding: { icon: 'key', color: 'green' } }, '`branding.icon` in action.yml must be'],
    [{ branding: {} }, '`branding.icon` in action.yml must be'],
  ])('rejects %j', (change, problem) => {
    expect(marketplaceProblems({ ...action, ...change }).join('\n')).toContain(problem);
  });
});
