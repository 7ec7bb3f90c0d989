import { changelogProblems } from './changelog-problems.ts';
import { type ActionMetadata, marketplaceProblems } from './marketplace-problems.ts';

interface Release {
  /** Such as `v1.2.3`. */
  tag: string;
  /** All tags of the repository. */
  tags: string[];
  /** The version in package.json. */
  version: string;
  /** The text of CHANGELOG.md. */
  changelog: string;
  /** action.yml, parsed. */
  action: ActionMetadata;
  /** The current time. */
  now: Date;
}

/** @returns why the tag must not be released, one text for each reason */
export function releaseProblems({ tag, tags, version, changelog, action, now }: Release): string[] {
  if (parts(tag) === undefined) return [`The tag "${tag}" is not of the form v1.2.3.`];
  const problems = [...changelogProblems(changelog, tag.slice(1), now), ...marketplaceProblems(action)];
  if (tag !== `v${version}`) problems.push(`The tag is ${tag}, but package.json has version ${version}.`);
  const newer = tags.filter((other) => isNewer(other, tag));
  if (newer.length > 0) problems.push(`${newer.join(', ')} is newer: the tag of the major version would move back.`);
  return problems;
}

/** Whether `other` has the same major version as `tag` and is newer. */
function isNewer(other: string, tag: string): boolean {
  const [major, minor, patch] = parts(tag) ?? [0, 0, 0];
  const [otherMajor, otherMinor, otherPatch] = parts(other) ?? [-1, 0, 0];
  return otherMajor === major && (otherMinor > minor || (otherMinor === minor && otherPatch > patch));
}

function parts(tag: string): [number, number, number] | undefined {
  const [, major, minor, patch] = /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.exec(tag) ?? [];
  return patch === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}
