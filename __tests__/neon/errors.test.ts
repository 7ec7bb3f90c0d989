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
const asked = 'revokeOrgApiKey (DELETE /organizations/org-a/api_keys/5)';

describe('the message of a failed request', () => {
  it.each<[string, Partial<FailureFacts>, string]>([
    ['a refusal', {}, `${asked} was refused: 403 FORBIDDEN "no right" (request id request-1).`],
    ['no code', { code: '' }, `${asked} was refused: 403 "no right" (request id request-1).`],
    ['not done', { kind: 'not-done' }, `${asked} was not done: 403 FORBIDDEN "no right" (request id request-1).`],
    [
      'an answer that nobody has',
      { kind: 'unknown', status: 502 },
      `${asked} got no usable answer: 502 FORBIDDEN "no right" (request id request-1).`,
    ],
    [
      'several attempts',
      { attempts: 2, kind: 'unavailable', status: 503 },
      `${asked} was not done: 503 FORBIDDEN "no right" (request id request-1, tried 2 times).`,
    ],
    [
      'what to do',
      { hint: 'Take another key.' },
      `${asked} was refused: 403 FORBIDDEN "no right" (request id request-1).\nTake another key.`,
    ],
  ])('%s', (_what, more, message) => {
    expect(new NeonError({ ...facts, ...more }).message).toBe(message);
  });

  it('does without a status when there was no answer', () => {
    const { status: _status, code: _code, ...rest } = facts;
    expect(new NeonError({ ...rest, reason: 'ECONNREFUSED' }).message).toContain('refused: ECONNREFUSED (request id');
  });
});

describe('more to tell', () => {
  it('is a new error with the facts and the cause of the first, which stays as it is', () => {
    const cause = new Error('socket');
    const first = new NeonError(facts, cause);
    const second = first.with({ attempts: 2, hint: 'Wait.' });
    expect(second).toMatchObject({ name: 'NeonError', cause, facts: { ...facts, attempts: 2, hint: 'Wait.' } });
    expect(first.facts).toEqual(facts);
  });
});
