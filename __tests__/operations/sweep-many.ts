import { composeKeyName } from '../../src/keys/name.ts';
import { neonEndpoints } from '../../src/neon/connect.ts';
import { creatingKeys, overall, rateLimit } from '../../src/neon/rate-limit.ts';
import { createRequester } from '../../src/neon/requests.ts';
import { defaultRetry } from '../../src/neon/retry.ts';
import type { Exchange } from '../../src/neon/transport.ts';
import type { OperationContext } from '../../src/operations/context.ts';
import { sweepKeys } from '../../src/operations/sweep-keys.ts';
import { virtualClock } from '../virtual-clock.ts';

/** With this latency, requests that are sent one by one stay far below Neon's limit. */
const latencyMs = 300;
const start = Date.parse('2026-11-24T03:00:00Z');

/** Sweeps this number of ended keys on a simulated clock, with the real client and a transport of plain data. */
export async function sweepMany(keys: number, onLine: (line: string, at: number) => void = () => {}) {
  const clock = virtualClock(start);
  const live = new Map<number, object>();
  for (let id = 1; id <= keys; id += 1) {
    const lifetime = { kind: 'duration', seconds: 60 } as const;
    const name = composeKeyName('ci', { repositoryId: 1, runId: id, runAttempt: 1, lifetime, nonce: `n${id}` });
    live.set(id, { id, name, created_at: '2026-11-01T00:00:00Z', created_by: { name: 'Ada' }, last_used_at: null });
  }
  const moments: number[] = [];
  const exchange = async ({ method, path }: Exchange) => {
    moments.push(clock.now());
    await clock.sleep(latencyMs);
    if (method === 'GET') return { status: 200, headers: {}, text: JSON.stringify([...live.values()]) };
    const id = Number(path.split('/').at(-1));
    const key = live.get(id);
    live.delete(id);
    return { status: key ? 200 : 404, headers: {}, text: JSON.stringify({ ...key, revoked: true }) };
  };
  const send = createRequester({
    transport: { exchange },
    clock,
    newRequestId: () => 'request-1',
    random: () => 0.5,
    retry: defaultRetry,
    timeoutMs: 30_000,
    limit: rateLimit(clock, overall.perSecond, overall.burst),
    info: () => undefined,
    debug: () => undefined,
  });
  const step = {
    neon: {
      now: clock.now,
      hasTime: () => true,
      ...neonEndpoints(send, 'org-a', rateLimit(clock, creatingKeys.perSecond, creatingKeys.burst)),
    },
    clock,
    event: () => ({ name: 'schedule', ref: 'refs/heads/main', payload: {} }),
    workflowRun: () => ({ repositoryId: 1 }),
    info: (line: string) => onLine(line, clock.now()),
    cancelled: new AbortController().signal,
  } as unknown as OperationContext;
  const result = await clock.run(sweepKeys({ operation: 'sweep-keys', mode: 'auto' } as never, step));
  const least = (keys / overall.perSecond) * 1000;
  /** `moments` are the times of all requests in milliseconds; `left` is the number of active keys. */
  return { result, moments, left: live.size, took: clock.now() - start, least };
}
