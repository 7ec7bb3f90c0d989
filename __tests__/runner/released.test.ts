import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { releaseMarks } from '../../src/runner/released.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'released-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const [a, b] = ['NEON/shop ~gha.1.2-1.r0-abcdefghij.a', 'NEON/shop ~gha.1.2-1.r0-abcdefghij.b'];

describe('the marks of released keys', () => {
  it('are visible to all steps of the job', () => {
    const marks = () => releaseMarks({ RUNNER_TEMP: folder });
    marks().add(a);
    marks().add(b);
    expect([a, b, 'NEON'].map((name) => marks().has(name))).toEqual([true, true, false]);
  });

  it('can be removed one by one', () => {
    const marks = releaseMarks({ RUNNER_TEMP: folder });
    marks.add(a);
    marks.add(b);
    marks.remove(a);
    marks.remove(a);
    expect([marks.has(a), marks.has(b)]).toEqual([false, true]);
  });

  it('are empty files, which fit on a full disk or fail as a whole', () => {
    const marks = releaseMarks({ RUNNER_TEMP: folder });
    marks.add(a);
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^neon-org-action-released-[0-9a-f]{64}$/)]);
  });

  it('throw if they cannot be written, but not if they cannot be removed', () => {
    const marks = releaseMarks({ RUNNER_TEMP: join(folder, 'missing') });
    expect(() => marks.add(a)).toThrow('ENOENT');
    expect(() => marks.remove(a)).not.toThrow();
  });

  it('do not exist without RUNNER_TEMP', () => {
    const marks = releaseMarks({});
    marks.add(a);
    marks.remove(a);
    expect(marks.has(a)).toBe(false);
  });
});
