import { describe, expect, it } from 'vitest';
import { inParallel } from '../../src/lib/parallel.ts';

describe('inParallel', () => {
  it('works on at most the given number of items at once, in their order', async () => {
    const begun: number[] = [];
    const finish: (() => void)[] = [];
    const all = inParallel([1, 2, 3], 2, (item) => {
      begun.push(item);
      return new Promise((resolve) => finish.push(resolve));
    });
    expect(begun).toEqual([1, 2]);
    finish[0]?.();
    await new Promise(setImmediate);
    expect(begun).toEqual([1, 2, 3]);
    finish[1]?.();
    finish[2]?.();
    await all;
  });

  it('starts no work after a failure, and waits for work in progress before it throws', async () => {
    const begun: number[] = [];
    let finish = () => {};
    let isSettled = false;
    const all = inParallel([1, 2, 3], 2, (item) => {
      begun.push(item);
      if (item === 1) return Promise.reject(new Error('first'));
      return new Promise<void>((resolve) => {
        finish = resolve;
      });
    }).finally(() => {
      isSettled = true;
    });
    const outcome = expect(all).rejects.toThrow('first');
    await new Promise(setImmediate);
    expect(isSettled).toBe(false);
    finish();
    await outcome;
    expect(begun).toEqual([1, 2]);
  });
});
