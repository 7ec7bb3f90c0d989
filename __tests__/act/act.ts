import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFailed } from 'vitest';
import type { WorkflowEvent } from '../../emulator/events.ts';
import { workflowRun } from '../../emulator/runner.ts';
import { tool } from '../../scripts/tools.ts';
import { encodedForms } from '../../src/lib/redact.ts';

const root = join(import.meta.dirname, '../..');
const act = tool('act');

/** A folder that is removed at the end of `using`. */
export function scratch(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'neon-org-action-act-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Makes `folder` a repository with one commit, like a clone of `name` (owner/name) from GitHub. */
export function commit(folder: string, name: string): void {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  const who = ['-c', 'user.name=ci', '-c', 'user.email=ci@example.com', '-c', 'commit.gpgSign=false'];
  git(...who, 'commit', '--quiet', '--message=All');
  git('remote', 'add', 'origin', `https://github.com/${name}`);
}

/** Copies the files of this checkout that are committed or not ignored, as GitHub would provide them. */
export function publish(folder: string): void {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', list, { cwd: root, encoding: 'utf8' }).split('\0');
  for (const file of files.filter((name) => name !== '' && existsSync(join(root, name)))) {
    cpSync(join(root, file), join(folder, file));
  }
}

/**
 * Stands in for actions/setup-node where it cannot be downloaded: steps use the Node of this machine. For
 * actions/checkout, act has its own implementation.
 */
export function standInForSetupNode(folder: string): void {
  const steps = [{ run: 'node --version', shell: 'bash' }];
  write(folder, { 'action.yml': JSON.stringify({ name: 'Stand-in', runs: { using: 'composite', steps } }) });
}

/** @returns the `owner/name@ref` of each action of other repositories that a workflow uses */
export function actionsOf(workflow: string): string[] {
  return [...workflow.matchAll(/^[\s-]*uses: ([^\s./][^\s@]*@\S+)/gm)].map(([, uses = '']) => uses);
}

/** Writes files by name. Those without an extension are executable. */
export function write(folder: string, files: Record<string, string>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content, { mode: name.includes('.') ? 0o644 : 0o755 });
  }
}

export interface ActOptions {
  /** The repository. */
  folder: string;
  /** The workflow's path in it. */
  workflow: string;
  event: WorkflowEvent;
  job?: string;
  /** One job of a matrix, such as `os:ubuntu-latest`. */
  matrix?: string;
  secrets?: Record<string, string>;
  vars?: Record<string, string>;
  /** The environment of act, which every step inherits. */
  env?: Record<string, string | undefined>;
  /** The folders of actions of other repositories, by `owner/name@ref`. */
  actions?: Record<string, string>;
  /** Called with the process of act as soon as it runs. */
  started?: (child: ChildProcess) => void;
}

export interface ActRun {
  exitCode: number | null;
  /** Everything that act wrote, byte for byte. */
  log: string;
  /** What the steps wrote, without act's prefix. */
  output: string[];
}

/** Runs a workflow in act, without a container. Prints act's verdict on each job, and the whole log if the test fails. */
export async function runAct(options: ActOptions): Promise<ActRun> {
  using temp = scratch();
  const file = (name: string, content: object) => {
    const path = join(temp.path, name);
    // JSON is valid YAML; act selects the format by the file extension.
    writeFileSync(path, JSON.stringify(content));
    return path;
  };
  const flags: Record<string, string | undefined> = {
    directory: options.folder,
    workflows: join(options.folder, options.workflow),
    job: options.job,
    matrix: options.matrix,
    platform: 'ubuntu-latest=-self-hosted',
    eventpath: file('event.json', options.event.payload),
    'env-file': file('env.yml', contextOf(options.event)),
    'secret-file': file('secrets.yml', { GITHUB_TOKEN: 'unused', ...options.secrets }),
    'var-file': file('vars.yml', options.vars ?? {}),
    'input-file': file('inputs.yml', {}),
    'action-cache-path': join(temp.path, 'cache'),
  };
  const args = [
    ...[options.event.name, '--strict', '--no-cache-server'],
    ...Object.entries(flags).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value])),
    ...Object.entries(options.actions ?? {}).flatMap((pair) => ['--local-repository', pair.join('=')]),
  ];
  const env = { PATH: process.env['PATH'], HOME: temp.path, ACT_DISABLE_VERSION_CHECK: '1', ...options.env };
  const child = spawn(act, args, { cwd: temp.path, env, stdio: ['ignore', 'pipe', 'pipe'] });
  options.started?.(child);
  const [stdout, stderr, exitCode] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve)),
  ]);
  onTestFailed(() => console.log(stdout + stderr));
  for (const verdict of stdout.match(/^.*🏁.*$/gm) ?? [])
    console.log(`${expect.getState().currentTestName}:\n  ${verdict}`);
  return {
    exitCode,
    log: stdout + stderr,
    output: [...stdout.matchAll(/^\[[^\]]*\] {3}\| (.*?)\r?$/gm)].map(([, line = '']) => line),
  };
}

/** Fails if a log contains a token of the emulator of Neon, in any encoding. */
export function expectNoToken(log: string, tokens: string[] = []): void {
  expect(log).not.toMatch(/neon_emulated_/);
  for (const form of tokens.flatMap((token) => [token, ...encodedForms(token)])) expect(log.includes(form)).toBe(false);
}

/** Values that act would otherwise read from this machine and the clone. */
function contextOf({ ref, sha, baseRef = '', headRef = '' }: WorkflowEvent): Record<string, string> {
  const { CI: _ci, GITHUB_ACTIONS: _actions, GITHUB_JOB: _job, ...run } = workflowRun;
  return { ...run, GITHUB_REF: ref, SHA_REF: sha, GITHUB_BASE_REF: baseRef, GITHUB_HEAD_REF: headRef };
}
