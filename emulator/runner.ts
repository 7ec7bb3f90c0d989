// A stand-in for GitHub's runner. It starts the built action as the runner does, reads its command files and masks its log.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { WorkflowEvent } from './events.ts';

const root = join(import.meta.dirname, '..');
const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as {
  inputs: Record<string, { default?: string }>;
  runs: { main: string; post: string };
};

/** The result of one process of a step. */
export interface Run {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** As written, before masking. */
  stdout: string;
  stderr: string;
  /** The log as GitHub shows it: without commands, with masks applied. */
  log: string[];
  outputs: Record<string, string>;
  state: Record<string, string>;
  /** Set for the later steps of the job (GITHUB_ENV). */
  variables: Record<string, string>;
  summary: string;
}

interface RunOptions {
  /** Called with the process as soon as it runs. A test may kill it. */
  started?: (child: ChildProcess) => void;
  /** Environment variables of this process, in addition to those of the job. */
  env?: Record<string, string>;
  /** Milliseconds by which the process's clock is ahead, as if the job had taken that long. */
  later?: number;
}

interface Step {
  /** The values of `with:`. Changes affect the next process. */
  inputs: Record<string, string>;
  /** Runs the action's main. */
  main(options?: RunOptions): Promise<Run>;
  /** Runs the action's post with the state that main saved, as if the job had taken a minute. */
  post(options?: RunOptions): Promise<Run>;
  /** The state that main has saved so far. The runner reads it as soon as it considers main ended. */
  savedState(): Record<string, string>;
}

export interface Job {
  /** A step of the job that uses this action. */
  step(inputs: Record<string, string>): Step;
  /** A `run:` step: any program, with the job's variables. */
  run(command: string, args: string[], env?: Record<string, string>): Promise<Run>;
  /** The values that any step has passed to `add-mask` so far. */
  masks: ReadonlySet<string>;
  /** Removes the job's folder, as the runner does at its end. */
  end(): void;
}

/** The variables of a workflow run. */
export const workflowRun = {
  CI: 'true',
  GITHUB_ACTIONS: 'true',
  GITHUB_JOB: 'integration-tests',
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_REPOSITORY_ID: '812345678',
  GITHUB_REPOSITORY_OWNER: 'acme',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_RUN_ID: '19876543210',
  GITHUB_SERVER_URL: 'https://github.com',
};

/** The rest of the `github` context. */
export interface JobContext {
  /** `github.token`. A step gets it only as the default of an input. */
  token?: string;
  /** `github.api_url` */
  apiUrl?: string;
  /** What started the workflow. */
  event?: WorkflowEvent;
}

/**
 * Starts a job with its own folder. Of this process's environment, it inherits only PATH.
 * @param env variables of the job, which override those of `workflowRun` and of the context
 */
export function startJob(env: Record<string, string> = {}, context: JobContext = {}): Job {
  return new EmulatedJob(env, context);
}

class EmulatedJob implements Job {
  /** Contains the job's token from the start, as on GitHub. */
  readonly masks: Set<string>;
  private readonly folder = mkdtempSync(join(tmpdir(), 'neon-org-action-job-'));
  private readonly token: string;
  private readonly variables: Record<string, string>;
  private processes = 0;

  constructor(env: Record<string, string>, context: JobContext) {
    this.token = context.token ?? '';
    this.masks = new Set(context.token ? [context.token] : []);
    const fromContext = contextVariables(context, this.folder);
    this.variables = { ...workflowRun, ...fromContext, RUNNER_TEMP: this.folder, ...env };
  }

  step(inputs: Record<string, string>): Step {
    let state: Record<string, string> = {};
    let mainFiles: CommandFiles | undefined;
    const entry = (file: string, options: RunOptions, files: CommandFiles) => {
      const env = { ...inputVariables(inputs, this.github()), ...prefixed('STATE_', state), ...options.env };
      return this.start(process.execPath, [...clockAhead(options.later), join(root, file)], { ...options, env }, files);
    };
    return {
      inputs,
      main: async (options = {}) => {
        mainFiles = this.newFiles();
        const run = await entry(action.runs.main, options, mainFiles);
        state = run.state;
        return run;
      },
      post: (options = {}) => entry(action.runs.post, { later: oneMinuteMs, ...options }, this.newFiles()),
      savedState: () => (mainFiles ? readCommandFile(mainFiles.GITHUB_STATE) : {}),
    };
  }

  run(command: string, args: string[], env: Record<string, string> = {}): Promise<Run> {
    return this.start(command, args, { env }, this.newFiles());
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async start(
    command: string,
    args: string[],
    { started, env }: RunOptions,
    files: CommandFiles,
  ): Promise<Run> {
    const child = spawn(command, args, {
      cwd: this.folder,
      env: { PATH: process.env['PATH'], ...this.variables, ...files, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started?.(child);
    const [stdout, stderr, [exitCode, signal]] = await Promise.all([
      collect(child.stdout),
      collect(child.stderr),
      new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
        child.on('error', reject);
        child.on('close', (...end) => resolve(end));
      }),
    ]);
    const log = maskedLog(stdout + stderr, this.masks, this.variables['RUNNER_DEBUG'] === '1');
    const run = { exitCode, signal, stdout, stderr, log, ...resultsIn(files) };
    Object.assign(this.variables, run.variables);
    return run;
  }

  /** The `github` context, for expressions. */
  private github(): Record<string, string> {
    return { token: this.token, api_url: this.variables['GITHUB_API_URL'] ?? '' };
  }

  private newFiles(): CommandFiles {
    this.processes += 1;
    return commandFiles(this.folder, this.processes);
  }
}

type CommandFiles = ReturnType<typeof commandFiles>;

function resultsIn(files: CommandFiles): Pick<Run, 'outputs' | 'state' | 'variables' | 'summary'> {
  return {
    outputs: readCommandFile(files.GITHUB_OUTPUT),
    state: readCommandFile(files.GITHUB_STATE),
    variables: readCommandFile(files.GITHUB_ENV),
    summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
  };
}

const oneMinuteMs = 60_000;

/** Arguments that set Node's clock ahead. */
function clockAhead(ms = 0): string[] {
  return ms === 0 ? [] : ['--import', `data:text/javascript,const now = Date.now; Date.now = () => now() + ${ms};`];
}

/** Creates the files to which a process writes its results. @param number unique within the job */
export function commandFiles(folder: string, number: number) {
  const file = (kind: string) => {
    const path = join(folder, `${kind}_${number}`);
    writeFileSync(path, '');
    return path;
  };
  return {
    GITHUB_ENV: file('set_env'),
    GITHUB_OUTPUT: file('set_output'),
    GITHUB_STATE: file('save_state'),
    GITHUB_STEP_SUMMARY: file('step_summary'),
  };
}

/** Writes the event's payload to a file in the job's folder, as the runner does. */
function contextVariables({ apiUrl, event }: JobContext, folder: string): Record<string, string> {
  const variables: Record<string, string> = apiUrl === undefined ? {} : { GITHUB_API_URL: apiUrl };
  if (event === undefined) return variables;
  const path = join(folder, 'event.json');
  writeFileSync(path, JSON.stringify(event.payload));
  return {
    ...variables,
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: path,
    GITHUB_REF: event.ref,
    GITHUB_REF_NAME: event.ref.replace(/^refs\/(?:heads|pull|tags)\//, ''),
    GITHUB_SHA: event.sha,
    GITHUB_BASE_REF: event.baseRef ?? '',
    GITHUB_HEAD_REF: event.headRef ?? '',
  };
}

/** `with:`, and the evaluated defaults of action.yml. Inputs with neither are empty. */
function inputVariables(inputs: Record<string, string>, github: Record<string, string>): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, input] of Object.entries(action.inputs)) {
    values[name.toUpperCase()] = evaluated(input.default ?? '', github);
  }
  for (const [name, value] of Object.entries(inputs)) values[name.toUpperCase()] = value;
  return prefixed('INPUT_', values);
}

/** Evaluates `${{ github.… }}`. @throws Error for any other expression */
function evaluated(text: string, github: Record<string, string>): string {
  return text.replaceAll(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
    const value = github[/^github\.(\w+)$/.exec(expression)?.[1] ?? ''];
    if (value === undefined) throw new Error(`the stand-in for the runner cannot evaluate ${expression}`);
    return value;
  });
}

function prefixed(prefix: string, values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]));
}

/** Reads `name<<delimiter … delimiter` and `name=value`. The last value of a name counts. */
export function readCommandFile(path: string): Record<string, string> {
  const values: Record<string, string> = {};
  const lines = readFileSync(path, 'utf8').split(/\r?\n/);
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i] as string;
    const [, name, delimiter] = /^([^=]+?)<<(.+)$/.exec(line) ?? [];
    if (name && delimiter) {
      const end = lines.indexOf(delimiter, i + 1);
      values[name] = lines.slice(i + 1, end).join('\n');
      i = end;
    } else if (line.includes('=')) values[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
  }
  return values;
}

/** Applies each `add-mask` to the lines that follow, and shows other commands as the runner's log does. */
function maskedLog(text: string, masks: Set<string>, debug: boolean): string[] {
  const log: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, command = '', value = ''] = /^::([a-z-]+)(?: [^:]*)?::(.*)$/.exec(line) ?? [];
    const message = value.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
    if (command === 'add-mask') masks.add(message);
    const visible = command === '' ? line : (logLine[command]?.(message, debug) ?? '');
    if (visible !== '') log.push(...shown(visible, masks));
  }
  return log;
}

const logLine: Record<string, (message: string, debug: boolean) => string> = {
  debug: (message, debug) => (debug ? `##[debug]${message}` : ''),
  group: (message) => `▼ ${message}`,
  notice: (message) => `Notice: ${message}`,
  warning: (message) => `Warning: ${message}`,
  error: (message) => `Error: ${message}`,
};

function shown(text: string, masks: Set<string>): string[] {
  let masked = text;
  for (const secret of [...masks].sort((a, b) => b.length - a.length)) masked = masked.replaceAll(secret, '***');
  return masked.split('\n');
}

async function collect(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
