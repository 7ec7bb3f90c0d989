import { tmpdir } from 'node:os';
import { describe, expect, it, vi } from 'vitest';
import { changesSince, sharedState } from './shared-state.ts';

const listener = () => {};
const { cwd, exitCode, env } = { cwd: process.cwd(), exitCode: process.exitCode, env: process.env };

describe('changesSince', () => {
  it.each<[string, string, () => void, () => void]>([
    ['a variable', 'process.env.LEAKED', () => (env['LEAKED'] = ''), () => delete env['LEAKED']],
    ['an exit code', 'process.exitCode', () => (process.exitCode = 3), () => (process.exitCode = exitCode)],
    ['another folder', 'process.cwd()', () => process.chdir(tmpdir()), () => process.chdir(cwd)],
    [
      'a listener',
      'listeners of process for SIGUSR2',
      () => process.on('SIGUSR2', listener),
      () => process.off('SIGUSR2', listener),
    ],
    ['a stubbed global', 'globalThis.fetch', () => vi.stubGlobal('fetch', listener), vi.unstubAllGlobals],
    ['a new global', 'globalThis.leaked', () => vi.stubGlobal('leaked', listener), vi.unstubAllGlobals],
    ['fake timers', 'fake timers', vi.useFakeTimers, vi.useRealTimers],
    [
      'a spy',
      'process.stdout.write',
      () => void vi.spyOn(process.stdout, 'write').mockReturnValue(true),
      vi.restoreAllMocks,
    ],
  ])('names %s until it is restored: %s', (_what, name, change, restore) => {
    const before = sharedState();
    change();
    const changes = changesSince(before);
    restore();
    expect(changes).toContain(name);
    expect(changesSince(before)).toEqual([]);
  });
});
