import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkRunner } from '../../src/runner/check.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'neon-org-action-check-'));
  for (const name of ['ENV', 'OUTPUT', 'STATE']) writeFileSync(join(folder, name), '');
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('checkRunner', () => {
  const files = () => ({
    GITHUB_ENV: join(folder, 'ENV'),
    GITHUB_OUTPUT: join(folder, 'OUTPUT'),
    GITHUB_STATE: join(folder, 'STATE'),
  });

  const node = (version: string, arch: NodeJS.Architecture = 'x64') => ({
    versions: { ...process.versions, node: version },
    arch,
  });

  it.each(['24.0.0', '24.21.0', '26.1.0'])('accepts Node %s', (version) => {
    expect(() => checkRunner(files(), node(version))).not.toThrow();
  });

  it.each(['20.19.5', '22.0.0', '9.24.0'])('rejects Node %s, and suggests a newer runner', (version) => {
    expect(() => checkRunner(files(), node(version))).toThrow(
      `This action requires Node 24, but runs on Node ${version}. Update the runner to 2.327.1 or newer.`,
    );
  });

  it('does not suggest a newer runner for Node 20 on 32-bit ARM', () => {
    expect(() => checkRunner(files(), node('20.19.5', 'arm'))).toThrow(
      "On 32-bit ARM, GitHub's runner uses Node 20. Use a 64-bit runner.",
    );
  });

  it.each([
    ['not set', undefined],
    ['empty', ''],
    ['no file', '/no/such/file'],
  ])('rejects a state file that is %s', (_what, path) => {
    expect(() => checkRunner({ ...files(), GITHUB_STATE: path }, node('24.0.0'))).toThrow(
      /^GITHUB_STATE must be set to the path/,
    );
  });

  it('reports all missing files at once', () => {
    expect(() => checkRunner({}, node('24.0.0'))).toThrow('GITHUB_ENV, GITHUB_OUTPUT, GITHUB_STATE must be');
  });
});
