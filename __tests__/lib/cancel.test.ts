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
  const told = vi.fn();
  return { signals, told, ...listenForCancel(signals as NodeJS.Process, told) };
}

it('nothing is cancelled before a signal comes, however long that takes', () => {
  const { cancelled, abandoned, told } = listen();
  vi.advanceTimersByTime(100 * graceMs);
  expect([cancelled.aborted, abandoned.aborted]).toEqual([false, false]);
  expect(told).not.toHaveBeenCalled();
});

it.each(['SIGINT', 'SIGTERM'] as const)('%s: nothing new is begun, what is under way may finish', (signal) => {
  const { signals, cancelled, abandoned } = listen();
  signals.emit(signal, signal);
  expect([cancelled.aborted, abandoned.aborted]).toEqual([true, false]);
  expect(cancelled.reason).toBeInstanceOf(Cancelled);
  expect(cancelled.reason).toMatchObject({ signal, message: `cancelled by ${signal}` });
});

it('what is under way is given up after 6.5 s, before the runner sends its second signal', () => {
  const { signals, abandoned } = listen();
  signals.emit('SIGINT', 'SIGINT');
  vi.advanceTimersByTime(graceMs - 1);
  expect(abandoned.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(abandoned.aborted).toBe(true);
  expect(abandoned.reason).toMatchObject({ name: 'Cancelled', signal: 'SIGINT' });
});

it('ignores further signals', () => {
  const { signals, cancelled, abandoned, told } = listen();
  signals.emit('SIGINT', 'SIGINT');
  vi.advanceTimersByTime(graceMs - 1);
  signals.emit('SIGTERM', 'SIGTERM');
  signals.emit('SIGINT', 'SIGINT');
  vi.advanceTimersByTime(1);
  expect(abandoned.aborted).toBe(true);
  expect(cancelled.reason).toMatchObject({ signal: 'SIGINT' });
  expect(vi.getTimerCount()).toBe(0);
  expect(told.mock.calls).toEqual([['SIGINT']]);
});
