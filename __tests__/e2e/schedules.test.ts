import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fault, FaultRule } from '../../emulator/faults.ts';
import { inWorld } from './world.ts';

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom<Fault[]>(
    { type: 'drop-before' },
    { type: 'drop-after' },
    { type: 'cut' },
    { type: 'garble' },
    { type: 'hang-after' },
  ),
  fc
    .constantFrom(400, 403, 404, 408, 423, 429, 500, 502, 503, 504)
    .map((status): Fault => ({ type: 'status', status })),
  fc.constantFrom(500, 502, 503, 504).map((status): Fault => ({ type: 'status-after', status })),
  // A gateway that blocks the answer, not the request.
  fc
    .constantFrom(307, 400, 403, 407)
    .map((status): Fault => ({ type: 'status-after', status, body: '<html>blocked</html>' })),
);
const schedule: fc.Arbitrary<FaultRule[]> = fc.array(
  fc.record({
    operation: fc.constantFrom<NonNullable<FaultRule['operation']>[]>(
      'createOrgApiKey',
      'listOrgApiKeys',
      'revokeOrgApiKey',
      'any',
    ),
    nth: fc.integer({ min: 1, max: 5 }),
    fault,
  }),
  { maxLength: 5 },
);

describe('the built action, over random schedules of faults', () => {
  it('leaves no live key that it does not name, and no token where none belongs', async () => {
    await fc.assert(
      fc.asyncProperty(schedule, fc.constantFrom('job', 'manual'), async (faults, lifetime) =>
        inWorld(
          async ({ job, mint, mintedKeys, expectNoLeak }) => {
            const step = job.step({ ...mint, lifetime });
            const main = await step.main();
            const post = await step.post();
            expectNoLeak(main, post);
            const handedOver = lifetime === 'manual' ? main.outputs['key_id'] : undefined;
            for (const { id, name } of mintedKeys().filter((key) => key.id !== handedOver)) {
              expect(post.exitCode).toBe(1);
              expect(post.stdout).toMatch(
                new RegExp(`::error::.*(Key ${id} |A key named "${name.replaceAll('.', '\\.')}")`),
              );
            }
            if (main.exitCode === 0) expect(main.outputs).toHaveProperty('api_key');
            else expect(main.outputs).toEqual({});
          },
          { faults },
        ),
      ),
      { numRuns: 25 },
    );
  }, 180_000);
});
