import { expect, it } from 'vitest';
import { noteTime } from '../../src/neon/connect.ts';
import { fakeClock } from '../fake-clock.ts';

const asked = { method: 'GET', path: '/', requestId: 'r', timeoutMs: 1 } as const;

function answering(headers: Record<string, string>) {
  const clock = fakeClock(Date.parse('2026-11-24T12:00:00Z'));
  const { exchange, now } = noteTime({ exchange: async () => ({ status: 200, headers, text: '' }) }, clock);
  return { clock, exchange, now };
}

it('the time is this machine’s until Neon tells its own, which then goes on', async () => {
  const { clock, exchange, now } = answering({ date: 'Tue, 24 Nov 2026 10:30:00 GMT' });
  expect(now()).toBe(clock.now());
  await exchange(asked);
  expect(new Date(now()).toISOString()).toBe('2026-11-24T10:30:00.000Z');
  clock.advance(60_000);
  expect(new Date(now()).toISOString()).toBe('2026-11-24T10:31:00.000Z');
});

it.each<Record<string, string>>([{}, { date: 'yesterday' }])(
  'the time stays this machine’s after %o',
  async (headers) => {
    const { clock, exchange, now } = answering(headers);
    await exchange(asked);
    expect(now()).toBe(clock.now());
  },
);
