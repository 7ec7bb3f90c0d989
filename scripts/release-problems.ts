interface Release {
  /** Such as `v1.2.3`. */
  tag: string;
  /** All tags of the repository. */
  tags: string[];
  /** package.json's version. */
  version: string;
  /** The text of CHANGELOG.md. */
  changelog: string;
}

/** @returns why the tag must not be released, one text for each reason */
export function releaseProblems({ tag, tags, version, changelog }: Release): string[] {
  const problems: string[] = [];
  if (parts(tag) === undefined) return [`The tag "${tag}" is not of the form v1.2.3.`];
  if (tag !== `v${version}`) problems.push(`The tag is ${tag}, but package.json has version ${version}.`);
  const heading = new RegExp(`^## \\[${tag.slice(1).replaceAll('.', '\\.')}\\] - \\d{4}-\\d\\d-\\d\\d$`, 'm');
  if (!heading.test(changelog)) problems.push(`CHANGELOG.md has no heading "## [${tag.slice(1)}] - <date>".`);
  const newer = tags.filter((other) => isNewer(other, tag));
  if (newer.length > 0) problems.push(`The tag of the major version would go back: there is ${newer.join(', ')}.`);
  return problems;
}

/** Whether `other` is of the same major version as `tag`, and newer. */
function isNewer(other: string, tag: string): boolean {
  const [major, minor, patch] = parts(tag) ?? [0, 0, 0];
  const [otherMajor, otherMinor, otherPatch] = parts(other) ?? [-1, 0, 0];
  return otherMajor === major && (otherMinor > minor || (otherMinor === minor && otherPatch > patch));
}

function parts(tag: string): [number, number, number] | undefined {
  const [, major, minor, patch] = /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.exec(tag) ?? [];
  return patch === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}
