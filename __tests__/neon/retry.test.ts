import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FailureFacts, FailureKind } from '../../src/neon/errors.ts';
import { announceAttempt, defaultRetry, parseRetryAfter, waitBeforeRetry } from '../../src/neon/retry.ts';

const kinds: FailureKind[] = ['refused', 'not-done', 'unavailable', 'unknown'];

function failure(kind: FailureKind, retryAfterMs?: number): FailureFacts {
  const facts = { operationId: 'x', method: 'POST', path: '/x', kind, reason: 'no', requestId: '1' };
  return retryAfterMs === undefined ? facts : { ...facts, retryAfterMs };
}

describe('waitBeforeRetry', () => {
  it.each<[FailureKind, boolean]>([
    ['refused', false],
    ['not-done', true],
    ['unavailable', true],
    ['unknown', true],
  ])('decides whether a request is repeated after the outcome %s: %s', (kind, again) => {
    expect(waitBeforeRetry(failure(kind), 1, 0.5, defaultRetry) !== undefined).toBe(again);
  });

  it.each([
    [299, true],
    [300, false],
    [307, false],
    [399, false],
    [400, true],
    [502, true],
  ])('decides whether a request with the response %i from a gateway is repeated: %s', (status, again) => {
    expect(waitBeforeRetry({ ...failure('unknown'), status }, 1, 0.5, defaultRetry) !== undefined).toBe(again);
  });

  const policy = fc.record({ attempts: fc.integer({ min: 1, max: 10 }), longestWaitMs: fc.nat(120_000) });
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const retryAfter = fc.option(fc.nat(600_000), { nil: undefined });
  const attempt = fc.integer({ min: 1, max: 12 });

  it('does not exceed the attempts of the policy', () => {
    const policy = { attempts: 3, longestWaitMs: 1000 };
    const again = [1, 2, 3, 4].map((sent) => waitBeforeRetry(failure('not-done'), sent, 0, policy) !== undefined);
    expect(again).toEqual([true, true, false, false]);
  });

  it('never exceeds the attempts and the wait of the policy', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), retryAfter, attempt, random, policy, (kind, after, sent, number, rule) => {
        const wait = waitBeforeRetry(failure(kind, after), sent, number, rule);
        if (wait === undefined) return;
        expect(sent).toBeLessThan(rule.attempts);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(rule.longestWaitMs);
      }),
    );
  });

  it('never repeats a request before its Retry-After, and gives up if that is too long', () => {
    fc.assert(
      fc.property(fc.nat(60_000), random, policy, (after, number, { longestWaitMs }) => {
        const wait = waitBeforeRetry(failure('not-done', after), 1, number, { attempts: 2, longestWaitMs });
        if (after > longestWaitMs) expect(wait).toBeUndefined();
        else expect(wait).toBeGreaterThanOrEqual(after);
      }),
    );
  });

  it('waits by default for Neon’s limits per minute', () => {
    expect(waitBeforeRetry(failure('not-done', 60_000), 1, 0.9, defaultRetry)).toBe(60_000);
  });
});

describe('announceAttempt', () => {
  it.each([
    ['Attempt 2 of 5 in 2 s.', 2, 2000],
    ['Attempt 2 of 5 in 0.25 s.', 2, 250],
    ['Attempt 5 of 5 in 45 s.', 5, 45_123],
  ])('returns "%s"', (text, attempt, waitMs) => {
    expect(announceAttempt(attempt, waitMs, defaultRetry)).toBe(text);
  });
});

describe('a wait without a Retry-After', () => {
  it.each([
    [1, 250, 500],
    [2, 500, 1000],
    [3, 1000, 2000],
    [4, 2000, 4000],
    [5, 4000, 8000],
    [6, 4000, 8000],
    [99, 4000, 8000],
  ])('is, after attempt %i, at least %i and less than %i ms', (attempt, least, subpath) => {
    const patient = { ...defaultRetry, attempts: 100 };
    expect(waitBeforeRetry(failure('unknown'), attempt, 0, patient)).toBe(least);
    const longest = waitBeforeRetry(failure('unknown'), attempt, 0.999_999, patient);
    expect(longest).toBeGreaterThan(0.99 * subpath);
    expect(longest).toBeLessThan(subpath);
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 24, 12, 0, 0);

  it.each([
    [undefined, undefined],
    ['0', 0],
    ['1', 1000],
    ['120', 120_000],
    ['Tue, 24 Nov 2026 12:00:07 GMT', 7000],
    ['Tue, 24 Nov 2026 11:59:00 GMT', 0],
    ['Tue, 24 Nov 2026 12:00:07 GMT+0100', undefined],
    ['', undefined],
    ['soon', undefined],
    ['5 seconds', undefined],
    ['-5', undefined],
    ['1.5', undefined],
  ])('%s is %s ms', (header, ms) => {
    expect(parseRetryAfter(header, now)).toBe(ms);
  });

  it('is the same in seconds and as a date', () => {
    fc.assert(
      fc.property(fc.nat(100_000), (seconds) => {
        expect(parseRetryAfter(String(seconds), now)).toBe(seconds * 1000);
        expect(parseRetryAfter(new Date(now + seconds * 1000).toUTCString(), now)).toBe(seconds * 1000);
      }),
    );
  });

  it('is undefined or not negative for any header', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (header, time) => {
        const ms = parseRetryAfter(header, time);
        if (ms !== undefined) expect(ms).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
