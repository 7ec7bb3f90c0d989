import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Runner } from '../../src/runner/commands.ts';
import { type Result, reportResult } from '../../src/runner/result.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'neon-org-action-report-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Reports a result to a runner that only records the calls. */
function reported(result: Partial<Result>, options: { summary?: boolean; folder?: string } = {}) {
  const calls: string[] = [];
  const outputs: Record<string, string> = {};
  const note =
    (name: string) =>
    (...values: string[]) =>
      void calls.push([name, ...values].join(' '));
  const runner: Partial<Runner> = {
    setOutput(name, value) {
      calls.push(`output ${name}`);
      outputs[name] = value;
    },
    exportVariable: note('variable'),
    notice: note('notice'),
    warning: note('warning'),
    appendSummary: note('summary'),
    fail: note('fail'),
  };
  reportResult(
    { changed: false, outputs: {}, summary: 'text', delivered: note('delivered'), ...result },
    runner as Runner,
    {
      summary: true,
      folder,
      fileName: 'result.json',
      ...options,
    },
  );
  return { calls, outputs };
}

describe('reportResult', () => {
  it('writes the outputs, marks them as delivered, then writes the summary and reports the failure', () => {
    const { calls, outputs } = reported({
      changed: true,
      outputs: { key_id: '5' },
      variables: { NEON_API_KEY: 'token' },
      json: { keys: [1] },
      failure: 'not all of it',
    });
    expect(calls).toEqual([
      'output changed',
      'output key_id',
      'variable NEON_API_KEY token',
      'output keys',
      'delivered',
      'summary text',
      'fail not all of it',
    ]);
    expect(outputs).toEqual({ changed: 'true', key_id: '5', keys: '[1]' });
  });

  it('reports no failure without a failure', () => {
    expect(reported({}).calls).toEqual(['output changed', 'delivered', 'summary text']);
  });

  it('writes no summary if the input says so', () => {
    expect(reported({}, { summary: false }).calls).toEqual(['output changed', 'delivered']);
  });

  it('writes a summary that GitHub shows', () => {
    const { calls } = reported({ summary: 'y\n'.repeat(1024 * 1024) });
    expect(Buffer.byteLength(calls.at(-1) ?? '')).toBeLessThan(1024 * 1024);
  });
});

describe('JSON results', () => {
  const limit = 256 * 1024;
  const fitting = 'y'.repeat(limit - 2);

  it.each<[string, Record<string, unknown>]>([
    ['one that just fits', { keys: fitting }],
    ['several that fit together', { keys: 'y'.repeat(limit / 2 - 2), members: 'y'.repeat(limit / 2 - 2) }],
  ])('are written to the outputs: %s', (_what, json) => {
    const { outputs } = reported({ json });
    for (const [name, value] of Object.entries(json)) expect(outputs[name]).toBe(JSON.stringify(value));
    expect(outputs).not.toHaveProperty('result_file');
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['one that is a byte too long', { keys: `${fitting}y` }],
    ['one that is too long in UTF-8 only', { keys: 'ü'.repeat(limit / 2) }],
    ['several that do not fit together', { keys: fitting, members: [], '"odd"\n': { a: [null] } }],
  ])('are written to a file: %s', (_what, json) => {
    const { outputs, calls } = reported({ outputs: { key_count: '7' }, json });
    const path = join(folder, 'result.json');
    expect(outputs).toEqual({ changed: 'false', key_count: '7', result_file: path });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(json);
    expect(calls.find((call) => call.startsWith('notice'))).toContain('`result_file`');
    expect(calls.indexOf('delivered')).toBeGreaterThan(calls.indexOf('output result_file'));
  });

  it('fail without a folder before the outputs are marked as delivered', () => {
    const delivered = vi.fn();
    expect(() => reported({ json: { keys: `${fitting}y` }, delivered }, { folder: '' })).toThrow('RUNNER_TEMP');
    expect(delivered).not.toHaveBeenCalled();
  });

  it('are in a file that only its owner can read', () => {
    reported({ json: { keys: `${fitting}y` } });
    const path = join(folder, 'result.json');
    expect(existsSync(path)).toBe(true);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
