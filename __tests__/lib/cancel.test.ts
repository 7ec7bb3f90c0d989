import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Cancelled, listenForCancel } from '../../src/lib/cancel.ts';

const graceMs = 6500;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function listen() {
  const signals = new EventEmitter();
  const onCancel = vi.fn();
  return { signals, onCancel, ...listenForCancel(signals as NodeJS.Process, onCancel) };
}

it('listenForCancel does not cancel before a signal, even after a long time', () => {
  const { cancelled, abandoned, onCancel } = listen();
  vi.advanceTimersByTime(100 * graceMs);
  expect([cancelled.aborted, abandoned.aborted]).toEqual([false, false]);
  expect(onCancel).not.toHaveBeenCalled();
});

it.each(['SIGINT', 'SIGTERM'] as const)(
  'listenForCancel cancels after %s, and lets requests in progress finish',
  (signal) => {
    const { signals, cancelled, abandoned } = listen();
    signals.emit(signal, signal);
    expect([cancelled.aborted, abandoned.aborted]).toEqual([true, false]);
    expect(cancelled.reason).toBeInstanceOf(Cancelled);
    expect(cancelled.reason).toMatchObject({ signal, message: `cancelled by ${signal}` });
  },
);

it('listenForCancel ends requests in progress after 6.5 s, before the runner sends its second signal', () => {
  const { signals, abandoned } = listen();
  signals.emit('SIGINT', 'SIGINT');
  vi.advanceTimersByTime(graceMs - 1);
  expect(abandoned.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(abandoned.aborted).toBe(true);
  expect(abandoned.reason).toMatchObject({ name: 'Cancelled', signal: 'SIGINT' });
});

it('listenForCancel ignores further signals', () => {
  const { signals, cancelled, abandoned, onCancel } = listen();
  signals.emit('SIGINT', 'SIGINT');
  vi.advanceTimersByTime(graceMs - 1);
  signals.emit('SIGTERM', 'SIGTERM');
  signals.emit('SIGINT', 'SIGINT');
  vi.advanceTimersByTime(1);
  expect(abandoned.aborted).toBe(true);
  expect(cancelled.reason).toMatchObject({ signal: 'SIGINT' });
  expect(vi.getTimerCount()).toBe(0);
  expect(onCancel.mock.calls).toEqual([['SIGINT']]);
});
