import { pullRequest, type WorkflowEvent } from '../events.ts';
import { SEED } from '../github/state.ts';

/**
 * The claims of an ID token of GitHub Actions. IDs are strings. `undefined` removes a claim, and any other value may
 * replace one, because verifiers must withstand tokens that GitHub would never issue.
 * Source: GitHub's documentation, "OpenID Connect reference".
 */
interface Claims {
  iss: string;
  aud: string | string[];
  sub: string;
  jti: string;
  /** Seconds since 1970, like `nbf` and `exp`. */
  iat: number;
  nbf: number;
  exp: number;
  actor: string;
  actor_id: string;
  /** The target branch of a pull request, otherwise empty. */
  base_ref: string;
  /** Only for jobs with an environment. */
  environment: string;
  event_name: string;
  /** The source branch of a pull request, otherwise empty. */
  head_ref: string;
  /** The workflow file with the job, which may be a called reusable workflow. */
  job_workflow_ref: string;
  job_workflow_sha: string;
  ref: string;
  ref_protected: 'true' | 'false';
  ref_type: 'branch' | 'tag';
  repository: string;
  repository_id: string;
  repository_owner: string;
  repository_owner_id: string;
  repository_visibility: 'public' | 'private' | 'internal';
  run_attempt: string;
  run_id: string;
  run_number: string;
  runner_environment: 'github-hosted' | 'self-hosted';
  sha: string;
  /** The name of the workflow. */
  workflow: string;
  workflow_ref: string;
  workflow_sha: string;
}

export type ClaimOverrides = { [Claim in keyof Claims]?: unknown } & Record<string, unknown>;

/** The claims of a job, in addition to those of its run. */
export interface JobClaims {
  /** Default: an opened pull request. */
  event?: WorkflowEvent;
  environment?: string;
  /** These override all others. */
  claims?: ClaimOverrides;
}

/** As on GitHub, a token expires after 5 minutes, and its `nbf` is 10 minutes before its issue. */
const LIFETIME_S = 5 * 60;
const BEFORE_ISSUE_S = 10 * 60;
const WORKFLOW = '.github/workflows/ci.yml';

/** The claims of an ID token that is issued now to a job. */
export function claimsOf(
  { event = pullRequest('opened'), environment, claims = {} }: JobClaims,
  issued: { issuer: string; audience: string; jti: string; now: Date },
): ClaimOverrides {
  const iat = Math.floor(issued.now.getTime() / 1000);
  const workflow_ref = `${SEED.repository}/${WORKFLOW}@${event.ref}`;
  const run = {
    repository: SEED.repository,
    repository_id: String(SEED.repositoryId),
    repository_owner: SEED.organization,
    repository_owner_id: String(SEED.organizationId),
    environment,
    event_name: event.name,
    ref: event.ref,
    ...claims,
  };
  return {
    iss: issued.issuer,
    aud: issued.audience,
    sub: subjectOf(run),
    jti: issued.jti,
    iat,
    nbf: iat - BEFORE_ISSUE_S,
    exp: iat + LIFETIME_S,
    actor: SEED.owner.login,
    actor_id: String(SEED.owner.id),
    base_ref: event.baseRef ?? '',
    head_ref: event.headRef ?? '',
    job_workflow_ref: workflow_ref,
    job_workflow_sha: event.sha,
    ref_protected: 'false',
    ref_type: event.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    repository_visibility: 'private',
    run_attempt: '1',
    run_id: String(SEED.runId),
    run_number: '10',
    runner_environment: 'github-hosted',
    sha: event.sha,
    workflow: 'CI',
    workflow_ref,
    workflow_sha: event.sha,
    ...run,
  };
}

function subjectOf(run: ClaimOverrides): string {
  if (run.environment !== undefined) return `repo:${run.repository}:environment:${run.environment}`;
  const isPullRequest = String(run.event_name).startsWith('pull_request');
  return `repo:${run.repository}:${isPullRequest ? 'pull_request' : `ref:${run.ref}`}`;
}
