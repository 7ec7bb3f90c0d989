import { expect } from 'vitest';
import type { WorkflowEvent } from '../../emulator/events.ts';
import { type GitHubOptions, type GitHubServer, startGitHub } from '../../emulator/github.ts';
import type { OrganizationKeyRights } from '../../emulator/model.ts';
import { type Job, type JobContext, type Run, startJob } from '../../emulator/runner.ts';
import { type NeonServer, type StartOptions, startNeon } from '../../emulator/server.ts';
import { encodedForms } from '../../src/lib/redact.ts';

/** What an organization key may do, by Neon's documentation and by its CLI. */
export const organizationKeyRights: readonly OrganizationKeyRights[] = ['docs', 'cli'];

/** The rights in tests that do not choose them: ORGANIZATION_KEY_RIGHTS in the environment, by default `docs`. */
const defaultRights = organizationKeyRights.find((one) => one === process.env['ORGANIZATION_KEY_RIGHTS']) ?? 'docs';

/** A job with debug logging and `fastTime`, and its Neon. */
export interface World {
  neon: NeonServer;
  job: Job;
  /** The inputs that every operation requires, with a time limit of four real seconds. */
  base: Record<string, string>;
  /** Inputs of a `create-key` for one project. */
  mint: Record<string, string>;
  /** The active keys that this action minted. */
  mintedKeys(): { id: string; name: string }[];
  /** The operations that were requested from Neon, in order. */
  requests(): string[];
  /** Fails if a secret is anywhere except in its documented locations. */
  expectNoLeak(...runs: Run[]): void;
}

/** The factor by which time passes faster in a process with `fastTime`. */
export const speed = 5;

/**
 * The environment of a process in which time passes `speed` times as fast: its waits and time limits take a fifth of the
 * time, so a test can include the whole minute of a post step. Neon's emulator still counts real milliseconds.
 */
const fastTime = {
  NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(`
    const { now } = Date, start = now(), wait = globalThis.setTimeout;
    Date.now = () => start + (now() - start) * ${speed};
    globalThis.setTimeout = (work, ms = 0, ...args) => wait(work, ms / ${speed}, ...args);`)}`,
};

/** Environment variables that undo `fastTime` for one process. */
export const realTime = { NODE_OPTIONS: '' };

/** Where Node keeps the code that it has compiled (`vitest.config.ts`): a step then takes about 5 % less CPU time. */
const compileCache = { NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '' };

/** Runs `work` in a new world, and closes the world. */
export async function inWorld(work: (world: World) => Promise<void>, options: StartOptions = {}): Promise<void> {
  await inWorldOf(work, options);
}

/** A world with GitHub. */
export interface GitHubWorld extends World {
  github: GitHubServer;
  /** The operations that were requested from GitHub, in order. */
  githubRequests(): string[];
}

export interface GitHubWorldOptions extends StartOptions {
  github?: GitHubOptions;
  /** What started the workflow. */
  event?: WorkflowEvent;
  /** `github_token` of every step (default: the job's own). */
  token?: keyof GitHubServer['tokens'];
}

/** Runs `work` in a new world with GitHub, and closes the world. */
export async function inGitHubWorld(
  work: (world: GitHubWorld) => Promise<void>,
  options: GitHubWorldOptions = {},
): Promise<void> {
  // Most tests name owners by address without giving each a GitHub account.
  const seed = { check_email_owners: false, ...options.github?.seed };
  const github = await startGitHub({ ...options.github, seed });
  const token = github.tokens[options.token ?? 'default'];
  const context = { token, apiUrl: github.apiUrl, ...(options.event ? { event: options.event } : {}) };
  try {
    const githubRequests = () => github.requests.map(({ operation }) => operation);
    const secrets = Object.values(github.tokens);
    await inWorldOf((world) => work({ ...world, github, githubRequests }), options, context, secrets);
  } finally {
    await github.close();
  }
}

/** The comments on pull request 1, in order. */
export async function commentsOf({ github }: GitHubWorld): Promise<{ fullDatabaseId: string; body: string }[]> {
  const comments = 'comments(first: 100) { nodes { fullDatabaseId body } }';
  const query = `{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) { ${comments} } } }`;
  const headers = { authorization: `Bearer ${github.tokens.default}` };
  const body = JSON.stringify({ query });
  const response = await fetch(`${github.apiUrl}/graphql`, { method: 'POST', headers, body });
  // biome-ignore lint/suspicious/noExplicitAny: the body of a response
  const { data } = (await response.json()) as any;
  return data.repository.pullRequest.comments.nodes;
}

/** A clock that a test advances: `now` is for the emulators, `later` for a step. */
export interface MovableClock {
  now(): Date;
  /** Milliseconds by which the clock is ahead. */
  readonly later: number;
  advance(ms: number): void;
}

export function movableClock(): MovableClock {
  let later = 0;
  return {
    now: () => new Date(Date.now() + later),
    get later() {
      return later;
    },
    advance(ms) {
      later += ms;
    },
  };
}

/** A world on such a clock, with a token that may write secrets. */
export function worldOn(clock: MovableClock, more: GitHubWorldOptions = {}): GitHubWorldOptions {
  return { token: 'app', ...more, now: clock.now, github: { now: clock.now, ...more.github } };
}

async function inWorldOf(
  work: (world: World) => Promise<void>,
  options: StartOptions,
  context: JobContext = {},
  secrets: string[] = [],
): Promise<void> {
  const seed = { organization_key_rights: defaultRights, ...options.seed };
  const neon = await startNeon({ rateLimits: false, ...options, seed });
  const job = startJob({ RUNNER_DEBUG: '1', ...fastTime, ...compileCache }, context);
  // In fast time, and long enough for a machine that is busy with other tests.
  const base = { api_key: neon.tokens.admin, org_id: neon.organizationId, api_host: neon.apiHost, timeout: '20s' };
  try {
    await work({
      neon,
      job,
      base,
      mint: { operation: 'create-key', project_id: neon.projectId, ...base },
      mintedKeys: () => neon.liveKeys().filter(({ name }) => name.includes('~gha.')),
      requests: () => neon.requests.map(({ operation }) => operation),
      expectNoLeak: (...runs) => {
        const tokens = [...neon.state().credentials.map(({ token }) => token), ...secrets];
        for (const run of runs) expectNoTokenIn(run, tokens);
      },
    });
  } finally {
    job.end();
    await neon.close();
  }
}

function expectNoTokenIn(run: Run, tokens: string[]): void {
  const { api_key: _handedOver, ...outputs } = run.outputs;
  const { NEON_API_KEY: _asked, ...variables } = run.variables;
  const places = {
    stdout: run.stdout
      .split('\n')
      .filter((line) => !line.startsWith('::add-mask::'))
      .join('\n'),
    stderr: run.stderr,
    log: run.log.join('\n'),
    summary: run.summary,
    state: JSON.stringify(run.state),
    outputs: JSON.stringify(outputs),
    variables: JSON.stringify(variables),
  };
  const forms = tokens.flatMap((token) => [token, ...encodedForms(token)]);
  const leaks = Object.entries(places).filter(([, text]) => forms.some((form) => text.includes(form)));
  // One assertion: an assertion for each form and place takes longer than the search.
  expect(
    leaks.map(([place]) => place),
    'places with a token',
  ).toEqual([]);
}
