// Reads the CODEOWNERS files of one or more repositories, and merges their owners.
import type { GitHub } from '../github/client.ts';
import { codeownersErrors, defaultBranch, readFile, type Snapshot } from '../github/files.ts';
import type { Repository } from '../github/run.ts';
import { inParallel } from '../lib/parallel.ts';
import { type Codeowners, crossCheck, type InvalidLine, isOwned, parseCodeowners } from './codeowners.ts';
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

/** An owner, and the places that name it; an entry of `include` has no place. */
export interface Origin {
  owner: Owner;
  places: readonly Place[];
}

export type InvalidPlace = InvalidLine & { file: OwnersFile };

/** The owners in several CODEOWNERS files. */
export interface OwnersUnion {
  /** The files that were read, starting with that of the workflow's repository. */
  files: OwnersFile[];
  owners: Origin[];
  /** Owners that GitHub does not accept in any of the files that name them. */
  unknown: (Origin & { suggestion?: string | undefined })[];
  invalid: InvalidPlace[];
}

/** A file and its owners. */
export interface ReadOwners {
  file: OwnersFile;
  codeowners: Codeowners;
}

/** The CODEOWNERS file of one repository. */
export interface RepositoryOwners extends ReadOwners {
  /** Whether GitHub's own check covers the file. */
  isChecked: boolean;
  /** Whether a change to the file at a path requires an approval. */
  isOwned: (path: string) => boolean;
}

export interface CodeownersRequest {
  /** The commit of the workflow's repository. */
  at: Snapshot;
  /** Other repositories, as `owner/name`. */
  others: readonly string[];
  /** Where the file is; undefined for the file that GitHub uses. */
  path: string | undefined;
  /** GitHub's base URL, for links. */
  serverUrl: string;
}

/**
 * Reads the CODEOWNERS file of the workflow's repository, then those of other repositories, each at the newest commit of
 * its default branch. Parts that GitHub does not accept are removed.
 * @throws GitHubError, and Error if a repository has no file, or one that is empty or too large
 */
export async function readCodeowners(request: CodeownersRequest, github: GitHub): Promise<RepositoryOwners[]> {
  const own = await readRepository(request.at, true, request, github);
  return [own, ...(await readOthers(request, github))];
}

/** In GitHub's order. The first file that exists counts (documentation, "About code owners"). */
const defaultPaths = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
/** GitHub does not load a larger file (the same page). */
const maxBytes = 3 * 1024 * 1024;

async function readRepository(
  at: Snapshot,
  isOwn: boolean,
  { path: wanted, serverUrl }: CodeownersRequest,
  github: GitHub,
): Promise<RepositoryOwners> {
  const { path, text } = await readFirst(wanted === undefined ? defaultPaths : [wanted], github, at);
  if (Buffer.byteLength(text) > maxBytes)
    throw new Error(`In ${nameOf(at)}, ${path} is larger than 3 MB. GitHub does not load it, so it names no one.`);
  const parsed = parseCodeowners(text);
  const isChecked = wanted === undefined || path === defaultPaths[0];
  const codeowners = isChecked ? await check(parsed, path, github, at) : parsed;
  const url = `${serverUrl}/${nameOf(at)}/blob/${at.sha}/${path}`;
  return { file: { ...at, path, isOwn, url }, codeowners, isChecked, isOwned: (other) => isOwned(text, other) };
}

async function readFirst(paths: readonly string[], github: GitHub, at: Snapshot) {
  for (const path of paths) {
    const text = await readFile(github, at, path);
    if (text !== undefined) return { path, text };
  }
  throw new Error(`There is no ${paths.join(' or ')} at commit ${at.sha} of ${nameOf(at)}, so nothing was done.`);
}

async function check(parsed: Codeowners, path: string, github: GitHub, at: Snapshot): Promise<Codeowners> {
  const errors = await codeownersErrors(github, at);
  const other = errors.find((error) => error.path !== path);
  if (other)
    throw new Error(
      `In ${nameOf(at)}, GitHub reported errors in ${other.path}, although it uses ${path}. Run this job again.`,
    );
  return crossCheck(parsed, errors);
}

/** GitHub advises against many concurrent requests. */
const maxConcurrentFiles = 4;

/** @throws the error of the repository that cannot be read; Error with all messages if there are several */
async function readOthers(request: CodeownersRequest, github: GitHub): Promise<RepositoryOwners[]> {
  const read = new Map<string, RepositoryOwners>();
  const failures: unknown[] = [];
  await inParallel(request.others, maxConcurrentFiles, async (name) => {
    try {
      read.set(name, await readRepository(await newestCommit(name, github), false, request, github));
    } catch (error) {
      failures.push(error);
    }
  });
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1)
    throw new Error(failures.map((error) => (error as Error).message).join('\n'), { cause: failures[0] });
  return request.others.flatMap((name) => read.get(name) ?? []);
}

/** A former name is an error: GitHub accepts it, but only until another repository takes it. */
async function newestCommit(name: string, github: GitHub): Promise<Snapshot> {
  const [owner = '', repo = ''] = name.split('/');
  const { branch: _branch, fullName, ...at } = await defaultBranch(github, { owner, repo });
  if (fullName.toLowerCase() === name.toLowerCase()) return at;
  throw new Error(`${name} is now named ${fullName}. Use the new name in \`repositories\`.`);
}

function nameOf({ owner, repo }: Repository): string {
  return `${owner}/${repo}`;
}

/**
 * Merges CODEOWNERS files: an owner counts if at least one file names it. An owner that GitHub accepts in one repository
 * exists, and only lacks access to the repositories in which GitHub does not accept it.
 */
export function uniteOwners(read: readonly ReadOwners[]): OwnersUnion {
  const owners = new Map<string, Origin>();
  const unknown = new Map<string, OwnersUnion['unknown'][number]>();
  for (const { file, codeowners } of read) {
    const placesOf = (lines: readonly number[]) => lines.map((line) => ({ file, line }));
    for (const { owner, lines } of codeowners.owners) {
      const known = owners.get(ownerName(owner))?.places ?? [];
      owners.set(ownerName(owner), { owner, places: [...known, ...placesOf(lines)] });
    }
    for (const { owner, lines, suggestion } of codeowners.unknown) {
      const known = unknown.get(ownerName(owner)) ?? { owner, places: [], suggestion };
      unknown.set(ownerName(owner), { ...known, places: [...known.places, ...placesOf(lines)] });
    }
  }
  return {
    files: read.map(({ file }) => file),
    owners: [...owners.values()],
    unknown: [...unknown].filter(([name]) => !owners.has(name)).map(([, one]) => one),
    invalid: read.flatMap(({ file, codeowners }) => codeowners.invalid.map((line) => ({ ...line, file }))),
  };
}

/** The first problem of each invalid line. */
export function invalidLinesOf({ invalid }: Pick<OwnersUnion, 'invalid'>): InvalidPlace[] {
  const byFile = Map.groupBy(invalid, ({ file }) => file);
  return [...byFile.values()].flatMap((some) =>
    [...Map.groupBy(some, ({ line }) => line).values()].flatMap((problems) => problems.slice(0, 1)),
  );
}
