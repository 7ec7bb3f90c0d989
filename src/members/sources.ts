import type { GitHub } from '../github/client.ts';
import type { WorkflowEvent } from '../github/event.ts';
import { commit, defaultBranch, hasHistory, mergeResult, readFile, type Snapshot } from '../github/files.ts';
import type { Repository } from '../github/run.ts';
import { noPeopleFile, type PeopleFile, parsePeopleFile } from './people-file.ts';
import {
  type OwnersFile,
  type OwnersUnion,
  type RepositoryOwners,
  readCodeowners,
  uniteOwners,
} from './read-codeowners.ts';

/** Which files are read; named like the inputs. */
export interface SourceOptions {
  codeowners_path?: string | undefined;
  /** Other repositories whose CODEOWNERS files count, as `owner/name`. `*` is for other operations. */
  repositories?: '*' | readonly string[] | undefined;
  /** A path, or `none`. */
  people_file: string;
}

/** Something about the files that a person should check. */
export type SourceNotice =
  | { code: 'not-checked'; file: OwnersFile }
  | { code: 'unowned'; file: OwnersFile; paths: string[] }
  | { code: 'no-people-file'; path: string }
  | { code: 'no-merge-result'; pullNumber: number };

/** The files that determine who should be a member. Those of the workflow's repository are read at one commit. */
export interface Sources {
  /** The workflow's repository. */
  at: Snapshot;
  serverUrl: string;
  /** The default branch, or the merge result or head of a pull request. */
  from: { branch: string } | { pullNumber: number; isMerged: boolean };
  /** The path of the people file; undefined without one. */
  peoplePath: string | undefined;
  codeowners: OwnersUnion;
  people: PeopleFile;
  notices: SourceNotice[];
}

const defaultPeopleFile = '.github/neon-people.yml';
/** The value of `people_file` for no people file. */
const withoutFile = 'none';

export interface ReadFrom {
  repository: Repository;
  /** GitHub's base URL, for links. */
  serverUrl: string;
  event: WorkflowEvent;
  /** Whether the plan is applied, so that only the default branch counts. */
  isApplied: boolean;
  /** Whether members may be changed or removed, so that a missing people file is an error. */
  managesMembers: boolean;
}

/**
 * Reads CODEOWNERS and the people file through the API: from the default branch, or, for a plan, from the merge result of
 * an open pull request. The workspace is never read.
 * @throws GitHubError, PeopleFileError, and Error if a required file is missing or empty
 */
export async function readSources(options: SourceOptions, from: ReadFrom, github: GitHub): Promise<Sources> {
  const { codeowners_path: path, people_file: peopleFile } = options;
  const { serverUrl } = from;
  const { at, where, notices } = await snapshotFor(from, github);
  const owners = await readCodeowners({ at, others: otherRepositories(options, from), path, serverUrl }, github);
  const people = await readPeople(peopleFile, from, github, at);
  if (people === undefined && peopleFile !== withoutFile) notices.push({ code: 'no-people-file', path: peopleFile });
  const peoplePath = people === undefined ? undefined : peopleFile;
  notices.push(...owners.flatMap((one) => ownersNotices(one, peoplePath)));
  const codeowners = uniteOwners(owners);
  return { at, serverUrl, from: where, peoplePath, codeowners, people: people ?? noPeopleFile, notices };
}

/** The repositories in `repositories` without the workflow's own, which always counts. */
function otherRepositories({ repositories = [] }: SourceOptions, { repository: { owner, repo } }: ReadFrom): string[] {
  if (repositories === '*') throw new Error('`repositories: *` is for `sweep-keys` only.');
  const byName = new Map(repositories.map((name) => [name.toLowerCase(), name]));
  byName.delete(`${owner}/${repo}`.toLowerCase());
  return [...byName.values()];
}

function ownersNotices({ file, isChecked, isOwned }: RepositoryOwners, peoplePath: string | undefined): SourceNotice[] {
  const needOwners = file.isOwn && peoplePath !== undefined ? [file.path, peoplePath] : [file.path];
  const paths = needOwners.filter((path) => !isOwned(path));
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
  // `pull_request_target` runs with secrets that the author of the head must not reach, so the head is not read.
  if (name !== 'pull_request' || action === 'closed') return undefined;
  const { number, head } = pull ?? {};
  return head?.sha && number !== undefined ? { headSha: head.sha, number } : undefined;
}

/**
 * @returns undefined if there is no people file, and none is required
 * @throws Error if a required file is missing: no one would be excluded, and everyone would have the default role
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
