import { join } from 'node:path';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests of the domain, none of which waits for a process: the mutation tests run nothing else. */
const domain = '__tests__/{keys,members,neon}/**/*.test.ts';

/** Stryker sets the variable, and has no way to choose projects. */
const forMutants = process.env['STRYKER_MUTATOR_WORKER'] !== undefined;

const projects: TestProjectConfiguration[] = [
  { extends: true, test: { name: 'domain', include: [domain] } },
  {
    extends: true,
    test: { name: 'unit', include: ['__tests__/**/*.test.ts'], exclude: [domain, '__tests__/e2e/**'] },
  },
  {
    extends: true,
    // They mostly wait for a time limit, each with services of its own: more at once than there are cores.
    test: {
      name: 'e2e',
      include: ['__tests__/e2e/**/*.test.ts'],
      sequence: { concurrent: true },
      maxConcurrency: 4,
    },
  },
  {
    // `npm run test:runner`: what needs act, and so Go and a network.
    extends: true,
    test: {
      name: 'act',
      include: ['__tests__/act/**/*.act.ts'],
      // A job may install all dependencies.
      testTimeout: 300_000,
      // One act at a time: their logs are then read in order.
      fileParallelism: false,
      disableConsoleIntercept: true,
    },
  },
];

/** The files that take longest, in no order: no worker may end with one of them while the others have nothing left. */
const longest = ['people-faults', 'rotate', 'faults', 'smoke', 'keyless'].map(
  (name) => `/__tests__/e2e/${name}.test.ts`,
);

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => longest.some((path) => moduleId.endsWith(path));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: forMutants ? projects.slice(0, 1) : projects,
    // End to end, a step is two processes, and a lost response costs its time limit.
    testTimeout: 120_000,
    maxWorkers: 4,
    // A quarter of the CPU time of the unit tests was loading the same modules for every file.
    isolate: forMutants,
    // Between tests; the setup file checks what a whole file leaves behind.
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    setupFiles: forMutants ? [] : [join(import.meta.dirname, '__tests__/leaks.ts')],
    // Processes that tests start load the same code again and again.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/node') },
    allowOnly: false,
  },
});
