import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    // End to end, a step is two processes, and a lost answer costs its time limit.
    testTimeout: 120_000,
    // They mostly wait for a time limit: more at once than there are cores.
    maxConcurrency: 8,
    maxWorkers: 3,
    allowOnly: false,
  },
});
