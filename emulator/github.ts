import { conditionOf } from './faults.ts';
import { type Files, type Git, startGit } from './github/git.ts';
import { rateLimiter } from './github/limits.ts';
import type { GitHubState, Secret } from './github/model.ts';
import type { OperationId } from './github/operations.ts';
import { operationOf, respond, scripted } from './github/respond.ts';
import { SEED, type SeedOptions, seedState } from './github/state.ts';
import { createHistory } from './history.ts';
import {
  type EmulatedResponse,
  type Front,
  type FrontOptions,
  type Incoming,
  type Service,
  startFront,
} from './http.ts';

type PullState = 'open' | 'closed' | 'merged';

export interface GitHubOptions extends FrontOptions<OperationId> {
  seed?: Partial<SeedOptions>;
  /** Files of SEED's repository on its default branch, in addition to its README. */
  files?: Files;
  /** The pull requests 1, 2, … of SEED's repository. */
  pulls?: PullState[];
  /** Behaves like GitHub Enterprise Server: REST under `/api/v3`, GraphQL at `/api/graphql`. */
  enterprise?: boolean;
}

export interface GitHubServer extends Front<OperationId> {
  /** The base URL of the REST API, as in `github.api_url`. */
  readonly apiUrl: string;
  /**
   * `default`: a GITHUB_TOKEN. `app`: a token of a GitHub App with the permissions `members`, `secrets`, `environments` and
   * `organization_secrets`. `classic`: a personal access token with the scopes `repo` and `read:org`.
   */
  readonly tokens: { default: string; app: string; classic: string };
  /** A copy of the state. */
  state(): GitHubState;
  /** Changes the state without a request. */
  change(edit: (state: GitHubState) => void): void;
  /** A secret with its plaintext. The default `owner` is SEED's repository or organization. */
  secret(scope: Secret['scope'], name: string, owner?: string): Secret | undefined;
  /** Commits to a branch (default: the default branch of SEED's repository). @returns the SHA of the commit */
  commit(files: Files, branch?: string, repository?: string): Promise<string>;
  /** Opens a pull request with these files. @returns its number */
  openPull(files: Files, repository?: string): Promise<number>;
  /** Closes, reopens or merges a pull request. */
  setPull(number: number, to: PullState, repository?: string): Promise<void>;
}

/**
 * Starts the emulated GitHub on 127.0.0.1, with scripted faults and control endpoints under `/_emulator`. The npm package
 * `emulate` stores the contents of repositories. People, teams, rights, runs, secrets and GraphQL are emulated here.
 */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHubServer> {
  const github = new EmulatedGitHub(options);
  const front = await startFront((url) => github.serve(url), options);
  return Object.assign(front, github.handles(front.url));
}

class EmulatedGitHub {
  private readonly options: GitHubOptions;
  private readonly now: () => Date;
  private readonly base: string;
  private readonly seed: GitHubState;
  private state: GitHubState;
  private admit: ReturnType<typeof rateLimiter>;
  // Reads create key pairs, so all states share them.
  private readonly history = createHistory<GitHubState>(({ keys, ...rest }) => ({ ...structuredClone(rest), keys }));
  /** Set by `serve`. */
  private git!: Git;
  private opened = 0;

  constructor(options: GitHubOptions) {
    this.options = options;
    this.now = options.now ?? (() => new Date());
    this.base = options.enterprise ? '/api/v3' : '';
    this.seed = seedState({ now: this.now, ...options.seed });
    this.state = structuredClone(this.seed);
    this.admit = rateLimiter(this.now);
  }

  async serve(url: string): Promise<Service<OperationId>> {
    const { enterprise = false } = this.options;
    const git = await startGit(this.seed, url + this.base);
    this.git = git;
    await this.fill();
    return {
      match: (method, pathname) => operationOf(method, pathname, enterprise),
      perform: (request) => this.perform(request, { git, apiUrl: url + this.base, enterprise }),
      scripted,
      reset: () => this.reset(),
      close: () => git.close(),
      publicState: () => withoutSecrets(this.state),
    };
  }

  /** What tests can use, in addition to the front. */
  handles(url: string): Omit<GitHubServer, keyof Front<OperationId>> {
    const [first, second, third] = this.seed.tokens.map(({ token }) => token);
    return {
      apiUrl: url + this.base,
      tokens: { default: first ?? '', app: second ?? '', classic: third ?? '' },
      state: () => structuredClone(this.state),
      change: (edit) => {
        this.history.keep(this.state, this.now());
        edit(this.state);
      },
      secret: (scope, name, owner = scope === 'organization' ? SEED.organization : SEED.repository) =>
        this.state.secrets.find(
          (secret) => secret.scope === scope && secret.name === name.toUpperCase() && secret.owner === owner,
        ),
      commit: (changes, branch = SEED.defaultBranch, repository = SEED.repository) =>
        this.git.commit(repository, branch, changes),
      openPull: (changes, repository) => this.openPull(changes, repository),
      setPull: (number, to, repository = SEED.repository) => this.git.setPull(repository, number, to),
    };
  }

  private perform(
    request: Incoming<OperationId>,
    served: { git: Git; apiUrl: string; enterprise: boolean },
  ): Promise<EmulatedResponse> {
    const now = this.now();
    const isRead = request.method === 'GET' || request.operation === 'graphql';
    if (!isRead) this.history.keep(this.state, now);
    const behindMs = conditionOf(request.conditions, 'behind')?.ms ?? 0;
    const state = isRead ? this.history.asOf(this.state, now, behindMs) : this.state;
    return respond(request, { ...served, now, admit: this.admit, state });
  }

  private async reset(): Promise<void> {
    this.state = structuredClone(this.seed);
    this.history.clear();
    this.admit = rateLimiter(this.now);
    this.opened = 0;
    this.git.reset();
    await this.fill();
  }

  /** Creates the files and pull requests in the options. */
  private async fill(): Promise<void> {
    const { files = {}, pulls = [] } = this.options;
    if (Object.keys(files).length > 0) await this.git.commit(SEED.repository, SEED.defaultBranch, files);
    for (const [index, pull] of pulls.entries()) {
      const number = await this.openPull({ [`change-${index + 1}.txt`]: 'x' });
      if (pull !== 'open') await this.git.setPull(SEED.repository, number, pull);
    }
  }

  private async openPull(changes: Files, repository: string = SEED.repository): Promise<number> {
    this.opened += 1;
    const branch = `change-${this.opened}`;
    await this.git.commit(repository, branch, changes);
    return this.git.openPull(repository, branch);
  }
}

function withoutSecrets(state: GitHubState): GitHubState {
  return {
    ...state,
    tokens: state.tokens.map((token) => ({ ...token, token: '***' })),
    secrets: state.secrets.map((secret) => ({ ...secret, value: '***' })),
    keys: {},
  };
}
