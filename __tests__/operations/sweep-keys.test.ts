import { expect, it } from 'vitest';
import { composeName } from '../../src/keys/name.ts';
import { neonEndpoints } from '../../src/neon/endpoints.ts';
import { creatingKeys, overall, rateLimit } from '../../src/neon/rate-limit.ts';
import { createRequester } from '../../src/neon/requests.ts';
import { defaultRetry } from '../../src/neon/retry.ts';
import type { Exchange } from '../../src/neon/transport.ts';
import type { Step } from '../../src/operations/operation.ts';
import { sweepKeys } from '../../src/operations/sweep-keys.ts';
import { virtualClock } from '../virtual-clock.ts';

const keys = 10_000;
/** Milliseconds: one after the other, this would be far below Neon's limit. */
const answerTakes = 300;
const start = Date.parse('2026-11-24T03:00:00Z');

/** A Neon with many keys that are over, each of which can be revoked once, behind the real client. */
function hugeNeon(clock: ReturnType<typeof virtualClock>) {
  const live = new Map<number, object>();
  for (let id = 1; id <= keys; id += 1) {
    const lifetime = { kind: 'duration', seconds: 60 } as const;
    const name = composeName('ci', { repositoryId: 1, runId: id, runAttempt: 1, lifetime, nonce: `n${id}` });
    live.set(id, { id, name, created_at: '2026-11-01T00:00:00Z', created_by: { name: 'Ada' }, last_used_at: null });
  }
  const moments: number[] = [];
  const exchange = async ({ method, path }: Exchange) => {
    moments.push(clock.now());
    await clock.sleep(answerTakes);
    if (method === 'GET') return { status: 200, headers: {}, text: JSON.stringify([...live.values()]) };
    const id = Number(path.split('/').at(-1));
    const key = live.get(id);
    live.delete(id);
    return { status: key ? 200 : 404, headers: {}, text: JSON.stringify({ ...key, revoked: true }) };
  };
  const send = createRequester({
    transport: { exchange, close: async () => undefined },
    clock,
    newRequestId: () => 'request-1',
    random: () => 0.5,
    retry: defaultRetry,
    timeoutMs: 30_000,
    limit: rateLimit(clock, overall.perSecond, overall.burst),
    debug: () => undefined,
  });
  const limitCreating = rateLimit(clock, creatingKeys.perSecond, creatingKeys.burst);
  return { neon: neonEndpoints(send, 'org-a', limitCreating), live, moments };
}

it('10,000 keys take little more than the time that Neon’s rate limit asks for, and progress is told', async () => {
  const clock = virtualClock(start);
  const { neon, live, moments } = hugeNeon(clock);
  const lines: { at: number; line: string }[] = [];
  const step = {
    neon,
    clock,
    event: () => ({ name: 'schedule', ref: 'refs/heads/main', payload: {} }),
    workflowRun: () => ({ repositoryId: 1 }),
    info: (line: string) => lines.push({ at: clock.now(), line }),
    cancelled: new AbortController().signal,
  } as unknown as Step;
  const result = await clock.run(sweepKeys({ operation: 'sweep-keys', mode: 'auto' } as never, step));

  expect(live.size).toBe(0);
  expect(result.outputs).toMatchObject({ revoked_count: String(keys), failed_count: '0' });
  expect(moments.length).toBe(keys + 1);
  const least = (keys / overall.perSecond) * 1000;
  expect(clock.now() - start).toBeLessThan(1.1 * least);
  // Neon counts the requests of any minute.
  const busiest = Math.max(
    ...moments.map((from, first) => moments.slice(first, first + 701).filter((at) => at < from + 60_000).length),
  );
  expect(busiest).toBeLessThanOrEqual(700);

  const progress = lines.filter(({ line }) => line.startsWith('…'));
  const pauses = progress.slice(1).map(({ at }, index) => at - (progress[index]?.at ?? 0));
  expect(Math.max(...pauses)).toBeLessThan(6000);
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(5000);
  expect(progress.length).toBeGreaterThan(150);
});
