// The toolkit's own commands without its public index, the only import of this kind in src/. The index brings an HTTP client,
// which ncc cannot leave out: 1.7 MB and 60 ms more at every start (Node 24.21; 6 KB without it).

import { existsSync } from 'node:fs';
import { issueCommand } from '../../node_modules/@actions/core/lib/command.js';
import { issueFileCommand, prepareKeyValueMessage } from '../../node_modules/@actions/core/lib/file-command.js';
import { maskEmails } from '../lib/email.ts';
import { printable } from '../lib/text.ts';
import { createRedactor } from './redact.ts';

/** The runner's commands and files. Every text is redacted first, so that no code can print a secret. */
export interface Runner {
  /** Hides a secret in all that follows, here and in the job's logs. Write the secret nowhere before. */
  mask(secret: string): void;
  /** From now on texts show e-mail addresses; until then they are masked in all that people read. */
  showEmails(): void;
  debug(line: string): void;
  info(line: string): void;
  notice(message: string): void;
  warning(message: string): void;
  /** An error annotation; the step fails. */
  fail(message: string): void;
  /** The log lines of `work` under a title that can be folded. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>;
  setOutput(name: string, value: string): void;
  exportVariable(name: string, value: string): void;
  saveState(name: string, value: string): void;
  appendSummary(markdown: string): void;
}

/**
 * Checks that the runner provides what the operations rely on, before anything is done.
 * @throws Error when it does not run as GitHub's runner starts it
 */
export function checkRunner(
  env: NodeJS.ProcessEnv,
  { versions, arch }: Pick<NodeJS.Process, 'versions' | 'arch'>,
): void {
  // Older ones cannot read the ids of keys exactly.
  if (Number.parseInt(versions.node, 10) < 24) {
    const advice =
      arch === 'arm'
        ? "GitHub's runner falls back to Node 20 on 32-bit ARM: use a 64-bit runner."
        : 'Update the runner to 2.327.1 or newer.';
    throw new Error(`This action requires Node 24, but runs on Node ${versions.node}. ${advice}`);
  }
  const missing = ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE'].filter((name) => !existsSync(env[name] ?? ''));
  if (missing.length > 0) {
    throw new Error(
      `${missing.join(', ')} must be the path of an existing file: GitHub's runner sets it for every step.`,
    );
  }
}

export function createRunner(): Runner {
  // A closed log must not end a step that has a key to revoke.
  process.stdout.on('error', () => {});
  const { add, redact } = createRedactor();
  let hide = maskEmails;

  /** What people read. */
  const readable = (text: string) => printable(hide(redact(text)));
  const annotate = (level: string, message: string) => issueCommand(level, {}, readable(message).slice(0, 4096));
  const print = (line: string) => process.stdout.write(`${disarm(readable(line))}\n`);

  return {
    mask(secret) {
      if (secret === '') return;
      for (const form of add(secret)) issueCommand('add-mask', {}, form);
    },
    showEmails() {
      hide = (text) => text;
    },
    debug: (line) => issueCommand('debug', {}, readable(line)),
    info: print,
    notice: (message) => annotate('notice', message),
    warning: (message) => annotate('warning', message),
    fail(message) {
      process.exitCode = 1;
      annotate('error', message);
    },
    async group(title, work) {
      issueCommand('group', {}, readable(title));
      try {
        return await work();
      } finally {
        issueCommand('endgroup', {}, '');
      }
    },
    setOutput: (name, value) => issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value)),
    exportVariable: (name, value) => issueFileCommand('ENV', prepareKeyValueMessage(name, value)),
    saveState: (name, value) => issueFileCommand('STATE', prepareKeyValueMessage(name, redact(value))),
    appendSummary(markdown) {
      // Some runners have no summaries, and disks can be full: no reason to fail a step that did its work.
      try {
        if (process.env['GITHUB_STEP_SUMMARY']) issueFileCommand('STEP_SUMMARY', readable(markdown));
      } catch (error) {
        annotate('warning', `The job summary could not be written: ${(error as Error).message}`);
      }
    },
  };
}

/** The runner takes a line that begins with `::`, or has `##[` anywhere, for a command: a text must not be one. */
function disarm(text: string): string {
  // U+0085 is white space to the runner (.NET), and not to JavaScript.
  return text.replace(/^([\s\u0085]*)::/gm, '$1\u200b::').replaceAll('##[', '##\u200b[');
}
