import { randomBytes } from 'node:crypto';
import type { Call, Reply } from './github/call.ts';
import { askCodeowners } from './github/codeowners.ts';
import { type Files, type Git, startGit } from './github/git.ts';
import { limitHeaders, rateLimiter } from './github/limits.ts';
import { about, matchRequest, type OperationId } from './github/operations.ts';
import { askPeople } from './github/people.ts';
import { askRepository } from './github/repositories.ts';
import { authenticate } from './github/rights.ts';
import { askRuns } from './github/runs.ts';
import { askSecrets } from './github/secrets.ts';
import { type GitHubState, SEED, type Secret, type SeedOptions, seedState } from './github/state.ts';
import { type Answer, type Front, type FrontOptions, type Incoming, type RecordedRequest, startFront } from './http.ts';
import { Refusal } from './refusal.ts';

export type { OperationId } from './github/operations.ts';
export type GitHubRequest = RecordedRequest<OperationId>;
type PullState = 'open' | 'closed' | 'merged';

export interface GitHubOptions extends FrontOptions<OperationId> {
  seed?: Partial<SeedOptions>;
  /** Files of SEED's repository on its default branch, beside its README. */
  files?: Files;
  /** The pull requests 1, 2, … of SEED's repository. */
  pulls?: PullState[];
  now?: () => Date;
  /** As GitHub Enterprise Server: REST under `/api/v3`, GraphQL at `/api/graphql`. */
  enterprise?: boolean;
}

export interface GitHubServer extends Front<OperationId> {
  /** The base URL of the REST API: what `github.api_url` is. */
  readonly apiUrl: string;
  /**
   * `default`: a GITHUB_TOKEN. `app`: of a GitHub App with `members`, `secrets`, `environments` and
   * `organization_secrets`. `classic`: a personal access token with the scopes `repo` and `read:org`.
   */
  readonly tokens: { default: string; app: string; classic: string };
  /** A copy of the state. */
  state(): GitHubState;
  /** Changes the state behind the clients' backs. */
  change(edit: (state: GitHubState) => void): void;
  /** A secret with its plaintext; of SEED's repository, environment or organization unless `owner` says otherwise. */
  secret(scope: Secret['scope'], name: string, owner?: string): Secret | undefined;
  /** Commits onto a branch (default: SEED's default branch, in SEED's repository) and gives the commit's SHA. */
  commit(files: Files, branch?: string, repository?: string): Promise<string>;
  /** Opens a pull request with these files and gives its number. */
  openPull(files: Files, repository?: string): Promise<number>;
  /** Closes, reopens or merges a pull request. */
  setPull(number: number, to: PullState, repository?: string): Promise<void>;
}

/**
 * Starts the emulated GitHub on 127.0.0.1, with scripted faults and control endpoints under `/_emulator`. The npm
 * package `emulate` keeps what is in the repositories; people, teams, rights, runs, secrets and GraphQL are answered here.
 */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHubServer> {
  const { now = () => new Date(), enterprise = false, files = {}, pulls = [] } = options;
  const seed = seedState({ now, ...options.seed });
  const [first, second, third] = seed.tokens.map(({ token }) => token);
  const tokens = { default: first ?? '', app: second ?? '', classic: third ?? '' };
  let state = structuredClone(seed);
  let admit = rateLimiter(now);
  let git: Git;
  let opened = 0;

  async function openPull(changes: Files, repository: string = SEED.repository): Promise<number> {
    opened += 1;
    const branch = `change-${opened}`;
    await git.commit(repository, branch, changes);
    return git.openPull(repository, branch);
  }

  async function fill(): Promise<void> {
    if (Object.keys(files).length > 0) await git.commit(SEED.repository, SEED.defaultBranch, files);
    for (const [index, pull] of pulls.entries()) {
      const number = await openPull({ [`change-${index + 1}.txt`]: 'x' });
      if (pull !== 'open') await git.setPull(SEED.repository, number, pull);
    }
  }

  const front = await startFront<OperationId>(async (url) => {
    const base = enterprise ? '/api/v3' : '';
    git = await startGit(seed, url + base);
    await fill();
    return {
      match: (method, pathname) => matchRequest(method, underBase(pathname, enterprise)).operation,
      perform: (request) => answer(request, { state, git, now: now(), apiUrl: url + base, enterprise, admit }),
      scripted: (status) => ({
        headers: baseHeaders(),
        body: errorBody(status, `scripted answer ${status}`, 'unknown'),
      }),
      async reset() {
        state = structuredClone(seed);
        admit = rateLimiter(now);
        opened = 0;
        git.reset();
        await fill();
      },
      close: () => git.close(),
      publicState: () => ({
        ...state,
        tokens: state.tokens.map((token) => ({ ...token, token: '***' })),
        secrets: state.secrets.map((secret) => ({ ...secret, value: '***' })),
        keys: {},
      }),
    };
  }, options);

  return Object.assign(front, {
    apiUrl: front.url + (enterprise ? '/api/v3' : ''),
    tokens,
    state: () => structuredClone(state),
    change: (edit: (state: GitHubState) => void) => edit(state),
    secret: (scope: Secret['scope'], name: string, owner?: string) =>
      state.secrets.find(
        (secret) =>
          secret.scope === scope &&
          secret.name === name.toUpperCase() &&
          secret.owner === (owner ?? (scope === 'organization' ? SEED.organization : SEED.repository)),
      ),
    commit: (changes: Files, branch: string = SEED.defaultBranch, repository: string = SEED.repository) =>
      git.commit(repository, branch, changes),
    openPull,
    setPull: (number: number, to: PullState, repository: string = SEED.repository) =>
      git.setPull(repository, number, to),
  });
}

interface Behind extends Pick<Call, 'state' | 'git' | 'now' | 'apiUrl'> {
  enterprise: boolean;
  admit: ReturnType<typeof rateLimiter>;
}

async function answer(request: Incoming<OperationId>, behind: Behind): Promise<Answer> {
  const { operation } = request;
  const headers = baseHeaders();
  try {
    const token = authenticate(behind.state, request.headers['authorization']);
    const allowance = behind.admit(token, operation === 'graphql' ? 'graphql' : 'core');
    Object.assign(headers, limitHeaders(allowance));
    if (allowance.over) throw new Refusal(403, 'API rate limit exceeded for installation.');
    const { permission } = about(operation);
    if (permission) headers['x-accepted-github-permissions'] = permission.replace(':', '=');
    return written(await reply(understood(request, behind, token)), headers);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const body = errorBody(error.status, error.message, operation);
    return { status: error.status, headers: { ...headers, ...error.headers }, body };
  }
}

async function reply(call: Call): Promise<Reply> {
  const ours = askPeople(call) ?? (await askSecrets(call)) ?? (await askRuns(call)) ?? (await askCodeowners(call));
  return ours ?? askRepository(call);
}

function understood(request: Incoming<OperationId>, behind: Behind, token: Call['token']): Call {
  const { pathname, searchParams } = new URL(request.path, behind.apiUrl);
  const path = underBase(pathname, behind.enterprise);
  const { method, headers, body } = request;
  const accept = headers['accept'] ?? '';
  return { ...behind, ...matchRequest(method, path), method, path, query: searchParams, accept, body, token };
}

/** The path without the API's base; of what is not under it, a path that no operation has. */
function underBase(pathname: string, enterprise: boolean): string {
  if (!enterprise) return pathname;
  if (pathname === '/api/graphql') return '/graphql';
  return pathname.startsWith('/api/v3/') ? pathname.slice('/api/v3'.length) : '/outside';
}

function written({ status = 200, json, bytes, headers }: Reply, base: Record<string, string>): Answer {
  const body = bytes ?? (json === undefined ? '' : JSON.stringify(json));
  return { status, headers: { ...base, ...headers }, body };
}

function baseHeaders(): Record<string, string> {
  const id = randomBytes(14).toString('hex').toUpperCase();
  return {
    'content-type': 'application/json; charset=utf-8',
    'x-github-media-type': 'github.v3; format=json',
    'x-github-request-id': [id.slice(0, 4), id.slice(4, 10), id.slice(10, 16), id.slice(16, 22), id.slice(22)].join(
      ':',
    ),
  };
}

/** An error in GitHub's form. */
function errorBody(status: number, message: string, operation: OperationId | 'unknown'): string {
  const docs = operation === 'graphql' ? 'graphql' : `rest/${about(operation).docs}`;
  return JSON.stringify({
    message,
    documentation_url: `https://docs.github.com/${docs.replace(/\/$/, '')}`,
    status: String(status),
  });
}
