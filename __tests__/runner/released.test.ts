import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { markReleased, releasedNames } from '../../src/runner/released.ts';

const folder = mkdtempSync(join(tmpdir(), 'neon-org-action-released-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('released names', () => {
  it('are those of all steps of the job', () => {
    const env = { RUNNER_TEMP: folder };
    expect(releasedNames(env)).toEqual(new Set());
    markReleased('NEON ~gha.1.2-1.r0-abcdefghij.a', env);
    markReleased('NEON ~gha.1.2-1.r0-abcdefghij.b', env);
    expect([...releasedNames(env)]).toEqual(
      expect.arrayContaining(['NEON ~gha.1.2-1.r0-abcdefghij.a', 'NEON ~gha.1.2-1.r0-abcdefghij.b']),
    );
  });

  it('are empty without RUNNER_TEMP', () => {
    markReleased('NEON', {});
    expect(releasedNames({})).toEqual(new Set());
  });
});
