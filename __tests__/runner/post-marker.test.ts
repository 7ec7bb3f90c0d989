import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasPostStarted, markPostStarted } from '../../src/runner/post-marker.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'neon-org-action-marker-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const markerFile = () => join(folder, readdirSync(folder)[0] ?? '');

describe('the marker of a post step', () => {
  it('does not exist before the post step has started', () => {
    expect(hasPostStarted({ RUNNER_TEMP: folder })).toBe(false);
  });

  it('is visible to a process that was started earlier', () => {
    markPostStarted({ RUNNER_TEMP: folder });
    expect(hasPostStarted({ RUNNER_TEMP: folder })).toBe(true);
  });

  it('contains only a time', () => {
    markPostStarted({ RUNNER_TEMP: folder, INPUT_API_KEY: 'a key' });
    expect(readdirSync(folder)).toHaveLength(1);
    expect(readFileSync(markerFile(), 'utf8')).toMatch(/^\d+(\.\d+)?$/);
  });

  it.each([
    ['of an earlier post step', String(performance.timeOrigin - 1)],
    ['that is empty', ''],
    ['that is not a time', 'soon'],
  ])('does not stop a step if it is %s', (_what, text) => {
    markPostStarted({ RUNNER_TEMP: folder });
    writeFileSync(markerFile(), text);
    expect(hasPostStarted({ RUNNER_TEMP: folder })).toBe(false);
  });

  it.each([{}, { RUNNER_TEMP: '' }, { RUNNER_TEMP: '/nowhere/at/all' }])('is ignored without a folder: %o', (env) => {
    expect(() => markPostStarted(env)).not.toThrow();
    expect(hasPostStarted(env)).toBe(false);
  });
});
