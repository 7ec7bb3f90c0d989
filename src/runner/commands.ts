// The toolkit's own commands without its public index, the only import of this kind in src/. The index brings an HTTP client,
// which ncc cannot leave out: 1.7 MB and 60 ms more at every start (Node 24.21; 6 KB without it).

import { existsSync } from 'node:fs';
import { issueCommand } from '../../node_modules/@actions/core/lib/command.js';
import { issueFileCommand, prepareKeyValueMessage } from '../../node_modules/@actions/core/lib/file-command.js';
import { maskEmails } from '../lib/email.ts';
import { entities, printable } from '../lib/text.ts';

/** What GitHub's runner is told; every text is redacted first, so that no path of ours can print a secret. */
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
 * Checks that there is where this action says what it does, before it does anything.
 * @throws Error when it does not run as GitHub's runner starts it
 */
export function checkRunner(env: NodeJS.ProcessEnv, nodeVersion: string): void {
  // Older ones cannot read the ids of keys exactly.
  if (Number.parseInt(nodeVersion, 10) < 24) {
    throw new Error(`This action needs Node 24, which runners from 2.327.1 bring; this is Node ${nodeVersion}.`);
  }
  const missing = ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE'].filter((name) => !existsSync(env[name] ?? ''));
  if (missing.length > 0) {
    throw new Error(`${missing.join(', ')} must be the path of a file that GitHub's runner makes and reads.`);
  }
}

/** Shorter encoded forms are words of everyday logs: hiding them would make logs unreadable. */
const shortestForm = 8;

export function createRunner(): Runner {
  // A log that nobody reads any more must not end a step that has a key to revoke.
  process.stdout.on('error', () => {});
  const secrets = new Set<string>();
  let hide = maskEmails;

  const redact = (text: string) => {
    let clean = text;
    // The longest first: one secret may be the beginning of another.
    for (const secret of [...secrets].sort((a, b) => b.length - a.length)) clean = clean.replaceAll(secret, '***');
    return clean;
  };
  /** What people read. */
  const readable = (text: string) => printable(hide(redact(text)));
  const annotate = (level: string, message: string) => issueCommand(level, {}, readable(message).slice(0, 4096));
  const print = (line: string) => process.stdout.write(`${disarm(readable(line))}\n`);

  return {
    mask(secret) {
      if (secret === '') return;
      for (const form of [secret, ...encodedForms(secret)]) {
        issueCommand('add-mask', {}, form);
        secrets.add(form).add(entities(form));
      }
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
      // Some runners have no summaries, and disks are full at times: no reason to fail a step that did its work.
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

/**
 * The encodings in which a secret commonly leaks and which the runner does not derive itself: hex, base64url, and
 * base64 in the middle of more text. Base64 works on groups of three bytes, so of each of the three ways in which the
 * secret can lie in the groups, the part is taken that does not depend on its neighbours.
 */
export function encodedForms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const forms = new Set([bytes.toString('hex'), bytes.toString('hex').toUpperCase()]);
  for (const skip of [0, 1, 2]) {
    const whole = bytes.subarray(skip, bytes.length - ((bytes.length - skip) % 3));
    forms.add(whole.toString('base64')).add(whole.toString('base64url'));
  }
  forms.add(Buffer.from(`${secret}:`).toString('base64'));
  forms.delete('');
  return [...forms].filter((form) => form.length >= shortestForm && form !== secret);
}
