/** The facts about a failed request to GitHub. */
export interface GitHubFailure {
  method: string;
  /** The path after `github_api_url`. */
  route: string;
  /** The HTTP status, if there was a response. */
  status?: number | undefined;
  /** GitHub's message in quotation marks, or the failure of the connection. */
  reason: string;
  /** `x-github-request-id` of the response, for GitHub's support. */
  requestId?: string | undefined;
  /** The request may have been carried out: an attempt got no response, a 5xx, or a response that is not from GitHub. */
  maybeDone?: true | undefined;
  /** The last response is a refusal from GitHub itself, regardless of earlier attempts. */
  refused?: true | undefined;
  /** What to do next, in complete sentences. */
  hint?: string | undefined;
}

/** A failed request to GitHub. Its message contains the request, the response, and what to do next. */
export class GitHubError extends Error {
  override readonly name = 'GitHubError';
  readonly facts: GitHubFailure;

  constructor(facts: GitHubFailure, cause?: unknown) {
    super(describeGitHubFailure(facts), { cause });
    this.facts = facts;
  }
}

function describeGitHubFailure({ method, route, status, reason, requestId, hint }: GitHubFailure): string {
  const id = requestId ? ` (request ID ${requestId})` : '';
  const line =
    status === undefined
      ? `GitHub sent no usable response to ${method} ${route}: ${reason}.`
      : `GitHub responded to ${method} ${route} with ${status} ${reason}${id}.`;
  return hint ? `${line}\n${hint}` : line;
}

/** Whether GitHub's last response was 404, even after an attempt whose response was lost. */
export function isMissing(error: unknown): error is GitHubError {
  return error instanceof GitHubError && error.facts.status === 404 && error.facts.refused === true;
}

/** Whether GitHub returned 404 for every attempt: the resource does not exist, or the token cannot see it. */
export function isNotFound(error: unknown): boolean {
  return error instanceof GitHubError && error.facts.status === 404 && !error.facts.maybeDone;
}

/** Whether the resource does not exist, or the token cannot see it. An exceeded rate limit is neither. */
export function cannotSee(error: unknown): boolean {
  if (!(error instanceof GitHubError)) return false;
  if (error.facts.maybeDone) return false;
  return error.facts.status === 404 || (error.facts.status === 403 && !/rate limit|abuse/i.test(error.facts.reason));
}
