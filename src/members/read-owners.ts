import type { GitHub } from '../github/client.ts';
import { codeownersErrors, defaultBranch, readFile, type Snapshot } from '../github/files.ts';
import type { Repository } from '../github/run.ts';
import { inParallel } from '../lib/parallel.ts';
import { type Codeowners, crossCheck, parseCodeowners } from './codeowners.ts';
import { isOwned } from './ownership.ts';
import type { ReadOwners } from './union.ts';

/** What was read of one repository. */
export interface RepositoryOwners extends ReadOwners {
  /** Whether GitHub's own check covers the file. */
  isChecked: boolean;
  /** Whether someone has to approve a change to a file at this path. */
  isOwned: (path: string) => boolean;
}

/** GitHub's order; the first one counts (documentation, "About code owners"). */
const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
/** GitHub does not load a larger one (the same page). */
const maxBytes = 3 * 1024 * 1024;

/**
 * Reads the CODEOWNERS file of a repository, and takes out what GitHub does not accept.
 * @param asked its path; undefined for the file that GitHub uses
 * @throws GitHubError, and Error when there is no file, or an empty or a too large one
 */
export async function readOwners(
  asked: string | undefined,
  at: Snapshot,
  { serverUrl, isOwn }: { serverUrl: string; isOwn: boolean },
  github: GitHub,
): Promise<RepositoryOwners> {
  const { path, text } = await readCodeowners(asked, github, at);
  if (Buffer.byteLength(text) > maxBytes)
    throw new Error(`In ${nameOf(at)}, ${path} is larger than 3 MB. GitHub does not load it, so it names nobody.`);
  const parsed = parseCodeowners(text);
  const isChecked = asked === undefined || path === places[0];
  const codeowners = isChecked ? await checked(parsed, path, github, at) : parsed;
  const url = `${serverUrl}/${nameOf(at)}/blob/${at.sha}/${path}`;
  return { file: { ...at, path, isOwn, url }, codeowners, isChecked, isOwned: (other) => isOwned(text, other) };
}

async function readCodeowners(asked: string | undefined, github: GitHub, at: Snapshot) {
  const paths = asked === undefined ? places : [asked];
  for (const path of paths) {
    const text = await readFile(github, at, path);
    if (text !== undefined) return { path, text };
  }
  throw new Error(`There is no ${paths.join(', ')} at commit ${at.sha} of ${nameOf(at)}, so nothing was done.`);
}

/** GitHub checks the file that it uses; its errors in another one do not matter here. */
async function checked(parsed: Codeowners, path: string, github: GitHub, at: Snapshot): Promise<Codeowners> {
  const errors = await codeownersErrors(github, at);
  return crossCheck(
    parsed,
    errors.filter((error) => error.path === path),
  );
}

/** GitHub asks for few requests at once. */
const atOnce = 4;

/**
 * Reads the CODEOWNERS files of other repositories, each at the newest commit of its default branch.
 * @param names as `owner/name`
 * @throws the failure of a repository that cannot be read; Error with all of them when there are several
 */
export async function readOtherOwners(
  names: readonly string[],
  asked: string | undefined,
  serverUrl: string,
  github: GitHub,
): Promise<RepositoryOwners[]> {
  const read = new Map<string, RepositoryOwners>();
  const failures: unknown[] = [];
  await inParallel(names, atOnce, async (name) => {
    try {
      read.set(name, await readOwners(asked, await newestCommit(name, github), { serverUrl, isOwn: false }, github));
    } catch (error) {
      failures.push(error);
    }
  });
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1)
    throw new Error(failures.map((error) => (error as Error).message).join('\n'), { cause: failures[0] });
  return names.flatMap((name) => read.get(name) ?? []);
}

/** GitHub answers for the former name of a repository until another one gets that name. */
async function newestCommit(name: string, github: GitHub): Promise<Snapshot> {
  const [owner = '', repo = ''] = name.split('/');
  const { branch: _branch, fullName, ...at } = await defaultBranch(github, { owner, repo });
  if (fullName.toLowerCase() === name.toLowerCase()) return at;
  throw new Error(`${name} is now named ${fullName}. Write the new name in \`repositories\`.`);
}

function nameOf({ owner, repo }: Repository): string {
  return `${owner}/${repo}`;
}
