import { describe, expect, it } from 'vitest';
import type { ChangeOutcome, OutcomeReason } from '../../src/members/apply.ts';
import { failureText } from '../../src/members/render.ts';

const change = { kind: 'invite', email: 'a@x.io', name: '@a', origins: [], role: 'member' } as const;

describe('failureText', () => {
  it.each<['failed' | 'unknown' | 'not-started', OutcomeReason, string]>([
    ['failed', { code: 'other-role', role: 'viewer' }, '@a – failed: Neon assigned the role viewer instead.'],
    [
      'unknown',
      { code: 'not-confirmed' },
      "@a – outcome unknown: Neon's response does not contain this invitation, and neither do its lists.",
    ],
    ['not-started', { code: 'cancelled' }, '@a – not started: The step was cancelled.'],
  ])('names the outcome in words: %s', (outcome, reason, line) => {
    const outcomes: ChangeOutcome[] = [
      { change, outcome, reason },
      { change, outcome: 'done' },
    ];
    expect(failureText(outcomes).split('\n')).toEqual([
      '1 of 2 changes was not made or could not be confirmed. Re-running is safe: completed changes are not repeated.',
      line,
    ]);
  });

  it("is '' if every change was made", () => {
    expect(failureText([{ change, outcome: 'done' }])).toBe('');
  });
});
