import type { GitHub } from '../github/client.ts';
import type { WorkflowEvent } from '../github/event.ts';
import {
  codeownersErrors,
  commit,
  defaultBranch,
  hasHistory,
  mergeResult,
  readFile,
  type Snapshot,
} from '../github/files.ts';
import type { Repository } from '../github/run.ts';
import { inParallel } from '../lib/parallel.ts';
import {
  type Codeowners,
  crossCheck,
  isOwned,
  type OwnersFile,
  type OwnersUnion,
  parseCodeowners,
  type ReadOwners,
  uniteOwners,
} from './codeowners.ts';
import { noPeopleFile, type PeopleFile, parsePeopleFile } from './people-file.ts';

/** Which files are read; named like the inputs. */
export interface SourceOptions {
  codeowners_path?: string | undefined;
  /** Further repositories whose CODEOWNERS count, as `owner/name`; `*` is for other operations. */
  repositories?: '*' | readonly string[] | undefined;
  /** A path, or `none`. */
  people_file: string;
}

/** What should be known about how the files were read. */
export type SourceNotice =
  | { code: 'not-checked'; file: OwnersFile }
  | { code: 'unowned'; file: OwnersFile; paths: string[] }
  | { code: 'no-people-file'; path: string }
  | { code: 'no-merge-result'; pullNumber: number };

/** What says who should be in: of the own repository all at one commit, of each other one its CODEOWNERS file. */
export interface Sources {
  /** The own repository. */
  at: Snapshot;
  serverUrl: string;
  /** The branch, or the pull request as if it were merged. */
  from: { branch: string } | { pullNumber: number; isMerged: boolean };
  /** The path of the people file; undefined without one. */
  peoplePath: string | undefined;
  codeowners: OwnersUnion;
  people: PeopleFile;
  notices: SourceNotice[];
}

const defaultPeopleFile = '.github/neon-people.yml';
/** `people_file` of those who have none. */
const withoutFile = 'none';

export interface ReadFrom {
  repository: Repository;
  /** GitHub's base URL, for links. */
  serverUrl: string;
  event: WorkflowEvent;
  /** Whether only the default branch counts, because what it says is applied. */
  isApplied: boolean;
  /** Whether members may be changed or removed: then a missing people file is an error. */
  managesMembers: boolean;
}

/**
 * Reads CODEOWNERS and the people file through the API: of the default branch, or, for a plan, of the merge result of an
 * open pull request. The workspace is never read.
 * @throws GitHubError, PeopleFileError, and Error when a file that is needed is missing or empty
 */
export async function readSources(options: SourceOptions, from: ReadFrom, github: GitHub): Promise<Sources> {
  const { codeowners_path: codeownersPath, people_file: peopleFile } = options;
  const { at, where, notices } = await snapshotFor(from, github);
  const { serverUrl } = from;
  const own = await readOwners(codeownersPath, at, { serverUrl, isOwn: true }, github);
  const others = await readOtherOwners(otherRepositories(options, from), codeownersPath, serverUrl, github);
  const people = await readPeople(peopleFile, from, github, at);
  if (people === undefined && peopleFile !== withoutFile) notices.push({ code: 'no-people-file', path: peopleFile });
  const peoplePath = people === undefined ? undefined : peopleFile;
  notices.push(...ownersNotices(own, peoplePath), ...others.flatMap((other) => ownersNotices(other, undefined)));
  const codeowners = uniteOwners([own, ...others]);
  return { at, serverUrl, from: where, peoplePath, codeowners, people: people ?? noPeopleFile, notices };
}

/** The repositories besides the own one, which always counts. */
function otherRepositories({ repositories = [] }: SourceOptions, { repository: { owner, repo } }: ReadFrom): string[] {
  if (repositories === '*') throw new Error('`repositories: *` is for `sweep-keys` only.');
  const byName = new Map(repositories.map((name) => [name.toLowerCase(), name]));
  byName.delete(`${owner}/${repo}`.toLowerCase());
  return [...byName.values()];
}

function ownersNotices({ file, isChecked, isOwned }: RepositoryOwners, peoplePath: string | undefined): SourceNotice[] {
  const paths = [file.path, ...(peoplePath === undefined ? [] : [peoplePath])].filter((path) => !isOwned(path));
  const notices: SourceNotice[] = isChecked ? [] : [{ code: 'not-checked', file }];
  return paths.length > 0 ? [...notices, { code: 'unowned', file, paths }] : notices;
}

async function snapshotFor(from: ReadFrom, github: GitHub) {
  const { repository, event, isApplied } = from;
  const notices: SourceNotice[] = [];
  const pull = isApplied ? undefined : openPull(event);
  if (pull) {
    const { number: pullNumber } = pull;
    const merged = await mergeResult(github, repository, pullNumber);
    if (!merged) notices.push({ code: 'no-merge-result', pullNumber });
    const at = merged ?? (await commit(github, repository, pull.headSha));
    return { at, where: { pullNumber, isMerged: merged !== undefined }, notices };
  }
  const { branch, fullName: _fullName, ...at } = await defaultBranch(github, repository);
  return { at, where: { branch }, notices };
}

/** The open pull request that the event is about. */
function openPull({ name, payload: { pull_request: pull, action } }: WorkflowEvent) {
  // `pull_request_target` runs with secrets that the author of the head may not have: the head is not read for them.
  if (name !== 'pull_request' || action === 'closed') return undefined;
  const { number, head } = pull ?? {};
  return head?.sha && number !== undefined ? { headSha: head.sha, number } : undefined;
}

/**
 * @returns undefined when there is no file, and no file is needed
 * @throws Error when it is missing: without it nobody is excluded, and everyone has the default role
 */
async function readPeople(path: string, { managesMembers }: ReadFrom, github: GitHub, at: Snapshot) {
  if (path === withoutFile) return undefined;
  const text = await readFile(github, at, path);
  const orNone = 'If you do not want a people file, set `people_file: none`.';
  if (text === undefined) {
    const isOptional = path === defaultPeopleFile && !managesMembers;
    if (isOptional && !(await hasHistory(github, at, path))) return undefined;
    throw new Error(`There is no ${path} at commit ${at.sha}. Without it, roles and exclusions are unknown. ${orNone}`);
  }
  const people = await parsePeopleFile(text, path);
  const isEmpty = people.people.size + people.teams.size + people.exclude.length + people.include.length === 0;
  if (isEmpty) throw new Error(`${path} at commit ${at.sha} has no entries. ${orNone}`);
  return people;
}

/** What was read of one repository. */
interface RepositoryOwners extends ReadOwners {
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
async function readOwners(
  codeownersPath: string | undefined,
  at: Snapshot,
  { serverUrl, isOwn }: { serverUrl: string; isOwn: boolean },
  github: GitHub,
): Promise<RepositoryOwners> {
  const { path, text } = await readCodeowners(codeownersPath, github, at);
  if (Buffer.byteLength(text) > maxBytes)
    throw new Error(`In ${nameOf(at)}, ${path} is larger than 3 MB. GitHub does not load it, so it names nobody.`);
  const parsed = parseCodeowners(text);
  const isChecked = codeownersPath === undefined || path === places[0];
  const codeowners = isChecked ? await checked(parsed, path, github, at) : parsed;
  const url = `${serverUrl}/${nameOf(at)}/blob/${at.sha}/${path}`;
  return { file: { ...at, path, isOwn, url }, codeowners, isChecked, isOwned: (other) => isOwned(text, other) };
}

async function readCodeowners(codeownersPath: string | undefined, github: GitHub, at: Snapshot) {
  const paths = codeownersPath === undefined ? places : [codeownersPath];
  for (const path of paths) {
    const text = await readFile(github, at, path);
    if (text !== undefined) return { path, text };
  }
  throw new Error(`There is no ${paths.join(' or ')} at commit ${at.sha} of ${nameOf(at)}, so nothing was done.`);
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
async function readOtherOwners(
  names: readonly string[],
  codeownersPath: string | undefined,
  serverUrl: string,
  github: GitHub,
): Promise<RepositoryOwners[]> {
  const read = new Map<string, RepositoryOwners>();
  const failures: unknown[] = [];
  await inParallel(names, atOnce, async (name) => {
    try {
      read.set(
        name,
        await readOwners(codeownersPath, await newestCommit(name, github), { serverUrl, isOwn: false }, github),
      );
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
