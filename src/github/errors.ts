/** What is known about a request to GitHub that failed. */
export interface GitHubFailure {
  method: string;
  /** The path after `github_api_url`. */
  route: string;
  /** The HTTP status, when there was an answer. */
  status?: number | undefined;
  /** GitHub's message in quotation marks, or the failure of the connection. */
  reason: string;
  /** `x-github-request-id` of the answer, for GitHub's support. */
  requestId?: string | undefined;
  /** It may have been carried out: an attempt had no answer, a 5xx, or an answer that is not GitHub's. */
  maybeDone?: true | undefined;
  /** The last answer is a refusal by GitHub itself, regardless of earlier attempts. */
  refused?: true | undefined;
  /** What to do next, in complete sentences. */
  hint?: string | undefined;
}

/** A request to GitHub that failed. Its message has the request, the answer, and what to do next. */
export class GitHubError extends Error {
  override readonly name = 'GitHubError';
  readonly facts: GitHubFailure;

  constructor(facts: GitHubFailure, cause?: unknown) {
    super(describeGitHubFailure(facts), { cause });
    this.facts = facts;
  }
}

function describeGitHubFailure({ method, route, status, reason, requestId, hint }: GitHubFailure): string {
  const id = requestId ? ` (request id ${requestId})` : '';
  const line =
    status === undefined
      ? `GitHub did not answer ${method} ${route}: ${reason}.`
      : `GitHub answered ${method} ${route} with ${status} ${reason}${id}.`;
  return hint ? `${line}\n${hint}` : line;
}

/** Whether GitHub's last answer was 404, even after an attempt whose answer was lost. */
export function isMissing(error: unknown): error is GitHubError {
  return error instanceof GitHubError && error.facts.status === 404 && error.facts.refused === true;
}

/** Whether GitHub answered every attempt with 404: it does not exist, or the token cannot see it. */
export function isNotFound(error: unknown): boolean {
  return error instanceof GitHubError && error.facts.status === 404 && !error.facts.maybeDone;
}

/** Whether it does not exist, or the token cannot see it. A rate limit is neither. */
export function cannotSee(error: unknown): boolean {
  if (!(error instanceof GitHubError)) return false;
  if (error.facts.maybeDone) return false;
  return error.facts.status === 404 || (error.facts.status === 403 && !/rate limit|abuse/i.test(error.facts.reason));
}
