// Time (on a simulated clock) and memory of sweeping many keys; with `--expose-gc`, the memory is what is really held.
import { sweepMany } from '../__tests__/operations/sweep-many.ts';

const gc = globalThis.gc ?? (() => undefined);

console.log('| keys swept | × the time of Neon’s rate limit alone | most memory held |\n|---|---|---|');
for (const keys of [1000, 5000, 10_000]) {
  let most = 0;
  const { took, least } = await sweepMany(keys, () => {
    gc();
    most = Math.max(most, process.memoryUsage().heapUsed);
  });
  console.log(`| ${keys} | ${(took / least).toFixed(3)} | ${(most / 1e6).toFixed(0)} MB |`);
}
