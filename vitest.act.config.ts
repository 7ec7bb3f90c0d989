import { defineConfig } from 'vitest/config';

// `npm run test:runner`: what needs act, and so Go and a network.
export default defineConfig({
  test: {
    include: ['__tests__/act/**/*.act.ts'],
    // A job may install all dependencies.
    testTimeout: 300_000,
    // One act at a time: their logs are then read in order.
    fileParallelism: false,
    disableConsoleIntercept: true,
    allowOnly: false,
  },
});
