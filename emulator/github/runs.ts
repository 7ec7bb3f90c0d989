import type { components } from '@octokit/openapi-types';
import { Refusal } from '../refusal.ts';
import { type Call, paginate, type Reply } from './call.ts';
import type { WorkflowRun } from './model.ts';
import { simpleUser } from './people.ts';
import { corrected, repositoryOf } from './repositories.ts';

type RunSchema = components['schemas']['workflow-run'];
type MinimalRepository = components['schemas']['minimal-repository'];

/** Handles the operations on workflow runs. @returns undefined for any other operation */
export async function handleRuns(call: Call): Promise<Reply | undefined> {
  if (call.operation !== 'listWorkflowRuns' && call.operation !== 'getWorkflowRun') return undefined;
  const repository = repositoryOf(call);
  const json = corrected(JSON.parse(await call.git.repository(repository.id)), call) as MinimalRepository;
  const isHere = (run: WorkflowRun) => run.repository === repository.full_name;
  if (call.operation === 'listWorkflowRuns') {
    const wanted = call.state.runs.filter((run) => isHere(run) && matches(run, call.query)).sort((a, b) => b.id - a.id);
    const { items, headers } = paginate(call, wanted);
    const workflow_runs = items.map((run) => shown(call, run, json));
    return { json: { total_count: wanted.length, workflow_runs }, headers };
  }
  const id = Number(call.params['run_id']);
  const run = call.state.runs.find((one) => one.id === id && isHere(one));
  if (run === undefined) throw new Refusal(404, 'Not Found');
  return { json: shown(call, run, json) };
}

/** `status` filters by status or by conclusion. */
function matches(run: WorkflowRun, query: URLSearchParams): boolean {
  const wanted = (name: string, ...values: (string | null)[]) => !query.has(name) || values.includes(query.get(name));
  return (
    wanted('status', run.status, run.conclusion) &&
    wanted('event', run.event) &&
    wanted('branch', run.head_branch) &&
    wanted('actor', run.actor)
  );
}

function shown(call: Call, run: WorkflowRun, repository: MinimalRepository): RunSchema {
  const url = `${call.apiUrl}/repos/${run.repository}/actions/runs/${run.id}`;
  const actor = simpleUser(call, run.actor);
  return {
    id: run.id,
    name: run.name,
    node_id: `WFR_${run.id}`,
    check_suite_id: run.id,
    check_suite_node_id: `CS_${run.id}`,
    head_branch: run.head_branch,
    head_sha: HEAD_SHA,
    path: '.github/workflows/ci.yml',
    run_number: 1,
    run_attempt: run.run_attempt,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: 1,
    url,
    html_url: repository.html_url.replace(repository.full_name, `${repository.full_name}/actions/runs/${run.id}`),
    pull_requests: [],
    created_at: run.created_at,
    updated_at: run.updated_at,
    actor,
    triggering_actor: actor,
    run_started_at: run.created_at,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${call.apiUrl}/repos/${run.repository}/check-suites/${run.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.run_attempt > 1 ? `${url}/attempts/${run.run_attempt - 1}` : null,
    workflow_url: `${call.apiUrl}/repos/${run.repository}/actions/workflows/1`,
    display_title: run.name,
    repository,
    head_repository: repository,
    head_commit: null,
  };
}

/** All runs have the same commit, because nothing depends on it. */
const HEAD_SHA = '6dcb09b5b57875f334f61aebed695e2e4193db5e';
