import { type Activity, type ActivityKind, rowsPerPage } from './activity.ts';

const runsRequest = { needs: '"Actions: read"' };
/** Makes the responses smaller. */
const smallerRuns = { exclude_pull_requests: true };

/** Workflow runs (REST documentation, "Workflow runs"). */
export const runs: ActivityKind = {
  async read(github, place, run_id) {
    const parameters = { ...place, run_id, ...smallerRuns, request: runsRequest };
    return runActivity((await github.rest.actions.getWorkflowRun(parameters)).data);
  },

  async list(github, place, filter, page) {
    const status = filter as 'in_progress';
    const parameters = {
      ...place,
      ...(filter && { status }),
      per_page: rowsPerPage,
      page,
      ...smallerRuns,
      request: runsRequest,
    };
    const { workflow_runs, total_count } = (await github.rest.actions.listWorkflowRunsForRepo(parameters)).data;
    if (!Array.isArray(workflow_runs) || !Number.isSafeInteger(total_count)) return undefined;
    const rows = workflow_runs.map(runActivity);
    if (!rows.every((row) => row !== undefined)) return undefined;
    return { rows, pages: Math.ceil(total_count / rowsPerPage), total: total_count };
  },

  all: '',
  // In the order of a run's states, so that a run that changes state between two requests is not missed.
  active: ['requested', 'waiting', 'pending', 'queued', 'in_progress'],
};

interface RunResponse {
  id?: unknown;
  status?: unknown;
  run_attempt?: unknown;
  repository?: { id?: unknown } | null;
}

function runActivity(response: RunResponse | null): Activity | undefined {
  const { id, status, run_attempt, repository } = response ?? {};
  const numbers = [id, run_attempt, repository?.id];
  if (!numbers.every(Number.isSafeInteger) || typeof status !== 'string') return undefined;
  const [number, attempt, repositoryId] = numbers as [number, number, number];
  return { repositoryId, number, attempt, hasEnded: status === 'completed' };
}
