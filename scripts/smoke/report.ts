import { code, table } from '../../src/runner/markdown.ts';
import type { StepOutcome } from './operations.ts';
import type { Finding } from './questions.ts';

export interface SmokeReport {
  steps: StepOutcome[];
  findings: Finding[];
  /** Names of keys of the run that could not be revoked. */
  leftKeys: string[];
}

/** @returns whether every step passed and no key is left */
export function hasPassed({ steps, leftKeys }: SmokeReport): boolean {
  return steps.every(({ passed }) => passed) && leftKeys.length === 0;
}

/** The summary of the smoke test: failures first, then the answers to the questions. */
export function smokeSummary(report: SmokeReport): string {
  const { steps, findings, leftKeys } = report;
  const failed = steps.filter(({ passed }) => !passed);
  const parts = [`### Smoke test against Neon: ${titleOf(report, failed.length)}`];
  if (leftKeys.length > 0) {
    parts.push(
      '#### Keys that are still active',
      'Revoke them in the Neon Console.',
      list(leftKeys.map((name) => code(name))),
    );
  }
  for (const { operation, inputs, log } of failed) {
    parts.push(
      `#### ${[code(operation), code(inputs)].join(' ').trim()}`,
      list(log.slice(-20).map((line) => code(line))),
    );
  }
  const rows = steps.map(({ operation, inputs, passed }) => [code(operation), code(inputs), passed ? '✅' : '❌']);
  parts.push('#### Operations', table(['Operation', 'Inputs', 'Passed'], rows));
  for (const { question, observed } of findings) {
    const responses = observed.map(({ attempt, response }) => [attempt, code(response)]);
    parts.push(`#### ${question}`, table(['Attempt', "Neon's response"], responses));
  }
  return `${parts.join('\n\n')}\n`;
}

function titleOf({ steps, leftKeys }: SmokeReport, failed: number): string {
  if (failed > 0) return `❌ ${failed} of ${steps.length} steps failed`;
  return leftKeys.length > 0 ? `❌ keys still active: ${leftKeys.length}` : `✅ steps passed: ${steps.length}`;
}

const list = (items: string[]) => items.map((item) => `- ${item}`).join('\n');
