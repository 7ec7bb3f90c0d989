import type { GitHub } from '../github/client.ts';
import type { WorkflowEvent } from '../github/event.ts';
import {
  codeownersErrors,
  commit,
  defaultBranch,
  mergeResult,
  readFile,
  type Snapshot,
  wasThere,
} from '../github/files.ts';
import type { Repository } from '../github/run.ts';
import { type Codeowners, crossCheck, parseCodeowners } from './codeowners.ts';
import { isOwned } from './ownership.ts';
import { noPeopleFile, type PeopleFile, parsePeopleFile } from './people-file.ts';

/** Which files are read; named like the inputs. */
export interface SourceOptions {
  codeowners_path?: string | undefined;
  /** A path, or `none`. */
  people_file: string;
}

/** What should be known about how the files were read. */
export type SourceNotice =
  | { code: 'not-checked'; path: string }
  | { code: 'unowned'; paths: string[] }
  | { code: 'no-people-file'; path: string }
  | { code: 'no-merge-result'; pullNumber: number };

/** What says who should be in, all of one commit. */
export interface Sources {
  at: Snapshot;
  /** The branch, or the pull request as if it were merged. */
  from: { branch: string } | { pullNumber: number; isMerged: boolean };
  /** The paths of the files that were read. */
  files: string[];
  codeowners: Codeowners;
  people: PeopleFile;
  notices: SourceNotice[];
}

/** GitHub's order; the first one counts (documentation, "About code owners"). */
const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
/** GitHub does not load a larger one (the same page). */
const maxBytes = 3 * 1024 * 1024;
const defaultPeopleFile = '.github/neon-people.yml';
/** `people_file` of those who have none. */
const withoutFile = 'none';

export interface ReadFrom {
  repository: Repository;
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
  const { at, where, notices } = await snapshotFor(from, github);
  const { path, text } = await readCodeowners(options.codeowners_path, github, at);
  if (Buffer.byteLength(text) > maxBytes)
    throw new Error(`${path} is larger than 3 MB. GitHub does not load it, so it names nobody.`);
  const parsed = parseCodeowners(text);
  const isChecked = options.codeowners_path === undefined || path === places[0];
  const codeowners = isChecked ? await checked(parsed, path, github, at) : parsed;
  if (!isChecked) notices.push({ code: 'not-checked', path });
  const people = await readPeople(options.people_file, from, github, at);
  if (people === undefined && options.people_file !== withoutFile)
    notices.push({ code: 'no-people-file', path: options.people_file });
  const files = people === undefined ? [path] : [path, options.people_file];
  const unowned = files.filter((file) => !isOwned(text, file));
  if (unowned.length > 0) notices.push({ code: 'unowned', paths: unowned });
  return { at, from: where, files, codeowners, people: people ?? noPeopleFile, notices };
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
  const { branch, ...at } = await defaultBranch(github, repository);
  return { at, where: { branch }, notices };
}

/** The open pull request that the event is about. */
function openPull({ name, payload: { pull_request: pull, action } }: WorkflowEvent) {
  // `pull_request_target` runs with secrets that the author of the head may not have: the head is not read for them.
  if (name !== 'pull_request' || action === 'closed') return undefined;
  const { number, head } = pull ?? {};
  return head?.sha && number !== undefined ? { headSha: head.sha, number } : undefined;
}

async function readCodeowners(asked: string | undefined, github: GitHub, at: Snapshot) {
  const paths = asked === undefined ? places : [asked];
  for (const path of paths) {
    const text = await readFile(github, at, path);
    if (text !== undefined) return { path, text };
  }
  throw new Error(`There is no ${paths.join(', ')} at commit ${at.sha}, so nothing was done.`);
}

/** GitHub checks the file that it uses; its errors in another one do not matter here. */
async function checked(parsed: Codeowners, path: string, github: GitHub, at: Snapshot): Promise<Codeowners> {
  const errors = await codeownersErrors(github, at);
  return crossCheck(
    parsed,
    errors.filter((error) => error.path === path),
  );
}

/**
 * @returns undefined when there is none, and none is needed
 * @throws Error when it is missing: without it nobody is excluded, and everybody has the default role
 */
async function readPeople(path: string, { managesMembers }: ReadFrom, github: GitHub, at: Snapshot) {
  if (path === withoutFile) return undefined;
  const text = await readFile(github, at, path);
  const orNone = 'If there is to be no people file, set `people_file: none`.';
  if (text === undefined) {
    const isOptional = path === defaultPeopleFile && !managesMembers;
    if (isOptional && !(await wasThere(github, at, path))) return undefined;
    throw new Error(`There is no ${path} at commit ${at.sha}. Without it, roles and exclusions are unknown. ${orNone}`);
  }
  const people = await parsePeopleFile(text, path);
  const isEmpty = people.people.size + people.teams.size + people.exclude.length + people.include.length === 0;
  if (isEmpty) throw new Error(`${path} at commit ${at.sha} has no entries. ${orNone}`);
  return people;
}
