import { describe, expect, it } from 'vitest';
import { calm, hour, minute, runRotation, runSweep, World } from './rotation-model.ts';

/** `MODEL_SEED` repeats the schedules of a seed; `MODEL_SCHEDULES` sets their number. */
const firstSeed = Number(process.env['MODEL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const schedules = Number(process.env['MODEL_SCHEDULES'] ?? 20_000);

const graces = [0, 10 * minute, hour, 24 * hour];

/** Rotations and sweeps at random times, some concurrently, with many faults. */
async function stormy(world: World, graceMs: number): Promise<void> {
  const spanMs = world.pick(10 * minute, 3 * hour, 12 * hour, 72 * hour);
  const rotations = world.between(2, 6);
  const later = (work: () => unknown) => world.clock.sleep(world.between(0, spanMs)).then(work);
  await Promise.all([
    ...Array.from({ length: rotations }, () => later(() => runRotation(world, graceMs))),
    ...Array.from({ length: world.between(0, 2) }, () => later(() => runSweep(world))),
    later(() => world.chance(0.3) && world.editReaders()),
  ]);
}

describe(`a rotation, in ${schedules} schedules from seed ${firstSeed}`, () => {
  it('never leaves a revoked key in the secret, and leaves two keys without faults', {
    timeout: 600_000,
  }, async () => {
    console.log(`rotation model: MODEL_SEED=${firstSeed} MODEL_SCHEDULES=${schedules}`);
    for (let seed = firstSeed; seed < firstSeed + schedules; seed += 1) {
      const world = new World(seed);
      const graceMs = world.pick(...graces);
      await world.clock.run(stormy(world, graceMs));
      world.weather = calm;
      // Frozen machines and requests in progress have ended.
      await world.clock.run(world.clock.sleep(24 * hour));
      const healthy = [];
      for (let run = 1; run <= 3; run += 1) {
        healthy.push(await world.clock.run(runRotation(world, graceMs)));
        await world.clock.run(world.clock.sleep(graceMs + 2 * hour + 30 * minute));
      }
      const found = { violations: world.violations, healthy, active: world.active.length <= 2, held: world.held };
      expect(found, `MODEL_SEED=${seed} MODEL_SCHEDULES=1`).toEqual({
        violations: [],
        healthy: [true, true, true],
        active: true,
        held: world.active.at(-1)?.id,
      });
    }
  });

  it('never leaves more than three active keys, even if GitHub never receives the secret', async () => {
    for (let seed = firstSeed; seed < firstSeed + schedules / 100; seed += 1) {
      const world = new World(seed);
      const graceMs = world.pick(...graces);
      world.weather = calm;
      await world.clock.run(runRotation(world, graceMs));
      world.putsAreLost = true;
      let most = 0;
      for (let run = 1; run <= 14; run += 1) {
        await world.clock.run(world.clock.sleep(world.between(150 * minute, 200 * hour)));
        expect(await world.clock.run(runRotation(world, graceMs))).toBe(false);
        most = Math.max(most, world.active.length);
      }
      expect({ most: most <= 3, violations: world.violations }, `MODEL_SEED=${seed}`).toEqual({
        most: true,
        violations: [],
      });
    }
  });
});
