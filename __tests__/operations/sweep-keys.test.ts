import { expect, it } from 'vitest';
import { sweepMany } from './sweep-many.ts';

it('sweepKeys sweeps 10,000 keys in little more time than Neon’s rate limit requires, and reports progress', async () => {
  const lines: { at: number; line: string }[] = [];
  const { result, moments, left, took, least } = await sweepMany(10_000, (line, at) => lines.push({ at, line }));

  expect(left).toBe(0);
  expect(result.outputs).toMatchObject({ revoked_count: '10000', failed_count: '0' });
  expect(moments.length).toBe(10_001);
  expect(took).toBeLessThan(1.1 * least);
  // Neon counts the requests of any minute.
  const inTheMinuteOf = (first: number) =>
    moments.slice(first, first + 701).filter((at) => at < (moments[first] ?? 0) + 60_000).length;
  expect(Math.max(...moments.map((_at, first) => inTheMinuteOf(first)))).toBeLessThanOrEqual(700);

  const progress = lines.filter(({ line }) => line.endsWith(' so far.'));
  const pauses = progress.slice(1).map(({ at }, index) => at - (progress[index]?.at ?? 0));
  expect(Math.max(...pauses)).toBeLessThan(6000);
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(5000);
  expect(progress.length).toBeGreaterThan(150);
});
