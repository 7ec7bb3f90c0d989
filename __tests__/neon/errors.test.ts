import { describe, expect, it } from 'vitest';
import { type FailureFacts, NeonError } from '../../src/neon/errors.ts';

const facts: FailureFacts = {
  operationId: 'revokeOrgApiKey',
  method: 'DELETE',
  path: '/organizations/org-a/api_keys/5',
  kind: 'refused',
  status: 403,
  code: 'FORBIDDEN',
  reason: '"no right"',
  requestId: 'request-1',
};
const request = 'revokeOrgApiKey (DELETE /organizations/org-a/api_keys/5)';

describe('the message of a NeonError', () => {
  it.each<[string, Partial<FailureFacts>, string]>([
    ['a refusal', {}, `${request} was refused: 403 FORBIDDEN "no right" (request ID request-1).`],
    ['an error without a code', { code: '' }, `${request} was refused: 403 "no right" (request ID request-1).`],
    [
      'a request that was not carried out',
      { kind: 'not-done' },
      `${request} was not carried out: 403 FORBIDDEN "no right" (request ID request-1).`,
    ],
    [
      'an unreadable response',
      { kind: 'unknown', status: 502 },
      `${request} got no usable response: 502 FORBIDDEN "no right" (request ID request-1).`,
    ],
    [
      'several attempts',
      { attempts: 2, kind: 'unavailable', status: 503 },
      `${request} failed: 503 FORBIDDEN "no right" (request ID request-1, tried 2 times).`,
    ],
    [
      'what to do',
      { hint: 'Take another key.' },
      `${request} was refused: 403 FORBIDDEN "no right" (request ID request-1).\nTake another key.`,
    ],
  ])('describes %s', (_what, more, message) => {
    expect(new NeonError({ ...facts, ...more }).message).toBe(message);
  });

  it('has no status when there was no response', () => {
    const { status: _status, code: _code, ...rest } = facts;
    expect(new NeonError({ ...rest, reason: 'ECONNREFUSED' }).message).toContain('refused: ECONNREFUSED (request ID');
  });
});

describe('NeonError.with', () => {
  it('returns a new error with additional facts, and leaves the first one unchanged', () => {
    const cause = new Error('socket');
    const first = new NeonError(facts, cause);
    const second = first.with({ attempts: 2, hint: 'Wait.' });
    expect(second).toMatchObject({ name: 'NeonError', cause, facts: { ...facts, attempts: 2, hint: 'Wait.' } });
    expect(first.facts).toEqual(facts);
  });
});
