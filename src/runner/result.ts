import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Runner } from './commands.ts';
import { withHelp } from './help.ts';
import { fitSummary } from './markdown.ts';

/** The result of an operation, for later steps and for the summary. */
export interface Result {
  changed: boolean;
  /** Outputs that are short. */
  outputs: Record<string, string>;
  /** Environment variables for the later steps of the job. */
  variables?: Record<string, string> | undefined;
  /** Outputs that are JSON, and may be long. */
  json?: Record<string, unknown> | undefined;
  /** Markdown for the job summary. */
  summary: string;
  /** Called after the outputs are written. */
  delivered?: (() => unknown) | undefined;
  /** Why the step fails although it has a result. Reported after the outputs. */
  failure?: string | undefined;
}

/** GitHub limits the outputs of a job to 1 MB, so one step must not use all of it. */
const maxJsonBytes = 256 * 1024;

/**
 * Reports a result: outputs, then the summary, then the failure.
 * @param options `folder` is for JSON that is too long for outputs: RUNNER_TEMP, which the runner empties after the job
 */
export function reportResult(
  result: Result,
  runner: Runner,
  options: { summary: boolean; folder: string; fileName: string },
): void {
  const json = Object.entries(result.json ?? {}).map(([name, value]) => [name, JSON.stringify(value)] as const);
  const bytes = json.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
  runner.setOutput('changed', String(result.changed));
  for (const [name, value] of Object.entries(result.outputs)) runner.setOutput(name, value);
  for (const [name, value] of Object.entries(result.variables ?? {})) runner.exportVariable(name, value);
  try {
    if (bytes > maxJsonBytes) writeResultFile(json, runner, options);
    else for (const [name, text] of json) runner.setOutput(name, text);
    result.delivered?.();
  } finally {
    // The summary is written even if an output could not be.
    if (options.summary) runner.appendSummary(fitSummary(result.summary));
  }
  if (result.failure) runner.fail(withHelp(result.failure));
}

function writeResultFile(
  json: (readonly [name: string, text: string])[],
  runner: Runner,
  { folder, fileName }: { folder: string; fileName: string },
): void {
  if (!folder)
    throw new Error(
      'The result is too long for outputs and could not be written to a file, because RUNNER_TEMP is not set.',
    );
  const file = join(folder, fileName);
  const members = json.map(([name, text]) => `${JSON.stringify(name)}:${text}`);
  writeFileSync(file, `{${members.join(',')}}`, { mode: 0o600 });
  runner.setOutput('result_file', file);
  const names = json.map(([name]) => `\`${name}\``).join(', ');
  runner.notice(
    `The result is too long for outputs, so ${names} ${json.length === 1 ? 'is' : 'are'} in a file instead. The output \`result_file\` is its path.`,
  );
}
