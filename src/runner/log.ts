// Imports the toolkit's commands without its public index, as in commands.ts. The index loads an HTTP client that ncc cannot
// leave out: 1.7 MB instead of 6 KB, and 60 ms more at every start (Node 24.21).

import { issueCommand } from '../../node_modules/@actions/core/lib/command.js';
import { maskEmails } from '../lib/email.ts';
import { createRedactor } from '../lib/redact.ts';
import { printable } from '../lib/text.ts';

/** The log. Every text is redacted first, so that no code can print a secret. */
export interface Log {
  /** Hides a secret in all later texts and in the logs of the job. Call this before the secret is used anywhere. */
  mask(secret: string): void;
  /** Shows e-mail addresses from now on. Until then, they are masked in logs, annotations and summaries. */
  showEmails(): void;
  debug(line: string): void;
  info(line: string): void;
  notice(message: string): void;
  warning(message: string): void;
  /** An error annotation; the step fails. */
  fail(message: string): void;
  /** Logs the lines of `work` as a collapsible group. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>;
  /** A text for everyone, such as a comment: without secrets, and always without e-mail addresses. */
  forPublic(text: string): string;
  /** A text without secrets. */
  redact(text: string): string;
  /** A text for the log and the summary: without secrets and, by default, without e-mail addresses. */
  readable(text: string): string;
}

export function createLog(): Log {
  // If the log is closed, a step must still revoke its keys.
  process.stdout.on('error', () => {});
  const { add, redact } = createRedactor();
  let maskText = maskEmails;

  const readable = (text: string) => printable(maskText(redact(text)));
  const annotate = (level: string, message: string) => issueCommand(level, {}, readable(message).slice(0, 4096));
  const print = (line: string) => process.stdout.write(`${disarm(readable(line))}\n`);

  return {
    mask(secret) {
      if (secret === '') return;
      for (const form of add(secret)) issueCommand('add-mask', {}, form);
    },
    showEmails() {
      maskText = (text) => text;
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
    forPublic: (text) => printable(maskEmails(redact(text))),
    redact,
    readable,
  };
}

/** Keeps a text from being a command: the runner executes lines that begin with `::` or contain `##[`. */
function disarm(text: string): string {
  // U+0085 is white space to the runner (.NET), but not to JavaScript.
  return text.replace(/^((?:[^\S\n\r\u2028\u2029]|\u0085)*)::/gm, '$1\u200b::').replaceAll('##[', '##\u200b[');
}
