/** What is known of a request to GitHub that failed. */
export interface GitHubFailure {
  method: string;
  /** The path after `github_api_url`. */
  route: string;
  /** The HTTP status, when there was an answer. */
  status?: number;
  /** GitHub's words, or what happened to the connection. */
  reason: string;
  /** `x-github-request-id` of the answer, for GitHub's support. */
  requestId?: string;
  /** It may have been carried out: an attempt had no answer, one of the 5xx, or one that is not GitHub's. */
  maybeDone?: true;
  /** What to do now. */
  hint?: string;
}

/** A request to GitHub that failed. Its message says what was asked, what came back and what to do. */
export class GitHubError extends Error {
  override readonly name = 'GitHubError';
  readonly facts: GitHubFailure;

  constructor(facts: GitHubFailure, cause?: unknown) {
    super(describe(facts), { cause });
    this.facts = facts;
  }
}

function describe({ method, route, status, reason, requestId, hint }: GitHubFailure): string {
  const answer = [status, reason].filter((part) => part !== undefined).join(' ');
  const id = requestId ? ` (request id ${requestId})` : '';
  const line = `${method} ${route} of GitHub ${status === undefined ? 'got no answer' : 'was refused'}: ${answer}${id}.`;
  return hint ? `${line}\n${hint}` : line;
}

/** Whether GitHub said that there is no such thing, or that the token may not know of it: it does not tell which. */
export function isNotFound(error: unknown): boolean {
  return error instanceof GitHubError && error.facts.status === 404 && !error.facts.maybeDone;
}

/** Whether the token may not see it, or it does not exist; a rate limit is neither. */
export function cannotSee(error: unknown): boolean {
  if (!(error instanceof GitHubError)) return false;
  if (error.facts.maybeDone) return false;
  return error.facts.status === 404 || (error.facts.status === 403 && !/rate limit|abuse/i.test(error.facts.reason));
}
