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

describe('before anything is done', () => {
  const files = () => ({
    GITHUB_ENV: join(folder, 'ENV'),
    GITHUB_OUTPUT: join(folder, 'OUTPUT'),
    GITHUB_STATE: join(folder, 'STATE'),
  });

  const node = (version: string, arch: NodeJS.Architecture = 'x64') => ({
    versions: { ...process.versions, node: version },
    arch,
  });

  it.each(['24.0.0', '24.21.0', '26.1.0'])('Node %s is recent enough', (version) => {
    expect(() => checkRunner(files(), node(version))).not.toThrow();
  });

  it.each(['20.19.5', '22.0.0', '9.24.0'])('Node %s is too old, because its runner is', (version) => {
    expect(() => checkRunner(files(), node(version))).toThrow(
      `This action requires Node 24, but runs on Node ${version}. Update the runner to 2.327.1 or newer.`,
    );
  });

  it('Node 20 on 32-bit ARM is what a recent runner falls back to', () => {
    expect(() => checkRunner(files(), node('20.19.5', 'arm'))).toThrow('on 32-bit ARM: use a 64-bit runner.');
  });

  it.each([
    ['not set', undefined],
    ['empty', ''],
    ['no file', '/no/such/file'],
  ])('the file for state must be there: it is %s', (_what, path) => {
    expect(() => checkRunner({ ...files(), GITHUB_STATE: path }, node('24.0.0'))).toThrow(
      /^GITHUB_STATE must be the path/,
    );
  });

  it('all missing files are reported at once', () => {
    expect(() => checkRunner({}, node('24.0.0'))).toThrow('GITHUB_ENV, GITHUB_OUTPUT, GITHUB_STATE must be');
  });
});
