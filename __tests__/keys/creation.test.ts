import { describe, expect, it } from 'vitest';
import { type CreationEffect, judgeFailedCreation } from '../../src/keys/creation.ts';
import type { FailureFacts } from '../../src/neon/errors.ts';

type Failure = Pick<FailureFacts, 'kind' | 'status' | 'code'> & { reason?: string };

describe('judgeFailedCreation', () => {
  it.each<[string, Failure, CreationEffect]>([
    ['a refusal', { kind: 'refused', status: 403, code: '' }, 'not-created'],
    ['a request that never left', { kind: 'not-done' }, 'not-created'],
    ['a rate limit in the form of Neon’s errors', { kind: 'not-done', status: 429, code: '' }, 'turned-away'],
    [
      'a locked organization in the form of Neon’s errors',
      { kind: 'not-done', status: 423, code: 'LOCKED' },
      'turned-away',
    ],
    ['a rate limit without the form of Neon’s errors', { kind: 'not-done', status: 429 }, 'unknown'],
    ['a rate limit of a gateway', { kind: 'unavailable', status: 429 }, 'unknown'],
    ['a 503', { kind: 'unavailable', status: 503 }, 'unknown'],
    ['a lost response', { kind: 'unknown' }, 'unknown'],
    ['a conflict', { kind: 'refused', status: 409, code: '' }, 'name-exists'],
    [
      'a conflict with another status',
      { kind: 'refused', status: 400, code: '', reason: '"key_name must be a unique name"' },
      'name-exists',
    ],
    ['a conflict whose form is not Neon’s', { kind: 'unknown', status: 409 }, 'unknown'],
  ])('judges %s', (_, response, effect) => {
    const facts = {
      operationId: 'createOrgApiKey',
      method: 'POST',
      path: '/',
      reason: '',
      requestId: 'r',
      ...response,
    };
    expect(judgeFailedCreation(facts)).toBe(effect);
  });
});
