import { defineConfig } from 'vitest/config';

// `npm run test:mutation`: what the rooms' own tests see, and no test that waits for a process.
export default defineConfig({
  test: {
    include: ['__tests__/{keys,members,neon}/**/*.test.ts'],
    // Stryker has a time limit of its own.
    testTimeout: 60_000,
    allowOnly: false,
  },
});
