// The contents of repositories: files, commits, branches and pull requests. The GitHub of `emulate` stores them.
import { createEmulator, type Emulator } from 'emulate';
import type { EmulatedResponse } from '../http.ts';
import type { GitHubState, Repository } from './model.ts';

/** A request to `emulate`, with the name that the repository has there, and without a token. */
interface GitRequest {
  method?: string;
  /** With the query. */
  path: string;
  accept?: string;
  /** JSON text. */
  body?: string;
}

/** File contents by path; `null` deletes. */
export type Files = Record<string, string | null>;

export interface Git {
  /** The name of a repository in `emulate`, by its ID: the name in the seed, even if it was renamed later. */
  readonly names: ReadonlyMap<number, string>;
  send(request: GitRequest): Promise<EmulatedResponse>;
  /** A repository as JSON text, by its ID. Cached until the next write. */
  repository(id: number): Promise<string>;
  /**
   * Commits to a branch. A new branch starts at the default branch.
   * @param repository the full name in the seed
   * @returns the SHA of the commit
   */
  commit(repository: string, branch: string, files: Files): Promise<string>;
  /** Opens a pull request of the branch into the default branch. @returns its number */
  openPull(repository: string, branch: string): Promise<number>;
  /**
   * Resolves a pull request's ref, `refs/pull/<number>/merge` or `…/head`, to a commit. Returns any other ref unchanged.
   * @param id the ID of a repository
   */
  resolve(id: number, ref: string): Promise<string>;
  setPull(repository: string, number: number, to: 'open' | 'closed' | 'merged'): Promise<void>;
  /** Resets each repository to one commit with a README. */
  reset(): void;
  close(): Promise<void>;
}

/** Enough to stay below `emulate`'s limit of 5,000 requests an hour for each token. `limits.ts` emulates GitHub's limit. */
const TOKENS = Array.from({ length: 40 }, (_, number) => `emulate-${number}`);
const ACTOR = 'admin';

/**
 * Starts `emulate`'s GitHub with the organizations and the repositories of the state.
 * @param url the base of the links in its responses
 */
export async function startGit({ organizations, repositories }: GitHubState, url: string): Promise<Git> {
  const emulate = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      tokens: Object.fromEntries(TOKENS.map((token) => [token, { login: ACTOR, scopes: ['repo'] }])),
      github: {
        orgs: organizations.map(({ login }) => ({ login, members: [{ login: ACTOR, role: 'admin' }] })),
        repos: repositories.map(({ full_name, private: hidden, default_branch }) => {
          const [owner, name] = full_name.split('/');
          return { owner, name, private: hidden, default_branch };
        }),
      },
    },
  });
  return new EmulateGit(emulate, repositories, url);
}

class EmulateGit implements Git {
  readonly names: ReadonlyMap<number, string>;
  private readonly emulate: Emulator;
  private readonly repositories: readonly Repository[];
  private readonly url: string;
  private readonly base: string;
  private readonly known = new Map<number, string>();
  /** The branch of each pull request, by repository and number. */
  private readonly heads = new Map<string, string>();
  /** The files that each branch changed, by repository and branch. */
  private readonly changes = new Map<string, Files>();
  private readonly merges = new Map<string, Promise<string>>();
  private sent = 0;

  constructor(emulate: Emulator, repositories: readonly Repository[], url: string) {
    this.emulate = emulate;
    this.repositories = [...repositories];
    this.url = url;
    this.base = emulate.url.replace('localhost', '127.0.0.1');
    this.names = new Map(repositories.map(({ id, full_name }) => [id, full_name]));
  }

  async send({ method = 'GET', path, accept = 'application/json', body }: GitRequest): Promise<EmulatedResponse> {
    this.sent += 1;
    if (method !== 'GET') this.known.clear();
    const authorization = `Bearer ${TOKENS[this.sent % TOKENS.length]}`;
    const headers = { accept, authorization, 'content-type': 'application/json' };
    const response = await fetch(this.base + path, { method, headers, ...(body !== undefined && { body }) });
    const type = response.headers.get('content-type') ?? '';
    const link = response.headers.get('link');
    return {
      status: response.status,
      headers: { 'content-type': type, ...(link && { link: this.withOurUrl(link) }) },
      body: type.includes('json')
        ? this.withOurUrl(await response.text())
        : new Uint8Array(await response.arrayBuffer()),
    };
  }

  async repository(id: number): Promise<string> {
    const text = this.known.get(id) ?? String((await this.send({ path: `/repos/${this.names.get(id)}` })).body);
    this.known.set(id, text);
    return text;
  }

  async commit(
    repository: string,
    branch: string,
    files: Files,
    message = `Change ${Object.keys(files).join(', ')}`,
  ): Promise<string> {
    const place = `${repository} ${branch}`;
    this.changes.set(place, { ...this.changes.get(place), ...files });
    const existing = await this.head(repository, branch);
    const parent = existing ?? (await this.head(repository, this.defaultBranch(repository)));
    const { tree: base_tree } = await this.sendJson('GET', repository, `git/commits/${parent}`);
    const tree = Object.entries(files).map(([path, content]) => ({
      path,
      mode: '100644',
      type: 'blob',
      ...(content === null ? { sha: null } : { content }),
    }));
    const { sha: treeSha } = await this.sendJson('POST', repository, 'git/trees', { base_tree: base_tree.sha, tree });
    const { sha } = await this.sendJson('POST', repository, 'git/commits', {
      message,
      tree: treeSha,
      parents: [parent],
    });
    if (existing) await this.sendJson('PATCH', repository, `git/refs/heads/${branch}`, { sha });
    else await this.sendJson('POST', repository, 'git/refs', { ref: `refs/heads/${branch}`, sha });
    return sha;
  }

  async openPull(repository: string, branch: string): Promise<number> {
    const pull = { title: branch, head: branch, base: this.defaultBranch(repository) };
    const { number } = await this.sendJson('POST', repository, 'pulls', pull);
    this.heads.set(`${repository} ${number}`, branch);
    return number;
  }

  async resolve(id: number, ref: string): Promise<string> {
    const repository = this.names.get(id) ?? '';
    const [, number, kind] = /^(?:refs\/)?pull\/(\d+)\/(merge|head)$/.exec(decodeURIComponent(ref)) ?? [];
    const branch = this.heads.get(`${repository} ${number}`);
    if (branch === undefined) return ref;
    return kind === 'merge' ? this.mergeCommit(repository, branch) : ((await this.head(repository, branch)) ?? ref);
  }

  async setPull(repository: string, number: number, to: 'open' | 'closed' | 'merged'): Promise<void> {
    if (to === 'merged') await this.sendJson('PUT', repository, `pulls/${number}/merge`, {});
    else await this.sendJson('PATCH', repository, `pulls/${number}`, { state: to });
  }

  reset(): void {
    for (const map of [this.known, this.heads, this.changes, this.merges]) map.clear();
    this.emulate.reset();
  }

  close(): Promise<void> {
    return this.emulate.close();
  }

  /** Sends JSON to a path of a repository. A failure is a mistake in a test. */
  // biome-ignore lint/suspicious/noExplicitAny: emulate has no types for its responses
  private async sendJson(method: string, repository: string, path: string, body?: object): Promise<any> {
    const request = { method, path: `/repos/${repository}/${path}`, ...(body && { body: JSON.stringify(body) }) };
    const response = await this.send(request);
    if (response.status >= 300) throw new Error(`${method} ${request.path}: ${response.status} ${response.body}`);
    return JSON.parse(String(response.body));
  }

  private async head(repository: string, branch: string): Promise<string | undefined> {
    const response = await this.send({ path: `/repos/${repository}/git/ref/heads/${branch}` });
    return response.status === 200 ? JSON.parse(String(response.body)).object.sha : undefined;
  }

  private defaultBranch(repository: string): string {
    return this.repositories.find(({ full_name }) => full_name === repository)?.default_branch ?? 'main';
  }

  /** The commit that merging a branch would create. If both branches changed a file, the merged branch wins. */
  private async mergeCommit(repository: string, branch: string): Promise<string> {
    const tips = await Promise.all([
      this.head(repository, this.defaultBranch(repository)),
      this.head(repository, branch),
    ]);
    const key = `${repository} ${tips.join(' ')}`;
    const files = this.changes.get(`${repository} ${branch}`) ?? {};
    const merge =
      this.merges.get(key) ??
      this.commit(repository, `emulated-merge-${this.merges.size + 1}`, files, `Merge ${branch}`);
    this.merges.set(key, merge);
    return merge;
  }

  private withOurUrl(text: string): string {
    return text.replaceAll(this.emulate.url, this.url).replaceAll(this.base, this.url);
  }
}
