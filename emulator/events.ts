// Events that start a workflow, as the runner passes them to a step.
import { SEED } from './github/state.ts';

export interface WorkflowEvent {
  /** GITHUB_EVENT_NAME */
  name: string;
  /** GITHUB_REF, fully formed. */
  ref: string;
  /** GITHUB_SHA */
  sha: string;
  /** The webhook's payload, with the fields that the action reads. */
  payload: object;
  /** GITHUB_BASE_REF and GITHUB_HEAD_REF, for pull requests only. */
  baseRef?: string;
  headRef?: string;
}

/** What varies between events of one kind. The defaults are the most common values. */
interface Details {
  branch?: string;
  sha?: string;
}

const [owner, name] = SEED.repository.split('/');
const repository = {
  id: SEED.repositoryId,
  name,
  full_name: SEED.repository,
  owner: { login: owner, type: 'Organization' },
  private: true,
  fork: false,
  default_branch: SEED.defaultBranch,
};
const sender = { login: SEED.owner.login, id: SEED.owner.id, type: 'User' };
const common = { repository, organization: { login: owner }, sender };
const SOME_SHA = 'f0e1d2c3b4a5968778695a4b3c2d1e0f00112233';
const NO_SHA = '0'.repeat(40);

/** A push to a branch (default: the default branch), or its deletion. */
export function push({
  branch = SEED.defaultBranch,
  sha = SOME_SHA,
  deleted = false,
}: Details & { deleted?: boolean } = {}): WorkflowEvent {
  const ref = `refs/heads/${branch}`;
  const after = deleted ? NO_SHA : sha;
  const payload = { ...common, ref, before: SOME_SHA, after, created: false, deleted, forced: false };
  return { name: 'push', ref, sha, payload };
}

interface PullRequestDetails extends Details {
  number?: number;
  merged?: boolean;
  base?: string;
  event?: string;
  /** The repository of the branch, `owner/name`. Any other than SEED's is a fork. */
  from?: string;
  /** A login. */
  author?: string;
}

/** A pull request from a branch of the repository, or of a fork, into its default branch, or into `base`. */
export function pullRequest(
  action: 'opened' | 'synchronize' | 'reopened' | 'closed',
  details: PullRequestDetails = {},
): WorkflowEvent {
  const { number = 1, merged = false, base = SEED.defaultBranch, sha = SOME_SHA, branch = 'change-1' } = details;
  const { from = SEED.repository, author = sender.login } = details;
  const fork = from !== SEED.repository;
  const pull_request = {
    number,
    state: action === 'closed' ? 'closed' : 'open',
    merged,
    user: { ...sender, login: author },
    base: { ref: base, sha: SOME_SHA, repo: repository },
    head: { ref: branch, sha, repo: { ...repository, full_name: from, fork } },
  };
  return {
    name: details.event ?? 'pull_request',
    // GitHub's documentation of GITHUB_REF: after a merge, this is the branch that it was merged into.
    ref: merged ? `refs/heads/${base}` : `refs/pull/${number}/merge`,
    sha,
    payload: { ...common, action, number, pull_request },
    baseRef: base,
    headRef: branch,
  };
}

/** A scheduled run, which is always on the default branch. */
export function schedule(cron = '0 3 * * *'): WorkflowEvent {
  return {
    name: 'schedule',
    ref: `refs/heads/${SEED.defaultBranch}`,
    sha: SOME_SHA,
    payload: { ...common, schedule: cron },
  };
}

/** A run started by hand. */
export function workflowDispatch({
  branch = SEED.defaultBranch,
  sha = SOME_SHA,
  inputs = {},
}: Details & { inputs?: Record<string, string> } = {}): WorkflowEvent {
  const ref = `refs/heads/${branch}`;
  return {
    name: 'workflow_dispatch',
    ref,
    sha,
    payload: { ...common, ref, inputs, workflow: '.github/workflows/ci.yml' },
  };
}
