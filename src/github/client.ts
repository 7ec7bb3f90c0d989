import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import { NoResponseError } from '../lib/http.ts';
import { oneLine, pageTitle } from '../lib/text.ts';
import { GitHubError, type GitHubFailure } from './errors.ts';
import { type FetchOptions, openFetch } from './fetch.ts';

/** An octokit client for one token. Its requests throw GitHubError. */
export type GitHub = Octokit;

export interface GitHubOptions extends FetchOptions {
  token: string;
  userAgent: string;
  notice: (line: string) => void;
  debug: (line: string) => void;
}

/** The second, third and fourth attempt follow after this × 1, 4 and 9. */
const retryBaseMs = 500;
/** GitHub's rate limits are per hour, but a step waits for at most a minute. */
const longestWaitSeconds = 60;
/** Octokit leaves a second between writes and counts GraphQL as a write. This action has few writes, and no GraphQL writes. */
const withoutSpacing = { key: () => ({ schedule: (_options: unknown, work: () => unknown) => work() }) };

/**
 * Connects to GitHub's API. Octokit retries 5xx and lost responses three times, because all requests are idempotent, except
 * the creation of a comment, which is sent once. It waits up to a minute for a rate limit.
 */
export async function connectGitHub(options: GitHubOptions): Promise<GitHub> {
  const { apiUrl, token, userAgent, cancelled, debug } = options;
  const wait = (seconds: number, requested: { method: string; url: string }, attempt: number) => {
    const mayWait = seconds <= longestWaitSeconds && attempt < 2 && !cancelled.aborted;
    if (mayWait)
      options.notice(
        `GitHub's rate limit is exceeded. Sending ${requested.method} ${requested.url} again in ${seconds} s.`,
      );
    return mayWait;
  };
  const octokit = new (Octokit.plugin(noteLoss, retry, throttling))({
    auth: token,
    baseUrl: apiUrl.href.replace(/\/$/, ''),
    userAgent,
    log: { debug, info: debug, warn: debug, error: debug },
    request: { fetch: await openFetch(options) },
    retry: { retryAfterBaseValue: retryBaseMs },
    throttle: {
      onRateLimit: (seconds, requested, _octokit, attempt) => wait(seconds, requested as never, attempt),
      onSecondaryRateLimit: (seconds, requested, _octokit, attempt) => wait(seconds, requested as never, attempt),
      write: withoutSpacing as never,
    },
  });
  octokit.hook.wrap('request', async (request, requested) => {
    try {
      return await untilCancelled(Promise.resolve(request(requested)), cancelled);
    } catch (error) {
      if (cancelled.aborted) throw cancelled.reason;
      throw toGitHubError(error, requested);
    }
  });
  return octokit;
}

/** Records whether an attempt may have been carried out. As the first plugin, it sees each attempt. */
function noteLoss(octokit: Pick<Octokit, 'hook'>): object {
  octokit.hook.wrap('request', async (request, requested) => {
    try {
      return await request(requested);
    } catch (error) {
      if (!isRefusedByGitHub(error as Failed))
        (requested as GitHubRequest).request = Object.assign(requested.request ?? {}, { maybeDone: true });
      throw error;
    }
  });
  return {};
}

/** Whether GitHub itself refused the request: a gateway may block the response to a request that was carried out. */
function isRefusedByGitHub({ response }: Failed): boolean {
  const { status = 500, data } = response ?? {};
  const isFromGitHub =
    typeof data === 'object' && typeof data.message === 'string' && typeof data.documentation_url === 'string';
  return status < 500 && status !== 408 && isFromGitHub;
}

/** Rejects as soon as `cancelled` is aborted, because octokit's waits between attempts ignore it. */
function untilCancelled<T>(work: Promise<T>, cancelled: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = () => reject(cancelled.reason);
    if (cancelled.aborted) cancel();
    cancelled.addEventListener('abort', cancel, { once: true });
    work.then(resolve, reject).finally(() => cancelled.removeEventListener('abort', cancel));
  });
}

interface GitHubRequest {
  method: string;
  url: string;
  /** `needs`: the permission that the request requires, from the caller. `maybeDone`: from `noteLoss`. */
  request?: Record<string, unknown>;
}

/** The part of octokit's RequestError that is used. */
interface Failed {
  message?: unknown;
  response?: {
    status: number;
    headers: Record<string, string | undefined>;
    /** A text if the response is not JSON. */
    data?: string | { message?: unknown; documentation_url?: unknown };
  };
}

function toGitHubError(error: unknown, requested: GitHubRequest): GitHubError {
  const { method, request } = requested;
  const { message, response } = error as Failed;
  const failure: GitHubFailure = {
    method,
    route: filledRoute(requested),
    status: response?.status,
    reason: response ? reasonOfFailure(response, message) : oneLine(String(message)),
    requestId: oneLine(response?.headers['x-github-request-id'] ?? '') || undefined,
    maybeDone: request?.['maybeDone'] ? true : undefined,
    refused: isRefusedByGitHub(error as Failed) ? true : undefined,
  };
  const needs = request?.['needs'] as string | undefined;
  const hint =
    connectionHint(error) ?? hintForFailure(failure, needs, response?.headers['x-accepted-github-permissions']);
  return new GitHubError({ ...failure, hint }, error);
}

function reasonOfFailure({ data }: NonNullable<Failed['response']>, message: unknown): string {
  const title = typeof data === 'string' ? pageTitle(data) : '';
  if (title !== '') return `and a page titled "${title}"`;
  return `"${oneLine(String((typeof data === 'object' ? data?.message : undefined) ?? message))}"`;
}

/** The advice of the transport, whose error octokit wraps. */
function connectionHint(error: unknown): string | undefined {
  const { cause } = error as { cause?: unknown };
  return cause instanceof NoResponseError ? cause.hint : undefined;
}

/** The route with its parameters, because an error must name the repository. */
function filledRoute(requested: GitHubRequest): string {
  const values = requested as unknown as Record<string, unknown>;
  return oneLine(
    requested.url.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole)),
  );
}

/**
 * @param needs the permission, as stated by the caller
 * @param accepted the permissions in the `x-accepted-github-permissions` header
 */
function hintForFailure({ status, reason }: GitHubFailure, needs?: string, accepted?: string): string | undefined {
  if (status === undefined) return 'Check `github_api_url`, the network, and HTTPS_PROXY and NO_PROXY of the runner.';
  if (status === 401) return 'GitHub does not accept the token in `github_token`: it has expired or is mistyped.';
  if (/rate limit/i.test(reason))
    return 'Run this job again later, or set `github_token` to a token with a separate rate limit.';
  if (status !== 403 && status !== 404) return undefined;
  const permission = needs ?? accepted?.replaceAll('=', ': ').replaceAll(';', ' or');
  if (permission === undefined) return undefined;
  return status === 403
    ? `The token in \`github_token\` requires the permission ${oneLine(permission)}.`
    : `Either it does not exist, or the token in \`github_token\` lacks the permission ${oneLine(permission)}.`;
}
