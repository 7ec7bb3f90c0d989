import type { Snapshot } from '../github/files.ts';
import type { Codeowners, InvalidLine } from './codeowners.ts';
import { type Owner, ownerName } from './owner.ts';

/** A CODEOWNERS file at one commit. */
export interface OwnersFile extends Snapshot {
  path: string;
  /** Whether it is in the repository of the workflow. */
  isOwn: boolean;
  /** The page that shows the file at this commit. */
  url: string;
}

/** A line of a CODEOWNERS file, counted from 1. */
export interface Place {
  file: OwnersFile;
  line: number;
}

export type InvalidPlace = InvalidLine & { file: OwnersFile };

/** What several CODEOWNERS files say about people. */
export interface OwnersUnion {
  /** The files that were read, the one of the own repository first. */
  files: OwnersFile[];
  owners: (Owner & { places: Place[] })[];
  /** Owners that GitHub does not accept in any of the files that name them. */
  unknown: { owner: Owner; places: Place[]; suggestion?: string | undefined }[];
  invalid: InvalidPlace[];
}

/** One file, and what it says. */
export interface ReadOwners {
  file: OwnersFile;
  codeowners: Codeowners;
}

/**
 * Unites CODEOWNERS files: everyone counts whom at least one of them names. An owner that GitHub accepts in one repository
 * exists, so another repository that does not accept it only has not given it access.
 */
export function uniteOwners(read: readonly ReadOwners[]): OwnersUnion {
  const owners = new Map<string, OwnersUnion['owners'][number]>();
  const unknown = new Map<string, OwnersUnion['unknown'][number]>();
  for (const { file, codeowners } of read) {
    const placed = (lines: readonly number[]) => lines.map((line) => ({ file, line }));
    for (const { lines, ...owner } of codeowners.owners) {
      const known = owners.get(ownerName(owner))?.places ?? [];
      owners.set(ownerName(owner), { ...owner, places: [...known, ...placed(lines)] });
    }
    for (const { owner, lines, suggestion } of codeowners.unknown) {
      const known = unknown.get(ownerName(owner)) ?? { owner, places: [], suggestion };
      unknown.set(ownerName(owner), { ...known, places: [...known.places, ...placed(lines)] });
    }
  }
  return {
    files: read.map(({ file }) => file),
    owners: [...owners.values()],
    unknown: [...unknown].filter(([name]) => !owners.has(name)).map(([, one]) => one),
    invalid: read.flatMap(({ file, codeowners }) => codeowners.invalid.map((line) => ({ ...line, file }))),
  };
}

/** The first problem of each line that has one. */
export function invalidLinesOf({ invalid }: Pick<OwnersUnion, 'invalid'>): InvalidPlace[] {
  const byFile = Map.groupBy(invalid, ({ file }) => file);
  return [...byFile.values()].flatMap((some) =>
    [...Map.groupBy(some, ({ line }) => line).values()].flatMap((problems) => problems.slice(0, 1)),
  );
}
