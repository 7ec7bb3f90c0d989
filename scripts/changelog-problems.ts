const KINDS = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];

interface Section {
  heading: string;
  /** The lines below the heading. */
  body: string;
}

/**
 * Checks CHANGELOG.md against Keep a Changelog 1.1.0: `## [Unreleased]`, then one heading for each version.
 * @param version the version to release, such as `1.2.3`
 * @returns one text for each problem
 */
export function changelogProblems(changelog: string, version: string, now: Date): string[] {
  const sections = split(changelog, '## ');
  const problems = sections.flatMap(kindProblems);
  const [unreleased, newest] = sections;
  if (unreleased?.heading !== '[Unreleased]')
    problems.push('The first heading of CHANGELOG.md is not "## [Unreleased]".');
  else if (unreleased.body.trim() !== '') {
    problems.push(`CHANGELOG.md lists changes under "## [Unreleased]". Move them under "## [${version}] - <date>".`);
  }
  const today = now.toISOString().slice(0, 10);
  const date = newest?.heading.startsWith(`[${version}] - `) ? newest.heading.slice(version.length + 5) : undefined;
  if (newest === undefined || date === undefined) {
    problems.push(`The second heading of CHANGELOG.md is not "## [${version}] - <date>".`);
  } else if (!isDate(date) || date > today) {
    problems.push(`CHANGELOG.md dates ${version} "${date}". Write the day of the release, such as ${today}.`);
  } else if (newest.body.trim() === '') problems.push(`CHANGELOG.md lists no changes for ${version}.`);
  return problems;
}

/** The headings in a section, such as `### Added`: known, used once, and not empty. */
function kindProblems({ heading, body }: Section): string[] {
  const kinds = split(body, '### ');
  const names = kinds.map((kind) => kind.heading);
  return kinds.flatMap(({ heading: kind, body: changes }, index) => {
    const place = `"### ${kind}" under "## ${heading}" in CHANGELOG.md`;
    if (!KINDS.includes(kind)) return [`${place} is not one of ${KINDS.join(', ')}.`];
    if (names.indexOf(kind) < index) return [`${place} is a duplicate.`];
    return changes.trim() === '' ? [`${place} is empty.`] : [];
  });
}

function split(text: string, marker: string): Section[] {
  return `\n${text}`
    .split(`\n${marker}`)
    .slice(1)
    .map((part) => {
      const [heading = '', ...lines] = part.split('\n');
      return { heading, body: lines.join('\n') };
    });
}

function isDate(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}
