import { afterAll, expect, vi } from 'vitest';
import { changesSince, sharedState } from './shared-state.ts';

// A setup file. The tests of a worker share one process (`isolate: false`), so what a file leaves behind affects the next one.
const before = sharedState();

afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  expect(changesSince(before), 'This file changes what the next file in the same process uses').toEqual([]);
});
