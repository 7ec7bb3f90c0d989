import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../src/lib/backoff.ts';

describe('backoffMs', () => {
  it('doubles the wait from attempt to attempt, up to eight seconds', () => {
    expect([1, 2, 3, 4, 5, 6, 99].map((attempt) => backoffMs(attempt, 500))).toEqual([
      500, 1000, 2000, 4000, 8000, 8000, 8000,
    ]);
  });
});
