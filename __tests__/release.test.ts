import { expect, it } from 'vitest';
import { releaseProblems } from '../scripts/release-problems.ts';

const good = {
  tag: 'v1.2.3',
  tags: ['v1', 'v1.2.2', 'v1.2.3', 'v0.9.9', 'v2.0.0', 'v10.0.0', 'test'],
  version: '1.2.3',
  changelog: '# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-11-24\n\n### Added\n',
};

it('lets go what all places call by one version', () => {
  expect(releaseProblems(good)).toEqual([]);
});

it.each([
  [{ tag: '1.2.3' }, 'The tag "1.2.3" is not of the form v1.2.3.'],
  [{ tag: 'v1.2.3-rc.1' }, 'The tag "v1.2.3-rc.1" is not of the form v1.2.3.'],
  [{ tag: 'v01.2.3' }, 'The tag "v01.2.3" is not of the form v1.2.3.'],
  [{ version: '1.2.4' }, 'The tag is v1.2.3, but package.json has version 1.2.4.'],
  [{ changelog: '## [1.2.3]\n' }, 'CHANGELOG.md has no heading "## [1.2.3] - <date>".'],
  [{ changelog: '## [1.2.30] - 2026-11-24\n' }, 'CHANGELOG.md has no heading "## [1.2.3] - <date>".'],
  [{ changelog: '## [1x2y3] - 2026-11-24\n' }, 'CHANGELOG.md has no heading "## [1.2.3] - <date>".'],
  [{ tags: ['v1.2.3', 'v1.2.4', 'v1.10.0'] }, 'The tag of the major version would go back: there is v1.2.4, v1.10.0.'],
])('%j: %s', (change, problem) => {
  expect(releaseProblems({ ...good, ...change })).toEqual([problem]);
});

it('tells all that is wrong at once', () => {
  expect(releaseProblems({ ...good, version: '0.1.0', changelog: '' })).toHaveLength(2);
});
