// Imports the toolkit's command files without its public index, for the reason in log.ts. They load node:crypto, so this is
// a separate module: invalid inputs are reported without loading it.

import { issueFileCommand, prepareKeyValueMessage } from '../../node_modules/@actions/core/lib/file-command.js';
import { createLog, type Log } from './log.ts';

/** The runner's commands and files. */
export interface Runner extends Log {
  setOutput(name: string, value: string): void;
  exportVariable(name: string, value: string): void;
  saveState(name: string, value: string): void;
  appendSummary(markdown: string): void;
}

/** Adds the runner's files to a log. The state and the summary are redacted. */
export function createRunner(log: Log = createLog()): Runner {
  const { redact, readable, warning } = log;
  return {
    ...log,
    setOutput: (name, value) => issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value)),
    exportVariable: (name, value) => issueFileCommand('ENV', prepareKeyValueMessage(name, value)),
    saveState: (name, value) => issueFileCommand('STATE', prepareKeyValueMessage(name, redact(value))),
    appendSummary(markdown) {
      // Some runners have no summaries, and disks can be full. Neither must fail a step whose work is done.
      try {
        if (process.env['GITHUB_STEP_SUMMARY']) issueFileCommand('STEP_SUMMARY', readable(markdown));
      } catch (error) {
        warning(`The job summary could not be written: ${(error as Error).message}`);
      }
    },
  };
}
