import { conditionOf } from './faults.ts';
import { answer, operationOf, scripted } from './github/answer.ts';
import { type Files, type Git, startGit } from './github/git.ts';
import { rateLimiter } from './github/limits.ts';
import type { GitHubState, Secret } from './github/model.ts';
import type { OperationId } from './github/operations.ts';
import { SEED, type SeedOptions, seedState } from './github/state.ts';
import { createHistory } from './history.ts';
import { type Front, type FrontOptions, startFront } from './http.ts';

type PullState = 'open' | 'closed' | 'merged';

export interface GitHubOptions extends FrontOptions<OperationId> {
  seed?: Partial<SeedOptions>;
  /** Files of SEED's repository on its default branch, beside its README. */
  files?: Files;
  /** The pull requests 1, 2, … of SEED's repository. */
  pulls?: PullState[];
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
  /** Changes the state without a request. */
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
  // Key pairs are made by reads, so every state shares them.
  const history = createHistory<GitHubState>(({ keys, ...rest }) => ({ ...structuredClone(rest), keys }));
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
      match: (method, pathname) => operationOf(method, pathname, enterprise),
      perform(request) {
        const common = { git, now: now(), apiUrl: url + base, enterprise, admit };
        const isRead = request.method === 'GET' || request.operation === 'graphql';
        if (!isRead) history.keep(state, now());
        const behindMs = conditionOf(request.conditions, 'behind')?.ms ?? 0;
        const shown = isRead ? history.asOf(state, now(), behindMs) : state;
        return answer(request, { ...common, state: shown });
      },
      scripted,
      async reset() {
        state = structuredClone(seed);
        history.clear();
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
    change(edit: (state: GitHubState) => void) {
      history.keep(state, now());
      edit(state);
    },
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
