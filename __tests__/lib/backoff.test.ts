import { describe, expect, it } from 'vitest';
import { backoffMs, waitWithin } from '../../src/lib/backoff.ts';

describe('backoffMs', () => {
  it('doubles the wait from attempt to attempt, up to eight seconds', () => {
    expect([1, 2, 3, 4, 5, 6, 99].map((attempt) => backoffMs(attempt, 500))).toEqual([
      500, 1000, 2000, 4000, 8000, 8000, 8000,
    ]);
  });
});

it.each([
  [60_000, 1000, 1000],
  [60_000, 120_000, 30_000],
  [1000, 8000, 500],
  [999, 1000, undefined],
  [-1, 0, undefined],
])('waitWithin: of %i ms left, a wait of %i ms takes %s', (leftMs, wantedMs, waitMs) => {
  expect(waitWithin(leftMs, wantedMs)).toBe(waitMs);
});
