import type { GitHub } from '../github/client.ts';
import type { WorkflowEvent } from '../github/event.ts';
import { codeownersErrors, commit, defaultBranch, readFile, type Snapshot } from '../github/files.ts';
import { type Repository, repositoryOf } from '../github/run.ts';
import type { OperationContext } from '../operations/context.ts';
import type { SyncInputs } from '../operations/sync.ts';
import { code, plain } from '../runner/markdown.ts';
import type { Trust } from '../runner/mode.ts';
import { type Codeowners, crossCheck, parseCodeowners } from './codeowners.ts';
import { isOwned } from './ownership.ts';
import { noPeopleFile, type PeopleFile, parsePeopleFile } from './people-file.ts';

/** What says who should be in, all of one commit. */
export interface Sources {
  at: Snapshot;
  codeowners: Codeowners;
  people: PeopleFile;
  /** Where it was read, for the log and for the summary. */
  label: { text: string; markdown: string };
}

/** GitHub's order; the first one counts (documentation, "About code owners"). */
const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
/** GitHub does not load a larger one (the same place). */
const maxBytes = 3 * 1024 * 1024;
const defaultPeopleFile = '.github/neon-people.yml';

/**
 * Reads CODEOWNERS and the people file by the API: of the default branch, or, only to plan, of an open pull request's
 * head. What is checked out is never looked at.
 * @throws GitHubError; Error when there is no CODEOWNERS file; PeopleFileError
 */
export async function readSources(
  inputs: SyncInputs,
  trust: Trust,
  github: GitHub,
  context: OperationContext,
): Promise<Sources> {
  const { at, where } = await snapshotFor(repositoryOf(context.workflowRun()), trust, context.event(), github);
  const { path, text } = await readCodeowners(inputs.codeowners_path, github, at);
  if (Buffer.byteLength(text) > maxBytes)
    throw new Error(`${path} is larger than 3 MB: GitHub does not load it, so it names nobody.`);
  const parsed = parseCodeowners(text);
  const isChecked = inputs.codeowners_path === undefined || path === places[0];
  const codeowners = isChecked ? await checked(parsed, path, github, at) : parsed;
  if (!isChecked)
    context.notice(
      `GitHub's own check of owners does not cover ${path}: a mistyped name in it may be somebody else's.`,
    );
  const people = await readPeople(inputs.people_file, github, at);
  const files = people === noPeopleFile ? [path] : [path, inputs.people_file];
  warnOfUnowned(files, text, context);
  const label = {
    text: `Read ${files.join(' and ')} at ${where}, commit ${at.sha}.`,
    markdown: `From ${files.map((file) => code(file)).join(' and ')} at ${plain(where)}, commit ${code(at.sha.slice(0, 12))}.`,
  };
  return { at, codeowners, people, label };
}

/** Whoever may change these files may invite: somebody should have to be asked. */
function warnOfUnowned(paths: string[], codeowners: string, context: OperationContext): void {
  const unowned = paths.filter((path) => !isOwned(codeowners, path));
  if (unowned.length === 0) return;
  context.warning(
    `${unowned.join(' and ')}: no line of CODEOWNERS says who has to approve a change, and whoever may merge one may invite. ` +
      `Add a line such as \`/${unowned[0]} @owner\`.`,
  );
}

async function snapshotFor(repository: Repository, trust: Trust, event: WorkflowEvent, github: GitHub) {
  const head = trust.apply ? undefined : openHead(event);
  if (head)
    return {
      at: await commit(github, repository, head.sha),
      where: `pull request #${head.number} (as if it were merged)`,
    };
  const at = await defaultBranch(github, repository);
  return { at, where: `the default branch ${at.branch}` };
}

/** The head of the open pull request that the event is about. */
function openHead({
  name,
  payload: { pull_request: pull, action },
}: WorkflowEvent): { sha: string; number: number } | undefined {
  // `pull_request_target` runs with secrets that the author of the head may not have: the head is not read for them.
  if (name !== 'pull_request') return undefined;
  const { number, head } = pull ?? {};
  return action !== 'closed' && head?.sha && number !== undefined ? { sha: head.sha, number } : undefined;
}

async function readCodeowners(asked: string | undefined, github: GitHub, at: Snapshot) {
  const paths = asked === undefined ? places : [asked];
  for (const path of paths) {
    const text = await readFile(github, at, path);
    if (text !== undefined) return { path, text };
  }
  throw new Error(
    `There is no ${paths.join(', ')} at commit ${at.sha}: nobody knows who should be in, so nothing was done.`,
  );
}

/** GitHub's check is of the file that GitHub uses; what it says of another one does not matter here. */
async function checked(parsed: Codeowners, path: string, github: GitHub, at: Snapshot): Promise<Codeowners> {
  const errors = await codeownersErrors(github, at);
  return crossCheck(
    parsed,
    errors.filter((error) => error.path === path),
  );
}

async function readPeople(path: string, github: GitHub, at: Snapshot): Promise<PeopleFile> {
  const text = await readFile(github, at, path);
  if (text !== undefined) return parsePeopleFile(text, path);
  if (path === defaultPeopleFile) return noPeopleFile;
  throw new Error(`There is no ${path} at commit ${at.sha}; it is set as \`people_file\`.`);
}
