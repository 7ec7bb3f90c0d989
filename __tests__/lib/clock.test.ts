import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('the system clock', () => {
  it('returns milliseconds since the epoch', () => {
    expect(systemClock.now()).toBe(1_000_000);
    vi.advanceTimersByTime(5);
    expect(systemClock.now()).toBe(1_000_005);
  });

  it('sleeps for the given time', async () => {
    const woke = vi.fn();
    const sleeping = systemClock.sleep(500).then(woke);
    await vi.advanceTimersByTimeAsync(499);
    expect(woke).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await sleeping;
    expect(woke).toHaveBeenCalledOnce();
  });

  it('stops sleeping at once with the reason of the signal, and leaves no timer', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const sleeping = systemClock.sleep(60_000, controller.signal);
    controller.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not sleep if the signal was aborted before', async () => {
    const reason = new Error('enough');
    await expect(systemClock.sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves no listener on the signal after sleeping', async () => {
    const { signal } = new AbortController();
    const sleeping = systemClock.sleep(500, signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await vi.runAllTimersAsync();
    await sleeping;
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});
